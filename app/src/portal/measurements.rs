//! What was measured in a range, as graphs: traffic, latency and loss, with what befell the link behind them.
//!
//! Directions are the customer's: download is what reaches them, whichever side of the router they are on.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
    t, t_with,
    text::Text,
    ui::{
        graph::{Band, Graph, Hue, Limit, LimitKind, Overall, Plot, Point, Series, Unit},
        number, time,
    },
};

/// How far back a page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Range {
    #[default]
    Day,
    Week,
    Month,
    Year,
    /// From one moment to another.
    Chosen {
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    },
}

impl Range {
    /// Those that are a click away, shortest first.
    pub const OFFERED: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The value in addresses and names of files.
    pub fn name(self) -> String {
        match self {
            Self::Day => "24h".to_owned(),
            Self::Week => "7d".to_owned(),
            Self::Month => "30d".to_owned(),
            Self::Year => "1y".to_owned(),
            Self::Chosen { from, to } => format!("{}-to-{}", from.format("%Y%m%dT%H%MZ"), to.format("%Y%m%dT%H%MZ")),
        }
    }

    /// The offered range of this name, or `None`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|range| range.name() == name)
    }

    /// `path` with the range: moments are in UTC, so that it leads everybody to the same.
    pub fn on(self, path: &str) -> String {
        match self {
            Self::Chosen { from, to } => {
                let minute = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%MZ");
                format!("{path}?from={}&to={}", minute(from), minute(to))
            }
            offered => format!("{path}?range={}", offered.name()),
        }
    }

    /// As the button reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => t("range-day"),
            Self::Week => t("range-week"),
            Self::Month => t("range-month"),
            Self::Year => t("range-year"),
            Self::Chosen { .. } => t("range-chosen"),
        }
    }

    /// "the last 24 hours", for sentences.
    pub fn words(self) -> String {
        match self {
            Self::Day => t("range-day-words").to_owned(),
            Self::Week => t("range-week-words").to_owned(),
            Self::Month => t("range-month-words").to_owned(),
            Self::Year => t("range-year-words").to_owned(),
            Self::Chosen { from, to } => {
                let shown = |at| time::absolute(at, page().zone).into();
                t_with("range-chosen-words", &[("from", shown(from)), ("to", shown(to))])
            }
        }
    }
}

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
}

impl Measurements {
    /// Nothing was measured in the whole range.
    pub fn is_empty(&self) -> bool {
        self.steps
            .iter()
            .all(|step| step.download.is_none() && step.upload.is_none() && step.latency_ms.is_none())
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
        (overall, percentile_95): (Option<Spread>, Option<f64>),
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
        Series {
            name: name.into(),
            hue,
            below,
            points: points.collect(),
            overall: overall.map(|Spread { min, avg, max }| Overall {
                min,
                avg,
                max,
                percentile_95,
            }),
        }
    }

    fn traffic(&self) -> Plot {
        let overall = self.overall;
        let series = vec![
            self.series(
                t("download"),
                Hue::First,
                false,
                |step| step.download,
                (overall.download, overall.download_95),
            ),
            self.series(
                t("upload"),
                Hue::Second,
                true,
                |step| step.upload,
                (overall.upload, overall.upload_95),
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
        let mut limits = vec![
            limit(self.committed_download, false),
            limit(self.committed_upload, true),
        ];
        limits.dedup_by(|a, b| a.is_none() && b.is_none());
        let percentile = |key: &'static str, value: Option<f64>, below: bool| {
            value.map(|value| Limit {
                label: t_with(key, &[("rate", number::rate(value).into())]).into(),
                value,
                below,
                kind: LimitKind::Percentile,
            })
        };
        limits.push(percentile("percentile-line-download", overall.download_95, false));
        limits.push(percentile("percentile-line-upload", overall.upload_95, true));
        self.plot(Unit::BitsPerSecond, series, limits.into_iter().flatten().collect())
    }

    fn latency(&self) -> Plot {
        let series = self.series(
            t("latency"),
            Hue::Third,
            false,
            |step| step.latency_ms,
            (self.overall.latency_ms, None),
        );
        self.plot(Unit::Milliseconds, vec![series], Vec::new())
    }

    fn loss(&self) -> Plot {
        let series = self.series(
            t("loss"),
            Hue::First,
            false,
            |step| step.loss_percent,
            (self.overall.loss_percent, None),
        );
        self.plot(Unit::Percent, vec![series], Vec::new())
    }
}

/// The graphs; `table_href` leads to the same numbers as a table.
#[component]
pub fn MeasurementGraphs(measured: Measurements, #[prop(into)] table_href: Text) -> impl IntoView {
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
