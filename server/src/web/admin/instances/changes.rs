//! `GET /admin/servers/changes`: what was found changed at Contabo, and the servers that nobody has yet.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use app::admin::instances::changes::{Changed, Field, Kind, ServerChanges, Unassigned};
use entity::{ContaboAccountId, contabo_account, contabo_change, contabo_change::ChangeOf};
use leptos::prelude::*;

use super::list::NOBODY;
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            changes::{self, Wanted},
            instances::{self, Owner},
            mirror::INSTANCE,
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        live, route,
    },
};

/// In the query: of images, networks and whatever else is mirrored, too.
pub(in crate::web::admin) const EVERYTHING: &str = "all";

/// Servers that nobody has, the newest; the list has the rest.
const UNASSIGNED: usize = 10;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    // Archived ones too: their changes stay.
    let accounts = rows.find::<contabo_account::Entity>().all().await?;
    let accounts: HashMap<ContaboAccountId, String> = accounts.into_iter().map(|row| (row.id, row.name)).collect();
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == listing.filter("kind"));
    let account = listing.filter("account").parse().ok();
    let wanted = Wanted {
        what: kind.map(|kind| match kind {
            Kind::Appeared => ChangeOf::Appeared,
            Kind::Changed => ChangeOf::Changed,
            Kind::Vanished => ChangeOf::Vanished,
        }),
        account: account.filter(|id| accounts.contains_key(id)),
        instances_only: listing.filter("of") != EVERYTHING,
    };
    let total = changes::count(&rows, wanted).await?;
    let filters = vec![
        (
            "of",
            if wanted.instances_only {
                String::new()
            } else {
                EVERYTHING.to_owned()
            },
        ),
        ("kind", kind.map_or_else(String::new, |kind| kind.name().to_owned())),
        ("account", wanted.account.map_or_else(String::new, |id| id.to_string())),
    ];
    let (list, range) = listing.cut(route::AdminServerChanges, filters, None, total);
    let found = changes::page(&rows, wanted, range).await?;
    let none = String::new();
    let found: Vec<Changed> = found
        .into_iter()
        .map(|row| {
            let account = accounts.get(&row.contabo_account_id).unwrap_or(&none);
            changed(&board, account, row)
        })
        .collect();
    let unassigned = unassigned(&board, staff.may(StaffPermission::ManageServers));
    let all_href = format!("{}?client={NOBODY}", route::AdminServers);
    let parts = ["servers-unassigned", "servers-changes"];
    let page = page
        .at("servers")
        .live(live::admin(live::Subject::Servers, &board, &parts, &[]));
    Ok(page.ok(move || {
        view! { <ServerChanges list=list changes=found unassigned=unassigned all_href=all_href/> }
    }))
}

/// A change as pages show it.
pub(in crate::web) fn changed(board: &Snapshot, account: &str, row: contabo_change::Model) -> Changed {
    let now = row.instance_id.and_then(|id| board.instances.get(&id));
    let server = match now.map(|now| (now.title(), &now.instance.name)) {
        Some((title, name)) if title != name => format!("{title} ({name})"),
        _ => row.name.clone(),
    };
    let fields = changes::fields(&row).into_iter().map(|field| Field {
        name: field.name,
        before: field.before,
        after: field.after,
    });
    Changed {
        at: row.found_at,
        kind: match row.what {
            ChangeOf::Appeared => Kind::Appeared,
            ChangeOf::Changed => Kind::Changed,
            ChangeOf::Vanished => Kind::Vanished,
        },
        server,
        thing: (row.kind != INSTANCE).then(|| row.kind.replace('_', " ")),
        href: now.map(|now| super::subject(now).href),
        account: account.to_owned(),
        fields: fields.collect(),
        done_by: row.done_by,
    }
}

fn unassigned(board: &Snapshot, may_give: bool) -> Vec<Unassigned> {
    let wanted = instances::Wanted {
        owner: Some(Owner::Nobody),
        ..instances::Wanted::default()
    };
    let mut listed = instances::list(board, &wanted);
    listed.sort_by_key(|one| std::cmp::Reverse(one.now.instance.first_seen_at));
    let newest = listed.into_iter().take(UNASSIGNED).map(|one| Unassigned {
        server: super::subject(one.now),
        product: one.now.details.product_name.clone(),
        place: one.now.details.place(),
        first_seen_at: one.now.instance.first_seen_at,
        give_href: may_give.then(|| {
            let id = one.now.instance.id;
            format!("{}?do=assign&server={id}", route::AdminServersBulk)
        }),
    });
    newest.collect()
}
