//! The rows of open sessions: a browser that is signed in to one area.
//!
//! The token itself is in the browser's cookie alone; here is its SHA-256. Cookies are in `web::session`.

use chrono::{DateTime, Duration, Utc};
use entity::{AccountId, Db, OperatorId, Tenant, account, operator_session, session, session::Area};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, SqlErr,
    sea_query::Expr,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Error, Identity, Scope, Visitor};
use crate::domain::audit::{self, Actor, Subject};

/// How long a session lasts unused.
pub const IDLE: Duration = Duration::hours(12);

/// How long a session lasts at most.
pub const LIFETIME: Duration = Duration::days(14);

/// How stale the time of last use may be: one write in that time, however many pages are read.
pub(super) const TOUCH_EVERY: Duration = Duration::minutes(5);

/// What tells sessions apart outside of the browser: the hash of the token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionHash([u8; 32]);

impl SessionHash {
    /// The hash of this token.
    #[must_use]
    pub fn of(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// A name for pages and forms, which says nothing about the token.
    #[must_use]
    pub fn to_name(&self) -> String {
        name(&self.0)
    }
}

impl std::fmt::Debug for SessionHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_name())
    }
}

fn name(hash: &[u8]) -> String {
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Where a session was begun.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The address as seen at sign-in.
    pub address: String,
    /// Its own description of itself.
    pub agent: String,
}

/// A session of one's own, as the profile lists it.
#[derive(Clone, Debug)]
pub struct Open {
    /// As [`SessionHash::to_name`].
    pub name: String,
    /// Where it is good; none for the operator's area.
    pub area: Option<Area>,
    pub created_at: DateTime<Utc>,
    /// To a few minutes.
    pub seen_at: DateTime<Utc>,
    pub browser: Browser,
}

/// The rows of sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sessions<'a> {
    db: &'a Db,
    scope: Scope,
    now: DateTime<Utc>,
}

impl Identity {
    /// The sessions of one area.
    pub(crate) fn sessions(&self, scope: Scope) -> Sessions<'_> {
        Sessions {
            db: &self.db,
            scope,
            now: self.clock.now(),
        }
    }

    /// The open sessions of the person, newest first: for an account those of both areas.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_sessions(&self, scope: Scope, person: Uuid) -> Result<Vec<Open>, Error> {
        let now = self.clock.now();
        let open = match scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => {
                let rows = self.db.tenant(tenant);
                let rows = rows
                    .find::<session::Entity>()
                    .filter(session::Column::AccountId.eq(AccountId(person)))
                    .filter(session::Column::ExpiresAt.gt(now))
                    .order_by(session::Column::SeenAt, Order::Desc);
                rows.all()
                    .await?
                    .into_iter()
                    .map(|row| Open {
                        name: name(&row.hash),
                        area: Some(row.area),
                        created_at: row.created_at,
                        seen_at: row.seen_at,
                        browser: Browser {
                            address: row.address,
                            agent: row.agent,
                        },
                    })
                    .collect()
            }
            Scope::Operator => operator_session::Entity::find()
                .filter(operator_session::Column::OperatorId.eq(OperatorId(person)))
                .filter(operator_session::Column::ExpiresAt.gt(now))
                .order_by_desc(operator_session::Column::SeenAt)
                .all(self.installation())
                .await?
                .into_iter()
                .map(|row| Open {
                    name: name(&row.hash),
                    area: None,
                    created_at: row.created_at,
                    seen_at: row.seen_at,
                    browser: Browser {
                        address: row.address,
                        agent: row.agent,
                    },
                })
                .collect(),
        };
        Ok(open)
    }

    /// Ends the visitor's own sessions: the one with this name, or all but one. An account's in both areas.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the visitor has no session of that name.
    pub async fn end_own_sessions(&self, visitor: &Visitor, actor: &Actor, which: Ending<'_>) -> Result<(), Error> {
        let ended = match visitor.scope {
            Scope::Portal(tenant) | Scope::Admin(tenant) => {
                let rows = self.db.begin(tenant).await?;
                let ended = end_of_account(&rows, AccountId(visitor.person()), which).await?;
                if ended > 0 {
                    let subject = Subject {
                        kind: "account",
                        id: Some(visitor.person()),
                        name: &visitor.name,
                    };
                    let now = self.clock.now();
                    audit::record(&rows, actor, now, "account.end_sessions", subject, None, None).await?;
                    rows.commit().await?;
                }
                ended
            }
            Scope::Operator => self.end_of_operator(OperatorId(visitor.person()), which).await?,
        };
        if ended == 0 && matches!(which, Ending::Named(_)) {
            return Err(Error::NotFound);
        }
        self.forget_visitors();
        Ok(())
    }

    /// Deletes an operator's sessions and says how many there were.
    pub(super) async fn end_of_operator(&self, operator: OperatorId, which: Ending<'_>) -> Result<u64, DbErr> {
        let open = operator_session::Entity::find()
            .filter(operator_session::Column::OperatorId.eq(operator))
            .all(self.installation())
            .await?;
        let ended = which.of(open.into_iter().map(|row| row.hash));
        let deleted = operator_session::Entity::delete_many()
            .filter(operator_session::Column::Hash.is_in(ended))
            .exec(self.write_installation())
            .await?;
        Ok(deleted.rows_affected)
    }

    /// Deletes the sessions that have ended by themselves, of all tenants. For the job that cleans up.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_expired_sessions(&self) -> Result<u64, DbErr> {
        let now = self.clock.now();
        let of_tenants = session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lte(now))
            .exec(self.write_installation())
            .await?;
        let of_operators = operator_session::Entity::delete_many()
            .filter(operator_session::Column::ExpiresAt.lte(now))
            .exec(self.write_installation())
            .await?;
        Ok(of_tenants.rows_affected + of_operators.rows_affected)
    }
}

/// Deletes an account's sessions, in both areas, and says how many there were.
pub(super) async fn end_of_account(rows: &Tenant<'_>, account: AccountId, which: Ending<'_>) -> Result<u64, DbErr> {
    let open = rows
        .find::<session::Entity>()
        .filter(session::Column::AccountId.eq(account));
    let ended = which.of(open.all().await?.into_iter().map(|row| row.hash));
    rows.delete_where::<session::Entity>(session::Column::Hash.is_in(ended))
        .await
}

/// Which of a person's sessions to end.
#[derive(Clone, Copy, Debug)]
pub enum Ending<'a> {
    /// The one with this [`SessionHash::to_name`].
    Named(&'a str),
    /// All, but for this one.
    AllBut(Option<SessionHash>),
}

impl Ending<'_> {
    fn of(self, hashes: impl Iterator<Item = Vec<u8>>) -> Vec<Vec<u8>> {
        let ends = |hash: &Vec<u8>| match self {
            Self::Named(wanted) => name(hash) == wanted,
            Self::AllBut(keep) => keep.is_none_or(|keep| keep.bytes() != *hash),
        };
        hashes.filter(ends).collect()
    }
}

impl Sessions<'_> {
    /// What the session keeps, as JSON; none when there is no such session here, or it has ended.
    pub(crate) async fn load(&self, hash: SessionHash) -> Result<Option<String>, DbErr> {
        let found = match self.tenant_and_area() {
            Some((tenant, area)) => {
                let row = self.db.tenant(tenant).get::<session::Entity>(hash.bytes()).await?;
                row.filter(|row| row.area == area).map(|row| (row.data, row.expires_at))
            }
            None => {
                let row = operator_session::Entity::find_by_id(hash.bytes())
                    .one(self.installation())
                    .await?;
                row.map(|row| (row.data, row.expires_at))
            }
        };
        Ok(found
            .filter(|(_, expires_at)| *expires_at > self.now)
            .map(|(data, _)| data))
    }

    /// Begins a session; false when another has this token.
    pub(crate) async fn create(
        &self,
        hash: SessionHash,
        person: Option<Uuid>,
        data: String,
        browser: &Browser,
    ) -> Result<bool, DbErr> {
        let agent: String = browser.agent.chars().take(200).collect();
        let inserted = match self.tenant_and_area() {
            Some((tenant, area)) => {
                let row = session::ActiveModel {
                    hash: Set(hash.bytes()),
                    area: Set(area),
                    account_id: Set(person.map(AccountId)),
                    data: Set(data),
                    created_at: Set(self.now),
                    seen_at: Set(self.now),
                    expires_at: Set(self.now + IDLE),
                    address: Set(browser.address.clone()),
                    agent: Set(agent),
                    ..Default::default()
                };
                self.db.tenant(tenant).insert::<session::Entity, _>(row).await.map(drop)
            }
            None => operator_session::Entity::insert(operator_session::ActiveModel {
                hash: Set(hash.bytes()),
                operator_id: Set(person.map(OperatorId)),
                data: Set(data),
                created_at: Set(self.now),
                seen_at: Set(self.now),
                expires_at: Set(self.now + IDLE),
                address: Set(browser.address.clone()),
                agent: Set(agent),
            })
            .exec_without_returning(self.write_installation())
            .await
            .map(drop),
        };
        match inserted {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Keeps something else in the session.
    pub(crate) async fn save(&self, hash: SessionHash, data: String) -> Result<(), DbErr> {
        match self.tenant_and_area() {
            Some((tenant, area)) => {
                let this = Condition::all()
                    .add(session::Column::Hash.eq(hash.bytes()))
                    .add(session::Column::Area.eq(area));
                let changes = [(session::Column::Data, Expr::value(data))];
                self.db
                    .tenant(tenant)
                    .update_where::<session::Entity>(this, changes)
                    .await
                    .map(drop)
            }
            None => operator_session::Entity::update_many()
                .col_expr(operator_session::Column::Data, Expr::value(data))
                .filter(operator_session::Column::Hash.eq(hash.bytes()))
                .exec(self.write_installation())
                .await
                .map(drop),
        }
    }

    /// Ends the session.
    pub(crate) async fn delete(&self, hash: SessionHash) -> Result<(), DbErr> {
        match self.tenant_and_area() {
            Some((tenant, area)) => {
                let this = Condition::all()
                    .add(session::Column::Hash.eq(hash.bytes()))
                    .add(session::Column::Area.eq(area));
                self.db
                    .tenant(tenant)
                    .delete_where::<session::Entity>(this)
                    .await
                    .map(drop)
            }
            None => operator_session::Entity::delete_by_id(hash.bytes())
                .exec(self.write_installation())
                .await
                .map(drop),
        }
    }

    /// The session was used: it lasts on from now, but no longer than [`LIFETIME`] in all.
    pub(super) async fn touch(&self, hash: SessionHash, created_at: DateTime<Utc>) -> Result<DateTime<Utc>, DbErr> {
        let expires_at = (self.now + IDLE).min(created_at + LIFETIME);
        match self.tenant_and_area() {
            Some((tenant, _)) => {
                let changes = [
                    (session::Column::SeenAt, Expr::value(self.now)),
                    (session::Column::ExpiresAt, Expr::value(expires_at)),
                ];
                let this = session::Column::Hash.eq(hash.bytes());
                self.db
                    .tenant(tenant)
                    .update_where::<session::Entity>(this, changes)
                    .await?;
            }
            None => {
                operator_session::Entity::update_many()
                    .col_expr(operator_session::Column::SeenAt, Expr::value(self.now))
                    .col_expr(operator_session::Column::ExpiresAt, Expr::value(expires_at))
                    .filter(operator_session::Column::Hash.eq(hash.bytes()))
                    .exec(self.write_installation())
                    .await?;
            }
        }
        Ok(expires_at)
    }

    /// The session of an account, with the account.
    pub(super) async fn with_account(
        &self,
        hash: SessionHash,
    ) -> Result<Option<(session::Model, account::Model)>, DbErr> {
        let Some((tenant, area)) = self.tenant_and_area() else {
            return Ok(None);
        };
        let rows = self.db.tenant(tenant);
        let rows = rows
            .find::<session::Entity>()
            .filter(session::Column::Hash.eq(hash.bytes()))
            .filter(session::Column::Area.eq(area))
            .filter(session::Column::ExpiresAt.gt(self.now));
        let found = rows
            .all_with::<account::Entity>(session::Column::AccountId, account::Column::Id)
            .await?;
        Ok(found
            .into_iter()
            .find_map(|(session, account)| Some((session, account?))))
    }

    fn tenant_and_area(&self) -> Option<(entity::TenantId, Area)> {
        match self.scope {
            Scope::Portal(tenant) => Some((tenant, Area::Portal)),
            Scope::Admin(tenant) => Some((tenant, Area::Admin)),
            Scope::Operator => None,
        }
    }

    fn installation(&self) -> &sea_orm::DatabaseConnection {
        #[expect(clippy::disallowed_methods, reason = "operators' sessions belong to no tenant")]
        self.db.across_tenants()
    }

    /// As [`Self::installation`], for what writes.
    fn write_installation(&self) -> &sea_orm::DatabaseConnection {
        #[expect(clippy::disallowed_methods, reason = "operators' sessions belong to no tenant")]
        self.db.write_across_tenants()
    }
}
