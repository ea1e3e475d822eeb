//! `GET /admin/templates`

use actix_web::HttpResponse;
use app::admin::templates::list::{Row, ShippedRow, Templates};
use leptos::prelude::*;

use super::AT;
use crate::{
    domain::{
        identity::StaffPermission,
        templates::{self, shipped},
    },
    web::{Error, Page, admin::asked::Listing, guard::Staff, route},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Name,
}

pub(in crate::web) async fn get(staff: Staff, listing: Listing, page: Page) -> Result<HttpResponse, Error> {
    let sort = listing.sort(&[("name", By::Name)]);
    let (search, shown) = (listing.filter("q").to_lowercase(), listing.filter("state"));
    let mut found = templates::list(&staff.tenant.rows()).await?;
    found.retain(|row| match shown.as_str() {
        "archived" => row.archived_at.is_some(),
        "all" => true,
        _ => row.archived_at.is_none(),
    });
    found.retain(|row| row.name.to_lowercase().contains(&search) || row.description.to_lowercase().contains(&search));
    found.sort_by_cached_key(|row| row.name.to_lowercase());
    if sort.is_some_and(|(_, _, descending)| descending) {
        found.reverse();
    }
    let sorted = sort.map(|(column, _, descending)| (column, descending));
    let filters = listing.filters(&["q", "state"]);
    let (list, range) = listing.cut(route::AdminTemplates, filters, sorted, found.len());
    let rows = found.get(range).unwrap_or_default().iter().map(|row| Row {
        href: route::AdminTemplate { template: row.id }.to_string(),
        name: row.name.clone(),
        description: row.description.clone(),
        version: row.current_version,
        clients_may_use: row.clients_may_use,
        archived: row.archived_at.is_some(),
    });
    let rows: Vec<_> = rows.collect();
    let manages = staff.may(StaffPermission::ManageServers);
    let shipped = shipped::all().into_iter().map(|shipped| ShippedRow {
        name: shipped.name.to_owned(),
        description: shipped.description.to_owned(),
        version: shipped.version,
        copy_href: manages.then(|| format!("{}?from={}", route::AdminTemplateNew, shipped.key)),
    });
    let shipped: Vec<_> = shipped.collect();
    let add = manages.then(|| route::AdminTemplateNew.to_string().into());
    Ok(page
        .at(AT)
        .ok(move || view! { <Templates list=list rows=rows shipped=shipped add_href=add/> }))
}
