//! The servers of all clients and of nobody: the list, what is done to several at once, what changed at Contabo.
//!
//! The page of one is not here: clients and staff share it.

pub mod bulk;
pub mod came;
pub mod changes;
pub mod list;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    servers::words::{Act, Stage, Status},
    t_count,
    ui::StateBadge,
};

/// What is under way on a server.
#[derive(Clone, Copy, Debug)]
pub struct Doing {
    /// None: a kind that this version does not know.
    pub act: Option<Act>,
    pub stage: Stage,
    /// How many wait behind it.
    pub more: usize,
}

/// The state of a server, and what is under way on it.
fn state(status: &Status, doing: Option<Doing>) -> impl IntoView + use<> {
    let doing = doing.map(|doing| {
        let act = doing.act.map(Act::doing);
        // That it is on its way is what one expects; only what holds it up is worth the room.
        let held_up = matches!(doing.stage, Stage::HeldUp | Stage::Unclear).then(|| doing.stage.text());
        let more = (doing.more > 0).then(|| t_count("fleet-more", doing.more as u64));
        view! { <small>{act}" "{more}" "{held_up}</small> }
    });
    view! { <span class="two-lines"><StateBadge state=status.state() label=status.word()/>{doing}</span> }
}

/// A day, as dates are written.
fn date(day: chrono::NaiveDate) -> String {
    day.format(crate::t("format-date")).to_string()
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    [list::samples(), bulk::samples(), came::samples(), changes::samples()]
        .into_iter()
        .flatten()
        .collect()
}
