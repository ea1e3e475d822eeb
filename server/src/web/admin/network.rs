//! What the pages of routers and links share: typed values with what is wrong with them, how things stand in words, and
//! what changed lately.

use app::{
    admin::{Audited, Change, Subject, status::Status},
    ui::FormState,
};
use entity::{Tenant, audit_entry, state_change};
use sea_orm::{ColumnTrait, DbErr, Order};
use serde_json::Value;
use uuid::Uuid;

use super::{complaint, reject};
use crate::domain::{
    board::Snapshot,
    links::{change, status},
    problem::Problem,
    routers as router_rules,
    typed::{Rejected, Typed},
};
use crate::web::{Error, route};

/// How many of the latest changes a page shows.
const CHANGES: u64 = 12;

/// A form as it was typed, with what is wrong with it.
pub(super) fn shown(typed: &Typed, fields: &[&'static str], rejected: Rejected<Problem>) -> FormState {
    let mut form = typed.shown(fields);
    reject(&mut form, rejected, complaint::of_network);
    form
}

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

/// Who changed the set-up of one thing last, newest first.
pub(super) async fn audited(rows: &Tenant<'_>, kind: &'static str, id: Uuid) -> Result<Vec<Audited>, DbErr> {
    let entries = rows
        .find::<audit_entry::Entity>()
        .filter(audit_entry::Column::SubjectKind.eq(kind))
        .filter(audit_entry::Column::SubjectId.eq(id))
        .order_by(audit_entry::Column::At, Order::Desc)
        .limit(CHANGES)
        .all()
        .await?;
    Ok(entries
        .into_iter()
        .map(|entry| Audited {
            at: entry.at,
            who: entry.actor_name,
            action: entry.action,
            fields: entry
                .before
                .as_ref()
                .map_or_else(Vec::new, |before| differences(before, entry.after.as_ref())),
        })
        .collect())
}

fn differences(before: &Value, after: Option<&Value>) -> Vec<(String, String, String)> {
    let (empty, nothing) = (serde_json::Map::new(), Value::Null);
    let before = before.as_object().unwrap_or(&empty);
    let after = after.and_then(Value::as_object).unwrap_or(&empty);
    let fields = before
        .keys()
        .chain(after.keys().filter(|field| !before.contains_key(*field)));
    fields
        .map(|field| {
            let text = |values: &serde_json::Map<String, Value>| match values.get(field).unwrap_or(&nothing) {
                Value::Null => "–".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (field.clone(), text(before), text(after))
        })
        .collect()
}
