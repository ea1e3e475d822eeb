//! `/admin/maintenance`: planned work.

pub(in crate::web) mod decide;
pub(in crate::web) mod edit;
pub(in crate::web) mod end;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod series;
pub(in crate::web) mod show;

use app::{
    admin::maintenance::{
        Coverable, Covers,
        form::{Time, WindowForm},
    },
    ui::{FormState, Tick},
};
use chrono::{DateTime, Utc};
use entity::MaintenanceWindowId;
use leptos::prelude::*;

use super::asked::Typed;
use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        maintenance::{self, Draft},
    },
    web::{
        Error,
        guard::{Staff, StaffPermission},
        route,
    },
};

const FIELDS: [&str; 6] = ["title", "notes", "starts", "ends", "covers", "reason"];

fn draft(typed: &Typed, staff: &Staff, window: Option<&Maintenance>) -> Draft {
    Draft {
        title: typed.text("title"),
        notes: typed.text("notes"),
        starts: typed.text("starts"),
        ends: typed.text("ends"),
        covers: typed.text("covers"),
        clients: typed.all("clients"),
        routers: typed.all("routers"),
        links: typed.all("links"),
        reason: typed.text("reason"),
        approves: approves(staff),
        before: window.map(|window| (window.window.starts_at, window.window.ends_at)),
    }
}

/// Whether what the visitor saves is approved by that.
fn approves(staff: &Staff) -> bool {
    staff.may(StaffPermission::ApproveMaintenance)
}

/// A window that is not cancelled.
fn find(board: &Snapshot, id: MaintenanceWindowId) -> Result<&Maintenance, Error> {
    board
        .maintenance
        .iter()
        .find(|window| window.window.id == id)
        .ok_or(Error::NotFound)
}

/// What is covered, by name.
fn covers(board: &Snapshot, covers: &maintenance::Covers) -> Covers {
    fn named(names: impl Iterator<Item = String>) -> Vec<String> {
        let mut names: Vec<_> = names.collect();
        names.sort_unstable();
        names
    }
    match covers {
        maintenance::Covers::All => Covers::All,
        maintenance::Covers::Clients(ids) => {
            let known = ids.iter().filter_map(|id| board.clients.get(id));
            Covers::Clients(named(known.map(|client| client.name.clone())))
        }
        maintenance::Covers::Routers(ids) => {
            let known = ids.iter().filter_map(|id| board.routers.get(id));
            Covers::Routers(named(known.map(|router| router.router.name.clone())))
        }
        maintenance::Covers::Links(ids) => {
            let known = ids.iter().filter_map(|id| board.links.get(id));
            Covers::Links(named(known.map(|link| link.link.name.clone())))
        }
    }
}

/// Everything that can be covered, with what was ticked of it.
fn coverable(board: &Snapshot, clients: &[String], routers: &[String], links: &[String]) -> Coverable {
    let tick = |id: String, name: &str, note: Option<String>, ticked: &[String]| Tick {
        ticked: ticked.contains(&id),
        value: id,
        label: name.to_owned(),
        note,
    };
    let all = board.clients.values().filter(|row| row.archived_at.is_none());
    let clients = all.map(|row| tick(row.id.to_string(), &row.name, None, clients));
    let all = board.routers.values().map(|now_of| &now_of.router);
    let all = all.filter(|row| row.archived_at.is_none());
    let routers = all.map(|row| tick(row.id.to_string(), &row.name, None, routers));
    let all = board.links.values().map(|now_of| &now_of.link);
    let all = all.filter(|row| row.archived_at.is_none());
    let links = all.map(|row| {
        let client = board.clients.get(&row.client_id).map(|client| client.name.clone());
        tick(row.id.to_string(), &row.name, client, links)
    });
    Coverable {
        clients: by_name(clients),
        routers: by_name(routers),
        links: by_name(links),
    }
}

fn by_name(ticks: impl Iterator<Item = Tick>) -> Vec<Tick> {
    let mut ticks: Vec<_> = ticks.collect();
    ticks.sort_by_cached_key(|tick| tick.label.to_lowercase());
    ticks
}

/// The form of a window, with everything that can be covered.
fn form(
    form: FormState,
    board: &Snapshot,
    window: Option<&Maintenance>,
    covered: Coverable,
    staff: &Staff,
    now: DateTime<Utc>,
) -> impl IntoView + use<> {
    let back = match window {
        Some(window) => route::AdminWindow {
            window: window.window.id,
        }
        .to_string(),
        None => route::AdminMaintenance.to_string(),
    };
    let time = match window {
        Some(window) if window.window.starts_at <= now => Time::Begun,
        _ => Time::Coming,
    };
    let (title, zone, approves) = (
        window.map(|window| window.window.title.clone()),
        board.zone.name().to_owned(),
        approves(staff),
    );
    view! {
        <WindowForm form=form window=title zone=zone covered=covered approves=approves time=time cancel_href=back.into()/>
    }
}
