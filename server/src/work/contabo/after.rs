//! What follows when an order or an action has ended, in the transaction that keeps that: a task for staff where it failed
//! and nobody waits for it, the end of such a task where it was done, and a letter to the client.

use chrono::{DateTime, Utc};
use entity::{
    ContaboOrderId, Tenant, action, contabo_account, contabo_order, instance,
    service::{self, Column},
};
use sea_orm::{ColumnTrait, DbErr};

use super::TellOfServer;
use crate::domain::{
    audit::Subject,
    contabo::{
        actions::{Kind, ThingAsked},
        letters::News,
        orders::Wanted,
        schedules,
        services::task_key as of_service,
    },
    tasks::{self, Trouble},
};

/// After an order has ended as `row` says.
pub(super) async fn of_order(rows: &Tenant<'_>, row: &contabo_order::Model, now: DateTime<Utc>) -> Result<(), DbErr> {
    let service = rows.find::<service::Entity>().filter(Column::ContaboOrderId.eq(row.id));
    let service = service.one().await?;
    let key = match &service {
        Some(service) => of_service(service),
        // Ordered again by the same name, it is the same task that comes right.
        None => format!("order:{}:{}", row.contabo_account_id, row.display_name.to_lowercase()),
    };
    let Some(reason) = &row.error else {
        tasks::come_right(rows, now, &key).await?;
        return welcome(rows, row, now).await;
    };
    let trouble = Trouble {
        key: &key,
        kind: tasks::Kind::Order,
        what: service.as_ref().map_or("", |service| service.reference.as_str()),
        subject: Subject {
            kind: "contabo order",
            id: Some(row.id.0),
            name: &row.display_name,
        },
        reason,
    };
    tasks::raise(rows, now, &trouble).await
}

/// As [`of_order`], where nobody is left to say what time it is: it is that of the last thing that was done for it.
pub(super) async fn of_order_given_up(rows: &Tenant<'_>, id: ContaboOrderId) -> Result<(), DbErr> {
    let Some(row) = rows.get::<contabo_order::Entity>(id).await? else {
        return Ok(());
    };
    let times = [row.accepted_at, row.sent_at, row.confirmed_at];
    let last = times.into_iter().flatten().max().unwrap_or(row.ordered_at);
    of_order(rows, &row, last).await
}

/// As [`of_order`], of one that was just changed.
pub(super) async fn of_order_by_id(rows: &Tenant<'_>, id: ContaboOrderId, now: DateTime<Utc>) -> Result<(), DbErr> {
    match rows.get::<contabo_order::Entity>(id).await? {
        Some(row) => of_order(rows, &row, now).await,
        None => Ok(()),
    }
}

/// The client's people hear of a new server when it is ready and theirs.
async fn welcome(rows: &Tenant<'_>, row: &contabo_order::Model, now: DateTime<Utc>) -> Result<(), DbErr> {
    let (Some(client), Some(id), Ok(Wanted::Instance(_))) = (row.client_id, row.instance_id, Wanted::of(row)) else {
        return Ok(());
    };
    let server = rows.get::<instance::Entity>(id).await?;
    match server.is_some_and(|server| server.client_id == Some(client)) {
        true => TellOfServer::enqueue(rows, id, client, News::Welcome, now).await,
        false => Ok(()),
    }
}

/// After an action has ended: `error` says why it failed.
pub(super) async fn of_action(
    rows: &Tenant<'_>,
    row: &action::Model,
    now: DateTime<Utc>,
    error: Option<&str>,
) -> Result<(), DbErr> {
    let service = rows.find::<service::Entity>().filter(Column::ActionId.eq(row.id));
    let service = service.one().await?;
    let about = row.instance_id.map_or_else(
        || {
            let thing = [row.thing_kind.as_deref(), row.thing_id.as_deref()];
            format!(
                "{}:{}",
                row.contabo_account_id,
                thing.map(Option::unwrap_or_default).join(":")
            )
        },
        |id| id.to_string(),
    );
    let key = format!("action:{about}:{}", row.kind);
    // Whatever keeps a schedule from its times is one task.
    let schedule = match (&service, row.asked_by) {
        (None, None) => schedules::asking(rows, row.id).await?,
        _ => None,
    };
    let Some(reason) = error else {
        tasks::come_right(rows, now, &key).await?;
        if let Some(service) = &service {
            tasks::come_right(rows, now, &of_service(service)).await?;
        }
        if let Some(schedule) = &schedule {
            tasks::come_right(rows, now, &schedules::task_key(schedule.id)).await?;
        }
        return tell(rows, row, now).await;
    };
    // Who asked by hand sees it on the page where they asked.
    if service.is_none() && row.asked_by.is_some() {
        return Ok(());
    }
    let (subject_kind, id, name) = subject(rows, row).await?;
    let (key, kind) = match (&service, &schedule) {
        (Some(service), _) => (of_service(service), tasks::Kind::Service),
        (None, Some(schedule)) => (schedules::task_key(schedule.id), tasks::Kind::Schedule),
        (None, None) => (key, tasks::Kind::Action),
    };
    let trouble = Trouble {
        key: &key,
        kind,
        what: &row.kind,
        subject: Subject {
            kind: subject_kind,
            id: Some(id),
            name: &name,
        },
        reason,
    };
    tasks::raise(rows, now, &trouble).await
}

/// The server that an action is about, or the account with the name of the thing.
async fn subject(rows: &Tenant<'_>, row: &action::Model) -> Result<(&'static str, uuid::Uuid, String), DbErr> {
    if let Some(id) = row.instance_id {
        let server = rows.get::<instance::Entity>(id).await?;
        let name = server.map(|server| match server.display_name.trim() {
            "" => server.name.clone(),
            name => name.to_owned(),
        });
        return Ok(("instance", id.0, name.unwrap_or_default()));
    }
    let name = match ThingAsked::of(row) {
        Ok(asked) => asked.about().name.to_owned(),
        Err(_) => {
            let account = rows.get::<contabo_account::Entity>(row.contabo_account_id).await?;
            account.map(|account| account.name).unwrap_or_default()
        }
    };
    Ok(("contabo account", row.contabo_account_id.0, name))
}

/// The client whose server it is hears of what changes it for good.
async fn tell(rows: &Tenant<'_>, row: &action::Model, now: DateTime<Utc>) -> Result<(), DbErr> {
    let news = match Kind::named(&row.kind) {
        Some(Kind::Cancel) => News::Cancelled,
        Some(Kind::Reinstall) => News::Reinstalled,
        _ => return Ok(()),
    };
    let Some(id) = row.instance_id else { return Ok(()) };
    let server = rows.get::<instance::Entity>(id).await?;
    match server.and_then(|server| server.client_id) {
        Some(client) => TellOfServer::enqueue(rows, id, client, news, now).await,
        None => Ok(()),
    }
}
