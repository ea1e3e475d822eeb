//! A client for the RouterOS API (services `api` and `api-ssl`, RouterOS 6 and 7).
//!
//! It opens one connection to one router, runs any number of commands on it at once, and answers each
//! with a whole reply or an error that says what happened. Everything has a time-out and a ceiling: a
//! router that is silent, slow, wrong or hostile costs its caller a bounded time and memory, and no
//! other router anything. It knows nothing of Mainstay: no tenants, no database, no clock, no policy
//! on when to try again.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use routeros::{Client, Credentials, Error, InterfaceFilter, Options, Target, Tls};
//! # async fn example() -> Result<(), Error> {
//! let target = Target {
//!     host: "router1.example.net".to_owned(),
//!     port: 8729,
//!     guard: Arc::new(|address| match address.is_loopback() {
//!         true => Err("loopback".to_owned()),
//!         false => Ok(()),
//!     }),
//! };
//! let client = Client::connect(
//!     &target,
//!     &Tls::Pin { sha256: None },
//!     &Credentials::new("mainstay", "secret"),
//!     &Options::default(),
//! )
//! .await?;
//! let interfaces = client.interfaces(&InterfaceFilter::names(["ether1"])).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # The methods of the service that came before
//!
//! | before | here | what is different |
//! | --- | --- | --- |
//! | `connect` | [`Client::connect`] | says why it failed; checks the certificate; keeps the connection |
//! | (disconnect) | [`Client::quit`], or dropping the client | |
//! | `getInterfaceStats` | [`Client::interfaces`] with [`InterfaceFilter::Names`] | many interfaces in one request |
//! | `getAllInterfaces` | [`Client::interfaces`] with [`InterfaceFilter::All`] | only the properties that are used |
//! | `getInterfaceTraffic` | [`Client::monitor_traffic`] | refuses what is no number |
//! | `getInterfaceCounters` | [`Client::counters`] | 64 bits; a counter that is absent is not 0 |
//! | `pingHost` | [`Client::ping`], [`Client::pings`] | a failure is not 100 % loss; microseconds |
//! | `getSystemResources` | [`Client::resources`], [`Client::identity`], [`Client::clock`] | |
//! | `isInterfaceUp` | [`Client::is_up`] | a failure is not "down" |
//! | `testConnection` | [`Client::test`] | also reads what will be polled |
//!
//! Beyond these: [`Client::listen_interfaces`], and [`Client::run`] and [`Client::stream`] for any
//! other command.

mod client;
pub mod codec;
mod command;
mod connection;
mod error;
mod login;
mod options;
mod reader;
mod reply;
mod router;
mod row;
mod stream;
mod target;
mod tls;
pub mod value;

pub use client::Client;
pub use command::Command;
pub use error::{Category, Error, Stage};
pub use login::Credentials;
pub use options::{CodePage, Limits, Login, Options, Timeouts};
pub use reply::Reply;
pub use router::check::Check;
pub use router::interface::{Counters, Interface, InterfaceCounters, InterfaceFilter};
pub use router::listen::{ChangedInterface, InterfaceChange, InterfaceChanges};
pub use router::ping::{Ping, PingRequest, PingStatus, Table};
pub use router::system::{Clock, Resources};
pub use router::traffic::Rates;
pub use row::{Row, Text};
pub use stream::Rows;
pub use target::{Guard, Target};
pub use tls::{Certificate, Tls, fingerprint};
