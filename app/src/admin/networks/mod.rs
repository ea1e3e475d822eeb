//! Private networks, further addresses, the calculator, and the picture of what is tied to what.

pub mod addresses;
pub mod calculator;
pub mod form;
pub mod list;
pub mod show;

use crate::{samples::Sample, t, ui::Crumb};

/// The way back to the list.
fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("networks"), "/admin/networks")]
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    [
        list::samples(),
        show::samples(),
        form::samples(),
        addresses::samples(),
        calculator::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
