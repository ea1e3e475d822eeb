//! What is asked of Contabo: the mirror of each account, read again and again, the actions on instances and on the
//! accounts' other things, and the orders.
//!
//! Nothing else calls Contabo, but for the try of credentials that staff have just typed.
//! Pages wait for that, for the keys of storages ([`storage_keys`]) and the codes of domains ([`domains`]), which are kept
//! nowhere, for [`checks`], [`region`] and a new client secret ([`client_secret`]). What is to be done is decided in
//! `domain/contabo`.

mod about;
mod act;
mod after;
mod calls;
#[cfg(test)]
mod check_tests;
pub(crate) mod checks;
pub(crate) mod client_secret;
mod clients;
#[cfg(test)]
mod domain_tests;
pub(crate) mod domains;
pub(crate) mod offers;
mod order;
mod order_calls;
#[cfg(test)]
mod order_tests;
mod people;
#[cfg(test)]
mod people_tests;
mod reading;
pub(crate) mod region;
mod schedule;
#[cfg(test)]
mod schedule_tests;
#[cfg(test)]
mod server_tests;
#[cfg(test)]
mod service_tests;
pub(crate) mod storage_keys;
pub mod sync;
mod tell;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod thing_tests;
mod things;

use std::time::Duration;

pub use self::{
    act::{Act, ActOnThings},
    clients::Clients,
    order::PlaceOrder,
    schedule::{RotateSnapshots, RunSchedule},
    tell::TellOfServer,
};

/// How long a page waits for Contabo.
pub(crate) const PAGES_WAIT: Duration = Duration::from_secs(20);
