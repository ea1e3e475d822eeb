//! The staff's first page: what is wrong, what changed, whether polling works, which work is planned.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::{
        Change, Subject, changes_card,
        status::Status,
        tasks::{Task, sample_tasks, tasks_card},
    },
    page::Area,
    samples::{self, HOSTILE, Sample},
    servers::{Act, Asked},
    t, t_count,
    ui::{
        Card, Cell, Column, Duration, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live, Notice,
        NumberCell, Pictogram, StateBadge, Table, Tone, When, number,
    },
};

/// Everything of the page.
#[derive(Clone, Debug, Default)]
pub struct Dashboard {
    pub links: Vec<Count>,
    pub routers: Vec<Count>,
    /// The worst ones, worst first; empty when all is well.
    pub wrong: Vec<Wrong>,
    pub changes: Vec<Change>,
    pub polls: Polls,
    pub workers: Vec<Worker>,
    /// Under way, then what comes next.
    pub maintenance: Vec<Maintenance>,
    /// The first steps of a fresh installation, until all are done.
    pub steps: Vec<Step>,
    /// None where there is no Contabo account.
    pub servers: Option<Servers>,
    /// What staff have to see to, the newest first, and how much there is.
    pub tasks: Vec<Task>,
    pub tasks_open: u64,
}

/// How many have a status, with the list of them.
#[derive(Clone, Debug)]
pub struct Count {
    pub status: Status,
    pub count: usize,
    pub href: String,
}

/// Something that needs somebody.
#[derive(Clone, Debug)]
pub struct Wrong {
    pub subject: Subject,
    /// The client of a link, the site of a router.
    pub whose: String,
    pub status: Status,
    pub since: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}

/// How the last cycle of polls went.
#[derive(Clone, Debug, Default)]
pub struct Polls {
    /// Routers that are polled.
    pub routers: usize,
    /// Of these, polled whole within the last cycle.
    pub whole: usize,
    /// Seconds of a cycle.
    pub cycle: i64,
    /// Polls ever that were not over when the next was due.
    pub overruns: u64,
    /// The longest of the last polls.
    pub longest_ms: Option<f64>,
}

/// How a worker of this process fares.
#[derive(Clone, Debug)]
pub struct Worker {
    pub name: String,
    pub last_success: Option<DateTime<Utc>>,
    /// How late it is.
    pub lag: Option<TimeDelta>,
    pub errors: u64,
    pub last_error: Option<(DateTime<Utc>, String)>,
}

/// What needs somebody among the servers.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    pub all: usize,
    /// How many no client has, and the list of them.
    pub nobodys: usize,
    pub nobodys_href: String,
    /// What was asked of Contabo and failed in the last day, the newest first.
    pub failed: Vec<FailedAction>,
    /// How many there are beside those.
    pub failed_more: usize,
    /// Accounts that can't be read, with why.
    pub unreadable: Vec<(Subject, String)>,
    /// Domains that somebody wants to take away, until that is answered.
    pub leaving: Vec<Subject>,
}

/// Something asked for a server or another thing that came to nothing.
#[derive(Clone, Debug)]
pub struct FailedAction {
    pub of: Subject,
    pub asked: Asked,
    pub at: DateTime<Utc>,
    pub error: String,
}

/// A maintenance window.
#[derive(Clone, Debug)]
pub struct Maintenance {
    pub subject: Subject,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub now: bool,
}

/// One of the first steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub what: FirstStep,
    pub done: bool,
    /// It can be taken now: what it needs is there, and the role allows it.
    pub possible: bool,
}

/// What leads to the first sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    Client,
    Router,
    Link,
}

/// The page.
#[component]
pub fn AdminDashboard(dashboard: Dashboard) -> impl IntoView {
    let Dashboard {
        links,
        routers,
        wrong,
        changes,
        polls,
        workers,
        maintenance,
        steps,
        servers,
        tasks,
        tasks_open,
    } = dashboard;
    let steps = (!steps.is_empty()).then(|| steps_card(steps));
    let has_links = links.iter().any(|count| count.count > 0);
    view! {
        <Layout title=t("nav-dashboard")>
            {steps}
            <Live id="dashboard-now">
                <div class="columns">{counts_card(t("nav-links"), "/admin/links", links)}{counts_card(t("nav-routers"), "/admin/routers", routers)}</div>
                {has_links.then(|| wrong_card(wrong))}
            </Live>
            <Live id="dashboard-tasks">{tasks_card(tasks, tasks_open)}</Live>
            {servers.map(servers_card)}
            <Live id="dashboard-changes">{changes_card(t("changes-recent"), t("changes-none"), changes)}</Live>
            <div class="columns">
                {maintenance_card(maintenance)}
                <Live id="dashboard-collector">{collector_card(polls, workers)}</Live>
            </div>
        </Layout>
    }
}

fn steps_card(steps: Vec<Step>) -> impl IntoView {
    let steps = steps.into_iter().map(|step| {
        let (title, text, label, href) = match step.what {
            FirstStep::Client => (t("step-client"), t("step-client-text"), t("clients-add"), "/admin/clients/new"),
            FirstStep::Router => (t("step-router"), t("step-router-text"), t("router-add"), "/admin/routers/new"),
            FirstStep::Link => (t("step-link"), t("step-link-text"), t("link-add"), "/admin/links/new"),
        };
        let button = (step.possible && !step.done).then(|| view! { <LinkButton label=label href=href kind=Kind::Primary/> });
        let (class, done) = if step.done { ("step step-done", Some(t("step-done"))) } else { ("step", None) };
        view! {
            <li class=class>
                <span class="step-mark"><Pictogram icon=if step.done { Icon::Check } else { Icon::Right }/></span>
                <div><p><strong>{title}</strong>{done.map(|done| view! { " "<span class="muted small">{done}</span> })}</p><p class="muted">{text}</p></div>
                {button}
            </li>
        }
    });
    view! { <Card title=t("steps")><ol class="steps">{steps.collect_view()}</ol></Card> }
}

fn counts_card(title: &'static str, all: &'static str, counts: Vec<Count>) -> impl IntoView {
    let total: usize = counts.iter().map(|count| count.count).sum();
    let actions = view! { <a href=all>{t_count("dashboard-all", total as u64)}</a> }.into_any();
    let tiles = counts.into_iter().map(|count| {
        let class = if count.count == 0 { "tally tally-none" } else { "tally" };
        view! { <li><a class=class href=count.href><StateBadge state=count.status.state() label=count.status.word()/><strong>{count.count}</strong></a></li> }
    });
    let tiles = tiles.collect_view();
    view! { <Card title=title actions=actions><ul class="tallies">{tiles}</ul></Card> }
}

fn wrong_card(wrong: Vec<Wrong>) -> impl IntoView {
    let title = t("dashboard-wrong");
    if wrong.is_empty() {
        return view! { <Card title=title><p class="row"><StateBadge state=Status::Up.state() label=t("dashboard-all-well")/><span class="muted">{t("dashboard-all-well-text")}</span></p></Card> }
            .into_any();
    }
    let (what, state, whose, since, reason) = (
        t("change-what"),
        t("list-state"),
        t("dashboard-whose"),
        t("since"),
        t("change-reason"),
    );
    let columns = [what, state, whose, since, reason].map(Column::text).into();
    let rows = wrong.into_iter().map(|wrong| {
        view! {
            <tr>
                <HeadCell><a href=wrong.subject.href>{wrong.subject.name}</a></HeadCell>
                <Cell of=state><StateBadge state=wrong.status.state() label=wrong.status.word()/></Cell>
                <Cell of=whose>{wrong.whose}</Cell>
                <Cell of=since>{wrong.since.map(|at| view! { <When at=at compact=true/> })}</Cell>
                <Cell of=reason><span class="reason">{wrong.reason}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

fn maintenance_card(maintenance: Vec<Maintenance>) -> impl IntoView {
    let title = t("nav-maintenance");
    let actions = view! { <a href="/admin/maintenance">{t("dashboard-maintenance-all")}</a> }.into_any();
    if maintenance.is_empty() {
        return view! { <Card title=title actions=actions><p class="muted">{t("dashboard-maintenance-none")}</p></Card> }.into_any();
    }
    let windows = maintenance.into_iter().map(|window| {
        let (from, to) = (window.from, window.to);
        let badge = window
            .now
            .then(|| view! { <StateBadge state=Status::Maintenance.state() label=t("dashboard-maintenance-now")/> });
        view! {
            <li>
                <p class="row"><a href=window.subject.href>{window.subject.name}</a>{badge}</p>
                <p class="small"><When at=from/>" – "<Duration span=to - from/></p>
            </li>
        }
    });
    let windows = windows.collect_view();
    view! { <Card title=title actions=actions><ul class="stack">{windows}</ul></Card> }.into_any()
}

fn servers_card(servers: Servers) -> impl IntoView {
    let title = t("dashboard-servers");
    let all = view! { <a href="/admin/servers">{t_count("dashboard-all", servers.all as u64)}</a> }.into_any();
    if servers.nobodys == 0 && servers.failed.is_empty() && servers.unreadable.is_empty() && servers.leaving.is_empty()
    {
        return view! { <Card title=title actions=all><p class="row"><StateBadge state=Status::Up.state() label=t("dashboard-all-well")/><span class="muted">{t("dashboard-servers-well")}</span></p></Card> }
            .into_any();
    }
    let leaving = (!servers.leaving.is_empty()).then(|| {
        let domains = servers.leaving.into_iter();
        let domains = domains.map(|one| view! { <li><a href=one.href>{one.name}</a></li> }).collect_view();
        view! { <Notice tone=Tone::Danger title=t("domains-leaving")><p>{t("domain-leaves-text")}</p><ul>{domains}</ul></Notice> }
    });
    let unreadable = (!servers.unreadable.is_empty()).then(|| {
        let accounts = servers.unreadable.into_iter().map(|(account, why)| {
            view! { <li><a href=account.href>{account.name}</a>" "<span class="reason">{why}</span></li> }
        });
        view! { <KeyValue label=t("dashboard-servers-unreadable")><ul>{accounts.collect_view()}</ul></KeyValue> }
    });
    let more = (servers.failed_more > 0).then(
        || view! { <li class="muted">{t_count("dashboard-servers-failed-more", servers.failed_more as u64)}</li> },
    );
    let failed = (!servers.failed.is_empty()).then(|| {
        let actions = servers.failed.into_iter().map(|one| {
            view! { <li><a href=one.of.href>{one.of.name}</a>": "{one.asked.label()}" "<When at=one.at compact=true/><span class="reason">{one.error}</span></li> }
        });
        view! { <KeyValue label=t("dashboard-servers-failed")><ul>{actions.collect_view()}{more}</ul></KeyValue> }
    });
    let nobodys = (servers.nobodys > 0).then(|| {
        let count = t_count("dashboard-servers-nobody-count", servers.nobodys as u64);
        view! { <KeyValue label=t("dashboard-servers-nobody")><a href=servers.nobodys_href>{count}</a></KeyValue> }
    });
    let is_rest = unreadable.is_some() || failed.is_some() || nobodys.is_some();
    let rest = is_rest.then(|| view! { <KeyValues>{unreadable}{failed}{nobodys}</KeyValues> });
    view! { <Card title=title actions=all>{leaving}{rest}</Card> }.into_any()
}

fn collector_card(polls: Polls, workers: Vec<Worker>) -> impl IntoView {
    let (name, last, lag, errors) = (t("worker"), t("worker-last"), t("worker-lag"), t("worker-errors"));
    let columns = vec![
        Column::text(name),
        Column::text(last),
        Column::number(lag),
        Column::number(errors),
    ];
    let none = workers
        .is_empty()
        .then(|| view! { <p class="muted">{t("workers-none")}</p> });
    let rows = workers.into_iter().map(|worker| {
        let error = worker
            .last_error
            .map(|(at, error)| view! { <small class="reason">{error}" "<When at=at compact=true/></small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{worker.name}{error}</span></HeadCell>
                <Cell of=last>{match worker.last_success {
                    Some(at) => view! { <When at=at compact=true/> }.into_any(),
                    None => view! { <span class="muted">{t("never")}</span> }.into_any(),
                }}</Cell>
                <NumberCell of=lag>{worker.lag.map(|lag| view! { <Duration span=lag/> })}</NumberCell>
                <NumberCell of=errors>{worker.errors}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let table = none
        .is_none()
        .then(|| view! { <Table caption=t("workers") columns=columns>{rows}</Table> });
    let polled = (polls.routers > 0).then(|| {
        view! {
            <KeyValues>
                <KeyValue label=t("polls-cycle")><strong>{polls.whole}" / "{polls.routers}</strong>" "<span class="muted">{t("polls-whole")}" "{number::milliseconds(polls.cycle as f64 * 1000.0)}</span></KeyValue>
                <KeyValue label=t("polls-longest")>{polls.longest_ms.map(number::milliseconds)}</KeyValue>
                <KeyValue label=t("router-overruns")>{polls.overruns}" "<span class="muted">{t("router-overruns-note")}</span></KeyValue>
            </KeyValues>
        }
    });
    view! {
        <Card title=t("collector") flush=true>
            <div class="card-note">{polled}{none}</div>
            {table}
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "dashboard",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let first = || {
        let step = |what, done, possible| Step { what, done, possible };
        let none = |statuses: &[Status]| {
            statuses
                .iter()
                .map(|status| Count {
                    status: *status,
                    count: 0,
                    href: "/admin/links".to_owned(),
                })
                .collect()
        };
        Dashboard {
            links: none(&Status::OF_LINKS),
            routers: none(&Status::OF_ROUTERS),
            steps: vec![
                step(FirstStep::Client, true, true),
                step(FirstStep::Router, false, true),
                step(FirstStep::Link, false, false),
            ],
            ..Dashboard::default()
        }
    };
    let calm = || Dashboard {
        wrong: Vec::new(),
        tasks: Vec::new(),
        servers: Some(Servers::default()),
        ..sample_dashboard("Acme, Berlin")
    };
    vec![
        Sample::new(
            "admin-dashboard",
            page(),
            || view! { <AdminDashboard dashboard=sample_dashboard("Acme, Berlin")/> },
        ),
        Sample::new(
            "admin-dashboard-calm",
            page(),
            move || view! { <AdminDashboard dashboard=calm()/> },
        ),
        Sample::new(
            "admin-dashboard-first",
            page(),
            move || view! { <AdminDashboard dashboard=first()/> },
        ),
        Sample::new(
            "admin-dashboard-hostile",
            page(),
            || view! { <AdminDashboard dashboard=sample_dashboard(HOSTILE)/> },
        ),
    ]
}

fn sample_dashboard(text: &str) -> Dashboard {
    let now = samples::now();
    let subject = || Subject {
        name: text.to_owned(),
        href: "/admin/links/1".to_owned(),
    };
    let counts = |statuses: &[Status], counts: &[usize]| {
        let pairs = statuses.iter().zip(counts);
        pairs
            .map(|(status, count)| Count {
                status: *status,
                count: *count,
                href: format!("/admin/links?state={}", status.name()),
            })
            .collect()
    };
    let wrong = |status, reason: Option<&str>, minutes| Wrong {
        subject: subject(),
        whose: text.to_owned(),
        status,
        since: Some(now - TimeDelta::minutes(minutes)),
        reason: reason.map(str::to_owned),
    };
    let worker = |name: &str, error: Option<&str>| Worker {
        name: name.to_owned(),
        last_success: Some(now - TimeDelta::seconds(2)),
        lag: Some(TimeDelta::seconds(if error.is_some() { 84 } else { 0 })),
        errors: u64::from(error.is_some()) * 3,
        last_error: error.map(|error| (now - TimeDelta::seconds(90), error.to_owned())),
    };
    let change = |from, to, minutes| Change {
        at: now - TimeDelta::minutes(minutes),
        from: Some(from),
        to,
        subject: Some(subject()),
        reason: (to == Status::Unreachable).then(|| "no answer within 5 s while connecting".to_owned()),
    };
    let window = |hours, under_way| Maintenance {
        subject: subject(),
        from: now + TimeDelta::hours(hours),
        to: now + TimeDelta::hours(hours + 4),
        now: under_way,
    };
    Dashboard {
        links: counts(&Status::OF_LINKS, &[1, 2, 3, 1, 0, 121, 4]),
        routers: counts(&Status::OF_ROUTERS, &[1, 0, 0, 13, 1]),
        wrong: vec![
            wrong(Status::Unreachable, Some("no answer within 5 s while connecting"), 11),
            wrong(Status::Down, None, 17),
            wrong(Status::Degraded, None, 42),
            wrong(Status::Unknown, Some(text), 11),
        ],
        changes: vec![
            change(Status::Reachable, Status::Unreachable, 11),
            change(Status::Up, Status::Down, 17),
            change(Status::Down, Status::Up, 160),
        ],
        polls: Polls {
            routers: 14,
            whole: 13,
            cycle: 300,
            overruns: 2,
            longest_ms: Some(1_840.0),
        },
        workers: vec![
            worker("collector", None),
            worker("jobs", Some(text)),
            worker("housekeeping", None),
        ],
        maintenance: vec![window(-1, true), window(30, false)],
        steps: Vec::new(),
        tasks: sample_tasks(text)
            .into_iter()
            .filter(|task| task.settled.is_none())
            .collect(),
        tasks_open: 7,
        servers: Some(Servers {
            all: 14,
            nobodys: 3,
            nobodys_href: "/admin/servers?client=nobody".to_owned(),
            failed: vec![FailedAction {
                of: subject(),
                asked: Asked::Server(Act::Restart),
                at: now - TimeDelta::hours(3),
                error: format!("Contabo refused: {text}"),
            }],
            failed_more: 2,
            unreadable: vec![(subject(), text.to_owned())],
            leaving: vec![subject()],
        }),
    }
}
