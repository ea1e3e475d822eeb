//! What could be done about what is unused: what is paid for and nobody has, what stands still, what is nearly full or nearly
//! empty, what ends soon. Pure: from what was last read and a time it says what follows.
//!
//! It advises and does nothing.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{ContaboResourceId, InstanceId};

use super::{Rented, there_since};
use crate::domain::{board::Snapshot, calendar::day_at, contabo::instances::Status};

/// How long something may be nobody's.
pub const NOBODYS_FOR: TimeDelta = TimeDelta::days(14);

/// How long a server may be off.
pub const OFF_FOR: TimeDelta = TimeDelta::days(14);

/// How old a snapshot may be.
pub const SNAPSHOT_FOR: TimeDelta = TimeDelta::days(30);

/// How long a storage may be nearly empty.
pub const EMPTY_FOR: TimeDelta = TimeDelta::days(30);

/// How far ahead an end is told of.
pub const ENDS_WITHIN: i64 = 30;

/// From which share a storage is nearly full.
pub const FULL_FROM: f64 = 0.85;

/// Below which share a storage is nearly empty.
pub const EMPTY_BELOW: f64 = 0.05;

/// What it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Server(InstanceId),
    Storage(ContaboResourceId),
}

/// Why something could be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// No client has it. It is there since then.
    Nobodys(DateTime<Utc>),
    /// It is off since then.
    Off(DateTime<Utc>),
    /// It ends on this day, and a client has it.
    Ends(NaiveDate),
    /// A storage uses this share, 0 to 1, and does not grow or has grown as far as it may.
    Full(f64),
    /// A storage uses this share.
    Empty(f64),
    /// A snapshot of this name was taken then.
    OldSnapshot(String, DateTime<Utc>),
    /// Growing by itself failed, in Contabo's words.
    GrowthFailed(String),
}

/// One piece of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    pub about: About,
    pub name: String,
    /// The client that has it; empty: nobody.
    pub client: String,
    pub why: Why,
}

impl Why {
    /// The more urgent, the lower.
    fn rank(&self) -> u8 {
        match self {
            Self::GrowthFailed(_) => 0,
            Self::Full(_) => 1,
            Self::Ends(_) => 2,
            Self::Nobodys(_) => 3,
            Self::Off(_) => 4,
            Self::Empty(_) => 5,
            Self::OldSnapshot(..) => 6,
        }
    }

    /// The word for filters and files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Nobodys(_) => "nobodys",
            Self::Off(_) => "off",
            Self::Ends(_) => "ends",
            Self::Full(_) => "full",
            Self::Empty(_) => "empty",
            Self::OldSnapshot(..) => "old_snapshot",
            Self::GrowthFailed(_) => "growth_failed",
        }
    }
}

/// The words of all reasons, in the order of the list.
pub const REASONS: [&str; 7] = [
    "growth_failed",
    "full",
    "ends",
    "nobodys",
    "off",
    "empty",
    "old_snapshot",
];

/// All advice, the most urgent first.
#[must_use]
pub fn advice(board: &Snapshot, rented: &Rented, now: DateTime<Utc>) -> Vec<Advice> {
    let mut all = of_servers(board, now);
    all.extend(of_storages(board, rented, now));
    all.extend(of_snapshots(board, rented, now));
    all.sort_by_cached_key(|one| (one.why.rank(), one.name.to_lowercase()));
    all
}

fn client(board: &Snapshot, id: Option<entity::ClientId>) -> String {
    let row = id.and_then(|id| board.clients.get(&id));
    row.map(|row| row.name.clone()).unwrap_or_default()
}

fn of_servers(board: &Snapshot, now: DateTime<Utc>) -> Vec<Advice> {
    let today = day_at(now, board.zone);
    let mut all = Vec::new();
    for one in board.instances.values() {
        let instance = &one.instance;
        let mut say = |why| {
            all.push(Advice {
                about: About::Server(instance.id),
                name: one.title().to_owned(),
                client: client(board, instance.client_id),
                why,
            });
        };
        // What ends anyway needs no advice but that it does, where somebody may miss it.
        if let Some(day) = instance.cancels_on {
            let left = (day - today).num_days();
            if instance.client_id.is_some() && (0..=ENDS_WITHIN).contains(&left) {
                say(Why::Ends(day));
            }
            continue;
        }
        let since = there_since(one);
        if instance.client_id.is_none() && now - since >= NOBODYS_FOR {
            say(Why::Nobodys(since));
        }
        if let Some(since) = instance.status_since
            && one.status == Status::Stopped
            && now - since >= OFF_FOR
        {
            say(Why::Off(since));
        }
    }
    all
}

fn of_storages(board: &Snapshot, rented: &Rented, now: DateTime<Utc>) -> Vec<Advice> {
    let today = day_at(now, board.zone);
    let mut all = Vec::new();
    for one in &rented.storages {
        let storage = &one.storage;
        let mut say = |why| {
            all.push(Advice {
                about: About::Storage(one.id),
                name: storage.name.clone(),
                client: client(board, one.client),
                why,
            });
        };
        if let Some(error) = storage.growth_error.as_ref().filter(|error| !error.is_empty()) {
            say(Why::GrowthFailed(error.clone()));
        }
        if let Some(day) = storage.cancels_on {
            let left = (day - today).num_days();
            if one.client.is_some() && (0..=ENDS_WITHIN).contains(&left) {
                say(Why::Ends(day));
            }
            continue;
        }
        let is_old = |old: TimeDelta| storage.created_at.is_some_and(|at| now - at >= old);
        if let Some(since) = storage.created_at
            && one.client.is_none()
            && is_old(NOBODYS_FOR)
        {
            say(Why::Nobodys(since));
        }
        let Some((size, used)) = storage.size_tb.filter(|size| *size > 0.0).zip(storage.used_tb) else {
            continue;
        };
        let share = used / size;
        let can_grow = storage.grows && storage.grows_to_tb.is_some_and(|most| most > size);
        if share >= FULL_FROM && !can_grow {
            say(Why::Full(share));
        } else if share < EMPTY_BELOW && is_old(EMPTY_FOR) {
            say(Why::Empty(share));
        }
    }
    all
}

fn of_snapshots(board: &Snapshot, rented: &Rented, now: DateTime<Utc>) -> Vec<Advice> {
    let old = rented.snapshots.iter().filter_map(|snapshot| {
        let taken = snapshot.created_at.filter(|at| now - *at >= SNAPSHOT_FOR)?;
        let one = board.instances.get(&snapshot.instance_id)?;
        Some(Advice {
            about: About::Server(one.instance.id),
            name: one.title().to_owned(),
            client: client(board, one.instance.client_id),
            why: Why::OldSnapshot(snapshot.name.clone(), taken),
        })
    });
    old.collect()
}

/// One line a piece of advice; `text` makes a text harmless to spreadsheets.
///
/// # Errors
/// Never, while it is written to memory.
pub fn write(all: &[Advice], text: fn(&str) -> String) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["kind", "name", "client", "reason", "detail"])?;
    for one in all {
        let kind = match one.about {
            About::Server(_) => "server",
            About::Storage(_) => "object storage",
        };
        let detail = match &one.why {
            Why::Nobodys(at) | Why::Off(at) => at.to_rfc3339(),
            Why::Ends(day) => day.to_string(),
            Why::Full(share) | Why::Empty(share) => format!("{share:.3}"),
            Why::OldSnapshot(name, at) => format!("{} {}", text(name), at.to_rfc3339()),
            Why::GrowthFailed(error) => text(error),
        };
        csv.write_record([
            kind.to_owned(),
            text(&one.name),
            text(&one.client),
            one.why.name().to_owned(),
            detail,
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}
