//! Inviting a user of an account at Contabo, and changing one.

use leptos::prelude::*;

use super::{Of, sample_of};
use crate::{
    admin::things::{Happening, happening, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, CheckList, Checkbox, Choice, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton,
        Notice, SelectField, TextField, Tick, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 8] = [
    ("email", "contabo-user-mail"),
    ("first_name", "contabo-user-first"),
    ("last_name", "contabo-user-last"),
    ("locale", "contabo-user-locale"),
    ("roles", "contabo-roles"),
    ("enabled", "contabo-user-enabled"),
    ("totp", "contabo-user-totp"),
    ("invoices", "contabo-user-invoices"),
];

/// In which languages Contabo writes.
const LOCALES: [&str; 8] = ["en", "en-US", "de", "de-DE", "es", "es-ES", "pt", "pt-BR"];

/// The form, with the roles there are: value, name, and whether it is ticked.
#[derive(Clone, Debug)]
pub struct UserFields {
    pub roles: Vec<(String, String, bool)>,
    pub form: FormState,
}

/// Invites one; posts to the page's own address.
#[component]
pub fn UserNew(of: Of, fields: UserFields) -> impl IntoView {
    let form = fields.form.clone();
    let mail = view! {
        <TextField name="email" label=t("contabo-user-mail") hint=t("contabo-user-mail-hint") kind="email" required=true max_length=254
            value=form.value("email") error=form.error("email")/>
    };
    let people = of.people();
    view! {
        <Layout title=t("contabo-user-new") lead=t("contabo-user-new-lead") crumbs=of.crumbs(true)>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{mail}{common(fields, true)}</Card>
                <FormActions>
                    <Button label=t("contabo-user-new") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=people/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// One user.
#[derive(Clone, Debug)]
pub struct User {
    pub of: Of,
    /// What is done with them lies below this.
    pub href: String,
    pub mail: String,
    /// Whether it is the one as whom Mainstay signs in, who keeps access.
    pub is_own: bool,
    pub is_owner: bool,
    pub happening: Happening,
}

/// Changes one; posts to the page's own address.
#[component]
pub fn UserPage(user: User, fields: UserFields) -> impl IntoView {
    let form = fields.form.clone();
    let href = user.href.clone();
    let delete = (!user.is_own && !user.is_owner)
        .then(|| view! { <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/> });
    let actions = view! {
        <form method="post" action=format!("{href}/password-link")><Button label=t("contabo-user-password-link")/></form>
        <form method="post" action=format!("{href}/mail-link")><Button label=t("contabo-user-mail-link")/></form>
        {delete}
    };
    let own = user
        .is_own
        .then(|| view! { <Notice tone=Tone::Info>{t("contabo-user-own-text")}</Notice> });
    let people = user.of.people();
    let crumbs = user.of.crumbs(true);
    view! {
        <Layout title=user.mail crumbs=crumbs actions=actions.into_any()>
            {own}
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{common(fields, !user.is_own && !user.is_owner)}</Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=people/>
                </FormActions>
            </form>
            {happening(user.happening, None)}
        </Layout>
    }
}

/// What both forms ask for; `with_access`: also what decides about access.
fn common(fields: UserFields, with_access: bool) -> impl IntoView {
    let form = fields.form;
    let locales = LOCALES.map(|word| Choice::new(word, word)).into();
    let access = with_access.then(|| {
        let ticks = fields.roles.into_iter().map(|(value, label, ticked)| Tick {
            value,
            label,
            ticked,
            note: None,
        });
        let ticks: Vec<Tick> = ticks.collect();
        let [is_on, has_factor] = ["enabled", "totp"].map(|field| !form.value(field).is_empty());
        view! {
            <CheckList name="roles" label=t("contabo-roles") ticks=ticks error=form.error("roles")/>
            <Checkbox name="enabled" label=t("contabo-user-enabled") checked=is_on/>
            <Checkbox name="totp" label=t("contabo-user-totp") hint=t("contabo-user-totp-hint") checked=has_factor/>
        }
    });
    let invoices = !form.value("invoices").is_empty();
    view! {
        <TextField name="first_name" label=t("contabo-user-first") required=true max_length=255
            value=form.value("first_name") error=form.error("first_name")/>
        <TextField name="last_name" label=t("contabo-user-last") required=true max_length=255
            value=form.value("last_name") error=form.error("last_name")/>
        <SelectField name="locale" label=t("contabo-user-locale") choices=locales required=true
            value=form.value("locale") error=form.error("locale")/>
        {access}
        <Checkbox name="invoices" label=t("contabo-user-invoices") checked=invoices/>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        ..samples::page(Area::Admin)
    };
    // The mail is typed once, of a new one.
    let fields = |text: &str, wrong: &[(&'static str, &str)]| {
        let mut form = FormState::new().with("locale", "en").with("enabled", "yes");
        for (field, _) in LABELS.iter().take(3) {
            form.set(field, text);
        }
        for (field, _) in wrong {
            form.reject(field, text.to_owned());
        }
        if !wrong.is_empty() {
            form.reject_all(text.to_owned());
        }
        UserFields {
            roles: vec![
                ("1".to_owned(), text.to_owned(), true),
                ("2".to_owned(), "Technician".to_owned(), false),
            ],
            form,
        }
    };
    let user = |text: &str, is_own| User {
        of: sample_of(text),
        href: "/admin/contabo-users/1".to_owned(),
        mail: text.to_owned(),
        is_own,
        is_owner: false,
        happening: sample_happening(text),
    };
    vec![
        Sample::new("contabo-user-new", page(), move || {
            view! { <UserNew of=sample_of("Munich") fields=fields("", &[])/> }
        }),
        Sample::new("contabo-user-new-hostile", page(), move || {
            view! { <UserNew of=sample_of(HOSTILE) fields=fields(HOSTILE, &LABELS)/> }
        }),
        Sample::new("contabo-user-own", page(), move || {
            view! { <UserPage user=user("api@north.test", true) fields=fields("Olga", &[])/> }
        }),
        Sample::new("contabo-user-hostile", page(), move || {
            view! { <UserPage user=user(HOSTILE, false) fields=fields(HOSTILE, &LABELS[1..])/> }
        }),
    ]
}
