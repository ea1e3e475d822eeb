//! Several servers at once: first what will be done to which, then what came of each.

use leptos::prelude::*;

use super::{Doing, state};
use crate::{
    admin::Subject,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::words::{Act, Stage, Status},
    t, t_count, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, Choice, Column, Crumb, EmptyState, ErrorSummary, FormActions, FormState, HeadCell, Icon,
        Kind, Layout, LinkButton, Notice, SelectField, State, StateBadge, Table, Tone,
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

    fn title(self) -> &'static str {
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

/// What came of one.
#[derive(Clone, Debug)]
pub enum Came {
    /// It is an action now, which a worker does.
    Asked,
    Given,
    TakenBack,
    /// Why not.
    Refused(Refusal),
}

/// Why nothing was done to one.
#[derive(Clone, Debug)]
pub enum Refusal {
    Gone,
    AlreadyAsked,
    TooMany,
    Cancelled,
    Locked(String),
    Quota,
    Changed,
}

impl Refusal {
    fn text(self) -> Text {
        match self {
            Self::Gone => t("bulk-why-gone").into(),
            Self::AlreadyAsked => t("bulk-why-already").into(),
            Self::TooMany => t("bulk-why-too-many").into(),
            Self::Cancelled => t("bulk-why-cancelled").into(),
            Self::Locked(because) => t_with("bulk-why-locked", &[("because", because.into())]).into(),
            Self::Quota => t("bulk-why-quota").into(),
            Self::Changed => t("bulk-why-conflict").into(),
        }
    }
}

/// One that was chosen, with what came of it. What is gone has no page.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub server: Subject,
    pub came: Came,
}

/// The page after it.
#[component]
pub fn BulkResult(what: What, outcomes: Vec<Outcome>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-servers"), "/admin/servers")];
    let refused = outcomes
        .iter()
        .filter(|one| matches!(one.came, Came::Refused(_)))
        .count();
    let done = outcomes.len() - refused;
    let done_text = match what {
        What::Assign => t_count("bulk-given", done as u64),
        _ => t_count("bulk-asked", done as u64),
    };
    let done = (done > 0).then(|| view! { <Notice tone=Tone::Success>{done_text}</Notice> });
    let refused =
        (refused > 0).then(|| view! { <Notice tone=Tone::Danger>{t_count("bulk-refused", refused as u64)}</Notice> });
    let (server, result) = (t("fleet-server"), t("bulk-result"));
    let columns = [server, result].map(Column::text).into();
    let rows = outcomes.into_iter().map(|one| {
        let came = match one.came {
            Came::Asked => view! { <StateBadge state=State::Maintenance label=t("bulk-came-asked")/> }.into_any(),
            Came::Given => view! { <StateBadge state=State::Up label=t("bulk-came-given")/> }.into_any(),
            Came::TakenBack => view! { <StateBadge state=State::Up label=t("bulk-came-taken")/> }.into_any(),
            Came::Refused(why) => view! { <span class="reason">{why.text()}</span> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell><a href=one.server.href>{one.server.name}</a></HeadCell>
                <Cell of=result>{came}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Layout title=what.title() crumbs=crumbs>
            {refused}
            {done}
            <Card title=t("bulk-results") flush=true><Table caption=t("bulk-results") columns=columns>{rows}</Table></Card>
            <FormActions><LinkButton label=t("bulk-to-list") href="/admin/servers" kind=Kind::Primary/></FormActions>
        </Layout>
    }
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
    let outcome = |text: &str, came| Outcome {
        server: Subject {
            name: text.to_owned(),
            href: "/admin/servers/1".to_owned(),
        },
        came,
    };
    let outcomes = move |text: &str| {
        vec![
            outcome(text, Came::Asked),
            outcome(text, Came::Refused(Refusal::TooMany)),
            outcome(text, Came::Refused(Refusal::Locked(text.to_owned()))),
            outcome(text, Came::Refused(Refusal::Gone)),
        ]
    };
    vec![
        Sample::new("admin-bulk-stop", page(), move || preview("web-01", What::Stop)),
        Sample::new("admin-bulk-assign", page(), move || preview("web-01", What::Assign)),
        Sample::new("admin-bulk-none", page(), || {
            view! { <BulkPreview what=What::Start items=Vec::new() clients=Vec::new() form=FormState::new()/> }
        }),
        Sample::new("admin-bulk-hostile", page(), move || preview(HOSTILE, What::Assign)),
        Sample::new("admin-bulk-result", page(), move || {
            view! { <BulkResult what=What::Restart outcomes=outcomes("web-01")/> }
        }),
        Sample::new("admin-bulk-given", page(), move || {
            let outcomes = vec![outcome("web-01", Came::Given), outcome("web-02", Came::TakenBack)];
            view! { <BulkResult what=What::Assign outcomes=outcomes/> }
        }),
        Sample::new("admin-bulk-result-hostile", page(), move || {
            view! { <BulkResult what=What::Shutdown outcomes=outcomes(HOSTILE)/> }
        }),
    ]
}
