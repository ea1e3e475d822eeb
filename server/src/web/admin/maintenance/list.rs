//! `GET /admin/maintenance`

use actix_web::{HttpResponse, web};
use app::admin::maintenance::list::{CancelledWindows, Row, Windows};
use leptos::prelude::*;

use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        identity::StaffPermission,
        maintenance::{
            self,
            list::{self, windows},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Listing, board},
        guard::Staff,
        route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    if listing.filter("state") == "cancelled" {
        let mut found = maintenance::cancelled(&staff.tenant.rows()).await?;
        found.retain(list::found(&listing.filter("q")));
        let filters = listing.filters(&["q", "state"]);
        let (shown, range) = listing.cut(route::AdminMaintenance, filters, None, found.len());
        let found = found.get(range).unwrap_or_default().iter();
        let rows = found.map(|window| row(window, &board)).collect();
        return Ok(page
            .at("maintenance")
            .ok(move || view! { <CancelledWindows list=shown rows=rows/> }));
    }
    let found = windows(&board, &listing.filter("q"), site.clock.now());
    let rows = |windows: &[&Maintenance]| windows.iter().map(|window| row(window, &board)).collect::<Vec<_>>();
    let (list, range) = listing.cut(route::AdminMaintenance, listing.filters(&["q"]), None, found.past.len());
    let past = found.past.get(range).unwrap_or_default();
    let (now, coming, past) = (rows(&found.now), rows(&found.coming), rows(past));
    let add = staff
        .may(StaffPermission::ManageMaintenance)
        .then(|| route::AdminWindowNew.to_string().into());
    Ok(page
        .at("maintenance")
        .ok(move || view! { <Windows list=list now=now coming=coming past=past add_href=add/> }))
}

pub(super) fn row(window: &Maintenance, board: &Snapshot) -> Row {
    Row {
        href: route::AdminWindow {
            window: window.window.id,
        }
        .to_string(),
        title: window.window.title.clone(),
        starts_at: window.window.starts_at,
        ends_at: window.window.ends_at,
        covers: super::covers(board, &maintenance::Covers::of(&window.scopes)),
        proposed: !window.is_approved() && window.window.cancelled_at.is_none(),
    }
}
