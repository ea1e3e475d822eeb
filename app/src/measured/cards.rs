//! The two cards of a link's page: what was measured in the range that was asked for, and when the link was down in it.

use leptos::prelude::*;

use super::{
    Addresses,
    measurements::{ComparedWith, MeasurementGraphs, Measurements},
    outages::{Outage, OutageTable},
    range::Range,
    range_form::{RangeForm, RangeTabs},
};
use crate::{
    t, t_with,
    ui::{Card, EmptyState, FormState, Icon, LinkButton, Live},
};

/// What was measured, and what asks for another range.
#[component]
pub fn MeasuredCard(
    measured: Measurements,
    at: Addresses,
    /// What was typed to choose a range.
    form: FormState,
) -> impl IntoView {
    let asked = measured.asked();
    let csv = asked.uncompared_on(&at.csv);
    let table = asked.on(&at.table);
    let actions = view! {
        <RangeTabs asked=asked path=at.link.clone()/>
        <LinkButton label=t("download-csv") href=csv icon=Icon::Download download=true/>
    }
    .into_any();
    let compared = view! { <ComparedWith earlier=measured.earlier.clone()/> }.into_any();
    let content = if measured.is_empty() && measured.bands.is_empty() {
        view! { <EmptyState title=t("measured-none") text=measured.service.why_nothing() icon=Icon::Graph/> }.into_any()
    } else {
        view! { <MeasurementGraphs measured=measured table_href=table/> }.into_any()
    };
    view! {
        <Card title=t("measured-title") actions=actions>
            <RangeForm asked=asked form=form action=at.link/>
            <Live id="link-graphs">{compared}{content}</Live>
        </Card>
    }
}

/// When the link was down in the range.
#[component]
pub fn OutageCard(outages: Vec<Outage>, range: Range) -> impl IntoView {
    let words = range.words();
    let title = t_with("outage-title-range", &[("range", words.as_str().into())]);
    let content = if outages.is_empty() {
        view! { <p class="card-line muted">{t_with("outage-none", &[("range", words.as_str().into())])}</p> }.into_any()
    } else {
        view! { <OutageTable outages=outages/> }.into_any()
    };
    view! { <Card title=title flush=true><Live id="link-outages">{content}</Live></Card> }
}
