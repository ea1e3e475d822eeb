//! Passwords: which are good enough, and argon2id in bounded memory away from the threads that answer requests.
//!
//! Who has which password, and how often one may guess, is decided elsewhere.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task};

/// The fewest characters a password has.
pub const MIN_LENGTH: usize = 12;

/// The most characters a password has, so that nobody makes us hash a book.
pub const MAX_LENGTH: usize = 200;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB, at least 8 a lane.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second choice of OWASP's list: 19 MiB, two passes, one lane.
    /// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>
    pub const RECOMMENDED: Self = Self {
        memory: 19 * 1024,
        passes: 2,
        lanes: 1,
    };
}

/// How many hashes run at once. Each takes [`Cost::memory`]; more at once would only wait for a core.
const AT_ONCE: usize = 2;

/// Hashes and verifies. Clones share the bound on memory.
#[derive(Clone, Debug)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    argon2: Argon2<'static>,
    at_once: Semaphore,
    /// Stands in for the hash of an account that isn't there, so that the answer takes as long.
    nobody: String,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

/// The answer to whether a password is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is, and its hash costs what it should.
    Right,
    /// It is, but was hashed at another cost: hash it again while it is known.
    RightButOld,
    /// It isn't.
    Wrong,
}

/// Hashing failed: for want of memory or randomness.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl Passwords {
    /// Hashes at this cost.
    ///
    /// # Errors
    /// When argon2 refuses the cost.
    pub fn new(cost: Cost) -> Result<Self, HashError> {
        let params = Params::new(cost.memory, cost.passes, cost.lanes, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = argon2
            .hash_password(b"of an account that is not there")
            .map_err(failed)?
            .to_string();
        Ok(Self(Arc::new(Inner {
            argon2,
            at_once: Semaphore::new(AT_ONCE),
            nobody,
        })))
    }

    /// The hash to keep, in PHC format, with a salt of its own.
    ///
    /// # Errors
    /// When there is no memory or randomness.
    pub async fn hash(&self, password: String) -> Result<String, HashError> {
        self.run(move |inner| {
            let hash: PasswordHash = inner.argon2.hash_password(password.as_bytes()).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one of `hash`. Without a hash it is wrong, after the same time.
    ///
    /// # Errors
    /// When `hash` is none that argon2 reads, or there is no memory.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<Verdict, HashError> {
        self.run(move |inner| {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| inner.nobody.clone());
            let hash = PasswordHash::new(&hash).map_err(failed)?;
            // A longer one was never set. It is cut only so that it costs no more than others.
            let end = password.char_indices().nth(MAX_LENGTH).map(|(at, _)| at);
            let right = inner
                .argon2
                .verify_password(&password.as_bytes()[..end.unwrap_or(password.len())], &hash)
                .is_ok();
            let wanted = inner.argon2.params();
            let old = Params::try_from(&hash).map_or(true, |used| {
                (used.m_cost(), used.t_cost(), used.p_cost()) != (wanted.m_cost(), wanted.t_cost(), wanted.p_cost())
            });
            Ok(match (known && right && end.is_none(), old) {
                (false, _) => Verdict::Wrong,
                (true, false) => Verdict::Right,
                (true, true) => Verdict::RightButOld,
            })
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let _permit = self.0.at_once.acquire().await.map_err(failed)?;
        let inner = Arc::clone(&self.0);
        task::spawn_blocking(move || work(&inner)).await.map_err(failed)?
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> HashError {
    HashError(error.into())
}

/// Why a password is not good enough, in the words of logs and commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`MIN_LENGTH`] characters.
    #[error("the password has fewer than {MIN_LENGTH} characters")]
    Short,
    /// More than [`MAX_LENGTH`] characters.
    #[error("the password has more than {MAX_LENGTH} characters")]
    Long,
    /// The mail address or the name.
    #[error("the password is the name or mail address")]
    Personal,
    /// The one in use.
    #[error("the password is the one in use")]
    Same,
    /// One character, over and over.
    #[error("the password is one character over and over")]
    Monotonous,
}

/// Whether `password` is good enough for the person with this mail address and name.
///
/// # Errors
/// Says what is wrong with it.
pub fn check(password: &str, mail: &str, name: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err(Weak::Short);
    }
    if length > MAX_LENGTH {
        return Err(Weak::Long);
    }
    let lower = password.trim().to_lowercase();
    let user = mail.split('@').next().unwrap_or_default();
    if [mail, user, name].iter().any(|own| lower == own.trim().to_lowercase()) {
        return Err(Weak::Personal);
    }
    let mut characters = password.chars();
    let first = characters.next();
    if characters.all(|character| Some(character) == first) {
        return Err(Weak::Monotonous);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory: 64,
        passes: 1,
        lanes: 1,
    };

    #[test]
    fn a_password_is_long_but_not_endless_and_not_personal() {
        let check = |password: &str| check(password, "alice.weber@example.net", "Alice Anna Weber");
        assert_eq!(check("short"), Err(Weak::Short));
        assert_eq!(check(&"long ".repeat(50)), Err(Weak::Long));
        assert_eq!(check("Alice.Weber@example.net"), Err(Weak::Personal));
        assert_eq!(check("alice anna weber"), Err(Weak::Personal));
        assert_eq!(check("aaaaaaaaaaaaaa"), Err(Weak::Monotonous));
        assert_eq!(check("zwölf Zeichen"), Ok(()));
    }

    #[tokio::test]
    async fn the_right_password_is_right_and_an_unknown_account_never() {
        let passwords = Passwords::new(CHEAP).unwrap();
        let hash = passwords.hash("correct horse".to_owned()).await.unwrap();
        let verify = |password: &str, hash| passwords.verify(password.to_owned(), hash);
        assert_eq!(
            verify("correct horse", Some(hash.clone())).await.unwrap(),
            Verdict::Right
        );
        assert_eq!(verify("battery staple", Some(hash)).await.unwrap(), Verdict::Wrong);
        let nobody = "of an account that is not there";
        assert_eq!(verify(nobody, None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_noticed() {
        let before = Passwords::new(CHEAP).unwrap();
        let hash = before.hash("correct horse".to_owned()).await.unwrap();
        let now = Passwords::new(Cost { memory: 128, ..CHEAP }).unwrap();
        let verdict = now.verify("correct horse".to_owned(), Some(hash)).await.unwrap();
        assert_eq!(verdict, Verdict::RightButOld);
    }
}
