//! Making a service: its server is ordered, or given, in the transaction that makes it.

use chrono::{DateTime, Utc};
use entity::{
    ClientId, ContaboOrderId, Db, ServiceId, Tenant, TenantId, contabo_order, instance,
    service::{self, ServiceState},
};
use sea_orm::{ActiveValue::Set, DbErr};
use serde_json::json;

use super::{
    Error, Ordered, Wish,
    store::{Shown, locked, other_with, why_of, with_all},
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::{
            catalogue::{Side, Unknown},
            instances,
            orders::{self, NewOrder, Wanted},
        },
        templates::{self, Values},
        typed::line,
    },
    keyring::Keyring,
};

/// A service to make.
#[derive(Debug)]
pub struct Create<'a> {
    /// The caller's own id of it.
    pub reference: &'a str,
    pub client: ClientId,
    pub wish: Wish,
    /// What the template's variables are, by their names; kept nowhere but in the sealed text.
    pub values: &'a [(String, String)],
    /// Order it although the price list does not say what it costs.
    pub without_price: bool,
    /// Order it anew where its order failed.
    pub again: bool,
}

/// Makes the service, or answers with that which the same call made before. Wake the queue afterwards.
///
/// # Errors
/// [`Error::Different`] and [`Error::Terminated`] of a reference that is used, and whatever keeps its server from being
/// ordered or given: then there is no service.
pub async fn create(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    create: Create<'_>,
) -> Result<Shown, Error> {
    let reference = line(create.reference, 100).map_err(|bad| Error::Text("id", bad))?;
    let wish = serde_json::to_value(&create.wish).map_err(|error| DbErr::Json(error.to_string()))?;
    let rows = db.begin(tenant).await?;
    let new = service::ActiveModel {
        id: Set(ServiceId::new()),
        reference: Set(reference.clone()),
        client_id: Set(create.client),
        wish: Set(wish.clone()),
        state: Set(ServiceState::Active),
        suspended_because: Set(None),
        contabo_order_id: Set(None),
        instance_id: Set(None),
        action_id: Set(None),
        created_at: Set(now),
        changed_at: Set(now),
        ..Default::default()
    };
    // Of two calls at once the second waits here, and then finds what the first made.
    let is_new = there_is(&rows, create.client).await? && rows.insert_unless_there::<service::Entity, _>(new).await?;
    let row = locked(&rows, &reference).await?.ok_or(Error::NoChoice("client"))?;
    if !is_new {
        if row.client_id != create.client || row.wish != wish {
            return Err(Error::Different);
        }
        if row.state == ServiceState::Terminated {
            return Err(Error::Terminated);
        }
        let there = with_all(&rows, row.clone()).await?;
        if !(create.again && may_order_again(&there)) {
            return Ok(there);
        }
    }
    let mut change = service::ActiveModel {
        id: Set(row.id),
        changed_at: Set(now),
        ..Default::default()
    };
    let action = if is_new { "service.create" } else { "service.again" };
    let mut after = json!({ "service": reference, "client": create.client });
    match &create.wish {
        Wish::Given { instance } => {
            let there = rows.lock::<instance::Entity>(*instance).await?;
            let there = there
                .filter(|row| row.gone_at.is_none())
                .ok_or(Error::NoChoice("server"))?;
            if there.client_id.is_some_and(|client| client != create.client) {
                return Err(Error::Taken);
            }
            if let Some(other) = other_with(&rows, &there, row.id).await? {
                return Err(Error::InUse(other.reference));
            }
            instances::assign_within(&rows, actor, now, there.id, Some(create.client)).await?;
            change.instance_id = Set(Some(there.id));
            after["server"] = json!(there.name);
        }
        Wish::Ordered(ordered) => {
            let id = order(&rows, keyring, actor, now, &create, ordered).await?;
            change.contabo_order_id = Set(Some(id));
            after["order"] = json!(ordered.display_name);
        }
    }
    let row = rows.update::<service::Entity, _>(change).await?;
    audit::record(&rows, actor, now, action, subject(&row), None, Some(after)).await?;
    rows.servers_changed().await?;
    let shown = with_all(&rows, row).await?;
    rows.commit().await?;
    Ok(shown)
}

async fn there_is(rows: &Tenant<'_>, client: ClientId) -> Result<bool, DbErr> {
    let client = rows.get::<entity::client::Entity>(client).await?;
    Ok(client.is_some_and(|row| row.archived_at.is_none()))
}

/// Only what certainly brought nothing is ordered once more.
fn may_order_again(there: &Shown) -> bool {
    let nothing_came = |order: &contabo_order::Model| !orders::is_open(order) && !orders::may_be_there(order);
    there.order.as_ref().is_some_and(nothing_came)
}

async fn order(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    actor: &Actor,
    now: DateTime<Utc>,
    create: &Create<'_>,
    ordered: &Ordered,
) -> Result<ContaboOrderId, Error> {
    let mut new = NewOrder {
        id: ContaboOrderId::new(),
        account: ordered.account,
        client: Some(create.client),
        display_name: line(&ordered.display_name, 255).map_err(|bad| Error::Text("name", bad))?,
        wanted: Wanted::Instance(chosen(rows, ordered).await?),
        user_data: None,
        made_up: Vec::new(),
    };
    if let Some(template) = ordered.template {
        let offered = templates::offered(rows, false).await?;
        let template = offered.into_iter().find(|one| one.id == template);
        let template = template.ok_or(Error::NoChoice("template"))?;
        let known = |name: &str| template.variables.iter().any(|variable| variable.name == name);
        if let Some((name, _)) = create.values.iter().find(|(name, _)| !known(name)) {
            return Err(Error::Value(name.clone()));
        }
        let given = template.variables.iter().map(|variable| {
            let set = create.values.iter().find(|(name, _)| *name == variable.name);
            set.map_or(variable.default.as_str(), |(_, value)| value.as_str())
        });
        let given: Vec<&str> = given.collect();
        let values = Values::read(&template.variables, |at, _| given.get(at).copied().unwrap_or_default());
        let values = values.map_err(|rejected| {
            let field = rejected.0.first().map(|(field, _)| *field);
            let mut pairs = template.variables.iter().zip(&templates::variables::FIELDS);
            let of = pairs.find(|(_, fields)| Some(fields.value) == field);
            Error::Value(of.map(|(variable, _)| variable.name.clone()).unwrap_or_default())
        })?;
        let made = templates::render(rows, template.id, template.version, &values, false).await?;
        made.into_order(&mut new);
    } else if let Some((name, _)) = create.values.first() {
        return Err(Error::Value(name.clone()));
    }
    let id = orders::draft_within(rows, keyring, actor, now, new).await?;
    let drafted = rows.get::<contabo_order::Entity>(id).await?.ok_or(Error::NotFound)?;
    // Nobody looks at the sum before it is ordered, so there must be one.
    if let Err(Unknown::NoPrice(what)) = orders::price(&drafted).total(Side::Cost)
        && !create.without_price
    {
        return Err(Error::NoPrice(what));
    }
    orders::confirm_within(rows, keyring, actor, now, id).await?;
    Ok(id)
}

/// What is ordered, if all of it is there to choose.
async fn chosen(rows: &Tenant<'_>, ordered: &Ordered) -> Result<orders::Instance, Error> {
    let choices = orders::choices(rows, ordered.account).await?;
    let among = |all: &[(String, String)], id: &str, what| {
        let found = all.iter().find(|(known, _)| known == id).cloned();
        found.ok_or(Error::NoChoice(what))
    };
    let (product_id, product_name) = among(&choices.products, &ordered.product, "product")?;
    let (image_id, image_name) = among(&choices.images, &ordered.image, "image")?;
    let mut ssh_keys = Vec::new();
    for key in &ordered.ssh_keys {
        let (id, name) = among(&choices.keys, key, "SSH key")?;
        ssh_keys.push((id.parse().map_err(|_| Error::NoChoice("SSH key"))?, name));
    }
    for add_on in &ordered.add_ons {
        among(&choices.add_ons, add_on, "add-on")?;
    }
    if !orders::is_place(&ordered.region) {
        return Err(Error::NoChoice("region"));
    }
    if !orders::is_term(ordered.months) {
        return Err(Error::NoChoice("term"));
    }
    if !orders::USERS.contains(&ordered.default_user.as_str()) {
        return Err(Error::NoChoice("user"));
    }
    Ok(orders::Instance {
        product_id,
        product_name,
        region: ordered.region.clone(),
        months: ordered.months,
        image_id,
        image_name,
        default_user: ordered.default_user.clone(),
        ssh_keys,
        add_ons: ordered.add_ons.clone(),
        template: None,
    })
}

/// The service in the audit log.
pub(super) fn subject(row: &service::Model) -> Subject<'_> {
    Subject {
        kind: "service",
        id: Some(row.id.0),
        name: &row.reference,
    }
}

/// The server of a service that shall be changed.
pub(super) fn server_of(there: &Shown) -> Result<&instance::Model, Error> {
    if there.row.state == ServiceState::Terminated {
        return Err(Error::Terminated);
    }
    if there.order.as_ref().is_some_and(orders::is_open) {
        return Err(Error::NotReady);
    }
    match (&there.instance, &there.order) {
        (Some(instance), _) if instance.gone_at.is_none() => Ok(instance),
        (Some(_), _) => Err(Error::Gone),
        (None, Some(order)) => Err(Error::OrderFailed(why_of(order))),
        (None, None) => Err(Error::Gone),
    }
}
