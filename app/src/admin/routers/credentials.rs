//! Another user and password for a router. They are tried on the router before they replace the old ones.

use leptos::prelude::*;

use super::form::{LABELS, credential_fields};
use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Button, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton},
};

/// Posts `username`, `password` and `no_password` to the page's own address.
#[component]
pub fn RouterCredentials(name: String, href: String, form: FormState) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-routers"), "/admin/routers"),
        Crumb::new(name, href.clone()),
    ];
    view! {
        <Layout title=t("router-credentials-change") lead=t("router-credentials-change-lead") crumbs=crumbs>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {credential_fields(&form)}
                <FormActions>
                    <Button label=t("router-credentials-try") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let view = |text: &str, why: &str| {
        let mut form = FormState::new().with("username", text);
        form.reject_all(why.to_owned());
        view! { <RouterCredentials name=text.to_owned() href="/admin/routers/1".to_owned() form=form/> }
    };
    vec![
        Sample::new("admin-router-credentials", page(), move || {
            view(
                "mainstay",
                "Nothing was changed. The router refused the login: invalid user name or password (6).",
            )
        }),
        Sample::new("admin-router-credentials-hostile", page(), move || {
            view(HOSTILE, HOSTILE)
        }),
    ]
}
