//! Signing in: the same answer after the same time, whether the account is unknown, disabled, without rights in the
//! area, or the password is wrong.

use chrono::{DateTime, Utc};
use entity::{AccountId, OperatorId, account, operator, staff_member};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
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
        let candidate = self.candidate(scope, &mail).await?;
        let hash = candidate.as_ref().map(|candidate| candidate.hash.clone());
        let verdict = self.passwords.verify(password.clone(), hash).await?;
        let (Some(Candidate { id, .. }), true) = (candidate, verdict != Verdict::Wrong) else {
            return Ok(SignIn::Refused);
        };
        self.forget_attempts(&by_account).await?;
        self.give_back_attempt(&by_address).await?;
        let rehashed = match verdict {
            Verdict::RightButOld => Some(self.passwords.hash(password).await?),
            Verdict::Right | Verdict::Wrong => None,
        };
        self.note_sign_in(scope, id, rehashed, now).await?;
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

    async fn note_sign_in(
        &self,
        scope: Scope,
        id: Uuid,
        rehashed: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        match scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => {
                let mut row = account::ActiveModel {
                    id: Set(AccountId(id)),
                    last_sign_in_at: Set(Some(now)),
                    ..Default::default()
                };
                if let Some(hash) = rehashed {
                    row.password_hash = Set(hash);
                }
                self.db.tenant(tenant).update::<account::Entity, _>(row).await?;
            }
            Scope::Operator => {
                let mut row = operator::ActiveModel {
                    id: Set(OperatorId(id)),
                    last_sign_in_at: Set(Some(now)),
                    ..Default::default()
                };
                if let Some(hash) = rehashed {
                    row.password_hash = Set(hash);
                }
                operator::Entity::update(row).exec(self.installation()).await?;
            }
        }
        Ok(())
    }
}
