//! What the pages of client users and of staff users share.

pub(in crate::web) mod access;

use actix_web::HttpResponse;
use app::admin::people::{
    Access, PersonRow, Place,
    first_password::{Among, FirstPassword},
};
use entity::{AccountId, ClientId};
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        people::{Account, Person},
    },
    web::{Page, area::Area, context::Visit, route},
};

fn access_of(account: &Account) -> Access {
    match (account.disabled_at, account.must_change_password) {
        (Some(_), _) => Access::Disabled,
        (None, true) => Access::Waiting,
        (None, false) => Access::Active,
    }
}

fn row(account: Account, href: String, places: Vec<Place>) -> PersonRow {
    PersonRow {
        href,
        access: access_of(&account),
        name: account.name,
        mail: account.mail,
        places,
        last_sign_in_at: account.last_sign_in_at,
    }
}

/// A client user with all their clients.
pub(super) fn client_row(person: Person, board: &Snapshot) -> PersonRow {
    let mut places: Vec<_> = person
        .clients
        .into_iter()
        .filter_map(|(client, role)| {
            let name = board.clients.get(&client)?.name.clone();
            Some(Place {
                client: Some((name, route::AdminClient { client }.to_string())),
                role,
            })
        })
        .collect();
    places.sort_by(|a, b| a.client.cmp(&b.client));
    let href = route::AdminClientUser {
        client_user: person.account.id,
    }
    .to_string();
    row(person.account, href, places)
}

/// A user of this client, with their role there.
pub(super) fn row_at(person: Person, client: ClientId) -> PersonRow {
    let here = person.clients.into_iter().filter(|(known, _)| *known == client);
    let places = here.map(|(_, role)| Place { client: None, role }).collect();
    let href = route::AdminClientUser {
        client_user: person.account.id,
    }
    .to_string();
    row(person.account, href, places)
}

/// Somebody on the staff.
pub(super) fn staff_row(person: Person) -> PersonRow {
    let places = person
        .staff_role
        .into_iter()
        .map(|role| Place { client: None, role })
        .collect();
    let href = route::AdminStaffUser {
        staff_user: person.account.id,
    }
    .to_string();
    row(person.account, href, places)
}

/// Answers a form with the password that it made. It is in no address and no store, so there is no page to go to.
pub(super) fn show_password(
    Visit(context): Visit,
    page: Page,
    among: Among,
    account: AccountId,
    (name, mail, password): (String, String, String),
) -> HttpResponse {
    let (area, done, at) = match among {
        Among::Staff => (
            Area::Admin,
            route::AdminStaffUser { staff_user: account }.to_string(),
            "staff",
        ),
        Among::ClientUsers => (
            Area::Portal,
            route::AdminClientUser { client_user: account }.to_string(),
            "clients",
        ),
    };
    let sign_in = format!("{}{}", context.origin(), area.sign_in());
    page.at(at).ok(move || {
        view! { <FirstPassword among=among name=name mail=mail password=password sign_in_url=sign_in done_href=done.into()/> }
    })
}
