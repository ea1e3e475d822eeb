//! `GET /portal/links`: all links, to search, filter and sort.

use std::{cmp::Ordering, collections::BTreeSet};

use actix_web::{HttpResponse, web};
use app::portal::links::{self, Choices, Links};
use futures_util::future::try_join_all;
use leptos::prelude::*;

use super::{seen::Seen, shown};
use crate::{
    domain::{board::LinkNow, links::status::Standing},
    site::Site,
    web::{
        Error, Page,
        asked::Listing,
        guard::ClientUser,
        live::{self, Subject},
        route,
    },
};

const PER_PAGE: usize = 25;

const FILTERS: [&str; 4] = ["q", "state", "kind", "client"];

type Compared = fn(&Row, &Row) -> Ordering;

/// What is wrong comes first unless something else is asked for.
const COLUMNS: [(&str, Compared); 7] = [
    ("state", |a, b| a.standing.status.cmp(&b.standing.status)),
    ("name", |a, b| a.name.cmp(&b.name)),
    ("client", |a, b| a.client.cmp(&b.client)),
    ("kind", |a, b| a.kind.cmp(&b.kind)),
    ("since", |a, b| b.standing.since.cmp(&a.standing.since)),
    ("download", |a, b| rate(a.rates.0).total_cmp(&rate(b.rates.0))),
    ("upload", |a, b| rate(a.rates.1).total_cmp(&rate(b.rates.1))),
];

/// Those that are not known come last in the order of greater ones.
fn rate(rate: Option<f64>) -> f64 {
    rate.unwrap_or(-1.0)
}

/// A link with what rows are ordered by, in one case.
struct Row<'s> {
    link: &'s LinkNow,
    name: String,
    kind: String,
    standing: Standing,
    client: Option<String>,
    rates: (Option<f64>, Option<f64>),
}

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    user: ClientUser,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let kinds: BTreeSet<String> = seen.links().map(|link| link.link.kind.clone()).collect();
    let choices = Choices {
        kinds: kinds.into_iter().collect(),
        clients: seen.clients(),
    };
    let mut rows: Vec<Row> = seen.links().map(|link| row(&seen, link)).collect();
    let wanted = Wanted::of(&listing);
    rows.retain(|row| wanted.is(row));
    let sort = listing.sort(&COLUMNS);
    rows.sort_by(|a, b| {
        // What is equal stays in the order of names, whichever way it is looked at.
        let order = sort.map_or(Ordering::Equal, |(_, by, descending)| match descending {
            true => by(b, a),
            false => by(a, b),
        });
        order.then_with(|| a.name.cmp(&b.name))
    });
    let sort = sort.map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&FILTERS);
    let (list, range) = listing.cut_by(PER_PAGE, route::PortalLinks, filters, sort, rows.len());
    let rows = rows.get(range).unwrap_or_default();
    let shown_rows = rows.iter().map(async |row| {
        let recent = site.recent.of(&seen.board, row.link, seen.now).await?;
        Ok::<_, Error>(shown::summary(&seen, row.link, &row.standing, &recent))
    });
    let summaries = try_join_all(shown_rows).await?;
    let page = page
        .at("links")
        .live(live::portal(Subject::Everything, &seen.board, &[links::LIVE], &[]));
    Ok(page.ok(move || view! { <Links list=list choices=choices rows=summaries/> }))
}

fn row<'s>(seen: &'s Seen, link: &'s LinkNow) -> Row<'s> {
    Row {
        link,
        name: link.link.name.to_lowercase(),
        kind: link.link.kind.to_lowercase(),
        standing: seen.standing(link),
        client: seen.client_name(link).map(|name| name.to_lowercase()),
        rates: shown::rates(&seen.board, link, seen.now),
    }
}

/// The filters, each empty unless it is set.
struct Wanted {
    words: String,
    state: String,
    kind: String,
    client: String,
}

impl Wanted {
    fn of(listing: &Listing) -> Self {
        let [q, state, kind, client] = FILTERS.map(|filter| listing.filter(filter));
        Self {
            words: q.to_lowercase(),
            state,
            kind,
            client,
        }
    }

    fn is(&self, row: &Row) -> bool {
        let link = &row.link.link;
        let wanted = |filter: &str, value: &str| filter.is_empty() || filter == value;
        let words = [
            &link.name,
            &link.kind,
            link.reference.as_deref().unwrap_or(""),
            row.client.as_deref().unwrap_or(""),
        ];
        let text = words.join(" ").to_lowercase();
        wanted(&self.state, row.standing.status.name())
            && wanted(&self.kind, &link.kind)
            && (self.client.is_empty() || self.client == link.client_id.to_string())
            && self.words.split_whitespace().all(|word| text.contains(word))
    }
}
