//! The file of a long range: a row for each of its buckets, so that a spreadsheet can hold it.

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use entity::{link, link::Faces};

use super::{directions, number, text};
use crate::domain::links::{
    series::{Figures, Summary, measured::Measured},
    totals::{Total, Totals},
};

const COLUMNS: [&str; 30] = [
    "bucket_start_utc",
    "bucket_start_local",
    "zone",
    "bucket_seconds",
    "link",
    "slots_up",
    "slots_down",
    "slots_disabled",
    "slots_unknown",
    "download_min_bit_per_second",
    "download_avg_bit_per_second",
    "download_max_bit_per_second",
    "upload_min_bit_per_second",
    "upload_avg_bit_per_second",
    "upload_max_bit_per_second",
    "download_octets",
    "upload_octets",
    "latency_min_ms",
    "latency_avg_ms",
    "latency_max_ms",
    "jitter_avg_ms",
    "probes_sent",
    "probes_received",
    "loss_min_percent",
    "loss_avg_percent",
    "loss_max_percent",
    "errors",
    "drops",
    "interruptions",
    "down_seconds",
];

pub(super) fn write(link: &link::Model, measured: &Measured, zone: Tz) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    let name = text(&link.name);
    for (index, totals) in (0..).zip(&measured.buckets) {
        // What was before or after the service has no rows.
        if *totals == Totals::default() {
            continue;
        }
        let interval = measured.grid.bucket(index);
        let start = DateTime::from_timestamp(interval.start(), 0).unwrap_or_default();
        let mut row = vec![
            start.to_rfc3339_opts(SecondsFormat::Secs, true),
            start.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
            zone.name().to_owned(),
            interval.seconds().to_string(),
            name.clone(),
        ];
        row.extend(figures(link.faces, totals));
        csv.write_record(row)?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

fn figures(faces: Faces, totals: &Totals) -> Vec<String> {
    let get = |total| number(totals.get(total));
    let figures = Figures::of(totals);
    let (download, upload) = directions(faces, figures.rx, figures.tx);
    let (download_octets, upload_octets) = directions(faces, totals.get(Total::RxOctets), totals.get(Total::TxOctets));
    let differences = totals.get(Total::JitterDifferences).filter(|count| *count > 0);
    let jitter = totals.get(Total::JitterSumUs).zip(differences);
    let jitter = jitter.map(|(sum, count)| format!("{:.3}", sum as f64 / count as f64 / 1000.0));
    let states = [
        Total::UpSlots,
        Total::DownSlots,
        Total::DisabledSlots,
        Total::UnknownSlots,
    ];
    let mut row: Vec<String> = states
        .map(|state| totals.get(state).unwrap_or_default().to_string())
        .into();
    row.extend(spread(download, 0));
    row.extend(spread(upload, 0));
    row.extend([number(download_octets), number(upload_octets)]);
    row.extend(spread(figures.latency_ms, 3));
    row.extend([jitter.unwrap_or_default(), get(Total::Sent), get(Total::Received)]);
    row.extend(spread(figures.loss_percent, 2));
    row.extend([Total::Errors, Total::Drops, Total::Flaps, Total::DownSeconds].map(get));
    row
}

fn spread(summary: Option<Summary>, decimals: usize) -> [String; 3] {
    let write = |value: fn(Summary) -> f64| {
        summary
            .map(|it| format!("{:.decimals$}", value(it)))
            .unwrap_or_default()
    };
    [write(|it| it.min), write(|it| it.avg), write(|it| it.max)]
}
