//! What a report draws, in whole numbers: a picture of the month is part of what is kept.

use super::document::{Graph, GraphBucket, Summary as Whole};
use crate::domain::{
    links::{
        series::{Bands, Bucket, Grid, Series, Span, Summary, measured::Measured},
        slot::{Sample, Slot},
    },
    sla::{intervals::Interval, uptime::Terms},
};

/// The graphs of the terms' window, in buckets of the length that its pages have for such a range.
pub(super) fn graph(terms: &Terms, samples: &[Sample]) -> Graph {
    let window = terms.window();
    if window.is_empty() {
        return Graph::default();
    }
    let over = Slot::from_second(window.end() - 1);
    let grid = Grid::of(Span::Chosen(terms.period), over);
    let measured = Measured::of(grid, samples, window);
    let Series { buckets, bands, .. } = Series::of(&measured, window, over, &terms.maintenance);
    let Bands {
        outages,
        disabled,
        missing,
        maintenance,
    } = bands;
    Graph {
        buckets: buckets.iter().map(bucket).collect(),
        outages: within(outages, window),
        disabled: within(disabled, window),
        missing: within(missing, window),
        maintenance: within(maintenance, window),
    }
}

fn within(bands: Vec<Interval>, window: Interval) -> Vec<Interval> {
    let cut = bands.into_iter().map(|band| band.intersect(window));
    cut.filter(|band| !band.is_empty()).collect()
}

fn bucket(bucket: &Bucket) -> GraphBucket {
    let figures = &bucket.figures;
    GraphBucket {
        span: bucket.interval,
        rx: figures.rx.map(|rates| whole(rates, 1.0)),
        tx: figures.tx.map(|rates| whole(rates, 1.0)),
        latency: figures.latency_ms.map(|latency| whole(latency, 1e3)),
        loss: figures.loss_percent.map(|loss| whole(loss, 1e4)),
    }
}

fn whole(Summary { min, avg, max }: Summary, scale: f64) -> Whole {
    [min, avg, max].map(|value| (value * scale).round() as i64)
}
