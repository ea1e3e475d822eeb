//! A link on the dashboard: how it is, what it carries, and whether what was agreed is kept.

use leptos::prelude::*;

use super::{
    month::{MonthLine, MonthSoFar},
    standing::{Standing, StandingBadge},
};
use crate::{
    t,
    text::Text,
    ui::{Elapsed, Icon, Pictogram, Rate, When, graph::Sparkline},
};

/// What a card or a row shows of a link.
#[derive(Clone, Debug)]
pub struct LinkSummary {
    pub name: String,
    pub href: Text,
    /// The product, in the provider's word.
    pub kind: String,
    /// The circuit number.
    pub reference: Option<String>,
    /// Whose link, for visitors who see more than one client's.
    pub client: Option<String>,
    pub standing: Standing,
    /// bit/s now.
    pub download: Option<f64>,
    /// bit/s now.
    pub upload: Option<f64>,
    /// bit/s in equal steps over the last 24 hours.
    pub sparkline: Vec<Option<f64>>,
    pub month: MonthSoFar,
    /// Title of the planned work that is under way.
    pub maintenance: Option<String>,
}

/// The card.
#[component]
pub fn LinkCard(link: LinkSummary) -> impl IntoView {
    let about = [Some(link.kind), link.reference, link.client]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let trend = if link.sparkline.iter().any(Option::is_some) {
        view! { <Sparkline values=link.sparkline label=t("card-sparkline")/> }.into_any()
    } else {
        view! { <p class="sparkline-none muted small">{t("card-no-samples")}</p> }.into_any()
    };
    // Read on from the badge above it: "Up", "for 9 days".
    let since = link.standing.since().map(|since| match link.standing.state() {
        Some(_) => view! { <span class="muted small">{t("card-for")}" "<Elapsed since=since/></span> }.into_any(),
        None => view! { <span class="muted small"><When at=since compact=true/></span> }.into_any(),
    });
    let class = [
        "link-card link-card-",
        link.standing.state().map_or("none", |state| state.name()),
    ]
    .concat();
    let planned = link.maintenance.map(|title| {
        view! { <p class="link-card-note small"><Pictogram icon=Icon::Maintenance/><span>{title}</span></p> }
    });
    view! {
        <article class=class>
            <div class="link-card-head">
                <h2><a href=link.href>{link.name}</a></h2>
                <StandingBadge standing=link.standing/>
            </div>
            <p class="link-card-about"><span class="muted small">{about}</span>{since}</p>
            <dl class="link-card-rates">
                <div><dt><Pictogram icon=Icon::ArrowDown/>{t("download")}</dt><dd><Rate value=link.download/></dd></div>
                <div><dt><Pictogram icon=Icon::ArrowUp/>{t("upload")}</dt><dd><Rate value=link.upload/></dd></div>
            </dl>
            {trend}
            {planned}
            <p class="link-card-foot"><span class="muted">{t("card-month")}</span><MonthLine month=link.month/></p>
        </article>
    }
}
