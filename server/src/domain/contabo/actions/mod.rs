//! Actions: what is asked of Contabo for one instance, or for another thing of an account. Each is a row with a state and
//! a stage; one runs at a time per instance, and beside those one per account, the others wait their turn.
//!
//! What to do next about one is decided in [`next`], by nothing but its row and what was seen. It is done in
//! `work/contabo`.

pub mod kinds;
pub mod next;
mod of_things;
mod passwords;
mod store;
pub mod things;

pub(crate) use self::store::PASSWORD_KEPT;
pub use self::{
    kinds::{Asked, FromTemplate, Kind, Weight},
    of_things::{AskThing, ask_thing, of_thing, open_of_account},
    passwords::{Passwords, generate},
    store::{
        Ask, Error, Reason, ask, ask_with, can_be_revealed, of_instance, open, opened, reveal, secret_place, withdraw,
    },
    things::{ThingAsked, Verb},
};
