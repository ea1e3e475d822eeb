//! One client: how its links stand, who its users are, what was changed of it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    admin::{
        audit::{Entry, recent_card},
        people::{self, PersonRow},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Card, Cell, Column, Crumb, EmptyState, HeadCell, Icon, KeyValue, KeyValues, Layout, LinkButton, Notice, State,
        StateBadge, Table, Tone, When,
    },
};

/// The client.
#[derive(Clone, Debug)]
pub struct Client {
    pub name: String,
    pub reference: Option<String>,
    pub notes: String,
    pub created_at: DateTime<Utc>,
    pub archived_at: Option<DateTime<Utc>>,
}

/// One of its links.
#[derive(Clone, Debug)]
pub struct LinkRow {
    pub href: String,
    pub name: String,
    pub kind: String,
    pub state: State,
    /// A finer word than the state's.
    pub word: Option<Text>,
    pub since: Option<DateTime<Utc>>,
}

/// Where the buttons lead; those that the visitor may not press are not there.
#[derive(Clone, Debug, Default)]
pub struct Hrefs {
    pub edit: Option<String>,
    pub archive: Option<String>,
    /// Takes a POST.
    pub restore: Option<String>,
    pub add_link: Option<String>,
    pub add_user: Option<String>,
    pub reports: Option<String>,
    pub features: Option<String>,
    pub audit: Option<String>,
}

/// The page.
#[component]
pub fn ClientPage(
    client: Client,
    links: Vec<LinkRow>,
    users: Vec<PersonRow>,
    /// None: the visitor may not read the log.
    entries: Option<Vec<Entry>>,
    hrefs: Hrefs,
) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("clients"), "/admin/clients")];
    let actions = view! {
        {hrefs.reports.map(|href| view! { <LinkButton label=t("nav-reports") href=href icon=Icon::Document/> })}
        {hrefs.features.map(|href| view! { <LinkButton label=t("features") href=href icon=Icon::Settings/> })}
        {hrefs.edit.map(|href| view! { <LinkButton label=t("edit") href=href icon=Icon::Edit/> })}
        {hrefs.archive.map(|href| view! { <LinkButton label=t("clients-archive") href=href confirm=true/> })}
        {hrefs.restore.map(|href| view! { <LinkButton label=t("clients-restore") href=href confirm=true/> })}
    }
    .into_any();
    let archived = client.archived_at.map(|at| {
        view! {
            <Notice tone=Tone::Warning title=t("clients-is-archived")>
                <p>{t("clients-is-archived-text")}" "<When at=at/></p>
            </Notice>
        }
    });
    let add_user = hrefs.add_user.map(|href| {
        view! { <LinkButton label=t("people-add-user") href=href icon=Icon::Plus/> }
    });
    let user_actions = view! { {add_user} }.into_any();
    let notes = (!client.notes.is_empty())
        .then(|| view! { <Card title=t("notes")><p class="pre-line">{client.notes}</p></Card> });
    let log = entries.map(|entries| recent_card(entries, hrefs.audit));
    view! {
        <Layout title=client.name crumbs=crumbs actions=actions>
            {archived}
            <Card>
                <KeyValues>
                    <KeyValue label=t("clients-reference")>{client.reference.unwrap_or_else(|| "–".to_owned())}</KeyValue>
                    <KeyValue label=t("clients-since")><When at=client.created_at/></KeyValue>
                </KeyValues>
            </Card>
            {link_card(links, hrefs.add_link)}
            <Card title=t("people-users") actions=user_actions flush=true>
                {if users.is_empty() {
                    view! { <EmptyState title=t("clients-no-users") text=t("clients-no-users-text") icon=Icon::Users/> }.into_any()
                } else {
                    people::table(t("people-users"), users, false, None).into_any()
                }}
            </Card>
            {notes}
            {log}
        </Layout>
    }
}

fn link_card(links: Vec<LinkRow>, add_href: Option<String>) -> impl IntoView {
    let add = add_href.map(|href| view! { <LinkButton label=t("link-add") href=href icon=Icon::Plus/> });
    let actions = view! { {add} }.into_any();
    if links.is_empty() {
        return view! {
            <Card title=t("clients-links") actions=actions>
                <EmptyState title=t("clients-no-links-yet") text=t("clients-no-links-text") icon=Icon::Link/>
            </Card>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t("clients-link")),
        Column::text(t("clients-link-kind")),
        Column::text(t("clients-link-state")),
        Column::text(t("clients-link-since")),
    ];
    let rows = links.into_iter().map(|row| {
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.name}</a></HeadCell>
                <Cell of=t("clients-link-kind")>{row.kind}</Cell>
                <Cell of=t("clients-link-state")><StateBadge state=row.state label=row.word/></Cell>
                <Cell of=t("clients-link-since")>{row.since.map(|at| view! { <When at=at compact=true/> })}</Cell>
            </tr>
        }
    });
    view! {
        <Card title=t("clients-links") actions=actions flush=true>
            <Table caption=t("clients-links") columns=columns>{rows.collect_view()}</Table>
        </Card>
    }
    .into_any()
}

/// What archiving a client would touch, as a sentence.
pub(crate) fn archive_consequence(links: usize, users: usize) -> String {
    t_with(
        "clients-archive-text",
        &[("links", links.into()), ("users", users.into())],
    )
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let client = |name: &str, notes: &str| Client {
        name: name.to_owned(),
        reference: Some("K-10021".to_owned()),
        notes: notes.to_owned(),
        created_at: samples::now() - chrono::TimeDelta::days(420),
        archived_at: None,
    };
    let link = |name: &str, state, hours| LinkRow {
        href: "/admin/links/1".to_owned(),
        name: name.to_owned(),
        kind: "ILL".to_owned(),
        state,
        word: None,
        since: Some(samples::now() - chrono::TimeDelta::hours(hours)),
    };
    let hrefs = || Hrefs {
        edit: Some("/admin/clients/1/edit".to_owned()),
        archive: Some("/admin/clients/1/archive".to_owned()),
        restore: None,
        add_link: Some("/admin/links/new?client=1".to_owned()),
        add_user: Some("/admin/client-users/new".to_owned()),
        reports: Some("/admin/reports?client=1".to_owned()),
        features: Some("/admin/clients/1/features".to_owned()),
        audit: Some("/admin/audit".to_owned()),
    };
    vec![
        Sample::new("client", page(), move || {
            let links = vec![
                link("Berlin – headquarters", State::Down, 2),
                link("Hamburg office", State::Up, 700),
            ];
            let notes = "Contract until 2028.\nCall Ms Hartmann before any work in Berlin.";
            view! {
                <ClientPage client=client("Acme Logistics GmbH", notes) links=links users=people::sample_rows()
                    entries=Some(crate::admin::audit::sample_entries()) hrefs=hrefs()/>
            }
        }),
        Sample::new("client-empty", page(), move || {
            let archived = Client {
                archived_at: Some(samples::now()),
                ..client("Old Harbour Ltd", "")
            };
            view! { <ClientPage client=archived links=vec![] users=vec![] entries=Some(vec![]) hrefs=Hrefs::default()/> }
        }),
        Sample::new("client-hostile", page(), move || {
            let users = vec![PersonRow {
                name: HOSTILE.to_owned(),
                mail: HOSTILE.to_owned(),
                ..people::sample_rows().remove(0)
            }];
            view! { <ClientPage client=client(HOSTILE, HOSTILE) links=vec![link(HOSTILE, State::Up, 1)] users=users entries=None hrefs=hrefs()/> }
        }),
    ]
}
