//! `GET /admin/orders`: all of them, the newest first.

use actix_web::{HttpResponse, web};
use app::admin::orders::list::OrderList;
use entity::{ContaboAccountId, contabo_account, contabo_order::OrderState};
use leptos::prelude::*;

use super::{AT, shown};
use crate::{
    domain::contabo::orders,
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        live, route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (board, rows) = (admin::board(&site, &staff).await?, staff.tenant.rows());
    let all = orders::list(&rows).await?;
    // Archived ones, too: what was ordered in them stays in the list.
    let accounts = rows.find::<contabo_account::Entity>().all().await?;
    let (search, state) = (listing.filter("q"), listing.filter("state"));
    let account: Option<ContaboAccountId> = listing.filter("account").parse().ok();
    let account = account.filter(|id| accounts.iter().any(|row| row.id == *id));
    let is_empty = all.is_empty();
    let searched = search.to_lowercase();
    let found = all.iter().filter(|row| match state.as_str() {
        "open" => orders::is_open(row),
        "draft" => row.state == OrderState::Draft,
        "done" => row.state == OrderState::Done,
        "failed" => row.state == OrderState::Failed,
        _ => true,
    });
    let found = found.filter(|row| account.is_none_or(|id| row.contabo_account_id == id));
    let found = found.map(|row| shown(&board, &accounts, row)).filter(|row| {
        let client = row.client.as_ref().map_or("", |client| client.name.as_str());
        let texts = [row.name.as_str(), row.what.as_str(), client];
        texts.iter().any(|text| text.to_lowercase().contains(&searched))
    });
    let found: Vec<_> = found.collect();
    let filters = vec![
        ("q", search.clone()),
        ("state", state.clone()),
        ("account", account.map_or_else(String::new, |id| id.to_string())),
    ];
    let (list, range) = listing.cut(route::AdminOrders, filters, None, found.len());
    let rows = found.get(range).unwrap_or_default().to_vec();
    let accounts = accounts.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
    let may_order = staff.may(StaffPermission::ManageServers);
    let page = page
        .at(AT)
        .live(live::admin(live::Subject::Servers, &board, &["orders"], &[]));
    Ok(page.ok(move || {
        view! { <OrderList list=list rows=rows accounts=accounts is_empty=is_empty may_order=may_order/> }
    }))
}
