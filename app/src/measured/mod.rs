//! What was measured of a link in a range of time, for its customer and for staff alike: graphs, the same numbers as a
//! table, outages, and where the use is going.
//!
//! Directions are the customer's. How the link stands now, and whose page it is, is not known here.

pub mod cards;
pub mod measurements;
pub mod outages;
pub mod range;
pub mod range_form;
pub(crate) mod sample_data;
pub mod table;
pub mod trend;

pub use cards::{MeasuredCard, OutageCard};
pub use table::LinkTable;
pub use trend::TrendCard;

use crate::text::Text;

/// Where a link's pages are.
#[derive(Clone, Debug)]
pub struct Addresses {
    pub list: Text,
    /// The link's page, without a query.
    pub link: Text,
    pub table: Text,
    pub csv: Text,
}
