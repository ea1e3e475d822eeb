//! Every component of the kit with its states, to look at and to test against.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    ui::{
        Button, Bytes, Card, Cell, Checkbox, Choice, Code, Column, CopyField, Crumb, DangerConfirm, DateTimeField,
        Direction, Duration, EmptyState, ErrorSummary, FilterBar, FormActions, FormState, HeadCell, Icon, KeyValue,
        KeyValues, Kind, Layout, LinkButton, ListState, Live, Meter, Milliseconds, Notice, NumberCell, NumberField,
        Pagination, PasswordField, Percent, Pictogram, Progress, RadioGroup, Rate, SelectField, Stat, State,
        StateBadge, Stats, Tab, Table, Tabs, TextAreaField, TextField, Tone, Tooltip, When,
        graph::{Band, BandKind, Graph, GraphTable, Hue, Limit, LimitKind, Plot, Point, Series, Sparkline, Unit},
    },
};

/// The page. `text` stands wherever a tenant or a router could have typed something.
#[component]
pub fn Components(#[prop(into)] text: String) -> impl IntoView {
    let badge = view! { <StateBadge state=State::Up/> }.into_any();
    let actions = view! { <LinkButton label="Edit" href="#" icon=Icon::Edit/><LinkButton label="Add link" href="#" icon=Icon::Plus kind=Kind::Primary/> }.into_any();
    view! {
        <Layout title="Components" crumbs=vec![Crumb::new("Links", "#"), Crumb::new(text.clone(), "#")]
            lead="Everything that pages are made of, in each of its states." badge=badge actions=actions>
            <Tabs label="Parts" tabs=vec![Tab::new("Overview", "#", true), Tab::new("Outages", "#", false), Tab::new("Settings", "#", false)]/>
            {figures()}
            {graphs()}
            {table(text.clone())}
            <div class="columns">{states(text.clone())}{notices(text.clone())}</div>
            <div class="columns">{form(text.clone())}{other(text)}</div>
        </Layout>
    }
}

fn figures() -> impl IntoView {
    let spark = |name: &'static str, state: State, seed: u32, gap: bool| {
        let values = (0..96)
            .map(|n| (!(gap && (40..52).contains(&n))).then(|| wave(n, 96.0, seed, 60e6)))
            .collect();
        view! {
            <Card>
                <div class="link-card">
                    <div class="link-card-head"><a href="#">{name}</a><StateBadge state=state/></div>
                    <Sparkline values=values label="Traffic in the last 24 hours"/>
                    <p class="link-card-foot"><span class="muted">"Uptime this month "</span><Percent value=Some(99.9871) decimals=3/></p>
                </div>
            </Card>
        }
    };
    view! {
        <Stats>
            <Stat label="Now in" note="of 500 Mbit/s"><Rate value=Some(213_400_000.0)/></Stat>
            <Stat label="Now out" note="of 500 Mbit/s"><Rate value=Some(48_120_000.0)/></Stat>
            <Stat label="Latency" note="to 192.0.2.1"><Milliseconds value=Some(4.27)/></Stat>
            <Stat label="Uptime this month" note="agreed 99.90 %"><Percent value=Some(99.9871) decimals=3/></Stat>
        </Stats>
        <div class="cards">
            {spark("Hamburg office", State::Down, 3, true)}{spark("Berlin – headquarters", State::Up, 7, false)}{spark("Warehouse Leipzig", State::Maintenance, 11, false)}
        </div>
    }
}

fn graphs() -> impl IntoView {
    let now = page().now;
    let day = traffic(now, TimeDelta::hours(24), TimeDelta::minutes(5));
    let month = traffic(now, TimeDelta::days(30), TimeDelta::hours(2));
    let latency = latency(now);
    let ranges = vec![
        Tab::new("24 h", "#", true),
        Tab::new("7 d", "#", false),
        Tab::new("30 d", "#", false),
    ];
    let actions = view! { <Tabs label="Range" tabs=ranges compact=true/> }.into_any();
    let few = Plot {
        series: day
            .series
            .iter()
            .map(|series| Series {
                points: series.points[..3].to_vec(),
                ..series.clone()
            })
            .collect(),
        ..day.clone()
    };
    view! {
        <Card title="Graphs" actions=actions>
            <Graph id="traffic-day" title="Traffic, 24 hours" description="Traffic in and out, with an outage of 40 minutes." plot=day table_href="#"/>
            <Graph id="traffic-month" title="Traffic, 30 days" description="Traffic in and out by two hours." plot=month/>
            <Graph id="latency-day" title="Latency" description="Round trips to the provider's edge." plot=latency/>
        </Card>
        <Card title="The same as a table" flush=true><GraphTable caption="Traffic, first three steps" plot=few/></Card>
    }
}

fn table(text: String) -> impl IntoView {
    let list = ListState {
        path: "/admin/links".to_owned(),
        filters: vec![("q", text.clone()), ("state", "down".to_owned())],
        sort: Some(("name", Direction::Ascending)),
        page: 2,
        per_page: 25,
        total: 128,
    };
    let now = page().now;
    let names = [
        "Berlin – headquarters".to_owned(),
        text,
        "Warehouse Leipzig".to_owned(),
        "Campus fibre ring, east".to_owned(),
    ];
    let rows = State::ALL
        .into_iter()
        .zip(names)
        .enumerate()
        .map(|(n, (state, name))| {
            let ago = TimeDelta::minutes(3 + 140 * n as i64 * n as i64);
            let rate = (state != State::Unknown).then_some(1.234e6 * 7.0_f64.powi(n as i32));
            view! {
                <tr>
                    <HeadCell><a href="#">{name}</a></HeadCell>
                    <Cell of="Client">"Acme Logistics GmbH"</Cell>
                    <Cell of="State"><StateBadge state=state/></Cell>
                    <Cell of="Since"><When at=now - ago compact=true/></Cell>
                    <NumberCell of="In"><Rate value=rate/></NumberCell>
                    <NumberCell of="Out"><Rate value=rate.map(|rate| rate / 3.0)/></NumberCell>
                    <NumberCell of="Uptime"><Percent value=Some(99.999 - n as f64) decimals=3/></NumberCell>
                </tr>
            }
        })
        .collect_view();
    let columns = vec![
        Column::text("Link").sorted_by("name"),
        Column::text("Client").sorted_by("client"),
        Column::text("State").sorted_by("state"),
        Column::text("Since"),
        Column::number("In").sorted_by("in"),
        Column::number("Out"),
        Column::number("Uptime"),
    ];
    let chosen = list.filter("state");
    let states = State::ALL
        .iter()
        .map(|state| Choice::new(state.name(), state.word()))
        .collect();
    view! {
        <Card title="Links" flush=true>
            <FilterBar list=list.clone() search_label="Search links">
                <SelectField name="state" label="State" choices=states value=chosen empty="Any" required=true/>
            </FilterBar>
            <Table caption="Links" columns=columns list=list.clone()>{rows}</Table>
            <Pagination list=list/>
        </Card>
        <Card title="Nothing yet">
            <EmptyState title="No routers yet" text="Add the first router to start measuring. You need its address and an account that may read." icon=Icon::Router>
                <LinkButton label="Add router" href="#" icon=Icon::Plus kind=Kind::Primary/>
            </EmptyState>
        </Card>
    }
}

fn states(text: String) -> impl IntoView {
    let now = page().now;
    view! {
        <Card title="States and figures">
            <p class="row">{State::ALL.map(|state| view! { <StateBadge state=state/> }).collect_view()}<StateBadge state=State::Down label="Unreachable"/></p>
            <KeyValues>
                <KeyValue label="Description">{text}</KeyValue>
                <KeyValue label="Since"><When at=now - TimeDelta::minutes(3)/></KeyValue>
                <KeyValue label="Next maintenance"><When at=now + TimeDelta::days(2)/></KeyValue>
                <KeyValue label="Lasted"><Duration span=TimeDelta::seconds(7_512)/></KeyValue>
                <KeyValue label="Memory"><Bytes value=Some(268_435_456.0)/></KeyValue>
                <KeyValue label="Latency"><Milliseconds value=None/>" "<Tooltip id="dev-tooltip" label="why?" text="Nothing answered the probes."/></KeyValue>
                <KeyValue label="Interface"><Code text="sfp-sfpplus1"/></KeyValue>
            </KeyValues>
            <Meter label="Memory" value=71.0 max=100.0 high=90.0 shown="71 %"/>
            <Meter label="Disk" value=94.0 max=100.0 high=90.0 shown="94 %"/>
            <Progress label="Calculating" done=Some(0.4)/>
            <Live id="dev-live"><p class="muted small">"A part that changes while one looks at it."</p></Live>
        </Card>
    }
}

fn notices(text: String) -> impl IntoView {
    view! {
        <Card title="Notices and buttons">
            <div class="stack">
                <Notice>"Samples are taken every 5 minutes."</Notice>
                <Notice tone=Tone::Success>"Link created."</Notice>
                <Notice tone=Tone::Warning title="Certificate changed">"The router shows another certificate than before."</Notice>
                <Notice tone=Tone::Danger>{text}</Notice>
            </div>
            <p class="row">
                <LinkButton label="Primary" href="#" kind=Kind::Primary/><LinkButton label="Secondary" href="#"/>
                <LinkButton label="Delete" href="#" kind=Kind::Danger icon=Icon::Delete confirm=true/><LinkButton label="Quiet" href="#" kind=Kind::Quiet icon=Icon::Refresh/>
            </p>
            <p class="row icons">{Icon::ALL.iter().map(|icon| view! { <span title=icon.name()><Pictogram icon=*icon/></span> }).collect_view()}</p>
        </Card>
    }
}

fn form(text: String) -> impl IntoView {
    let mut form = FormState::new()
        .with("name", text.clone())
        .with("rate", "12x")
        .with("notes", text.clone());
    form.reject("name", text);
    form.reject("rate", "Give a whole number of Mbit/s.");
    let kinds = vec![
        Choice::new("ill", "Internet leased line"),
        Choice::new("mpls", "MPLS"),
        Choice::new("p2p", "Point to point"),
    ];
    let trust = vec![
        Choice::new("pin", "Pin the certificate").with_hint("Trust the one it shows at the first check."),
        Choice::new("ca", "Own authority"),
        Choice::new("off", "No encryption").with_hint("Passwords cross the network readable."),
    ];
    view! {
        <Card title="A rejected form">
            <form class="stack" method="post" action="#">
                <ErrorSummary form=form.clone() labels=&[("name", "Name"), ("rate", "Committed bandwidth")]/>
                <TextField name="name" label="Name" value=form.value("name") error=form.error("name") hint="As the customer reads it." required=true/>
                <SelectField name="kind" label="Type" choices=kinds value="mpls" required=true/>
                <NumberField name="rate" label="Committed bandwidth" value=form.value("rate") error=form.error("rate") unit="Mbit/s" required=true/>
                <DateTimeField name="from" label="Active from" zone=page().zone.name() value="2026-11-21T09:30"/>
                <PasswordField name="secret" label="Password" autocomplete="new-password" hint="Sealed before it is stored."/>
                <RadioGroup name="trust" label="Encryption" choices=trust value="pin"/>
                <TextAreaField name="notes" label="Notes" value=form.value("notes") hint="Staff only."/>
                <Checkbox name="poll" label="Poll this router" checked=true hint="Off keeps its history."/>
                <FormActions><Button label="Save" kind=Kind::Primary/><LinkButton label="Cancel" href="#"/></FormActions>
            </form>
        </Card>
    }
}

fn other(text: String) -> impl IntoView {
    view! {
        <div class="stack">
            <DangerConfirm question="Delete this router?" consequence=text.clone() label="Delete router" action="#" cancel_href="#"/>
            <Card title="For machines"><CopyField id="copy-key" label="Integration address" value=text/></Card>
        </div>
    }
}

/// A believable daily rhythm with some noise, always the same.
fn wave(n: u32, per_day: f64, seed: u32, height: f64) -> f64 {
    let phase = f64::from(n) / per_day * std::f64::consts::TAU;
    let noise =
        f64::from((n.wrapping_mul(2_654_435_761).wrapping_add(seed.wrapping_mul(40_503)) >> 16) % 1000) / 1000.0;
    height * (0.45 - 0.33 * phase.cos()) * (0.82 + 0.36 * noise)
}

fn traffic(now: DateTime<Utc>, span: TimeDelta, step: TimeDelta) -> Plot {
    let from = now - span;
    let count = u32::try_from(span.num_seconds() / step.num_seconds()).unwrap_or_default();
    let series = |name: &'static str, below: bool, height: f64| {
        let per_day = 86_400.0 / step.num_seconds() as f64;
        let points = (0..count).map(|n| {
            let t = from + step * n as i32;
            let (out, missing) = (n * 100 / count, (60..66).contains(&(n * 100 / count)));
            let avg = (!missing).then(|| {
                if (30..33).contains(&out) {
                    0.0
                } else {
                    wave(n, per_day, 5, height)
                }
            });
            Point {
                t,
                min: avg.map(|v| v * 0.7),
                avg,
                max: avg.map(|v| v * 1.25),
            }
        });
        Series {
            name: name.into(),
            hue: if below { Hue::Second } else { Hue::First },
            below,
            points: points.collect(),
            overall: None,
            earlier: None,
        }
    };
    let part = |percent: i32| from + span * percent / 100;
    Plot {
        unit: Unit::BitsPerSecond,
        from,
        to: now,
        zone: page().zone,
        step,
        series: vec![series("In", false, 420e6), series("Out", true, 150e6)],
        limits: vec![
            Limit {
                label: "Committed 500 Mbit/s".into(),
                value: 500e6,
                below: false,
                kind: LimitKind::Agreed,
            },
            Limit {
                label: "Committed 200 Mbit/s".into(),
                value: 200e6,
                below: true,
                kind: LimitKind::Agreed,
            },
        ],
        bands: vec![
            Band {
                kind: BandKind::Outage,
                from: part(30),
                to: part(33),
            },
            Band {
                kind: BandKind::Missing,
                from: part(60),
                to: part(66),
            },
            Band {
                kind: BandKind::Maintenance,
                from: part(80),
                to: part(86),
            },
        ],
    }
}

fn latency(now: DateTime<Utc>) -> Plot {
    let mut plot = traffic(now, TimeDelta::hours(24), TimeDelta::minutes(5));
    plot.unit = Unit::Milliseconds;
    plot.limits.clear();
    plot.series.truncate(1);
    for series in &mut plot.series {
        series.name = "Round trip".into();
        series.hue = Hue::Third;
        for point in &mut series.points {
            let scale = |value: Option<f64>| value.filter(|value| *value > 0.0).map(|value| 3.0 + value / 9e7);
            (point.min, point.avg, point.max) = (scale(point.min), scale(point.avg), scale(point.max));
        }
    }
    plot
}

/// The page as it could be served: once in each frame, and once with texts that try to break it.
pub fn samples() -> Vec<Sample> {
    let page = |area| Page {
        live_url: Some("/live".to_owned()),
        flash: Some("Link created.".to_owned()),
        ..samples::page(area)
    };
    vec![
        Sample::new(
            "components-portal",
            page(Area::Portal),
            || view! { <Components text="Berlin – headquarters"/> },
        ),
        Sample::new(
            "components-admin",
            page(Area::Admin),
            || view! { <Components text="Berlin – headquarters"/> },
        ),
        Sample::new(
            "components-operator",
            page(Area::Operator),
            || view! { <Components text="Berlin – headquarters"/> },
        ),
        Sample::new(
            "components-hostile",
            page(Area::Admin),
            || view! { <Components text=HOSTILE/> },
        ),
    ]
}
