//! A client for the API of Contabo, from which customers rent servers and object storages.
//!
//! One [`Client`] asks for one account. It signs in and renews its token for all callers together, keeps
//! to a rate, leaves a service alone that only fails, and answers each call with what was asked for or an
//! [`Error`] that says what happened: above all whether something [may have been
//! done](Error::may_have_been_done) although no answer came. A change is never sent twice by itself.
//! What Contabo adds to its answers is passed over, and new words in them are kept and shown.
//!
//! It knows nothing of Mainstay: no tenants, no database, no policy on when to ask again.
//!
//! ```no_run
//! # use contabo::{Account, Client, Error, InstanceFilter, Options, RequestId};
//! # async fn example() -> Result<(), Error> {
//! let account = Account {
//!     client_id: "INT-54321".to_owned(),
//!     client_secret: "secret".into(),
//!     user: "api@example.org".to_owned(),
//!     password: "secret".into(),
//! };
//! let client = Client::new(account, Options::default())?;
//! for instance in client.instances().list(&InstanceFilter::default()).await? {
//!     // Keep the number before the call: it is how to find out what became of it.
//!     let request_id = RequestId::random();
//!     client.instances().restart(instance.instance_id, request_id).await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`operations::ALL`] lists every operation of the API with the method that calls it.

mod account;
mod asking;
mod breaker;
mod call;
mod client;
mod decode;
mod error;
mod hidden;
mod http;
mod ids;
mod limiter;
mod operation;
pub mod operations;
mod options;
mod page;
mod query;
mod request_id;
mod resources;
mod says;
mod sending;
mod tokens;

pub use account::Account;
pub use call::Call;
pub use client::Client;
pub use decode::{Answer, Fault};
pub use error::Error;
pub use hidden::Hidden;
pub use ids::*;
pub use operation::{Method, Operation};
pub use options::{BreakerOptions, Observer, Options, Rate, Retry};
pub use page::{Page, PageRequest};
pub use query::{Each, OrderBy, Parameter};
pub use request_id::{NotARequestId, RequestId};
pub use reqwest::Url;
pub use resources::*;
