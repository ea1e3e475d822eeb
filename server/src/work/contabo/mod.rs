//! What is asked of Contabo: the mirror of each account, read again and again, the actions on instances, and the
//! orders.
//!
//! Nothing else calls Contabo, but for the try of credentials that staff have just typed. What is to be done is decided
//! in `domain/contabo`.

mod act;
mod calls;
mod clients;
mod order;
mod order_calls;
#[cfg(test)]
mod order_tests;
pub mod sync;
#[cfg(test)]
mod tests;

pub use self::{act::Act, clients::Clients, order::PlaceOrder};
