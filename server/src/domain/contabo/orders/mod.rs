//! Orders: what staff buy at Contabo for a client or for later. Each is a row with its own key, made before it is
//! confirmed; what is confirmed is sent once, and never again by itself.
//!
//! What to do next about one is decided in [`next`], by nothing but its row and what was seen. It is done in
//! `work/contabo`.

pub mod next;
mod offer;
mod store;
mod typed;
mod wanted;

pub use self::{
    offer::{by_list, quote},
    store::{
        Error, can_be_revealed, can_be_withdrawn, confirm, draft, give_storage, is_open, list, of_instance, of_server,
        price, reveal, secret_place, user_data, withdraw,
    },
    typed::{Choices, FIELDS, NewOrder, Reason, read},
    wanted::{Instance, Storage, Wanted},
};
