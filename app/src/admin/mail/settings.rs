//! How the tenant's mail is sent, and a test of it.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Choice, Crumb, ErrorSummary, FormActions, FormState, Icon, Kind, Layout, Notice, NumberField,
        PasswordField, RadioGroup, SelectField, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 9] = [
    ("server", "mail-server"),
    ("host", "mail-host"),
    ("port", "mail-port"),
    ("security", "mail-security"),
    ("username", "mail-username"),
    ("password", "mail-password"),
    ("from_address", "mail-from"),
    ("from_name", "mail-from-name"),
    ("reply_to", "mail-reply-to"),
];

/// What the page knows beside the form.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The address that the installation's server sends from; none: there is no such server.
    pub installation: Option<String>,
    /// A password is kept.
    pub has_password: bool,
    /// What mails are from where no name is typed.
    pub tenant: String,
}

/// The page. With `test_to`, whose address that is, a test can be sent.
#[component]
pub fn MailSettings(form: FormState, facts: Facts, test_to: Option<String>) -> impl IntoView {
    let installation = match &facts.installation {
        Some(from) => t_with("mail-server-installation-hint", &[("from", from.as_str().into())]),
        None => t("mail-server-none-hint").to_owned(),
    };
    let servers = vec![
        Choice::new("installation", t("mail-server-installation")).with_hint(installation),
        Choice::new("own", t("mail-server-own")).with_hint(t("mail-server-own-hint")),
    ];
    let securities = vec![
        Choice::new("starttls", t("mail-security-starttls")),
        Choice::new("tls", t("mail-security-tls")),
        Choice::new("none", t("mail-security-none")),
    ];
    let password_hint = if facts.has_password {
        t("mail-password-kept")
    } else {
        t("mail-password-hint")
    };
    let no_server = facts.installation.is_none() && form.value("server") != "own";
    let own = form.clone();
    let test = test_to.map(|to| {
        view! {
            <Card title=t("mail-try")>
                <form method="post" action="/admin/settings/mail/test" class="stack">
                    <p class="muted">{t("mail-try-text")}</p>
                    <FormActions><Button label=t_with("mail-try-button", &[("to", to.into())]) icon=Icon::Mail/></FormActions>
                </form>
            </Card>
        }
    });
    view! {
        <Layout title=t("mail-settings") lead=t("mail-settings-lead") crumbs=vec![Crumb::new(t("settings"), "/admin/settings")]>
            <div class="mail-settings">
            {no_server.then(|| view! { <Notice tone=Tone::Warning title=t("mail-no-server")>{t("mail-no-server-text")}</Notice> })}
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <div class="stack">
                        <RadioGroup name="server" label=t("mail-server") choices=servers value=form.value("server") error=form.error("server")/>
                        <TextField name="from_name" label=t("mail-from-name") value=form.value("from_name") error=form.error("from_name")
                            hint=t("mail-from-name-hint") placeholder=facts.tenant max_length=120/>
                        <TextField name="reply_to" label=t("mail-reply-to") value=form.value("reply_to") error=form.error("reply_to")
                            hint=t("mail-reply-to-hint") kind="email" max_length=254/>
                    </div>
                </Card>
                <Card title=t("mail-own")>
                    <div class="stack">
                        <p class="muted">{t("mail-own-text")}</p>
                        <TextField name="from_address" label=t("mail-from") value=own.value("from_address") error=own.error("from_address")
                            hint=t("mail-from-hint") kind="email" max_length=254/>
                        <TextField name="host" label=t("mail-host") value=own.value("host") error=own.error("host") placeholder="smtp.example.net" max_length=253/>
                        <SelectField name="security" label=t("mail-security") choices=securities value=own.value("security") error=own.error("security")
                            hint=t("mail-security-hint") required=true/>
                        <NumberField name="port" label=t("mail-port") value=own.value("port") error=own.error("port") hint=t("mail-port-hint")/>
                        <TextField name="username" label=t("mail-username") value=own.value("username") error=own.error("username")
                            hint=t("mail-username-hint") max_length=254/>
                        <PasswordField name="password" label=t("mail-password") autocomplete="off" error=own.error("password") hint=password_hint/>
                    </div>
                </Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
            </form>
            {test}
            </div>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "settings",
        ..samples::page(Area::Admin)
    };
    let facts = |installation: Option<&str>| Facts {
        installation: installation.map(ToOwned::to_owned),
        has_password: true,
        tenant: "Northbridge Fibre".to_owned(),
    };
    let own = || {
        FormState::new()
            .with("server", "own")
            .with("from_address", "noc@northbridge.example")
            .with("host", "smtp.northbridge.example")
            .with("security", "starttls")
            .with("port", "587")
            .with("username", "portal")
    };
    let to = || Some("bob@northbridge.example".to_owned());
    vec![
        Sample::new("mail-settings", page(), move || {
            let form = FormState::new().with("server", "installation");
            view! { <MailSettings form=form facts=facts(None) test_to=to()/> }
        }),
        Sample::new("mail-settings-own", page(), move || {
            let facts = facts(Some("portal@mainstay.example"));
            view! { <MailSettings form=own() facts=facts test_to=to()/> }
        }),
        Sample::new("mail-settings-rejected", page(), move || {
            let mut form = own().with("host", "smtp://x");
            form.reject("host", "A name or an address alone, without a scheme or a port.");
            form.reject(
                "password",
                "Type the password again: it is kept for the server and user that it was typed for.",
            );
            view! { <MailSettings form=form facts=facts(Some("portal@mainstay.example")) test_to=None/> }
        }),
        Sample::new("mail-settings-hostile", page(), move || {
            let mut form = FormState::new();
            for (field, _) in LABELS {
                form.set(field, HOSTILE);
                form.reject(field, HOSTILE);
            }
            let facts = Facts {
                tenant: HOSTILE.to_owned(),
                ..facts(Some(HOSTILE))
            };
            view! { <MailSettings form=form facts=facts test_to=Some(HOSTILE.to_owned())/> }
        }),
    ]
}
