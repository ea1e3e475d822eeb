//! Actions: what is asked of Contabo for one instance. Each is a row with a state and a stage; one runs at a time per
//! instance, the others wait their turn.
//!
//! What to do next about one is decided in [`next`], by nothing but its row and what was seen. It is done in
//! `work/contabo`.

pub mod kinds;
pub mod next;
mod passwords;
mod store;

pub(crate) use self::store::PASSWORD_KEPT;
pub use self::{
    kinds::{Asked, FromTemplate, Kind, Weight},
    passwords::{Passwords, generate},
    store::{
        Ask, Error, Reason, ask, ask_with, can_be_revealed, of_instance, open, opened, reveal, secret_place, withdraw,
    },
};
