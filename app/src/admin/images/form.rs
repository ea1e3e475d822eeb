//! Having an image fetched, and naming one anew.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, SelectField,
        TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 6] = [
    ("account", "contabo-account"),
    ("url", "image-url"),
    ("name", "image-name"),
    ("os_type", "server-system"),
    ("version", "image-version"),
    ("description", "network-description"),
];

/// Has one fetched; posts to the page's own address.
#[component]
pub fn ImageNew(accounts: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let systems = ["Linux", "Windows"].map(|system| Choice::new(system, system)).into();
    view! {
        <Layout title=t("image-new") lead=t("image-new-lead") crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <SelectField name="account" label=t("contabo-account") choices=choices required=true
                        value=form.value("account") error=form.error("account")/>
                    <TextField name="url" label=t("image-url") hint=t("image-url-hint") required=true mono=true max_length=2000
                        value=form.value("url") error=form.error("url")/>
                    {naming(&form)}
                    <SelectField name="os_type" label=t("server-system") hint=t("image-system-hint") choices=systems required=true
                        value=form.value("os_type") error=form.error("os_type")/>
                    <TextField name="version" label=t("image-version") hint=t("image-version-hint") required=true max_length=50
                        value=form.value("version") error=form.error("version")/>
                </Card>
                <FormActions>
                    <Button label=t("image-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/images"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Names one anew; posts to the page's own address.
#[component]
pub fn ImageEdit(name: String, href: String, form: FormState) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href.clone()));
    view! {
        <Layout title=t("image-edit") crumbs=crumbs>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>{naming(&form)}</Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn naming(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextField name="name" label=t("image-name") required=true max_length=255
            value=form.value("name") error=form.error("name")/>
        <TextField name="description" label=t("network-description") max_length=255
            value=form.value("description") error=form.error("description")/>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        ..samples::page(Area::Admin)
    };
    let wrong = |text: &str| {
        let mut form = FormState::new();
        for (field, _) in LABELS {
            form.set(field, text);
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    vec![
        Sample::new("image-new", page(), || {
            view! { <ImageNew accounts=vec![("1".to_owned(), "Munich".to_owned())] form=FormState::new()/> }
        }),
        Sample::new("image-new-hostile", page(), move || {
            view! { <ImageNew accounts=vec![("1".to_owned(), HOSTILE.to_owned())] form=wrong(HOSTILE)/> }
        }),
        Sample::new("image-edit-hostile", page(), || {
            let mut form = FormState::new().with("name", HOSTILE);
            form.reject("name", HOSTILE);
            view! { <ImageEdit name=HOSTILE.to_owned() href="/admin/images/1".to_owned() form=form/> }
        }),
    ]
}
