//! Tasks: what went wrong that nobody asked for by hand, so that nobody would notice, until staff say that they dealt
//! with it, or it comes right by itself.
//!
//! Who finds something wrong calls [`raise`] in the transaction that keeps it, as often as it is found: by its key it is
//! one task. Who finds it right calls [`come_right`]. What a task means in words, and where it leads, is its page's.

use chrono::{DateTime, Utc};
use entity::{
    Db, TaskId, Tenant, TenantId,
    task::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait, Order};
use serde_json::json;

use super::{
    audit::{self, Actor, Subject},
    typed::ChangeError,
};

/// Characters of a reason.
const MOST_REASON: usize = 2_000;

/// Why a task was not settled. Nothing is typed, so nothing is rejected.
pub type Error = ChangeError<std::convert::Infallible>;

/// What a task is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing came of an order, or it is not known what.
    Order,
    /// Something that was asked of a provider, as another program wants it, was not done.
    Action,
    /// The same, of a service that a billing system runs.
    Service,
    /// A time of a schedule at which it was not done, whatever kept it from it.
    Schedule,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Order, Self::Action, Self::Service, Self::Schedule];

    /// The name in the table and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Action => "action",
            Self::Service => "service",
            Self::Schedule => "schedule",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Something to see to.
#[derive(Clone, Debug)]
pub struct Trouble<'a> {
    /// What makes it the same when it is found again.
    pub key: &'a str,
    pub kind: Kind,
    /// What was to be done, as the kind knows it; may be empty.
    pub what: &'a str,
    /// Where to go.
    pub subject: Subject<'a>,
    /// What went wrong, as it was said.
    pub reason: &'a str,
}

/// Raises a task in the caller's transaction; one that is open with this key is raised once more.
///
/// # Errors
/// When the database refuses.
pub async fn raise(rows: &Tenant<'_>, now: DateTime<Utc>, trouble: &Trouble<'_>) -> Result<(), DbErr> {
    let reason: String = trouble.reason.chars().take(MOST_REASON).collect();
    let new = task::ActiveModel {
        id: Set(TaskId::new()),
        key: Set(trouble.key.to_owned()),
        kind: Set(trouble.kind.name().to_owned()),
        what: Set(trouble.what.to_owned()),
        subject_kind: Set(trouble.subject.kind.to_owned()),
        subject_id: Set(trouble.subject.id),
        subject_name: Set(trouble.subject.name.to_owned()),
        reason: Set(reason.clone()),
        times: Set(1),
        raised_at: Set(now),
        last_at: Set(now),
        settled_at: Set(None),
        settled_by_name: Set(None),
        ..Default::default()
    };
    if !rows.insert_unless_there::<task::Entity, _>(new).await?
        && let Some(open) = open_with(rows, trouble.key).await?
    {
        let again = task::ActiveModel {
            id: Set(open.id),
            kind: Set(trouble.kind.name().to_owned()),
            what: Set(trouble.what.to_owned()),
            subject_kind: Set(trouble.subject.kind.to_owned()),
            subject_id: Set(trouble.subject.id),
            subject_name: Set(trouble.subject.name.to_owned()),
            reason: Set(reason),
            times: Set(open.times.saturating_add(1)),
            last_at: Set(now),
            ..Default::default()
        };
        rows.update::<task::Entity, _>(again).await?;
    }
    let after = json!({ "kind": trouble.kind.name(), "reason": trouble.reason });
    let actor = Actor::system("tasks");
    audit::record(rows, &actor, now, "task.raise", trouble.subject, None, Some(after)).await
}

/// Settles the task of this key, if one is open, in the caller's transaction: what it was about has come right.
///
/// # Errors
/// When the database refuses.
pub async fn come_right(rows: &Tenant<'_>, now: DateTime<Utc>, key: &str) -> Result<(), DbErr> {
    let Some(open) = open_with(rows, key).await? else {
        return Ok(());
    };
    end(rows, &Actor::system("tasks"), now, &open, None).await
}

/// Settles the task of this key, if one is open, in the caller's transaction: somebody ended what it was about.
///
/// # Errors
/// When the database refuses.
pub async fn dealt_with(rows: &Tenant<'_>, actor: &Actor, now: DateTime<Utc>, key: &str) -> Result<(), DbErr> {
    let Some(open) = open_with(rows, key).await? else {
        return Ok(());
    };
    end(rows, actor, now, &open, Some(actor.name.clone())).await
}

/// Settles a task that somebody on the staff dealt with; one that is settled stays as it is.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn settle(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: TaskId) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    // First, as whoever raises tasks and lets them come right does.
    rows.servers_changed().await?;
    let row = rows.lock::<task::Entity>(id).await?.ok_or(Error::NotFound)?;
    if row.settled_at.is_none() {
        end(&rows, actor, now, &row, Some(actor.name.clone())).await?;
    }
    Ok(rows.commit().await?)
}

async fn end(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    row: &task::Model,
    by: Option<String>,
) -> Result<(), DbErr> {
    let change = task::ActiveModel {
        id: Set(row.id),
        settled_at: Set(Some(now)),
        settled_by_name: Set(by),
        ..Default::default()
    };
    rows.update::<task::Entity, _>(change).await?;
    let subject = Subject {
        kind: "task",
        id: Some(row.id.0),
        name: &row.subject_name,
    };
    let after = json!({ "kind": row.kind, "reason": row.reason });
    audit::record(rows, actor, now, "task.settle", subject, None, Some(after)).await
}

async fn open_with(rows: &Tenant<'_>, key: &str) -> Result<Option<task::Model>, DbErr> {
    let open = Column::Key.eq(key).and(Column::SettledAt.is_null());
    rows.find::<task::Entity>().filter(open).one().await
}

/// All that are open, the newest first; or all that ever were.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>, only_open: bool) -> Result<Vec<task::Model>, DbErr> {
    let mut found = rows.find::<task::Entity>();
    if only_open {
        found = found.filter(Column::SettledAt.is_null());
    }
    found
        .order_by(Column::LastAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all()
        .await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::{scratch_db, scratch_tenant};

    fn trouble<'a>(key: &'a str, reason: &'a str) -> Trouble<'a> {
        Trouble {
            key,
            kind: Kind::Action,
            what: "stop",
            subject: Subject {
                kind: "instance",
                id: None,
                name: "web-1",
            },
            reason,
        }
    }

    #[tokio::test]
    async fn the_same_is_one_task_until_it_is_settled() {
        let (db, _scratch) = scratch_db().await;
        let (north, south) = (scratch_tenant(&db, "north").await, scratch_tenant(&db, "south").await);
        let (rows, now) = (db.tenant(north), DateTime::UNIX_EPOCH);
        let later = now + TimeDelta::minutes(5);
        raise(&rows, now, &trouble("a", "first")).await.unwrap();
        raise(&rows, later, &trouble("a", "second")).await.unwrap();
        raise(&rows, now, &trouble("b", "other")).await.unwrap();
        let open = list(&rows, true).await.unwrap();
        let brief: Vec<_> = open
            .iter()
            .map(|row| (row.key.as_str(), row.times, row.reason.as_str()))
            .collect();
        assert_eq!(brief, [("a", 2, "second"), ("b", 1, "other")]);
        assert_eq!((open[0].raised_at, open[0].last_at), (now, later));
        assert!(list(&db.tenant(south), false).await.unwrap().is_empty());

        let actor = Actor::system("Alice");
        let forged = settle(&db, south, &actor, later, open[0].id).await;
        assert!(matches!(forged, Err(Error::NotFound)));
        settle(&db, north, &actor, later, open[0].id).await.unwrap();
        settle(&db, north, &Actor::system("Bob"), later, open[0].id)
            .await
            .unwrap();
        come_right(&rows, later, "b").await.unwrap();
        come_right(&rows, later, "nothing").await.unwrap();
        assert!(list(&rows, true).await.unwrap().is_empty());
        let all = list(&rows, false).await.unwrap();
        let by: Vec<_> = all.iter().map(|row| row.settled_by_name.as_deref()).collect();
        assert_eq!(by, [Some("Alice"), None]);
        // What comes back is a task of its own.
        raise(&rows, later, &trouble("a", "third")).await.unwrap();
        assert_eq!(list(&rows, true).await.unwrap().len(), 1);
        assert_eq!(list(&rows, false).await.unwrap().len(), 3);
    }
}
