//! Tokens in links that say what they are for and that we made them: signed, not encrypted, and in no table.
//!
//! A token is a purpose, a tenant and a payload under HMAC-SHA256, with a key of the tenant's own that is made when it
//! is first needed. One for another purpose or another tenant does not open. What must end carries its end in the
//! payload; what must be counted or revoked has a row, and the token carries its id. Whoever opens a token decides
//! what its payload means.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use entity::{Db, SigningKeyId, Tenant, TenantId, signing_key};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{ActiveValue::Set, DbErr, Order};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keyring::{Keyring, KeyringError, Place, hex, unhex};

/// The first octet of a token.
const FORMAT: u8 = 1;
const KEY_BYTES: usize = 32;
const MAC_BYTES: usize = 32;
const KEY_ID_BYTES: usize = 16;

/// Nothing that is longer was made here, in characters.
const LONGEST: usize = 1024;

/// What a token is for. The name is part of what is signed: never change it while such tokens are about.
pub type Purpose = &'static str;

/// Why nothing could be signed or checked; a token that is not ours is no error.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The key could not be opened or made.
    #[error("the signing key can't be used")]
    Keyring(#[from] KeyringError),
    /// The system has no randomness.
    #[error("the system gives no random numbers")]
    Random,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

/// Signs for one tenant. Get it before a transaction is begun: it may have to write.
#[derive(Clone)]
pub struct Signer {
    tenant: TenantId,
    id: SigningKeyId,
    secret: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Signer {
    /// With the tenant's newest key, which is made if there is none.
    ///
    /// # Errors
    /// When the database or the key ring fail.
    pub async fn of(db: &Db, keyring: &Keyring, tenant: TenantId, now: DateTime<Utc>) -> Result<Self, SigningError> {
        if let Some(key) = newest(&db.tenant(tenant)).await? {
            return Self::open(keyring, &key);
        }
        let rows = db.begin(tenant).await?;
        // It locks the sequence until the commit, so that of two who make the first key one finds the other's.
        rows.next_seq().await?;
        if let Some(key) = newest(&rows).await? {
            return Self::open(keyring, &key);
        }
        let mut secret = Zeroizing::new([0_u8; KEY_BYTES]);
        getrandom::fill(&mut *secret).map_err(|_| SigningError::Random)?;
        let id = SigningKeyId::new();
        let row = signing_key::ActiveModel {
            id: Set(id),
            secret_sealed: Set(keyring.seal(place(tenant, id), &SecretString::from(hex(&*secret)))?),
            created_at: Set(now),
            ..Default::default()
        };
        let key = rows.insert::<signing_key::Entity, _>(row).await?;
        rows.commit().await?;
        Self::open(keyring, &key)
    }

    /// A token of `payload`, of characters that may stand in an address.
    #[must_use]
    pub fn sign(&self, purpose: Purpose, payload: &[u8]) -> String {
        let mut token = Vec::with_capacity(1 + KEY_ID_BYTES + MAC_BYTES + payload.len());
        token.push(FORMAT);
        token.extend(self.id.0.as_bytes());
        token.extend(self.mac(purpose, payload));
        token.extend(payload);
        URL_SAFE_NO_PAD.encode(token)
    }

    fn open(keyring: &Keyring, key: &signing_key::Model) -> Result<Self, SigningError> {
        let secret = keyring.open_sealed(place(key.tenant_id, key.id), &key.secret_sealed)?;
        let secret = unhex(secret.expose_secret()).ok_or(KeyringError::Forged)?;
        Ok(Self {
            tenant: key.tenant_id,
            id: key.id,
            secret: Zeroizing::new(secret),
        })
    }

    fn mac(&self, purpose: Purpose, payload: &[u8]) -> [u8; MAC_BYTES] {
        // HMAC takes keys of any length, so there is nothing to refuse.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else {
            return [0; MAC_BYTES];
        };
        // The purpose's length first, so that no part of it can be taken for the payload's.
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(self.tenant.0.as_bytes());
        mac.update(payload);
        mac.finalize().into_bytes().into()
    }
}

/// The payload of a token that was signed for this tenant and purpose; none of any other text.
///
/// # Errors
/// When the database or the key ring fail.
pub async fn open(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    purpose: Purpose,
    token: &str,
) -> Result<Option<Vec<u8>>, SigningError> {
    let Some((id, mac, payload)) = split(token) else {
        return Ok(None);
    };
    let Some(key) = rows.get::<signing_key::Entity>(id).await? else {
        return Ok(None);
    };
    let expected = Signer::open(keyring, &key)?.mac(purpose, &payload);
    let ours: bool = expected.ct_eq(&mac).into();
    Ok(ours.then_some(payload))
}

/// Where a signing key is sealed for.
#[must_use]
pub fn place(tenant: TenantId, key: SigningKeyId) -> Place {
    Place {
        tenant,
        table: "signing_key",
        column: "secret_sealed",
        row: key.0,
    }
}

async fn newest(rows: &Tenant<'_>) -> Result<Option<signing_key::Model>, DbErr> {
    rows.find::<signing_key::Entity>()
        .order_by(signing_key::Column::CreatedAt, Order::Desc)
        .order_by(signing_key::Column::Id, Order::Desc)
        .limit(1)
        .one()
        .await
}

fn split(token: &str) -> Option<(SigningKeyId, [u8; MAC_BYTES], Vec<u8>)> {
    if token.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (format, rest) = bytes.split_first()?;
    let (key, rest) = rest.split_at_checked(KEY_ID_BYTES)?;
    let (mac, payload) = rest.split_at_checked(MAC_BYTES)?;
    let key = Uuid::from_slice(key).ok()?;
    (*format == FORMAT).then_some((SigningKeyId(key), mac.try_into().ok()?, payload.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        keyring::MasterKey,
        testing::{scratch_db, scratch_tenant},
    };

    async fn ring(db: &Db) -> Keyring {
        let folder = tempfile::tempdir().unwrap();
        let master = MasterKey::read_or_create(&folder.path().join("master.key")).unwrap();
        Keyring::open(db, &master, DateTime::UNIX_EPOCH).await.unwrap()
    }

    #[tokio::test]
    async fn a_token_opens_for_its_tenant_and_purpose_alone() {
        let (db, _scratch) = scratch_db().await;
        let (north, south) = (scratch_tenant(&db, "north").await, scratch_tenant(&db, "south").await);
        let (ring, now) = (ring(&db).await, DateTime::UNIX_EPOCH);
        let signer = Signer::of(&db, &ring, north, now).await.unwrap();
        Signer::of(&db, &ring, south, now).await.unwrap();
        let token = signer.sign("share", b"payload");
        assert!(
            token
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        );
        let opened =
            async |tenant, purpose, token: &str| open(&db.tenant(tenant), &ring, purpose, token).await.unwrap();
        assert_eq!(opened(north, "share", &token).await.as_deref(), Some(&b"payload"[..]));
        assert_eq!(opened(north, "shar", &token).await, None);
        assert_eq!(opened(north, "unsubscribe", &token).await, None);
        assert_eq!(opened(south, "share", &token).await, None);
    }

    #[tokio::test]
    async fn a_token_that_was_changed_cut_or_made_up_does_not_open() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let ring = ring(&db).await;
        let signer = Signer::of(&db, &ring, north, DateTime::UNIX_EPOCH).await.unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(signer.sign("share", b"ab")).unwrap();
        let rows = db.tenant(north);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            for text in [&changed[..], &bytes[..at]] {
                let text = URL_SAFE_NO_PAD.encode(text);
                assert_eq!(open(&rows, &ring, "share", &text).await.unwrap(), None, "{at}");
            }
        }
        for text in ["", "AQ", "../..", "ä", &"A".repeat(5_000)] {
            assert_eq!(open(&rows, &ring, "share", text).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn many_that_need_the_first_key_at_once_have_the_same() {
        let (db, _scratch) = scratch_db().await;
        let north = scratch_tenant(&db, "north").await;
        let (ring, now) = (ring(&db).await, DateTime::UNIX_EPOCH);
        let signer = || Signer::of(&db, &ring, north, now);
        let (a, b, c) = tokio::join!(signer(), signer(), signer());
        let token = a.unwrap().sign("share", b"");
        assert_eq!(b.unwrap().sign("share", b""), token);
        assert_eq!(c.unwrap().sign("share", b""), token);
    }
}
