//! One maintenance window.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::Covers;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Crumb, Duration, Icon, KeyValue, KeyValues, Layout, LinkButton, Notice, State, StateBadge, Tone, When},
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
}

/// Where the buttons lead; those that make no sense now, or that the visitor may not press, are not there.
#[derive(Clone, Debug, Default)]
pub struct Hrefs {
    pub edit: Option<String>,
    pub end: Option<String>,
    pub cancel: Option<String>,
}

/// The page.
#[component]
pub fn WindowPage(window: Window, hrefs: Hrefs) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("maintenance"), "/admin/maintenance")];
    let actions = view! {
        {hrefs.edit.map(|href| view! { <LinkButton label=t("edit") href=href icon=Icon::Edit/> })}
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
    let covers = match window.covers {
        Covers::All => view! { {t("windows-all")} }.into_any(),
        Covers::Routers(names) | Covers::Links(names) => {
            view! { <ul>{names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}</ul> }.into_any()
        }
    };
    let notes = (!window.notes.is_empty())
        .then(|| view! { <Card title=t("notes")><p class="pre-line">{window.notes}</p></Card> });
    let by = window.created_by.unwrap_or_else(|| t("sla-made-by-system").to_owned());
    view! {
        <Layout title=window.title crumbs=crumbs badge=badge actions=actions>
            {cancelled}
            <Card>
                <KeyValues>
                    <KeyValue label=t("windows-starts")><When at=window.starts_at/></KeyValue>
                    <KeyValue label=t("windows-ends")><When at=window.ends_at/></KeyValue>
                    <KeyValue label=t("windows-lasts")><Duration span=window.ends_at - window.starts_at/></KeyValue>
                    <KeyValue label=t("windows-covers")>{covers}</KeyValue>
                    <KeyValue label=t("windows-planned")><When at=window.created_at/>" "{by}</KeyValue>
                </KeyValues>
            </Card>
            {notes}
        </Layout>
    }
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
                cancel: Some("/cancel".to_owned()),
                end: None,
            };
            view! { <WindowPage window=window("Firmware", Phase::Coming) hrefs=hrefs/> }
        }),
        Sample::new("windows-window-hostile", page(), move || {
            view! { <WindowPage window=window(HOSTILE, Phase::Cancelled) hrefs=Hrefs::default()/> }
        }),
    ]
}
