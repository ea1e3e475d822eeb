//! Who people are and what they may do: accounts, passwords, roles, signing in, open sessions.
//!
//! It knows neither cookies nor pages: those are in `web`. What the roles' permissions guard is in the other modules.

pub mod accounts;
mod appointments;
mod limits;
mod memberships;
pub mod passwords;
pub mod roles;
pub mod sessions;
mod share_passwords;
mod sign_in;
pub mod visitors;

use entity::{Db, TenantId};
use sea_orm::{DatabaseConnection, DbErr};

use crate::clock::Clock;

pub use accounts::{Created, NewPerson};
pub use appointments::Appointer;
pub use passwords::{Cost, Passwords};
pub use roles::{ClientPermission, ClientRole, StaffPermission, StaffRole};
pub use share_passwords::Guess;
pub use sign_in::SignIn;
pub use visitors::{Visitor, Who};

/// Where a session is good, and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The pages of this tenant's client users.
    Portal(TenantId),
    /// The pages of this tenant's staff.
    Admin(TenantId),
    /// The pages of whoever runs the installation.
    Operator,
}

/// All that concerns people. Clones share the cache and the bound on memory.
#[derive(Clone, Debug)]
pub struct Identity {
    db: Db,
    clock: Clock,
    passwords: Passwords,
    visitors: visitors::Cache,
}

/// What went wrong with people.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such account, membership or session; or it is another tenant's.
    #[error("there is no such person here")]
    NotFound,
    /// The role does not allow it.
    #[error("the role does not allow it")]
    NotAllowed,
    /// Another account, membership or operator has it already.
    #[error("this mail address is in use already")]
    MailTaken,
    /// Somebody must be left who can do everything.
    #[error("the last owner can't be removed, disabled or given another role")]
    LastOwner,
    /// The password in use was not given rightly.
    #[error("this is not the password in use")]
    WrongPassword,
    /// Too many guesses.
    #[error("too many tries")]
    TooManyTries,
    /// The password is not good enough.
    #[error(transparent)]
    Weak(#[from] passwords::Weak),
    /// A password could not be hashed.
    #[error(transparent)]
    Hash(#[from] passwords::HashError),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] DbErr),
}

impl Identity {
    /// For this database.
    #[must_use]
    pub fn new(db: Db, clock: Clock, passwords: Passwords) -> Self {
        Self {
            db,
            clock,
            passwords,
            visitors: visitors::Cache::new(),
        }
    }

    /// The tables that belong to no tenant.
    fn installation(&self) -> &DatabaseConnection {
        #[expect(
            clippy::disallowed_methods,
            reason = "operators, their sessions and the limits on signing in belong to no tenant"
        )]
        self.db.across_tenants()
    }

    /// As [`Self::installation`], for what writes.
    fn write_installation(&self) -> &DatabaseConnection {
        #[expect(
            clippy::disallowed_methods,
            reason = "operators, their sessions and the limits on signing in belong to no tenant"
        )]
        self.db.write_across_tenants()
    }
}
