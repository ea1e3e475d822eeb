//! The file `samples.csv` of a link: every sample of a range in which the link was active, for spreadsheets and for
//! proof; of long ranges what hours, days or weeks come to.

use std::fmt::Display;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
};
use app::measured::range::{Asked, Range};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use entity::{Tenant, link, link::Faces};

use super::{
    asked_range::{Query, span},
    directions,
};
use crate::{
    domain::{
        links::{
            series::{Grid, measured},
            slot::{Sample, Slot},
            store,
        },
        sla::terms,
    },
    print,
    web::{Error, Page, see_other},
};

mod buckets;

const COLUMNS: [&str; 21] = [
    "slot_start_utc",
    "slot_start_local",
    "zone",
    "link",
    "state",
    "download_bit_per_second",
    "upload_bit_per_second",
    "download_octets",
    "upload_octets",
    "seconds",
    "latency_min_ms",
    "latency_avg_ms",
    "latency_max_ms",
    "jitter_ms",
    "probes_sent",
    "probes_received",
    "loss_percent",
    "errors",
    "drops",
    "interruptions",
    "down_seconds",
];

/// The file for who asked for it at `page`; `here` is the link's page.
pub(in crate::web) async fn file(
    rows: &Tenant<'_>,
    link: &link::Model,
    query: &Query,
    (page, now): (&Page, DateTime<Utc>),
    here: impl Display,
    request: &HttpRequest,
) -> Result<HttpResponse, Error> {
    let (Asked { range, .. }, form) = query.read(page, now);
    if !form.is_valid() {
        // A file can't say what is wrong, but the page that leads here can.
        return Ok(see_other(format!("{here}?{}", request.query_string())));
    }
    let grid = Grid::of(span(range), Slot::from_instant(now));
    let active = terms::active(link);
    let csv = if grid.is_of_samples() {
        let whole = grid.interval();
        let (first, last) = (Slot::from_second(whole.start()), Slot::from_second(whole.end() - 1));
        let mut samples = store::samples(rows, link.id, first, last).await?;
        samples.retain(|sample| sample.slot.touches(active));
        write(link, &samples, page.zone())
    } else {
        let measured = measured::read(rows, link.id, grid, active).await?;
        buckets::write(link, &measured, page.zone())
    };
    let csv = csv.map_err(Error::internal)?;
    let name = file_name(&link.name, range, now, page.zone());
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(csv))
}

fn write(link: &link::Model, samples: &[Sample], zone: Tz) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    let name = text(&link.name);
    for sample in samples {
        csv.write_record(row(link.faces, &name, sample, zone))?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

fn row(faces: Faces, name: &str, sample: &Sample, zone: Tz) -> [String; 21] {
    let counters = &sample.counters;
    let (download, upload) = directions(faces, counters.rx_octets, counters.tx_octets);
    let seconds = sample.rate_seconds.filter(|seconds| *seconds > 0);
    let rate = |octets: Option<u64>| {
        number(
            octets
                .zip(seconds)
                .map(|(octets, seconds)| u128::from(octets) * 8 / u128::from(seconds)),
        )
    };
    let ms = |micros: u32| format!("{:.3}", f64::from(micros) / 1000.0);
    let latency = |pick: fn(&crate::domain::links::slot::Latency) -> u32| {
        sample
            .latency
            .as_ref()
            .map(|latency| ms(pick(latency)))
            .unwrap_or_default()
    };
    let (sent, received) = (sample.probes_sent, sample.probes_received);
    let probed = sent > 0;
    let start = sample.slot.start();
    [
        start.to_rfc3339_opts(SecondsFormat::Secs, true),
        start.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false),
        zone.name().to_owned(),
        name.to_owned(),
        sample.state.name().to_owned(),
        rate(download),
        rate(upload),
        number(download),
        number(upload),
        number(sample.rate_seconds),
        latency(|latency| latency.min_us),
        latency(|latency| latency.avg_us),
        latency(|latency| latency.max_us),
        sample.jitter.map(|jitter| ms(jitter.mean_us)).unwrap_or_default(),
        number(probed.then_some(sent)),
        number(probed.then_some(received)),
        if probed {
            format!(
                "{:.2}",
                f64::from(sent.saturating_sub(received)) * 100.0 / f64::from(sent)
            )
        } else {
            String::new()
        },
        number(counters.rx_errors),
        number(counters.rx_drops),
        number(sample.flaps),
        number(sample.down_seconds),
    ]
}

/// Empty where nothing is known, which is not zero.
fn number(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
pub(in crate::web) fn text(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return ["'", name].concat();
    }
    name.to_owned()
}

/// `berlin-headquarters-24h-2026-11-21.csv`
fn file_name(link: &str, range: Range, now: DateTime<Utc>, zone: Tz) -> String {
    let day = now.with_timezone(&zone).format("%Y-%m-%d");
    format!("{}-{}-{day}.csv", print::plain(link), range.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::links::slot::{Counters, SampleState};

    #[test]
    fn a_name_is_no_formula_and_no_path() {
        assert_eq!(text("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(text("Berlin"), "Berlin");
        let name = |link: &str| file_name(link, Range::Day, DateTime::UNIX_EPOCH, Tz::UTC);
        assert_eq!(name("Berlin – headquarters"), "berlin-headquarters-24h-1970-01-01.csv");
        assert_eq!(name("../\"\r\nx"), "x-24h-1970-01-01.csv");
        assert_eq!(name("北京"), "link-24h-1970-01-01.csv");
    }

    #[test]
    fn a_row_names_directions_as_the_customer_does_and_leaves_the_unknown_empty() {
        let sample = Sample {
            counters: Counters {
                rx_octets: Some(3_000),
                tx_octets: Some(37_500),
                ..Counters::default()
            },
            rate_seconds: Some(300),
            ..Sample::new(Slot::from_number(5_980_000), SampleState::Up)
        };
        let row = row(Faces::Customer, "Berlin", &sample, chrono_tz::Europe::Berlin);
        assert_eq!(
            row[..3],
            ["2026-11-06T21:20:00Z", "2026-11-06T22:20:00+01:00", "Europe/Berlin"]
        );
        assert_eq!(row[4..10], ["up", "1000", "80", "37500", "3000", "300"]);
        assert!(row[10..].iter().all(String::is_empty), "{row:?}");
    }
}
