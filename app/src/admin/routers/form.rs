//! Adding a router, and changing what is set up of it. Its user and password change on a page of their own.

use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Checkbox, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        NumberField, PasswordField, RadioGroup, TextAreaField, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
pub(super) const LABELS: [(&str, &str); 9] = [
    ("name", "router-name"),
    ("site", "router-site"),
    ("host", "router-host"),
    ("port", "router-port"),
    ("tls", "router-tls"),
    ("ca_pem", "router-ca-pem"),
    ("code_page", "router-code-page"),
    ("username", "router-user"),
    ("password", "router-password"),
];

/// Adds a router; posts to the page's own address.
#[component]
pub fn RouterNew(form: FormState) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-routers"), "/admin/routers")];
    view! {
        <Layout title=t("router-add") lead=t("router-add-lead") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {fields(&form)}
                <Card title=t("router-credentials")>
                    <p class="muted">{t("router-credentials-hint")}</p>
                    {credential_fields(&form)}
                </Card>
                <FormActions>
                    <Button label=t("router-add-and-check") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/routers"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// Changes a router; posts to the page's own address.
#[component]
pub fn RouterEdit(name: String, href: String, form: FormState) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-routers"), "/admin/routers"),
        Crumb::new(name, href.clone()),
    ];
    view! {
        <Layout title=t("router-edit") crumbs=crumbs>
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                {fields(&form)}
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

fn fields(form: &FormState) -> impl IntoView + use<> {
    let tls = vec![
        Choice::new("pin", t("router-tls-pin")).with_hint(t("router-tls-pin-hint")),
        Choice::new("ca", t("router-tls-ca")).with_hint(t("router-tls-ca-hint")),
        Choice::new("off", t("router-tls-off")).with_hint(t("router-tls-off-hint")),
    ];
    let off = form.value("tls") == "off";
    // Each card's content is a closure of its own.
    let [what, reached] = [form.clone(), form.clone()];
    view! {
        <Card title=t("router-what")>
            <TextField name="name" label=t("router-name") value=what.value("name") error=what.error("name") hint=t("router-name-hint") required=true max_length=80 />
            <TextField name="site" label=t("router-site") value=what.value("site") error=what.error("site") hint=t("router-site-hint") max_length=120/>
        </Card>
        <Card title=t("router-where")>
            <TextField name="host" label=t("router-host") value=reached.value("host") error=reached.error("host") hint=t("router-host-hint") required=true mono=true/>
            <NumberField name="port" label=t("router-port") value=reached.value("port") error=reached.error("port") hint=t("router-port-hint")/>
            <RadioGroup name="tls" label=t("router-tls") choices=tls value=reached.value("tls") error=reached.error("tls")/>
            {off.then(tls_off_warning)}
            <TextAreaField name="ca_pem" label=t("router-ca-pem") value=reached.value("ca_pem") error=reached.error("ca_pem") hint=t("router-ca-pem-hint")/>
            <Checkbox name="listen" label=t("router-listen") checked=!reached.value("listen").is_empty() hint=t("router-listen-hint")/>
            <details class="more" open=reached.error("code_page").is_some()>
                <summary>{t("router-more")}</summary>
                <div class="stack">
                    <Checkbox name="allow_challenge" label=t("router-challenge") checked=!reached.value("allow_challenge").is_empty() hint=t("router-challenge-hint")/>
                    <TextField name="code_page" label=t("router-code-page") value=reached.value("code_page") error=reached.error("code_page") hint=t("router-code-page-hint") mono=true/>
                </div>
            </details>
        </Card>
    }
}

/// The user and password, wherever they are asked for.
pub(super) fn credential_fields(form: &FormState) -> impl IntoView + use<> {
    view! {
        <TextField name="username" label=t("router-user") value=form.value("username") error=form.error("username") required=true mono=true/>
        <PasswordField name="password" label=t("router-password") autocomplete="off" error=form.error("password") hint=t("router-password-hint")/>
        <Checkbox name="no_password" label=t("router-no-password") checked=!form.value("no_password").is_empty()/>
    }
}

/// Said wherever a router is reached without encryption.
pub(super) fn tls_off_warning() -> impl IntoView {
    view! { <Notice tone=Tone::Danger title=t("router-tls-off-warning")>{t("router-tls-off-warning-text")}</Notice> }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let fresh = || FormState::new().with("tls", "pin");
    let rejected = |text: &str| {
        let mut form = FormState::new()
            .with("name", text)
            .with("site", text)
            .with("host", text)
            .with("port", "99999")
            .with("tls", "off")
            .with("ca_pem", text)
            .with("username", text);
        form.reject("host", t("problem-host"));
        form.reject("port", t("problem-port"));
        form
    };
    vec![
        Sample::new("admin-router-new", page(), move || view! { <RouterNew form=fresh()/> }),
        Sample::new(
            "admin-router-new-rejected",
            page(),
            move || view! { <RouterNew form=rejected("https://edge-1")/> },
        ),
        Sample::new("admin-router-edit", page(), move || {
            let form = fresh()
                .with("name", "edge-ber-1")
                .with("host", "192.0.2.10")
                .with("port", "8729");
            view! { <RouterEdit name="edge-ber-1".to_owned() href="/admin/routers/1".to_owned() form=form/> }
        }),
        Sample::new("admin-router-hostile", page(), move || {
            view! { <RouterEdit name=HOSTILE.to_owned() href="/admin/routers/1".to_owned() form=rejected(HOSTILE)/> }
        }),
    ]
}
