//! What may be wrong with what staff type about routers and links.
//!
//! The readers that find it are in those modules; the sentences for it are the page's language.

use super::{money::BadAmount, typed::BadText};

/// What is wrong with one typed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A text that no field would take.
    Text(BadText),
    /// Another thing of this tenant has that name; archived ones keep theirs.
    Taken,
    /// Not the name or address of a machine: a scheme, a port or a space is in it.
    NotAHost,
    /// Not 1 to 65535.
    NotAPort,
    /// No certificate in PEM.
    NotACertificate,
    /// No code page of this name.
    NotACodePage,
    /// Not a number, perhaps with a unit of bandwidth.
    NotABandwidth,
    /// Less than 1 kbit/s or more than 100 Tbit/s.
    BandwidthOutOfRange,
    /// An amount of money that can't be read.
    Amount(BadAmount),
    /// Not a date and time.
    NotATime,
    /// Of a year that is not kept.
    DateOutOfRange,
    /// Deactivated before it was activated.
    EndsBeforeStart,
    /// None of the choices, or one that is gone meanwhile.
    NotAChoice,
    /// Another link of this tenant already has that interface.
    InterfaceTaken,
    /// The link has a past, which is its client's alone.
    HasAPast,
}

impl From<BadText> for Problem {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

impl From<BadAmount> for Problem {
    fn from(bad: BadAmount) -> Self {
        Self::Amount(bad)
    }
}
