//! The token in a share link's address, and the sign that a browser has typed its password.
//!
//! Both are the link's id beside a value that only the key ring can have sealed for that very row. They say nothing
//! else, and are in no table.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use entity::{ShareLinkId, TenantId};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::keyring::{Keyring, KeyringError, Place};

/// Nothing that is longer was made here, in characters.
const LONGEST: usize = 512;

const ID_BYTES: usize = 16;

/// How long a browser need not type the password again.
const UNLOCKED: Duration = Duration::hours(1);

const TOKEN: &str = "token";
const UNLOCK: &str = "unlock";

fn place(tenant: TenantId, link: Uuid, purpose: &'static str) -> Place {
    Place {
        tenant,
        table: "share_link",
        column: purpose,
        row: link,
    }
}

/// The token that opens `link`, of characters that may stand in an address.
///
/// # Errors
/// When the system has no randomness.
pub fn sign(keyring: &Keyring, tenant: TenantId, link: ShareLinkId) -> Result<String, KeyringError> {
    seal(keyring, place(tenant, link.0, TOKEN), TOKEN)
}

/// Which link a token opens; none if we have not made it for this tenant.
#[must_use]
pub fn open(keyring: &Keyring, tenant: TenantId, token: &str) -> Option<ShareLinkId> {
    let (link, _) = unseal(keyring, tenant, TOKEN, token)?;
    Some(ShareLinkId(link))
}

/// The sign that the password of `link` was typed.
///
/// # Errors
/// When the system has no randomness.
pub fn unlock(
    keyring: &Keyring,
    tenant: TenantId,
    link: ShareLinkId,
    now: DateTime<Utc>,
) -> Result<String, KeyringError> {
    let until = (now + UNLOCKED).timestamp().to_string();
    seal(keyring, place(tenant, link.0, UNLOCK), &until)
}

/// Whether `sign` is one of [`unlock`] for this link, and not too old.
#[must_use]
pub fn is_unlocked(keyring: &Keyring, tenant: TenantId, link: ShareLinkId, now: DateTime<Utc>, sign: &str) -> bool {
    let opened = unseal(keyring, tenant, UNLOCK, sign);
    opened.is_some_and(|(of, until)| of == link.0 && until.parse::<i64>().is_ok_and(|until| now.timestamp() < until))
}

fn seal(keyring: &Keyring, place: Place, value: &str) -> Result<String, KeyringError> {
    let mut bytes = place.row.as_bytes().to_vec();
    bytes.extend(keyring.seal(place, &SecretString::from(value))?);
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn unseal(keyring: &Keyring, tenant: TenantId, purpose: &'static str, text: &str) -> Option<(Uuid, String)> {
    if text.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (id, sealed) = bytes.split_at_checked(ID_BYTES)?;
    let id = Uuid::from_slice(id).ok()?;
    let value = keyring.open_sealed(place(tenant, id, purpose), sealed).ok()?;
    Some((id, value.expose_secret().to_owned()))
}
