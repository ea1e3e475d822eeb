//! `GET …/servers/{instance}`: one server, for its client's users and for staff.

use std::iter;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::{Act, Asked as AskedFor, Connect, Facts, Installed, Open, Past, Server, ServerPage, Snapshot, Snapshots},
    text::Text,
};
use chrono::{DateTime, Utc};
use entity::{
    InstanceId,
    action::{self, ActionState},
    snapshot,
};
use leptos::prelude::*;

use super::{AT, Party, board, choices, schedules, ties, ties::shown as shown_ties, words};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot as Board},
        contabo::{
            actions::{self, Kind},
            instances::{ifupdown, is_busy, netplan},
            mirror,
        },
    },
    site::Site,
    web::{Error, Page},
};

/// Seconds after which a browser without scripts asks again how far it is.
const ASK_AGAIN: u8 = 5;

/// How many of the last actions are listed.
const HISTORY: u64 = 30;

/// The page.
pub(in crate::web) async fn get<P: Party>(
    site: web::Data<Site>,
    party: P,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &party, *id, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
pub(super) async fn show<P: Party>(
    site: &Site,
    party: &P,
    id: InstanceId,
    page: Page,
    refused: Option<Text>,
) -> Result<HttpResponse, Error> {
    let board = board(site, party).await?;
    let now = party.find(&board, id)?;
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let server = Server {
        refused: refused.map(Text::into_owned),
        ..described(party, &board, now, site.clock.now()).await?
    };
    let mut page = page.at(AT).live(P::live(&board));
    if is_busy(now) {
        page = page.again_after(ASK_AGAIN);
    }
    Ok(page.with_status(status, move || view! { <ServerPage server=server/> }))
}

async fn described<P: Party>(party: &P, board: &Board, now: &InstanceNow, at: DateTime<Utc>) -> Result<Server, Error> {
    let (instance, rows) = (&now.instance, party.tenant().rows());
    let past = actions::of_instance(&rows, instance.id, party.since(now), HISTORY).await?;
    let snapshots = mirror::snapshots_of(&rows, instance.id).await?;
    let installed = choices::installed(&rows, iter::once(now)).await?.remove(&instance.id);
    let ties = ties::of(&rows, now).await?;
    let with_pages = party.client(now).is_none();
    let open = now.open.iter().filter(|row| party.sees(now, row));
    Ok(Server {
        href: P::page(instance.id),
        list_href: P::list(),
        title: now.title().to_owned(),
        client: party.client_name(board, now),
        status: words::status(&now.status),
        since: instance.status_since,
        error: instance.error_message.clone().filter(|text| !text.is_empty()),
        locked: instance.locked_because.clone(),
        cancels_on: instance.cancels_on,
        facts: Facts {
            price: party.price(now, at).await?,
            ..facts(now, installed)
        },
        open: open.filter_map(|row| under_way(party, now, row)).collect(),
        acts: acts(party, board, now),
        past: past.iter().map(|row| ended(party, now, row, at)).collect(),
        connect: connect(now, &ties),
        ties: shown_ties(&ties, with_pages),
        snapshots: Snapshots {
            all: snapshots.into_iter().map(shown_snapshot).collect(),
            read_at: instance.snapshots_read_at,
        },
        schedules: schedules::card(party, board, now).await?,
        provider: party.provider(board, now, at).await?,
        refused: None,
    })
}

fn facts(now: &InstanceNow, installed: Option<Installed>) -> Facts {
    let details = &now.details;
    let named = |name: &str, or: &str| {
        if name.is_empty() {
            or.to_owned()
        } else {
            name.to_owned()
        }
    };
    Facts {
        name: now.instance.name.clone(),
        addresses: details.addresses().map(words::address).collect(),
        mac: details.mac.clone(),
        product: named(&details.product_name, &details.product_id),
        cores: details.cpu_cores,
        ram: details.ram,
        disk: details.disk,
        region: named(&details.region_name, &details.region),
        data_centre: details.data_center.clone(),
        system: details.os_type.clone(),
        installed,
        default_user: details.default_user.clone(),
        created_at: details.created_at,
        price: None,
    }
}

fn connect(now: &InstanceNow, ties: &ties::Ties) -> Connect {
    let hosts = now.details.main_addresses();
    Connect {
        hosts: hosts.map(|address| address.ip.to_string()).collect(),
        user: now.details.default_user.clone().filter(|user| is_user(user)),
        is_windows: now.details.os_type.eq_ignore_ascii_case("windows"),
        netplan: netplan(&now.details, &ties.beside),
        ifupdown: ifupdown(&now.details, &ties.beside),
    }
}

/// Whether it can stand in a command that somebody will run.
fn is_user(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && !name.starts_with('-') && name.chars().all(fits)
}

pub(super) fn under_way<P: Party>(party: &P, now: &InstanceNow, row: &action::Model) -> Option<Open> {
    let kind = Kind::named(&row.kind)?;
    let client = party.client(now);
    let theirs = client.is_none() || row.client_id == client;
    // A remedy can be cancelled at Contabo, too.
    let is_open = row.state == ActionState::Queued || is_cancelled_at_contabo(row);
    let withdraws = is_open && theirs && party.demand(now, kind).is_ok();
    Some(Open {
        asked: AskedFor::Server(words::act(kind)),
        detail: words::detail_of(row),
        stage: words::stage_of(row),
        who: party.who(row),
        asked_at: row.asked_at,
        withdraw_href: withdraws.then(|| P::withdraw(now.instance.id, row.id)),
    })
}

/// Whether it is at Contabo, which can be asked to cancel it.
pub(super) fn is_cancelled_at_contabo(row: &action::Model) -> bool {
    row.state == ActionState::Running && row.kind == Kind::Remedy.name() && row.thing_id.is_some()
}

fn ended<P: Party>(party: &P, now: &InstanceNow, row: &action::Model, at: DateTime<Utc>) -> Past {
    Past {
        asked: words::asked_of(row),
        detail: words::detail_of(row),
        who: party.who(row),
        asked_at: row.asked_at,
        ended_at: row.ended_at,
        end: words::end_of(row),
        password_href: (actions::can_be_revealed(row, party.account(), at)
            && Kind::named(&row.kind).is_some_and(|kind| party.demand(now, kind).is_ok()))
        .then(|| P::password(now.instance.id, row.id)),
    }
}

fn shown_snapshot(row: snapshot::Model) -> Snapshot {
    Snapshot {
        id: row.id.to_string(),
        name: row.name,
        description: row.description,
        system: row.image_name,
        taken_at: row.created_at,
        kept_until: row.deletes_at,
    }
}

/// What the visitor may ask for as it is now, in the order of the buttons.
fn acts(party: &impl Party, board: &Board, now: &InstanceNow) -> Vec<Act> {
    if party.locked(now).is_some() {
        return Vec::new();
    }
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| kind.has_a_button() && now.offers(*kind));
    kinds
        .filter(|kind| party.demand(now, *kind).is_ok() && !party.is_off(board, now, *kind))
        .map(words::act)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_user_stands_in_a_command() {
        assert!(is_user("root") && is_user("cloud-user"));
        assert!(!is_user("") && !is_user("-oProxyCommand=x") && !is_user("a b") && !is_user("$(id)"));
    }
}
