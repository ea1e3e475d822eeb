//! Actions: what is asked of Contabo for one instance, or for another thing of an account. Each is a row with a state and
//! a stage; one runs at a time per instance, and beside those one per account, the others wait their turn.
//!
//! What to do next about one is decided in [`next`], by nothing but its row and what was seen. It is done in
//! `work/contabo`.

mod add_ons;
pub mod kinds;
pub mod next;
mod of_things;
mod passwords;
mod store;
pub mod things;
pub mod ties;

pub(crate) use self::store::PASSWORD_KEPT;
pub use self::{
    add_ons::{Bought, bought, buyable},
    kinds::{Asked, FromTemplate, Kind, Weight},
    of_things::{AskThing, ask_thing, of_thing, open_of_account, shows},
    passwords::{Passwords, generate},
    store::{
        Ask, Error, Reason, ask, ask_with, ask_within, by_ids, can_be_revealed, failed_since, of_instance, open,
        opened, remedies_of, reveal, secret_place, withdraw, without_secrets,
    },
    things::{Access, Growth, NameServer, ThingAsked, Verb},
};
