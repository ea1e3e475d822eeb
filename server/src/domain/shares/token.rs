//! The token in a share link's address, and the sign that a browser has typed its password.
//!
//! The token is the link's id, signed; the sign is the id with the moment until which it is good. They say nothing
//! else, and are in no table.

use chrono::{DateTime, Duration, Utc};
use entity::{ShareLinkId, Tenant};
use uuid::Uuid;

use crate::{
    domain::signing::{self, Purpose, Signer, SigningError},
    keyring::Keyring,
};

/// To open a report.
const SHARE: Purpose = "share";

/// Not to be asked for the password again.
const UNLOCK: Purpose = "share unlock";

/// How long a browser need not type the password again.
const UNLOCKED: Duration = Duration::hours(1);

const ID_BYTES: usize = 16;

/// The token that opens `link`.
#[must_use]
pub fn sign(signer: &Signer, link: ShareLinkId) -> String {
    signer.sign(SHARE, link.0.as_bytes())
}

/// Which link a token opens; none if it was not made for this tenant.
///
/// # Errors
/// When the database or the key ring fail.
pub async fn open(rows: &Tenant<'_>, keyring: &Keyring, token: &str) -> Result<Option<ShareLinkId>, SigningError> {
    let payload = signing::open(rows, keyring, SHARE, token).await?;
    let id = payload.and_then(|payload| Uuid::from_slice(&payload).ok());
    Ok(id.map(ShareLinkId))
}

/// The sign that the password of `link` was typed.
#[must_use]
pub fn unlock(signer: &Signer, link: ShareLinkId, now: DateTime<Utc>) -> String {
    let mut payload = link.0.as_bytes().to_vec();
    payload.extend((now + UNLOCKED).timestamp().to_be_bytes());
    signer.sign(UNLOCK, &payload)
}

/// Whether `sign` is one of [`unlock`] for this link, and not too old.
///
/// # Errors
/// When the database or the key ring fail.
pub async fn is_unlocked(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    link: ShareLinkId,
    now: DateTime<Utc>,
    sign: &str,
) -> Result<bool, SigningError> {
    let Some(payload) = signing::open(rows, keyring, UNLOCK, sign).await? else {
        return Ok(false);
    };
    let parts = payload.split_at_checked(ID_BYTES);
    let until = parts.and_then(|(of, until)| {
        let until = until.try_into().ok().map(i64::from_be_bytes)?;
        (of == link.0.as_bytes()).then_some(until)
    });
    Ok(until.is_some_and(|until| now.timestamp() < until))
}
