//! The staff's pages about SLA reports: the reports of all clients, breaches with their credits, and what was not made.

pub mod again;
pub mod breaches;
pub mod credit;
pub mod list;
pub mod show;
pub mod troubles;

use leptos::prelude::*;

use crate::{
    t,
    ui::{Crumb, Tab, Tabs},
};

/// Which of the three lists a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    All,
    Breaches,
    Troubles,
}

/// The way between the lists; `troubles` says how many reports were not made.
fn sections(current: Section, troubles: u64) -> impl IntoView {
    let tab = |section: Section, label: String, href: &'static str| Tab {
        label: label.into(),
        href: href.into(),
        current: section == current,
    };
    let not_made = match troubles {
        0 => t("reports-troubles").to_owned(),
        count => format!("{} ({count})", t("reports-troubles")),
    };
    let tabs = vec![
        tab(Section::All, t("nav-reports").to_owned(), "/admin/reports"),
        tab(
            Section::Breaches,
            t("reports-breaches").to_owned(),
            "/admin/reports/breaches",
        ),
        tab(Section::Troubles, not_made, "/admin/reports/troubles"),
    ];
    view! { <Tabs label=t("nav-reports") tabs=tabs/> }
}

fn crumb() -> Crumb {
    Crumb::new(t("nav-reports"), "/admin/reports")
}
