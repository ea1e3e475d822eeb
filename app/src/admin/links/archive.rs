//! The question before a link is archived.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Crumb, DangerConfirm, Layout},
};

/// Posts to `archive` below the link's address.
#[component]
pub fn LinkArchive(name: String, href: String) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-links"), "/admin/links"),
        Crumb::new(name.clone(), href.clone()),
    ];
    let question = format!("{} {name}", t("link-archive-question"));
    let action = format!("{href}/archive");
    view! {
        <Layout title=t("link-archive") crumbs=crumbs>
            <DangerConfirm question=question consequence=t("link-archive-text") label=t("link-archive") action=action cancel_href=href/>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || samples::page(Area::Admin);
    let view = |name: &str| view! { <LinkArchive name=name.to_owned() href="/admin/links/1".to_owned()/> };
    vec![
        Sample::new("admin-link-archive", page(), move || view("Depot")),
        Sample::new("admin-link-archive-hostile", page(), move || view(HOSTILE)),
    ]
}
