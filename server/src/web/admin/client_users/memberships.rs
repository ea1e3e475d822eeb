//! `POST /admin/client-users/{client_user}/memberships`: one place at one client, given, changed or taken.

use actix_web::{HttpResponse, web};
use app::{text::Lang, ui::FormState};
use entity::{AccountId, ClientId};

use crate::{
    domain::{
        board::Snapshot,
        identity::{ClientRole, Error as IdentityError},
        people::Person,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            asked::Typed,
            board,
            people::access::{self, ClientUsers},
        },
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let person = access::find::<ClientUsers>(&staff, *account).await?;
    let mut form = typed.shown(&["client", "role"]);
    let Some((client, wanted)) = wanted(&typed, &person, &board, &mut form, page.lang()) else {
        let facts = access::facts(&site, &staff, &person).await?;
        return Ok(page
            .at("clients")
            .unprocessable(|| super::show::view(form, facts, &staff, &person, &board)));
    };
    let (tenant, by, identity) = (staff.tenant.tenant.id, staff.appointer(), &site.identity);
    let done = match wanted {
        Wanted::New(role) => {
            identity.add_to_client(tenant, &by, *account, client, role).await?;
            "done-place-added"
        }
        Wanted::Other(role) => {
            identity
                .appoint_client_user(tenant, &by, client, *account, Some(role))
                .await?;
            "done-role-changed"
        }
        Wanted::None => {
            match identity.appoint_client_user(tenant, &by, client, *account, None).await {
                // It was taken meanwhile, which is what was wanted.
                Ok(()) | Err(IdentityError::NotFound) => "done-place-removed",
                Err(error) => return Err(error.into()),
            }
        }
    };
    Ok(see_other_telling(
        route::AdminClientUser { client_user: *account },
        done,
    ))
}

enum Wanted {
    New(ClientRole),
    Other(ClientRole),
    None,
}

/// What was asked for, or nothing after saying in the form what is wrong.
fn wanted(
    typed: &Typed,
    person: &Person,
    board: &Snapshot,
    form: &mut FormState,
    lang: Lang,
) -> Option<(ClientId, Wanted)> {
    let client = typed.text("client").parse::<ClientId>().ok();
    let client = client
        .and_then(|id| board.clients.get(&id))
        .filter(|client| client.archived_at.is_none());
    let role = typed.text("role").parse::<ClientRole>().ok();
    let Some(client) = client else {
        form.reject("client", lang.t("people-client-gone"));
        return None;
    };
    let is_there = person.clients.iter().any(|(known, _)| *known == client.id);
    if is_there && typed.text("do") == "remove" {
        // Without any place there would be nobody left on any list to give one to.
        if person.clients.len() == 1 && person.staff_role.is_none() {
            form.reject_all(lang.t("people-last-place"));
            return None;
        }
        return Some((client.id, Wanted::None));
    }
    let Some(role) = role else {
        form.reject("role", lang.t("people-choose-role"));
        return None;
    };
    Some((
        client.id,
        if is_there {
            Wanted::Other(role)
        } else {
            Wanted::New(role)
        },
    ))
}
