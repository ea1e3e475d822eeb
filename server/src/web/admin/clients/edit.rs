//! `GET` and `POST /admin/clients/{client}/edit`

use actix_web::{HttpResponse, web};
use app::{admin::clients::form::ClientForm, ui::FormState};
use entity::{ClientId, client};
use leptos::prelude::*;

use crate::{
    domain::clients,
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, refresh, rejected, shown},
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
    let form = FormState::new()
        .with("name", client.name.clone())
        .with("reference", client.reference.clone().unwrap_or_default())
        .with("notes", client.notes.clone());
    Ok(page.at("clients").ok(|| view(form, client)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let client = board.clients.get(&id).ok_or(Error::NotFound)?;
    let changed = match super::draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(clients::change(&site.db, tenant, &staff.actor(), now, client.id, details).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(
                route::AdminClient { client: client.id },
                "done-client-changed",
            ))
        }
        Err(wrong) => {
            let form = shown(&typed, &super::FIELDS, wrong, page.lang(), complaint::of_client);
            Ok(page.at("clients").unprocessable(|| view(form, client)))
        }
    }
}

fn view(form: FormState, client: &client::Model) -> impl IntoView + use<> {
    let back = route::AdminClient { client: client.id }.to_string();
    view! { <ClientForm form=form client=Some(client.name.clone()) cancel_href=back.into()/> }
}
