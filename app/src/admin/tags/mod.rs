//! Tags at Contabo: the list, one with what has it, and the forms. Roles there may be bound to them.

pub mod form;
pub mod list;
pub mod show;

use leptos::prelude::*;

use crate::{samples::Sample, t, ui::Crumb};

/// Its colour, beside which its name always stands. Styles of a page's own are not allowed, so it is drawn.
pub(crate) fn swatch(color: &str) -> impl IntoView + use<> {
    let color = match color.strip_prefix('#') {
        Some(hex) if hex.chars().all(|c| c.is_ascii_hexdigit()) => color.to_owned(),
        _ => "none".to_owned(),
    };
    view! {
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <rect x="0.5" y="0.5" width="11" height="11" rx="3" fill=color stroke="currentColor"/>
        </svg>
    }
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("tags"), "/admin/tags")]
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [list::samples(), show::samples(), form::samples()]
        .into_iter()
        .flatten()
        .collect()
}
