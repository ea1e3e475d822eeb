//! A domain that is new here: whether its name is free, what it shall have, and all of it once more before it is bought.

use leptos::prelude::*;

use super::{
    change::{contacts_fields, servers_field},
    crumbs, role,
};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::ask::sure,
    t, t_with,
    ui::{
        Button, Card, Choice, Code, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout,
        LinkButton, Notice, PasswordField, SelectField, TextField, Tone,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 10] = [
    ("account", "contabo-account"),
    ("domain", "zone-name"),
    ("servers", "domain-name-servers"),
    ("owner", "domain-owner"),
    ("admin", "domain-admin"),
    ("tech", "domain-tech"),
    ("zone", "domain-zone-contact"),
    ("auth_code", "domain-auth-code"),
    ("confirm", "domain-type-name"),
    ("password", "server-your-password"),
];

/// What Contabo says of a name.
#[derive(Clone, Debug)]
pub enum Found {
    /// Where it is registered.
    Free { href: String },
    /// Somebody has it; where it is moved here by whoever has its code.
    Taken { href: String },
    /// It is in the account already; its page.
    Here { href: String },
    /// Contabo did not say; why.
    Unknown(String),
}

/// Asks for a name; posts to the page's own address. `found`: what was found of the one that was asked for.
#[component]
pub fn FindDomain(accounts: Vec<(String, String)>, form: FormState, found: Option<Found>) -> impl IntoView {
    let choices = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let name = form.value("domain");
    let answer = found.map(|found| {
        let named = |key| t_with(key, &[("name", name.clone().into())]);
        match found {
            Found::Free { href } => view! {
                <Notice tone=Tone::Success title=named("domain-is-free")><p><LinkButton label=t("domain-register") href=href kind=Kind::Primary/></p></Notice>
            }.into_any(),
            Found::Taken { href } => view! {
                <Notice tone=Tone::Info title=named("domain-is-taken")><p>{t("domain-is-taken-text")}</p><p><LinkButton label=t("domain-move") href=href/></p></Notice>
            }.into_any(),
            Found::Here { href } => view! {
                <Notice tone=Tone::Info title=named("domain-is-here")><p><a href=href>{name.clone()}</a></p></Notice>
            }.into_any(),
            Found::Unknown(why) => view! { <Notice tone=Tone::Danger title=t("domain-unread")>{why}</Notice> }.into_any(),
        }
    });
    view! {
        <Layout title=t("domain-find") lead=t("domain-find-lead") crumbs=crumbs()>
            {answer}
            <form method="post" class="stack">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <SelectField name="account" label=t("contabo-account") choices=choices required=true
                        value=form.value("account") error=form.error("account")/>
                    <TextField name="domain" label=t("zone-name") hint=t("domain-name-hint") required=true mono=true max_length=253
                        value=form.value("domain") error=form.error("domain")/>
                </Card>
                <FormActions>
                    <Button label=t("domain-look") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/domains"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// What is about to be bought.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub name: String,
    pub account: String,
    /// It is somebody's already, and moved here.
    pub is_transfer: bool,
}

impl Wanted {
    fn title(&self) -> String {
        let key = if self.is_transfer {
            "domain-move-title"
        } else {
            "domain-register-title"
        };
        t_with(key, &[("name", self.name.clone().into())])
    }
}

/// What it shall have; posts to the page's own address. Nothing is ordered yet. `contacts`: those of the account.
#[component]
pub fn OrderDomain(wanted: Wanted, contacts: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let none = contacts.is_empty().then(|| {
        view! {
            <Notice tone=Tone::Warning title=t("domain-needs-contact")>
                <p><LinkButton label=t("contact-new") href="/admin/domains/contacts/new"/></p>
            </Notice>
        }
    });
    let (servers, people) = (servers_field(&form), contacts_fields(&contacts, &form));
    view! {
        <Layout title=wanted.title() lead=wanted.account crumbs=crumbs()>
            {none}
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                <Card>{servers}</Card>
                <Card title=t("domain-contacts")>{people}</Card>
                <FormActions>
                    <Button label=t("order-next") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/domains"/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// All that is bought.
#[derive(Clone, Debug)]
pub struct Basket {
    pub wanted: Wanted,
    /// With their addresses.
    pub name_servers: Vec<String>,
    /// What each is for, and its name.
    pub contacts: Vec<(&'static str, String)>,
    /// The form again, for those who mean it.
    pub hidden: Vec<(&'static str, String)>,
}

/// The question before it is bought; posts to the page's own address.
#[component]
pub fn ConfirmDomain(basket: Basket, form: FormState) -> impl IntoView {
    let wanted = basket.wanted;
    let hidden = basket.hidden.into_iter();
    let hidden = hidden
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let servers = basket.name_servers.into_iter();
    let servers = servers.map(|server| view! { <Code text=server/> }).collect_view();
    let contacts = basket.contacts.into_iter();
    let contacts = contacts
        .map(|(word, name)| view! { <KeyValue label=role(word)>{name}</KeyValue> })
        .collect_view();
    let code = wanted.is_transfer.then(|| {
        view! {
            <PasswordField name="auth_code" label=t("domain-auth-code") hint=t("domain-auth-code-hint") autocomplete="off" required=true
                error=form.error("auth_code")/>
        }
    });
    let label = if wanted.is_transfer {
        t("domain-move-confirm")
    } else {
        t("domain-register-confirm")
    };
    let sure = sure(t("domain-type-name"), &wanted.name, &form);
    view! {
        <Layout title=wanted.title() crumbs=crumbs()>
            <form method="post" class="stack wide">
                <ErrorSummary form=form labels=&LABELS/>
                {hidden}
                <Card title=t("domain-what")>
                    <KeyValues>
                        <KeyValue label=t("zone-name")><strong>{wanted.name.clone()}</strong></KeyValue>
                        <KeyValue label=t("contabo-account")>{wanted.account.clone()}</KeyValue>
                        <KeyValue label=t("domain-name-servers")><span class="addresses">{servers}</span></KeyValue>
                        {contacts}
                    </KeyValues>
                </Card>
                <Notice tone=Tone::Warning title=t("domain-no-price")>{t("domain-no-price-text")}</Notice>
                <Card>{code}{sure}</Card>
                <FormActions>
                    <Button label=label kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href="/admin/domains"/>
                </FormActions>
            </form>
        </Layout>
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
            if !["password", "auth_code"].contains(field) {
                form.set(field, HOSTILE);
            }
            form.reject(field, HOSTILE);
        }
        form.reject_all(HOSTILE);
        form
    };
    let accounts = |text: &str| vec![("1".to_owned(), text.to_owned())];
    let find = move |name, text: &'static str, found: Option<Found>| {
        Sample::new(name, page(), move || {
            let form = match text {
                HOSTILE => wrong(&LABELS[..2]),
                text => FormState::new().with("domain", text),
            };
            view! { <FindDomain accounts=accounts(text) form=form found=found.clone()/> }
        })
    };
    let href = || "/admin/domains/order?account=1&domain=example.org".to_owned();
    let wanted = |text: &str, is_transfer| Wanted {
        name: text.to_owned(),
        account: text.to_owned(),
        is_transfer,
    };
    let basket = move |text: &str, is_transfer| Basket {
        wanted: wanted(text, is_transfer),
        name_servers: vec!["ns1.contabo.net".to_owned(), text.to_owned()],
        contacts: vec![("owner", text.to_owned()), ("zone", text.to_owned())],
        hidden: vec![("servers", text.to_owned())],
    };
    let known = |text: &str| vec![("CH1".to_owned(), text.to_owned())];
    vec![
        find("domain-find", "", None),
        find("domain-find-free", "example.org", Some(Found::Free { href: href() })),
        find("domain-find-taken", "example.com", Some(Found::Taken { href: href() })),
        find(
            "domain-find-here",
            "example.net",
            Some(Found::Here {
                href: "/admin/domains/1".to_owned(),
            }),
        ),
        find("domain-find-hostile", HOSTILE, Some(Found::Unknown(HOSTILE.to_owned()))),
        Sample::new("domain-order", page(), move || {
            let form = FormState::new().with("servers", "ns1.contabo.net\nns2.contabo.net");
            view! { <OrderDomain wanted=wanted("example.org", false) contacts=known("Example Networks") form=form/> }
        }),
        Sample::new("domain-order-hostile", page(), move || {
            view! { <OrderDomain wanted=wanted(HOSTILE, true) contacts=Vec::new() form=wrong(&LABELS[2..7])/> }
        }),
        Sample::new("domain-confirm", page(), move || {
            view! { <ConfirmDomain basket=basket("example.org", false) form=FormState::new()/> }
        }),
        Sample::new("domain-confirm-hostile", page(), move || {
            view! { <ConfirmDomain basket=basket(HOSTILE, true) form=wrong(&LABELS[7..])/> }
        }),
    ]
}
