//! Adding a client, or changing what is known of one.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, TextAreaField, TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 3] = [
    ("name", "clients-name"),
    ("reference", "clients-reference"),
    ("notes", "notes"),
];

/// The form, posting to the page's own address; `client` is the name of the one that is changed.
#[component]
pub fn ClientForm(form: FormState, client: Option<String>, cancel_href: Text) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(t("clients"), "/admin/clients")];
    let (title, save) = match client {
        Some(name) => {
            crumbs.push(Crumb::new(name.clone(), cancel_href.clone()));
            (t_with("clients-edit-title", &[("name", name.into())]), t("save"))
        }
        None => (t("clients-add").to_owned(), t("clients-add")),
    };
    view! {
        <Layout title=title crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="name" label=t("clients-name") value=form.value("name") error=form.error("name")
                        hint=t("clients-name-hint") required=true max_length=120 autofocus=true/>
                    <TextField name="reference" label=t("clients-reference") value=form.value("reference") error=form.error("reference")
                        hint=t("clients-reference-hint") max_length=60/>
                    <TextAreaField name="notes" label=t("notes") value=form.value("notes") error=form.error("notes") hint=t("notes-hint") max_length=4000/>
                    <FormActions>
                        <Button label=save kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href=cancel_href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let hostile = || {
        let mut form = FormState::new()
            .with("name", HOSTILE)
            .with("reference", HOSTILE)
            .with("notes", HOSTILE);
        form.reject("name", HOSTILE);
        form
    };
    vec![
        Sample::new("client-add", page(), || {
            view! { <ClientForm form=FormState::new() client=None cancel_href="/admin/clients".into()/> }
        }),
        Sample::new("client-edit-hostile", page(), move || {
            view! { <ClientForm form=hostile() client=Some(HOSTILE.to_owned()) cancel_href="/admin/clients/1".into()/> }
        }),
    ]
}
