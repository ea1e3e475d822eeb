//! `GET` and `POST /admin/clients/{client}/archive`

use actix_web::{HttpResponse, web};
use app::admin::confirm::{Confirm, Question};
use entity::ClientId;
use leptos::prelude::*;

use crate::{
    domain::{clients, people},
    site::Site,
    web::{
        Error, Page,
        admin::{board, refresh},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let client = board.clients.get(&id).ok_or(Error::NotFound)?;
    let links = board.links.values();
    let links = links
        .filter(|link| link.link.client_id == client.id && link.link.archived_at.is_none())
        .count();
    let users = people::users_by_client(&staff.tenant.rows(), &[client.id]).await?;
    let users = users.get(&client.id).copied().unwrap_or(0);
    let question = Question::ArchiveClient {
        client: client.name.clone(),
        links,
        users,
    };
    let (action, back) = (
        route::AdminClientArchive { client: client.id },
        route::AdminClient { client: client.id },
    );
    let (action, back) = (action.to_string(), back.to_string());
    Ok(page
        .at("clients")
        .ok(move || view! { <Confirm question=question action=action cancel_href=back/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    clients::archive(&site.db, tenant, &staff.actor(), now, *id).await?;
    // Its users have another set of clients from now on.
    site.identity.forget_visitors();
    refresh(&site, &staff).await?;
    Ok(see_other_telling(
        route::AdminClient { client: *id },
        "done-client-archived",
    ))
}
