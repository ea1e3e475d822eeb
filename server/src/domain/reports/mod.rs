//! SLA reports: what a month came to, written down once and never changed.
//!
//! A report is a [`Document`]: everything that it says, kept whole, so that it reads the same years later, whatever
//! became of the link, its profile and its samples. Who is told of it, and how it looks, is not here.

mod agreed;
pub mod credits;
mod digest;
pub mod document;
mod draw_up;
pub mod letters;
pub mod list;
mod make;
pub mod months;
mod packed;
pub mod run;
mod said;
mod series;
mod store;
pub mod words;

pub use agreed::{Agreed, AgreementOf, Which, agreed, as_promised};
pub use document::Document;
pub use draw_up::{Occasion, draw_up};
pub use make::{Again, Made, MakeError, Samples, make, note_trouble, samples};
pub use packed::{Unreadable, json, pack, unpack};
pub use store::{StoreError, Stored, called, current, find, find_all, of_month, revisions};
