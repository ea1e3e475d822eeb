//! The month against those before it: small bars, and the same as a table.

use leptos::prelude::*;

use super::{
    Report, VerdictBadge,
    facts::{MonthBar, month_name},
};
use crate::{
    t,
    ui::{Card, Cell, Column, Duration, HeadCell, Markup, NumberCell, Table},
};

const WIDTH: usize = 24;
const GAP: usize = 8;
const HEIGHT: f64 = 96.0;

/// The card, where there is anything to compare with.
pub(super) fn months(report: &Report) -> Option<impl IntoView + use<>> {
    if report.months.len() < 2 {
        return None;
    }
    let (bars, zone) = (bars(&report.months), report.zone);
    let columns = vec![
        Column::text(t("report-month")),
        Column::number(t("report-uptime")),
        Column::number(t("report-down")),
        Column::text(t("report-verdict")),
    ];
    let rows = report.months.iter().rev().cloned().map(|month| {
        let name = month_name(month.begin, zone);
        let name = match month.href {
            Some(href) => view! { <a href=href>{name}</a> }.into_any(),
            None => view! { {name}" "<span class="muted">{t("report-this")}</span> }.into_any(),
        };
        let uptime = month
            .uptime
            .map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
        view! {
            <tr>
                <HeadCell>{name}</HeadCell>
                <NumberCell of=t("report-uptime")><span class="figure">{uptime}</span></NumberCell>
                <NumberCell of=t("report-down")><Duration span=month.down/></NumberCell>
                <Cell of=t("report-verdict")><VerdictBadge verdict=month.verdict/></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! {
        <Card title=t("report-months")>
            <figure class="month-bars" aria-hidden="true">{bars}</figure>
            <Table caption=t("report-months") columns=columns>{rows}</Table>
        </Card>
    })
}

/// The lowest percentage that the bars begin at: with the whole from zero, nobody would see a difference.
fn floor(months: &[MonthBar]) -> f64 {
    let least = months.iter().filter_map(|month| month.share).fold(100.0, f64::min);
    // Of steps that shrink towards the whole, the first below the least.
    [99.99, 99.9, 99.5, 99.0, 98.0, 95.0, 90.0, 50.0]
        .into_iter()
        .find(|step| *step < least)
        .unwrap_or(0.0)
}

fn bars(months: &[MonthBar]) -> impl IntoView + use<> {
    let floor = floor(months);
    let width = months.len() * (WIDTH + GAP);
    let mut html = Markup::default();
    html.raw("<svg class=\"bars\" viewBox=\"0 0 ")
        .text(&width.to_string())
        .raw(" 96\" width=\"")
        .text(&width.to_string())
        .raw("\" height=\"96\">");
    for (at, month) in months.iter().enumerate() {
        let share = month.share.unwrap_or(floor);
        let height = ((share - floor) / (100.0 - floor) * (HEIGHT - 4.0)).clamp(0.0, HEIGHT - 4.0) + 4.0;
        html.raw("<rect class=\"bar bar-").raw(month.verdict.state().name());
        if month.href.is_none() {
            html.raw(" bar-this");
        }
        html.raw("\" rx=\"3\" x=\"")
            .text(&(at * (WIDTH + GAP)).to_string())
            .raw("\" width=\"24\" y=\"")
            .text(&format!("{:.1}", HEIGHT - height))
            .raw("\" height=\"")
            .text(&format!("{height:.1}"))
            .raw("\"/>");
    }
    html.raw("</svg><p class=\"muted small\">")
        .text(&crate::t_with(
            "report-months-from",
            &[("floor", floor.to_string().into())],
        ))
        .raw("</p>");
    html.into_view()
}
