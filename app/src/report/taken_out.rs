//! Time that does not count, why not, and what the figure would be had nothing been excluded.

use leptos::prelude::*;

use super::{Report, VerdictBadge};
use crate::{
    t, t_with,
    ui::{Card, Cell, Column, Duration, KeyValue, KeyValues, NumberCell, Table, time},
};

/// The card.
pub(super) fn taken_out(report: &Report) -> impl IntoView + use<> {
    let sums = report.time;
    let zone = report.zone;
    let none = (report.taken_out.is_empty() && report.without_exclusions.is_none())
        .then(|| view! { <p class="muted">{t("report-taken-out-none")}</p> });
    let without = report.without_exclusions.clone().map(|without| {
        let uptime = without
            .uptime
            .map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
        view! {
            <div class="report-without">
                <p><strong>{t("report-without")}</strong></p>
                <KeyValues>
                    <KeyValue label=t("report-uptime")><span class="figure">{uptime}</span></KeyValue>
                    <KeyValue label=t("report-down")><Duration span=without.down/></KeyValue>
                    <KeyValue label=t("report-verdict")><VerdictBadge verdict=without.verdict/></KeyValue>
                </KeyValues>
            </div>
        }
    });
    let table = (!report.taken_out.is_empty()).then(|| table(report));
    let changes = (!report.changes.is_empty()).then(|| changes(report, zone));
    view! {
        <Card title=t("report-taken-out")>
            <KeyValues>
                <KeyValue label=t("report-accountable")><Duration span=sums.accountable/></KeyValue>
                <KeyValue label=t("report-up")><Duration span=sums.up/></KeyValue>
                <KeyValue label=t("report-down")><Duration span=sums.down/></KeyValue>
                <KeyValue label=t("report-unknown")><Duration span=sums.unknown/></KeyValue>
                <KeyValue label=t("report-excluded")><Duration span=sums.excluded/></KeyValue>
                <KeyValue label=t("report-unscheduled")><Duration span=sums.unscheduled/></KeyValue>
            </KeyValues>
            {none}{table}{changes}{without}
        </Card>
    }
}

fn table(report: &Report) -> impl IntoView + use<> {
    let zone = report.zone;
    let columns = vec![
        Column::text(t("report-from")),
        Column::text(t("report-to")),
        Column::number(t("report-span")),
        Column::text(t("report-why")),
    ];
    let rows = report.taken_out.iter().cloned().map(|taken| {
        let why = match (taken.is_maintenance, taken.title) {
            (true, Some(title)) => t_with("report-maintenance-title", &[("title", title.into())]),
            (true, None) => t("report-maintenance").to_owned(),
            (false, _) => t("report-switched-off").to_owned(),
        };
        let approved = taken.approved.map(|(by, at)| {
            let at = at.map_or_else(String::new, |at| time::absolute(at, zone));
            let approved = t_with("report-approved", &[("by", by.into()), ("at", at.into())]);
            view! { <p class="muted small">{approved}</p> }
        });
        view! {
            <tr>
                <th scope="row"><span class="figure">{time::absolute(taken.from, zone)}</span></th>
                <Cell of=t("report-to")><span class="figure">{time::absolute(taken.to, zone)}</span></Cell>
                <NumberCell of=t("report-span")><Duration span=taken.span/></NumberCell>
                <Cell of=t("report-why")><div class="outage-about"><p>{why}</p>{approved}</div></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("report-taken-out") columns=columns wide=true>{rows}</Table> }
}

fn changes(report: &Report, zone: chrono_tz::Tz) -> impl IntoView + use<> {
    let span = move |(from, to)| [time::absolute(from, zone), time::absolute(to, zone)].join(" – ");
    let items = report.changes.iter().cloned().map(|change| {
        let what = match (change.before, change.after) {
            (Some(before), Some(after)) => {
                t_with("report-change-moved", &[("before", span(before).into()), ("after", span(after).into())])
            }
            (None, Some(after)) => t_with("report-change-recorded", &[("after", span(after).into())]),
            (Some(before), None) => t_with("report-change-withdrawn", &[("before", span(before).into())]),
            (None, None) => String::new(),
        };
        let by = change.by.unwrap_or_else(|| t("report-provider-word").to_owned());
        let by = t_with("report-change-by", &[("by", by.into()), ("at", time::absolute(change.at, zone).into())]);
        view! { <li><p><strong>{change.title}</strong>" "{what}</p><p>{change.reason}</p><p class="muted small">{by}</p></li> }
    });
    let items = items.collect_view();
    view! { <div class="report-changes"><p><strong>{t("report-changes")}</strong></p><ul>{items}</ul></div> }
}
