//! Domains and their contacts, as staff ask for them: what they type, what may be asked, and whether it shows.
//!
//! Here is what Contabo's API takes and what makes sense; what a registry wants of a contact or a name server is its own
//! answer.

mod change;
mod contact;
mod typed;

pub(super) use self::change::{allow, shows};
pub use self::{
    contact::{contact, pin, reach},
    typed::{Ending, REASONS, Reason, auth_code, contacts, ending, name, name_servers},
};
