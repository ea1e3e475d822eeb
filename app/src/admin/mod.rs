//! The pages of staff users: dense, exact, what is wrong first.
//!
//! One file a page: the component, its props, its samples. What a role may not do is not among the props, so its button
//! is not there.

pub mod audit;
pub mod client_users;
pub mod clients;
pub mod confirm;
pub mod maintenance;
pub mod people;
pub mod settings;
pub mod sla_profiles;
pub mod staff;

use crate::samples::Sample;

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [
        audit::samples(),
        client_users::list::samples(),
        client_users::form::samples(),
        client_users::show::samples(),
        clients::list::samples(),
        clients::form::samples(),
        clients::show::samples(),
        confirm::samples(),
        maintenance::list::samples(),
        maintenance::form::samples(),
        maintenance::show::samples(),
        people::first_password::samples(),
        settings::samples(),
        sla_profiles::list::samples(),
        sla_profiles::form::samples(),
        sla_profiles::show::samples(),
        staff::list::samples(),
        staff::form::samples(),
        staff::show::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
