//! `GET /admin/contabo`: the accounts with their health.

use actix_web::{HttpResponse, web};
use app::admin::contabo::{Account, list::ContaboAccounts};
use leptos::prelude::*;

use super::shown;
use crate::{
    domain::contabo::accounts,
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        live,
    },
};

pub(in crate::web) async fn get(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let (board, now) = (admin::board(&site, &staff).await?, site.clock.now());
    let rows = staff.tenant.rows();
    let syncs = accounts::syncs(&rows).await?;
    let all: Vec<Account> = accounts::list(&rows)
        .await?
        .iter()
        .map(|row| {
            let sync = syncs.iter().find(|sync| sync.contabo_account_id == row.id);
            shown(&board, row, sync, now)
        })
        .collect();
    let may_manage = staff.may(StaffPermission::ManageContabo);
    let page = page
        .at("contabo")
        .live(live::admin(live::Subject::Servers, &board, &["contabo-accounts"], &[]));
    Ok(page.ok(move || view! { <ContaboAccounts accounts=all may_manage=may_manage/> }))
}
