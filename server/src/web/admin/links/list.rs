//! `GET /admin/links`: the list. Drawn from the board, without a query.

use actix_web::{HttpResponse, web};
use app::admin::links::list::{Filters, LinkList, Row};
use entity::{ClientId, RouterId, SlaProfileId};
use leptos::prelude::*;

use super::by_name;
use crate::{
    domain::{
        board::Snapshot,
        links::{
            list::{self, Listed, Sort, Wanted},
            status::Status,
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing, link_status},
        guard::{Staff, StaffPermission},
        live, route,
    },
};

/// A list of more clients or routers than this is no help in a filter, and most of the page: then one searches, or comes
/// from the page of the one.
const MOST_CHOICES: usize = 50;

const COLUMNS: [(&str, Sort); 9] = [
    ("state", Sort::Status),
    ("name", Sort::Name),
    ("client", Sort::Client),
    ("router", Sort::Router),
    ("kind", Sort::Kind),
    ("down", Sort::Down),
    ("up", Sort::Up),
    ("latency", Sort::Latency),
    ("loss", Sort::Loss),
];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let status = Status::ALL
        .into_iter()
        .find(|status| status.name() == listing.filter("state"));
    // What is not the tenant's filters nothing, rather than showing an empty list.
    let client = listing
        .filter("client")
        .parse()
        .ok()
        .filter(|id| board.clients.contains_key(id));
    let router = listing
        .filter("router")
        .parse()
        .ok()
        .filter(|id| board.routers.contains_key(id));
    let profile = listing.filter("profile").parse().ok();
    let profile = profile.filter(|id| board.profiles.contains_key(id));
    let sort = listing.sort(&COLUMNS);
    let (search, kind) = (listing.filter("q"), listing.filter("kind"));
    let wanted = Wanted {
        search: &search,
        status,
        client,
        router,
        profile,
        kind: &kind,
        sort: sort.map_or(Sort::default(), |(_, sort, _)| sort),
        descending: sort.is_some_and(|(_, _, descending)| descending),
    };
    let listed = list::list(&board, site.clock.now(), &wanted);
    let id = |id: Option<String>| id.unwrap_or_default();
    let filtered = vec![
        ("q", search.clone()),
        (
            "state",
            status.map_or_else(String::new, |status| status.name().to_owned()),
        ),
        ("client", id(client.map(|client| client.to_string()))),
        ("router", id(router.map(|router| router.to_string()))),
        ("profile", id(profile.map(|profile| profile.to_string()))),
        ("kind", kind.clone()),
    ];
    let sort = sort.map(|(column, _, descending)| (column, descending));
    let (state, range) = listing.cut(route::AdminLinks, filtered, sort, listed.len());
    let listed = listed.get(range).unwrap_or_default();
    let rows: Vec<Row> = listed.iter().map(|one| row(&board, one)).collect();
    let filters = filters(&board, client, router, profile);
    let add = staff.may(StaffPermission::ManageLinks).then_some("/admin/links/new");
    let page = page
        .at("links")
        .live(live::admin(live::Subject::Everything, &board, &["links"], &[]));
    Ok(page.ok(move || view! { <LinkList list=state rows=rows filters=filters add_href=add/> }))
}

fn row(board: &Snapshot, one: &Listed<'_>) -> Row {
    let (link, state) = (&one.now.link, one.now.state.as_ref());
    let (down, up) = list::rates(one.now);
    Row {
        href: route::AdminLink { link: link.id }.to_string(),
        name: link.name.clone(),
        client: list::client_name(board, one.now).to_owned(),
        router: list::router_name(board, one.now).to_owned(),
        interface: link.interface_name.clone(),
        kind: link.kind.clone(),
        status: link_status(one.standing.status),
        since: one.standing.since,
        down: down.map(|bps| bps as f64),
        up: up.map(|bps| bps as f64),
        committed_down: link.committed_down_bps as f64,
        committed_up: link.committed_up_bps as f64,
        latency_ms: state
            .and_then(|state| state.latency_us)
            .map(|us| f64::from(us) / 1000.0),
        loss: list::lost_per_million(one.now).map(|lost| lost as f64 / 10_000.0),
    }
}

/// What may be filtered by. The one that is filtered by is always among them.
fn filters(
    board: &Snapshot,
    client: Option<ClientId>,
    router: Option<RouterId>,
    profile: Option<SlaProfileId>,
) -> Filters {
    let many = board.clients.len() > MOST_CHOICES;
    let clients = board.clients.values().filter(|row| {
        if many {
            Some(row.id) == client
        } else {
            row.archived_at.is_none()
        }
    });
    let many = board.routers.len() > MOST_CHOICES;
    let routers = board.routers.values().map(|now| &now.router).filter(|row| {
        if many {
            Some(row.id) == router
        } else {
            row.archived_at.is_none()
        }
    });
    let profiles = board.profiles.values().map(|known| &known.profile);
    let profiles = profiles.filter(|row| row.archived_at.is_none() || Some(row.id) == profile);
    Filters {
        clients: by_name(clients.map(|row| (row.id.to_string(), row.name.clone()))),
        routers: by_name(routers.map(|row| (row.id.to_string(), row.name.clone()))),
        profiles: by_name(profiles.map(|row| (row.id.to_string(), row.name.clone()))),
        kinds: list::kinds(board).into_iter().map(str::to_owned).collect(),
    }
}
