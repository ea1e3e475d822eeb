//! `GET /admin/clients`

use actix_web::{HttpResponse, web};
use app::admin::clients::list::{Clients, Row};
use leptos::prelude::*;

use crate::{
    domain::{
        clients::list::{self, By, Query, Shown},
        identity::StaffPermission,
        people,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Listing, board},
        guard::Staff,
        route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let sort = listing.sort(&[("name", By::Name), ("reference", By::Reference), ("links", By::Links)]);
    let query = Query {
        search: listing.filter("q"),
        shown: match listing.filter("state").as_str() {
            "archived" => Shown::Archived,
            "all" => Shown::All,
            _ => Shown::Active,
        },
        by: sort.map(|(_, by, _)| by).unwrap_or_default(),
        descending: sort.is_some_and(|(_, _, descending)| descending),
    };
    let found = list::list(&board, &query, site.clock.now());
    let sorted = sort.map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&["q", "state"]);
    let (list, range) = listing.cut(route::AdminClients, filters, sorted, found.len());
    let found = found.get(range).unwrap_or_default();
    let ids: Vec<_> = found.iter().map(|(client, _)| client.id).collect();
    let users = people::users_by_client(&staff.tenant.rows(), &ids).await?;
    let rows = found.iter().map(|(client, links)| Row {
        href: route::AdminClient { client: client.id }.to_string(),
        name: client.name.clone(),
        reference: client.reference.clone(),
        links: super::counts(*links),
        users: users.get(&client.id).copied().unwrap_or(0),
        archived: client.archived_at.is_some(),
    });
    let rows: Vec<_> = rows.collect();
    let add = staff
        .may(StaffPermission::ManageClients)
        .then(|| route::AdminClientNew.to_string().into());
    let users = route::AdminClientUsers.to_string();
    Ok(page
        .at("clients")
        .ok(move || view! { <Clients list=list rows=rows add_href=add users_href=users.into()/> }))
}
