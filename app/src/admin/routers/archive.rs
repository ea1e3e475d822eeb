//! The question before a router is archived.

use leptos::prelude::*;

use crate::{
    admin::Subject,
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{Crumb, DangerConfirm, FormActions, Layout, LinkButton, Notice, Tone},
};

/// Asks; while links hang on the router it says which, and why that must end first.
#[component]
pub fn RouterArchive(name: String, href: String, links: Vec<Subject>) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-routers"), "/admin/routers"),
        Crumb::new(name.clone(), href.clone()),
    ];
    let body = if links.is_empty() {
        let action = format!("{href}/archive");
        view! { <DangerConfirm question=format!("{} {name}", t("router-archive-question")) consequence=t("router-archive-text") label=t("router-archive") action=action cancel_href=href/> }
            .into_any()
    } else {
        let title = t_count("router-archive-links", links.len() as u64);
        let links = links
            .into_iter()
            .map(|link| view! { <li><a href=link.href>{link.name}</a></li> });
        view! {
            <Notice tone=Tone::Danger title=title>{t("router-archive-links-text")}</Notice>
            <ul>{links.collect_view()}</ul>
            <FormActions><LinkButton label=t("back") href=href/></FormActions>
        }
        .into_any()
    };
    view! { <Layout title=t("router-archive") crumbs=crumbs>{body}</Layout> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let view = |name: &str, links: Vec<Subject>| {
        let (name, href) = (name.to_owned(), "/admin/routers/1".to_owned());
        view! { <RouterArchive name=name href=href links=links/> }
    };
    let link = |name: &str| Subject {
        name: name.to_owned(),
        href: "/admin/links/1".to_owned(),
    };
    vec![
        Sample::new("admin-router-archive", page(), move || view("edge-ber-1", Vec::new())),
        Sample::new("admin-router-archive-links", page(), move || {
            view("edge-ber-1", vec![link("Acme, Berlin"), link("Acme, Hamburg")])
        }),
        Sample::new("admin-router-archive-hostile", page(), move || {
            view(HOSTILE, vec![link(HOSTILE)])
        }),
    ]
}
