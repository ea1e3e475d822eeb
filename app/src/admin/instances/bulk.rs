//! Several servers at once: what will be done to which.

use leptos::prelude::*;

use super::{Doing, state};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::{Act, Stage, Status},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, Choice, Column, Crumb, EmptyState, ErrorSummary, FormActions, FormState, HeadCell, Icon,
        Kind, Layout, LinkButton, Notice, SelectField, Table, Tone,
    },
};

/// What can be done to several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Start,
    Stop,
    Shutdown,
    Restart,
    /// Gives them to a client, or takes them back.
    Assign,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Start, Self::Stop, Self::Shutdown, Self::Restart, Self::Assign];

    /// The value in queries and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Shutdown => "shutdown",
            Self::Restart => "restart",
            Self::Assign => "assign",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Start => t("bulk-start-title"),
            Self::Stop => t("bulk-stop-title"),
            Self::Shutdown => t("bulk-shutdown-title"),
            Self::Restart => t("bulk-restart-title"),
            Self::Assign => t("bulk-assign-title"),
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::Start => t("bulk-start-text"),
            Self::Stop => t("bulk-stop-text"),
            Self::Shutdown => t("bulk-shutdown-text"),
            Self::Restart => t("bulk-restart-text"),
            Self::Assign => t("bulk-assign-text"),
        }
    }

    fn button(self) -> (&'static str, Kind) {
        match self {
            Self::Start => (t("bulk-start-do"), Kind::Primary),
            Self::Stop => (t("bulk-stop-do"), Kind::Danger),
            Self::Shutdown => (t("bulk-shutdown-do"), Kind::Danger),
            Self::Restart => (t("bulk-restart-do"), Kind::Danger),
            Self::Assign => (t("bulk-assign-do"), Kind::Primary),
        }
    }
}

/// Why one may better be left out. Those for which it would do nothing are not ticked.
#[derive(Clone, Debug)]
pub enum Note {
    AlreadyRuns,
    AlreadyStopped,
    Busy,
    /// For its client; staff may act all the same.
    Locked(String),
}

impl Note {
    fn text(self) -> Text {
        match self {
            Self::AlreadyRuns => t("bulk-already-runs").into(),
            Self::AlreadyStopped => t("bulk-already-stopped").into(),
            Self::Busy => t("bulk-busy").into(),
            Self::Locked(because) => t_with("bulk-locked", &[("because", because.into())]).into(),
        }
    }
}

/// A server that was chosen.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: String,
    pub href: String,
    pub title: String,
    /// Contabo's name of it.
    pub name: String,
    /// None: nobody's.
    pub client: Option<String>,
    pub status: Status,
    pub doing: Option<Doing>,
    pub notes: Vec<Note>,
    pub is_ticked: bool,
}

/// The page before it, posting `do`, `server` and, where they are given away, `client`. `clients` are values with names.
#[component]
pub fn BulkPreview(what: What, items: Vec<Item>, clients: Vec<(String, String)>, form: FormState) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), "/admin/servers")];
    if items.is_empty() {
        return view! {
            <Layout title=what.title() crumbs=crumbs>
                <Card>
                    <EmptyState title=t("bulk-nothing") text=t("bulk-nothing-text") icon=Icon::Server>
                        <LinkButton label=t("bulk-to-list") href="/admin/servers"/>
                    </EmptyState>
                </Card>
            </Layout>
        }
        .into_any();
    }
    let assign = (what == What::Assign).then(|| {
        let mut choices = vec![Choice::new("nobody", t("bulk-assign-nobody"))];
        choices.extend(clients.into_iter().map(|(value, name)| Choice::new(value, name)));
        view! { <SelectField name="client" label=t("bulk-assign-to") choices=choices value=form.value("client") error=form.error("client") empty=t("choose") required=true/> }
    });
    let (label, kind) = what.button();
    let summary = view! { <ErrorSummary form=form labels=&LABELS/> };
    view! {
        <Layout title=what.title() lead=t("bulk-lead") crumbs=crumbs>
            <form method="post" action="/admin/servers/bulk" class="stack">
                {summary}
                <input type="hidden" name="do" value=what.name()/>
                <Notice tone=if kind == Kind::Danger { Tone::Warning } else { Tone::Info }>{what.text()}</Notice>
                {assign}
                <Card title=t("bulk-servers") flush=true>{item_table(items)}</Card>
                <FormActions>
                    <Button label=label kind=kind/>
                    <LinkButton label=t("cancel") href="/admin/servers"/>
                </FormActions>
            </form>
        </Layout>
    }
    .into_any()
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 2] = [("client", "bulk-assign-to"), ("server", "bulk-servers")];

fn item_table(items: Vec<Item>) -> impl IntoView {
    let (server, client, status) = (t("fleet-server"), t("client"), t("list-state"));
    let columns = [server, client, status].map(Column::text).into();
    let rows = items.into_iter().enumerate().map(|(at, item)| {
        // The first has the field's own id, which the summary of errors leads to.
        let id = if at == 0 { "server".to_owned() } else { format!("server-{at}") };
        let label = t_with("fleet-choose", &[("name", item.title.clone().into())]);
        let name = (item.name != item.title).then(|| view! { <small>{item.name}</small> });
        let notes = item.notes.into_iter().map(|note| view! { <small>{note.text()}</small> });
        view! {
            <tr>
                <HeadCell>
                    <span class="pick">
                        <label for=id.clone() class="hidden">{label}</label>
                        <input type="checkbox" id=id name="server" value=item.id checked=item.is_ticked/>
                        <span class="two-lines"><a href=item.href>{item.title}</a>{name}</span>
                    </span>
                </HeadCell>
                <Cell of=client>{item.client.map_or_else(|| t("fleet-nobody").into(), Text::from)}</Cell>
                <Cell of=status><span class="two-lines">{state(&item.status, item.doing)}{notes.collect_view()}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("bulk-servers") columns=columns>{rows}</Table> }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Admin)
    };
    let item = |text: &str, status, notes: Vec<Note>| Item {
        id: "1".to_owned(),
        href: "/admin/servers/1".to_owned(),
        title: text.to_owned(),
        name: "vmi1234567".to_owned(),
        client: Some(text.to_owned()),
        status,
        doing: notes.iter().any(|note| matches!(note, Note::Busy)).then_some(Doing {
            act: Some(Act::Restart),
            stage: Stage::Unclear,
            more: 0,
        }),
        is_ticked: notes.is_empty(),
        notes,
    };
    let items = move |text: &str| {
        vec![
            item(text, Status::Running, Vec::new()),
            item(
                text,
                Status::Stopped,
                vec![Note::AlreadyStopped, Note::Locked(text.to_owned())],
            ),
            item(text, Status::Running, vec![Note::Busy, Note::AlreadyRuns]),
        ]
    };
    let preview = move |text: &str, what| {
        let clients = vec![("1".to_owned(), text.to_owned())];
        view! { <BulkPreview what=what items=items(text) clients=clients form=FormState::new()/> }
    };
    vec![
        Sample::new("admin-bulk-stop", page(), move || preview("web-01", What::Stop)),
        Sample::new("admin-bulk-assign", page(), move || preview("web-01", What::Assign)),
        Sample::new("admin-bulk-none", page(), || {
            view! { <BulkPreview what=What::Start items=Vec::new() clients=Vec::new() form=FormState::new()/> }
        }),
        Sample::new("admin-bulk-hostile", page(), move || preview(HOSTILE, What::Assign)),
    ]
}
