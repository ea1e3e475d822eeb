//! `GET …/servers/{instance}`: one server, for its client's users and for staff.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::{Act, Asked as AskedFor, Connect, End, Facts, Open, Past, Server, ServerPage, Snapshot, Snapshots},
    text::Text,
};
use chrono::{DateTime, Utc};
use entity::{
    InstanceId,
    action::{self, ActionState},
    snapshot,
};
use leptos::prelude::*;
use sea_orm::{ColumnTrait, Order};

use super::{AT, Party, board, choices, words};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot as Board},
        contabo::{
            actions::{self, Kind},
            instances::{Address, Status, ifupdown, is_busy, netplan},
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
    let since = party.since(now);
    let past = actions::of_instance(&rows, instance.id, since, HISTORY).await?;
    let snapshots = rows
        .find::<snapshot::Entity>()
        .filter(snapshot::Column::InstanceId.eq(instance.id))
        .order_by(snapshot::Column::CreatedAt, Order::Desc)
        .all()
        .await?;
    let image = match &now.details.image_id {
        Some(image) => choices::image_name(&rows, instance.contabo_account_id, image).await?,
        None => None,
    };
    // What another client had asked for before is not for this one.
    let open = now
        .open
        .iter()
        .filter(|row| since.is_none_or(|since| row.asked_at >= since));
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
        facts: facts(now, image),
        open: open.filter_map(|row| under_way(party, now, row)).collect(),
        acts: acts(party, now),
        past: past.iter().map(|row| ended(party, now, row, at)).collect(),
        snapshots: Snapshots {
            all: snapshots.into_iter().map(shown_snapshot).collect(),
            read_at: instance.snapshots_read_at,
        },
        connect: connect(now),
        provider: party.provider(board, now).await?,
        refused: None,
    })
}

fn facts(now: &InstanceNow, image: Option<String>) -> Facts {
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
        addresses: addresses(now).map(words::address).collect(),
        mac: details.mac.clone(),
        product: named(&details.product_name, &details.product_id),
        cores: details.cpu_cores,
        ram: details.ram,
        disk: details.disk,
        region: named(&details.region_name, &details.region),
        data_centre: details.data_center.clone(),
        system: details.os_type.clone(),
        image,
        default_user: details.default_user.clone(),
        created_at: details.created_at,
    }
}

fn addresses(now: &InstanceNow) -> impl Iterator<Item = &Address> {
    let main = [&now.details.ipv4, &now.details.ipv6].into_iter().flatten();
    main.chain(&now.details.additional)
}

fn connect(now: &InstanceNow) -> Connect {
    let main = [&now.details.ipv4, &now.details.ipv6].into_iter().flatten();
    Connect {
        hosts: main.map(|address| address.ip.to_string()).collect(),
        user: now.details.default_user.clone().filter(|user| is_user(user)),
        is_windows: now.details.os_type.eq_ignore_ascii_case("windows"),
        netplan: netplan(&now.details),
        ifupdown: ifupdown(&now.details),
    }
}

/// Whether it can stand in a command that somebody will run.
fn is_user(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && !name.starts_with('-') && name.chars().all(fits)
}

fn under_way<P: Party>(party: &P, now: &InstanceNow, row: &action::Model) -> Option<Open> {
    let kind = Kind::named(&row.kind)?;
    let client = party.client(now);
    let theirs = client.is_none() || row.client_id == client;
    let withdraws = row.state == ActionState::Queued && theirs && party.demand(now, kind).is_ok();
    Some(Open {
        asked: AskedFor::Server(words::act(kind)),
        detail: words::detail_of(row),
        stage: words::stage_of(row),
        who: party.who(row),
        asked_at: row.asked_at,
        withdraw_href: withdraws.then(|| P::withdraw(now.instance.id, row.id)),
    })
}

fn ended<P: Party>(party: &P, now: &InstanceNow, row: &action::Model, at: DateTime<Utc>) -> Past {
    Past {
        asked: words::asked_of(row),
        detail: words::detail_of(row),
        who: party.who(row),
        asked_at: row.asked_at,
        ended_at: row.ended_at,
        end: match row.state {
            ActionState::Queued | ActionState::Running => End::NotYet,
            ActionState::Done => End::Done,
            ActionState::Failed => End::Failed(row.error.clone()),
            ActionState::Withdrawn => End::Withdrawn,
        },
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
fn acts(party: &impl Party, now: &InstanceNow) -> Vec<Act> {
    if party.locked(now).is_some() {
        return Vec::new();
    }
    let asked = |kind: Kind| now.open.iter().any(|row| row.kind == kind.name());
    let makes_sense = |kind: &Kind| match kind {
        Kind::Cancel => now.instance.cancels_on.is_none() && !asked(*kind),
        // Of another snapshot it may be asked for again.
        Kind::Rename | Kind::TakeSnapshot | Kind::RenameSnapshot | Kind::RollBack | Kind::DeleteSnapshot => true,
        kind => !asked(*kind),
    };
    let kinds = offered(&now.status).iter().filter(|kind| makes_sense(kind));
    kinds
        .filter(|kind| party.demand(now, **kind).is_ok())
        .map(|kind| words::act(*kind))
        .collect()
}

/// What is of use in this state. In one that nobody knows, all of it may be.
fn offered(status: &Status) -> &'static [Kind] {
    use Kind::{
        Cancel, DeleteSnapshot, Reinstall, Rename, RenameSnapshot, Rescue, ResetPassword, Restart, RollBack, Shutdown,
        Start, Stop, TakeSnapshot,
    };
    match status {
        Status::Running => &[
            Restart,
            Shutdown,
            Stop,
            Rescue,
            ResetPassword,
            Rename,
            Reinstall,
            TakeSnapshot,
            RenameSnapshot,
            RollBack,
            DeleteSnapshot,
            Cancel,
        ],
        Status::Stopped => &[
            Start,
            Rescue,
            Rename,
            Reinstall,
            TakeSnapshot,
            RenameSnapshot,
            RollBack,
            DeleteSnapshot,
            Cancel,
        ],
        Status::Rescue => &[Restart, Stop, Rename, Reinstall, RenameSnapshot, Cancel],
        Status::Provisioning | Status::Installing | Status::ResettingPassword => &[Rename, Cancel],
        Status::AwaitingContabo | Status::Unavailable => &[Rename, Cancel],
        Status::Failed | Status::Other(_) => &[
            Start,
            Restart,
            Shutdown,
            Stop,
            Rescue,
            ResetPassword,
            Rename,
            Reinstall,
            TakeSnapshot,
            RenameSnapshot,
            RollBack,
            DeleteSnapshot,
            Cancel,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_user_stands_in_a_command() {
        assert!(is_user("root") && is_user("cloud-user"));
        assert!(!is_user("") && !is_user("-oProxyCommand=x") && !is_user("a b") && !is_user("$(id)"));
    }

    #[test]
    fn what_is_off_is_started_and_what_passes_is_left_alone() {
        assert!(offered(&Status::Stopped).contains(&Kind::Start));
        assert!(!offered(&Status::Running).contains(&Kind::Start));
        assert_eq!(offered(&Status::Installing), [Kind::Rename, Kind::Cancel]);
    }
}
