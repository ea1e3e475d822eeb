//! `GET /portal`: how all links are, what is wrong first.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use app::{
    portal::{
        dashboard::{self, Dashboard, Tally},
        maintenance::Maintenance,
    },
    ui::State,
};
use futures_util::future::try_join_all;
use leptos::prelude::*;

use super::{seen::Seen, shown};
use crate::{
    site::Site,
    web::{
        Error, Page,
        guard::ClientUser,
        live::{self, Subject},
        route,
    },
};

/// Cards on the page; the others are in the list.
const CARDS: usize = 24;

/// The page.
pub(in crate::web) async fn get(site: web::Data<Site>, user: ClientUser, page: Page) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let mut links: Vec<_> = seen.links().map(|link| (seen.standing(link), link)).collect();
    links.sort_by(|(a, x), (b, y)| a.status.cmp(&b.status).then_with(|| x.link.name.cmp(&y.link.name)));
    let mut tally = BTreeMap::<State, u32>::new();
    for (standing, link) in &links {
        if let Some(state) = shown::standing(&link.link, standing, seen.now).state() {
            *tally.entry(state).or_default() += 1;
        }
    }
    let maintenance = planned(&seen);
    let more = links.len().saturating_sub(CARDS) as u64;
    links.truncate(CARDS);
    let cards = links.iter().map(async |(standing, link)| {
        let recent = site.recent.of(&seen.board, link, seen.now).await?;
        Ok::<_, Error>(shown::summary(&seen, link, standing, &recent))
    });
    let cards = try_join_all(cards).await?;
    let tally = Tally(tally.into_iter().collect());
    let page = page
        .at("dashboard")
        .live(live::portal(Subject::Everything, &seen.board, &[dashboard::LIVE], &[]));
    Ok(page.ok(move || {
        view! { <Dashboard tally=tally maintenance=maintenance links=cards more=more list_href=route::PortalLinks.to_string()/> }
    }))
}

/// The windows of any link, with those that they concern.
fn planned(seen: &Seen) -> Vec<Maintenance> {
    let mut windows = BTreeMap::new();
    for link in seen.links() {
        for window in shown::coming(&seen.board, &link.link, seen.now) {
            let key = (window.window.starts_at, window.window.id);
            let (_, names) = windows.entry(key).or_insert_with(|| (window, Vec::new()));
            names.push(link.link.name.clone());
        }
    }
    let each = windows.into_values().map(|(window, mut names)| {
        names.sort_unstable();
        shown::window(window, names)
    });
    each.collect()
}
