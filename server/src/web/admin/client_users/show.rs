//! `GET /admin/client-users/{client_user}`

use actix_web::{HttpResponse, web};
use app::{
    admin::client_users::show::{ClientUserPage, Facts, Membership},
    ui::{Choice, FormState},
};
use entity::AccountId;
use leptos::prelude::*;

use crate::{
    domain::{board::Snapshot, identity::StaffPermission, people::Person},
    site::Site,
    web::{
        Error, Page,
        admin::{
            board,
            people::access::{self, ClientUsers},
        },
        guard::Staff,
        route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    account: web::Path<AccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let person = access::find::<ClientUsers>(&staff, *account).await?;
    let facts = access::facts(&site, &staff, &person).await?;
    Ok(page
        .at("clients")
        .ok(|| view(FormState::new(), facts, &staff, &person, &board)))
}

pub(super) fn view(
    form: FormState,
    facts: Facts,
    staff: &Staff,
    person: &Person,
    board: &Snapshot,
) -> impl IntoView + use<> {
    let memberships = person.clients.iter().filter_map(|(id, role)| {
        let client = board.clients.get(id)?;
        Some(Membership {
            client: client.name.clone(),
            client_id: client.id.to_string(),
            client_href: route::AdminClient { client: client.id }.to_string(),
            role: role.clone(),
            archived: client.archived_at.is_some(),
        })
    });
    let mut memberships: Vec<_> = memberships.collect();
    memberships.sort_by_cached_key(|membership| membership.client.to_lowercase());
    let is_there = |id| person.clients.iter().any(|(known, _)| *known == id);
    let elsewhere = board
        .clients
        .values()
        .filter(|client| client.archived_at.is_none() && !is_there(client.id));
    let mut elsewhere: Vec<_> = elsewhere.collect();
    elsewhere.sort_by_cached_key(|client| client.name.to_lowercase());
    let elsewhere = elsewhere
        .into_iter()
        .map(|client| Choice::new(client.id.to_string(), client.name.clone()))
        .collect();
    let action = staff.may(StaffPermission::ManageClientUsers).then(|| {
        route::AdminClientUserMemberships {
            client_user: person.account.id,
        }
        .to_string()
    });
    let (on_staff, hrefs) = (person.staff_role.clone(), access::hrefs::<ClientUsers>(staff, person));
    view! {
        <ClientUserPage person=facts memberships=memberships memberships_action=action elsewhere=elsewhere form=form staff=on_staff hrefs=hrefs/>
    }
}
