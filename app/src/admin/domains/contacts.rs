//! The contacts of domains: all of them, and the page of one.

use leptos::prelude::*;

use super::{crumbs, crumbs_of_contacts};
use crate::{
    admin::{
        Subject,
        things::{Happening, LIVE_THINGS, happening, sample_happening},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Code, Column, EmptyState, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton,
        Live, NumberCell, State, StateBadge, Table,
    },
};

/// One contact in the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    /// Who is meant, where the name is that of an organisation.
    pub person: String,
    /// Contabo's id of it.
    pub contabo_id: String,
    pub email: String,
    pub country: String,
    pub is_default: bool,
    /// How many domains have it.
    pub domains: usize,
    pub account: String,
}

/// The list.
#[component]
pub fn ContactList(contacts: Vec<Row>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage.then(|| {
        view! { <LinkButton label=t("contact-new") href="/admin/domains/contacts/new" icon=Icon::Plus kind=Kind::Primary/> }
    });
    let content = match contacts.is_empty() {
        true => {
            view! { <EmptyState title=t("contacts-none") text=t("contacts-none-text") icon=Icon::Document/> }.into_any()
        }
        false => table(contacts).into_any(),
    };
    view! {
        <Layout title=t("domain-contacts") lead=t("contacts-lead") crumbs=crumbs() actions=add.into_any()>
            <Live id=LIVE_THINGS><Card flush=true>{content}</Card></Live>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(contacts: Vec<Row>) -> impl IntoView {
    let (name, mail, country) = (t("contact-name"), t("contact-email"), t("contact-country"));
    let (domains, account) = (t("domains"), t("contabo-account"));
    let columns = vec![
        Column::text(name),
        Column::text(mail),
        Column::text(country),
        Column::number(domains),
        Column::text(account),
    ];
    let rows = contacts.into_iter().map(|one| {
        let default = one.is_default.then(default_badge);
        let person = match one.person.is_empty() {
            true => one.contabo_id,
            false => format!("{}, {}", one.person, one.contabo_id),
        };
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=one.href>{one.name}</a><small>{person}</small>{default}</span></HeadCell>
                <Cell of=mail>{one.email}</Cell>
                <Cell of=country>{one.country}</Cell>
                <NumberCell of=domains>{one.domains}</NumberCell>
                <Cell of=account>{one.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("domain-contacts") columns=columns>{rows}</Table> }
}

fn default_badge() -> impl IntoView {
    view! { <StateBadge state=State::Up label=t("contact-default")/> }
}

/// Everything of one contact.
#[derive(Clone, Debug)]
pub struct Contact {
    pub href: String,
    pub name: String,
    pub account: String,
    pub contabo_id: String,
    pub is_default: bool,
    /// The keys of labels with what stands there; none of them is empty.
    pub facts: Vec<(&'static str, String)>,
    /// The domains that have it.
    pub domains: Vec<Subject>,
    pub may_manage: bool,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// The page of one.
#[component]
pub fn ContactPage(contact: Contact) -> impl IntoView {
    let href = contact.href.clone();
    let default = contact.is_default;
    let badge = default.then(default_badge).into_any();
    let actions = contact.may_manage.then(|| {
        let action = format!("{href}/default");
        let make = (!default)
            .then(|| view! { <form method="post" action=action><Button label=t("deed-make-default")/></form> });
        view! {
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
            {make}
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let facts = contact.facts.into_iter();
    let facts = facts
        .map(|(label, value)| view! { <KeyValue label=t(label)>{value}</KeyValue> })
        .collect_view();
    let domains = match contact.domains.is_empty() {
        true => view! { <p class="muted">{t("contact-domains-none")}</p> }.into_any(),
        false => {
            let items = contact.domains.into_iter();
            let items = items
                .map(|one| view! { <li><a href=one.href>{one.name}</a></li> })
                .collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
    };
    view! {
        <Layout title=contact.name crumbs=crumbs_of_contacts() badge=badge actions=actions.into_any()>
            <Live id=LIVE_THINGS>
                <div class="stack">
                    <Card title=t("contact-facts")>
                        <KeyValues>
                            {facts}
                            <KeyValue label=t("server-own-id")><Code text=contact.contabo_id/></KeyValue>
                            <KeyValue label=t("contabo-account")>{contact.account}</KeyValue>
                        </KeyValues>
                    </Card>
                    <Card title=t("domains")>{domains}</Card>
                </div>
            </Live>
            {happening(contact.happening, contact.refused)}
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, is_default| Row {
        href: "/admin/domains/contacts/1".to_owned(),
        name: text.to_owned(),
        person: if is_default { text.to_owned() } else { String::new() },
        contabo_id: "CH400001".to_owned(),
        email: text.to_owned(),
        country: "GB".to_owned(),
        is_default,
        domains: 2,
        account: text.to_owned(),
    };
    let contact = |text: &str, is_default| Contact {
        href: "/admin/domains/contacts/1".to_owned(),
        name: text.to_owned(),
        account: text.to_owned(),
        contabo_id: "CH400001".to_owned(),
        is_default,
        facts: vec![("contact-email", text.to_owned()), ("contact-country", "GB".to_owned())],
        domains: vec![Subject {
            name: text.to_owned(),
            href: "/admin/domains/1".to_owned(),
        }],
        may_manage: true,
        happening: sample_happening(text),
        refused: None,
    };
    vec![
        Sample::new("domain-contacts", page(), move || {
            let all = vec![row("Example Networks", true), row("Paul Porter", false)];
            view! { <ContactList contacts=all may_manage=true what_happens=sample_happening("Example Networks")/> }
        }),
        Sample::new("domain-contacts-none", page(), move || {
            view! { <ContactList contacts=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("domain-contacts-hostile", page(), move || {
            view! { <ContactList contacts=vec![row(HOSTILE, true)] may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
        Sample::new("domain-contact", page(), move || {
            view! { <ContactPage contact=contact("Example Networks", true)/> }
        }),
        Sample::new("domain-contact-viewer", page(), move || {
            let contact = Contact {
                domains: Vec::new(),
                may_manage: false,
                happening: Happening::default(),
                ..contact("Paul Porter", false)
            };
            view! { <ContactPage contact=contact/> }
        }),
        Sample::new("domain-contact-hostile", page(), move || {
            let contact = Contact {
                refused: Some(HOSTILE.to_owned()),
                ..contact(HOSTILE, false)
            };
            view! { <ContactPage contact=contact/> }
        }),
    ]
}
