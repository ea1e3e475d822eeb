//! Making a key or password known to Contabo, naming one anew, and putting another in its place.

use leptos::prelude::*;

use super::{Sort, crumbs};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Choice, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice, PasswordField,
        SelectField, TextAreaField, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 4] = [
    ("account", "contabo-account"),
    ("name", "secret-name"),
    ("key", "secret-key"),
    ("secret", "secret-password"),
];

/// Makes one; posts to the page's own address.
#[component]
pub fn SecretNew(sort: Sort, accounts: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let (title, of) = match sort {
        Sort::Password => (t("secret-new-password"), "password"),
        _ => (t("secret-new-key"), "ssh"),
    };
    let value = value_field(&sort, &form);
    view! {
        <Layout title=title crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <input type="hidden" name="of" value=of/>
                <Card>
                    <SelectField name="account" label=t("contabo-account") choices=choices required=true
                        value=form.value("account") error=form.error("account")/>
                    <TextField name="name" label=t("secret-name") required=true max_length=255
                        value=form.value("name") error=form.error("name")/>
                    {value}
                </Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/secrets"/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn value_field(sort: &Sort, form: &FormState) -> AnyView {
    match sort {
        Sort::Password => view! {
            <PasswordField name="secret" label=t("secret-password") hint=t("secret-password-hint") autocomplete="off" required=true
                error=form.error("secret")/>
        }
        .into_any(),
        _ => view! {
            <TextAreaField name="key" label=t("secret-key") hint=t("secret-key-hint") rows=4 required=true max_length=16000
                value=form.value("key") error=form.error("key")/>
        }
        .into_any(),
    }
}

/// Names one anew; posts to the page's own address.
#[component]
pub fn SecretEdit(form: FormState) -> impl IntoView {
    view! {
        <Layout title=t("secret-rename") crumbs=crumbs()>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card><TextField name="name" label=t("secret-name") required=true max_length=255
                    value=form.value("name") error=form.error("name")/></Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/secrets"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Puts another in the place of one, under its name; posts to the page's own address.
#[component]
pub fn SecretReplace(name: String, sort: Sort, form: FormState) -> impl IntoView {
    let title = t_with("secret-replace-title", &[("name", name.into())]);
    let value = value_field(&sort, &form);
    view! {
        <Layout title=title crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card><Notice tone=Tone::Info>{t("secret-replace-text")}</Notice>{value}</Card>
                <FormActions>
                    <Button label=t("secret-replace") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/secrets"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        ..samples::page(Area::Admin)
    };
    let wrong = |text: &str, fields: &[&'static str]| {
        let mut form = FormState::new();
        for field in fields {
            if *field != "secret" {
                form.set(field, text);
            }
            form.reject(field, text.to_owned());
        }
        form.reject_all(text.to_owned());
        form
    };
    let accounts = |text: &str| vec![("1".to_owned(), text.to_owned())];
    vec![
        Sample::new("secret-new-key", page(), move || {
            view! { <SecretNew sort=Sort::Key accounts=accounts("Munich") form=FormState::new()/> }
        }),
        Sample::new("secret-new-hostile", page(), move || {
            view! { <SecretNew sort=Sort::Password accounts=accounts(HOSTILE) form=wrong(HOSTILE, &["account", "name", "secret"])/> }
        }),
        Sample::new("secret-edit-hostile", page(), move || {
            view! { <SecretEdit form=wrong(HOSTILE, &["name"])/> }
        }),
        Sample::new("secret-replace-hostile", page(), move || {
            view! { <SecretReplace name=HOSTILE.to_owned() sort=Sort::Key form=wrong(HOSTILE, &["key"])/> }
        }),
    ]
}
