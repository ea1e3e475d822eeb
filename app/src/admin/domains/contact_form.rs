//! A contact of domains, made or changed. Its name can't be changed afterwards: registries take that for another owner.

use leptos::prelude::*;

use super::crumbs_of_contacts;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, PasswordField,
        SelectField, TextField,
    },
};

/// The fields and the keys of their labels, in the order of the form.
const LABELS: [(&str, &str); 24] = [
    ("account", "contabo-account"),
    ("of", "contact-kind"),
    ("first_name", "contact-first-name"),
    ("last_name", "contact-last-name"),
    ("organization", "contact-organization"),
    ("email", "contact-email"),
    ("gender", "contact-gender"),
    ("street", "contact-street"),
    ("street_number", "contact-street-number"),
    ("zip_code", "contact-zip-code"),
    ("city", "contact-city"),
    ("country", "contact-country"),
    ("region", "contact-region"),
    ("phone_prefix", "contact-phone-prefix"),
    ("phone", "contact-phone"),
    ("fax_prefix", "contact-fax-prefix"),
    ("fax", "contact-fax"),
    ("siret", "contact-siret"),
    ("born_on", "contact-born-on"),
    ("born_in", "contact-born-in"),
    ("born_zip_code", "contact-born-zip-code"),
    ("born_country", "contact-born-country"),
    ("italian_kind", "contact-italian-kind"),
    ("pin", "contact-pin"),
];

/// Makes one; posts to the page's own address.
#[component]
pub fn ContactNew(accounts: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let accounts = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let kinds = vec![
        Choice::new("person", t("contact-person")),
        Choice::new("organization", t("contact-is-organization")),
    ];
    let text = |name: &'static str| text(&form, name, true);
    let (first, last) = (text("first_name"), text("last_name"));
    let fields = fields(&form);
    view! {
        <Layout title=t("contact-new") lead=t("contact-new-lead") crumbs=crumbs_of_contacts()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card title=t("contact-who")>
                    <SelectField name="account" label=t("contabo-account") choices=accounts required=true
                        value=form.value("account") error=form.error("account")/>
                    <SelectField name="of" label=t("contact-kind") choices=kinds required=true
                        value=form.value("of") error=form.error("of")/>
                    {first}
                    {last}
                    <TextField name="organization" label=t("contact-organization") hint=t("contact-organization-hint") max_length=255
                        value=form.value("organization") error=form.error("organization")/>
                </Card>
                {fields}
                <FormActions>
                    <Button label=t("contact-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/domains/contacts"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Changes what can change of one; posts to the page's own address.
#[component]
pub fn ContactEdit(name: String, href: String, form: FormState) -> impl IntoView {
    let mut crumbs = crumbs_of_contacts();
    crumbs.push(Crumb::new(name, href.clone()));
    let fields = fields(&form);
    view! {
        <Layout title=t("contact-edit") lead=t("contact-edit-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                {fields}
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn label(name: &str) -> &'static str {
    let known = LABELS.iter().find(|(field, _)| *field == name);
    known.map_or("", |(_, key)| t(key))
}

fn text(form: &FormState, name: &'static str, required: bool) -> impl IntoView + use<> {
    view! { <TextField name=name label=label(name) required=required max_length=255 value=form.value(name) error=form.error(name)/> }
}

fn fields(form: &FormState) -> impl IntoView + use<> {
    let genders = vec![
        Choice::new("na", t("contact-gender-not-said")),
        Choice::new("female", t("contact-gender-female")),
        Choice::new("male", t("contact-gender-male")),
    ];
    let italian = [
        ("natural_person", t("contact-italian-person")),
        ("individual_firm", t("contact-italian-firm")),
        ("company", t("contact-italian-company")),
        ("non_profit", t("contact-italian-non-profit")),
        ("public_org", t("contact-italian-public")),
        ("foreign_legal_entity", t("contact-italian-foreign")),
        ("other", t("contact-italian-other")),
    ];
    let italian = italian
        .into_iter()
        .map(|(word, name)| Choice::new(word, name))
        .collect();
    let needed = |name| text(form, name, true);
    let further = |name| text(form, name, false);
    let reached = view! {
        <TextField name="email" label=t("contact-email") kind="email" required=true max_length=254
            value=form.value("email") error=form.error("email")/>
        <SelectField name="gender" label=t("contact-gender") choices=genders required=true
            value=form.value("gender") error=form.error("gender")/>
        {needed("street")}
        {needed("street_number")}
        {needed("zip_code")}
        {needed("city")}
        <TextField name="country" label=t("contact-country") hint=t("contact-country-hint") required=true max_length=2
            value=form.value("country") error=form.error("country")/>
        {further("region")}
        <TextField name="phone_prefix" label=t("contact-phone-prefix") hint=t("contact-phone-hint") required=true max_length=6
            value=form.value("phone_prefix") error=form.error("phone_prefix")/>
        {needed("phone")}
    };
    let registries = view! {
        {further("fax_prefix")}
        {further("fax")}
        {further("siret")}
        <TextField name="born_on" label=t("contact-born-on") kind="date" value=form.value("born_on") error=form.error("born_on")/>
        {further("born_in")}
        {further("born_zip_code")}
        <TextField name="born_country" label=t("contact-born-country") hint=t("contact-country-hint") max_length=2
            value=form.value("born_country") error=form.error("born_country")/>
        <SelectField name="italian_kind" label=t("contact-italian-kind") choices=italian empty=t("contact-italian-none")
            value=form.value("italian_kind") error=form.error("italian_kind")/>
        <PasswordField name="pin" label=t("contact-pin") hint=t("contact-pin-hint") autocomplete="off" error=form.error("pin")/>
    };
    view! {
        <Card title=t("contact-reach")>{reached}</Card>
        <Card title=t("contact-registries")><p class="muted">{t("contact-registries-text")}</p>{registries}</Card>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let wrong = |fields: &[(&'static str, &str)]| {
        let mut form = FormState::new();
        for (field, _) in fields {
            if *field != "pin" {
                form.set(field, HOSTILE);
            }
            form.reject(field, HOSTILE);
        }
        form
    };
    let accounts = |text: &str| vec![("1".to_owned(), text.to_owned())];
    vec![
        Sample::new("domain-contact-new", page(), move || {
            view! { <ContactNew accounts=accounts("Main") form=FormState::new()/> }
        }),
        Sample::new("domain-contact-new-hostile", page(), move || {
            view! { <ContactNew accounts=accounts(HOSTILE) form=wrong(&LABELS)/> }
        }),
        Sample::new("domain-contact-edit-hostile", page(), move || {
            let href = "/admin/domains/contacts/1".to_owned();
            view! { <ContactEdit name=HOSTILE.to_owned() href=href form=wrong(&LABELS[5..])/> }
        }),
    ]
}
