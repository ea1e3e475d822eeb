//! The instances on the board, each with what is under way on it.

use std::{collections::HashMap, sync::Arc};

use entity::{InstanceId, Tenant, action, action::ActionState, contabo_account, instance};
use sea_orm::{ColumnTrait, DbErr, Order};

use crate::domain::contabo::instances::{Details, Status};

/// An instance with what is under way on it.
#[derive(Clone, Debug)]
pub struct InstanceNow {
    /// As it was last seen. Those that are gone are not on the board.
    pub instance: instance::Model,
    /// The rest of what Contabo says of it, read once.
    pub details: Details,
    pub status: Status,
    /// What was asked and has not ended, in the order of asking: the first is the one that runs.
    pub open: Arc<[action::Model]>,
}

/// The instances of a tenant.
pub(super) type Instances = HashMap<InstanceId, Arc<InstanceNow>>;

/// All of them.
pub(super) async fn load(rows: &Tenant<'_>) -> Result<Instances, DbErr> {
    with_changes(rows, &Instances::new(), 0).await
}

/// Whether there is an account at Contabo that is in use.
pub(super) async fn has_account(rows: &Tenant<'_>) -> Result<bool, DbErr> {
    let one = rows
        .find::<contabo_account::Entity>()
        .filter(contabo_account::Column::ArchivedAt.is_null())
        .one();
    Ok(one.await?.is_some())
}

/// `old` with what has changed since `seq`.
pub(super) async fn with_changes(rows: &Tenant<'_>, old: &Instances, seq: i64) -> Result<Instances, DbErr> {
    let newer = rows
        .find::<instance::Entity>()
        .filter(instance::Column::Seq.gt(seq))
        .all()
        .await?;
    let open = rows
        .find::<action::Entity>()
        .filter(action::Column::State.is_in([ActionState::Queued, ActionState::Running]))
        .filter(action::Column::InstanceId.is_not_null())
        .order_by(action::Column::AskedAt, Order::Asc)
        .order_by(action::Column::Id, Order::Asc)
        .all()
        .await?;
    let mut actions: HashMap<InstanceId, Vec<action::Model>> = HashMap::new();
    for action in open {
        if let Some(instance) = action.instance_id {
            actions.entry(instance).or_default().push(action);
        }
    }
    let mut new = old.clone();
    for instance in newer {
        if instance.gone_at.is_some() {
            new.remove(&instance.id);
            continue;
        }
        let now = InstanceNow {
            details: Details::of(&instance),
            status: Status::of(&instance.status),
            open: Arc::default(),
            instance,
        };
        new.insert(now.instance.id, Arc::new(now));
    }
    for (id, now) in &mut new {
        let open = actions.remove(id).unwrap_or_default();
        if *now.open != open {
            *now = Arc::new(InstanceNow {
                open: open.into(),
                ..InstanceNow::clone(now)
            });
        }
    }
    Ok(new)
}
