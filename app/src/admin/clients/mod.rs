//! Clients: the provider's customers.

pub mod form;
pub mod list;
pub mod show;

use leptos::prelude::*;

use crate::{
    t,
    ui::{State, StateBadge},
};

/// How many links stand how; only what there is, is shown, worst first.
#[derive(Clone, Debug, Default)]
pub struct LinkCounts(pub Vec<(State, usize)>);

/// The counts as badges, or the word for none.
#[component]
pub fn LinkCountBadges(counts: LinkCounts) -> impl IntoView {
    if counts.0.iter().all(|(_, count)| *count == 0) {
        return view! { <span class="muted">{t("clients-no-links")}</span> }.into_any();
    }
    let badges = counts
        .0
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| {
            let word = if state == State::Disabled {
                t("clients-links-idle")
            } else {
                state.word()
            };
            view! { <StateBadge state=state label=format!("{count} {word}")/> }
        });
    view! { <span class="badges">{badges.collect_view()}</span> }.into_any()
}
