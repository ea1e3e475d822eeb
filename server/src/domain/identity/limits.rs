//! How often one may guess a password: by account and by address, in a row each, so that all processes count together.
//!
//! An attempt is counted before it is looked at and given back when it was right: guesses made at once can't slip
//! through between looking and counting.

use chrono::{DateTime, Duration, Utc};
use entity::{
    ShareLinkId,
    sign_in_limit::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use super::{Identity, Scope};

/// What is limited. Kept hashed: neither addresses nor names are in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(Vec<u8>);

/// How many failures are free, within what time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    free: i32,
}

/// An account's own.
pub(super) const ACCOUNT: Rule = Rule { free: 5 };

/// An address's, behind which there may be a whole office.
pub(super) const ADDRESS: Rule = Rule { free: 30 };

/// How long a failure is remembered, from the first one or from the end of a block.
const WINDOW: Duration = Duration::minutes(15);

/// The first block; each further failure doubles it.
const FIRST_BLOCK: Duration = Duration::minutes(1);

/// The longest block.
const LONGEST_BLOCK: Duration = Duration::hours(1);

/// How often a lost race is run again before the attempt counts as one too many.
const RACES: usize = 8;

impl Key {
    pub(super) fn account(scope: Scope, mail: &str) -> Self {
        match scope {
            // The same account signs in to both areas: its guesses count together.
            Scope::Portal(tenant) | Scope::Admin(tenant) => Self::of(&["account", &tenant.to_string(), mail]),
            Scope::Operator => Self::of(&["operator", mail]),
        }
    }

    pub(super) fn address(address: &str) -> Self {
        Self::of(&["address", &network(address)])
    }

    /// Apart from sign-ins: a program that goes on with an old token locks nobody out of the pages.
    fn tokens_from(address: &str) -> Self {
        Self::of(&["token", &network(address)])
    }

    pub(super) fn share(link: ShareLinkId) -> Self {
        Self::of(&["share", &link.to_string()])
    }

    fn of(parts: &[&str]) -> Self {
        Self(Sha256::digest(parts.join("\0")).to_vec())
    }
}

/// The address, or the /64 of an IPv6 one, which is what a household or a host gets.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(std::net::IpAddr::V6(v6)) => v6.segments()[..4]
            .iter()
            .map(|part| format!("{part:x}:"))
            .collect::<String>(),
        _ => address.to_owned(),
    }
}

/// Failures, since when, and until when nothing more is looked at: what a row holds beside its key.
type Counted = (i32, DateTime<Utc>, Option<DateTime<Utc>>);

/// One more attempt under `rule`: the row to write, or until when none is looked at.
fn next(row: Option<&Model>, rule: Rule, now: DateTime<Utc>) -> Result<Counted, DateTime<Utc>> {
    let remembered = row.filter(|row| now < row.blocked_until.unwrap_or(row.window_started_at) + WINDOW);
    let Some(row) = remembered else {
        return Ok((1, now, None));
    };
    if let Some(until) = row.blocked_until.filter(|until| now < *until) {
        return Err(until);
    }
    let failures = row.failures.saturating_add(1);
    let blocked = (failures >= rule.free).then(|| now + block(failures - rule.free));
    Ok((failures, row.window_started_at, blocked))
}

fn block(doublings: i32) -> Duration {
    let doublings = u32::try_from(doublings).unwrap_or(0).min(10);
    (FIRST_BLOCK * (1 << doublings)).min(LONGEST_BLOCK)
}

impl Identity {
    /// Counts one attempt. `Ok(Some(until))` when it may not be looked at.
    pub(super) async fn count_attempt(
        &self,
        key: &Key,
        rule: Rule,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, DbErr> {
        for _ in 0..RACES {
            let row = Entity::find_by_id(key.0.clone()).one(self.installation()).await?;
            let (failures, since, blocked) = match next(row.as_ref(), rule, now) {
                Ok(next) => next,
                Err(until) => return Ok(Some(until)),
            };
            let written = match row {
                None => {
                    let fresh = ActiveModel {
                        key: Set(key.0.clone()),
                        failures: Set(failures),
                        window_started_at: Set(since),
                        blocked_until: Set(blocked),
                    };
                    Entity::insert(fresh)
                        .on_conflict(OnConflict::column(Column::Key).do_nothing().to_owned())
                        .exec_without_returning(self.write_installation())
                        .await?
                }
                Some(row) => {
                    Entity::update_many()
                        .col_expr(Column::Failures, Expr::value(failures))
                        .col_expr(Column::WindowStartedAt, Expr::value(since))
                        .col_expr(Column::BlockedUntil, Expr::value(blocked))
                        .filter(Column::Key.eq(key.0.clone()))
                        .filter(Column::Failures.eq(row.failures))
                        .filter(Column::WindowStartedAt.eq(row.window_started_at))
                        .exec(self.write_installation())
                        .await?
                        .rows_affected
                }
            };
            if written > 0 {
                return Ok(None);
            }
        }
        Ok(Some(now + FIRST_BLOCK))
    }

    /// The attempt was right: an account's failures are forgotten.
    pub(super) async fn forget_attempts(&self, key: &Key) -> Result<(), DbErr> {
        Entity::delete_by_id(key.0.clone())
            .exec(self.write_installation())
            .await
            .map(drop)
    }

    /// The attempt was right: it is taken off an address's failures. The others stay, or one known account would
    /// make guessing at all others free.
    pub(super) async fn give_back_attempt(&self, key: &Key) -> Result<(), DbErr> {
        use sea_orm::ExprTrait;
        Entity::update_many()
            .col_expr(Column::Failures, Expr::col(Column::Failures).sub(1))
            // It was looked at, so no block stood before it: the one there is, if any, is its own.
            .col_expr(Column::BlockedUntil, Expr::value(None::<DateTime<Utc>>))
            .filter(Column::Key.eq(key.0.clone()))
            .filter(Column::Failures.gt(0))
            .exec(self.write_installation())
            .await
            .map(drop)
    }

    /// Until when no token from `address` is looked at, after too many wrong ones.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tokens_blocked_until(&self, address: &str) -> Result<Option<DateTime<Utc>>, DbErr> {
        let key = Key::tokens_from(address).0;
        let row = Entity::find_by_id(key).one(self.installation()).await?;
        let now = self.clock.now();
        Ok(row.and_then(|row| row.blocked_until).filter(|until| now < *until))
    }

    /// Counts a wrong token. It is counted after it was looked at, so that right ones write nothing: what slips
    /// through in between guesses no better at 256 random bits.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_wrong_token(&self, address: &str) -> Result<(), DbErr> {
        let key = Key::tokens_from(address);
        self.count_attempt(&key, ADDRESS, self.clock.now()).await.map(drop)
    }

    /// Deletes what is remembered no longer. For the job that cleans up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_old_limits(&self) -> Result<u64, DbErr> {
        let long_ago = self.clock.now() - LONGEST_BLOCK - WINDOW;
        let deleted = Entity::delete_many()
            .filter(Column::WindowStartedAt.lt(long_ago))
            .filter(
                Condition::any()
                    .add(Column::BlockedUntil.is_null())
                    .add(Column::BlockedUntil.lt(long_ago)),
            )
            .exec(self.write_installation())
            .await?;
        Ok(deleted.rows_affected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minutes)
    }

    fn row(next: Counted) -> Model {
        Model {
            key: vec![],
            failures: next.0,
            window_started_at: next.1,
            blocked_until: next.2,
        }
    }

    #[test]
    fn the_fifth_failure_blocks_and_each_further_one_blocks_for_twice_as_long() {
        let mut last = None;
        for _ in 0..4 {
            let counted = next(last.as_ref(), ACCOUNT, at(0)).unwrap();
            assert_eq!(counted.2, None);
            last = Some(row(counted));
        }
        let mut now = at(0);
        for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
            let counted = next(last.as_ref(), ACCOUNT, now).unwrap();
            let until = now + Duration::minutes(minutes);
            assert_eq!(counted.2, Some(until));
            last = Some(row(counted));
            assert_eq!(next(last.as_ref(), ACCOUNT, until - Duration::seconds(1)), Err(until));
            now = until;
        }
    }

    #[test]
    fn failures_are_forgotten_a_quarter_of_an_hour_after_the_block() {
        let blocked = row((9, at(0), Some(at(20))));
        assert_eq!(next(Some(&blocked), ACCOUNT, at(34)).map(|next| next.0), Ok(10));
        assert_eq!(next(Some(&blocked), ACCOUNT, at(35)), Ok((1, at(35), None)));
    }

    #[test]
    fn a_whole_ipv6_network_counts_as_one_address() {
        assert_eq!(Key::address("2001:db8::1"), Key::address("2001:db8::ffff:2"));
        assert_ne!(Key::address("2001:db8::1"), Key::address("2001:db8:0:1::1"));
        assert_ne!(Key::address("192.0.2.1"), Key::address("192.0.2.2"));
    }
}
