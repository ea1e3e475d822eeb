//! How it is counted, in words; what proves that it is unchanged; and its other revisions.

use leptos::prelude::*;

use super::{Report, VerdictBadge};
use crate::{
    t, t_with,
    ui::{Card, Cell, Code, Column, Duration, HeadCell, KeyValue, KeyValues, NumberCell, Table, When},
};

/// How it is counted.
pub(super) fn method(report: &Report) -> impl IntoView + use<> {
    let method = report.method.clone();
    let choose = |first: bool, one: &'static str, other: &'static str| if first { t(one) } else { t(other) };
    let lines = [
        t("report-method-share"),
        choose(method.by_seconds, "report-method-seconds", "report-method-slots"),
        choose(
            method.unreachable_is_down,
            "report-method-unreachable-down",
            "report-method-unreachable-unknown",
        ),
        choose(
            method.disabled_is_down,
            "report-method-disabled-down",
            "report-method-disabled-excluded",
        ),
        t("report-method-quality"),
        choose(
            method.percentile_of_sum,
            "report-method-percentile-sum",
            "report-method-percentile-greater",
        ),
        t("report-method-cut"),
    ];
    let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
    let zone = t_with("report-method-zone", &[("zone", report.zone.name().into())]);
    let hours = match method.service_hours {
        None => view! { <li>{t("report-method-always")}</li> }.into_any(),
        Some(week) => {
            let names = [
                t("weekday-1"),
                t("weekday-2"),
                t("weekday-3"),
                t("weekday-4"),
                t("weekday-5"),
                t("weekday-6"),
                t("weekday-7"),
            ];
            let hours: Vec<String> = names
                .into_iter()
                .zip(week)
                .filter(|(_, hours)| !hours.is_empty())
                .map(|(name, hours)| [name, " ", &hours].concat())
                .collect();
            let hours = t_with("report-method-hours", &[("hours", hours.join("; ").into())]);
            view! { <li>{hours}</li> }.into_any()
        }
    };
    view! {
        <Card title=t("report-method")>
            <ul class="report-method"><li>{zone}</li>{hours}{lines}</ul>
        </Card>
    }
}

/// What proves it. `check` is what an area adds.
pub(super) fn digests(report: &Report, check: Option<AnyView>) -> impl IntoView + use<> {
    let digests = report.digests.clone();
    let samples = crate::t_count("report-samples", digests.samples);
    view! {
        <Card title=t("report-proof")>
            <p class="muted small">{t("report-proof-text")}</p>
            <KeyValues>
                <KeyValue label=t("report-digest")><Code text=digests.document/></KeyValue>
                <KeyValue label=t("report-digest-measured")><Code text=digests.measured/>" "<span class="muted">{samples}</span></KeyValue>
                <KeyValue label=t("report-digest-agreed")><Code text=digests.agreed/></KeyValue>
            </KeyValues>
            {check}
        </Card>
    }
}

/// The revisions, where there are several.
pub(super) fn revisions(report: &Report) -> Option<impl IntoView + use<>> {
    if report.revisions.len() < 2 {
        return None;
    }
    let columns = vec![
        Column::text(t("report-revision")),
        Column::text(t("report-made")),
        Column::number(t("report-uptime")),
        Column::number(t("report-down")),
        Column::text(t("report-verdict")),
        Column::text(t("report-reason")),
    ];
    let rows = report.revisions.iter().cloned().map(|revision| {
        let number = revision.revision;
        let name = match revision.href {
            Some(href) => view! { <a href=href>{number}</a> }.into_any(),
            None => view! { <span>{number}" "<span class="muted">{t("report-this")}</span></span> }.into_any(),
        };
        let counts = revision.counts.then(|| view! { <small>{t("report-counts")}</small> });
        let uptime = revision.uptime.map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
        let by = revision.made_by.unwrap_or_else(|| t("report-made-by-run").to_owned());
        view! {
            <tr>
                <HeadCell><span class="two-lines">{name}{counts}</span></HeadCell>
                <Cell of=t("report-made")><span class="two-lines"><When at=revision.made_at compact=true/><small>{by}</small></span></Cell>
                <NumberCell of=t("report-uptime")><span class="figure">{uptime}</span></NumberCell>
                <NumberCell of=t("report-down")><Duration span=revision.down/></NumberCell>
                <Cell of=t("report-verdict")><VerdictBadge verdict=revision.verdict/></Cell>
                <Cell of=t("report-reason")>{revision.reason.unwrap_or_else(|| "–".to_owned())}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! {
        <Card title=t("report-revisions") flush=true><Table caption=t("report-revisions") columns=columns>{rows}</Table></Card>
    })
}
