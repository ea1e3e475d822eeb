//! DNS zones with their records, and the names of addresses.

pub mod list;
pub mod record;
pub mod zone;

use crate::{samples::Sample, t, ui::Crumb};

/// The way back to the list.
fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("dns"), "/admin/dns")]
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    [list::samples(), zone::samples(), record::samples()]
        .into_iter()
        .flatten()
        .collect()
}
