//! The first page after signing in: one sentence that answers the question, then a card a link.

use leptos::prelude::*;

use super::{
    link_card::{LinkCard, LinkSummary},
    maintenance::{Maintenance, MaintenanceNotices},
    sample_data,
};
use crate::{
    page::Area,
    samples::{self, Sample},
    t, t_count, t_with,
    text::Text,
    ui::{EmptyState, Icon, Layout, LinkButton, Live, Pictogram, State},
};

/// The id of the page's live part.
pub const LIVE: &str = "links";

/// How many active links are in which state.
#[derive(Clone, Debug, Default)]
pub struct Tally(pub Vec<(State, u32)>);

impl Tally {
    fn total(&self) -> u32 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The worst state that any link is in.
    fn worst(&self) -> Option<(State, u32)> {
        self.0.iter().copied().filter(|(_, count)| *count > 0).min()
    }

    fn sentence(&self) -> String {
        let total = self.total();
        let Some((worst, count)) = self.worst() else {
            return t("summary-none-active").to_owned();
        };
        let key = match worst {
            State::Down => "summary-down",
            State::Degraded => "summary-degraded",
            State::Unknown => "summary-unknown",
            State::Maintenance => "summary-maintenance",
            State::Up if count == total => return t_count("summary-all-up", total.into()).into_owned(),
            State::Up => "summary-up",
            State::Disabled => "summary-disabled",
        };
        t_with(key, &[("count", count.into()), ("total", total.into())])
    }
}

/// The page.
#[component]
pub fn Dashboard(
    tally: Tally,
    maintenance: Vec<Maintenance>,
    /// What is wrong first.
    links: Vec<LinkSummary>,
    /// How many links there are that have no card here.
    #[prop(default = 0)]
    more: u64,
    /// The address of the list of all links.
    #[prop(into)]
    list_href: Text,
) -> impl IntoView {
    let content = if links.is_empty() {
        view! { <div class="card"><EmptyState title=t("dashboard-empty") text=t("dashboard-empty-text") icon=Icon::Link/></div> }.into_any()
    } else {
        let more = (more > 0).then(|| {
            let label = t_count("dashboard-more", more);
            view! { <p><LinkButton label=label href=list_href.clone() icon=Icon::Right/></p> }
        });
        view! {
            {summary(&tally, &list_href)}
            <MaintenanceNotices windows=maintenance/>
            <div class="link-cards">{links.into_iter().map(|link| view! { <LinkCard link=link/> }).collect_view()}</div>
            {more}
        }
        .into_any()
    };
    view! {
        <Layout title=t("nav-dashboard")>
            <Live id=LIVE>{content}</Live>
        </Layout>
    }
}

fn summary(tally: &Tally, list_href: &str) -> impl IntoView + use<> {
    let (state, _) = tally.worst().unwrap_or((State::Disabled, 0));
    let class = ["summary summary-", state.name()].concat();
    let counts = tally.0.iter().filter(|(_, count)| *count > 0).map(|(state, count)| {
        let href = [list_href, "?state=", state.name()].concat();
        view! { <li><a class=["badge badge-", state.name()].concat() href=href><Pictogram icon=state.icon()/>{*count}" "{state.word()}</a></li> }
    });
    let counts = (tally.0.iter().filter(|(_, count)| *count > 0).count() > 1)
        .then(|| view! { <ul class="summary-counts">{counts.collect_view()}</ul> });
    view! {
        <section class=class>
            <Pictogram icon=state.icon()/>
            <p class="summary-sentence">{tally.sentence()}</p>
            {counts}
        </section>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || {
        let mut page = samples::page(Area::Portal);
        page.current = "dashboard";
        page.live_url = Some("/portal/live".to_owned());
        page
    };
    let several = |text: Option<&'static str>| {
        let links = sample_data::links(text);
        let tally = Tally(vec![
            (State::Down, 1),
            (State::Unknown, 1),
            (State::Maintenance, 1),
            (State::Up, 2),
        ]);
        view! { <Dashboard tally=tally maintenance=sample_data::maintenance(text) links=links more=3 list_href="/portal/links"/> }
    };
    vec![
        Sample::new("portal-dashboard", page(), move || several(None)),
        Sample::new("portal-dashboard-hostile", page(), move || {
            several(Some(samples::HOSTILE))
        }),
        Sample::new("portal-dashboard-all-up", page(), || {
            let links: Vec<_> = sample_data::links(None).split_off(3).into_iter().take(2).collect();
            view! { <Dashboard tally=Tally(vec![(State::Up, 2)]) maintenance=Vec::new() links=links list_href="/portal/links"/> }
        }),
        Sample::new(
            "portal-dashboard-empty",
            page(),
            || view! { <Dashboard tally=Tally::default() maintenance=Vec::new() links=Vec::new() list_href="/portal/links"/> },
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_the_worst_state_only() {
        let sentence = |counts: &[(State, u32)]| Tally(counts.to_vec()).sentence();
        assert_eq!(sentence(&[(State::Up, 5)]), "All 5 links are up");
        assert_eq!(sentence(&[(State::Up, 1)]), "Your link is up");
        assert_eq!(sentence(&[(State::Up, 4), (State::Down, 1)]), "1 of 5 links is down");
        assert_eq!(
            sentence(&[(State::Down, 2), (State::Unknown, 1)]),
            "2 of 3 links are down"
        );
        assert_eq!(sentence(&[(State::Up, 1), (State::Disabled, 1)]), "1 of 2 links is up");
        assert_eq!(sentence(&[]), "No link is active yet");
    }
}
