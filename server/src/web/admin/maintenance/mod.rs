//! `/admin/maintenance`: planned work.

pub(in crate::web) mod edit;
pub(in crate::web) mod end;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod show;

use app::{
    admin::maintenance::{Covers, form::WindowForm},
    ui::{FormState, Tick},
};
use entity::{MaintenanceWindowId, maintenance_scope};
use leptos::prelude::*;

use super::asked::Typed;
use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        maintenance::Draft,
    },
    web::{Error, route},
};

const FIELDS: [&str; 5] = ["title", "notes", "starts", "ends", "covers"];

fn draft(typed: &Typed) -> Draft {
    Draft {
        title: typed.text("title"),
        notes: typed.text("notes"),
        starts: typed.text("starts"),
        ends: typed.text("ends"),
        covers: typed.text("covers"),
        routers: typed.all("routers"),
        links: typed.all("links"),
    }
}

/// A window that is not cancelled.
fn find(board: &Snapshot, id: MaintenanceWindowId) -> Result<&Maintenance, Error> {
    board
        .maintenance
        .iter()
        .find(|window| window.window.id == id)
        .ok_or(Error::NotFound)
}

/// What these scopes cover, by name. None are all links.
fn covers(board: &Snapshot, scopes: &[maintenance_scope::Model]) -> Covers {
    let routers = scopes
        .iter()
        .filter_map(|scope| Some(board.routers.get(&scope.router_id?)?.router.name.clone()));
    let links = scopes
        .iter()
        .filter_map(|scope| Some(board.links.get(&scope.link_id?)?.link.name.clone()));
    let (mut routers, mut links): (Vec<_>, Vec<_>) = (routers.collect(), links.collect());
    routers.sort_unstable();
    links.sort_unstable();
    match (scopes.is_empty(), routers.is_empty()) {
        (true, _) => Covers::All,
        (false, false) => Covers::Routers(routers),
        (false, true) => Covers::Links(links),
    }
}

/// The form, with everything that can be covered and what was ticked of it.
fn form(
    form: FormState,
    board: &Snapshot,
    window: Option<&Maintenance>,
    routers: &[String],
    links: &[String],
) -> impl IntoView + use<> {
    let router_ticks = board
        .routers
        .values()
        .filter(|router| router.router.archived_at.is_none())
        .map(|router| Tick {
            value: router.router.id.to_string(),
            label: router.router.name.clone(),
            note: None,
            ticked: routers.contains(&router.router.id.to_string()),
        });
    let link_ticks = board
        .links
        .values()
        .filter(|link| link.link.archived_at.is_none())
        .map(|link| Tick {
            value: link.link.id.to_string(),
            label: link.link.name.clone(),
            note: board
                .clients
                .get(&link.link.client_id)
                .map(|client| client.name.clone()),
            ticked: links.contains(&link.link.id.to_string()),
        });
    let (mut routers, mut links): (Vec<_>, Vec<_>) = (router_ticks.collect(), link_ticks.collect());
    routers.sort_by_cached_key(|tick| tick.label.to_lowercase());
    links.sort_by_cached_key(|tick| tick.label.to_lowercase());
    let back = match window {
        Some(window) => route::AdminWindow {
            window: window.window.id,
        }
        .to_string(),
        None => route::AdminMaintenance.to_string(),
    };
    let (title, zone) = (
        window.map(|window| window.window.title.clone()),
        board.zone.name().to_owned(),
    );
    view! { <WindowForm form=form window=title zone=zone routers=routers links=links cancel_href=back.into()/> }
}
