//! `GET` and `POST /admin/client-users/new`

use actix_web::{HttpResponse, web};
use app::{
    admin::{client_users::form::ClientUserForm, people::first_password::Among},
    text::Lang,
    ui::{FormState, Tick},
};
use entity::ClientId;
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        identity::{ClientRole, Error as IdentityError, NewPerson},
        people::{Draft, first_password},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            asked::{Listing, Typed},
            board, complaint,
            people::show_password,
            reject,
        },
        context::Visit,
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let form = FormState::new().with("role", ClientRole::Viewer.name());
    let chosen = [listing.filter("client")];
    Ok(page.at("clients").ok(|| view(form, &board, &chosen)))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    visit: Visit,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let mut form = typed.shown(&["mail", "name", "role"]);
    let draft = Draft {
        mail: typed.text("mail"),
        name: typed.text("name"),
    };
    let person = draft
        .check()
        .map_err(|wrong| reject(&mut form, wrong, page.lang(), complaint::of_person))
        .ok();
    let clients = chosen(&typed, &board, &mut form, page.lang());
    let role = typed.text("role").parse::<ClientRole>();
    let role = role
        .map_err(|_| form.reject("role", page.lang().t("people-choose-role")))
        .ok();
    let ((mail, name), clients, role) = match (person, clients, role) {
        (Some(person), Some(clients), Some(role)) => (person, clients, role),
        _ => {
            return Ok(page
                .at("clients")
                .unprocessable(|| view(form, &board, &typed.all("client"))));
        }
    };
    let password = first_password().map_err(|error| Error::internal(error.to_string()))?;
    let new = NewPerson {
        mail: mail.clone(),
        name: name.clone(),
        password: password.clone(),
        zone: None,
    };
    let (tenant, by) = (staff.tenant.tenant.id, staff.appointer());
    match site.identity.create_client_user(tenant, &by, &clients, new, role).await {
        Ok(created) if created.was_there => {
            let to = route::AdminClientUser {
                client_user: created.account,
            };
            Ok(see_other_telling(to, "done-person-known"))
        }
        Ok(created) => {
            let shown = (name, mail, password);
            Ok(show_password(visit, page, Among::ClientUsers, created.account, shown))
        }
        Err(IdentityError::MailTaken) => {
            form.reject("mail", page.lang().t("people-mail-taken-client"));
            Ok(page
                .at("clients")
                .unprocessable(|| view(form, &board, &typed.all("client"))))
        }
        Err(error) => Err(error.into()),
    }
}

/// The clients that were ticked, all of them there and not archived.
fn chosen(typed: &Typed, board: &Snapshot, form: &mut FormState, lang: Lang) -> Option<Vec<ClientId>> {
    let ids = typed.all("client").into_iter().map(|id| {
        let id = id.parse::<ClientId>().ok()?;
        board
            .clients
            .get(&id)
            .filter(|client| client.archived_at.is_none())
            .map(|client| client.id)
    });
    match ids.collect::<Option<Vec<_>>>() {
        Some(ids) if !ids.is_empty() => Some(ids),
        Some(_) => {
            form.reject("client", lang.t("people-choose-one-client"));
            None
        }
        None => {
            form.reject("client", lang.t("people-client-gone"));
            None
        }
    }
}

fn view(form: FormState, board: &Snapshot, chosen: &[String]) -> impl IntoView + use<> {
    let mut clients: Vec<_> = board
        .clients
        .values()
        .filter(|client| client.archived_at.is_none())
        .collect();
    clients.sort_by_cached_key(|client| client.name.to_lowercase());
    let ticks = clients.into_iter().map(|client| Tick {
        ticked: chosen.contains(&client.id.to_string()),
        value: client.id.to_string(),
        label: client.name.clone(),
        note: client.reference.clone(),
    });
    let ticks = ticks.collect();
    view! { <ClientUserForm form=form clients=ticks cancel_href=route::AdminClientUsers.to_string().into()/> }
}
