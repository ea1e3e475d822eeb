//! What was measured in a range, as graphs: traffic, latency and loss, with what befell the link behind them.
//!
//! Directions are the customer's: download is what reaches them, whichever side of the router they are on.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::range::{self, Asked, Compare, Range};
use crate::{
    page::page,
    t, t_with,
    ui::{
        OptionalText,
        graph::{Band, Earlier as EarlierSeries, Graph, Hue, Limit, LimitKind, Overall, Plot, Point, Series, Unit},
        number,
    },
};

/// The least, mean and greatest value of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub min: f64,
    pub avg: f64,
    pub max: f64,
}

/// What was measured in the step that begins at `t`; `None` where nothing was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    pub t: DateTime<Utc>,
    /// bit/s.
    pub download: Option<Spread>,
    /// bit/s.
    pub upload: Option<Spread>,
    pub latency_ms: Option<Spread>,
    /// 0 to 100.
    pub loss_percent: Option<Spread>,
}

/// What a whole range comes to; `None` where nothing was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    pub download: Option<Spread>,
    pub upload: Option<Spread>,
    pub latency_ms: Option<Spread>,
    pub loss_percent: Option<Spread>,
    /// bit/s that no more than 5 % of the five minutes exceeded.
    pub download_95: Option<f64>,
    pub upload_95: Option<f64>,
}

/// Whether the link is in service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Planned,
    Active,
    Ended,
}

impl Service {
    /// Why nothing was measured, where that is so.
    pub(crate) fn why_nothing(self) -> &'static str {
        match self {
            Self::Planned => t("measured-none-planned"),
            Self::Active => t("measured-none-text"),
            Self::Ended => t("measured-none-ended"),
        }
    }
}

/// What was measured in an earlier range, for comparison.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub compare: Compare,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// What each step of the present range was then; they have its times.
    pub steps: Vec<Step>,
    pub overall: Figures,
    /// Whether the link was in service throughout both ranges; else what they come to can't be compared.
    pub is_alike: bool,
}

impl Earlier {
    fn is_empty(&self) -> bool {
        nothing(&self.steps)
    }
}

/// All that was measured in a range.
#[derive(Clone, Debug)]
pub struct Measurements {
    pub range: Range,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// The length of each step.
    pub step: TimeDelta,
    pub steps: Vec<Step>,
    /// Of all of it: means of means would be wrong.
    pub overall: Figures,
    pub bands: Vec<Band>,
    /// bit/s; 0 where none is agreed.
    pub committed_download: f64,
    /// bit/s; 0 where none is agreed.
    pub committed_upload: f64,
    /// Whether anything is probed at all: without it there is no latency and no loss.
    pub probed: bool,
    pub service: Service,
    /// What it is compared with, if that was asked for.
    pub earlier: Option<Earlier>,
}

fn nothing(steps: &[Step]) -> bool {
    steps
        .iter()
        .all(|step| step.download.is_none() && step.upload.is_none() && step.latency_ms.is_none())
}

impl Measurements {
    /// Nothing was measured in the whole range.
    pub fn is_empty(&self) -> bool {
        nothing(&self.steps)
    }

    /// What was asked for.
    pub fn asked(&self) -> Asked {
        Asked {
            range: self.range,
            compare: self.earlier.as_ref().map(|earlier| earlier.compare),
        }
    }

    /// What it is compared with, if anything was measured then.
    pub fn compared(&self) -> Option<&Earlier> {
        self.earlier.as_ref().filter(|earlier| !earlier.is_empty())
    }

    fn plot(&self, unit: Unit, series: Vec<Series>, limits: Vec<Limit>) -> Plot {
        Plot {
            unit,
            from: self.from,
            to: self.to,
            zone: page().zone,
            step: self.step,
            series,
            limits,
            bands: self.bands.clone(),
        }
    }

    fn series(
        &self,
        name: &'static str,
        hue: Hue,
        below: bool,
        value: fn(&Step) -> Option<Spread>,
        overall: fn(&Figures) -> (Option<Spread>, Option<f64>),
    ) -> Series {
        let single = self.step == TimeDelta::minutes(5) && hue != Hue::Third;
        let points = self.steps.iter().map(|step| {
            let spread = value(step);
            // One poll a step has no spread to draw.
            let edge = |edge: fn(Spread) -> f64| spread.filter(|_| !single).map(edge);
            Point {
                t: step.t,
                min: edge(|spread| spread.min),
                avg: spread.map(|spread| spread.avg),
                max: edge(|spread| spread.max),
            }
        });
        let overall = |figures: &Figures| {
            let (spread, percentile_95) = overall(figures);
            spread.map(|Spread { min, avg, max }| Overall {
                min,
                avg,
                max,
                percentile_95,
            })
        };
        let earlier = self.compared().map(|earlier| EarlierSeries {
            name: earlier.compare.of(name).into(),
            values: earlier
                .steps
                .iter()
                .map(|step| value(step).map(|spread| spread.avg))
                .collect(),
            overall: overall(&earlier.overall),
            is_alike: earlier.is_alike,
        });
        Series {
            name: name.into(),
            hue,
            below,
            points: points.collect(),
            overall: overall(&self.overall),
            earlier,
        }
    }

    /// Download above zero, upload below, with what was agreed and the 95th percentiles.
    pub fn traffic(&self) -> Plot {
        let overall = self.overall;
        let series = vec![
            self.series(
                t("download"),
                Hue::First,
                false,
                |step| step.download,
                |overall| (overall.download, overall.download_95),
            ),
            self.series(
                t("upload"),
                Hue::Second,
                true,
                |step| step.upload,
                |overall| (overall.upload, overall.upload_95),
            ),
        ];
        let limit = |value: f64, below: bool| {
            // Which direction is meant goes without saying where both have the same.
            let key = match below {
                _ if self.committed_download == self.committed_upload => "committed-line",
                false => "committed-line-download",
                true => "committed-line-upload",
            };
            (value > 0.0).then(|| Limit {
                label: t_with(key, &[("rate", number::rate(value).into())]).into(),
                value,
                below,
                kind: LimitKind::Agreed,
            })
        };
        let percentile = |key: &'static str, value: Option<f64>, below: bool| {
            value.map(|value| Limit {
                label: t_with(key, &[("rate", number::rate(value).into())]).into(),
                value,
                below,
                kind: LimitKind::Percentile,
            })
        };
        let limits = [
            limit(self.committed_download, false),
            limit(self.committed_upload, true),
            percentile("percentile-line-download", overall.download_95, false),
            percentile("percentile-line-upload", overall.upload_95, true),
        ];
        self.plot(Unit::BitsPerSecond, series, limits.into_iter().flatten().collect())
    }

    /// Round trips.
    pub fn latency(&self) -> Plot {
        let series = self.series(
            t("latency"),
            Hue::Third,
            false,
            |step| step.latency_ms,
            |overall| (overall.latency_ms, None),
        );
        self.plot(Unit::Milliseconds, vec![series], Vec::new())
    }

    fn loss(&self) -> Plot {
        let series = self.series(
            t("loss"),
            Hue::First,
            false,
            |step| step.loss_percent,
            |overall| (overall.loss_percent, None),
        );
        self.plot(Unit::Percent, vec![series], Vec::new())
    }
}

/// With what the range is compared, and what there is to know of that. Nothing if it is not.
#[component]
pub fn ComparedWith(earlier: Option<Earlier>) -> impl IntoView {
    earlier.map(|earlier| {
        let words = range::between(earlier.from, earlier.to);
        let key = match earlier.compare {
            Compare::Before => "compare-with-before",
            Compare::Year => "compare-with-year",
        };
        let note = match (earlier.is_empty(), earlier.is_alike) {
            (true, _) => Some(t("compare-nothing")),
            (false, false) => Some(t("compare-in-part")),
            (false, true) => None,
        };
        view! {
            <p class="compared-with">{t_with(key, &[("range", words.into())])}{note.map(|note| format!(" {note}"))}</p>
        }
    })
}

/// The graphs; `table_href` leads to the same numbers as a table.
#[component]
pub fn MeasurementGraphs(measured: Measurements, #[prop(optional, into)] table_href: OptionalText) -> impl IntoView {
    let words = measured.range.words();
    let describe = |key: &'static str| t_with(key, &[("range", words.as_str().into())]);
    let probed = if measured.probed {
        view! {
            <Graph id="graph-latency" title=t("graph-latency") description=describe("graph-latency-text") plot=measured.latency() table_href=table_href.clone()/>
            <Graph id="graph-loss" title=t("graph-loss") description=describe("graph-loss-text") plot=measured.loss() table_href=table_href.clone()/>
        }
        .into_any()
    } else {
        view! { <p class="muted small">{t("not-probed")}</p> }.into_any()
    };
    view! {
        <Graph id="graph-traffic" title=t("graph-traffic") description=describe("graph-traffic-text") plot=measured.traffic() table_href=table_href/>
        {probed}
    }
}
