//! Contabo's checks of a server: what can be checked, what was found, and the remedies that go with it. It is read when
//! the page is asked for, and read again while something goes on.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{
    now::{Open, under_way},
    sample_data,
};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, Column, Crumb, DangerConfirm, Duration, EmptyState, ErrorSummary, FormState, HeadCell,
        Icon, Kind, Layout, LinkButton, Live, Notice, State, StateBadge, Table, Tone, When,
    },
};

/// How far a check, a set of them or a remedy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Queued,
    Running,
    Skipped,
    Cancelled,
    Failed,
    Warning,
    Successful,
    /// Contabo's own word, which nobody knew before; empty where it says none.
    Other(String),
}

impl Outcome {
    /// The word.
    pub fn word(&self) -> Text {
        let key = match self {
            Self::Queued => t("check-queued"),
            Self::Running => t("check-running"),
            Self::Skipped => t("check-skipped"),
            Self::Cancelled => t("check-cancelled"),
            Self::Failed => t("check-failed"),
            Self::Warning => t("check-warning"),
            Self::Successful => t("check-successful"),
            Self::Other(word) if word.is_empty() => t("server-no-word"),
            Self::Other(word) => return word.clone().into(),
        };
        key.into()
    }

    fn state(&self) -> State {
        match self {
            Self::Queued | Self::Running => State::Maintenance,
            Self::Skipped | Self::Cancelled => State::Disabled,
            Self::Failed => State::Down,
            Self::Warning => State::Degraded,
            Self::Successful => State::Up,
            Self::Other(_) => State::Unknown,
        }
    }
}

/// What a remedy does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    Restart,
    DetachFirewalls,
    Migrate,
    /// Contabo's own word, which nobody knew before.
    Other(String),
}

impl Remedy {
    /// On its button, and in the history.
    pub fn label(&self) -> Text {
        match self {
            Self::Restart => t("remedy-restart").into(),
            Self::DetachFirewalls => t("remedy-detach-firewalls").into(),
            Self::Migrate => t("remedy-migrate").into(),
            Self::Other(word) => word.clone().into(),
        }
    }

    fn consequence(&self) -> &'static str {
        match self {
            Self::Restart => t("remedy-restart-text"),
            Self::DetachFirewalls => t("remedy-detach-firewalls-text"),
            Self::Migrate => t("remedy-migrate-text"),
            Self::Other(_) => t("remedy-unknown-text"),
        }
    }
}

/// A set of checks that can be started.
#[derive(Clone, Debug)]
pub struct Set {
    pub id: String,
    pub name: String,
    pub description: String,
}

/// Checks that were started together, or one by itself.
#[derive(Clone, Debug)]
pub struct Run {
    pub name: String,
    pub started_at: Option<DateTime<Utc>>,
    pub outcome: Outcome,
    pub checks: Vec<Check>,
    /// Where it can be cancelled.
    pub cancel_href: Option<String>,
}

/// One check.
#[derive(Clone, Debug)]
pub struct Check {
    pub name: String,
    pub outcome: Outcome,
    /// What Contabo says of it.
    pub note: String,
    pub took: Option<TimeDelta>,
    /// What helps, and where it is asked for; nothing for those who may not.
    pub remedies: Vec<(Remedy, Option<String>)>,
    /// Where it is done once more.
    pub again_href: Option<String>,
}

/// A remedy that was started.
#[derive(Clone, Debug)]
pub struct Repair {
    pub remedy: Remedy,
    pub started_at: Option<DateTime<Utc>>,
    pub outcome: Outcome,
    pub note: String,
}

/// All that Contabo has of a server.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    pub sets: Vec<Set>,
    /// Whether the visitor may start one, and none goes on.
    pub can_start: bool,
    /// The newest first.
    pub runs: Vec<Run>,
    pub repairs: Vec<Repair>,
}

/// The page; `Err`: why there is nothing to show. `refused`: why what was just tried was not done.
#[component]
pub fn ChecksPage(
    server: String,
    href: String,
    open: Vec<Open>,
    checks: Result<Checks, String>,
    refused: Option<String>,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-servers"), "/admin/servers"),
        Crumb::new(server, href.clone()),
    ];
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let open = under_way(open);
    let (sets, runs) = match checks {
        Err(why) => (
            view! { <Notice tone=Tone::Danger title=t("checks-unread")>{why}</Notice> }.into_any(),
            ().into_any(),
        ),
        Ok(checks) => {
            let runs = runs(checks.runs, checks.repairs).into_any();
            (sets(&href, checks.sets, checks.can_start).into_any(), runs)
        }
    };
    view! {
        <Layout title=t("checks") lead=t("checks-lead") crumbs=crumbs>
            {refused}
            <Live id="checks-now"><div class="stack server-now">{open}</div></Live>
            <Live id="checks-sets">{sets}</Live>
            <Live id="checks-runs"><div class="stack">{runs}</div></Live>
        </Layout>
    }
}

fn sets(href: &str, sets: Vec<Set>, can_start: bool) -> impl IntoView + use<> {
    let title = t("checks-sets");
    if sets.is_empty() {
        return view! { <Card title=title><p class="muted">{t("checks-sets-none")}</p></Card> }.into_any();
    }
    let action = [href, "/checks"].concat();
    let rows = sets.into_iter().map(|set| {
        let start = can_start.then(|| {
            view! {
                <form method="post" action=action.clone()>
                    <input type="hidden" name="set" value=set.id/>
                    <Button label=t_with("checks-start", &[("name", set.name.clone().into())])/>
                </form>
            }
        });
        view! { <li><span class="two-lines">{set.name}<small>{set.description}</small></span>{start}</li> }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><ul class="rows">{rows}</ul></Card> }.into_any()
}

fn runs(runs: Vec<Run>, repairs: Vec<Repair>) -> impl IntoView {
    let repairs = (!repairs.is_empty()).then(|| repairs_card(repairs));
    if runs.is_empty() {
        let none =
            view! { <Card><EmptyState title=t("checks-none") text=t("checks-none-text") icon=Icon::Search/></Card> };
        return view! { {none}{repairs} }.into_any();
    }
    let cards = runs.into_iter().map(run_card).collect_view();
    view! { {cards}{repairs} }.into_any()
}

fn run_card(run: Run) -> impl IntoView {
    let (state, word) = (run.outcome.state(), run.outcome.word());
    let cancel = run.cancel_href.map(|href| {
        view! { <form method="post" action=href><Button label=t("checks-cancel") kind=Kind::Quiet/></form> }
    });
    let started = run.started_at.map(|at| view! { <When at=at compact=true/> });
    let actions = view! { <span class="server-state"><StateBadge state=state label=word/><span class="muted small">{started}</span></span>{cancel} };
    let actions = actions.into_any();
    let (what, outcome, note) = (t("checks-what"), t("checks-outcome"), t("checks-note"));
    let (took, remedies) = (t("checks-took"), t("checks-remedies"));
    let columns = vec![
        Column::text(what),
        Column::text(outcome),
        Column::text(note),
        Column::number(took),
        Column::text(remedies),
    ];
    let rows = run.checks.into_iter().map(|check| {
        let lasted = check.took.map(|took| view! { <Duration span=took/> });
        let offers = check.remedies.into_iter().map(|(remedy, href)| match href {
            Some(href) => view! { <LinkButton label=remedy.label() href=href confirm=true/> }.into_any(),
            None => view! { <span>{remedy.label()}</span> }.into_any(),
        });
        let offers = offers.collect_view();
        let again = check.again_href.map(|href| {
            let label = t("checks-again");
            view! { <form method="post" action=href><Button label=label kind=Kind::Quiet/></form> }
        });
        view! {
            <tr>
                <HeadCell>{check.name}</HeadCell>
                <Cell of=outcome><StateBadge state=check.outcome.state() label=check.outcome.word()/></Cell>
                <Cell of=note><span class="reason">{check.note}</span></Cell>
                <td class="number" data-label=took>{lasted}</td>
                <Cell of=remedies><span class="server-buttons">{offers}{again}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let title = run.name;
    view! { <Card title=title.clone() actions=actions flush=true><Table caption=title columns=columns>{rows}</Table></Card> }
}

fn repairs_card(repairs: Vec<Repair>) -> impl IntoView {
    let title = t("checks-repairs");
    let (what, outcome, note, when) = (
        t("checks-remedy"),
        t("checks-outcome"),
        t("checks-note"),
        t("checks-when"),
    );
    let columns = [what, outcome, note, when].map(Column::text).into();
    let rows = repairs.into_iter().map(|repair| {
        let started = repair.started_at.map(|at| view! { <When at=at compact=true/> });
        view! {
            <tr>
                <HeadCell>{repair.remedy.label()}</HeadCell>
                <Cell of=outcome><StateBadge state=repair.outcome.state() label=repair.outcome.word()/></Cell>
                <Cell of=note><span class="reason">{repair.note}</span></Cell>
                <Cell of=when>{started}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }
}

/// What a remedy does, before it is started; posts to the page's own address.
#[component]
pub fn AskRemedy(
    server: String,
    /// The server's page.
    href: String,
    /// The page's own address.
    action: String,
    remedy: Remedy,
    /// The check that offers it, and what it found.
    check: (String, String),
    form: FormState,
) -> impl IntoView {
    let checks = [&href, "/checks"].concat();
    let crumbs = vec![
        Crumb::new(t("nav-servers"), "/admin/servers"),
        Crumb::new(server.clone(), href),
        Crumb::new(t("checks"), checks.clone()),
    ];
    let question = t_with(
        "remedy-question",
        &[("remedy", remedy.label().into()), ("server", server.into())],
    );
    let (name, note) = check;
    let found = t_with("remedy-because", &[("check", name.into()), ("note", note.into())]);
    view! {
        <Layout title=remedy.label() crumbs=crumbs>
            <DangerConfirm question=question consequence=remedy.consequence() label=t("remedy-start") action=action cancel_href=checks>
                <ErrorSummary form=form labels=&[]/>
                <p class="muted">{found}</p>
            </DangerConfirm>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/servers/1".to_owned();
    let shown = |name, hostile: Option<&'static str>, checks: fn(Option<&'static str>) -> Checks| {
        Sample::new(name, page(), move || {
            let server = hostile.unwrap_or("web-1").to_owned();
            let open = hostile.map(|_| sample_data::server(hostile).open).unwrap_or_default();
            let refused = hostile.map(str::to_owned);
            let checks = Ok(checks(hostile));
            view! { <ChecksPage server=server href=href() open=open checks=checks refused=refused/> }
        })
    };
    let ask = |name, remedy: Remedy, text: &'static str| {
        Sample::new(name, page(), move || {
            let mut form = FormState::new();
            if text == HOSTILE {
                form.reject_all(HOSTILE);
            }
            let action = [&href(), "/checks/1/remedies/4"].concat();
            let check = (text.to_owned(), text.to_owned());
            view! { <AskRemedy server=text.to_owned() href=href() action=action remedy=remedy.clone() check=check form=form/> }
        })
    };
    vec![
        shown("server-checks", None, sample),
        shown("server-checks-hostile", Some(HOSTILE), sample),
        shown("server-checks-none", None, |_| Checks::default()),
        Sample::new("server-checks-unread", page(), move || {
            let (checks, open) = (Err(HOSTILE.to_owned()), Vec::new());
            view! { <ChecksPage server="web-1".to_owned() href=href() open=open checks=checks refused=None/> }
        }),
        ask("server-remedy", Remedy::Restart, "web-1"),
        ask("server-remedy-firewalls", Remedy::DetachFirewalls, "web-1"),
        ask("server-remedy-migrate", Remedy::Migrate, "web-1"),
        ask("server-remedy-hostile", Remedy::Other(HOSTILE.to_owned()), HOSTILE),
    ]
}

fn sample(hostile: Option<&str>) -> Checks {
    let named = |usual: &str| hostile.unwrap_or(usual).to_owned();
    let ago = |minutes| Some(samples::now() - TimeDelta::minutes(minutes));
    let href = || Some("/admin/servers/1/checks/1".to_owned());
    let check = |name: &str, outcome: Outcome, note: &str, remedies: Vec<(Remedy, Option<String>)>| Check {
        name: named(name),
        again_href: (!matches!(outcome, Outcome::Queued | Outcome::Running))
            .then(|| "/admin/servers/1/checks/1/again".to_owned()),
        outcome,
        note: named(note),
        took: Some(TimeDelta::seconds(8)),
        remedies,
    };
    let other = Outcome::Other(named("postponed"));
    Checks {
        sets: vec![
            Set {
                id: "1".to_owned(),
                name: named("Instance checks"),
                description: named("Performs all checks for an instance"),
            },
            Set {
                id: "2".to_owned(),
                name: named("Network checks"),
                description: named("Whether the instance answers"),
            },
        ],
        can_start: true,
        runs: vec![
            Run {
                name: named("Instance checks"),
                started_at: ago(0),
                outcome: Outcome::Running,
                checks: vec![
                    check("Power check", Outcome::Successful, "ok", Vec::new()),
                    check("Ping check", Outcome::Running, "", Vec::new()),
                    check("Host check", Outcome::Queued, "", Vec::new()),
                ],
                cancel_href: Some("/admin/servers/1/checks/sets/1/cancel".to_owned()),
            },
            Run {
                name: named("Instance checks"),
                started_at: ago(40),
                outcome: Outcome::Failed,
                checks: vec![
                    check(
                        "Power check",
                        Outcome::Failed,
                        "The instance is not running",
                        vec![(Remedy::Restart, href())],
                    ),
                    check(
                        "Ping check",
                        Outcome::Warning,
                        "No answer: a firewall is in front of the instance",
                        vec![(Remedy::Restart, href()), (Remedy::DetachFirewalls, href())],
                    ),
                    check(
                        "Host check",
                        Outcome::Warning,
                        "The host is busy",
                        vec![(Remedy::Migrate, None)],
                    ),
                    check(
                        "Backup check",
                        Outcome::Skipped,
                        "The instance has no backup",
                        Vec::new(),
                    ),
                    check("Disk check", Outcome::Cancelled, "", Vec::new()),
                    check(
                        "Night check",
                        other,
                        "",
                        vec![(Remedy::Other(named("dummy_remedy_name")), href())],
                    ),
                ],
                cancel_href: None,
            },
        ],
        repairs: vec![Repair {
            remedy: Remedy::Restart,
            started_at: ago(30),
            outcome: Outcome::Successful,
            note: named("instance_reboot_successful"),
        }],
    }
}
