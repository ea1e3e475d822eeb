//! The staff's pages about all servers: the list, several at once, what changed at Contabo.

pub(in crate::web) mod bulk;
pub(in crate::web) mod changes;
pub(in crate::web) mod list;

use app::{
    admin::{Subject, instances::Doing},
    servers::words::{Act, Stage, Status as Shown},
};
use entity::action;

use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        contabo::{
            actions::{Kind, next::stage},
            instances::Status,
        },
    },
    web::route,
};

/// The word for what an instance does.
pub(super) fn status(status: &Status) -> Shown {
    match status {
        Status::Running => Shown::Running,
        Status::Stopped => Shown::Stopped,
        Status::Provisioning => Shown::Provisioning,
        Status::Installing => Shown::Installing,
        Status::Rescue => Shown::Rescue,
        Status::ResettingPassword => Shown::ResettingPassword,
        Status::AwaitingContabo => Shown::Awaiting,
        Status::Unavailable => Shown::Unavailable,
        Status::Failed => Shown::Failed,
        Status::Other(word) => Shown::Other(word.clone()),
    }
}

/// The word for what was asked; none for a kind that this version does not know.
pub(super) fn act(kind: &str) -> Option<Act> {
    Some(match Kind::named(kind)? {
        Kind::Start => Act::Start,
        Kind::Stop => Act::Stop,
        Kind::Shutdown => Act::Shutdown,
        Kind::Restart => Act::Restart,
        Kind::Rescue => Act::Rescue,
        Kind::ResetPassword => Act::ResetPassword,
        Kind::Reinstall => Act::Reinstall,
        Kind::Rename => Act::Rename,
        Kind::Cancel => Act::Cancel,
        Kind::TakeSnapshot => Act::TakeSnapshot,
        Kind::RenameSnapshot => Act::RenameSnapshot,
        Kind::RollBack => Act::RollBack,
        Kind::DeleteSnapshot => Act::DeleteSnapshot,
    })
}

/// What is under way on an instance, if anything is.
fn doing(open: &[action::Model]) -> Option<Doing> {
    let first = open.first()?;
    Some(Doing {
        act: act(&first.kind),
        stage: match first.stage.as_str() {
            stage::WAITING => Stage::Waiting,
            stage::HELD_UP => Stage::HeldUp,
            stage::UNCLEAR => Stage::Unclear,
            stage::ACCEPTED => Stage::Accepted,
            stage::UNDER_WAY => Stage::UnderWay,
            _ => Stage::Sending,
        },
        more: open.len() - 1,
    })
}

/// An instance with the way to its page.
pub(super) fn subject(now: &InstanceNow) -> Subject {
    Subject {
        name: now.title().to_owned(),
        href: route::AdminServer {
            instance: now.instance.id,
        }
        .to_string(),
    }
}

/// The client that has it.
fn client_of(board: &Snapshot, now: &InstanceNow) -> Option<Subject> {
    let client = board.clients.get(&now.instance.client_id?)?;
    Some(Subject {
        name: client.name.clone(),
        href: route::AdminClient { client: client.id }.to_string(),
    })
}

/// Region and data centre, as far as Contabo says them.
fn place(now: &InstanceNow) -> String {
    let details = &now.details;
    let region = match details.region_name.as_str() {
        "" => &details.region,
        name => name,
    };
    match (region, details.data_center.as_str()) {
        (region, "") => region.to_owned(),
        ("", data_center) => data_center.to_owned(),
        // Contabo names most data centres after their regions, as `European Union 1`.
        (region, data_center) if data_center.starts_with(region) => data_center.to_owned(),
        (region, data_center) => format!("{region}, {data_center}"),
    }
}

/// The clients that something can be given to, by name.
fn clients(board: &Snapshot) -> Vec<(String, String)> {
    let current = board.clients.values().filter(|row| row.archived_at.is_none());
    let mut named: Vec<_> = current.map(|row| (row.id.to_string(), row.name.clone())).collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}
