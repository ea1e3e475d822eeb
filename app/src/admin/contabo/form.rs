//! Adding an account, its name, and its credentials. They are tried at Contabo before they are stored.

use leptos::prelude::*;

use super::{crumbs, crumbs_of};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice, PasswordField, TextField,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 5] = [
    ("name", "contabo-name"),
    ("client_id", "contabo-client-id"),
    ("client_secret", "contabo-client-secret"),
    ("username", "contabo-user"),
    ("password", "contabo-password"),
];

/// Adds an account; posts to the page's own address.
#[component]
pub fn AccountNew(form: FormState) -> impl IntoView {
    let named = form.clone();
    view! {
        <Layout title=t("contabo-add") lead=t("contabo-add-lead") crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>{name_field(&named)}</Card>
                <Card title=t("contabo-credentials")>{credential_fields(&form)}</Card>
                <FormActions>
                    <Button label=t("contabo-try-and-add") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/contabo"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Changes its name; posts to the page's own address.
#[component]
pub fn AccountEdit(name: String, href: String, form: FormState) -> impl IntoView {
    view! {
        <Layout title=t("contabo-edit") crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {name_field(&form)}
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Another four values; posts to the page's own address.
#[component]
pub fn AccountCredentials(name: String, href: String, form: FormState) -> impl IntoView {
    view! {
        <Layout title=t("contabo-credentials-change") lead=t("contabo-credentials-lead") crumbs=crumbs_of(name, href.clone())>
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {credential_fields(&form)}
                <FormActions>
                    <Button label=t("contabo-try") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn name_field(form: &FormState) -> impl IntoView + use<> {
    view! { <TextField name="name" label=t("contabo-name") value=form.value("name") error=form.error("name") hint=t("contabo-name-hint") required=true max_length=80/> }
}

fn credential_fields(form: &FormState) -> impl IntoView + use<> {
    view! {
        <Notice title=t("contabo-credentials-where")>{t("contabo-credentials-where-text")}</Notice>
        <TextField name="client_id" label=t("contabo-client-id") value=form.value("client_id") error=form.error("client_id") hint=t("contabo-client-id-hint") required=true mono=true/>
        <PasswordField name="client_secret" label=t("contabo-client-secret") autocomplete="off" error=form.error("client_secret") required=true/>
        <TextField name="username" label=t("contabo-user") value=form.value("username") error=form.error("username") hint=t("contabo-user-hint") required=true mono=true/>
        <PasswordField name="password" label=t("contabo-password") autocomplete="off" error=form.error("password") hint=t("contabo-password-hint") required=true/>
        <p class="muted small">{t("contabo-credentials-kept")}</p>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        ..samples::page(Area::Admin)
    };
    let rejected = |text: &str| {
        let mut form = FormState::new()
            .with("name", text)
            .with("client_id", text)
            .with("username", text);
        form.reject("password", text.to_owned());
        form.reject_all(text.to_owned());
        form
    };
    let href = || "/admin/contabo/1".to_owned();
    vec![
        Sample::new("contabo-new", page(), || view! { <AccountNew form=FormState::new()/> }),
        Sample::new("contabo-edit", page(), move || {
            let form = FormState::new().with("name", "Munich");
            view! { <AccountEdit name="Munich".to_owned() href=href() form=form/> }
        }),
        Sample::new("contabo-credentials", page(), move || {
            let mut form = FormState::new()
                .with("client_id", "INT-12345678")
                .with("username", "api@northbridge.example");
            form.reject(
                "password",
                "Contabo refused it: invalid_grant: Invalid user credentials",
            );
            view! { <AccountCredentials name="Munich".to_owned() href=href() form=form/> }
        }),
        Sample::new("contabo-new-hostile", page(), move || {
            let mut form = rejected(HOSTILE);
            form.reject("name", HOSTILE);
            view! { <AccountNew form=form/> }
        }),
        Sample::new("contabo-credentials-hostile", page(), move || {
            view! { <AccountCredentials name=HOSTILE.to_owned() href=href() form=rejected(HOSTILE)/> }
        }),
    ]
}
