//! `GET /portal/servers`: all servers of the visitor's clients, from the board alone.

use actix_web::{HttpResponse, web};
use app::servers::list::{LIVE, Row, Servers};
use leptos::prelude::*;

use super::{AT, board, words};
use crate::{
    domain::contabo::{
        actions::Kind,
        instances::{self, Listed},
    },
    site::Site,
    web::{
        Error, Page,
        asked::Listing,
        guard::{ClientPermission, ClientUser},
        live::{self, Subject},
        route,
    },
};

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    user: ClientUser,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &user).await?;
    let clients = user.clients_for(ClientPermission::SeeServers);
    let listed = instances::of_clients(&board, &clients);
    let (list, range) = listing.cut(route::PortalServers, Vec::new(), None, listed.len());
    let with_client = clients.len() > 1;
    let rows: Vec<Row> = listed.get(range).unwrap_or_default().iter().map(row).collect();
    let page = page.at(AT).live(live::portal(Subject::Servers, &board, &[LIVE], &[]));
    Ok(page.ok(move || view! { <Servers list=list with_client=with_client rows=rows/> }))
}

fn row(listed: &Listed<'_>) -> Row {
    let (instance, details) = (&listed.now.instance, &listed.now.details);
    let title = listed.now.title();
    // What another client had asked for before it was given away is not for this one.
    let since = instance.assigned_at;
    let open = listed
        .now
        .open
        .iter()
        .find(|row| since.is_some_and(|since| row.asked_at >= since));
    let doing = open.and_then(|row| Kind::named(&row.kind));
    Row {
        href: route::PortalServer { instance: instance.id }.to_string(),
        title: title.to_owned(),
        name: (title != instance.name).then(|| instance.name.clone()),
        client: Some(listed.client.to_owned()),
        status: words::status(&listed.now.status),
        doing: doing.map(words::act),
        place: match details.region_name.as_str() {
            "" => details.region.clone(),
            name => name.to_owned(),
        },
        addresses: [&details.ipv4, &details.ipv6]
            .into_iter()
            .flatten()
            .map(|address| address.ip.to_string())
            .collect(),
        product: details.product_name.clone(),
        cores: details.cpu_cores,
        ram: details.ram,
        disk: details.disk,
        system: details.os_type.clone(),
        cancels_on: instance.cancels_on,
    }
}
