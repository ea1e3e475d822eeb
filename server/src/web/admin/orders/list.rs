//! `GET /admin/orders`: all of them, the newest first.

use actix_web::{HttpResponse, web};
use app::admin::orders::list::OrderList;
use entity::{ContaboAccountId, contabo_account, contabo_order::OrderState};
use leptos::prelude::*;

use super::{AT, shown};
use crate::{
    domain::contabo::orders::{self, Sought},
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
    // Archived ones, too: what was ordered in them stays in the list.
    let accounts = rows.find::<contabo_account::Entity>().all().await?;
    let (search, state) = (listing.filter("q"), listing.filter("state"));
    let account: Option<ContaboAccountId> = listing.filter("account").parse().ok();
    let account = account.filter(|id| accounts.iter().any(|row| row.id == *id));
    let searched = search.to_lowercase();
    let named = board
        .clients
        .values()
        .filter(|client| client.name.to_lowercase().contains(&searched));
    let sought = Sought {
        search: &search,
        clients: named.map(|client| client.id).collect(),
        states: match state.as_str() {
            "open" => &orders::OPEN,
            "draft" => &[OrderState::Draft],
            "done" => &[OrderState::Done],
            "failed" => &[OrderState::Failed],
            _ => &[],
        },
        account,
    };
    let total = orders::count(&rows, &sought).await?;
    let is_empty = total == 0 && orders::count(&rows, &Sought::default()).await? == 0;
    let filters = vec![
        ("q", search.clone()),
        ("state", state.clone()),
        ("account", account.map_or_else(String::new, |id| id.to_string())),
    ];
    let (list, range) = listing.cut(route::AdminOrders, filters, None, total);
    let found = orders::page(&rows, &sought, range).await?;
    let rows: Vec<_> = found.iter().map(|row| shown(&board, &accounts, row)).collect();
    let accounts = accounts.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
    let may_order = staff.may(StaffPermission::ManageServers);
    let page = page
        .at(AT)
        .live(live::admin(live::Subject::Servers, &board, &["orders"], &[]));
    Ok(page.ok(move || {
        view! { <OrderList list=list rows=rows accounts=accounts is_empty=is_empty may_order=may_order/> }
    }))
}
