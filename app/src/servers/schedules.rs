//! What is done to a server at fixed times: the card on its page, and the page of one with its form.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{history::End, sample_data};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, CheckList, Choice, Column, Crumb, ErrorSummary, FormActions, FormState, HeadCell, Icon,
        KeyValue, KeyValues, Kind, Layout, LinkButton, Notice, NumberField, SelectField, State, StateBadge, Table,
        TextField, Tick, Tone, When,
    },
};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Snapshots,
    Start,
    Restart,
    Shutdown,
    Stop,
}

impl Does {
    fn label(self) -> &'static str {
        match self {
            Self::Snapshots => t("schedule-snapshots"),
            Self::Start => t("schedule-start"),
            Self::Restart => t("schedule-restart"),
            Self::Shutdown => t("schedule-shutdown"),
            Self::Stop => t("schedule-stop"),
        }
    }

    /// The name in the form.
    fn name(self) -> &'static str {
        match self {
            Self::Snapshots => "snapshots",
            Self::Start => "start",
            Self::Restart => "restart",
            Self::Shutdown => "shutdown",
            Self::Stop => "stop",
        }
    }
}

/// One schedule.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// Where it is changed; none: not by this visitor.
    pub href: Option<String>,
    pub does: Does,
    /// How many snapshots it keeps.
    pub keep: u64,
    /// As `03:30`.
    pub time: String,
    /// Days of the week, Monday is 0; empty: every day.
    pub days: Vec<u32>,
    pub zone: String,
    pub who: String,
    /// None: it rests.
    pub next: Option<DateTime<Utc>>,
    pub last: Option<Run>,
}

/// One time that it was due.
#[derive(Clone, Debug)]
pub struct Run {
    pub due_at: DateTime<Utc>,
    pub came: Came,
    /// More of why.
    pub detail: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Came {
    Asked(End),
    Missed,
    Needless,
    Locked,
    Busy,
    Full,
    SwitchedOff,
    Gone,
    Refused,
}

impl Came {
    fn shown(&self) -> (State, &'static str) {
        match self {
            Self::Asked(End::NotYet) => (State::Maintenance, t("server-in-progress")),
            Self::Asked(End::Done) => (State::Up, t("server-done")),
            Self::Asked(End::Failed(_)) => (State::Down, t("server-action-failed")),
            Self::Asked(End::Withdrawn) => (State::Disabled, t("server-withdrawn")),
            Self::Missed => (State::Down, t("schedule-missed")),
            Self::Needless => (State::Up, t("schedule-needless")),
            Self::Locked => (State::Down, t("schedule-locked")),
            Self::Busy => (State::Down, t("schedule-busy")),
            Self::Full => (State::Down, t("schedule-full")),
            Self::SwitchedOff => (State::Down, t("schedule-off")),
            Self::Gone => (State::Disabled, t("schedule-gone")),
            Self::Refused => (State::Down, t("schedule-refused")),
        }
    }
}

/// Those of a server, and where another is made.
#[derive(Clone, Debug, Default)]
pub struct Schedules {
    pub all: Vec<Schedule>,
    pub new_href: Option<String>,
}

fn day_name(from_monday: u32) -> &'static str {
    match from_monday {
        0 => t("weekday-1"),
        1 => t("weekday-2"),
        2 => t("weekday-3"),
        3 => t("weekday-4"),
        4 => t("weekday-5"),
        5 => t("weekday-6"),
        _ => t("weekday-7"),
    }
}

fn times(schedule: &Schedule) -> String {
    let days = match schedule.days.as_slice() {
        [] => t("schedule-every-day").to_owned(),
        days => days.iter().map(|day| day_name(*day)).collect::<Vec<_>>().join(", "),
    };
    let values = [
        ("time", schedule.time.clone().into()),
        ("days", days.into()),
        ("zone", schedule.zone.clone().into()),
    ];
    t_with("schedule-times", &values)
}

fn run(run: Run) -> impl IntoView {
    let (state, word) = run.came.shown();
    let why = match run.came {
        Came::Asked(End::Failed(Some(why))) => Some(why),
        _ => run.detail,
    };
    let why = why.map(|why| view! { <span class="reason">{why}</span> });
    view! { <div class="server-end"><span><StateBadge state=state label=word/>" "<When at=run.due_at compact=true/></span>{why}</div> }
}

/// The card; nothing where there is nothing and the visitor can't make one.
pub(super) fn schedules_card(schedules: Schedules) -> Option<AnyView> {
    let title = t("schedules");
    let new = schedules
        .new_href
        .clone()
        .map(|href| view! { <LinkButton label=t("schedule-new") href=href icon=Icon::Plus/> });
    let actions = new.into_any();
    if schedules.all.is_empty() {
        schedules.new_href?;
        return Some(
            view! { <Card title=title actions=actions><p class="muted">{t("schedules-none")}</p></Card> }.into_any(),
        );
    }
    let (what, when, next, last) = (
        t("schedule-what"),
        t("schedule-when"),
        t("schedule-next"),
        t("schedule-last"),
    );
    let columns = [what, when, next, last].map(Column::text).into();
    let rows = schedules.all.into_iter().map(|one| {
        let times = times(&one);
        let keeps =
            (one.does == Does::Snapshots).then(|| view! { <small>{t_count("schedule-keeps", one.keep)}</small> });
        let label = match one.href {
            Some(href) => view! { <a href=href>{one.does.label()}</a> }.into_any(),
            None => one.does.label().into_any(),
        };
        let came = match one.last {
            Some(last) => run(last).into_any(),
            None => "–".into_any(),
        };
        view! {
            <tr>
                <HeadCell><span class="two-lines">{label}{keeps}</span></HeadCell>
                <Cell of=when><span class="two-lines">{times}<small>{one.who}</small></span></Cell>
                <Cell of=next>{comes(one.next)}</Cell>
                <Cell of=last>{came}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(
        view! { <Card title=title actions=actions flush=true><Table caption=title columns=columns>{rows}</Table></Card> }
            .into_any(),
    )
}

/// The page of one, or of a new one.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The server's name and address, and the list's.
    pub server: String,
    pub href: String,
    pub list_href: String,
    /// Its own address, when it is due next unless it rests, and what came of it; none: it is new.
    pub known: Option<(String, Option<DateTime<Utc>>, Vec<Run>)>,
    /// What can be done.
    pub choices: Vec<Does>,
    pub zones: Vec<&'static str>,
    /// Days of the week, as they are posted.
    pub days: Vec<Tick>,
    /// Why it can't be made or changed.
    pub refused: Option<Text>,
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 5] = [
    ("what", "schedule-what"),
    ("keep", "schedule-keep"),
    ("time", "schedule-time"),
    ("days", "schedule-days"),
    ("zone", "schedule-zone"),
];

/// The form, posting to the page's own address; beside it what came of it, a rest, and its end.
#[component]
pub fn SchedulePage(edit: Edit, form: FormState) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-servers"), edit.list_href),
        Crumb::new(edit.server, edit.href.clone()),
    ];
    let title = match edit.known {
        Some(_) => t("schedule-edit"),
        None => t("schedule-new"),
    };
    let refused = edit
        .refused
        .map(|why| view! { <Notice tone=Tone::Warning>{why}</Notice> });
    let what = edit.choices.iter().map(|does| Choice::new(does.name(), does.label()));
    let what = what.collect();
    let zones = edit.zones.iter().map(|zone| Choice::new(*zone, *zone)).collect();
    let can = !edit.choices.is_empty();
    let href = edit.href;
    let back = (!can).then(|| view! { <p><LinkButton label=t("back") href=href.clone()/></p> });
    let fields = can.then(|| {
        view! {
            <form method="post" class="stack wide">
                <ErrorSummary form=form.clone() labels=&LABELS/>
                <Card>
                    <SelectField name="what" label=t("schedule-what") choices=what value=form.value("what") error=form.error("what") required=true/>
                    <NumberField name="keep" label=t("schedule-keep") value=form.value("keep") error=form.error("keep") hint=t("schedule-keep-hint")/>
                    <TextField name="time" kind="time" label=t("schedule-time") value=form.value("time") error=form.error("time") required=true/>
                    <CheckList name="days" label=t("schedule-days") ticks=edit.days hint=t("schedule-days-hint") error=form.error("days")/>
                    <SelectField name="zone" label=t("schedule-zone") choices=zones value=form.value("zone") error=form.error("zone") hint=t("schedule-zone-hint") required=true/>
                    <p class="muted small">{t("schedule-late")}</p>
                </Card>
                <FormActions><Button label=t("save") kind=Kind::Primary/><LinkButton label=t("cancel") href=href/></FormActions>
            </form>
        }
    });
    let known = edit.known.map(|(own, next, runs)| known(own, next, runs));
    view! { <Layout title=title lead=t("schedule-lead") crumbs=crumbs>{refused}{fields}{back}{known}</Layout> }
}

/// When it is due next.
fn comes(next: Option<DateTime<Utc>>) -> AnyView {
    match next {
        Some(at) => view! { <When at=at compact=true/> }.into_any(),
        None => view! { <StateBadge state=State::Disabled label=t("schedule-rests")/> }.into_any(),
    }
}

fn known(own: String, next: Option<DateTime<Utc>>, runs: Vec<Run>) -> impl IntoView {
    let (label, value) = match next {
        None => (t("schedule-go-on"), "no"),
        Some(_) => (t("schedule-rest"), "yes"),
    };
    let (rest, delete) = ([&own, "/rest"].concat(), [&own, "/delete"].concat());
    let rows = runs
        .into_iter()
        .map(|one| view! { <li>{run(one)}</li> })
        .collect::<Vec<_>>();
    let rows = match rows.is_empty() {
        true => view! { <p class="muted card-line">{t("schedule-runs-none")}</p> }.into_any(),
        false => view! { <ul class="rows">{rows}</ul> }.into_any(),
    };
    view! {
        <Card title=t("schedule-end-of")>
            <KeyValues><KeyValue label=t("schedule-next")>{comes(next)}</KeyValue></KeyValues>
            <div class="server-buttons">
                <form method="post" action=rest><input type="hidden" name="rests" value=value/><Button label=label/></form>
                <form method="post" action=delete><Button label=t("schedule-delete") kind=Kind::Danger/></form>
            </div>
            <p class="muted small">{t("schedule-delete-text")}</p>
        </Card>
        <Card title=t("schedule-runs") flush=true>{rows}</Card>
    }
}

/// Believable ones, for the samples here and of the server's page.
pub(super) fn sample(hostile: Option<&str>) -> Schedules {
    let named = |usual: &str| hostile.unwrap_or(usual).to_owned();
    let ago = |hours| samples::now() - TimeDelta::hours(hours);
    let schedule = |does, keep, days: &[u32], last| Schedule {
        href: Some("/portal/servers/1/schedules/1".to_owned()),
        does,
        keep,
        time: "03:00".to_owned(),
        days: days.to_vec(),
        zone: named("Europe/Berlin"),
        who: named("Alice Hartmann"),
        next: Some(ago(-17)),
        last,
    };
    let run = |came, detail: Option<&str>| Run {
        due_at: ago(7),
        came,
        detail: detail.map(named),
    };
    Schedules {
        all: vec![
            schedule(Does::Snapshots, 2, &[], Some(run(Came::Asked(End::Done), None))),
            schedule(Does::Start, 0, &[0, 1, 2, 3, 4], Some(run(Came::Missed, None))),
            Schedule {
                href: None,
                next: None,
                ..schedule(Does::Shutdown, 0, &[5], Some(run(Came::Locked, Some("Unpaid"))))
            },
        ],
        new_href: Some("/portal/servers/1/schedules/new".to_owned()),
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Portal)
    };
    let edit = |hostile: Option<&str>, is_new: bool| {
        let server = sample_data::server(hostile);
        let runs = sample(hostile).all.into_iter().filter_map(|one| one.last).collect();
        Edit {
            server: server.title,
            href: server.href,
            list_href: server.list_href,
            known: (!is_new).then(|| {
                let next = samples::now() + TimeDelta::hours(17);
                ("/portal/servers/1/schedules/1".to_owned(), Some(next), runs)
            }),
            choices: vec![Does::Snapshots, Does::Start, Does::Stop],
            zones: vec!["Europe/Berlin", "UTC"],
            days: ["MO", "TU"]
                .map(|day| Tick {
                    value: day.to_owned(),
                    label: hostile.unwrap_or(day).to_owned(),
                    note: None,
                    ticked: false,
                })
                .into(),
            refused: hostile.map(|text| text.to_owned().into()),
        }
    };
    vec![
        Sample::new("schedule-new", page(), move || {
            let form = FormState::new().with("what", "snapshots").with("keep", "2");
            view! { <SchedulePage edit=edit(None, true) form=form/> }
        }),
        Sample::new("schedule", page(), move || {
            let form = FormState::new().with("what", "start").with("time", "03:00");
            view! { <SchedulePage edit=edit(None, false) form=form/> }
        }),
        Sample::new("schedule-refused", page(), move || {
            let refused = Edit {
                choices: Vec::new(),
                ..edit(Some("Locked"), true)
            };
            view! { <SchedulePage edit=refused form=FormState::new()/> }
        }),
        Sample::new("schedule-hostile", page(), move || {
            let mut form = FormState::new();
            for (field, _) in LABELS {
                form.set(field, HOSTILE);
                form.reject(field, HOSTILE);
            }
            view! { <SchedulePage edit=edit(Some(HOSTILE), false) form=form/> }
        }),
    ]
}
