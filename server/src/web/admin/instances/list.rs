//! `GET /admin/servers`: all of them, drawn from the board; the accounts' names are the one query.

use actix_web::{HttpResponse, web};
use app::admin::instances::list::{Filters, May, Row, ServerList};
use entity::{ClientId, ContaboAccountId};
use leptos::prelude::*;

use super::{client_of, clients, doing};
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            accounts,
            instances::{self, Listed, Owner, Sort, Status, Wanted},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        live, route,
        servers::words::status,
    },
};

const COLUMNS: [(&str, Sort); 6] = [
    ("name", Sort::Name),
    ("state", Sort::Status),
    ("client", Sort::Client),
    ("region", Sort::Region),
    ("product", Sort::Product),
    ("cancels", Sort::Cancels),
];

/// In the query, in the place of a client: those that no client has.
pub(super) const NOBODY: &str = "nobody";

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = accounts::list(&staff.tenant.rows()).await?;
    let owner = owner(&board, &listing.filter("client"));
    let account = listing.filter("account").parse().ok();
    let account: Option<ContaboAccountId> = account.filter(|id| accounts.iter().any(|row| row.id == *id));
    let (search, state, region) = (listing.filter("q"), listing.filter("state"), listing.filter("region"));
    let sort = listing.sort(&COLUMNS);
    let wanted = Wanted {
        search: &search,
        status: &state,
        region: &region,
        account,
        owner,
        sort: sort.map_or(Sort::default(), |(_, sort, _)| sort),
        descending: sort.is_some_and(|(_, _, descending)| descending),
    };
    let listed = instances::list(&board, &wanted);
    let filtered = vec![
        ("q", search.clone()),
        ("state", state.clone()),
        ("region", region.clone()),
        ("client", owner.map_or_else(String::new, owner_name)),
        ("account", account.map_or_else(String::new, |id| id.to_string())),
    ];
    let sort = sort.map(|(column, _, descending)| (column, descending));
    let (list, range) = listing.cut(route::AdminServers, filtered, sort, listed.len());
    let shown = listed.get(range).unwrap_or_default();
    let rows: Vec<Row> = shown.iter().map(|one| row(&board, one)).collect();
    let (states, regions) = instances::choices(&board);
    let states = states.into_iter().map(|word| {
        let shown = status(&Status::of(&word));
        (word, shown)
    });
    let filters = Filters {
        states: states.collect(),
        regions,
        clients: clients(&board),
        accounts: accounts.into_iter().map(|row| (row.id.to_string(), row.name)).collect(),
    };
    let may = May {
        operate: staff.may(StaffPermission::OperateServers),
        assign: staff.may(StaffPermission::ManageServers),
    };
    let page = page
        .at("servers")
        .live(live::admin(live::Subject::Servers, &board, &["servers"], &[]));
    Ok(page.ok(move || view! { <ServerList list=list rows=rows filters=filters may=may/> }))
}

/// Whose are asked for. What is not the tenant's filters nothing, rather than showing an empty list.
fn owner(board: &Snapshot, asked: &str) -> Option<Owner> {
    if asked == NOBODY {
        return Some(Owner::Nobody);
    }
    let client: ClientId = asked.parse().ok()?;
    board.clients.contains_key(&client).then_some(Owner::Client(client))
}

fn owner_name(owner: Owner) -> String {
    match owner {
        Owner::Nobody => NOBODY.to_owned(),
        Owner::Client(client) => client.to_string(),
    }
}

fn row(board: &Snapshot, one: &Listed<'_>) -> Row {
    let now = one.now;
    let (instance, details) = (&now.instance, &now.details);
    let address = details.ipv4.as_ref().or(details.ipv6.as_ref());
    let subject = super::subject(now);
    Row {
        id: instance.id.to_string(),
        href: subject.href,
        title: subject.name,
        name: instance.name.clone(),
        client: client_of(board, now),
        status: status(&now.status),
        doing: doing(&now.open),
        address: address.map(|address| address.ip.to_string()),
        product: details.product_name.clone(),
        place: now.details.place(),
        cancels_on: instance.cancels_on,
        is_locked: instance.locked_because.is_some(),
    }
}
