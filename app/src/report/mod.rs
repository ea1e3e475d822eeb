//! An SLA report as its readers see it: clients, staff, and whoever it was shared with. One file for each part.
//!
//! Figures come as texts that the server has cut off from exact fractions; nothing is judged or rounded here. What may
//! be done with a report is not here either: each area's page puts its own buttons around it.

pub mod body;
mod calendar;
pub mod facts;
mod head;
pub mod list;
mod method;
mod months;
mod outages;
pub(crate) mod sample_data;
pub mod shares;
mod taken_out;
pub mod verdict;

pub use body::ReportBody;
pub use facts::Report;
pub use list::ReportTable;
pub use shares::SharesCard;
pub use verdict::{Verdict, VerdictBadge};
