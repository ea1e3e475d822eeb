//! What the lists of client users and of staff users have in common.

pub mod first_password;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    samples, t,
    text::Text,
    ui::{Cell, Choice, Column, HeadCell, ListState, State, StateBadge, Table, When},
};

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Active,
    /// The first password was not changed yet.
    Waiting,
    Disabled,
}

impl Access {
    /// As a badge.
    pub(crate) fn badge(self) -> impl IntoView {
        let (state, word) = match self {
            Self::Active => (State::Up, t("people-active")),
            Self::Waiting => (State::Unknown, t("people-waiting")),
            Self::Disabled => (State::Disabled, t("people-disabled")),
        };
        view! { <StateBadge state=state label=word/> }
    }
}

/// A role somewhere.
#[derive(Clone, Debug)]
pub struct Place {
    /// The client; none on the staff.
    pub client: Option<(String, String)>,
    /// The role's name in the table of roles.
    pub role: String,
}

/// Somebody in a list.
#[derive(Clone, Debug)]
pub struct PersonRow {
    pub href: String,
    pub name: String,
    pub mail: String,
    pub places: Vec<Place>,
    pub access: Access,
    pub last_sign_in_at: Option<DateTime<Utc>>,
}

/// The word for a role.
pub fn role_word(name: &str) -> &'static str {
    match name {
        "owner" => t("role-owner"),
        "admin" => t("role-admin"),
        "operator" => t("role-operator"),
        _ => t("role-viewer"),
    }
}

/// The roles at a client, weakest first, each with what it may.
pub(crate) fn client_roles() -> Vec<Choice> {
    vec![
        Choice::new("viewer", t("role-viewer")).with_hint(t("people-client-viewer-may")),
        Choice::new("operator", t("role-operator")).with_hint(t("people-client-operator-may")),
        Choice::new("owner", t("role-owner")).with_hint(t("people-client-owner-may")),
    ]
}

/// The roles on the staff that the visitor may give, weakest first, each with what it may.
pub(crate) fn staff_roles(may_make_owners: bool) -> Vec<Choice> {
    let mut roles = vec![
        Choice::new("viewer", t("role-viewer")).with_hint(t("people-staff-viewer-may")),
        Choice::new("operator", t("role-operator")).with_hint(t("people-staff-operator-may")),
        Choice::new("admin", t("role-admin")).with_hint(t("people-staff-admin-may")),
    ];
    if may_make_owners {
        roles.push(Choice::new("owner", t("role-owner")).with_hint(t("people-staff-owner-may")));
    }
    roles
}

/// People as a table; with `with_clients` their clients stand beside their roles.
pub(crate) fn table(
    caption: impl Into<Text>,
    rows: Vec<PersonRow>,
    with_clients: bool,
    list: Option<ListState>,
) -> impl IntoView {
    let column = |key: &'static str, label: &'static str| match list {
        Some(_) => Column::text(label).sorted_by(key),
        None => Column::text(label),
    };
    let places = if with_clients {
        t("people-clients")
    } else {
        t("people-role")
    };
    let columns = vec![
        column("name", t("people-name")),
        column("mail", t("field-mail")),
        Column::text(places),
        Column::text(t("people-access")),
        column("last", t("people-last-sign-in")),
    ];
    let rows = rows.into_iter().map(move |row| {
        let last = match row.last_sign_in_at {
            Some(at) => view! { <When at=at compact=true/> }.into_any(),
            None => view! { <span class="muted">{t("people-never")}</span> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.name}</a></HeadCell>
                <Cell of=t("field-mail")>{row.mail}</Cell>
                <Cell of=places>{place_list(row.places)}</Cell>
                <Cell of=t("people-access")>{row.access.badge()}</Cell>
                <Cell of=t("people-last-sign-in")>{last}</Cell>
            </tr>
        }
    });
    view! { <Table caption=caption columns=columns list=list.unwrap_or_default()>{rows.collect_view()}</Table> }
}

/// Places in a cell: a few, then how many more.
fn place_list(places: Vec<Place>) -> impl IntoView {
    const SHOWN: usize = 3;
    let more = places.len().saturating_sub(SHOWN);
    let places = places.into_iter().take(SHOWN).map(|place| {
        let role = role_word(&place.role);
        match place.client {
            Some((name, href)) => {
                view! { <li><a href=href>{name}</a>" "<span class="muted">{role}</span></li> }.into_any()
            }
            None => view! { <li>{role}</li> }.into_any(),
        }
    });
    view! {
        <ul class="places">
            {places.collect_view()}
            {(more > 0).then(|| view! { <li class="muted">{format!("+{more}")}</li> })}
        </ul>
    }
}

/// The choices of the filter by access.
pub(crate) fn access_choices() -> Vec<Choice> {
    vec![
        Choice::new("active", t("people-active")),
        Choice::new("waiting", t("people-waiting")),
        Choice::new("disabled", t("people-disabled")),
    ]
}

/// People for samples.
pub(crate) fn sample_rows() -> Vec<PersonRow> {
    let place = |client: Option<&str>, role: &str| Place {
        client: client.map(|name| (name.to_owned(), "/admin/clients/1".to_owned())),
        role: role.to_owned(),
    };
    let ago = |hours| Some(samples::now() - TimeDelta::hours(hours));
    let row = |name: &str, mail: &str, places, access, last_sign_in_at| PersonRow {
        href: "/admin/client-users/1".to_owned(),
        name: name.to_owned(),
        mail: mail.to_owned(),
        places,
        access,
        last_sign_in_at,
    };
    vec![
        row(
            "Alice Hartmann",
            "alice@acme.example",
            vec![place(Some("Acme Logistics GmbH"), "owner")],
            Access::Active,
            ago(3),
        ),
        row(
            "Bob Keller",
            "bob@acme.example",
            vec![place(Some("Acme Logistics GmbH"), "viewer")],
            Access::Waiting,
            None,
        ),
        row(
            "Carla Dias",
            "carla@consult.example",
            ["Acme Logistics GmbH", "Bergmann & Söhne", "City of Lübeck", "Dock 9"]
                .map(|name| place(Some(name), "operator"))
                .into(),
            Access::Disabled,
            ago(900),
        ),
    ]
}
