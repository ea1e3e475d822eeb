//! The catalogue: what the tenant orders at Contabo, what that costs it, and what its clients pay. Contabo's API has no
//! prices, so staff keep the list.
//!
//! A price is never changed: another holds from another day, and what was ordered before keeps what it was ordered at.

mod csv;
mod known;
mod prices;
mod store;
mod typed;

pub use self::{
    csv::write,
    prices::{Amount, Line, Price, Quote, Side, Term, Unknown, holds},
    store::{
        Catalogue, Changed, add, add_known, add_price, can_be_ordered, change, set_orderable, show_prices, shows_prices,
    },
    typed::{New, NewPrice, Product, Reason, TERMS, price, product},
};

/// Where instances can be ordered: the regions' short names, as requests have them.
pub const REGIONS: [&str; 9] = [
    "EU",
    "US-central",
    "US-east",
    "US-west",
    "SIN",
    "UK",
    "AUS",
    "JPN",
    "IND",
];

/// Where object storage can be ordered.
pub const STORAGE_REGIONS: [&str; 3] = ["EU", "US-central", "SIN"];

/// What stands for object storage among the products.
pub const STORAGE: &str = "object_storage";

/// What can be bought with an instance, by our words.
pub mod add_on {
    pub const PRIVATE_NETWORKING: &str = "private_networking";
    pub const BACKUP: &str = "backup";
    /// One more IPv4 address.
    pub const EXTRA_IPV4: &str = "extra_ipv4";
    /// Room for own images, for the whole account.
    pub const CUSTOM_IMAGES: &str = "custom_images";

    /// All of them.
    pub const ALL: [&str; 4] = [PRIVATE_NETWORKING, BACKUP, EXTRA_IPV4, CUSTOM_IMAGES];

    /// Contabo's number of it on servers, where that is attested.
    #[must_use]
    pub fn number(word: &str) -> Option<i64> {
        (word == PRIVATE_NETWORKING).then_some(1_477)
    }
}
