//! Signing in: the same answer after the same time, whether the account is unknown, disabled, without rights in the
//! area, or the password is wrong.

use chrono::{DateTime, Utc};
use entity::{AccountId, OperatorId, account, operator, staff_member};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{Error, Identity, Scope, limits, passwords::Verdict, visitors::memberships};

/// The answer to somebody who says who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// It is them: the id of the account or operator.
    Welcome(Uuid),
    /// Not with this address and password.
    Refused,
    /// Not looked at: too many tries for this account or from this address.
    TooMany { until: DateTime<Utc> },
}

/// Somebody with that mail address who has rights in the area.
struct Candidate {
    id: Uuid,
    hash: String,
}

impl Identity {
    /// Looks whether `mail` and `password`, sent from `address`, are those of somebody who has rights in `scope`.
    ///
    /// # Errors
    /// When the database fails or the password can't be hashed.
    pub async fn sign_in(&self, scope: Scope, mail: &str, password: String, address: &str) -> Result<SignIn, Error> {
        let now = self.clock.now();
        let mail = mail.trim().to_lowercase();
        let (by_address, by_account) = (limits::Key::address(address), limits::Key::account(scope, &mail));
        if let Some(until) = self.count_attempt(&by_address, limits::ADDRESS, now).await? {
            return Ok(SignIn::TooMany { until });
        }
        if let Some(until) = self.count_attempt(&by_account, limits::ACCOUNT, now).await? {
            return Ok(SignIn::TooMany { until });
        }
        let candidate = match mail.contains(char::is_control) {
            // No account has such an address, and PostgreSQL fails on NUL.
            true => None,
            false => self.candidate(scope, &mail).await?,
        };
        let hash = candidate.as_ref().map(|candidate| candidate.hash.clone());
        let verdict = self.passwords.verify(password.clone(), hash).await?;
        let (Some(candidate), true) = (candidate, verdict != Verdict::Wrong) else {
            return Ok(SignIn::Refused);
        };
        self.forget_attempts(&by_account).await?;
        self.give_back_attempt(&by_address).await?;
        let rehashed = match verdict {
            Verdict::RightButOld => Some(self.passwords.hash(password).await?),
            Verdict::Right | Verdict::Wrong => None,
        };
        let id = candidate.id;
        if !self.note_sign_in(scope, candidate, rehashed, now).await? {
            return Ok(SignIn::Refused);
        }
        Ok(SignIn::Welcome(id))
    }

    /// As many queries for an unknown account as for a known one.
    async fn candidate(&self, scope: Scope, mail: &str) -> Result<Option<Candidate>, Error> {
        let tenant = match scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => tenant,
            Scope::Operator => {
                let found = operator::Entity::find()
                    .filter(operator::Column::Mail.eq(mail))
                    .one(self.installation())
                    .await?;
                return Ok(found
                    .filter(|operator| operator.disabled_at.is_none())
                    .map(|operator| Candidate {
                        id: operator.id.0,
                        hash: operator.password_hash,
                    }));
            }
        };
        let rows = self.db.tenant(tenant);
        let found = rows
            .find::<account::Entity>()
            .filter(account::Column::Mail.eq(mail))
            .one()
            .await?;
        let id = found.as_ref().map_or(AccountId(Uuid::nil()), |account| account.id);
        let has_rights = match scope {
            Scope::Portal(_) => !memberships(&rows, id).await?.is_empty(),
            Scope::Admin(_) | Scope::Operator => {
                let member = rows
                    .find::<staff_member::Entity>()
                    .filter(staff_member::Column::AccountId.eq(id));
                member.one().await?.is_some()
            }
        };
        Ok(found
            .filter(|account| has_rights && account.disabled_at.is_none())
            .map(|account| Candidate {
                id: account.id.0,
                hash: account.password_hash,
            }))
    }

    /// Notes the sign-in, and the new hash if there is one. False when the password was changed while it was looked at.
    async fn note_sign_in(
        &self,
        scope: Scope,
        candidate: Candidate,
        rehashed: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let Candidate { id, hash } = candidate;
        let new_hash = rehashed.unwrap_or_else(|| hash.clone());
        let noted = match scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => {
                let unchanged = Condition::all()
                    .add(account::Column::Id.eq(AccountId(id)))
                    .add(account::Column::PasswordHash.eq(hash));
                let changes = [
                    (account::Column::LastSignInAt, Expr::value(now)),
                    (account::Column::PasswordHash, Expr::value(new_hash)),
                ];
                let rows = self.db.tenant(tenant);
                rows.update_where::<account::Entity>(unchanged, changes).await?
            }
            Scope::Operator => {
                operator::Entity::update_many()
                    .col_expr(operator::Column::LastSignInAt, Expr::value(now))
                    .col_expr(operator::Column::PasswordHash, Expr::value(new_hash))
                    .filter(operator::Column::Id.eq(OperatorId(id)))
                    .filter(operator::Column::PasswordHash.eq(hash))
                    .exec(self.write_installation())
                    .await?
                    .rows_affected
            }
        };
        Ok(noted > 0)
    }
}
