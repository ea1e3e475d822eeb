//! Planned work that comes again: the series that go on, one of them, and the form that plans one.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{
    Coverable, Covers, coverable,
    list::{Row, View, table, tabs},
};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Cell, CheckList, Choice, Code, Column, Crumb, DateTimeField, Duration, EmptyState, ErrorSummary,
        FormActions, FormState, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Notice, NumberCell,
        NumberField, RadioGroup, State, StateBadge, Table, TextAreaField, TextField, Tick, Tone, When,
    },
};

/// One series.
#[derive(Clone, Debug)]
pub struct Series {
    pub href: String,
    pub title: String,
    pub notes: String,
    /// The first time on the wall clock, as `2026-11-21 02:00`.
    pub first: String,
    pub zone: String,
    pub lasts: TimeDelta,
    /// As RFC 5545 writes it.
    pub rule: String,
    pub covers: Covers,
    pub proposed: bool,
    pub ended_at: Option<DateTime<Utc>>,
    /// The windows that come.
    pub coming: Vec<Row>,
}

fn proposed_badge(proposed: bool) -> Option<impl IntoView> {
    proposed.then(|| view! { " "<StateBadge state=State::Unknown label=t("windows-proposed")/> })
}

/// The page of the series that go on.
#[component]
pub fn SeriesList(series: Vec<Series>, add_href: Option<Text>) -> impl IntoView {
    let add =
        add_href.map(|href| view! { <LinkButton label=t("series-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let body = if series.is_empty() {
        view! { <EmptyState title=t("series-none") text=t("series-none-text") icon=Icon::Maintenance/> }.into_any()
    } else {
        let (title, first, lasts, rule) = (
            t("windows-title"),
            t("series-first"),
            t("windows-lasts"),
            t("series-rule"),
        );
        let columns = vec![
            Column::text(title),
            Column::text(first),
            Column::number(lasts),
            Column::text(rule),
        ];
        let rows = series.into_iter().map(move |one| {
            view! {
                <tr>
                    <HeadCell><a href=one.href>{one.title}</a>{proposed_badge(one.proposed)}</HeadCell>
                    <Cell of=first><span class="figure">{one.first}</span></Cell>
                    <NumberCell of=lasts><Duration span=one.lasts/></NumberCell>
                    <Cell of=rule><Code text=one.rule/></Cell>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! { <Table caption=t("windows-recurring") columns=columns>{rows}</Table> }.into_any()
    };
    view! {
        <Layout title=t("maintenance") lead=t("windows-lead") actions=actions>
            {tabs(View::Series)}
            <Card flush=true>{body}</Card>
        </Layout>
    }
}

/// The page of one series.
#[component]
pub fn SeriesPage(series: Series, approve_href: Option<String>, end_href: Option<String>) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("maintenance"), "/admin/maintenance"),
        Crumb::new(t("windows-recurring"), "/admin/maintenance/series"),
    ];
    let actions = view! {
        {approve_href.map(|href| view! { <LinkButton label=t("windows-approve") href=href kind=Kind::Primary confirm=true/> })}
        {end_href.map(|href| view! { <LinkButton label=t("series-end") href=href confirm=true/> })}
    };
    let actions = actions.into_any();
    let proposed = series.proposed && series.ended_at.is_none();
    let badge = view! { {proposed_badge(proposed)} }.into_any();
    let proposed = proposed.then(|| view! { <Notice tone=Tone::Warning>{t("windows-proposed-text")}</Notice> });
    let ended = series
        .ended_at
        .map(|at| view! { <Notice tone=Tone::Warning title=t("series-ended")><When at=at/></Notice> });
    let notes = (!series.notes.is_empty())
        .then(|| view! { <Card title=t("notes")><p class="pre-line">{series.notes}</p></Card> });
    let coming = match series.coming.is_empty() {
        true => {
            view! { <Card title=t("series-coming")><p class="muted">{t("windows-none-coming")}</p></Card> }.into_any()
        }
        false => view! { <Card title=t("series-coming") flush=true>{table(t("series-coming"), series.coming)}</Card> }
            .into_any(),
    };
    let covers = series.covers.listed();
    view! {
        <Layout title=series.title lead=t("series-lead") crumbs=crumbs badge=badge actions=actions>
            {ended}
            {proposed}
            <Card>
                <KeyValues>
                    <KeyValue label=t("series-first")><span class="figure">{series.first}</span>" "<span class="muted">{series.zone}</span></KeyValue>
                    <KeyValue label=t("windows-lasts")><Duration span=series.lasts/></KeyValue>
                    <KeyValue label=t("series-rule")><Code text=series.rule/></KeyValue>
                    <KeyValue label=t("windows-covers")>{covers}</KeyValue>
                </KeyValues>
            </Card>
            {notes}
            {coming}
        </Layout>
    }
}

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 15] = [
    ("title", "windows-title"),
    ("starts", "series-first"),
    ("minutes", "series-minutes"),
    ("repeats", "series-repeats"),
    ("every", "series-every"),
    ("days", "series-days"),
    ("rule", "series-rule"),
    ("ends", "series-ends"),
    ("until", "series-until"),
    ("times", "series-times"),
    ("covers", "windows-covers"),
    ("clients", "windows-pick-clients"),
    ("routers", "windows-pick-routers"),
    ("links", "windows-pick-links"),
    ("notes", "notes"),
];

/// The form, posting to the page's own address. `days` are the days of the week, as rules name them.
#[component]
pub fn SeriesForm(
    form: FormState,
    zone: String,
    days: Vec<Tick>,
    covered: Coverable,
    approves: bool,
    cancel_href: Text,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("maintenance"), "/admin/maintenance"),
        Crumb::new(t("windows-recurring"), "/admin/maintenance/series"),
    ];
    let repeats = vec![
        Choice::new("daily", t("series-daily")),
        Choice::new("weekly", t("series-weekly")),
        Choice::new("monthly", t("series-monthly")).with_hint(t("series-monthly-hint")),
        Choice::new("rule", t("series-own")).with_hint(t("series-own-hint")),
    ];
    let ends = vec![
        Choice::new("never", t("series-never")),
        Choice::new("on", t("series-on")),
        Choice::new("after", t("series-after")),
    ];
    let hint = t_with("windows-times-hint", &[("zone", zone.clone().into())]);
    let covers = coverable(&form, covered);
    let lead = match approves {
        true => t("series-form-lead"),
        false => t("windows-form-lead-proposal"),
    };
    let until_error = form.error("until");
    let until_invalid = until_error.is_some().then_some("true");
    let until_described = until_error.is_some().then_some("until-error");
    let until_error = crate::ui::field::error_line("until", until_error);
    view! {
        <Layout title=t("series-add") lead=lead crumbs=crumbs>
            <Card>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="title" label=t("windows-title") value=form.value("title") error=form.error("title")
                        hint=t("windows-title-hint") required=true max_length=160/>
                    <DateTimeField name="starts" label=t("series-first") zone=zone value=form.value("starts") error=form.error("starts") hint=hint required=true/>
                    <NumberField name="minutes" label=t("series-minutes") value=form.value("minutes") error=form.error("minutes") unit="min" required=true/>
                    <RadioGroup name="repeats" label=t("series-repeats") choices=repeats value=form.value("repeats") error=form.error("repeats")/>
                    <div class="repeats-plain stack">
                        <NumberField name="every" label=t("series-every") value=form.value("every") error=form.error("every") hint=t("series-every-hint") required=true/>
                        <div class="repeats-weekly"><CheckList name="days" label=t("series-days") ticks=days hint=t("series-days-hint") error=form.error("days")/></div>
                        <RadioGroup name="ends" label=t("series-ends") choices=ends value=form.value("ends") error=form.error("ends")/>
                        <div class="field ends-on">
                            <label for="until">{t("series-until")}</label>
                            <input id="until" name="until" type="date" min="1970-01-01" max="9999-12-31" value=form.value("until") aria-invalid=until_invalid aria-describedby=until_described/>
                            {until_error}
                        </div>
                        <div class="ends-after"><NumberField name="times" label=t("series-times") value=form.value("times") error=form.error("times")/></div>
                    </div>
                    <div class="repeats-rule">
                        <TextField name="rule" label=t("series-rule") value=form.value("rule") error=form.error("rule") hint=t("series-rule-hint") max_length=500 mono=true/>
                    </div>
                    {covers}
                    <TextAreaField name="notes" label=t("notes") value=form.value("notes") error=form.error("notes") hint=t("notes-hint") max_length=4000/>
                    <FormActions>
                        <Button label=t("series-add") kind=Kind::Primary/>
                        <LinkButton label=t("cancel") href=cancel_href/>
                    </FormActions>
                </form>
            </Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "maintenance",
        ..samples::page(Area::Admin)
    };
    let series = |text: &str, proposed| Series {
        href: "/admin/maintenance/series/1".to_owned(),
        title: text.to_owned(),
        notes: text.to_owned(),
        first: "2026-11-24 02:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        lasts: TimeDelta::minutes(150),
        rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU".to_owned(),
        covers: Covers::Clients(vec![text.to_owned()]),
        proposed,
        ended_at: None,
        coming: (0..3)
            .map(|week| Row {
                href: "/admin/maintenance/1".to_owned(),
                title: text.to_owned(),
                starts_at: samples::now() + TimeDelta::days(3 + 14 * week),
                ends_at: samples::now() + TimeDelta::days(3 + 14 * week) + TimeDelta::minutes(150),
                covers: Covers::Clients(vec![text.to_owned()]),
                proposed,
            })
            .collect(),
    };
    let days = |names: [&str; 3]| {
        let tick = |name: &str| Tick {
            value: name.to_owned(),
            label: name.to_owned(),
            note: None,
            ticked: name == "Tuesday",
        };
        names.map(tick).to_vec()
    };
    vec![
        Sample::new("series-list", page(), move || {
            let list = vec![
                series("Firmware of the core", false),
                series("Backups of the exchange", true),
            ];
            view! { <SeriesList series=list add_href=Some("/admin/maintenance/series/new".into())/> }
        }),
        Sample::new(
            "series-none",
            page(),
            move || view! { <SeriesList series=vec![] add_href=None/> },
        ),
        Sample::new("series-one", page(), move || {
            let series = series("Firmware of the core", true);
            view! { <SeriesPage series=series approve_href=Some("/approve".to_owned()) end_href=Some("/end".to_owned())/> }
        }),
        Sample::new("series-ended", page(), move || {
            let series = Series {
                ended_at: Some(samples::now()),
                coming: vec![],
                ..series("Firmware of the core", true)
            };
            view! { <SeriesPage series=series approve_href=None end_href=None/> }
        }),
        Sample::new("series-add", page(), move || {
            let form = FormState::new()
                .with("repeats", "weekly")
                .with("every", "2")
                .with("ends", "never")
                .with("covers", "all");
            view! {
                <SeriesForm form=form zone="Europe/Berlin".to_owned() days=days(["Monday", "Tuesday", "Wednesday"])
                    covered=Coverable::default() approves=true cancel_href="/admin/maintenance/series".into()/>
            }
        }),
        Sample::new("series-hostile", page(), move || {
            let series = series(HOSTILE, false);
            view! { <SeriesPage series=series approve_href=None end_href=None/> }
        }),
        Sample::new("series-form-hostile", page(), move || {
            let mut form = FormState::new();
            for (field, _) in LABELS {
                form.set(field, HOSTILE);
                form.reject(field, HOSTILE);
            }
            let tick = || days([HOSTILE, HOSTILE, HOSTILE]);
            let covered = Coverable {
                clients: tick(),
                routers: tick(),
                links: tick(),
            };
            view! {
                <SeriesForm form=form zone=HOSTILE.to_owned() days=days([HOSTILE, HOSTILE, HOSTILE])
                    covered=covered approves=false cancel_href="/x".into()/>
            }
        }),
    ]
}
