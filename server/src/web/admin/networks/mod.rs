//! The staff's pages of private networks, further addresses, and the calculator.

pub(in crate::web) mod addresses;
pub(in crate::web) mod calculator;
pub(in crate::web) mod form;
pub(in crate::web) mod show;

use actix_web::{HttpResponse, web};
use app::admin::networks::list::{NetworkList, Row};
use leptos::prelude::*;

use crate::{
    domain::contabo::resources::{self, PrivateNetwork, Thing},
    site::Site,
    web::{
        Error, Page,
        admin::{self, things},
        guard::{Staff, StaffPermission},
        route,
    },
};

/// `GET /admin/networks`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let accounts = things::accounts(&staff).await?;
    let found = resources::all::<PrivateNetwork>(&staff.tenant.rows()).await?;
    let rows = found.into_iter().map(|one| {
        let network = one.thing;
        let unready = network.members.iter().filter(|member| member.status != "ok");
        Row {
            href: route::AdminNetwork { network: one.id }.to_string(),
            description: network.description,
            account: accounts.name(one.account),
            region: region(&network.region_name, &network.region),
            cidr: network.cidr,
            free: network.free,
            members: network.members.len(),
            unready: unready.count(),
            name: network.name,
        }
    });
    let rows: Vec<Row> = rows.collect();
    let what_happens = things::happening(&staff, &board, Thing::PrivateNetwork, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || view! { <NetworkList networks=rows may_manage=may_manage what_happens=what_happens/> }))
}

/// A region as people know it.
fn region(name: &str, slug: &str) -> String {
    match name {
        "" => slug.to_owned(),
        name => name.to_owned(),
    }
}
