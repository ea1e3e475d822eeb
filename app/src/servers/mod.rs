//! Servers that clients rent: one page for their users and for staff, made of the same parts.
//!
//! What a visitor may not ask for is not among the props, so its button is not there. In the code a server is an
//! instance; people know the word server.

pub mod ask;
pub mod checks;
mod connect;
mod facts;
mod history;
pub mod list;
mod now;
pub mod offers;
pub mod password;
mod sample_data;
pub mod schedules;
pub mod show;
mod snapshots;
pub mod staff;
pub mod template;
mod ties;
pub mod topology;
pub mod values;
pub mod words;

pub use self::{
    connect::Connect,
    facts::{Address, Facts, Installed},
    history::{End, Past},
    now::Open,
    show::{LIVE, Server, ServerPage},
    snapshots::{Snapshot, Snapshots},
    ties::{Named, Tie, Ties},
    words::{Act, Asked, Deed, Stage, Status},
};

pub(crate) use self::{history::history_card, now::under_way};
use crate::samples::Sample;

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [
        list::samples(),
        show::samples(),
        ask::samples(),
        checks::samples(),
        offers::samples(),
        password::samples(),
        schedules::samples(),
        staff::samples(),
        topology::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
