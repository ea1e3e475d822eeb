//! `GET /admin/staff`

use actix_web::HttpResponse;
use app::admin::staff::list::StaffUsers;
use leptos::prelude::*;

use crate::{
    domain::{
        identity::StaffPermission,
        people::{
            self,
            list::{self, Of},
        },
    },
    web::{
        Error, Page,
        admin::{
            asked::Listing,
            client_users::list::{COLUMNS, query},
            people::staff_row,
        },
        guard::Staff,
        route,
    },
};

pub(in crate::web) async fn get(staff: Staff, listing: Listing, page: Page) -> Result<HttpResponse, Error> {
    let found = list::list(people::all(&staff.tenant.rows()).await?, Of::Staff, &query(&listing));
    let sort = listing
        .sort(&COLUMNS)
        .map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&["q", "state"]);
    let (list, range) = listing.cut(route::AdminStaff, filters, sort, found.len());
    let rows = found
        .into_iter()
        .skip(range.start)
        .take(range.len())
        .map(staff_row)
        .collect();
    let add = staff
        .may(StaffPermission::ManageStaff)
        .then(|| route::AdminStaffNew.to_string().into());
    Ok(page
        .at("staff")
        .ok(move || view! { <StaffUsers list=list rows=rows add_href=add/> }))
}
