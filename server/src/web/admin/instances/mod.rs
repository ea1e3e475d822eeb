//! The staff's pages about all servers: the list, several at once, what changed at Contabo.

pub(in crate::web) mod bulk;
pub(in crate::web) mod came;
pub(in crate::web) mod changes;
pub(in crate::web) mod list;

use app::admin::{Subject, instances::Doing};
use entity::action;

use crate::{
    domain::board::{InstanceNow, Snapshot},
    web::{
        route,
        servers::words::{act_of, stage_of},
    },
};

/// What is under way on an instance, if anything is.
fn doing(open: &[action::Model]) -> Option<Doing> {
    let first = open.first()?;
    Some(Doing {
        act: act_of(first),
        stage: stage_of(first),
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
pub(super) fn client_of(board: &Snapshot, now: &InstanceNow) -> Option<Subject> {
    let client = board.clients.get(&now.instance.client_id?)?;
    Some(Subject {
        name: client.name.clone(),
        href: route::AdminClient { client: client.id }.to_string(),
    })
}

/// The clients that something can be given to, by name.
pub(in crate::web) fn clients(board: &Snapshot) -> Vec<(String, String)> {
    let current = board.clients.values().filter(|row| row.archived_at.is_none());
    let mut named: Vec<_> = current.map(|row| (row.id.to_string(), row.name.clone())).collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named
}
