//! What is asked of Contabo: the mirror of each account, read again and again, and the actions on instances.
//!
//! Nothing else calls Contabo, but for the try of credentials that staff have just typed. What is to be done is decided
//! in `domain/contabo`.

mod act;
mod calls;
mod clients;
pub mod sync;
#[cfg(test)]
mod tests;

pub use self::{act::Act, clients::Clients};
