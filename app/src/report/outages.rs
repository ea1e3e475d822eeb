//! The outages of the month, with what the provider says of each.

use leptos::prelude::*;

use super::{
    Report,
    facts::{Exclusion, ExclusionKind, Outage},
};
use crate::{
    t, t_with,
    ui::{Card, Cell, Column, Duration, NumberCell, State, StateBadge, Table, time},
};

/// The card; it is there without outages too, because that is worth reading.
pub(super) fn outages(report: &Report) -> impl IntoView + use<> {
    if report.outages.is_empty() {
        return view! { <Card title=t("report-outages")><p class="muted">{t("report-outages-none")}</p></Card> }
            .into_any();
    }
    let columns = vec![
        Column::text(t("outage-began")),
        Column::text(t("outage-ended")),
        Column::number(t("outage-lasted")),
        Column::number(t("outage-counted")),
        Column::text(t("report-outage-about")),
    ];
    let zone = report.zone;
    let shown = move |at, exact| match exact {
        true => time::exact(at, zone),
        false => time::absolute(at, zone),
    };
    let rows = report.outages.iter().cloned().map(|outage| {
        let lasted = outage.to - outage.from;
        let (from, to) = (shown(outage.from, outage.exact.0), shown(outage.to, outage.exact.1));
        view! {
            <tr>
                <th scope="row"><span class="figure">{from}</span></th>
                <Cell of=t("outage-ended")><span class="figure">{to}</span></Cell>
                <NumberCell of=t("outage-lasted")><Duration span=lasted/></NumberCell>
                <NumberCell of=t("outage-counted")><Duration span=outage.counted/></NumberCell>
                <Cell of=t("report-outage-about")>{about(outage, zone)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=t("report-outages") flush=true><Table caption=t("report-outages") columns=columns>{rows}</Table></Card> }
        .into_any()
}

fn about(outage: Outage, zone: chrono_tz::Tz) -> impl IntoView {
    let nothing = outage.cause.is_none() && outage.comment.is_none() && outage.excluded.is_none();
    let cause = outage.cause.map(|cause| view! { <p>{cause}</p> });
    let comment = outage.comment.map(|comment| view! { <p class="muted">{comment}</p> });
    let excluded = outage.excluded.map(|Exclusion { kind, reason, by, at }| {
        let kind = match kind {
            ExclusionKind::Client => t("report-excluded-client"),
            ExclusionKind::ForceMajeure => t("report-excluded-force"),
            ExclusionKind::Other => t("report-excluded-other"),
        };
        let values = [
            ("by", by.unwrap_or_else(|| t("report-provider-word").to_owned()).into()),
            ("at", time::absolute(at, zone).into()),
        ];
        let by = t_with("report-excluded-by", &values);
        view! { <p><StateBadge state=State::Disabled label=kind/></p><p>{reason}</p><p class="muted small">{by}</p> }
    });
    view! { <div class="outage-about">{cause}{comment}{excluded}{nothing.then_some("–")}</div> }
}
