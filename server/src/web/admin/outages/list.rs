//! `GET /admin/outages`: the outages of a month over all links.

use actix_web::{HttpResponse, web};
use app::{
    admin::{
        Subject,
        outages::list::{Filters, OutageList, Row},
    },
    text::Lang,
    ui::time,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{ClientId, LinkId};
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        calendar::Month,
        links::list::client_name,
        outages::{Outage, list},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::Staff,
        measured::{instant, why},
        route,
    },
};

/// Months to choose from; an older one can be asked for by its address.
const MONTHS: usize = 13;

/// As in the list of links: longer lists are no help in a filter.
const MOST_CHOICES: usize = 50;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (board, now) = (admin::board(&site, &staff).await?, site.clock.now());
    let this = Month::at(now, board.zone);
    let month = listing.filter("month").parse().unwrap_or(this).min(this);
    // What is not the tenant's filters nothing, rather than showing an empty list.
    let client = listing.filter("client").parse().ok();
    let client: Option<ClientId> = client.filter(|id| board.clients.contains_key(id));
    let link = listing.filter("link").parse().ok();
    let link: Option<LinkId> = link.filter(|id| board.links.contains_key(id));
    let range = month.period(board.zone);
    let rows = staff.tenant.rows();
    let mut found = list::outages(&rows, &board, range, now, |row| {
        client.is_none_or(|id| row.client_id == id) && link.is_none_or(|id| row.id == id)
    })
    .await?;
    let search = listing.filter("q").to_lowercase();
    found.retain(|outage| search.is_empty() || holds(&board, outage, &search));
    let text = |id: Option<String>| id.unwrap_or_default();
    let filtered = vec![
        ("q", listing.filter("q")),
        ("month", month.to_string()),
        ("client", text(client.map(|id| id.to_string()))),
        ("link", text(link.map(|id| id.to_string()))),
    ];
    let (state, range) = listing.cut(route::AdminOutages, filtered, None, found.len());
    let shown = found.get(range).unwrap_or_default();
    let rows: Vec<Row> = shown.iter().filter_map(|outage| row(&board, outage, now)).collect();
    let filters = filters(&board, month, this, client, link, page.lang());
    Ok(page
        .at("outages")
        .ok(move || view! { <OutageList list=state rows=rows filters=filters/> }))
}

/// Whether the link's or the client's name or what was said of it holds this, which is in small letters.
fn holds(board: &Snapshot, outage: &Outage, search: &str) -> bool {
    let link = board.links.get(&outage.link);
    let names = link.map(|link| [link.link.name.as_str(), client_name(board, link)]);
    let said = outage.notes.iter().flat_map(|note| {
        let texts = [&note.cause, &note.comment, &note.internal_note, &note.exclusion_reason];
        texts.into_iter().filter_map(|text| text.as_deref())
    });
    let mut texts = names.into_iter().flatten().chain(said);
    texts.any(|text| text.to_lowercase().contains(search))
}

fn row(board: &Snapshot, outage: &Outage, now: DateTime<Utc>) -> Option<Row> {
    let link = board.links.get(&outage.link)?;
    let (starts_at, ends_at) = (outage.starts_at(), outage.is_over.then(|| outage.ends_at()));
    // The slot that runs is not over yet.
    let lasted = ends_at.unwrap_or(now) - starts_at;
    let counted = TimeDelta::seconds(outage.counted_seconds);
    Some(Row {
        href: route::AdminOutage {
            link: outage.link,
            outage: outage.span.start(),
        }
        .to_string(),
        starts_at,
        ends_at,
        link: Subject {
            name: link.link.name.clone(),
            href: route::AdminLink { link: outage.link }.to_string(),
        },
        client: client_name(board, link).to_owned(),
        lasted,
        counted: if outage.is_over { counted } else { counted.min(lasted) },
        cause: outage.note().and_then(|note| note.cause.clone()),
        excluded: outage.exclusion().and_then(|note| note.exclusion).map(why),
    })
}

/// What may be filtered by. The one that is filtered by is always among them.
fn filters(
    board: &Snapshot,
    month: Month,
    this: Month,
    client: Option<ClientId>,
    link: Option<LinkId>,
    lang: Lang,
) -> Filters {
    let mut months: Vec<Month> = std::iter::successors(Some(this), |month| Some(month.previous()))
        .take(MONTHS)
        .collect();
    if !months.contains(&month) {
        months.push(month);
    }
    let named = |month: &Month| {
        let begins = instant(month.period(board.zone).start()).with_timezone(&board.zone);
        (month.to_string(), time::format(begins, lang.t("format-month")))
    };
    let months = app::text::in_language(lang, || months.iter().map(named).collect());
    let clients = board.clients.values();
    let many = board.clients.len() > MOST_CHOICES;
    let clients = clients.filter(|row| if many { Some(row.id) == client } else { true });
    let of_client = |client_id| client.is_none_or(|id| id == client_id);
    let links: Vec<_> = board.links.values().map(|now_of| &now_of.link).collect();
    let links: Vec<_> = links.into_iter().filter(|row| of_client(row.client_id)).collect();
    let many = links.len() > MOST_CHOICES;
    let links = links.into_iter();
    let links = links.filter(|row| if many { Some(row.id) == link } else { true });
    Filters {
        months,
        clients: by_name(clients.map(|row| (row.id.to_string(), row.name.clone()))),
        links: by_name(links.map(|row| (row.id.to_string(), row.name.clone()))),
    }
}

fn by_name(named: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut named: Vec<_> = named.collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}
