//! Making a firewall, naming one anew, and switching it on and off. Its rules are a page of their own.

use leptos::prelude::*;

use super::{Beginning, crumbs, sample_beginnings};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, CheckList, Checkbox, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout,
        LinkButton, SelectField, TextField, Tick,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 4] = [
    ("account", "contabo-account"),
    ("name", "firewall-name"),
    ("description", "network-description"),
    ("rules", "firewall-begin-with"),
];

/// Makes one; posts to the page's own address. `ready`: what its rules can be begun with, and whether they are.
#[component]
pub fn FirewallNew(accounts: Vec<(String, String)>, ready: Vec<(Beginning, bool)>, form: FormState) -> impl IntoView {
    let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let ticks = ready.into_iter().map(|(one, ticked)| Tick {
        label: one.label().into_owned(),
        value: one.key,
        note: None,
        ticked,
    });
    let ticks = ticks.collect();
    view! {
        <Layout title=t("firewall-new") lead=t("firewall-new-lead") crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <SelectField name="account" label=t("contabo-account") choices=choices required=true
                        value=form.value("account") error=form.error("account")/>
                    {naming(&form)}
                    <CheckList name="rules" label=t("firewall-begin-with") ticks=ticks hint=t("firewall-begin-with-hint") error=form.error("rules")/>
                </Card>
                <FormActions>
                    <Button label=t("firewall-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/firewalls"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Names one anew, or switches it on or off; posts to the page's own address.
#[component]
pub fn FirewallEdit(name: String, href: String, form: FormState) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href.clone()));
    view! {
        <Layout title=t("firewall-edit") crumbs=crumbs>
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
    let is_active = !form.value("is_active").is_empty();
    view! {
        <TextField name="name" label=t("firewall-name") required=true max_length=255
            value=form.value("name") error=form.error("name")/>
        <TextField name="description" label=t("network-description") max_length=255
            value=form.value("description") error=form.error("description")/>
        <Checkbox name="is_active" label=t("firewall-in-force") checked=is_active hint=t("firewall-in-force-hint")/>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let wrong = |text: &str, fields: &[(&'static str, &str)]| {
        let mut form = FormState::new()
            .with("name", text)
            .with("description", text)
            .with("is_active", "yes");
        for (field, _) in fields {
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    vec![
        Sample::new("firewall-new", page(), || {
            let ready = sample_beginnings("DNS").into_iter().map(|one| (one, false)).collect();
            view! { <FirewallNew accounts=vec![("1".to_owned(), "Munich".to_owned())] ready=ready form=FormState::new()/> }
        }),
        Sample::new("firewall-new-hostile", page(), move || {
            let ready = sample_beginnings(HOSTILE).into_iter().map(|one| (one, true)).collect();
            view! { <FirewallNew accounts=vec![("1".to_owned(), HOSTILE.to_owned())] ready=ready form=wrong(HOSTILE, &LABELS)/> }
        }),
        Sample::new("firewall-edit-hostile", page(), move || {
            view! { <FirewallEdit name=HOSTILE.to_owned() href="/admin/firewalls/1".to_owned() form=wrong(HOSTILE, &LABELS[1..3])/> }
        }),
    ]
}
