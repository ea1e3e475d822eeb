//! The passwords of share links: kept and guessed at like those of accounts, and nobody's.

use chrono::{DateTime, Utc};
use entity::ShareLinkId;

use super::{
    Error, Identity,
    limits::{ACCOUNT, ADDRESS, Key},
    passwords::Verdict,
};

/// What came of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    Right,
    Wrong,
    /// None is looked at until then.
    TooMany {
        until: DateTime<Utc>,
    },
}

impl Identity {
    /// The hash to keep of a share link's password.
    ///
    /// # Errors
    /// When there is no memory or randomness.
    pub async fn hash_share_password(&self, password: String) -> Result<String, Error> {
        Ok(self.passwords.hash(password).await?)
    }

    /// Whether `password` opens the share link. Guesses are counted by link and by address.
    ///
    /// # Errors
    /// When the database does not answer, or the password can't be checked.
    pub async fn try_share_password(
        &self,
        share: ShareLinkId,
        hash: String,
        password: String,
        address: &str,
    ) -> Result<Guess, Error> {
        let now = self.clock.now();
        let (of_share, of_address) = (Key::share(share), Key::address(address));
        for (key, rule) in [(&of_address, ADDRESS), (&of_share, ACCOUNT)] {
            if let Some(until) = self.count_attempt(key, rule, now).await? {
                return Ok(Guess::TooMany { until });
            }
        }
        match self.passwords.verify(password, Some(hash)).await? {
            Verdict::Wrong => Ok(Guess::Wrong),
            Verdict::Right | Verdict::RightButOld => {
                self.forget_attempts(&of_share).await?;
                self.give_back_attempt(&of_address).await?;
                Ok(Guess::Right)
            }
        }
    }
}
