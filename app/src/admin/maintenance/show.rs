//! One maintenance window.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::Covers;
use crate::{
    admin::Subject,
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Column, Crumb, Duration, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Notice,
        State, StateBadge, Table, Tone, When, time,
    },
};

/// Where a window is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Coming,
    Now,
    Past,
    Cancelled,
}

/// The window.
#[derive(Clone, Debug)]
pub struct Window {
    pub title: String,
    pub notes: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub covers: Covers,
    pub phase: Phase,
    pub created_at: DateTime<Utc>,
    /// None: Mainstay itself, or an account that is gone.
    pub created_by: Option<String>,
    /// None: it is only proposed, and takes nothing out.
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<String>,
    /// When its clients were last told.
    pub announced_at: Option<DateTime<Utc>>,
    /// What it comes again by.
    pub series: Option<Subject>,
    /// What was changed after it had begun, the oldest first.
    pub changes: Vec<PastChange>,
}

/// A change of a window that had begun.
#[derive(Clone, Debug)]
pub struct PastChange {
    pub at: DateTime<Utc>,
    pub by: String,
    pub reason: String,
    /// What was taken out before, and what is since.
    pub old: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub new: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Where the buttons lead; those that make no sense now, or that the visitor may not press, are not there.
#[derive(Clone, Debug, Default)]
pub struct Hrefs {
    pub edit: Option<String>,
    pub approve: Option<String>,
    pub withdraw: Option<String>,
    pub end: Option<String>,
    pub cancel: Option<String>,
}

/// The page.
#[component]
pub fn WindowPage(window: Window, hrefs: Hrefs) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("maintenance"), "/admin/maintenance")];
    let actions = view! {
        {hrefs.approve.map(|href| view! { <LinkButton label=t("windows-approve") href=href kind=Kind::Primary confirm=true/> })}
        {hrefs.edit.map(|href| view! { <LinkButton label=t("edit") href=href icon=Icon::Edit/> })}
        {hrefs.withdraw.map(|href| view! { <LinkButton label=t("windows-withdraw") href=href confirm=true/> })}
        {hrefs.end.map(|href| view! { <LinkButton label=t("windows-end") href=href confirm=true/> })}
        {hrefs.cancel.map(|href| view! { <LinkButton label=t("windows-cancel") href=href confirm=true/> })}
    }
    .into_any();
    let (state, word) = match window.phase {
        Phase::Coming => (State::Unknown, t("windows-is-coming")),
        Phase::Now => (State::Maintenance, t("windows-is-now")),
        Phase::Past => (State::Disabled, t("windows-is-past")),
        Phase::Cancelled => (State::Disabled, t("windows-is-cancelled")),
    };
    let badge = view! { <StateBadge state=state label=word/> }.into_any();
    let cancelled = (window.phase == Phase::Cancelled)
        .then(|| view! { <Notice tone=Tone::Warning>{t("windows-cancelled-text")}</Notice> });
    let proposed = window.approved_at.is_none() && window.phase != Phase::Cancelled;
    let badge = view! { {badge}{proposed.then(|| view! { " "<StateBadge state=State::Unknown label=t("windows-proposed")/> })} };
    let badge = badge.into_any();
    let proposed = proposed.then(|| view! { <Notice tone=Tone::Warning>{t("windows-proposed-text")}</Notice> });
    let covers = window.covers.listed();
    let approved = window.approved_at.map(|at| {
        let by = window
            .approved_by
            .clone()
            .unwrap_or_else(|| t("sla-made-by-system").to_owned());
        view! { <KeyValue label=t("windows-approved")><When at=at/>" "{by}</KeyValue> }
    });
    let announced = window.announced_at;
    let announced = announced.map(|at| view! { <KeyValue label=t("windows-announced")><When at=at/></KeyValue> });
    let series = window.series.map(|series| {
        view! { <KeyValue label=t("windows-series")><a href=series.href>{series.name}</a></KeyValue> }
    });
    let changes = (!window.changes.is_empty()).then(|| past_changes(window.changes));
    let notes = (!window.notes.is_empty())
        .then(|| view! { <Card title=t("notes")><p class="pre-line">{window.notes}</p></Card> });
    let by = window.created_by.unwrap_or_else(|| t("sla-made-by-system").to_owned());
    view! {
        <Layout title=window.title crumbs=crumbs badge=badge actions=actions>
            {cancelled}
            {proposed}
            <Card>
                <KeyValues>
                    <KeyValue label=t("windows-starts")><When at=window.starts_at/></KeyValue>
                    <KeyValue label=t("windows-ends")><When at=window.ends_at/></KeyValue>
                    <KeyValue label=t("windows-lasts")><Duration span=window.ends_at - window.starts_at/></KeyValue>
                    <KeyValue label=t("windows-covers")>{covers}</KeyValue>
                    {series}
                    <KeyValue label=t("windows-planned")><When at=window.created_at/>" "{by}</KeyValue>
                    {approved}
                    {announced}
                </KeyValues>
            </Card>
            {notes}
            {changes}
        </Layout>
    }
}

/// What was changed of what was measured.
fn past_changes(changes: Vec<PastChange>) -> impl IntoView {
    let zone = page().zone;
    let (when, who, reason) = (t("change-when"), t("log-who"), t("windows-reason"));
    let (old, new) = (t("windows-took-out"), t("windows-takes-out"));
    let columns = [when, who, reason, old, new].map(Column::text).into();
    // Each end in one piece, so that a narrow column breaks between them.
    let span = move |span: Option<(DateTime<Utc>, DateTime<Utc>)>| match span {
        Some((from, to)) => {
            let (from, to) = (time::absolute(from, zone), time::absolute(to, zone));
            view! { <span class="figure">{from}</span>" – "<span class="figure">{to}</span> }.into_any()
        }
        None => view! { {t("log-nothing")} }.into_any(),
    };
    let rows = changes.into_iter().map(move |change| {
        view! {
            <tr>
                <HeadCell><When at=change.at/></HeadCell>
                <Cell of=who>{change.by}</Cell>
                <Cell of=reason><span class="pre-line">{change.reason}</span></Cell>
                <Cell of=old><span>{span(change.old)}</span></Cell>
                <Cell of=new><span>{span(change.new)}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=t("windows-past-changes") flush=true><Table caption=t("windows-past-changes") columns=columns>{rows}</Table></Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "maintenance",
        ..samples::page(Area::Admin)
    };
    let window = |title: &str, phase| Window {
        title: title.to_owned(),
        notes: "Carrier ticket 4711.\nRemote hands from 01:00.".to_owned(),
        starts_at: samples::now() - TimeDelta::hours(1),
        ends_at: samples::now() + TimeDelta::hours(3),
        covers: Covers::Routers(vec!["ber-core-1".to_owned(), title.to_owned()]),
        phase,
        created_at: samples::now() - TimeDelta::days(4),
        created_by: Some("Bob Reyes".to_owned()),
        approved_at: (phase == Phase::Now).then(|| samples::now() - TimeDelta::days(3)),
        approved_by: Some(title.to_owned()),
        announced_at: Some(samples::now() - TimeDelta::days(3)),
        series: Some(Subject {
            name: title.to_owned(),
            href: "/admin/maintenance/series/1".to_owned(),
        }),
        changes: vec![PastChange {
            at: samples::now(),
            by: title.to_owned(),
            reason: title.to_owned(),
            old: None,
            new: Some((
                samples::now() - TimeDelta::hours(1),
                samples::now() + TimeDelta::hours(3),
            )),
        }],
    };
    vec![
        Sample::new("windows-window", page(), move || {
            let hrefs = Hrefs {
                end: Some("/end".to_owned()),
                ..Hrefs::default()
            };
            view! { <WindowPage window=window("New line cards in Berlin", Phase::Now) hrefs=hrefs/> }
        }),
        Sample::new("windows-window-coming", page(), move || {
            let hrefs = Hrefs {
                edit: Some("/edit".to_owned()),
                approve: Some("/approve".to_owned()),
                cancel: Some("/cancel".to_owned()),
                ..Hrefs::default()
            };
            view! { <WindowPage window=window("Firmware", Phase::Coming) hrefs=hrefs/> }
        }),
        Sample::new("windows-window-hostile", page(), move || {
            view! { <WindowPage window=window(HOSTILE, Phase::Cancelled) hrefs=Hrefs::default()/> }
        }),
    ]
}
