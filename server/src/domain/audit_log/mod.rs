//! Reading the audit log: who changed what and when, field by field.
//!
//! Entries are written by `audit`, in the transaction of each change; nothing here changes them.

use std::ops::Range;

use chrono::{DateTime, Utc};
use entity::{Tenant, audit_entry};
use sea_orm::{
    ColumnTrait, Condition, DbErr, Order,
    sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr, SimpleExpr},
};
use serde_json::Value;
use uuid::Uuid;

/// What is asked of the log.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Part of the name of who did it, in any case.
    pub who: String,
    /// Part of the name of what it was done to, or of the action, in any case.
    pub what: String,
    /// Which kind of thing, as `router`; empty: any.
    pub kind: String,
    /// Which thing; none: any.
    pub subject: Option<Uuid>,
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
}

/// How many entries match.
///
/// # Errors
/// When the database does not answer.
pub async fn count(rows: &Tenant<'_>, query: &Query) -> Result<usize, DbErr> {
    let total = rows
        .find::<audit_entry::Entity>()
        .filter(condition(query))
        .count()
        .await?;
    Ok(usize::try_from(total).unwrap_or(usize::MAX))
}

/// Those of the entries that match which are in `range`, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(rows: &Tenant<'_>, query: &Query, range: Range<usize>) -> Result<Vec<audit_entry::Model>, DbErr> {
    rows.find::<audit_entry::Entity>()
        .filter(condition(query))
        .order_by(audit_entry::Column::At, Order::Desc)
        .order_by(audit_entry::Column::Id, Order::Desc)
        .offset(range.start as u64)
        .limit(range.len() as u64)
        .all()
        .await
}

/// The newest entries about one thing.
///
/// # Errors
/// When the database does not answer.
pub async fn recent(rows: &Tenant<'_>, subject: Uuid, most: u64) -> Result<Vec<audit_entry::Model>, DbErr> {
    rows.find::<audit_entry::Entity>()
        .filter(audit_entry::Column::SubjectId.eq(subject))
        .order_by(audit_entry::Column::At, Order::Desc)
        .order_by(audit_entry::Column::Id, Order::Desc)
        .limit(most)
        .all()
        .await
}

fn condition(query: &Query) -> Condition {
    let mut all = Condition::all();
    if !query.who.trim().is_empty() {
        all = all.add(holds(audit_entry::Column::ActorName, &query.who));
    }
    if !query.what.trim().is_empty() {
        let any = Condition::any()
            .add(holds(audit_entry::Column::SubjectName, &query.what))
            .add(holds(audit_entry::Column::Action, &query.what));
        all = all.add(any);
    }
    if !query.kind.is_empty() {
        all = all.add(audit_entry::Column::SubjectKind.eq(query.kind.as_str()));
    }
    if let Some(subject) = query.subject {
        all = all.add(audit_entry::Column::SubjectId.eq(subject));
    }
    if let Some(from) = query.from {
        all = all.add(audit_entry::Column::At.gte(from));
    }
    if let Some(until) = query.until {
        all = all.add(audit_entry::Column::At.lt(until));
    }
    all
}

/// Whether the column holds what was typed, in any case: `LIKE` alone minds case on PostgreSQL and not on SQLite.
pub(in crate::domain) fn holds(column: impl IntoColumnRef, typed: &str) -> SimpleExpr {
    text_holds(Expr::col(column), typed)
}

/// As [`holds`], of a text that is calculated. SQLite knows the capitals of ASCII alone; what is typed with others is also
/// found as it was typed.
pub(in crate::domain) fn text_holds(text: impl Into<SimpleExpr>, typed: &str) -> SimpleExpr {
    let text = text.into();
    let like = |text: SimpleExpr, typed: &str| text.like(LikeExpr::new(pattern(typed)).escape('\\'));
    let (typed, lower) = (typed.trim(), typed.trim().to_lowercase());
    let found = like(Func::lower(text.clone()).into(), &lower);
    match lower == typed {
        true => found,
        false => found.or(like(text, typed)),
    }
}

fn pattern(typed: &str) -> String {
    let mut pattern = String::from("%");
    for c in typed.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// One field of an entry: what it was and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As the entry names it.
    pub field: String,
    /// None: there was nothing.
    pub old: Option<Value>,
    /// None: there is nothing.
    pub new: Option<Value>,
}

/// The fields of an entry in the order of their names.
#[must_use]
pub fn changes(entry: &audit_entry::Model) -> Vec<Change> {
    let empty = serde_json::Map::new();
    let side = |value: &Option<Value>| {
        value
            .as_ref()
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_else(|| empty.clone())
    };
    let (before, after) = (side(&entry.before), side(&entry.after));
    let mut fields: Vec<_> = before.keys().chain(after.keys()).cloned().collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .into_iter()
        .map(|field| Change {
            old: before.get(&field).filter(|value| !is_empty(value)).cloned(),
            new: after.get(&field).filter(|value| !is_empty(value)).cloned(),
            field,
        })
        .filter(|change| change.old != change.new)
        .collect()
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::{
        domain::audit::{self, Actor, Subject},
        testing::{scratch_db, scratch_tenant},
    };

    #[tokio::test]
    async fn entries_are_found_by_who_what_and_when() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let other = scratch_tenant(&db, "south").await;
        let at = |hours| DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
        let berlin = Uuid::now_v7();
        for (hour, who, action, kind, name) in [
            (1, "Alice", "router.create", "router", "core_1"),
            (2, "Bob", "link.create", "link", "Core 100%"),
            (3, "alice", "link.change", "link", "Berlin"),
        ] {
            let id = (name == "Berlin").then_some(berlin);
            let subject = Subject { kind, id, name };
            audit::record(
                &db.tenant(tenant),
                &Actor::system(who),
                at(hour),
                action,
                subject,
                None,
                None,
            )
            .await
            .unwrap();
        }
        let subject = Subject {
            kind: "link",
            id: None,
            name: "theirs",
        };
        audit::record(
            &db.tenant(other),
            &Actor::system("Alice"),
            at(1),
            "link.create",
            subject,
            None,
            None,
        )
        .await
        .unwrap();
        let rows = db.tenant(tenant);
        let found = async |query: Query| {
            let total = count(&rows, &query).await.unwrap();
            let entries = page(&rows, &query, 0..total).await.unwrap();
            assert_eq!(entries.len(), total);
            entries.into_iter().map(|entry| entry.subject_name).collect::<Vec<_>>()
        };
        assert_eq!(found(Query::default()).await, ["Berlin", "Core 100%", "core_1"]);
        assert_eq!(
            found(Query {
                who: "ALICE".to_owned(),
                ..Query::default()
            })
            .await,
            ["Berlin", "core_1"]
        );
        assert_eq!(
            found(Query {
                what: "core_".to_owned(),
                ..Query::default()
            })
            .await,
            ["core_1"]
        );
        assert_eq!(
            found(Query {
                what: "0%".to_owned(),
                ..Query::default()
            })
            .await,
            ["Core 100%"]
        );
        assert_eq!(
            found(Query {
                what: "link.".to_owned(),
                kind: "link".to_owned(),
                ..Query::default()
            })
            .await
            .len(),
            2
        );
        let about = Query {
            subject: Some(berlin),
            ..Query::default()
        };
        assert_eq!(found(about).await, ["Berlin"]);
        let between = Query {
            from: Some(at(2)),
            until: Some(at(3)),
            ..Query::default()
        };
        assert_eq!(found(between).await, ["Core 100%"]);
    }

    #[test]
    fn a_change_is_told_field_by_field() {
        let entry = audit_entry::Model {
            tenant_id: entity::TenantId::new(),
            id: entity::AuditEntryId::new(),
            at: DateTime::UNIX_EPOCH,
            actor_kind: audit::ActorKind::Staff,
            actor_id: None,
            actor_name: String::new(),
            address: None,
            request_id: None,
            action: "link.change".to_owned(),
            subject_kind: "link".to_owned(),
            subject_id: None,
            subject_name: String::new(),
            before: Some(json!({ "name": "a", "notes": "", "gone": 1, "enabled": true })),
            after: Some(json!({ "name": "b", "notes": null, "days": ["8-9", ""], "enabled": false })),
        };
        let told: Vec<_> = changes(&entry)
            .into_iter()
            .map(|change| (change.field, change.old, change.new))
            .collect();
        let some = |value: Value| Some(value);
        assert_eq!(
            told,
            [
                ("days".to_owned(), None, some(json!(["8-9", ""]))),
                ("enabled".to_owned(), some(json!(true)), some(json!(false))),
                ("gone".to_owned(), some(json!(1)), None),
                ("name".to_owned(), some(json!("a")), some(json!("b"))),
            ]
        );
    }
}
