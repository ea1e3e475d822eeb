//! Who is behind a session, with their rights: read with two queries, then kept for two seconds.
//!
//! The decision and its cost are in `docs/decisions/visitors-are-cached.md`.

use std::{sync::Arc, time};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{
    AccountId, ClientId, OperatorId, client, client_member, operator, operator_session, session, staff_member,
};
use sea_orm::{ColumnTrait, EntityTrait};
use uuid::Uuid;

use super::{
    ClientPermission, ClientRole, Error, Identity, Scope, StaffRole,
    sessions::{SessionHash, TOUCH_EVERY},
};

/// How long another process's sign-out or change of rights may go unnoticed here.
const KEPT_FOR: time::Duration = time::Duration::from_secs(2);

/// How many visitors are kept at most.
const KEPT_AT_MOST: u64 = 10_000;

/// Somebody who is signed in to one area.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub scope: Scope,
    pub session: SessionHash,
    /// When the session ends unless it is used.
    pub expires_at: DateTime<Utc>,
    pub name: String,
    pub mail: String,
    /// None for the tenant's own; operators without one read UTC.
    pub zone: Option<Tz>,
    /// Nothing works until the password is changed.
    pub must_change_password: bool,
    pub who: Who,
}

/// Which account, with which rights.
#[derive(Clone, Debug)]
pub enum Who {
    Staff {
        account: AccountId,
        role: StaffRole,
    },
    Client {
        account: AccountId,
        memberships: Vec<Membership>,
    },
    Operator(OperatorId),
}

/// An account's place at one client that is not archived.
#[derive(Clone, Debug)]
pub struct Membership {
    pub client: ClientId,
    pub client_name: String,
    pub role: ClientRole,
}

impl Visitor {
    /// The id of the account or operator.
    #[must_use]
    pub fn person(&self) -> Uuid {
        match self.who {
            Who::Staff { account, .. } | Who::Client { account, .. } => account.0,
            Who::Operator(operator) => operator.0,
        }
    }
}

impl Membership {
    /// Whether the role at this client has the permission.
    #[must_use]
    pub fn allows(&self, permission: ClientPermission) -> bool {
        self.role.allows(permission)
    }
}

/// Visitors read lately.
#[derive(Clone, Debug)]
pub(super) struct Cache(moka::future::Cache<(Scope, SessionHash), Arc<Visitor>>);

impl Cache {
    pub(super) fn new() -> Self {
        Self(
            moka::future::Cache::builder()
                .time_to_live(KEPT_FOR)
                .max_capacity(KEPT_AT_MOST)
                .build(),
        )
    }
}

impl Identity {
    /// The visitor with this session, if it is good in this area, the account works and still has rights there.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor(&self, scope: Scope, session: SessionHash) -> Result<Option<Arc<Visitor>>, Error> {
        let key = (scope, session);
        let now = self.clock.now();
        let kept = self.visitors.0.get(&key).await;
        if let Some(visitor) = kept.filter(|visitor| visitor.expires_at > now) {
            return Ok(Some(visitor));
        }
        let Some(visitor) = self.read_visitor(scope, session).await?.map(Arc::new) else {
            // Not kept: made-up tokens would fill the cache.
            return Ok(None);
        };
        self.visitors.0.insert(key, Arc::clone(&visitor)).await;
        Ok(Some(visitor))
    }

    /// Reads all visitors anew from now on. To be called after any change of sessions or rights; such changes are
    /// rare enough to forget everybody.
    pub fn forget_visitors(&self) {
        self.visitors.0.invalidate_all();
    }

    async fn read_visitor(&self, scope: Scope, session: SessionHash) -> Result<Option<Visitor>, Error> {
        let tenant = match scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => tenant,
            Scope::Operator => return self.read_operator(session).await,
        };
        let Some((row, account)) = self.sessions(scope).with_account(session).await? else {
            return Ok(None);
        };
        if account.disabled_at.is_some() {
            return Ok(None);
        }
        let rows = self.db.tenant(tenant);
        let who = match row.area {
            session::Area::Admin => {
                let member = rows
                    .find::<staff_member::Entity>()
                    .filter(staff_member::Column::AccountId.eq(account.id))
                    .one()
                    .await?;
                member
                    .and_then(|member| member.role.parse().ok())
                    .map(|role| Who::Staff {
                        account: account.id,
                        role,
                    })
            }
            session::Area::Portal => {
                let memberships = memberships(&rows, account.id).await?;
                (!memberships.is_empty()).then_some(Who::Client {
                    account: account.id,
                    memberships,
                })
            }
        };
        let Some(who) = who else { return Ok(None) };
        let expires_at = self
            .touched(scope, session, row.created_at, row.seen_at, row.expires_at)
            .await?;
        Ok(Some(Visitor {
            scope,
            session,
            expires_at,
            name: account.name,
            mail: account.mail,
            zone: account.zone.and_then(|zone| zone.parse().ok()),
            must_change_password: account.must_change_password,
            who,
        }))
    }

    async fn read_operator(&self, session: SessionHash) -> Result<Option<Visitor>, Error> {
        let found = operator_session::Entity::find_by_id(session.bytes())
            .one(self.installation())
            .await?
            .filter(|row| row.expires_at > self.clock.now());
        let Some((row, id)) = found.and_then(|row| row.operator_id.map(|id| (row, id))) else {
            return Ok(None);
        };
        let operator = operator::Entity::find_by_id(id).one(self.installation()).await?;
        let Some(operator) = operator.filter(|operator| operator.disabled_at.is_none()) else {
            return Ok(None);
        };
        let scope = Scope::Operator;
        let expires_at = self
            .touched(scope, session, row.created_at, row.seen_at, row.expires_at)
            .await?;
        Ok(Some(Visitor {
            scope,
            session,
            expires_at,
            name: operator.name,
            mail: operator.mail,
            zone: operator.zone.and_then(|zone| zone.parse().ok()),
            must_change_password: operator.must_change_password,
            who: Who::Operator(operator.id),
        }))
    }

    async fn touched(
        &self,
        scope: Scope,
        session: SessionHash,
        created_at: DateTime<Utc>,
        seen_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, Error> {
        if self.clock.now() - seen_at < TOUCH_EVERY {
            return Ok(expires_at);
        }
        Ok(self.sessions(scope).touch(session, created_at).await?)
    }
}

/// The account's places at clients that are not archived, by the clients' names.
pub(super) async fn memberships(rows: &entity::Tenant<'_>, account: AccountId) -> Result<Vec<Membership>, Error> {
    let found = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::AccountId.eq(account))
        .all_with::<client::Entity>(client_member::Column::ClientId, client::Column::Id)
        .await?;
    let mut memberships: Vec<Membership> = found
        .into_iter()
        .filter_map(|(member, client)| {
            let client = client.filter(|client| client.archived_at.is_none())?;
            Some(Membership {
                client: client.id,
                client_name: client.name,
                role: member.role.parse().ok()?,
            })
        })
        .collect();
    memberships.sort_by(|a, b| a.client_name.cmp(&b.client_name));
    Ok(memberships)
}
