//! What the pages of routers and links share: how things stand in words, and what changed lately.

use app::admin::{Change, Subject, status::Status};
use entity::{Tenant, state_change};
use sea_orm::{DbErr, Order};

use crate::domain::{
    board::Snapshot,
    links::{change, status},
    routers as router_rules,
};
use crate::web::{Error, route};

/// How many of the latest changes a page shows.
const CHANGES: u64 = 12;

impl From<router_rules::Error> for Error {
    fn from(error: router_rules::Error) -> Self {
        match error {
            router_rules::Error::NotFound => Self::NotFound,
            // Forms show what they can; what gets here changed since the form was made.
            router_rules::Error::Changed | router_rules::Error::HasLinks(_) | router_rules::Error::Rejected(_) => {
                Self::Conflict
            }
            router_rules::Error::Database(error) => error.into(),
            router_rules::Error::Keyring(error) => Self::internal(error),
        }
    }
}

impl From<change::Error> for Error {
    fn from(error: change::Error) -> Self {
        match error {
            change::Error::NotFound => Self::NotFound,
            change::Error::Changed | change::Error::Rejected(..) => Self::Conflict,
            change::Error::Database(error) => error.into(),
            change::Error::Past(error) => error.into(),
        }
    }
}

/// The page's word for how a link stands.
pub(super) fn link_status(status: status::Status) -> Status {
    match status {
        status::Status::Down => Status::Down,
        status::Status::Degraded => Status::Degraded,
        status::Status::Unknown => Status::Unknown,
        status::Status::Maintenance => Status::Maintenance,
        status::Status::Disabled => Status::Disabled,
        status::Status::Up => Status::Up,
        status::Status::Inactive => Status::Inactive,
    }
}

/// The page's word for how a router stands.
pub(super) fn router_status(status: router_rules::list::Status) -> Status {
    match status {
        router_rules::list::Status::Unreachable => Status::Unreachable,
        router_rules::list::Status::Failing => Status::Failing,
        router_rules::list::Status::New => Status::New,
        router_rules::list::Status::Reachable => Status::Reachable,
        router_rules::list::Status::Paused => Status::Paused,
    }
}

/// The latest changes of state, newest first: of everything, or of what `filter` lets through.
pub(super) async fn changes(
    rows: &Tenant<'_>,
    filter: Option<sea_orm::sea_query::SimpleExpr>,
) -> Result<Vec<state_change::Model>, DbErr> {
    let mut found = rows.find::<state_change::Entity>();
    if let Some(filter) = filter {
        found = found.filter(sea_orm::Condition::all().add(filter));
    }
    found
        .order_by(state_change::Column::At, Order::Desc)
        .limit(CHANGES)
        .all()
        .await
}

/// A change of state as a page shows it; with a board it says whose change it was.
pub(super) fn change(row: state_change::Model, board: Option<&Snapshot>) -> Change {
    let status = |name: &str| Status::parse(name);
    let subject = board.and_then(|board| match (row.link_id, row.router_id) {
        (Some(link), _) => board.links.get(&link).map(|now| Subject {
            name: now.link.name.clone(),
            href: route::AdminLink { link }.to_string(),
        }),
        (None, Some(router)) => board.routers.get(&router).map(|now| Subject {
            name: now.router.name.clone(),
            href: route::AdminRouter { router }.to_string(),
        }),
        (None, None) => None,
    });
    Change {
        at: row.at,
        from: status(&row.from_state),
        to: status(&row.to_state).unwrap_or(Status::Unknown),
        subject,
        reason: row.reason,
    }
}
