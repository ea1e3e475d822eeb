//! Making orders, confirming them, taking them back, reading what became of them.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    ClientId, ContaboAccountId, ContaboOrderId, Db, InstanceId, Tenant, TenantId, client, contabo_account,
    contabo_order::{self, Column, OrderState},
    contabo_resource, instance,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, DbErr, ExprTrait, Order, sea_query::Expr};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    next::{SENT_WITHIN, stage},
    offer::{quote, quote_of_server},
    secrets::{is_same_text, passwords, seal, user_data_place},
    typed::{NewOrder, Reason},
    wanted::Wanted,
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        audit_log::{holds, text_holds},
        calendar,
        contabo::{
            actions::{self, Passwords},
            catalogue::{Catalogue, Quote, STORAGE, Side},
            instances::Details,
            quotas::{self, Full},
            resources::{Kind, Storage},
        },
        typed::{ChangeError, Rejected},
    },
    keyring::{Keyring, KeyringError},
    work::{contabo::PlaceOrder, queue::enqueue},
};

/// Why nothing was ordered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed, or what is there.
    #[error(transparent)]
    Change(#[from] ChangeError<Reason>),
    /// The account is switched off or put away.
    #[error("the account is switched off")]
    AccountOff,
    /// The price list has changed since the sum was shown; the order now has the new one.
    #[error("the prices have changed")]
    PriceChanged,
    /// The product may no longer be ordered.
    #[error("the product can't be ordered any more")]
    NotOffered,
    /// A quota, of the client or the provider, would be exceeded.
    #[error("a quota is full: {0:?}")]
    Full(Full),
    /// A secret could not be sealed or opened.
    #[error("a secret can't be sealed")]
    Keyring(#[from] KeyringError),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Change(error.into())
    }
}

pub(super) fn not_found() -> Error {
    ChangeError::NotFound.into()
}

pub(super) fn conflict() -> Error {
    ChangeError::Conflict.into()
}

fn reject(field: &'static str, reason: Reason) -> Error {
    ChangeError::from(Rejected::one(field, reason)).into()
}

/// Keeps what was filled in, with what it comes to. Nothing is ordered before it is confirmed. The same form sent again is
/// the same order.
///
/// # Errors
/// Any [`Error`] but [`Error::PriceChanged`].
pub async fn draft(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    order: NewOrder,
) -> Result<ContaboOrderId, Error> {
    let rows = db.begin(tenant).await?;
    let id = draft_within(&rows, keyring, actor, now, order).await?;
    rows.commit().await?;
    Ok(id)
}

/// The same in the caller's transaction.
///
/// # Errors
/// As [`draft`].
pub async fn draft_within(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    actor: &Actor,
    now: DateTime<Utc>,
    order: NewOrder,
) -> Result<ContaboOrderId, Error> {
    let (id, tenant) = (order.id, rows.id());
    account_of(rows, order.account).await?;
    if let Some(there) = rows.get::<contabo_order::Entity>(id).await? {
        let is_same = there.contabo_account_id == order.account
            && there.client_id == order.client
            && there.display_name == order.display_name
            && there.wanted == as_json(&order.wanted)?
            && is_same_text(keyring, &there, &order)?;
        // Another one under the same number: the form was gone back to and changed. What was shown is not what is meant.
        return if is_same { Ok(id) } else { Err(conflict()) };
    }
    if let Some(client) = order.client {
        client_of(rows, client).await?;
    }
    is_free(rows, order.account, &order.display_name, &order.wanted, id).await?;
    within_quota(rows, order.client, &order.wanted).await?;
    let price = priced(rows, &order.wanted, now).await?;
    let user_data = order
        .user_data
        .map(|text| keyring.seal(user_data_place(tenant, id), &text));
    let made_up = Passwords {
        of_system: None,
        others: order.made_up,
    };
    let row = contabo_order::ActiveModel {
        id: Set(id),
        contabo_account_id: Set(order.account),
        client_id: Set(order.client),
        display_name: Set(order.display_name),
        wanted: Set(as_json(&order.wanted)?),
        user_data_sealed: Set(user_data.transpose()?),
        secret_sealed: Set(seal(keyring, tenant, id, &made_up)?),
        price: Set(as_json(&price)?),
        state: Set(OrderState::Draft),
        stage: Set(stage::WAITING.to_owned()),
        request_id: Set(Uuid::new_v4()),
        ordered_by: Set(actor.id),
        ordered_by_name: Set(actor.name.clone()),
        ordered_at: Set(now),
        confirmed_by_name: Set(None),
        confirmed_at: Set(None),
        deadline_at: Set(None),
        sent_at: Set(None),
        accepted_at: Set(None),
        ended_at: Set(None),
        contabo_id: Set(None),
        instance_id: Set(None),
        contabo_says: Set(None),
        error: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<contabo_order::Entity, _>(row).await?;
    let after = fields(&row, &order.wanted);
    audit::record(
        rows,
        actor,
        now,
        "contabo_order.draft",
        subject(&row),
        None,
        Some(after),
    )
    .await?;
    rows.servers_changed().await?;
    Ok(id)
}

/// Orders it, once: whoever confirms it again changes nothing. Wake the queue afterwards.
///
/// # Errors
/// [`Error::PriceChanged`] when the list says something else than what was shown: then that is kept to be shown.
pub async fn confirm(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboOrderId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let confirmed = confirm_within(&rows, keyring, actor, now, id).await;
    // A new price is kept, to be shown.
    if matches!(confirmed, Ok(()) | Err(Error::PriceChanged)) {
        rows.commit().await?;
    }
    confirmed
}

/// The same in the caller's transaction, which is to be committed after [`Error::PriceChanged`], too.
///
/// # Errors
/// As [`confirm`].
pub async fn confirm_within(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboOrderId,
) -> Result<(), Error> {
    let tenant = rows.id();
    let seen = rows.get::<contabo_order::Entity>(id).await?.ok_or_else(not_found)?;
    // The account first: two orders of one name are confirmed one after the other.
    account_of(rows, seen.contabo_account_id).await?;
    let row = rows.lock::<contabo_order::Entity>(id).await?.ok_or_else(not_found)?;
    match row.state {
        OrderState::Draft => {}
        OrderState::Withdrawn => return Err(conflict()),
        _ => return Ok(()),
    }
    let wanted = Wanted::of(&row).map_err(|_| conflict())?;
    if let Some(client) = row.client_id {
        client_of(rows, client).await?;
    }
    is_free(rows, row.contabo_account_id, &row.display_name, &wanted, id).await?;
    within_quota(rows, row.client_id, &wanted).await?;
    let price = as_json(&priced(rows, &wanted, now).await?)?;
    if price != row.price {
        let change = contabo_order::ActiveModel {
            id: Set(id),
            price: Set(price),
            ..Default::default()
        };
        rows.update::<contabo_order::Entity, _>(change).await?;
        return Err(Error::PriceChanged);
    }
    // Whoever has put in a key needs no password.
    let needs_password = matches!(&wanted, Wanted::Instance(instance) if instance.ssh_keys.is_empty());
    let password = needs_password.then(actions::generate).transpose();
    let passwords = Passwords {
        of_system: password.map_err(|_| KeyringError::Random)?,
        others: passwords(keyring, &row)?.others,
    };
    let change = contabo_order::ActiveModel {
        id: Set(id),
        state: Set(OrderState::Queued),
        secret_sealed: Set(seal(keyring, tenant, id, &passwords)?),
        confirmed_by_name: Set(Some(actor.name.clone())),
        confirmed_at: Set(Some(now)),
        deadline_at: Set(Some(now + SENT_WITHIN)),
        ..Default::default()
    };
    let row = rows.update::<contabo_order::Entity, _>(change).await?;
    let after = fields(&row, &wanted);
    audit::record(
        rows,
        actor,
        now,
        "contabo_order.confirm",
        subject(&row),
        None,
        Some(after),
    )
    .await?;
    enqueue(rows, &PlaceOrder { order: id }, now, Some(PlaceOrder::key(id))).await?;
    rows.servers_changed().await?;
    Ok(())
}

/// Takes back what was not sent.
///
/// # Errors
/// [`ChangeError::Conflict`] once it may have been sent.
pub async fn withdraw(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboOrderId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    withdraw_within(&rows, actor, now, id).await?;
    Ok(rows.commit().await?)
}

/// The same in the caller's transaction.
///
/// # Errors
/// As [`withdraw`].
pub async fn withdraw_within(
    rows: &Tenant<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboOrderId,
) -> Result<(), Error> {
    let row = rows.lock::<contabo_order::Entity>(id).await?.ok_or_else(not_found)?;
    if !can_be_withdrawn(&row) {
        return Err(conflict());
    }
    let change = contabo_order::ActiveModel {
        id: Set(id),
        state: Set(OrderState::Withdrawn),
        stage: Set(stage::ENDED.to_owned()),
        user_data_sealed: Set(None),
        secret_sealed: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    rows.update::<contabo_order::Entity, _>(change).await?;
    audit::record(rows, actor, now, "contabo_order.withdraw", subject(&row), None, None).await?;
    rows.servers_changed().await?;
    Ok(())
}

/// Whether nothing can have been ordered by it yet, and nothing has to be.
#[must_use]
pub fn can_be_withdrawn(row: &contabo_order::Model) -> bool {
    match row.state {
        OrderState::Draft | OrderState::Queued => true,
        OrderState::Placing => row.sent_at.is_none(),
        _ => false,
    }
}

/// Whether something is still to become of it.
#[must_use]
pub fn is_open(row: &contabo_order::Model) -> bool {
    OPEN.contains(&row.state)
}

/// The states of orders that something is still to become of.
pub const OPEN: [OrderState; 3] = [OrderState::Queued, OrderState::Placing, OrderState::Following];

/// Of one that has ended: whether Contabo may have what was ordered. Where it is certain that it took nothing, the order
/// counts as never sent.
#[must_use]
pub fn may_be_there(row: &contabo_order::Model) -> bool {
    row.contabo_id.is_some() || row.instance_id.is_some() || row.sent_at.is_some()
}

/// All orders, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(rows: &Tenant<'_>) -> Result<Vec<contabo_order::Model>, DbErr> {
    let all = rows
        .find::<contabo_order::Entity>()
        .order_by(Column::OrderedAt, Order::Desc);
    all.order_by(Column::Id, Order::Desc).all().await
}

/// Which orders are looked for. What is empty matches everything.
#[derive(Clone, Debug, Default)]
pub struct Sought<'q> {
    /// Part of the name, the plan, the region or the client's name, in any case.
    pub search: &'q str,
    /// The clients whose names have it.
    pub clients: Vec<ClientId>,
    pub states: &'q [OrderState],
    pub account: Option<ContaboAccountId>,
}

impl Sought<'_> {
    fn condition(&self) -> Condition {
        let search = (!self.search.trim().is_empty()).then(|| {
            // Both databases read JSON so.
            let said = ["wanted ->> 'product_name'", "wanted ->> 'region'"].map(Expr::cust);
            said.into_iter()
                .map(|text| text_holds(text, self.search))
                .fold(Condition::any(), Condition::add)
                .add(holds(Column::DisplayName, self.search))
                .add(Column::ClientId.is_in(self.clients.iter().copied()))
        });
        Condition::all()
            .add_option(search)
            .add_option((!self.states.is_empty()).then(|| Column::State.is_in(self.states.iter().copied())))
            .add_option(self.account.map(|account| Column::ContaboAccountId.eq(account)))
    }
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(rows: &Tenant<'_>, sought: &Sought<'_>) -> Result<usize, DbErr> {
    let found = rows.find::<contabo_order::Entity>().filter(sought.condition());
    Ok(usize::try_from(found.count().await?).unwrap_or(usize::MAX))
}

/// Some of them, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    rows: &Tenant<'_>,
    sought: &Sought<'_>,
    range: Range<usize>,
) -> Result<Vec<contabo_order::Model>, DbErr> {
    rows.find::<contabo_order::Entity>()
        .filter(sought.condition())
        .order_by(Column::OrderedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .offset(range.start as u64)
        .limit(range.len() as u64)
        .all()
        .await
}

/// The orders in an account of which nothing has come yet, drafts among them, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<Vec<contabo_order::Model>, DbErr> {
    let waiting = [OrderState::Draft, OrderState::Queued, OrderState::Placing];
    rows.find::<contabo_order::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::State.is_in(waiting))
        .order_by(Column::OrderedAt, Order::Asc)
        .all()
        .await
}

/// The order that an instance came of, if it was ordered here.
///
/// # Errors
/// When the database does not answer.
pub async fn of_instance(rows: &Tenant<'_>, instance: InstanceId) -> Result<Option<contabo_order::Model>, DbErr> {
    let of_it = rows
        .find::<contabo_order::Entity>()
        .filter(Column::InstanceId.eq(instance));
    of_it.order_by(Column::OrderedAt, Order::Desc).one().await
}

/// As [`quote_of_server`], of one server as it is now.
///
/// # Errors
/// When the database does not answer.
pub async fn of_server(
    rows: &Tenant<'_>,
    instance: InstanceId,
    details: &Details,
    day: NaiveDate,
) -> Result<Option<Quote>, DbErr> {
    let catalogue = Catalogue::load(rows).await?;
    let order = of_instance(rows, instance).await?;
    let bought = actions::bought(rows, Some(instance)).await?;
    let bought: Vec<_> = bought.iter().collect();
    let bought = (bought.as_slice(), DateTime::<Utc>::MAX_UTC);
    Ok(quote_of_server(&catalogue, order.as_ref(), details, bought, day))
}

/// What the order was ordered at.
#[must_use]
pub fn price(row: &contabo_order::Model) -> Quote {
    serde_json::from_value(row.price.clone()).unwrap_or_default()
}

/// Gives a storage that was ordered to its client, unless somebody has it already.
///
/// # Errors
/// When the database does not answer.
pub async fn give_storage(
    db: &Db,
    actor: &Actor,
    now: DateTime<Utc>,
    row: &contabo_order::Model,
    contabo_id: &str,
) -> Result<(), DbErr> {
    use contabo_resource::Column;
    let Some(client) = row.client_id else { return Ok(()) };
    let rows = db.begin(row.tenant_id).await?;
    // As a reading does, which would take it away again.
    rows.lock::<contabo_account::Entity>(row.contabo_account_id).await?;
    let nobodys = Column::ContaboAccountId
        .eq(row.contabo_account_id)
        .and(Column::Kind.eq(Storage::NAME))
        .and(Column::ContaboId.eq(contabo_id))
        .and(Column::ClientId.is_null());
    let given = [
        (Column::ClientId, Expr::value(client)),
        (Column::AssignedAt, Expr::value(now)),
    ];
    if rows.update_where::<contabo_resource::Entity>(nobodys, given).await? > 0 {
        let after = json!({ "client": client });
        audit::record(
            &rows,
            actor,
            now,
            "contabo_order.assign",
            subject(row),
            None,
            Some(after),
        )
        .await?;
        rows.servers_changed().await?;
    }
    rows.commit().await
}

fn as_json(value: &impl Serialize) -> Result<Value, DbErr> {
    serde_json::to_value(value).map_err(|error| DbErr::Json(error.to_string()))
}

pub(super) fn subject(row: &contabo_order::Model) -> Subject<'_> {
    Subject {
        kind: "contabo order",
        id: Some(row.id.0),
        name: &row.display_name,
    }
}

/// What the log says of it: in words that people read, and nothing of what is to be run.
fn fields(row: &contabo_order::Model, wanted: &Wanted) -> Value {
    let (price, client) = (price(row), row.client_id);
    let month = |side| price.total(side).ok().map(|amount| amount.month().to_string());
    let (cost_month, sales_month) = (month(Side::Cost), month(Side::Sales));
    match wanted {
        Wanted::Instance(instance) => json!({
            "client": client, "product": instance.product_id, "region": instance.region, "months": instance.months,
            "image": instance.image_name, "add_ons": instance.add_ons,
            "template": instance.template.as_ref().map(|from| format!("{}, {}", from.name, from.version)), "cost_month": cost_month,
            "sales_month": sales_month,
        }),
        Wanted::Storage(storage) => json!({
            "client": client, "size": format!("{} TB", super::Storage::tb(storage.steps)), "region": storage.region,
            "cost_month": cost_month, "sales_month": sales_month,
        }),
    }
}

async fn account_of(rows: &Tenant<'_>, id: ContaboAccountId) -> Result<(), Error> {
    let account = rows.lock::<contabo_account::Entity>(id).await?.ok_or_else(not_found)?;
    match account.enabled && account.archived_at.is_none() {
        true => Ok(()),
        false => Err(Error::AccountOff),
    }
}

async fn client_of(rows: &Tenant<'_>, id: ClientId) -> Result<(), Error> {
    let client = rows.lock::<client::Entity>(id).await?;
    match client.is_some_and(|row| row.archived_at.is_none()) {
        true => Ok(()),
        false => Err(reject("client", Reason::NotAChoice)),
    }
}

async fn within_quota(rows: &Tenant<'_>, client: Option<ClientId>, wanted: &Wanted) -> Result<(), Error> {
    match quotas::full_for_order(rows, client, wanted).await? {
        Some(full) => Err(Error::Full(full)),
        None => Ok(()),
    }
}

/// What it comes to today, if all of it may still be ordered.
async fn priced(rows: &Tenant<'_>, wanted: &Wanted, now: DateTime<Utc>) -> Result<Quote, Error> {
    let catalogue = Catalogue::load(rows).await?;
    let mut ids: Vec<&str> = Vec::new();
    match wanted {
        Wanted::Instance(instance) => {
            ids.push(&instance.product_id);
            ids.extend(instance.add_ons.iter().map(String::as_str));
        }
        Wanted::Storage(_) => ids.push(STORAGE),
    }
    if !ids
        .iter()
        .all(|id| catalogue.product(id).is_some_and(|product| product.orderable))
    {
        return Err(Error::NotOffered);
    }
    let zone = rows.own().await?.zone.parse().unwrap_or(chrono_tz::UTC);
    Ok(quote(&catalogue, wanted, calendar::day_at(now, zone)))
}

/// That nothing in the account is called so, and no other order by this name is under way: what can't be told apart can't
/// be found again. Contabo compares names in a way that it does not say, so here case does not tell them apart.
async fn is_free(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    name: &str,
    wanted: &Wanted,
    but: ContaboOrderId,
) -> Result<(), Error> {
    let is_same = |other: &str| other.trim().to_lowercase() == name.to_lowercase();
    let orders = rows
        .find::<contabo_order::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::State.is_in([OrderState::Queued, OrderState::Placing, OrderState::Following]))
        .all()
        .await?;
    let ordered = orders.iter().any(|row| {
        let same_kind = Wanted::of(row).is_ok_and(|other| other.kind() == wanted.kind());
        row.id != but && same_kind && is_same(&row.display_name)
    });
    let there = match wanted {
        Wanted::Instance(_) => {
            let all = rows
                .find::<instance::Entity>()
                .filter(instance::Column::ContaboAccountId.eq(account));
            let all = all.filter(instance::Column::GoneAt.is_null()).all().await?;
            all.iter().any(|row| is_same(&row.display_name))
        }
        Wanted::Storage(_) => {
            let all = rows
                .find::<contabo_resource::Entity>()
                .filter(contabo_resource::Column::Kind.eq(Storage::NAME));
            let all = all.filter(contabo_resource::Column::ContaboAccountId.eq(account));
            let all = all.filter(contabo_resource::Column::GoneAt.is_null()).all().await?;
            all.iter().any(|row| is_same(&row.name))
        }
    };
    match ordered || there {
        true => Err(reject("display_name", Reason::NameTaken)),
        false => Ok(()),
    }
}
