//! One router: how it fares and why, what it is, what it was found to have when it was last checked, its links.

mod check;
mod interfaces;
mod state;

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
    t,
    ui::{
        Button, Card, Cell, Column, Crumb, HeadCell, Icon, Kind, Layout, LinkButton, Live, Notice, NumberCell, Rate,
        StateBadge, Table, Tone, When,
    },
};

pub use check::Check;
pub use interfaces::Interface;
pub use state::{Cure, Listening, Polls, Protection, Reason, System};

use check::check_card;
use state::{connection_card, figures, system_card, trouble};

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
    /// All that the log has about it.
    pub audit_href: Option<String>,
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
    let audit = may.audit.then(|| recent_card(router.audit, router.audit_href));
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
            listening: Listening::On,
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
        audit_href: Some("/admin/audit?subject=1".to_owned()),
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
