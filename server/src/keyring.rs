//! The key ring: secrets at rest (router passwords first) are sealed under data keys, which are wrapped under the
//! installation's master key.
//!
//! A sealed value is bound to its tenant, table, column and row: moved elsewhere it does not open. Making new keys and
//! sealing old values anew (rotation) is a later addition; the format already names the key that was used.

use std::{collections::HashMap, fs, io, path::Path, sync::Arc};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use chrono::{DateTime, Utc};
use entity::{Db, SealingKeyId, TenantId, sealing_key};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, QueryOrder, sea_query::OnConflict};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::folder;

/// The first byte of a sealed value.
const FORMAT: u8 = 1;
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = 1 + 16 + NONCE_BYTES;

/// The id of an installation's first key. Of two processes that make it at once, one finds it taken and uses the other's.
const FIRST_KEY: Uuid = Uuid::from_u128(1);

/// Why a secret could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file of the master key could not be read or made.
    #[error("the master key in {path} can't be used")]
    MasterKeyFile {
        /// Where it should be.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file holds something else than 64 hexadecimal digits.
    #[error("the master key in {0} is not 64 hexadecimal digits")]
    MasterKeyFormat(String),
    /// The keys in the database were made under another master key.
    #[error("the master key does not open the keys in the database: it is another installation's, or was replaced")]
    WrongMasterKey,
    /// The value was sealed with a key that is not on the ring.
    #[error("the secret was sealed with key {0}, which is not on the key ring")]
    UnknownKey(Uuid),
    /// The value was changed, or belongs to another row.
    #[error("the sealed secret does not open: it was changed, or moved from another row")]
    Forged,
    /// The system has no randomness.
    #[error("the system gives no random numbers")]
    Random,
    /// The database did not answer.
    #[error("the key ring can't be read")]
    Database(#[from] DbErr),
}

/// Where a sealed value belongs; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Whose row.
    pub tenant: TenantId,
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row.
    pub row: Uuid,
}

impl Place {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(96);
        bytes.extend(self.tenant.0.as_bytes());
        bytes.extend(self.row.as_bytes());
        bytes.extend(self.table.as_bytes());
        bytes.push(0);
        bytes.extend(self.column.as_bytes());
        bytes
    }
}

/// The opened keys. Clones share them.
#[derive(Clone)]
pub struct Keyring {
    keys: Arc<HashMap<Uuid, XChaCha20Poly1305>>,
    current: Uuid,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keyring")
            .field("keys", &self.keys.len())
            .field("current", &self.current)
            .finish()
    }
}

impl Keyring {
    /// Opens the ring of this installation, and makes its first key when it has none.
    ///
    /// # Errors
    /// When the master key is another one, or the database does not answer.
    pub async fn open(db: &Db, master: &MasterKey, now: DateTime<Utc>) -> Result<Self, KeyringError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the key ring is the installation's, not a tenant's"
        )]
        let connection = db.write_across_tenants();
        let on_ring = || sealing_key::Entity::find().order_by_asc(sealing_key::Column::CreatedAt);
        let mut rows = on_ring().all(connection).await?;
        if rows.is_empty() {
            let key = Zeroizing::new(random::<KEY_BYTES>()?);
            let wrapped = seal(&master.0, FIRST_KEY, FIRST_KEY.as_bytes(), key.as_slice())?;
            let row = sealing_key::ActiveModel {
                id: Set(SealingKeyId(FIRST_KEY)),
                wrapped: Set(wrapped),
                created_at: Set(now),
                retired_at: Set(None),
            };
            sealing_key::Entity::insert(row)
                .on_conflict(OnConflict::column(sealing_key::Column::Id).do_nothing().to_owned())
                .exec_without_returning(connection)
                .await?;
            rows = on_ring().all(connection).await?;
        }
        let mut keys = HashMap::new();
        let mut current = rows[0].id.0;
        for row in rows {
            let id = row.id.0;
            let (named, nonce, sealed) = split(&row.wrapped).ok_or(KeyringError::WrongMasterKey)?;
            let payload = Payload {
                msg: sealed,
                aad: id.as_bytes(),
            };
            let key = master
                .0
                .decrypt(&nonce, payload)
                .map_err(|_| KeyringError::WrongMasterKey)?;
            let key = Zeroizing::new(key);
            let cipher = XChaCha20Poly1305::new_from_slice(&key).map_err(|_| KeyringError::WrongMasterKey)?;
            debug_assert_eq!(named, id);
            keys.insert(id, cipher);
            if row.retired_at.is_none() {
                current = id;
            }
        }
        Ok(Self {
            keys: Arc::new(keys),
            current,
        })
    }

    /// Seals `secret` for `place`.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn seal(&self, place: Place, secret: &SecretString) -> Result<Vec<u8>, KeyringError> {
        let cipher = self
            .keys
            .get(&self.current)
            .ok_or(KeyringError::UnknownKey(self.current))?;
        seal(cipher, self.current, &place.bytes(), secret.expose_secret().as_bytes())
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was changed, moved, or sealed with a key that is not on the ring.
    pub fn open_sealed(&self, place: Place, sealed: &[u8]) -> Result<SecretString, KeyringError> {
        let (id, nonce, sealed) = split(sealed).ok_or(KeyringError::Forged)?;
        let cipher = self.keys.get(&id).ok_or(KeyringError::UnknownKey(id))?;
        let payload = Payload {
            msg: sealed,
            aad: &place.bytes(),
        };
        let secret = cipher.decrypt(&nonce, payload).map_err(|_| KeyringError::Forged)?;
        String::from_utf8(secret)
            .map(SecretString::from)
            .map_err(|_| KeyringError::Forged)
    }
}

/// The key that wraps the ring's keys. It lives outside the database.
pub struct MasterKey(XChaCha20Poly1305);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey")
    }
}

impl MasterKey {
    /// Reads the master key from `path`; makes it, readable by its owner alone, where there is none.
    ///
    /// # Errors
    /// When the file can't be read or made, or holds something else than 64 hexadecimal digits.
    pub fn read_or_create(path: &Path) -> Result<Self, KeyringError> {
        let failed = |source| KeyringError::MasterKeyFile {
            path: path.display().to_string(),
            source,
        };
        let read = || fs::read_to_string(path).map(Zeroizing::new);
        let text = match read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let text = Zeroizing::new(hex(&*Zeroizing::new(random::<KEY_BYTES>()?)));
                // Another process may have been faster: then what it made counts.
                create_private(path, &text).and_then(|()| read())
            }
            known => known,
        };
        let text = text.map_err(failed)?;
        let wrong = || KeyringError::MasterKeyFormat(path.display().to_string());
        let bytes = Zeroizing::new(unhex(text.trim()).ok_or_else(wrong)?);
        XChaCha20Poly1305::new_from_slice(&bytes).map(Self).map_err(|_| wrong())
    }
}

/// Makes the file whole at once, readable by its owner alone; one that is there already stays.
fn create_private(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        folder::create_private(folder)?;
    }
    let draft = path.with_extension(Uuid::new_v4().simple().to_string());
    // Unlike renaming, linking never replaces what another process has put there.
    let linked = write_private(&draft, text).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => removed,
        linked => linked.and(removed),
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn seal(cipher: &XChaCha20Poly1305, key: Uuid, bound_to: &[u8], secret: &[u8]) -> Result<Vec<u8>, KeyringError> {
    let nonce = random::<NONCE_BYTES>()?;
    let payload = Payload {
        msg: secret,
        aad: bound_to,
    };
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| KeyringError::Forged)?;
    let mut bytes = Vec::with_capacity(HEADER_BYTES + sealed.len());
    bytes.push(FORMAT);
    bytes.extend(key.as_bytes());
    bytes.extend(nonce);
    bytes.extend(sealed);
    Ok(bytes)
}

/// The key's id, the nonce and the ciphertext of a sealed value; none when it is no such thing.
fn split(sealed: &[u8]) -> Option<(Uuid, XNonce, &[u8])> {
    let (header, rest) = sealed.split_at_checked(HEADER_BYTES)?;
    let (format, rest_of_header) = header.split_first()?;
    let (key, nonce) = rest_of_header.split_at_checked(16)?;
    let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
    (*format == FORMAT).then_some((Uuid::from_slice(key).ok()?, XNonce::from(nonce), rest))
}

fn random<const N: usize>() -> Result<[u8; N], KeyringError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| KeyringError::Random)?;
    Ok(bytes)
}

/// Lower-case hexadecimal digits of `bytes`.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The bytes that an even number of hexadecimal digits stands for.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ring() -> (Keyring, Db, MasterKey, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("ring.db").display());
        let db = crate::database::open(&url, 2).await.unwrap();
        crate::database::migrate(&db).await.unwrap();
        let master = MasterKey::read_or_create(&folder.path().join("keys/master.key")).unwrap();
        let ring = Keyring::open(&db, &master, DateTime::UNIX_EPOCH).await.unwrap();
        (ring, db, master, folder)
    }

    fn place() -> Place {
        Place {
            tenant: TenantId::new(),
            table: "router",
            column: "password",
            row: Uuid::now_v7(),
        }
    }

    #[tokio::test]
    async fn a_secret_opens_in_its_own_row_and_nowhere_else() {
        let (ring, ..) = ring().await;
        let here = place();
        let sealed = ring.seal(here, &SecretString::from("s3cret")).unwrap();
        assert_eq!(ring.open_sealed(here, &sealed).unwrap().expose_secret(), "s3cret");
        for elsewhere in [
            Place {
                tenant: TenantId::new(),
                ..here
            },
            Place { table: "link", ..here },
            Place {
                column: "token",
                ..here
            },
            Place {
                row: Uuid::now_v7(),
                ..here
            },
        ] {
            assert!(matches!(
                ring.open_sealed(elsewhere, &sealed),
                Err(KeyringError::Forged)
            ));
        }
    }

    #[tokio::test]
    async fn a_changed_or_cut_secret_does_not_open() {
        let (ring, ..) = ring().await;
        let here = place();
        let sealed = ring.seal(here, &SecretString::from("s3cret")).unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ring.open_sealed(here, &changed).is_err());
            assert!(ring.open_sealed(here, &sealed[..at]).is_err());
        }
    }

    #[tokio::test]
    async fn the_ring_opens_again_with_its_master_key_and_with_no_other() {
        let (first, db, master, folder) = ring().await;
        let here = place();
        let sealed = first.seal(here, &SecretString::from("s3cret")).unwrap();
        let again = Keyring::open(&db, &master, DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(again.open_sealed(here, &sealed).unwrap().expose_secret(), "s3cret");
        let other = MasterKey::read_or_create(&folder.path().join("other.key")).unwrap();
        let refused = Keyring::open(&db, &other, DateTime::UNIX_EPOCH).await;
        assert!(matches!(refused, Err(KeyringError::WrongMasterKey)));
    }

    #[tokio::test]
    async fn two_that_make_the_ring_at_once_have_the_same_keys() {
        for _ in 0..8 {
            let (db, _scratch) = crate::testing::scratch_db().await;
            let folder = tempfile::tempdir().unwrap();
            let master = MasterKey::read_or_create(&folder.path().join("master.key")).unwrap();
            let open = || Keyring::open(&db, &master, DateTime::UNIX_EPOCH);
            let (one, other) = tokio::join!(open(), open());
            let here = place();
            let sealed = one.unwrap().seal(here, &SecretString::from("s3cret")).unwrap();
            assert_eq!(
                other.unwrap().open_sealed(here, &sealed).unwrap().expose_secret(),
                "s3cret"
            );
        }
    }

    #[test]
    fn many_that_make_the_master_key_at_once_have_the_same() {
        const AT_ONCE: usize = 8;
        for _ in 0..8 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("keys/master.key");
            let ready = std::sync::Barrier::new(AT_ONCE);
            let made: Vec<_> = std::thread::scope(|scope| {
                let make = || {
                    ready.wait();
                    MasterKey::read_or_create(&path).unwrap()
                };
                let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(make)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let sealed = seal(&made[0].0, FIRST_KEY, b"here", b"s3cret").unwrap();
            let (_, nonce, sealed) = split(&sealed).unwrap();
            for master in made {
                let payload = Payload {
                    msg: sealed,
                    aad: b"here",
                };
                assert_eq!(master.0.decrypt(&nonce, payload).unwrap(), b"s3cret");
            }
            let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
            assert_eq!(left.len(), 1, "no drafts: {left:?}");
        }
    }
}
