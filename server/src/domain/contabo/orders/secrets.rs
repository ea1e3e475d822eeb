//! What an order seals: the text that a new system is told, and passwords that were made, until they were shown or are
//! too old.

use chrono::{DateTime, Utc};
use entity::{AccountId, ContaboOrderId, Db, TenantId, contabo_order};
use sea_orm::ActiveValue::Set;
use secrecy::{ExposeSecret, SecretString};

use super::{
    store::{Error, conflict, not_found, subject},
    typed::NewOrder,
};
use crate::{
    domain::{
        audit::{self, Actor},
        contabo::actions::{PASSWORD_KEPT, Passwords},
    },
    keyring::{Keyring, KeyringError, Place},
};

/// Whether [`reveal`] has the password of the order for this account.
#[must_use]
pub fn can_be_revealed(row: &contabo_order::Model, account: AccountId, now: DateTime<Utc>) -> bool {
    row.ordered_by == Some(account) && row.secret_sealed.is_some() && is_fresh(row, now)
}

/// Of an order that failed after Contabo took it, there may be a server all the same.
fn is_fresh(row: &contabo_order::Model, now: DateTime<Utc>) -> bool {
    row.contabo_id.is_some() && row.ended_at.is_some_and(|ended| now < ended + PASSWORD_KEPT)
}

/// The first passwords of what was ordered, for whoever ordered it, once: they are forgotten with this.
///
/// # Errors
/// Not found for anybody else; a conflict before the order has ended, and when it was shown
/// already or is too old.
pub async fn reveal(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: ContaboOrderId,
    account: AccountId,
) -> Result<Passwords, Error> {
    let rows = db.begin(tenant).await?;
    let row = rows.lock::<contabo_order::Entity>(id).await?.ok_or_else(not_found)?;
    if row.ordered_by != Some(account) {
        return Err(not_found());
    }
    let fresh = is_fresh(&row, now);
    row.secret_sealed.as_ref().filter(|_| fresh).ok_or_else(conflict)?;
    let passwords = passwords(keyring, &row)?;
    let change = contabo_order::ActiveModel {
        id: Set(id),
        secret_sealed: Set(None),
        ..Default::default()
    };
    rows.update::<contabo_order::Entity, _>(change).await?;
    audit::record(&rows, actor, now, "contabo_order.reveal", subject(&row), None, None).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(passwords)
}

/// The text for cloud-init of an order that has not ended.
///
/// # Errors
/// When it does not open.
pub fn user_data(keyring: &Keyring, row: &contabo_order::Model) -> Result<Option<SecretString>, KeyringError> {
    let sealed = row.user_data_sealed.as_deref();
    let open = |sealed| keyring.open_sealed(user_data_place(row.tenant_id, row.id), sealed);
    sealed.map(open).transpose()
}

/// The passwords that were made for an order, as long as they are kept.
///
/// # Errors
/// When they do not open.
pub fn passwords(keyring: &Keyring, row: &contabo_order::Model) -> Result<Passwords, KeyringError> {
    let sealed = row.secret_sealed.as_deref();
    let opened = sealed.map(|sealed| keyring.open_sealed(secret_place(row.tenant_id, row.id), sealed));
    let text = opened.transpose()?;
    Ok(text.as_ref().map(Passwords::of_text).unwrap_or_default())
}

pub(super) fn seal(
    keyring: &Keyring,
    tenant: TenantId,
    id: ContaboOrderId,
    passwords: &Passwords,
) -> Result<Option<Vec<u8>>, KeyringError> {
    let seal = || keyring.seal(secret_place(tenant, id), &passwords.to_text());
    (!passwords.is_empty()).then(seal).transpose()
}

/// Whether the form gives the text that the order keeps, apart from passwords, which are made up anew each time.
pub(super) fn is_same_text(
    keyring: &Keyring,
    there: &contabo_order::Model,
    order: &NewOrder,
) -> Result<bool, KeyringError> {
    let kept = user_data(keyring, there)?;
    let (Some(kept), Some(given)) = (&kept, &order.user_data) else {
        return Ok(kept.is_some() == order.user_data.is_some());
    };
    let mut kept = kept.expose_secret().to_owned();
    for (old, new) in passwords(keyring, there)?.others.iter().zip(&order.made_up) {
        kept = kept.replace(old.1.expose_secret(), new.1.expose_secret());
    }
    Ok(kept == given.expose_secret())
}

/// Where the passwords are sealed for.
#[must_use]
pub fn secret_place(tenant: TenantId, id: ContaboOrderId) -> Place {
    place(tenant, id, "secret_sealed")
}

/// Where the text for cloud-init is sealed for.
#[must_use]
pub fn user_data_place(tenant: TenantId, id: ContaboOrderId) -> Place {
    place(tenant, id, USER_DATA)
}

const USER_DATA: &str = "user_data_sealed";

fn place(tenant: TenantId, id: ContaboOrderId, column: &'static str) -> Place {
    Place {
        tenant,
        table: "contabo_order",
        column,
        row: id.0,
    }
}
