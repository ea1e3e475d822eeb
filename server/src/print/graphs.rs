//! The graphs of a report: measurements as the page has them, and their geometry as the typesetter wants it.

use app::{
    measured::{
        measurements::{Figures, Measurements, Service, Spread, Step},
        range::Range,
    },
    text::{t, t_with},
    ui::{
        graph::{
            Band, BandKind, LimitKind, Plot,
            geometry::{Geometry, PAGE_ROOM},
        },
        number,
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use paper::{Block, Chart, Curve, GridLine, LegendEntry, LimitLine, Swatch, Tick, Tone};

use crate::domain::{
    calendar::instant,
    reports::{
        Document,
        document::{GraphBucket, Summary},
    },
    sla::intervals::Interval,
};

/// How high a graph is drawn, in points.
const HEIGHT: f32 = 114.0;

/// What was measured in the month, as pages draw it.
#[must_use]
pub fn measurements(document: &Document) -> Measurements {
    let graph = &document.graph;
    let faces = document.link.faces;
    let spread = |scale: f64| {
        move |[min, avg, max]: Summary| Spread {
            min: min as f64 / scale,
            avg: avg as f64 / scale,
            max: max as f64 / scale,
        }
    };
    let step = |bucket: &GraphBucket| {
        let (download, upload) = faces.down_up(bucket.rx, bucket.tx);
        Step {
            t: instant(bucket.span.start()),
            download: download.map(spread(1.0)),
            upload: upload.map(spread(1.0)),
            latency_ms: bucket.latency.map(spread(1e3)),
            loss_percent: bucket.loss.map(spread(1e4)),
        }
    };
    let period = document.figures.uptime.window;
    let (from, to) = (instant(period.start()), instant(period.end()));
    // The first and the last may be cut.
    let length = graph.buckets.iter().map(|bucket| bucket.span.seconds()).max();
    let billing = &document.figures.billing;
    let (download_95, upload_95) = faces.down_up(billing.rx_95, billing.tx_95);
    let mut overall = overall(document);
    overall.download_95 = download_95.map(|bps| bps as f64);
    overall.upload_95 = upload_95.map(|bps| bps as f64);
    Measurements {
        range: Range::Chosen { from, to },
        from,
        to,
        step: TimeDelta::seconds(length.unwrap_or(300)),
        steps: graph.buckets.iter().map(step).collect(),
        overall,
        bands: bands(document),
        committed_download: document.link.committed_down_bps as f64,
        committed_upload: document.link.committed_up_bps as f64,
        probed: document.figures.quality.sent > 0,
        service: Service::Active,
        earlier: None,
    }
}

/// The least and the greatest of all buckets, and the mean; of latency and loss the one that was judged.
fn overall(document: &Document) -> Figures {
    let faces = document.link.faces;
    let of = |value: fn(&GraphBucket) -> Option<Summary>, scale: f64| {
        let all = || document.graph.buckets.iter().filter_map(value);
        let seconds =
            |bucket: &GraphBucket| value(bucket).map(|[_, avg, _]| (avg as f64, bucket.span.seconds() as f64));
        let weighed = document.graph.buckets.iter().filter_map(seconds);
        let (sum, weight) = weighed.fold((0.0, 0.0), |(sum, weight), (avg, seconds)| {
            (sum + avg * seconds, weight + seconds)
        });
        let (min, max) = (all().map(|[min, ..]| min).min()?, all().map(|[.., max]| max).max()?);
        Some(Spread {
            min: min as f64 / scale,
            avg: sum / weight / scale,
            max: max as f64 / scale,
        })
    };
    let (download, upload) = faces.down_up(of(|bucket| bucket.rx, 1.0), of(|bucket| bucket.tx, 1.0));
    let quality = &document.figures.quality;
    // As it was judged: not while the link was down, nor in maintenance.
    let judged = |spread: Spread, mean: Option<f64>| Spread {
        avg: mean.map_or(spread.avg, |mean| mean.clamp(spread.min, spread.max)),
        ..spread
    };
    let latency = quality
        .latency_us()
        .map(|mean| number::cut(mean.approximately() / 1e3, 2));
    let loss = quality.loss().map(|share| share.approximately() * 1e2);
    Figures {
        download,
        upload,
        latency_ms: of(|bucket| bucket.latency, 1e3).map(|spread| judged(spread, latency)),
        loss_percent: of(|bucket| bucket.loss, 1e4).map(|spread| judged(spread, loss)),
        download_95: None,
        upload_95: None,
    }
}

fn bands(document: &Document) -> Vec<Band> {
    let graph = &document.graph;
    let of = |kind: BandKind, spans: &[Interval]| {
        let band = move |span: &Interval| Band {
            kind,
            from: instant(span.start()),
            to: instant(span.end()),
        };
        spans.iter().map(band).collect::<Vec<_>>()
    };
    [
        of(BandKind::Missing, &graph.missing),
        of(BandKind::Disabled, &graph.disabled),
        of(BandKind::Maintenance, &graph.maintenance),
        of(BandKind::Outage, &graph.outages),
    ]
    .concat()
}

/// The graphs of a report; none where nothing was measured.
pub(super) fn blocks(document: &Document, zone: Tz) -> Vec<Block> {
    let measured = measurements(document);
    if measured.is_empty() {
        return Vec::new();
    }
    let months = super::words::month(document);
    let describe = |key: &'static str| t_with(key, &[("range", months.as_str().into())]);
    let mut charts = vec![chart(
        t("graph-traffic"),
        describe("graph-traffic-text"),
        in_zone(measured.traffic(), zone),
    )];
    if measured.probed {
        charts.push(chart(
            t("graph-latency"),
            describe("graph-latency-text"),
            in_zone(measured.latency(), zone),
        ));
    }
    charts.into_iter().map(Block::Chart).collect()
}

fn in_zone(plot: Plot, zone: Tz) -> Plot {
    Plot { zone, ..plot }
}

fn tone(kind: BandKind) -> Tone {
    match kind {
        BandKind::Outage => Tone::Bad,
        BandKind::Maintenance => Tone::Planned,
        BandKind::Disabled => Tone::Plain,
        BandKind::Missing => Tone::Unknown,
    }
}

fn chart(title: &str, alternative: String, plot: Plot) -> Chart {
    let geometry = Geometry::new(&plot, PAGE_ROOM);
    let legend = plot.series.iter().enumerate().map(|(at, series)| LegendEntry {
        swatch: Swatch::Curve(at),
        label: match &series.overall {
            Some(overall) => t_with(
                "paper-legend",
                &[
                    ("name", series.name.as_ref().into()),
                    ("mean", plot.unit.write(overall.avg).into()),
                    ("greatest", plot.unit.write(overall.max).into()),
                ],
            ),
            None => series.name.clone().into_owned(),
        },
    });
    let kinds = BandKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| plot.bands.iter().any(|band| band.kind == *kind));
    let kinds = kinds.map(|kind| LegendEntry {
        swatch: Swatch::Band(tone(kind)),
        label: kind.word().to_owned(),
    });
    Chart {
        title: title.to_owned(),
        alternative,
        width: geometry.room.width,
        height: geometry.room.height,
        plot_top: geometry.plot_top,
        plot_bottom: geometry.plot_bottom,
        points: HEIGHT,
        legend: legend.chain(kinds).collect(),
        bands: geometry
            .stripes
            .iter()
            .map(|stripe| paper::Band {
                x: stripe.x,
                width: stripe.width,
                tone: tone(stripe.kind),
            })
            .collect(),
        lines: geometry
            .values
            .into_iter()
            .map(|line| GridLine {
                y: line.y,
                label: line.label,
                strong: line.zero,
            })
            .collect(),
        ticks: geometry
            .times
            .into_iter()
            .map(|tick| Tick {
                x: tick.x,
                label: tick.tick.label,
            })
            .collect(),
        curves: geometry
            .curves
            .into_iter()
            .map(|curve| Curve {
                colour: None,
                lines: curve.lines,
                areas: curve.areas,
                spreads: curve.spreads,
                earlier: curve.earlier,
            })
            .collect(),
        limits: geometry
            .limits
            .into_iter()
            .map(|limit| LimitLine {
                y: limit.y,
                label: limit.label.into_owned(),
                below: limit.label_below,
                tone: match limit.kind {
                    LimitKind::Agreed => Tone::Plain,
                    LimitKind::Percentile => Tone::Unknown,
                },
            })
            .collect(),
    }
}
