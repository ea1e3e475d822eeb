//! What was sent, and what failed.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{MailKind, MailState};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState, Notice,
        Pagination, SelectField, Table, Tone, When,
    },
};

/// One mail.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub subject: String,
    pub to_name: String,
    pub to_address: String,
    pub kind: MailKind,
    pub state: MailState,
    pub created_at: DateTime<Utc>,
}

/// The page. Without a mail server it says so; `settings_href` leads to where one is set up, for whoever may see it.
#[component]
pub fn Mails(list: ListState, rows: Vec<Row>, has_server: bool, settings_href: Option<Text>) -> impl IntoView {
    let kinds = MailKind::ALL.map(|kind| Choice::new(kind.name(), kind.word())).to_vec();
    let states = MailState::FILTERS
        .map(|state| Choice::new(state.name(), state.word()))
        .to_vec();
    let (kind, state) = (list.filter("kind"), list.filter("state"));
    let settings =
        settings_href.map(|href| view! { <LinkButton label=t("mail-settings") href=href icon=Icon::Settings/> });
    let actions = view! { {settings} }.into_any();
    let (empty, filtered) = (rows.is_empty(), list.is_filtered());
    let nothing = match (empty, filtered) {
        (true, true) => {
            view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> }.into_any()
        }
        (true, false) => {
            view! { <EmptyState title=t("mail-none") text=t("mail-none-text") icon=Icon::Mail/> }.into_any()
        }
        (false, _) => ().into_any(),
    };
    view! {
        <Layout title=t("mail") lead=t("mail-lead") actions=actions>
            {(!has_server).then(|| view! { <Notice tone=Tone::Warning title=t("mail-no-server")>{t("mail-no-server-text")}</Notice> })}
            <Card flush=true>
                <FilterBar list=list.clone() search_label=t("mail-search")>
                    <SelectField name="kind" label=t("mail-kind") choices=kinds value=kind empty=t("list-any") required=true/>
                    <SelectField name="state" label=t("mail-state") choices=states value=state empty=t("list-any") required=true/>
                </FilterBar>
                {(!empty).then(|| table(rows))}
                {nothing}
                <Pagination list=list/>
            </Card>
        </Layout>
    }
}

fn table(rows: Vec<Row>) -> impl IntoView {
    let columns = vec![
        Column::text(t("mail-subject")),
        Column::text(t("mail-to")),
        Column::text(t("mail-kind")),
        Column::text(t("mail-state")),
        Column::text(t("mail-written")),
    ];
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.subject}</a></HeadCell>
                <Cell of=t("mail-to")><span>{row.to_name}" "<span class="muted small">{row.to_address}</span></span></Cell>
                <Cell of=t("mail-kind")>{row.kind.word()}</Cell>
                <Cell of=t("mail-state")>{row.state.badge()}</Cell>
                <Cell of=t("mail-written")><When at=row.created_at/></Cell>
            </tr>
        }
    });
    view! { <Table caption=t("mail") columns=columns>{rows.collect_view()}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "mail",
        ..samples::page(Area::Admin)
    };
    let list = |total, text: &str| ListState {
        path: "/admin/mail".to_owned(),
        filters: vec![
            ("q", text.to_owned()),
            ("kind", String::new()),
            ("state", String::new()),
        ],
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let row = |minutes, subject: &str, kind, state| Row {
        href: "/admin/mail/1".to_owned(),
        subject: subject.to_owned(),
        to_name: "Alice Hartmann".to_owned(),
        to_address: "alice@acme.example".to_owned(),
        kind,
        state,
        created_at: samples::now() - TimeDelta::minutes(minutes),
    };
    let settings = || Some("/admin/settings/mail".into());
    vec![
        Sample::new("mail", page(), move || {
            let rows = vec![
                row(1, "Test mail from Northbridge Fibre", MailKind::Test, MailState::Queued),
                row(
                    9,
                    "Planned maintenance on 28 November",
                    MailKind::Maintenance,
                    MailState::Retrying,
                ),
                row(50, "Service report for October 2026", MailKind::Report, MailState::Sent),
                row(
                    80,
                    "Service level not met: Acme · Berlin",
                    MailKind::Breach,
                    MailState::Failed,
                ),
            ];
            view! { <Mails list=list(4, "") rows=rows has_server=true settings_href=settings()/> }
        }),
        Sample::new(
            "mail-none",
            page(),
            move || view! { <Mails list=list(0, "") rows=vec![] has_server=false settings_href=settings()/> },
        ),
        Sample::new("mail-hostile", page(), move || {
            let rows = vec![Row {
                to_name: HOSTILE.to_owned(),
                to_address: HOSTILE.to_owned(),
                ..row(1, HOSTILE, MailKind::Breach, MailState::Failed)
            }];
            view! { <Mails list=list(1, HOSTILE) rows=rows has_server=true settings_href=None/> }
        }),
    ]
}
