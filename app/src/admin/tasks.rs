//! What staff have to see to: the list, and what the dashboard shows of it.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::{Act, Asked},
    t, t_count, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState, Live,
        Pagination, SelectField, State, StateBadge, Table, When,
    },
};

/// One task.
#[derive(Clone, Debug)]
pub struct Task {
    pub what: What,
    pub subject: String,
    /// Where to go; none: it has no page.
    pub href: Option<String>,
    pub reason: String,
    pub times: u64,
    /// When it went wrong for the last time.
    pub at: DateTime<Utc>,
    pub settled: Option<Settled>,
    /// Where one says that it was dealt with; none: it is, or the visitor may not.
    pub settle: Option<String>,
}

/// What went wrong.
#[derive(Clone, Debug)]
pub enum What {
    Order,
    /// Of the service that a billing system calls so.
    OrderOfService(String),
    Action(Asked),
    Service(Asked),
    Schedule(Asked),
}

impl What {
    /// In a few words.
    fn text(&self) -> Text {
        let act = |key, asked: &Asked| t_with(key, &[("act", asked.label().into())]).into();
        match self {
            Self::Order => t("task-order").into(),
            Self::OrderOfService(name) => t_with("task-order-of-service", &[("service", name.clone().into())]).into(),
            Self::Action(asked) => act("task-action", asked),
            Self::Service(asked) => act("task-service", asked),
            Self::Schedule(asked) => act("task-schedule", asked),
        }
    }
}

/// How a task ended.
#[derive(Clone, Debug)]
pub struct Settled {
    pub at: DateTime<Utc>,
    /// None: it came right by itself.
    pub by: Option<String>,
}

/// The page.
#[component]
pub fn TaskList(list: ListState, rows: Vec<Task>, is_empty: bool) -> impl IntoView {
    if is_empty {
        return view! {
            <Layout title=t("nav-tasks") lead=t("tasks-lead")>
                <Card><EmptyState title=t("tasks-none") text=t("tasks-none-text") icon=Icon::Check/></Card>
            </Layout>
        }
        .into_any();
    }
    let clear = list.path.clone();
    let is_filtered = ["q", "state", "kind"]
        .into_iter()
        .any(|name| !list.filter(name).is_empty());
    let body = match (rows.is_empty(), is_filtered) {
        (true, true) => view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any(),
        (true, false) => view! { <EmptyState title=t("tasks-none-open") text=t("tasks-none-open-text") icon=Icon::Check/> }
            .into_any(),
        (false, _) => view! { {table(&list, rows)}<Pagination list=list.clone()/> }.into_any(),
    };
    view! {
        <Layout title=t("nav-tasks") lead=t("tasks-lead")>
            <Card flush=true>{filter_bar(list)}<Live id="tasks">{body}</Live></Card>
        </Layout>
    }
    .into_any()
}

fn filter_bar(list: ListState) -> impl IntoView {
    let states = vec![
        Choice::new("settled", t("tasks-settled")),
        Choice::new("all", t("tasks-all")),
    ];
    let kinds = vec![
        Choice::new("order", t("tasks-kind-order")),
        Choice::new("action", t("tasks-kind-action")),
        Choice::new("service", t("tasks-kind-service")),
        Choice::new("schedule", t("tasks-kind-schedule")),
    ];
    let [state, kind] = ["state", "kind"].map(|name| list.filter(name));
    view! {
        <FilterBar list=list search_label=t("tasks-search")>
            <SelectField name="state" label=t("list-state") choices=states value=state empty=t("tasks-open") required=true/>
            <SelectField name="kind" label=t("tasks-kind") choices=kinds value=kind empty=t("list-any") required=true/>
        </FilterBar>
    }
}

fn table(list: &ListState, rows: Vec<Task>) -> impl IntoView + use<> {
    let (what, place, reason, when, state) = (
        t("task-what"),
        t("task-where"),
        t("task-reason"),
        t("task-when"),
        t("list-state"),
    );
    let columns = [what, place, reason, when, state].map(Column::text).into();
    let rows = rows.into_iter().map(|row| {
        let times = (row.times > 1).then(|| view! { <small>{t_count("task-times", row.times)}</small> });
        let state_cell = match (row.settled, row.settle) {
            (Some(settled), _) => {
                let how = match settled.by {
                    Some(who) => t_with("task-settled-by", &[("who", who.into())]).into(),
                    None => Text::from(t("task-settled-itself")),
                };
                view! { <span class="two-lines"><StateBadge state=State::Up label=how/><small><When at=settled.at compact=true/></small></span> }
                    .into_any()
            }
            (None, Some(action)) => {
                view! { <form method="post" action=action><Button label=t("task-settle") icon=Icon::Check/></form> }.into_any()
            }
            (None, None) => view! { <StateBadge state=State::Down label=t("tasks-open")/> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell>{row.what.text()}</HeadCell>
                <Cell of=place>{link(row.href, row.subject)}</Cell>
                <Cell of=reason><span class="reason">{row.reason}</span></Cell>
                <Cell of=when><span class="two-lines"><When at=row.at compact=true/>{times}</span></Cell>
                <Cell of=state>{state_cell}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("nav-tasks") columns=columns list=list.clone()>{rows}</Table> }
}

fn link(href: Option<String>, name: String) -> AnyView {
    match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// The newest of those that are open, and how many there are; nothing where there are none.
pub(crate) fn tasks_card(newest: Vec<Task>, all: u64) -> Option<impl IntoView> {
    (!newest.is_empty()).then(|| {
        let actions = view! { <a href="/admin/tasks">{t_count("dashboard-tasks-all", all)}</a> }.into_any();
        let (what, place, reason, when) = (t("task-what"), t("task-where"), t("task-reason"), t("task-when"));
        let columns = [what, place, reason, when].map(Column::text).into();
        let rows = newest.into_iter().map(|task| {
            view! {
                <tr>
                    <HeadCell>{task.what.text()}</HeadCell>
                    <Cell of=place>{link(task.href, task.subject)}</Cell>
                    <Cell of=reason><span class="reason">{task.reason}</span></Cell>
                    <Cell of=when><When at=task.at compact=true/></Cell>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! { <Card title=t("nav-tasks") actions=actions flush=true><Table caption=t("nav-tasks") columns=columns>{rows}</Table></Card> }
    })
}

/// Tasks for samples of pages.
pub(crate) fn sample_tasks(text: &str) -> Vec<Task> {
    let task = |what, minutes| Task {
        what,
        subject: text.to_owned(),
        href: Some("/admin/servers/1".to_owned()),
        reason: format!("Contabo refused: {text}"),
        times: 1,
        at: samples::now() - TimeDelta::minutes(minutes),
        settled: None,
        settle: Some("/admin/tasks/1/settle".to_owned()),
    };
    vec![
        Task {
            times: 3,
            ..task(What::Service(Asked::Server(Act::Stop)), 4)
        },
        Task {
            times: 2,
            ..task(What::Schedule(Asked::Server(Act::TakeSnapshot)), 30)
        },
        Task {
            href: None,
            settle: None,
            ..task(What::Order, 90)
        },
        Task {
            settled: Some(Settled {
                at: samples::now(),
                by: Some(text.to_owned()),
            }),
            ..task(What::OrderOfService(text.to_owned()), 200)
        },
        Task {
            settled: Some(Settled {
                at: samples::now(),
                by: None,
            }),
            ..task(What::Action(Asked::Unknown(text.to_owned())), 900)
        },
    ]
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "tasks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/tasks".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("tasks", page(), move || {
            view! { <TaskList list=list(5) rows=sample_tasks("web-01") is_empty=false/> }
        }),
        Sample::new("tasks-hostile", page(), move || {
            view! { <TaskList list=list(5) rows=sample_tasks(HOSTILE) is_empty=false/> }
        }),
        Sample::new("tasks-none-open", page(), move || {
            view! { <TaskList list=list(0) rows=Vec::new() is_empty=false/> }
        }),
        Sample::new("tasks-none", page(), move || {
            view! { <TaskList list=list(0) rows=Vec::new() is_empty=true/> }
        }),
    ]
}
