//! `/admin/clients`: the provider's customers.

pub(in crate::web) mod archive;
pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod show;

use app::ui::State;

use super::asked::Typed;
use crate::domain::{clients::Draft, clients::list::LinkCounts, links::status::Status};

const FIELDS: [&str; 3] = ["name", "reference", "notes"];

fn draft(typed: &Typed) -> Draft {
    Draft {
        name: typed.text("name"),
        reference: typed.text("reference"),
        notes: typed.text("notes"),
    }
}

fn counts(links: LinkCounts) -> app::admin::clients::LinkCounts {
    app::admin::clients::LinkCounts(vec![
        (State::Down, links.down),
        (State::Degraded, links.degraded),
        (State::Unknown, links.unknown),
        (State::Maintenance, links.maintenance),
        (State::Up, links.up),
        (State::Disabled, links.idle),
    ])
}

fn state(status: Status) -> State {
    match status {
        Status::Down => State::Down,
        Status::Degraded => State::Degraded,
        Status::Unknown => State::Unknown,
        Status::Maintenance => State::Maintenance,
        Status::Up => State::Up,
        Status::Disabled | Status::Inactive => State::Disabled,
    }
}
