//! One outage: when it was, what counts of it, what is said of it, and whether it is excluded.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::{
        Subject,
        audit::{Entry, recent_card, sample_entries},
    },
    measured::outages::{Excluded, Why},
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Choice, Crumb, Duration, ErrorSummary, FormActions, FormState, KeyValue, KeyValues, Kind, Layout,
        Notice, RadioGroup, State, StateBadge, TextAreaField, TextField, Tone, When, time,
    },
};

/// The outage.
#[derive(Clone, Debug)]
pub struct Outage {
    /// Its own address, to which the note is posted; exclusions lie below.
    pub href: String,
    pub link: Subject,
    pub client: Subject,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Whether beginning and end are known to the second, and not to five minutes.
    pub exact: (bool, bool),
    /// Something was up since.
    pub is_over: bool,
    /// The samples still say that there was one.
    pub is_measured: bool,
    pub counted: TimeDelta,
    /// What would count if nothing were excluded.
    pub otherwise: TimeDelta,
    /// What the link was in it, by its parts.
    pub states: Vec<Part>,
    /// Titles of the planned work within it.
    pub maintenance: Vec<Subject>,
    pub exclusion: Option<Exclusion>,
    /// In words for those who may not change them.
    pub cause: Option<String>,
    pub comment: Option<String>,
    pub internal_note: Option<String>,
    pub audit: Option<(Vec<Entry>, Option<String>)>,
    pub may_comment: bool,
    pub may_exclude: bool,
}

/// A part of an outage in which the samples say the same.
#[derive(Clone, Debug)]
pub struct Part {
    pub state: State,
    pub from: DateTime<Utc>,
    pub lasted: TimeDelta,
}

/// What is excluded.
#[derive(Clone, Debug)]
pub struct Exclusion {
    pub said: Excluded,
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
    /// The stretch that is taken out.
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// It is this outage exactly.
    pub is_whole: bool,
}

const NOTE: [(&str, &str); 3] = [
    ("cause", "outage-cause"),
    ("comment", "outage-comment"),
    ("internal_note", "outage-internal"),
];

const EXCLUDE: [(&str, &str); 2] = [("kind", "outage-why"), ("reason", "outage-reason")];

/// The page; `note` and `exclude` are the two forms as they were typed.
#[component]
pub fn OutagePage(outage: Outage, note: FormState, exclude: FormState) -> impl IntoView {
    let zone = page().zone;
    let crumbs = vec![
        Crumb::new(t("outage-title"), "/admin/outages"),
        Crumb::new(outage.link.name.clone(), outage.link.href.clone()),
    ];
    let title = t_with(
        "outage-page-title",
        &[("when", time::absolute(outage.starts_at, zone).into())],
    );
    let badge = (!outage.is_over).then(|| view! { <StateBadge state=State::Down label=t("outage-ongoing")/> });
    let badge = view! { {badge} }.into_any();
    let lost = (!outage.is_measured).then(|| view! { <Notice tone=Tone::Warning>{t("outage-not-measured")}</Notice> });
    let moved = outage
        .exclusion
        .as_ref()
        .filter(|one| !one.is_whole && outage.is_measured);
    let moved = moved.map(|_| view! { <Notice tone=Tone::Warning>{t("outage-moved")}</Notice> });
    let audit = outage.audit.clone();
    let audit = audit.map(|(entries, href)| recent_card(entries, href));
    view! {
        <Layout title=title lead=t("outage-page-lead") crumbs=crumbs badge=badge>
            {lost}
            {moved}
            <div class="columns">{facts(&outage)}{exclusion(&outage, exclude)}</div>
            <div class="columns">{said(&outage, note)}{audit}</div>
        </Layout>
    }
}

fn facts(outage: &Outage) -> impl IntoView + use<> {
    let (zone, now) = (page().zone, page().now);
    let shown = |at, exact| match exact {
        true => time::exact(at, zone),
        false => time::absolute(at, zone),
    };
    let (began, ended) = (
        shown(outage.starts_at, outage.exact.0),
        shown(outage.ends_at, outage.exact.1),
    );
    let ended = match outage.is_over {
        true => ended,
        false => t("outage-ongoing").to_owned(),
    };
    let end = if outage.is_over { outage.ends_at } else { now };
    let (lasted, counted, otherwise) = (end - outage.starts_at, outage.counted, outage.otherwise);
    let otherwise = (counted != otherwise)
        .then(|| view! { <KeyValue label=t("outage-otherwise")><Duration span=otherwise/></KeyValue> });
    let (link, client) = (subject(outage.link.clone()), subject(outage.client.clone()));
    let maintenance = outage.maintenance.clone().into_iter();
    let maintenance = maintenance.map(|one| view! { <li>{subject(one)}</li> }).collect_view();
    let maintenance = (!outage.maintenance.is_empty())
        .then(|| view! { <KeyValue label=t("outage-within")><ul>{maintenance}</ul></KeyValue> });
    let parts = outage.states.clone().into_iter().map(|part| {
        view! { <li><StateBadge state=part.state/>" "<span class="figure">{time::absolute(part.from, zone)}</span>", "<Duration span=part.lasted/></li> }
    });
    let parts = parts.collect_view();
    let parts =
        (!outage.states.is_empty()).then(|| view! { <KeyValue label=t("outage-measured")><ul>{parts}</ul></KeyValue> });
    view! {
        <Card title=t("outage-facts")>
            <KeyValues>
                <KeyValue label=t("link")>{link}</KeyValue>
                <KeyValue label=t("client")>{client}</KeyValue>
                <KeyValue label=t("outage-began")><span class="figure">{began}</span></KeyValue>
                <KeyValue label=t("outage-ended")><span class="figure">{ended}</span></KeyValue>
                <KeyValue label=t("outage-lasted")><Duration span=lasted/></KeyValue>
                <KeyValue label=t("outage-counted")><Duration span=counted/></KeyValue>
                {otherwise}
                {maintenance}
                {parts}
            </KeyValues>
        </Card>
    }
}

fn subject(subject: Subject) -> impl IntoView {
    view! { <a href=subject.href>{subject.name}</a> }
}

fn said(outage: &Outage, form: FormState) -> impl IntoView + use<> {
    if !outage.may_comment {
        let line = |label: &'static str, text: Option<String>| {
            view! { <KeyValue label=label><span class="pre-line">{text.unwrap_or_else(|| "–".to_owned())}</span></KeyValue> }
        };
        let cause = line(t("outage-cause"), outage.cause.clone());
        let comment = line(t("outage-comment"), outage.comment.clone());
        let internal = line(t("outage-internal"), outage.internal_note.clone());
        return view! {
            <Card title=t("outage-said")>
                <KeyValues>
                    {cause}
                    {comment}
                    {internal}
                </KeyValues>
            </Card>
        }
        .into_any();
    }
    let href = outage.href.clone();
    view! {
        <Card title=t("outage-said")>
            <form method="post" action=href class="stack">
                <ErrorSummary form=form.clone() labels=&NOTE/>
                <TextField name="cause" label=t("outage-cause") value=form.value("cause") error=form.error("cause") hint=t("outage-cause-hint") max_length=160/>
                <TextAreaField name="comment" label=t("outage-comment") value=form.value("comment") error=form.error("comment") hint=t("outage-comment-hint") max_length=2000/>
                <TextAreaField name="internal_note" label=t("outage-internal") value=form.value("internal_note") error=form.error("internal_note") hint=t("outage-internal-hint") max_length=4000/>
                <FormActions><Button label=t("save") kind=Kind::Primary/></FormActions>
            </form>
        </Card>
    }
    .into_any()
}

fn exclusion(outage: &Outage, form: FormState) -> impl IntoView + use<> {
    let href = outage.href.clone();
    if let Some(excluded) = outage.exclusion.clone() {
        let zone = page().zone;
        let by = excluded.by.unwrap_or_else(|| t("sla-made-by-system").to_owned());
        let (from, to) = (time::exact(excluded.from, zone), time::exact(excluded.to, zone));
        let include = outage.may_exclude.then(|| {
            view! {
                <form method="post" action=[&href, "/include"].concat()>
                    <FormActions><Button label=t("outage-include")/></FormActions>
                </form>
                <p class="muted small">{t("outage-include-text")}</p>
            }
        });
        return view! {
            <Card title=t("outage-not-counted")>
                <KeyValues>
                    <KeyValue label=t("outage-why")>{excluded.said.why.word()}</KeyValue>
                    <KeyValue label=t("outage-reason")><span class="pre-line">{excluded.said.reason}</span></KeyValue>
                    <KeyValue label=t("outage-excluded-who")>{by}{excluded.at.map(|at| view! { ", "<When at=at/> })}</KeyValue>
                    <KeyValue label=t("outage-excluded-span")><span class="figure">{from}</span>" – "<span class="figure">{to}</span></KeyValue>
                </KeyValues>
                {include}
            </Card>
        }
        .into_any();
    }
    let text = match (outage.may_exclude, outage.is_over && outage.is_measured) {
        (false, _) => t("outage-counts-admin"),
        (true, false) => t("outage-counts-later"),
        (true, true) => t("outage-counts"),
    };
    if !outage.may_exclude || !outage.is_over || !outage.is_measured {
        return view! { <Card title=t("outage-exclude")><p class="muted">{text}</p></Card> }.into_any();
    }
    let kinds = vec![
        Choice::new("client", Why::Client.word()),
        Choice::new("force_majeure", Why::ForceMajeure.word()),
        Choice::new("other", Why::Other.word()),
    ];
    view! {
        <Card title=t("outage-exclude")>
            <p class="muted">{text}</p>
            <form method="post" action=[&href, "/exclude"].concat() class="stack">
                <ErrorSummary form=form.clone() labels=&EXCLUDE/>
                <RadioGroup name="kind" label=t("outage-why") choices=kinds value=form.value("kind") error=form.error("kind")/>
                <TextAreaField name="reason" label=t("outage-reason") value=form.value("reason") error=form.error("reason") hint=t("outage-reason-hint") required=true max_length=1000/>
                <FormActions><Button label=t("outage-exclude") kind=Kind::Danger/></FormActions>
            </form>
        </Card>
    }
    .into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "outages",
        ..samples::page(Area::Admin)
    };
    let starts_at = samples::now() - TimeDelta::hours(7);
    let ends_at = starts_at + TimeDelta::minutes(50);
    let outage = move |text: &str| Outage {
        href: "/admin/links/1/outages/1795228800".to_owned(),
        link: Subject {
            name: text.to_owned(),
            href: "/admin/links/1".to_owned(),
        },
        client: Subject {
            name: text.to_owned(),
            href: "/admin/clients/1".to_owned(),
        },
        starts_at,
        ends_at,
        exact: (true, false),
        is_over: true,
        is_measured: true,
        counted: TimeDelta::minutes(50),
        otherwise: TimeDelta::minutes(50),
        states: vec![
            Part {
                state: State::Down,
                from: starts_at,
                lasted: TimeDelta::minutes(20),
            },
            Part {
                state: State::Unknown,
                from: starts_at + TimeDelta::minutes(20),
                lasted: TimeDelta::minutes(30),
            },
        ],
        maintenance: vec![Subject {
            name: text.to_owned(),
            href: "/admin/maintenance/1".to_owned(),
        }],
        exclusion: None,
        cause: Some(text.to_owned()),
        comment: None,
        internal_note: None,
        audit: Some((sample_entries(), Some("/admin/audit?subject=1".to_owned()))),
        may_comment: true,
        may_exclude: true,
    };
    let exclusion = move |text: &str, is_whole| Exclusion {
        said: Excluded {
            why: Why::Client,
            reason: text.to_owned(),
        },
        by: Some(text.to_owned()),
        at: Some(samples::now()),
        from: starts_at,
        to: ends_at,
        is_whole,
    };
    let of = move |name: &'static str, change: fn(Outage, Exclusion) -> Outage| {
        let outage = change(
            outage("Berlin – headquarters"),
            exclusion("Their electrician cut the power.", true),
        );
        Sample::new(name, page(), move || {
            view! { <OutagePage outage=outage note=FormState::new() exclude=FormState::new()/> }
        })
    };
    vec![
        of("outage", |outage, _| outage),
        of("outage-excluded", |outage, exclusion| Outage {
            counted: TimeDelta::zero(),
            exclusion: Some(exclusion),
            ..outage
        }),
        of("outage-moved", |outage, exclusion| Outage {
            counted: TimeDelta::minutes(10),
            exclusion: Some(Exclusion {
                is_whole: false,
                ..exclusion
            }),
            may_exclude: false,
            may_comment: false,
            ..outage
        }),
        of("outage-ongoing", |outage, _| Outage {
            is_over: false,
            ..outage
        }),
        Sample::new("outage-hostile", page(), move || {
            let mut note = FormState::new()
                .with("cause", HOSTILE)
                .with("comment", HOSTILE)
                .with("internal_note", HOSTILE);
            note.reject("cause", HOSTILE);
            let mut exclude = FormState::new().with("reason", HOSTILE);
            exclude.reject("reason", HOSTILE);
            let outage = Outage {
                is_measured: true,
                ..outage(HOSTILE)
            };
            view! { <OutagePage outage=outage note=note exclude=exclude/> }
        }),
        Sample::new("outage-gone-hostile", page(), move || {
            let outage = Outage {
                exclusion: Some(exclusion(HOSTILE, false)),
                is_measured: false,
                may_comment: false,
                internal_note: Some(HOSTILE.to_owned()),
                ..outage(HOSTILE)
            };
            view! { <OutagePage outage=outage note=FormState::new() exclude=FormState::new()/> }
        }),
    ]
}
