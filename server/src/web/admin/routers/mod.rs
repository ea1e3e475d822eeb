//! The staff's pages about routers.

pub(in crate::web) mod archive;
pub(in crate::web) mod check;
pub(in crate::web) mod credentials;
pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod pick;
pub(in crate::web) mod polling;
pub(in crate::web) mod show;
pub(in crate::web) mod trust;

use std::sync::Arc;

use entity::{RouterId, router_check};
use sea_orm::DbErr;

use crate::{
    domain::board::{RouterNow, Snapshot},
    site::Site,
    web::{Error, guard::Staff},
    work::collector::check::{Report, request_check},
};

/// The fields of a router's form that are shown again.
const FIELDS: [&str; 11] = [
    "name",
    "site",
    "host",
    "port",
    "tls",
    "ca_pem",
    "allow_challenge",
    "code_page",
    "listen",
    "username",
    "no_password",
];

/// The router, archived or not.
fn find(board: &Snapshot, id: RouterId) -> Result<&Arc<RouterNow>, Error> {
    board.routers.get(&id).ok_or(Error::NotFound)
}

/// The router, unless it is archived: what a change is about.
fn find_current(board: &Snapshot, id: RouterId) -> Result<&Arc<RouterNow>, Error> {
    let router = find(board, id)?;
    if router.router.archived_at.is_some() {
        return Err(Error::NotFound);
    }
    Ok(router)
}

/// Asks for a check, which a worker does at once.
async fn ask(site: &Site, staff: &Staff, router: RouterId) -> Result<(), DbErr> {
    let rows = staff.tenant.begin().await?;
    request_check(&rows, router, site.clock.now()).await?;
    rows.commit().await?;
    site.jobs.nudge();
    site.board.refresh(staff.tenant.tenant.id).await
}

/// What the last good check found, if there was one and it can still be read.
pub(super) fn report(check: &router_check::Model) -> Option<Report> {
    serde_json::from_value(check.report.clone()?).ok()
}
