//! What is rented at Contabo in figures: money by month and client, what there is and how full, and what could be done
//! about what is unused.

pub mod money;
pub mod usage;

use leptos::prelude::*;

use crate::{
    samples::Sample,
    t,
    ui::{Tab, Tabs},
};

/// The three views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Money,
    Usage,
    Advice,
}

pub(crate) fn tabs(view: View) -> impl IntoView {
    let tabs = vec![
        Tab::new(t("costs"), "/admin/costs", view == View::Money),
        Tab::new(t("usage"), "/admin/usage", view == View::Usage),
        Tab::new(t("advice"), "/admin/usage/advice", view == View::Advice),
    ];
    view! { <Tabs label=t("nav-costs") tabs=tabs/> }
}

/// The samples of all pages here.
pub fn samples() -> Vec<Sample> {
    [money::samples(), usage::samples()].into_iter().flatten().collect()
}
