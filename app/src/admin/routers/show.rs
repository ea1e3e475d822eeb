//! One router: how it fares and why, what it is, what it was found to have when it was last checked, its links.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::form::tls_off_warning;
use crate::{
    admin::{
        Change,
        audit::{Entry, recent_card, sample_entries},
        changes_card,
        status::Status,
    },
    page::Area,
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    ui::{
        Button, Bytes, Card, Cell, Code, Column, Crumb, Duration, EmptyState, HeadCell, Icon, KeyValue, KeyValues,
        Kind, Layout, LinkButton, Live, Meter, Notice, NumberCell, Progress, Rate, Stat, StateBadge, Stats, Table,
        Tone, When, number,
    },
};

/// Everything of one router.
#[derive(Clone, Debug)]
pub struct Router {
    /// Its own address, without a slash at the end; its actions lie below.
    pub href: String,
    pub name: String,
    pub site: String,
    /// Host and port.
    pub address: String,
    pub protection: Protection,
    pub username: String,
    pub status: Status,
    pub since: Option<DateTime<Utc>>,
    pub reason: Option<Reason>,
    pub system: System,
    pub polls: Polls,
    pub check: Check,
    pub links: Vec<Link>,
    pub links_href: String,
    pub changes: Vec<Change>,
    pub audit: Vec<Entry>,
    pub archived_at: Option<DateTime<Utc>>,
    pub may: May,
}

/// What the visitor's role allows here.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub check: bool,
    pub manage: bool,
    pub credentials: bool,
    pub make_links: bool,
    pub audit: bool,
}

/// How the connection is protected.
#[derive(Clone, Debug)]
pub enum Protection {
    /// By the pinned certificate's fingerprint; none until the first is seen.
    Pin(Option<String>),
    Authority,
    Nothing,
}

/// Why it is not well, and what helps where that is a page of ours.
#[derive(Clone, Debug)]
pub struct Reason {
    pub text: String,
    pub cure: Option<Cure>,
}

/// The page that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    Trust,
    Credentials,
}

/// What the last good poll said of it.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub identity: Option<String>,
    pub version: Option<String>,
    pub board: Option<String>,
    pub architecture: Option<String>,
    pub uptime: Option<TimeDelta>,
    /// 0 to 100.
    pub cpu: Option<f64>,
    /// Bytes used, of how many.
    pub memory: Option<(f64, f64)>,
    /// Its clock minus ours.
    pub clock_skew: Option<TimeDelta>,
    /// Fingerprint of the certificate that it last showed.
    pub certificate: Option<String>,
    /// Whom that names, and until when.
    pub certificate_text: Option<String>,
}

/// How asking it went.
#[derive(Clone, Debug, Default)]
pub struct Polls {
    pub last: Option<DateTime<Utc>>,
    pub last_success: Option<DateTime<Utc>>,
    pub took_ms: Option<f64>,
    pub all: u64,
    pub failed: u64,
    pub failed_in_a_row: u64,
    pub overruns: u64,
}

/// What the last check found.
#[derive(Clone, Debug)]
pub enum Check {
    Never,
    /// Asked for then, and not over.
    Running(DateTime<Utc>),
    Failed {
        at: DateTime<Utc>,
        reason: Reason,
    },
    Done {
        at: DateTime<Utc>,
        identity: String,
        version: String,
        interfaces: Vec<Interface>,
    },
}

/// One interface that a check found.
#[derive(Clone, Debug)]
pub struct Interface {
    /// RouterOS' `.id`.
    pub id: String,
    pub name: String,
    pub kind: String,
    pub comment: Option<String>,
    pub running: Option<bool>,
    pub disabled: bool,
    /// Octets since its start.
    pub rx_bytes: Option<f64>,
    pub tx_bytes: Option<f64>,
    /// bit/s, where they were measured just now.
    pub rx_bps: Option<f64>,
    pub tx_bps: Option<f64>,
    pub link_downs: Option<u64>,
    /// The link that it already is.
    pub link: Option<(String, String)>,
}

/// One of its links.
#[derive(Clone, Debug)]
pub struct Link {
    pub href: String,
    pub name: String,
    pub client: String,
    pub interface: String,
    pub status: Status,
    pub down: Option<f64>,
    pub up: Option<f64>,
}

/// The page.
#[component]
pub fn RouterShow(router: Router) -> impl IntoView {
    let Router {
        href,
        name,
        site,
        status,
        since,
        reason,
        may,
        archived_at,
        ..
    } = router.clone();
    let crumbs = vec![Crumb::new(t("nav-routers"), "/admin/routers")];
    let badge = view! { <Live id="router-badge"><StateBadge state=status.state() label=status.word()/></Live> };
    let badge = badge.into_any();
    let actions = archived_at.is_none().then(|| actions(&router)).into_any();
    let off = matches!(router.protection, Protection::Nothing).then(tls_off_warning);
    let archived = archived_at.map(|at| {
        view! { <Notice tone=Tone::Warning title=t("router-archived")><When at=at/></Notice> }
    });
    let lead = (!site.is_empty()).then_some(site);
    let trouble = reason.map(|reason| trouble(&href, status, since, reason, may));
    let figures = figures(&router);
    let cards = view! { {system_card(&router)}{connection_card(&router)} };
    let check = check_card(&router);
    let links = links_card(&router);
    let changes = changes_card(t("changes-recent"), t("router-changes-none"), router.changes);
    let audit = may.audit.then(|| recent_card(router.audit, None));
    view! {
        <Layout title=name lead=lead crumbs=crumbs badge=badge actions=actions>
            {archived}
            {off}
            <Live id="router-now">{trouble}{figures}<div class="columns">{cards}</div></Live>
            <Live id="router-check">{check}</Live>
            {links}
            <div class="columns"><Live id="router-changes">{changes}</Live>{audit}</div>
        </Layout>
    }
}

fn actions(router: &Router) -> impl IntoView + use<> {
    let Router { href, may, status, .. } = router;
    let running = matches!(router.check, Check::Running(_));
    let paused = *status == Status::Paused;
    let (polling, polling_label, value) = if paused {
        (format!("{href}/polling"), t("router-polling-on"), "on")
    } else {
        (format!("{href}/polling"), t("router-polling-off"), "off")
    };
    view! {
        {may.manage.then(|| view! {
            <form method="post" action=polling><Button label=polling_label kind=Kind::Quiet name="polling" value=value/></form>
            <LinkButton label=t("router-archive-short") href=format!("{href}/archive") kind=Kind::Quiet icon=Icon::Delete confirm=true/>
            <LinkButton label=t("edit") href=format!("{href}/edit") icon=Icon::Edit/>
        })}
        {may.check.then(|| view! {
            <form method="post" action=format!("{href}/check")><Button label=t("router-check-now") kind=Kind::Primary icon=Icon::Refresh disabled=running/></form>
        })}
    }
}

fn trouble(
    href: &str,
    status: Status,
    since: Option<DateTime<Utc>>,
    reason: Reason,
    may: May,
) -> impl IntoView + use<> {
    let cure = cure(href, reason.cure, may);
    let title = match status {
        Status::Failing => t("router-failing-title"),
        _ => t("router-unreachable-title"),
    };
    view! {
        <Notice tone=Tone::Danger title=title>
            <p>{reason.text}</p>
            {since.map(|since| view! { <p class="small">{t("since")}" "<When at=since/></p> })}
            {cure}
        </Notice>
    }
}

fn cure(href: &str, cure: Option<Cure>, may: May) -> Option<impl IntoView + use<>> {
    let (label, to) = match cure? {
        Cure::Trust if may.credentials => (t("router-trust"), "trust"),
        Cure::Credentials if may.credentials => (t("router-credentials-change"), "credentials"),
        _ => return None,
    };
    Some(view! { <p><a href=format!("{href}/{to}")>{label}</a></p> })
}

fn figures(router: &Router) -> impl IntoView + use<> {
    let router = router.clone();
    let System { uptime, cpu, .. } = router.system;
    let polls = router.polls;
    let failed = (polls.failed_in_a_row > 0).then(|| t_count("router-failed-in-a-row", polls.failed_in_a_row));
    let last = polls.last;
    view! {
        <Stats>
            <Stat label=t("router-last-poll") note=polls.took_ms.map(|ms| t_with("router-took", &[("time", number::milliseconds(ms).into())]))>
                {match last {
                    Some(at) => view! { <When at=at compact=true/> }.into_any(),
                    None => view! { <span class="muted">{t("never")}</span> }.into_any(),
                }}
            </Stat>
            <Stat label=t("router-polls") note=failed><span class="figure">{polls.all - polls.failed.min(polls.all)}<span class="muted">" / "{polls.all}</span></span></Stat>
            <Stat label=t("router-overruns") note=t("router-overruns-note")>{polls.overruns}</Stat>
            <Stat label=t("router-uptime")>{match uptime {
                Some(uptime) => view! { <Duration span=uptime/> }.into_any(),
                None => view! { <span class="muted">"–"</span> }.into_any(),
            }}</Stat>
            <Stat label=t("router-cpu")>{match cpu {
                Some(cpu) => view! { <span>{number::percent(cpu, 0)}</span> }.into_any(),
                None => view! { <span class="muted">"–"</span> }.into_any(),
            }}</Stat>
        </Stats>
    }
}

fn system_card(router: &Router) -> impl IntoView + use<> {
    let System {
        identity,
        version,
        board,
        architecture,
        memory,
        clock_skew,
        ..
    } = router.system.clone();
    let unknown = identity.is_none() && version.is_none();
    if unknown {
        return view! { <Card title=t("router-system")><p class="muted">{t("router-system-none")}</p></Card> }
            .into_any();
    }
    let board = [board, architecture]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    // A minute is more than any network explains, and enough to make its logs misleading.
    let skewed = clock_skew.filter(|skew| skew.num_seconds().abs() >= 60);
    view! {
        <Card title=t("router-system")>
            <KeyValues>
                <KeyValue label=t("router-identity")>{identity}</KeyValue>
                <KeyValue label=t("router-version")>{version}</KeyValue>
                <KeyValue label=t("router-board")>{board}</KeyValue>
                {skewed.map(|skew| view! { <KeyValue label=t("router-clock")><Duration span=skew/>" "{if skew > TimeDelta::zero() { t("router-clock-ahead") } else { t("router-clock-behind") }}</KeyValue> })}
            </KeyValues>
            {memory.map(|(used, total)| {
                let shown = format!("{} / {}", number::bytes(used), number::bytes(total));
                view! { <Meter label=t("router-memory") value=used max=total high=total * 0.9 shown=shown/> }
            })}
        </Card>
    }
    .into_any()
}

fn connection_card(router: &Router) -> impl IntoView + use<> {
    let Router { href, may, .. } = router;
    let System {
        certificate,
        certificate_text,
        ..
    } = router.system.clone();
    let (how, pin) = match &router.protection {
        Protection::Pin(pin) => (t("router-tls-pin"), Some(pin.clone())),
        Protection::Authority => (t("router-tls-ca"), None),
        Protection::Nothing => (t("router-tls-off"), None),
    };
    let pin = pin.map(|pin| {
        let differs = pin.is_some() && certificate.is_some() && pin != certificate;
        let pin = match pin {
            Some(pin) => view! { <Code text=pin/> }.into_any(),
            None => view! { <span class="muted">{t("router-pin-first")}</span> }.into_any(),
        };
        let shown = differs.then(|| certificate.clone()).flatten().map(|shown| {
            view! { <KeyValue label=t("router-certificate-shown")><Code text=shown/></KeyValue> }
        });
        view! { <KeyValue label=t("router-pin")>{pin}</KeyValue>{shown} }
    });
    let links = may.credentials.then(|| {
        let trust = matches!(router.protection, Protection::Pin(_)).then(|| {
            view! { <LinkButton label=t("router-trust") href=format!("{href}/trust") icon=Icon::Shield/> }
        });
        view! { <p class="row"><LinkButton label=t("router-credentials-change") href=format!("{href}/credentials") icon=Icon::Lock/>{trust}</p> }
    });
    let (address, username) = (router.address.clone(), router.username.clone());
    view! {
        <Card title=t("router-connection")>
            <KeyValues>
                <KeyValue label=t("router-host")><Code text=address/></KeyValue>
                <KeyValue label=t("router-user")><Code text=username/></KeyValue>
                <KeyValue label=t("router-tls")>{how}</KeyValue>
                {pin}
                {certificate_text.map(|text| view! { <KeyValue label=t("router-certificate")>{text}</KeyValue> })}
            </KeyValues>
            {links}
        </Card>
    }
}

fn check_card(router: &Router) -> impl IntoView + use<> {
    let router = router.clone();
    let Router { href, may, .. } = router;
    let title = t("router-check");
    match router.check.clone() {
        Check::Never => view! {
            <Card title=title>
                <EmptyState title=t("router-check-never") text=t("router-check-never-text") icon=Icon::Refresh>
                    {may.check.then(|| view! { <form method="post" action=format!("{href}/check")><Button label=t("router-check-now")/></form> })}
                </EmptyState>
            </Card>
        }
        .into_any(),
        Check::Running(since) => view! {
            <Card title=title>
                <Progress label=t("router-check-running") done=None/>
                <p class="muted small">{t("router-check-asked")}" "<When at=since compact=true/></p>
            </Card>
        }
        .into_any(),
        Check::Failed { at, reason } => {
            let fix = cure(&href, reason.cure, may);
            view! {
            <Card title=title>
                <Notice tone=Tone::Danger title=t("router-check-failed")><p>{reason.text}</p>{fix}</Notice>
                <p class="muted small"><When at=at/></p>
            </Card>
        }
        .into_any()
        }
        Check::Done { at, identity, version, interfaces } => {
            let make = format!("{href}/links/new");
            let can = may.make_links && router.archived_at.is_none() && interfaces.iter().any(|one| one.link.is_none());
            let table = interface_table(interfaces, can);
            view! {
                <Card title=title flush=true>
                    <p class="card-note"><strong>{identity}</strong>" · RouterOS "{version}" · "<When at=at/></p>
                    <form method="get" action=make>
                        {table}
                        {can.then(|| view! { <div class="card-note row"><Button label=t("router-make-links") icon=Icon::Plus/><span class="muted small">{t("router-make-links-hint")}</span></div> })}
                    </form>
                </Card>
            }
            .into_any()
        }
    }
}

fn interface_table(interfaces: Vec<Interface>, can: bool) -> impl IntoView {
    let (name, kind, state, link) = (t("interface"), t("interface-kind"), t("list-state"), t("link"));
    let (rx, tx, downs) = (t("interface-rx"), t("interface-tx"), t("interface-downs"));
    let columns = vec![
        Column::text(name),
        Column::text(kind),
        Column::text(state),
        Column::number(rx),
        Column::number(tx),
        Column::number(downs),
        Column::text(link),
    ];
    let rows = interfaces.into_iter().enumerate().map(|(at, one)| {
        let status = match (one.disabled, one.running) {
            (true, _) => Status::Disabled,
            (false, Some(true)) => Status::Up,
            (false, Some(false)) => Status::Down,
            (false, None) => Status::Unknown,
        };
        let id = format!("interface-{at}");
        let (text, comment) = (one.name.clone(), one.comment);
        let comment = comment.map(|comment| view! { <small>{comment}</small> });
        let head = if can && one.link.is_none() {
            let label = id.clone();
            view! { <span class="pick"><input type="checkbox" id=id name="interface" value=one.id/><label for=label class="two-lines"><code>{text}</code>{comment}</label></span> }.into_any()
        } else {
            view! { <span class="two-lines"><code>{text}</code>{comment}</span> }.into_any()
        };
        let traffic = |bytes: Option<f64>, bps: Option<f64>| view! { <span class="two-lines">{bps.map(|bps| view! { <Rate value=bps/> })}<small><Bytes value=bytes/></small></span> };
        view! {
            <tr>
                <HeadCell>{head}</HeadCell>
                <Cell of=kind>{one.kind}</Cell>
                <Cell of=state><StateBadge state=status.state() label=status.word()/></Cell>
                <NumberCell of=rx>{traffic(one.rx_bytes, one.rx_bps)}</NumberCell>
                <NumberCell of=tx>{traffic(one.tx_bytes, one.tx_bps)}</NumberCell>
                <NumberCell of=downs>{one.link_downs}</NumberCell>
                <Cell of=link>{one.link.map(|(name, href)| view! { <a href=href>{name}</a> })}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("interfaces") columns=columns>{rows}</Table> }
}

fn links_card(router: &Router) -> impl IntoView + use<> {
    let title = t("router-links");
    if router.links.is_empty() {
        return view! { <Card title=title><p class="muted">{t("router-links-none")}</p></Card> }.into_any();
    }
    let (name, client, interface, state) = (t("link"), t("client"), t("interface"), t("list-state"));
    let (down, up) = (t("link-down"), t("link-up"));
    let columns = vec![
        Column::text(name),
        Column::text(state),
        Column::text(client),
        Column::text(interface),
        Column::number(down),
        Column::number(up),
    ];
    let rows = router.links.clone().into_iter().map(|link| {
        view! {
            <tr>
                <HeadCell><a href=link.href>{link.name}</a></HeadCell>
                <Cell of=state><StateBadge state=link.status.state() label=link.status.word()/></Cell>
                <Cell of=client>{link.client}</Cell>
                <Cell of=interface><code>{link.interface}</code></Cell>
                <NumberCell of=down><Rate value=link.down/></NumberCell>
                <NumberCell of=up><Rate value=link.up/></NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let all = router.links_href.clone();
    let actions = view! { <a href=all>{t("router-links-all")}</a> }.into_any();
    view! { <Live id="router-links"><Card title=title flush=true actions=actions><Table caption=title columns=columns>{rows}</Table></Card></Live> }
        .into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let mut trouble = sample_router("edge-ber-1");
    trouble.status = Status::Unreachable;
    trouble.reason = Some(Reason {
        text: "the router shows another certificate than the pinned one; the password was not sent".to_owned(),
        cure: Some(Cure::Trust),
    });
    trouble.polls.failed_in_a_row = 7;
    trouble.check = Check::Running(samples::now());
    trouble.system.certificate = Some("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752".to_owned());
    let mut new = sample_router("wifi-tower-9");
    new.status = Status::New;
    new.protection = Protection::Nothing;
    (new.system, new.polls, new.links, new.changes) = Default::default();
    new.check = Check::Failed {
        at: samples::now(),
        reason: Reason {
            text: "the router refused the login: invalid user name or password (6)".to_owned(),
            cure: Some(Cure::Credentials),
        },
    };
    vec![
        Sample::new(
            "admin-router",
            page(),
            || view! { <RouterShow router=sample_router("edge-ber-1")/> },
        ),
        Sample::new(
            "admin-router-trouble",
            page(),
            || view! { <RouterShow router=trouble/> },
        ),
        Sample::new("admin-router-first", page(), || view! { <RouterShow router=new/> }),
        Sample::new(
            "admin-router-page-hostile",
            page(),
            || view! { <RouterShow router=sample_router(HOSTILE)/> },
        ),
    ]
}

fn sample_router(name: &str) -> Router {
    let now = samples::now();
    let pin = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned();
    let interface = |at: u32, kind: &str, running: bool, link: bool| Interface {
        id: format!("*{at}"),
        name: if at == 1 { name.to_owned() } else { format!("ether{at}") },
        kind: kind.to_owned(),
        comment: (at == 2).then(|| name.to_owned()),
        running: Some(running),
        disabled: at == 4,
        rx_bytes: Some(1.2e11 * f64::from(at)),
        tx_bytes: Some(3.4e12 / f64::from(at)),
        rx_bps: running.then_some(3.1e7),
        tx_bps: running.then_some(2.6e8),
        link_downs: Some(u64::from(at)),
        link: link.then(|| (name.to_owned(), "/admin/links/1".to_owned())),
    };
    Router {
        href: "/admin/routers/1".to_owned(),
        name: name.to_owned(),
        site: "Berlin, Lützowstraße".to_owned(),
        address: "edge-ber-1.northbridge.example:8729".to_owned(),
        protection: Protection::Pin(Some(pin.clone())),
        username: "mainstay".to_owned(),
        status: Status::Reachable,
        since: Some(now - TimeDelta::hours(50)),
        reason: None,
        system: System {
            identity: Some(name.to_owned()),
            version: Some("7.15.3 (stable)".to_owned()),
            board: Some("CCR2004-1G-12S+2XS".to_owned()),
            architecture: Some("arm64".to_owned()),
            uptime: Some(TimeDelta::hours(1_234)),
            cpu: Some(17.0),
            memory: Some((1.3e9, 4.0e9)),
            clock_skew: Some(TimeDelta::seconds(-75)),
            certificate: Some(pin),
            certificate_text: Some(format!("CN={name}, until 2031-04-02")),
        },
        polls: Polls {
            last: Some(now - TimeDelta::seconds(94)),
            last_success: Some(now - TimeDelta::seconds(94)),
            took_ms: Some(412.0),
            all: 17_280,
            failed: 12,
            failed_in_a_row: 0,
            overruns: 1,
        },
        check: Check::Done {
            at: now - TimeDelta::minutes(4),
            identity: name.to_owned(),
            version: "7.15.3 (stable)".to_owned(),
            interfaces: vec![
                interface(1, "ether", true, true),
                interface(2, "ether", true, false),
                interface(3, "vlan", false, false),
                interface(4, "sfp-sfpplus", false, false),
            ],
        },
        links: vec![Link {
            href: "/admin/links/1".to_owned(),
            name: name.to_owned(),
            client: "Acme Logistics GmbH".to_owned(),
            interface: "ether1".to_owned(),
            status: Status::Up,
            down: Some(2.6e8),
            up: Some(3.1e7),
        }],
        links_href: "/admin/links?router=1".to_owned(),
        changes: vec![Change {
            at: now - TimeDelta::hours(50),
            from: Some(Status::Unreachable),
            to: Status::Reachable,
            subject: None,
            reason: None,
        }],
        audit: sample_entries(),
        archived_at: None,
        may: May {
            check: true,
            manage: true,
            credentials: true,
            make_links: true,
            audit: true,
        },
    }
}
