//! SLA profiles: what is promised of links.

pub mod form;
pub mod list;
pub mod show;

use leptos::prelude::*;

use crate::{t, t_with};

/// What is promised, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Percent, exactly: `99.95`.
    pub uptime: String,
    /// Milliseconds.
    pub latency: Option<String>,
    /// Milliseconds.
    pub jitter: Option<String>,
    /// Percent.
    pub loss: Option<String>,
    /// Each day's hours, Monday first; none: always.
    pub hours: Option<[String; 7]>,
    pub unreachable_is_down: bool,
    pub disabled_is_down: bool,
    /// Outages have the interface's own seconds, not those of whole slots.
    pub is_by_edges: bool,
    /// What is billed is the percentile of both directions together, not of the greater one.
    pub percentile_is_of_both: bool,
    /// Percent of uptime, and percent of the fee for less than that; the most uptime first.
    pub tiers: Vec<(String, String)>,
    /// Percent of the fee.
    pub credit_most: Option<String>,
}

const DAY_NAMES: [&str; 7] = [
    "day-name-1",
    "day-name-2",
    "day-name-3",
    "day-name-4",
    "day-name-5",
    "day-name-6",
    "day-name-7",
];

/// A figure with its unit, or the word for nothing promised.
fn promised(value: Option<String>, unit: &'static str) -> impl IntoView {
    match value {
        Some(value) => view! { <span class="figure">{value}"\u{a0}"{unit}</span> }.into_any(),
        None => view! { <span class="muted">{t("sla-nothing")}</span> }.into_any(),
    }
}

/// What is credited for less uptime, a line each.
fn credits(tiers: Vec<(String, String)>, most: Option<String>) -> impl IntoView {
    if tiers.is_empty() {
        return view! { <span class="muted">{t("sla-no-credits")}</span> }.into_any();
    }
    let line = |key, below: String, credit: String| {
        let line = t_with(key, &[("below", below.into()), ("credit", credit.into())]);
        view! { <li class="figure">{line}</li> }
    };
    let lines = tiers.into_iter().map(|(below, credit)| line("sla-tier", below, credit));
    let most = most.map(|most| line("sla-tier-most", String::new(), most));
    view! { <ul>{lines.collect_view()}{most}</ul> }.into_any()
}

/// Service hours: one word for always, else the days with theirs.
fn week(hours: Option<[String; 7]>) -> impl IntoView {
    let Some(days) = hours else {
        return view! { <span>{t("sla-always")}</span> }.into_any();
    };
    let days = days.into_iter().zip(DAY_NAMES).map(|(hours, name)| {
        let none = hours.is_empty();
        let hours = if none { t("sla-no-hours").to_owned() } else { hours };
        view! { <div class:muted=none><dt>{t(name)}</dt><dd class="figure">{hours}</dd></div> }
    });
    view! { <dl class="week">{days.collect_view()}</dl> }.into_any()
}

/// A promise for samples.
pub(crate) fn sample_promise() -> Promise {
    Promise {
        uptime: "99.95".to_owned(),
        latency: Some("20".to_owned()),
        jitter: Some("5".to_owned()),
        loss: Some("0.5".to_owned()),
        hours: Some(
            [
                "08:00–18:00",
                "08:00–18:00",
                "08:00–18:00",
                "08:00–18:00",
                "08:00–16:00",
                "",
                "",
            ]
            .map(ToOwned::to_owned),
        ),
        unreachable_is_down: false,
        disabled_is_down: true,
        is_by_edges: true,
        percentile_is_of_both: false,
        tiers: [("99.95", "5"), ("99.5", "10"), ("99", "25")]
            .map(|(below, credit)| (below.to_owned(), credit.to_owned()))
            .to_vec(),
        credit_most: Some("50".to_owned()),
    }
}
