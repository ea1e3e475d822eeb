//! Share links: who has one reads one report without signing in, until it ends or is taken back.
//!
//! A link's token names its row and proves that we made it. Whether it still opens is in the row, never in the token.

mod store;
mod token;

pub use store::{create, create_for_mail, list, people_of, revoke, revoke_mailed, used, uses};
pub use token::{is_unlocked, open, sign, unlock};

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use entity::{AccountId, share_link};

use crate::domain::{
    identity::passwords::{MAX_LENGTH, MIN_LENGTH},
    typed::{BadText, ChangeError, Checks, Rejected, line},
};

/// Why a link was not made or taken back.
pub type Error = ChangeError<Reason>;

/// Days that a link may last.
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=90;

/// Days that it lasts unless something else is typed.
pub const USUAL_DAYS: i64 = 30;

/// Links of one report that are open at once.
pub const MOST: usize = 20;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// Not a whole number of [`DAYS`].
    Days,
    /// Shorter than passwords may be.
    ShortPassword,
    /// There are [`MOST`] already.
    TooMany,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A link as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub made_for: String,
    pub days: String,
    /// Empty: the link alone opens it.
    pub password: String,
}

/// A link as it may be made.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub made_for: String,
    pub lasts: Duration,
    pub password: Option<String>,
}

impl Draft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `made_for`, `days`, `share_password`.
    pub fn check(&self) -> Result<Wanted, Rejected<Reason>> {
        let mut checks = Checks::default();
        let made_for = checks.keep("made_for", line(&self.made_for, 120));
        let days = self.days.trim().parse().ok().filter(|days| DAYS.contains(days));
        let days = checks.keep("days", days.ok_or(Reason::Days));
        let password = match self.password.chars().count() {
            0 => Some(None),
            length if length < MIN_LENGTH => checks.keep("share_password", Err(Reason::ShortPassword)),
            length if length > MAX_LENGTH => checks.keep("share_password", Err(BadText::TooLong { most: MAX_LENGTH })),
            _ => Some(Some(self.password.clone())),
        };
        match (made_for, days, password) {
            (Some(made_for), Some(days), Some(password)) => Ok(Wanted {
                made_for,
                lasts: Duration::days(days),
                password,
            }),
            _ => Err(checks.rejected()),
        }
    }
}

/// Whose links somebody reads and takes back one by one. Those of mails are nobody's: each is its reader's own way in.
#[derive(Clone, Debug)]
pub enum Whose {
    Everybodys,
    Of(HashSet<AccountId>),
}

impl Whose {
    /// Whether the link is one of them.
    #[must_use]
    pub fn has(&self, link: &share_link::Model) -> bool {
        link.created_by.is_some_and(|by| match self {
            Self::Everybodys => true,
            Self::Of(people) => people.contains(&by),
        })
    }
}

/// Whether a link still opens its report.
#[must_use]
pub fn is_open(link: &share_link::Model, now: DateTime<Utc>) -> bool {
    link.revoked_at.is_none() && now < link.expires_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_a_name_an_end_and_no_weak_password() {
        let draft = |made_for: &str, days: &str, password: &str| Draft {
            made_for: made_for.to_owned(),
            days: days.to_owned(),
            password: password.to_owned(),
        };
        let wanted = draft("Auditor", " 30 ", "").check().unwrap();
        assert_eq!((wanted.lasts, wanted.password), (Duration::days(30), None));
        for days in ["", "0", "91", "1.5", "soon"] {
            assert_eq!(
                draft("Auditor", days, "").check().unwrap_err(),
                Rejected::one("days", Reason::Days)
            );
        }
        let fields = draft(" ", "x", "short").check().unwrap_err().0.into_iter();
        let fields: Vec<_> = fields.map(|(field, _)| field).collect();
        assert_eq!(fields, ["made_for", "days", "share_password"]);
    }
}
