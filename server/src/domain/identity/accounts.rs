//! Accounts and their passwords. A password that somebody else set must be changed before anything else.
//!
//! What an account may do is in its memberships: `appointments`.

use chrono_tz::Tz;
use entity::{AccountId, OperatorId, Tenant, TenantId, account, operator, session};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, SqlErr, sea_query::Expr};
use serde_json::json;

use super::{
    Appointer, Error, Identity, Scope, StaffPermission, StaffRole, Visitor, Who,
    appointments::{lock_owners, staff_place},
    limits,
    passwords::{self, Verdict},
    sessions::{Ending, end_of_account},
};
use crate::domain::audit::{self, Actor, Subject};

/// Somebody who is to get an account.
#[derive(Clone)]
pub struct NewPerson {
    pub mail: String,
    pub name: String,
    /// The first password, which must be changed at the first sign-in.
    pub password: String,
    /// None for the tenant's.
    pub zone: Option<Tz>,
}

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson")
            .field("mail", &self.mail)
            .finish_non_exhaustive()
    }
}

/// The account that somebody got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Created {
    pub account: AccountId,
    /// The mail address had an account already, which keeps its name and password.
    pub was_there: bool,
}

/// A person whose password is hashed, which is slow and so is done before the transaction.
pub(super) struct Prepared {
    mail: String,
    name: String,
    hash: String,
    zone: Option<Tz>,
}

impl Identity {
    pub(super) async fn prepare(&self, person: NewPerson) -> Result<Prepared, Error> {
        passwords::check(&person.password, &person.mail, &person.name)?;
        Ok(Prepared {
            mail: person.mail.trim().to_lowercase(),
            name: person.name.trim().to_owned(),
            hash: self.passwords.hash(person.password).await?,
            zone: person.zone,
        })
    }

    /// The account with this mail address, made if there is none; with its name.
    pub(super) async fn find_or_create(
        &self,
        rows: &Tenant<'_>,
        actor: &Actor,
        person: Prepared,
    ) -> Result<(Created, String), Error> {
        let same_mail = account::Column::Mail.eq(person.mail.as_str());
        if let Some(found) = rows.find::<account::Entity>().filter(same_mail).one().await? {
            let created = Created {
                account: found.id,
                was_there: true,
            };
            return Ok((created, found.name));
        }
        let now = self.clock.now();
        let row = account::ActiveModel {
            id: Set(AccountId::new()),
            mail: Set(person.mail),
            name: Set(person.name),
            password_hash: Set(person.hash),
            must_change_password: Set(true),
            zone: Set(person.zone.map(|zone| zone.name().to_owned())),
            created_at: Set(now),
            last_sign_in_at: Set(None),
            disabled_at: Set(None),
            ..Default::default()
        };
        let row = rows.insert::<account::Entity, _>(row).await.map_err(map_taken)?;
        let after = json!({ "mail": row.mail, "name": row.name, "zone": row.zone });
        audit::record(rows, actor, now, "account.create", subject(&row), None, Some(after)).await?;
        Ok((
            Created {
                account: row.id,
                was_there: false,
            },
            row.name,
        ))
    }

    /// Makes an operator of the installation. For the command line: operators can't make each other.
    ///
    /// # Errors
    /// [`Error::Weak`], [`Error::MailTaken`].
    pub async fn create_operator(&self, person: NewPerson) -> Result<OperatorId, Error> {
        let person = self.prepare(person).await?;
        let id = OperatorId::new();
        operator::Entity::insert(operator::ActiveModel {
            id: Set(id),
            mail: Set(person.mail),
            name: Set(person.name),
            password_hash: Set(person.hash),
            must_change_password: Set(true),
            zone: Set(person.zone.map(|zone| zone.name().to_owned())),
            created_at: Set(self.clock.now()),
            last_sign_in_at: Set(None),
            disabled_at: Set(None),
        })
        .exec_without_returning(self.write_installation())
        .await
        .map_err(map_taken)?;
        Ok(id)
    }

    /// Changes the visitor's own password and ends all their other sessions.
    ///
    /// # Errors
    /// [`Error::WrongPassword`] when `current` is not the one in use, [`Error::TooManyTries`], [`Error::Weak`].
    pub async fn change_own_password(
        &self,
        visitor: &Visitor,
        actor: &Actor,
        current: String,
        new: String,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let hash = self.verified_hash(visitor, current.clone()).await?;
        passwords::check(&new, &visitor.mail, &visitor.name)?;
        if new == current {
            return Err(passwords::Weak::Same.into());
        }
        let verified = hash;
        let hash = self.passwords.hash(new).await?;
        let others = Ending::AllBut(Some(visitor.session));
        match (visitor.scope, &visitor.who) {
            (
                Scope::Portal(tenant) | Scope::Admin(tenant),
                Who::Staff { account, .. } | Who::Client { account, .. },
            ) => {
                let rows = self.db.begin(tenant).await?;
                // Somebody may have set another meanwhile, to keep out whoever knows this one.
                let unchanged = account::Column::Id
                    .eq(*account)
                    .and(account::Column::PasswordHash.eq(verified));
                let columns = [(account::Column::MustChangePassword, Expr::value(false))];
                if rows.update_where::<account::Entity>(unchanged, columns).await? == 0 {
                    return Err(Error::WrongPassword);
                }
                set_password(&rows, *account, hash, false).await?;
                let subject = Subject {
                    kind: "account",
                    id: Some(account.0),
                    name: &visitor.name,
                };
                audit::record(&rows, actor, now, "account.change_password", subject, None, None).await?;
                end_of_account(&rows, *account, others).await?;
                rows.commit().await?;
            }
            (_, Who::Operator(id)) => {
                let changed = operator::Entity::update_many()
                    .col_expr(operator::Column::PasswordHash, Expr::value(hash))
                    .col_expr(operator::Column::MustChangePassword, Expr::value(false))
                    .filter(operator::Column::Id.eq(*id))
                    .filter(operator::Column::PasswordHash.eq(verified))
                    .exec(self.write_installation())
                    .await?;
                if changed.rows_affected == 0 {
                    return Err(Error::WrongPassword);
                }
                self.end_of_operator(*id, others).await?;
            }
            (Scope::Operator, _) => return Err(Error::NotFound),
        }
        self.forget_visitors();
        Ok(())
    }

    /// That whoever sits at the visitor's browser knows the visitor's password: asked again before what can't be
    /// taken back. Guesses count as they do at sign-in.
    ///
    /// # Errors
    /// [`Error::WrongPassword`], [`Error::TooManyTries`].
    pub async fn confirm_password(&self, visitor: &Visitor, password: String) -> Result<(), Error> {
        self.verified_hash(visitor, password).await.map(drop)
    }

    /// The hash that the visitor's password was found to fit.
    async fn verified_hash(&self, visitor: &Visitor, password: String) -> Result<String, Error> {
        // Whoever finds a browser signed in must not be able to guess the password there.
        let guesses = limits::Key::account(visitor.scope, &visitor.mail);
        let counted = self.count_attempt(&guesses, limits::ACCOUNT, self.clock.now());
        if counted.await?.is_some() {
            return Err(Error::TooManyTries);
        }
        let hash = self.own_hash(visitor).await?;
        if self.passwords.verify(password, Some(hash.clone())).await? == Verdict::Wrong {
            return Err(Error::WrongPassword);
        }
        self.forget_attempts(&guesses).await?;
        Ok(hash)
    }

    async fn own_hash(&self, visitor: &Visitor) -> Result<String, Error> {
        let hash = match (visitor.scope, &visitor.who) {
            (
                Scope::Portal(tenant) | Scope::Admin(tenant),
                Who::Staff { account, .. } | Who::Client { account, .. },
            ) => {
                let row = self.db.tenant(tenant).get::<account::Entity>(*account).await?;
                row.map(|row| row.password_hash)
            }
            (_, Who::Operator(id)) => {
                let row = operator::Entity::find_by_id(*id).one(self.installation()).await?;
                row.map(|row| row.password_hash)
            }
            (Scope::Operator, _) => None,
        };
        hash.ok_or(Error::NotFound)
    }

    /// Sets somebody's password, which they must change, and ends all their sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::Weak`].
    pub async fn reset_password(
        &self,
        tenant: TenantId,
        by: &Appointer,
        account: AccountId,
        password: String,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let known = self
            .db
            .tenant(tenant)
            .get::<account::Entity>(account)
            .await?
            .ok_or(Error::NotFound)?;
        passwords::check(&password, &known.mail, &known.name)?;
        let hash = self.passwords.hash(password).await?;
        let rows = self.db.begin(tenant).await?;
        demand_authority(&rows, by, account).await?;
        set_password(&rows, account, hash, true).await?;
        rows.delete_where::<session::Entity>(session::Column::AccountId.eq(account))
            .await?;
        audit::record(
            &rows,
            &by.actor,
            now,
            "account.reset_password",
            subject(&known),
            None,
            None,
        )
        .await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }

    /// Disables an account, which ends its sessions, or lets it sign in again.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::LastOwner`].
    pub async fn set_disabled(
        &self,
        tenant: TenantId,
        by: &Appointer,
        account: AccountId,
        disabled: bool,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let rows = self.db.begin(tenant).await?;
        let known = rows.get::<account::Entity>(account).await?.ok_or(Error::NotFound)?;
        if known.disabled_at.is_some() == disabled {
            return Ok(());
        }
        let owners = lock_owners(&rows).await?;
        demand_authority(&rows, by, account).await?;
        if disabled && owners == [account] {
            return Err(Error::LastOwner);
        }
        let row = account::ActiveModel {
            id: Set(account),
            disabled_at: Set(disabled.then_some(now)),
            ..Default::default()
        };
        rows.update::<account::Entity, _>(row).await?;
        rows.delete_where::<session::Entity>(session::Column::AccountId.eq(account))
            .await?;
        let action = if disabled { "account.disable" } else { "account.enable" };
        let (before, after) = (json!({ "disabled": !disabled }), json!({ "disabled": disabled }));
        audit::record(
            &rows,
            &by.actor,
            now,
            action,
            subject(&known),
            Some(before),
            Some(after),
        )
        .await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }

    /// Sets the zone in which the visitor reads times; none for the tenant's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_own_zone(&self, visitor: &Visitor, actor: &Actor, zone: Option<Tz>) -> Result<(), Error> {
        let now = self.clock.now();
        let name = zone.map(|zone| zone.name().to_owned());
        match (visitor.scope, &visitor.who) {
            (
                Scope::Portal(tenant) | Scope::Admin(tenant),
                Who::Staff { account, .. } | Who::Client { account, .. },
            ) => {
                let rows = self.db.begin(tenant).await?;
                let known = rows.get::<account::Entity>(*account).await?.ok_or(Error::NotFound)?;
                let row = account::ActiveModel {
                    id: Set(*account),
                    zone: Set(name.clone()),
                    ..Default::default()
                };
                rows.update::<account::Entity, _>(row).await?;
                let (before, after) = (json!({ "zone": known.zone }), json!({ "zone": name }));
                audit::record(
                    &rows,
                    actor,
                    now,
                    "account.change_zone",
                    subject(&known),
                    Some(before),
                    Some(after),
                )
                .await?;
                rows.commit().await?;
            }
            (_, Who::Operator(id)) => {
                let row = operator::ActiveModel {
                    id: Set(*id),
                    zone: Set(name),
                    ..Default::default()
                };
                operator::Entity::update(row).exec(self.write_installation()).await?;
            }
            (Scope::Operator, _) => return Err(Error::NotFound),
        }
        self.forget_visitors();
        Ok(())
    }
}

/// Whoever decides about an account's factors decides about all it may do: for an account on the staff that takes the
/// authority over its role there.
pub(super) async fn demand_authority(rows: &Tenant<'_>, by: &Appointer, account: AccountId) -> Result<(), Error> {
    by.demand(StaffPermission::ManageClientUsers)?;
    let Some(place) = staff_place(rows, account).await? else {
        return Ok(());
    };
    let role = place.role.parse::<StaffRole>().ok();
    if by.role.may_appoint(role, role) {
        Ok(())
    } else {
        Err(Error::NotAllowed)
    }
}

async fn set_password(rows: &Tenant<'_>, account: AccountId, hash: String, must_change: bool) -> Result<(), DbErr> {
    let row = account::ActiveModel {
        id: Set(account),
        password_hash: Set(hash),
        must_change_password: Set(must_change),
        ..Default::default()
    };
    rows.update::<account::Entity, _>(row).await.map(drop)
}

fn subject(row: &account::Model) -> Subject<'_> {
    Subject {
        kind: "account",
        id: Some(row.id.0),
        name: &row.name,
    }
}

/// A unique index refused: somebody has it already.
pub(super) fn map_taken(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::MailTaken,
        _ => error.into(),
    }
}
