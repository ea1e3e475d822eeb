//! `GET /portal/servers`: all servers of the visitor's clients, from the board; the names of their
//! images are the one query.

use actix_web::{HttpResponse, web};
use app::servers::{
    Installed,
    list::{LIVE, Row, Servers},
};
use leptos::prelude::*;

use super::{AT, Party, board, choices, words};
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
    let shown = listed.get(range).unwrap_or_default().iter();
    let servers = shown.clone().map(|listed| listed.now.as_ref());
    let mut installed = choices::installed(&user.tenant.rows(), servers).await?;
    let rows = shown.map(|listed| {
        let image = installed.remove(&listed.now.instance.id);
        row(&user, listed, image.as_ref().and_then(Installed::name))
    });
    let rows: Vec<Row> = rows.collect();
    let page = page.at(AT).live(live::portal(Subject::Servers, &board, &[LIVE], &[]));
    Ok(page.ok(move || view! { <Servers list=list with_client=with_client rows=rows/> }))
}

fn row(user: &ClientUser, listed: &Listed<'_>, image: Option<&str>) -> Row {
    let now = listed.now;
    let (instance, details, title) = (&now.instance, &now.details, now.title());
    let open = now.open.iter().find(|row| user.sees(now, row));
    let doing = open.and_then(|row| Kind::named(&row.kind));
    Row {
        href: route::PortalServer { instance: instance.id }.to_string(),
        title: title.to_owned(),
        name: (title != instance.name).then(|| instance.name.clone()),
        client: Some(listed.client.to_owned()),
        status: words::status(&now.status),
        doing: doing.map(words::act),
        place: details.place(),
        addresses: details.main_addresses().map(|address| address.ip.to_string()).collect(),
        product: details.product_name.clone(),
        cores: details.cpu_cores,
        ram: details.ram,
        disk: details.disk,
        system: details.os_type.clone(),
        image: image.map(str::to_owned),
        cancels_on: instance.cancels_on,
    }
}
