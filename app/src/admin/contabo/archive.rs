//! The question before an account is archived.

use leptos::prelude::*;

use super::crumbs_of;
use crate::{
    admin::Subject,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    ui::{DangerConfirm, FormActions, Layout, LinkButton, Notice, Tone},
};

/// Asks; while clients have servers of it, says which, and that they must be taken back first.
#[component]
pub fn AccountArchive(name: String, href: String, given: Vec<Subject>) -> impl IntoView {
    let crumbs = crumbs_of(name.clone(), href.clone());
    let body = if given.is_empty() {
        let question = t_with("contabo-archive-question", &[("name", name.into())]);
        let action = format!("{href}/archive");
        view! { <DangerConfirm question=question consequence=t("contabo-archive-text") label=t("contabo-archive") action=action cancel_href=href/> }
            .into_any()
    } else {
        let title = t_count("contabo-archive-given", given.len() as u64);
        let given = given
            .into_iter()
            .map(|server| view! { <li><a href=server.href>{server.name}</a></li> });
        view! {
            <Notice tone=Tone::Danger title=title>{t("contabo-archive-given-text")}</Notice>
            <ul>{given.collect_view()}</ul>
            <FormActions><LinkButton label=t("back") href=href/></FormActions>
        }
        .into_any()
    };
    view! { <Layout title=t("contabo-archive") crumbs=crumbs>{body}</Layout> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        ..samples::page(Area::Admin)
    };
    let view = |name: &str, given: &[&str]| {
        let given = given.iter().map(|name| Subject {
            name: (*name).to_owned(),
            href: "/admin/servers/1".to_owned(),
        });
        view! { <AccountArchive name=name.to_owned() href="/admin/contabo/1".to_owned() given=given.collect()/> }
    };
    vec![
        Sample::new("contabo-archive", page(), move || view("Munich", &[])),
        Sample::new("contabo-archive-given", page(), move || {
            view("Munich", &["web-01", "db-01"])
        }),
        Sample::new("contabo-archive-hostile", page(), move || view(HOSTILE, &[HOSTILE])),
    ]
}
