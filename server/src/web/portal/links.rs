//! `GET /portal/links`: all links, to search, filter and sort.

use std::{cmp::Ordering, collections::BTreeSet};

use actix_web::{HttpResponse, web};
use app::{
    portal::links::{self, Choices, Links},
    ui::{Direction, ListState},
};
use futures_util::future::try_join_all;
use leptos::prelude::*;
use serde::Deserialize;

use super::{seen::Seen, shown};
use crate::{
    domain::{board::LinkNow, links::status::Standing},
    site::Site,
    web::{
        Error, Page,
        guard::ClientUser,
        live::{self, Subject},
        route,
    },
};

const PER_PAGE: u32 = 25;

/// What may stand in the query. What makes no sense there is as if it were not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    q: String,
    state: String,
    kind: String,
    client: String,
    sort: String,
    page: String,
}

/// A link with what rows are ordered by.
struct Row<'s> {
    link: &'s LinkNow,
    standing: Standing,
    client: Option<String>,
    rates: (Option<f64>, Option<f64>),
}

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    user: ClientUser,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let kinds: BTreeSet<String> = seen.links().map(|link| link.link.kind.clone()).collect();
    let choices = Choices {
        kinds: kinds.into_iter().collect(),
        clients: seen.clients(),
    };
    let mut rows: Vec<Row> = seen.links().map(|link| row(&seen, link)).collect();
    rows.retain(|row| query.matches(row));
    let (sort, direction) = query.order();
    // By name first, folded once a row: what is equal in the wanted order stays in the order of names.
    rows.sort_by_cached_key(|row| row.link.link.name.to_lowercase());
    match (sort, direction) {
        ("name", Direction::Ascending) => {}
        ("name", Direction::Descending) => rows.reverse(),
        (_, Direction::Ascending) => rows.sort_by(|a, b| by(sort, a, b)),
        (_, Direction::Descending) => rows.sort_by(|a, b| by(sort, b, a)),
    }
    let list = query.list_state(rows.len() as u64);
    let from = (list.page - 1) as usize * PER_PAGE as usize;
    let shown_rows = rows.iter().skip(from).take(PER_PAGE as usize).map(async |row| {
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
        standing: seen.standing(link),
        client: seen.client_name(link),
        rates: shown::rates(&seen.board, link, seen.now),
    }
}

fn by(column: &str, a: &Row, b: &Row) -> Ordering {
    let (x, y) = (&a.link.link, &b.link.link);
    // Rates that are not known come last in the order of greater ones.
    let rate = |rate: Option<f64>| rate.unwrap_or(-1.0);
    match column {
        "client" => a.client.cmp(&b.client),
        "kind" => x.kind.to_lowercase().cmp(&y.kind.to_lowercase()),
        "state" => a.standing.status.cmp(&b.standing.status),
        "since" => b.standing.since.cmp(&a.standing.since),
        "download" => rate(a.rates.0).total_cmp(&rate(b.rates.0)),
        "upload" => rate(a.rates.1).total_cmp(&rate(b.rates.1)),
        _ => Ordering::Equal,
    }
}

impl Query {
    fn matches(&self, row: &Row) -> bool {
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
            && self.q.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// What is wrong comes first unless something else is asked for.
    fn order(&self) -> (&'static str, Direction) {
        const COLUMNS: [&str; 7] = ["name", "client", "kind", "state", "since", "download", "upload"];
        let (wanted, direction) = match self.sort.strip_prefix('-') {
            Some(wanted) => (wanted, Direction::Descending),
            None => (self.sort.as_str(), Direction::Ascending),
        };
        match COLUMNS.into_iter().find(|column| *column == wanted) {
            Some(column) => (column, direction),
            None => ("state", Direction::Ascending),
        }
    }

    fn list_state(&self, total: u64) -> ListState {
        let mut list = ListState {
            path: route::PortalLinks.to_string(),
            filters: vec![
                ("q", self.q.clone()),
                ("state", self.state.clone()),
                ("kind", self.kind.clone()),
                ("client", self.client.clone()),
            ],
            sort: Some(self.order()),
            page: 1,
            per_page: PER_PAGE,
            total,
        };
        list.page = self.page.parse().unwrap_or(1).clamp(1, list.pages());
        list
    }
}
