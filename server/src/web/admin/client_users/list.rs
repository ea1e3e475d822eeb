//! `GET /admin/client-users`

use actix_web::{HttpResponse, web};
use app::admin::client_users::list::ClientUsers;
use leptos::prelude::*;

use crate::{
    domain::{
        identity::StaffPermission,
        people::{
            self,
            list::{self, By, Of, Query, Shown},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Listing, board, people::client_row},
        guard::Staff,
        route,
    },
};

/// The columns that lists of people are sorted by.
pub(in crate::web::admin) const COLUMNS: [(&str, By); 3] =
    [("name", By::Name), ("mail", By::Mail), ("last", By::LastSignIn)];

/// What is asked of a list of people.
pub(in crate::web::admin) fn query(listing: &Listing) -> Query {
    let sort = listing.sort(&COLUMNS);
    Query {
        search: listing.filter("q"),
        shown: match listing.filter("state").as_str() {
            "active" => Shown::Active,
            "waiting" => Shown::Waiting,
            "disabled" => Shown::Disabled,
            _ => Shown::All,
        },
        by: sort.map(|(_, by, _)| by).unwrap_or_default(),
        descending: sort.is_some_and(|(_, _, descending)| descending),
    }
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let found = list::list(people::all(&staff.tenant.rows()).await?, Of::Clients, &query(&listing));
    let sort = listing
        .sort(&COLUMNS)
        .map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&["q", "state"]);
    let (list, range) = listing.cut(route::AdminClientUsers, filters, sort, found.len());
    let found = found.into_iter().skip(range.start).take(range.len());
    let rows = found.map(|person| client_row(person, &board)).collect();
    let add = staff
        .may(StaffPermission::ManageClientUsers)
        .then(|| route::AdminClientUserNew.to_string().into());
    Ok(page
        .at("clients")
        .ok(move || view! { <ClientUsers list=list rows=rows add_href=add/> }))
}
