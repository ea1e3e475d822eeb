//! Instances as they are mirrored: what Contabo says of them, in our words.

mod details;
mod given;
mod list;
mod network;
mod status;

pub use self::{
    details::{Address, Details},
    given::{Error, Reason, assign, assign_within, hand_over, lock, lock_within, unlock, unlock_within},
    list::{Listed, Owner, Sort, Wanted, any_of_clients, choices, is_busy, list, of_clients, one_of_clients},
    network::{Beside, ifupdown, netplan},
    status::Status,
};
