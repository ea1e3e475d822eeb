//! The audit log: who changed what, for whom, from where. An entry is written in the transaction of the change, so
//! that neither is there without the other.
//!
//! It only writes. What staff read of it is a page of theirs; erasing a person from it is a job.

use chrono::{DateTime, Utc};
use entity::{AccountId, AuditEntryId, Tenant, audit_entry};
use sea_orm::{ActiveValue::Set, DbErr};
use serde_json::{Map, Value};
use uuid::Uuid;

pub use entity::audit_entry::ActorKind;

/// Who does something, and where the request came from.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Staff, client, operator or the system.
    pub kind: ActorKind,
    /// The account; none for the system and for operators, whose ids are no tenant's.
    pub id: Option<AccountId>,
    /// The name as it is now.
    pub name: String,
    /// The address of the browser; none for work of the system.
    pub address: Option<String>,
    /// The request in the logs.
    pub request_id: Option<String>,
}

impl Actor {
    /// Mainstay itself, or its command line: `name` says which part.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self {
            kind: ActorKind::System,
            id: None,
            name: name.to_owned(),
            address: None,
            request_id: None,
        }
    }
}

/// What was changed.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Which kind of thing, as `router`.
    pub kind: &'static str,
    /// Which one; none where there is only one, such as a tenant's settings.
    pub id: Option<Uuid>,
    /// Its name as it is now.
    pub name: &'a str,
}

/// Words in a field's name that mark it as a secret. The last line of defence: pass no secrets at all.
const SECRETS: [&str; 5] = ["password", "secret", "token", "hash", "seed"];

/// Writes one entry: `actor` did `action` (as `router.create`) to `subject`, whose fields were `before` and are
/// `after`. Of two objects only the fields that differ are kept; fields named like secrets never.
///
/// # Errors
/// When the database refuses: then the change must not be committed either.
pub async fn record(
    tenant: &Tenant<'_>,
    actor: &Actor,
    at: DateTime<Utc>,
    action: &str,
    subject: Subject<'_>,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), DbErr> {
    let (before, after) = difference(before, after);
    tenant
        .insert::<audit_entry::Entity, _>(audit_entry::ActiveModel {
            id: Set(AuditEntryId::new()),
            at: Set(at),
            actor_kind: Set(actor.kind),
            actor_id: Set(actor.id),
            actor_name: Set(actor.name.clone()),
            address: Set(actor.address.clone()),
            request_id: Set(actor.request_id.clone()),
            action: Set(action.to_owned()),
            subject_kind: Set(subject.kind.to_owned()),
            subject_id: Set(subject.id),
            subject_name: Set(subject.name.to_owned()),
            before: Set(before),
            after: Set(after),
            ..Default::default()
        })
        .await
        .map(drop)
}

/// Writes the entry of a change of what is set up, tells whoever works by it, and commits both with the change.
///
/// # Errors
/// When the database refuses: then nothing was changed.
pub async fn conclude(
    rows: Tenant<'static>,
    actor: &Actor,
    at: DateTime<Utc>,
    action: &str,
    subject: Subject<'_>,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), DbErr> {
    record(&rows, actor, at, action, subject, before, after).await?;
    rows.config_changed().await?;
    rows.commit().await
}

fn difference(before: Option<Value>, after: Option<Value>) -> (Option<Value>, Option<Value>) {
    let (mut before, mut after) = (before.map(without_secrets), after.map(without_secrets));
    if let (Some(Value::Object(old)), Some(Value::Object(new))) = (&mut before, &mut after) {
        let same: Vec<String> = old
            .iter()
            .filter(|(field, value)| new.get(*field) == Some(*value))
            .map(|(field, _)| field.clone())
            .collect();
        for field in same {
            old.remove(&field);
            new.remove(&field);
        }
    }
    (before, after)
}

fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(field, _)| !is_secret(field))
                .map(|(field, value)| (field, without_secrets(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(without_secrets).collect()),
        plain => plain,
    }
}

fn is_secret(field: &str) -> bool {
    // `must_change_password` and `password_changed_at` say something about a secret and are none.
    let about_it = field.starts_with("must_") || field.ends_with("_at") || field.ends_with("_changed");
    !about_it && SECRETS.iter().any(|word| field.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_kept() {
        let (before, after) = difference(
            Some(json!({ "name": "a", "role": "viewer" })),
            Some(json!({ "name": "a", "role": "owner" })),
        );
        assert_eq!(before, Some(json!({ "role": "viewer" })));
        assert_eq!(after, Some(json!({ "role": "owner" })));
    }

    #[test]
    fn secrets_are_left_out_at_every_depth() {
        let (_, after) = difference(
            None,
            Some(
                json!({ "password_hash": "x", "must_change_password": true, "tls": { "client_secret": "y", "pin": "z" } }),
            ),
        );
        assert_eq!(
            after,
            Some(json!({ "must_change_password": true, "tls": { "pin": "z" } }))
        );
    }
}
