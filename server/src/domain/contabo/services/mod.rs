//! Services: servers that a billing system orders, suspends and ends, each by its own id of it.
//!
//! A service is a name for what orders and actions do, and does nothing itself: its server is ordered by
//! [`super::orders`] or given by [`super::instances`], stopped, started and cancelled by [`super::actions`], and how far
//! that is their rows say. Calls may come twice, or again after an answer was lost: what is so already is left alone, and
//! what failed is tried again.

mod create;
mod steps;
mod store;

use entity::{ContaboAccountId, InstanceId, TemplateId};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

pub use self::{
    create::{Create, create},
    steps::{suspend, terminate, unsuspend},
    store::{Progress, Shown, list, show, task_key},
};
use super::{actions, instances, orders};
use crate::domain::{templates, typed::BadText};

/// What a service shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wish {
    /// A server that is ordered for it.
    Ordered(Ordered),
    /// A server that is there.
    Given { instance: InstanceId },
}

/// A server to order, by ids: names may change between two calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    pub account: ContaboAccountId,
    /// Contabo's id of the plan.
    pub product: String,
    /// The region's short name.
    pub region: String,
    /// The contract's term.
    pub months: i32,
    pub image: String,
    pub default_user: String,
    /// Contabo's ids of keys that are put in.
    #[serde(default)]
    pub ssh_keys: Vec<String>,
    /// By the words of the catalogue.
    #[serde(default)]
    pub add_ons: Vec<String>,
    /// Unique in the account.
    pub display_name: String,
    /// What the new system is told is made of this one, as it is then.
    #[serde(default)]
    pub template: Option<TemplateId>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has this reference.
    #[error("there is no such service")]
    NotFound,
    /// It has this reference, and another client or another server.
    #[error("there is a service of this id already, for another client or another server")]
    Different,
    /// It was ended, and its reference is used up.
    #[error("the service has ended")]
    Terminated,
    /// Its order has been sent, and it is not known yet what becomes of it.
    #[error("the service's server is not ready yet")]
    NotReady,
    /// Its order failed; this is why.
    #[error("the service has no server, as its order failed: {0}")]
    OrderFailed(String),
    /// Contabo no longer has its server.
    #[error("the service's server is gone")]
    Gone,
    /// These have no price in the list, and nobody said that it be ordered all the same.
    #[error("the price list says nothing of {}", .0.join(", "))]
    NoPrice(Vec<String>),
    /// Another client has the server.
    #[error("another client has the server")]
    Taken,
    /// Another service has the server.
    #[error("the server is that of the service {0}")]
    InUse(String),
    /// Staff have locked the server for a reason of their own.
    #[error("staff have locked the server for another reason: {0}")]
    Locked(String),
    /// The reference, the reason or the name can't be taken.
    #[error("the service's {0} can't be taken")]
    Text(&'static str, BadText),
    /// There is no such thing to choose.
    #[error("there is no such {0} to choose")]
    NoChoice(&'static str),
    /// A value of the template can't be taken.
    #[error("the template does not take the value of {0}")]
    Value(String),
    #[error(transparent)]
    Template(#[from] templates::RenderError),
    #[error(transparent)]
    Order(#[from] orders::Error),
    #[error(transparent)]
    Give(#[from] instances::Error),
    #[error(transparent)]
    Action(#[from] actions::Error),
    #[error("the database failed")]
    Database(#[from] DbErr),
}
