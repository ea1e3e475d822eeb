//! One link as staff see it: state, set-up, what was measured as its customer sees it, the newest samples as figures,
//! and what changed.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::{
        Change, Subject,
        audit::{Entry, recent_card, sample_entries},
        changes_card,
        status::Status,
    },
    measured::{
        Addresses, MeasuredCard, OutageCard, TrendCard,
        measurements::{Measurements, Service},
        outages::{Excluded, Outage, Said, Why},
        range::Range,
        sample_data::{measurements, trend},
        trend::Trend,
    },
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{
        Card, Cell, Code, Column, Crumb, FormState, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton,
        Live, Milliseconds, Notice, NumberCell, Percent, Rate, Stat, StateBadge, Stats, Table, Tone, When, number,
    },
};

/// Everything of one link.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its own address, without a slash at the end; its actions lie below.
    pub href: String,
    /// The same link as its customer sees it.
    pub customer_href: Option<String>,
    pub name: String,
    pub reference: Option<String>,
    pub kind: String,
    pub client: Subject,
    pub router: Subject,
    pub interface: String,
    pub interface_id: Option<String>,
    /// The customer is on the router's side of the interface; else on the network's.
    pub faces_customer: bool,
    pub committed_down: f64,
    pub committed_up: f64,
    pub profile: Option<Subject>,
    /// With its currency.
    pub monthly_fee: Option<String>,
    pub ping_target: Option<String>,
    pub activated_at: Option<DateTime<Utc>>,
    pub deactivated_at: Option<DateTime<Utc>>,
    pub archived_at: Option<DateTime<Utc>>,
    pub status: Status,
    pub since: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub down: Option<f64>,
    pub up: Option<f64>,
    pub latency_ms: Option<f64>,
    pub loss: Option<f64>,
    /// Month to date, 0 to 100.
    pub uptime: Option<f64>,
    pub measured: Measurements,
    /// Of the range, newest first.
    pub outages: Vec<Outage>,
    /// While it is in service.
    pub trend: Option<Trend>,
    /// Newest first.
    pub samples: Vec<Measured>,
    pub changes: Vec<Change>,
    pub audit: Vec<Entry>,
    /// All that the log has about it.
    pub audit_href: Option<String>,
    /// Its reports; none for who may not read them.
    pub reports_href: Option<String>,
    pub may_manage: bool,
    pub may_audit: bool,
}

/// One sample.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Begin of its slot.
    pub at: DateTime<Utc>,
    pub status: Status,
    pub down: Option<f64>,
    pub up: Option<f64>,
    pub latency_ms: Option<f64>,
    pub loss: Option<f64>,
    pub jitter_ms: Option<f64>,
    pub flaps: Option<u32>,
    pub down_seconds: Option<u32>,
}

/// The page.
#[component]
pub fn LinkShow(
    link: Link,
    at: Addresses,
    /// What was typed to choose a range.
    form: FormState,
) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("nav-links"), "/admin/links")];
    let badge = view! { <Live id="link-badge"><StateBadge state=link.status.state() label=link.status.word()/></Live> };
    let badge = badge.into_any();
    let actions = actions(&link).into_any();
    let lead = [link.kind.as_str(), &link.client.name].join(" · ");
    let archived = link
        .archived_at
        .map(|at| view! { <Notice tone=Tone::Warning title=t("link-archived")><When at=at/></Notice> });
    let now = view! { {trouble(&link)}{figures(&link)} };
    let cards = view! { {setup_card(&link)}{period_card(&link)} };
    let (measured, range) = (link.measured.clone(), link.measured.range);
    let outages = link.outages.clone();
    let trend = link.trend.clone();
    let samples = samples_card(&link);
    let changes = changes_card(t("changes-recent"), t("link-changes-none"), link.changes);
    let audit = link.may_audit.then(|| recent_card(link.audit, link.audit_href));
    view! {
        <Layout title=link.name lead=lead crumbs=crumbs badge=badge actions=actions>
            {archived}
            <Live id="link-now">{now}</Live>
            <div class="columns">{cards}</div>
            <MeasuredCard measured=measured at=at form=form/>
            <OutageCard outages=outages range=range/>
            {trend.map(|trend| view! { <TrendCard trend=trend/> })}
            <Live id="link-samples">{samples}</Live>
            <div class="columns"><Live id="link-changes">{changes}</Live>{audit}</div>
        </Layout>
    }
}

fn actions(link: &Link) -> impl IntoView + use<> {
    let href = &link.href;
    let reports = link
        .reports_href
        .clone()
        .map(|href| view! { <LinkButton label=t("nav-reports") href=href icon=Icon::Document/> });
    let manage = (link.may_manage && link.archived_at.is_none()).then(|| {
        view! {
            <LinkButton label=t("link-archive-short") href=format!("{href}/archive") kind=Kind::Quiet icon=Icon::Delete confirm=true/>
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
        }
    });
    view! { {reports}{manage} }
}

fn trouble(link: &Link) -> Option<impl IntoView + use<>> {
    let (reason, since) = (link.reason.clone()?, link.since);
    let (tone, title) = match link.status {
        Status::Maintenance => (Tone::Info, t("link-maintenance-title")),
        _ => (Tone::Warning, t("link-reason-title")),
    };
    Some(view! {
        <Notice tone=tone title=title>
            <p>{reason}</p>
            {since.map(|at| view! { <p class="small">{t("since")}" "<When at=at/></p> })}
        </Notice>
    })
}

fn figures(link: &Link) -> impl IntoView + use<> {
    let link = link.clone();
    let lost = link
        .loss
        .map(|loss| [&number::percent(loss, 0), " ", t("link-lost")].concat());
    let of = |bps: f64| [t("link-of"), " ", &number::rate(bps)].concat();
    view! {
        <Stats>
            <Stat label=t("link-state-since") note=link.status.word()>{match link.since {
                Some(at) => view! { <When at=at compact=true/> }.into_any(),
                None => view! { <span class="muted">"–"</span> }.into_any(),
            }}</Stat>
            <Stat label=t("link-down") note=of(link.committed_down)><Rate value=link.down/></Stat>
            <Stat label=t("link-up") note=of(link.committed_up)><Rate value=link.up/></Stat>
            <Stat label=t("link-latency") note=lost><Milliseconds value=link.latency_ms/></Stat>
            <Stat label=t("link-uptime-month")><Percent value=link.uptime decimals=3/></Stat>
        </Stats>
    }
}

fn setup_card(link: &Link) -> impl IntoView + use<> {
    let link = link.clone();
    let Link {
        client,
        router,
        interface,
        interface_id,
        ping_target,
        profile,
        monthly_fee,
        reference,
        kind,
        customer_href,
        ..
    } = link.clone();
    let subject = |subject: Subject| view! { <a href=subject.href>{subject.name}</a> };
    let none = || view! { <span class="muted">{t("none")}</span> }.into_any();
    let faces = if link.faces_customer {
        t("link-faces-customer")
    } else {
        t("link-faces-network")
    };
    view! {
        <Card title=t("link-setup")>
            <KeyValues>
                <KeyValue label=t("client")>{subject(client)}</KeyValue>
                <KeyValue label=t("link-kind")>{kind}</KeyValue>
                // An address to hand on: who follows it is asked for a customer's sign-in.
                {customer_href.map(|href| view! { <KeyValue label=t("link-customer-page")><a href=href>{t("link-customer-page-open")}</a>" "<span class="muted">{t("link-customer-page-note")}</span></KeyValue> })}
                {reference.map(|reference| view! { <KeyValue label=t("link-reference")>{reference}</KeyValue> })}
                <KeyValue label=t("router")>{subject(router)}</KeyValue>
                <KeyValue label=t("interface")><Code text=interface/>{interface_id.map(|id| view! { " "<span class="muted">{id}</span> })}</KeyValue>
                <KeyValue label=t("link-faces")>{faces}</KeyValue>
                <KeyValue label=t("link-committed-down")>{number::rate(link.committed_down)}</KeyValue>
                <KeyValue label=t("link-committed-up")>{number::rate(link.committed_up)}</KeyValue>
                <KeyValue label=t("link-ping")>{match ping_target {
                    Some(target) => view! { <Code text=target/> }.into_any(),
                    None => view! { <span class="muted">{t("link-ping-none")}</span> }.into_any(),
                }}</KeyValue>
                <KeyValue label=t("link-profile")>{match profile {
                    Some(profile) => subject(profile).into_any(),
                    None => none(),
                }}</KeyValue>
                <KeyValue label=t("link-fee")>{match monthly_fee {
                    Some(fee) => view! { <span class="figure">{fee}</span> }.into_any(),
                    None => none(),
                }}</KeyValue>
            </KeyValues>
        </Card>
    }
}

fn period_card(link: &Link) -> impl IntoView + use<> {
    let link = link.clone();
    let href = link.href.clone();
    let when = |at: Option<DateTime<Utc>>, none: &'static str| match at {
        Some(at) => view! { <When at=at/> }.into_any(),
        None => view! { <span class="muted">{none}</span> }.into_any(),
    };
    let buttons = (link.may_manage && link.archived_at.is_none()).then(|| {
        let change = if link.activated_at.is_none() || link.deactivated_at.is_some() {
            t("link-activate")
        } else {
            t("link-activation-change")
        };
        let deactivate = link.activated_at.is_some().then(|| {
            view! { <LinkButton label=t("link-deactivate") href=format!("{href}/deactivate")/> }
        });
        view! { <p class="row"><LinkButton label=change href=format!("{href}/activate")/>{deactivate}</p> }
    });
    view! {
        <Card title=t("link-activation")>
            <KeyValues>
                <KeyValue label=t("link-activated-at")>{when(link.activated_at, t("link-not-activated"))}</KeyValue>
                <KeyValue label=t("link-deactivated-at")>{when(link.deactivated_at, t("link-not-deactivated"))}</KeyValue>
            </KeyValues>
            <p class="muted small">{t("link-activation-text")}</p>
            {buttons}
        </Card>
    }
}

fn samples_card(link: &Link) -> impl IntoView + use<> {
    let title = t("link-samples");
    if link.samples.is_empty() {
        return view! { <Card title=title><p class="muted">{t("link-samples-none")}</p></Card> }.into_any();
    }
    let (slot, state, down, up) = (t("link-slot"), t("list-state"), t("link-down"), t("link-up"));
    let (latency, jitter, loss, flaps) = (t("link-latency"), t("link-jitter"), t("link-loss"), t("link-flaps"));
    let columns = vec![
        Column::text(slot),
        Column::text(state),
        Column::number(down),
        Column::number(up),
        Column::number(latency),
        Column::number(jitter),
        Column::number(loss),
        Column::number(flaps),
    ];
    let rows = link.samples.clone().into_iter().map(|sample| {
        let flaps_text = sample.flaps.map(|flaps| {
            let seconds = sample.down_seconds.filter(|seconds| *seconds > 0);
            view! { <span class="two-lines">{flaps}{seconds.map(|seconds| view! { <small>{t_count("link-down-seconds", seconds.into())}</small> })}</span> }
        });
        view! {
            <tr>
                <HeadCell><When at=sample.at/></HeadCell>
                <Cell of=state><StateBadge state=sample.status.state() label=sample.status.word()/></Cell>
                <NumberCell of=down><Rate value=sample.down/></NumberCell>
                <NumberCell of=up><Rate value=sample.up/></NumberCell>
                <NumberCell of=latency><Milliseconds value=sample.latency_ms/></NumberCell>
                <NumberCell of=jitter><Milliseconds value=sample.jitter_ms/></NumberCell>
                <NumberCell of=loss><Percent value=sample.loss decimals=0/></NumberCell>
                <NumberCell of=flaps>{flaps_text}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let at = || Addresses {
        list: "/admin/links".into(),
        link: "/admin/links/1".into(),
        table: "/admin/links/1/table".into(),
        csv: "/admin/links/1/samples.csv".into(),
    };
    let new = Link {
        status: Status::Inactive,
        reason: None,
        activated_at: None,
        measured: Measurements {
            steps: Vec::new(),
            bands: Vec::new(),
            service: Service::Planned,
            ..measurements(Range::Day)
        },
        outages: Vec::new(),
        trend: None,
        samples: Vec::new(),
        changes: Vec::new(),
        audit: Vec::new(),
        audit_href: None,
        profile: None,
        ping_target: None,
        down: None,
        up: None,
        latency_ms: None,
        loss: None,
        uptime: None,
        since: None,
        ..sample_link("Depot Leipzig")
    };
    vec![
        Sample::new(
            "admin-link",
            page(),
            move || view! { <LinkShow link=sample_link("Acme, Berlin headquarters") at=at() form=FormState::new()/> },
        ),
        Sample::new(
            "admin-link-first",
            page(),
            move || view! { <LinkShow link=new at=at() form=FormState::new()/> },
        ),
        Sample::new(
            "admin-link-hostile",
            page(),
            move || view! { <LinkShow link=sample_link(HOSTILE) at=at() form=FormState::new()/> },
        ),
    ]
}

fn sample_link(text: &str) -> Link {
    let now = samples::now();
    let slot = now - TimeDelta::seconds(now.timestamp() % 300);
    let subject = |href: &str| Subject {
        name: text.to_owned(),
        href: href.to_owned(),
    };
    let samples = (1..13).map(|back| {
        let down = back == 3;
        Measured {
            at: slot - TimeDelta::minutes(5) * back,
            status: if down { Status::Down } else { Status::Up },
            down: (!down).then(|| 2.1e8 - 4e6 * f64::from(back)),
            up: (!down).then(|| 3.1e7 + 1e6 * f64::from(back)),
            latency_ms: (!down).then_some(4.2),
            loss: Some(if down { 100.0 } else { 0.0 }),
            jitter_ms: (!down).then_some(0.3),
            flaps: Some(u32::from(down)),
            down_seconds: Some(if down { 212 } else { 0 }),
        }
    });
    Link {
        href: "/admin/links/1".to_owned(),
        customer_href: Some("/portal/links/1".to_owned()),
        name: text.to_owned(),
        reference: Some("NB-10442".to_owned()),
        kind: "ILL".to_owned(),
        client: subject("/admin/clients/1"),
        router: subject("/admin/routers/1"),
        interface: "sfp-sfpplus1".to_owned(),
        interface_id: Some("*4".to_owned()),
        faces_customer: true,
        committed_down: 5e8,
        committed_up: 2e8,
        profile: Some(subject("/admin/sla-profiles/1")),
        monthly_fee: Some("EUR\u{a0}499.00".to_owned()),
        ping_target: Some("203.0.113.1".to_owned()),
        activated_at: Some(now - TimeDelta::days(200)),
        deactivated_at: None,
        archived_at: None,
        status: Status::Unknown,
        since: Some(now - TimeDelta::minutes(3)),
        reason: Some(text.to_owned()),
        down: Some(2.1e8),
        up: Some(3.2e7),
        latency_ms: Some(4.27),
        loss: Some(0.0),
        uptime: Some(99.9871),
        measured: measurements(Range::Day),
        trend: Some(trend()),
        outages: vec![Outage {
            from: now - TimeDelta::seconds(1_912),
            from_before: false,
            to: Some(now - TimeDelta::seconds(1_700)),
            exact: (true, true),
            counted: TimeDelta::minutes(5),
            maintenance: vec![text.to_owned()],
            said: Said {
                cause: Some(text.to_owned()),
                comment: Some(text.to_owned()),
                excluded: Some(Excluded {
                    why: Why::Other,
                    reason: text.to_owned(),
                }),
            },
            href: Some("/admin/links/1/outages/1795252178".to_owned()),
        }],
        samples: samples.collect(),
        changes: vec![Change {
            at: now - TimeDelta::minutes(17),
            from: Some(Status::Up),
            to: Status::Down,
            subject: None,
            reason: Some(text.to_owned()),
        }],
        audit: sample_entries(),
        audit_href: Some("/admin/audit?subject=1".to_owned()),
        reports_href: Some("/admin/reports?link=1".to_owned()),
        may_manage: true,
        may_audit: true,
    }
}
