//! The current month against what was agreed: uptime, downtime, outages, and how much of it was seen.
//!
//! Figures come as texts that the server has cut off from exact fractions; nothing is judged or rounded here.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
    t, t_count, t_with,
    ui::{Card, Duration, Icon, KeyValue, KeyValues, Pictogram, time},
};

/// How the month compares with the promise, as far as it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was promised.
    NotAgreed,
    Kept,
    Broken,
    /// Less than half of the time is known: nothing is claimed.
    TooLittleKnown,
    /// Nothing was measured yet.
    NoData,
}

/// A month so far.
#[derive(Clone, Debug)]
pub struct MonthSoFar {
    /// Its first moment; the month's name is taken from it, in `zone`.
    pub begin: DateTime<Utc>,
    /// The zone in which the month is counted.
    pub zone: chrono_tz::Tz,
    /// Percent, cut off: "99.987". None while nothing is known.
    pub uptime: Option<String>,
    /// Percent: "99.9".
    pub agreed: Option<String>,
    pub verdict: Verdict,
    /// Percent of the time that counts of which something is known, unless it is all of it.
    pub coverage: Option<String>,
    pub down: TimeDelta,
    pub outages: u32,
    /// Maintenance, and switched off: time that does not count.
    pub excluded: TimeDelta,
    /// Where an uptime is promised and something is known.
    pub forecast: Option<Forecast>,
}

/// Whether the month can still be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// As long as it is down for no more than this until the month ends.
    Left { span: TimeDelta, until: DateTime<Utc> },
    /// Whatever comes.
    Lost,
}

impl MonthSoFar {
    /// "Nov 2026".
    fn name(&self) -> String {
        time::format(self.begin.with_timezone(&self.zone), t("format-month"))
    }

    fn verdict_text(&self) -> (&'static str, Icon, String) {
        let agreed = [("agreed", self.agreed.clone().unwrap_or_default().into())];
        match self.verdict {
            Verdict::NotAgreed => ("verdict", Icon::Info, t("month-not-agreed").to_owned()),
            Verdict::Kept => ("verdict verdict-kept", Icon::Check, t_with("month-kept", &agreed)),
            Verdict::Broken => ("verdict verdict-broken", Icon::Warning, t_with("month-broken", &agreed)),
            Verdict::TooLittleKnown => ("verdict", Icon::Info, t_with("month-too-little", &agreed)),
            Verdict::NoData => ("verdict", Icon::Info, t_with("month-no-data", &agreed)),
        }
    }
}

/// Percent as digits, with its sign; a dash where there is none.
#[component]
pub fn Share(digits: Option<String>) -> impl IntoView {
    match digits {
        Some(digits) => view! { <span class="figure">{digits}"\u{a0}%"</span> }.into_any(),
        None => view! { <span class="figure figure-none"><span aria-hidden="true">"–"</span><span class="hidden">{t("no-value")}</span></span> }.into_any(),
    }
}

/// One line for a card or a row: the figure, the promise and whether it holds.
#[component]
pub fn MonthLine(month: MonthSoFar) -> impl IntoView {
    let (class, icon, _) = month.verdict_text();
    let agreed = month
        .agreed
        .clone()
        .map(|agreed| view! { <span class="month-agreed muted">{t("month-agreed")}" "{agreed}"\u{a0}%"</span> });
    let word = match month.verdict {
        Verdict::Broken => t("month-word-broken"),
        Verdict::Kept => t("month-word-kept"),
        Verdict::TooLittleKnown | Verdict::NoData => t("month-word-too-little"),
        Verdict::NotAgreed => "",
    };
    let sign = (month.verdict != Verdict::NotAgreed)
        .then(|| view! { <span class=class><Pictogram icon=icon/><span class="hidden">{word}</span></span> });
    let seen = month
        .coverage
        .map(|coverage| view! { <span class="month-seen muted">{t("month-seen")}" "{coverage}"\u{a0}%"</span> });
    view! { <span class="month-line"><strong><Share digits=month.uptime/></strong>{sign}{agreed}{seen}</span> }
}

/// The month as a card of the link's page.
#[component]
pub fn MonthCard(month: MonthSoFar) -> impl IntoView {
    let title = t_with("month-title", &[("month", month.name().into())]);
    let (class, icon, text) = month.verdict_text();
    let outages = t_count("month-outage-count", month.outages.into());
    let zone = (month.zone != page().zone).then(|| {
        view! { <p class="muted small">{t_with("month-zone", &[("zone", month.zone.name().into())])}</p> }
    });
    let excluded = (month.excluded > TimeDelta::zero()).then(|| {
        view! { <KeyValue label=t("month-excluded")><Duration span=month.excluded/></KeyValue> }
    });
    let coverage = match month.coverage {
        Some(coverage) => {
            view! { <Share digits=Some(coverage)/>" "<span class="muted">{t("month-coverage-rest")}</span> }.into_any()
        }
        None if month.uptime.is_none() => view! { <Share digits=None/> }.into_any(),
        None => view! { {t("month-coverage-whole")} }.into_any(),
    };
    let forecast = month.forecast.map(|forecast| match forecast {
        Forecast::Left { span, until } => {
            // The last moment of the month is on its last day.
            let until = (until - TimeDelta::seconds(1)).with_timezone(&month.zone);
            let values = [
                ("left", time::duration(span).into()),
                ("until", time::format(until, t("format-date")).into()),
            ];
            t_with("month-forecast-left", &values)
        }
        Forecast::Lost => t("month-forecast-lost").to_owned(),
    });
    let forecast = forecast.map(|forecast| view! { <p class="muted small">{forecast}</p> });
    view! {
        <Card title=title>
            <p class="month-figure"><span class="month-share"><Share digits=month.uptime/></span><span class="muted">{t("month-uptime")}</span></p>
            <p class=class><Pictogram icon=icon/><span>{text}</span></p>
            {forecast}
            <KeyValues>
                <KeyValue label=t("month-down")>
                    {if month.down.is_zero() { view! { {t("month-none")} }.into_any() } else { view! { <Duration span=month.down/> }.into_any() }}
                </KeyValue>
                <KeyValue label=t("month-outages")>{outages}</KeyValue>
                {excluded}
                <KeyValue label=t("month-coverage")>{coverage}</KeyValue>
            </KeyValues>
            {zone}
        </Card>
    }
}
