//! Services as they are: their rows beside the order, the server and the action that say how far they are.

use entity::{
    ServiceId, Tenant, action,
    action::ActionState,
    client,
    contabo_order::{self, OrderState},
    instance,
    service::{self, Column, ServiceState},
};
use sea_orm::{ColumnTrait, Condition, DbErr, ExprTrait, Order};

use super::Error;
use crate::domain::contabo::orders;

/// A service with what says how far it is.
#[derive(Clone, Debug)]
pub struct Shown {
    pub row: service::Model,
    pub client: String,
    pub order: Option<contabo_order::Model>,
    pub instance: Option<instance::Model>,
    /// What was last asked of the server for it.
    pub step: Option<action::Model>,
}

/// How far what was last asked of a service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Its server is being ordered or made.
    Coming,
    /// Contabo is at it.
    UnderWay,
    /// It is as it shall be.
    Done,
    Failed(String),
}

impl Shown {
    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        if let Some(order) = self
            .order
            .as_ref()
            .filter(|_| self.row.state != ServiceState::Terminated)
        {
            if orders::is_open(order) {
                return Progress::Coming;
            }
            if self.instance.is_none() || (order.state == OrderState::Failed && self.step.is_none()) {
                return Progress::Failed(why_of(order));
            }
        }
        match &self.step {
            Some(step) if is_open(step) => Progress::UnderWay,
            Some(step) if has_failed(step) => Progress::Failed(step.error.clone().unwrap_or_default()),
            _ => Progress::Done,
        }
    }
}

pub(super) fn is_open(step: &action::Model) -> bool {
    matches!(step.state, ActionState::Queued | ActionState::Running)
}

/// What went wrong last with a service is one task, until something of it is done.
#[must_use]
pub fn task_key(service: &service::Model) -> String {
    format!("service:{}", service.id)
}

/// What was taken back was not done either.
pub(super) fn has_failed(step: &action::Model) -> bool {
    matches!(step.state, ActionState::Failed | ActionState::Withdrawn)
}

/// Why nothing came of an order.
pub(super) fn why_of(order: &contabo_order::Model) -> String {
    let taken_back = (order.state == OrderState::Withdrawn).then(|| "it was taken back".to_owned());
    order.error.clone().or(taken_back).unwrap_or_default()
}

/// One service, by its reference.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show(rows: &Tenant<'_>, reference: &str) -> Result<Shown, Error> {
    let found = rows
        .find::<service::Entity>()
        .filter(Column::Reference.eq(reference.trim()));
    let row = found.one().await?.ok_or(Error::NotFound)?;
    Ok(with_all(rows, row).await?)
}

/// All services, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<Shown>, DbErr> {
    let found = rows.find::<service::Entity>().order_by(Column::CreatedAt, Order::Desc);
    let mut all = Vec::new();
    for row in found.order_by(Column::Id, Order::Desc).all().await? {
        all.push(with_all(rows, row).await?);
    }
    Ok(all)
}

pub(super) async fn with_all(rows: &Tenant<'_>, row: service::Model) -> Result<Shown, DbErr> {
    let client = rows.get::<client::Entity>(row.client_id).await?;
    let order = match row.contabo_order_id {
        Some(id) => rows.get::<contabo_order::Entity>(id).await?,
        None => None,
    };
    let instance = row.instance_id.or(order.as_ref().and_then(|order| order.instance_id));
    let instance = match instance {
        Some(id) => rows.get::<instance::Entity>(id).await?,
        None => None,
    };
    let step = match row.action_id {
        Some(id) => rows.get::<action::Entity>(id).await?,
        None => None,
    };
    Ok(Shown {
        client: client.map(|row| row.name).unwrap_or_default(),
        row,
        order,
        instance,
        step,
    })
}

/// The service of this reference, locked until the end of the transaction.
pub(super) async fn locked(rows: &Tenant<'_>, reference: &str) -> Result<Option<service::Model>, DbErr> {
    let found = rows.find::<service::Entity>().filter(Column::Reference.eq(reference));
    let Some(row) = found.one().await? else { return Ok(None) };
    rows.lock::<service::Entity>(row.id).await
}

/// Another service that has the instance and has not ended.
pub(super) async fn other_with(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    but: ServiceId,
) -> Result<Option<service::Model>, DbErr> {
    let orders = rows
        .find::<contabo_order::Entity>()
        .filter(contabo_order::Column::InstanceId.eq(instance.id));
    let orders = orders.all().await?.into_iter().map(|order| order.id);
    let has_it = Condition::any()
        .add(Column::InstanceId.eq(instance.id))
        .add(Column::ContaboOrderId.is_in(orders));
    rows.find::<service::Entity>()
        .filter(Column::State.ne(ServiceState::Terminated).and(Column::Id.ne(but)))
        .filter(has_it)
        .one()
        .await
}
