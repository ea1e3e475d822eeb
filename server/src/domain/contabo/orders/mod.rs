//! Orders: what staff buy at Contabo for a client or for later. Each is a row with its own key, made before it is
//! confirmed; what is confirmed is sent once, and never again by itself.
//!
//! What to do next about one is decided in [`next`], by nothing but its row and what was seen. It is done in
//! `work/contabo`.

mod choices;
pub mod next;
mod offer;
mod secrets;
mod store;
mod typed;
mod wanted;

pub use self::{
    choices::{USERS, choices, is_place, is_term},
    offer::{quote, quote_of_server},
    secrets::{can_be_revealed, passwords, reveal, secret_place, user_data, user_data_place},
    store::{
        Error, OPEN, Sought, can_be_withdrawn, confirm, confirm_within, count, draft, draft_within, give_storage,
        is_open, list, may_be_there, of_instance, of_server, page, price, waiting, withdraw, withdraw_within,
    },
    typed::{Choices, FIELDS, NewOrder, Reason, read, steps},
    wanted::{Instance, Storage, Wanted},
};
