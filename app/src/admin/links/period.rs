//! Since when a link counts, and until when.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{Button, Crumb, DateTimeField, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice, Tone},
};

/// Which end of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Activate,
    /// Activate, where that takes a deactivation back.
    Reactivate,
    Deactivate,
}

/// Posts `at` to the page's own address.
#[component]
pub fn LinkPeriod(end: End, name: String, href: String, zone: Text, form: FormState) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-links"), "/admin/links"),
        Crumb::new(name, href.clone()),
    ];
    let (title, lead, label, kind) = match end {
        End::Activate | End::Reactivate => (
            t("link-activate"),
            t("link-activate-lead"),
            t("link-activated-at"),
            Kind::Primary,
        ),
        End::Deactivate => (
            t("link-deactivate"),
            t("link-deactivate-lead"),
            t("link-deactivated-at"),
            Kind::Danger,
        ),
    };
    let labels: &[_] = match end {
        End::Activate | End::Reactivate => &[("at", "link-activated-at")],
        End::Deactivate => &[("at", "link-deactivated-at")],
    };
    let warning =
        (end == End::Reactivate).then(|| view! { <Notice tone=Tone::Warning>{t("link-reactivate-text")}</Notice> });
    view! {
        <Layout title=title lead=lead crumbs=crumbs>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=labels/>
                {warning}
                <DateTimeField name="at" label=label zone=zone value=form.value("at") error=form.error("at") required=true/>
                <FormActions>
                    <Button label=title kind=kind/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || samples::page(Area::Admin);
    let view = |end, text: &str| {
        let mut form = FormState::new().with("at", "2026-11-21T10:41");
        if text == HOSTILE {
            form = FormState::new().with("at", HOSTILE);
            form.reject("at", HOSTILE);
        }
        let (name, href) = (text.to_owned(), "/admin/links/1".to_owned());
        view! { <LinkPeriod end=end name=name href=href zone="Europe/Berlin".into() form=form/> }
    };
    vec![
        Sample::new("admin-link-activate", page(), move || view(End::Reactivate, "Depot")),
        Sample::new("admin-link-deactivate", page(), move || view(End::Deactivate, "Depot")),
        Sample::new("admin-link-period-hostile", page(), move || {
            view(End::Activate, HOSTILE)
        }),
    ]
}
