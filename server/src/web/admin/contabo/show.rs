//! `GET /admin/contabo/{contabo_account}`: how its readings fare, what is in it, what was seen to change there.

use actix_web::{HttpResponse, web};
use app::{
    admin::contabo::show::{AccountPage, More},
    servers::words::Status as Shown,
};
use entity::{ContaboAccountId, contabo_sync};
use leptos::prelude::*;

use super::{find, of_account, shown};
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            changes::{self, Wanted},
            instances::Status,
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, instances},
        guard::{Staff, StaffPermission},
        live, route,
        servers::words::status,
    },
};

/// The newest changes that the page shows.
const CHANGES: usize = 8;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboAccountId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, now) = (*id, site.clock.now());
    let row = find(&staff, id).await?;
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let sync = rows.get::<contabo_sync::Entity>(id).await?;
    let wanted = Wanted {
        account: Some(id),
        ..Wanted::default()
    };
    let found = changes::page(&rows, wanted, 0..CHANGES).await?;
    let may_audit = staff.may(StaffPermission::SeeAudit);
    let entries = match may_audit {
        true => Some(admin::recent_entries(&rows, &board, id.0).await?),
        false => None,
    };
    let more = More {
        added_at: row.created_at,
        credentials_since: row.changed_at,
        states: states(&board, id),
        changes: found
            .into_iter()
            .map(|change| instances::changes::changed(&board, "", change))
            .collect(),
        changes_href: format!(
            "{}?account={id}&of={}",
            route::AdminServerChanges,
            instances::changes::EVERYTHING
        ),
        entries,
        audit_href: may_audit.then(|| admin::log_of(id.0)),
    };
    let account = shown(&board, &row, sync.as_ref(), now);
    let may_manage = staff.may(StaffPermission::ManageContabo);
    let parts = ["contabo-health", "contabo-states", "contabo-changes"];
    let page = page
        .at("contabo")
        .live(live::admin(live::Subject::Servers, &board, &parts, &[]));
    Ok(page.ok(move || view! { <AccountPage account=account more=more may_manage=may_manage/> }))
}

/// How many of its instances are in each state, the most first.
fn states(board: &Snapshot, id: ContaboAccountId) -> Vec<(Shown, usize, String)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for now in of_account(board, id) {
        let word = &now.instance.status;
        match counted.iter_mut().find(|(known, _)| known == word) {
            Some((_, count)) => *count += 1,
            None => counted.push((word.clone(), 1)),
        }
    }
    counted.sort_by(|(a, count), (b, other)| other.cmp(count).then_with(|| a.cmp(b)));
    let states = counted.into_iter().map(|(word, count)| {
        let query = [("account", id.to_string()), ("state", word.clone())];
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        let href = format!("{}?{query}", route::AdminServers);
        (status(&Status::of(&word)), count, href)
    });
    states.collect()
}
