//! Schedules: what is done to a server at fixed times of the wall clock, by staff or by its client's people. A schedule only
//! asks: what it asks for is an action like any other, which waits its turn and is followed to its end.
//!
//! Each time that one is due there is one run, which says what came of it. A run that could not be made in time is
//! skipped, never made up for (`docs/decisions/a-missed-run-is-skipped.md`).

mod run;
mod store;
mod tasks;
mod times;
mod typed;

pub use self::{
    run::{Rotation, rotate, run},
    store::{Error, Known, LastRun, change, create, delete, forget_clients, found, of_instance, runs_of, set_resting},
    tasks::{asking, task_key},
    times::{EVERY_DAY, Times},
    typed::{Plan, Reason, read},
};
use chrono::TimeDelta;
use entity::schedule::Scheduled;

use super::actions::Kind;

/// How late a run may be. What is later is skipped.
pub const LATE: TimeDelta = TimeDelta::hours(1);

/// What can be scheduled, in the order of the form.
pub const ALL: [Scheduled; 5] = [
    Scheduled::Snapshots,
    Scheduled::Start,
    Scheduled::Restart,
    Scheduled::Shutdown,
    Scheduled::Stop,
];

/// The name in forms.
#[must_use]
pub fn name(what: Scheduled) -> &'static str {
    match what {
        Scheduled::Snapshots => "snapshots",
        Scheduled::Start => "start",
        Scheduled::Restart => "restart",
        Scheduled::Shutdown => "shutdown",
        Scheduled::Stop => "stop",
    }
}

/// The kind of action that it asks for.
#[must_use]
pub fn kind(what: Scheduled) -> Kind {
    match what {
        Scheduled::Snapshots => Kind::TakeSnapshot,
        Scheduled::Start => Kind::Start,
        Scheduled::Restart => Kind::Restart,
        Scheduled::Shutdown => Kind::Shutdown,
        Scheduled::Stop => Kind::Stop,
    }
}
