//! Making a private network, and naming one anew. Its range is Contabo's to choose.

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
const LABELS: [(&str, &str); 4] = [
    ("account", "contabo-account"),
    ("region", "fleet-region"),
    ("name", "network-name"),
    ("description", "network-description"),
];

/// Makes one; posts to the page's own address. `regions` are those in which there are servers.
#[component]
pub fn NetworkNew(accounts: Vec<(String, String)>, regions: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let choices = |pairs: Vec<(String, String)>| {
        pairs
            .into_iter()
            .map(|(value, name)| Choice::new(value, name))
            .collect()
    };
    view! {
        <Layout title=t("network-new") lead=t("network-new-lead") crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <SelectField name="account" label=t("contabo-account") choices=choices(accounts) required=true
                        value=form.value("account") error=form.error("account")/>
                    <SelectField name="region" label=t("fleet-region") hint=t("network-region-hint") choices=choices(regions) required=true
                        value=form.value("region") error=form.error("region")/>
                    {naming(&form)}
                </Card>
                <FormActions>
                    <Button label=t("network-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/networks"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Names one anew; posts to the page's own address.
#[component]
pub fn NetworkEdit(name: String, href: String, form: FormState) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href.clone()));
    view! {
        <Layout title=t("network-edit") crumbs=crumbs>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {naming(&form)}
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
        <TextField name="name" label=t("network-name") hint=t("network-name-hint") required=true max_length=255
            value=form.value("name") error=form.error("name")/>
        <TextField name="description" label=t("network-description") max_length=255
            value=form.value("description") error=form.error("description")/>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let pairs = |text: &str| vec![("1".to_owned(), text.to_owned())];
    let wrong = |text: &str, fields: &[(&'static str, &str)]| {
        let mut form = FormState::new().with("name", text).with("description", text);
        for (field, _) in fields {
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    vec![
        Sample::new("network-new", page(), move || {
            view! { <NetworkNew accounts=pairs("Munich") regions=pairs("European Union") form=FormState::new()/> }
        }),
        Sample::new("network-new-hostile", page(), move || {
            view! { <NetworkNew accounts=pairs(HOSTILE) regions=pairs(HOSTILE) form=wrong(HOSTILE, &LABELS)/> }
        }),
        Sample::new("network-edit-hostile", page(), move || {
            view! { <NetworkEdit name=HOSTILE.to_owned() href="/admin/networks/1".to_owned() form=wrong(HOSTILE, &LABELS[2..])/> }
        }),
    ]
}
