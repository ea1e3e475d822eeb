//! `GET /admin/routers/{router}`: everything of one router. While a check is under way the page asks for itself again.

use actix_web::{HttpResponse, web};
use app::admin::{
    routers::show::{
        Check, Cure, Interface, Link, Listening, May, Polls, Protection, Reason, Router, RouterShow, System,
    },
    status::Status,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{RouterId, router, router::TlsMode, router_check, router_state, state_change};
use leptos::prelude::*;
use sea_orm::{ColumnTrait, ExprTrait};

use super::{find, report};
use crate::{
    domain::{
        board::{RouterNow, Snapshot},
        links::list as link_list,
        routers::list,
    },
    keyring::hex,
    site::Site,
    web::{
        Error, Page,
        admin::{self, link_status, router_status},
        guard::{Staff, StaffPermission},
        live, route,
    },
    work::collector::check::{Report, is_under_way},
};

/// Seconds after which a browser without scripts asks again whether a check has ended.
const ASK_AGAIN: u8 = 3;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, now) = (*id, site.clock.now());
    let board = admin::board(&site, &staff).await?;
    let now_of = find(&board, id)?;
    let rows = staff.tenant.rows();
    let check = rows.get::<router_check::Entity>(id).await?;
    let own = state_change::Column::RouterId
        .eq(id)
        .and(state_change::Column::LinkId.is_null());
    let changes = admin::changes(&rows, Some(own)).await?;
    let may = May {
        check: staff.may(StaffPermission::CheckRouters),
        manage: staff.may(StaffPermission::ManageRouters),
        credentials: staff.may(StaffPermission::ManageRouterCredentials),
        make_links: staff.may(StaffPermission::ManageLinks),
        audit: staff.may(StaffPermission::SeeAudit),
    };
    let audit = if may.audit {
        admin::recent_entries(&rows, &board, id.0).await?
    } else {
        Vec::new()
    };
    let router = Router {
        check: checked(&board, id, check.as_ref(), now),
        links: links(&board, id, now),
        changes: changes.into_iter().map(|row| admin::change(row, None)).collect(),
        audit,
        audit_href: may.audit.then(|| admin::log_of(id.0)),
        may,
        ..described(now_of)
    };
    let running = matches!(router.check, Check::Running(_));
    let parts = [
        "router-badge",
        "router-now",
        "router-check",
        "router-links",
        "router-changes",
    ];
    let live = live::admin(live::Subject::Router(id), &board, &parts, &[]);
    let mut page = page.at("routers").live(live);
    if running {
        page = page.again_after(ASK_AGAIN);
    }
    Ok(page.ok(move || view! { <RouterShow router=router/> }))
}

/// What the board knows of it.
fn described(now: &RouterNow) -> Router {
    let (router, state) = (&*now.router, now.state.as_ref());
    let status = router_status(list::Status::of(now));
    let failing = matches!(status, Status::Unreachable | Status::Failing);
    let reason = state.filter(|_| failing).and_then(|state| {
        Some(Reason {
            text: state.reason.clone()?,
            cure: cure(router, state.reason_code.as_deref()),
        })
    });
    Router {
        href: route::AdminRouter { router: router.id }.to_string(),
        name: router.name.clone(),
        site: router.site.clone(),
        address: format!("{}:{}", router.host, router.port),
        protection: match router.tls {
            TlsMode::Pin => Protection::Pin(router.pin_sha256.as_deref().map(hex)),
            TlsMode::Ca => Protection::Authority,
            TlsMode::Off => Protection::Nothing,
        },
        username: router.username.clone(),
        status,
        since: state.map(|state| state.since),
        reason,
        system: state.map(system).unwrap_or_default(),
        polls: state.map(polls).unwrap_or_default(),
        check: Check::Never,
        links: Vec::new(),
        links_href: format!("{}?router={}", route::AdminLinks, router.id),
        changes: Vec::new(),
        audit: Vec::new(),
        audit_href: None,
        archived_at: router.archived_at,
        may: May::default(),
    }
}

/// Which page of ours helps against an error with this code.
fn cure(router: &router::Model, code: Option<&str>) -> Option<Cure> {
    match code? {
        "pin_mismatch" if router.tls == TlsMode::Pin => Some(Cure::Trust),
        "login_refused" | "password" => Some(Cure::Credentials),
        _ => None,
    }
}

fn system(state: &router_state::Model) -> System {
    System {
        identity: state.identity.clone(),
        version: state.version.clone(),
        board: state.board.clone(),
        architecture: state.architecture.clone(),
        uptime: state.uptime_seconds.map(TimeDelta::seconds),
        cpu: state.cpu_percent.map(f64::from),
        memory: state
            .memory_free
            .zip(state.memory_total)
            .map(|(free, total)| ((total - free) as f64, total as f64)),
        clock_skew: state.clock_skew_ms.map(TimeDelta::milliseconds),
        certificate: state.certificate_sha256.as_deref().map(hex),
        certificate_text: state.certificate_text.clone(),
        listening: match state.listening {
            router_state::Listening::Off => Listening::Off,
            router_state::Listening::On => Listening::On,
            router_state::Listening::Refused => Listening::Refused,
            router_state::Listening::Flooded => Listening::Flooded,
        },
    }
}

fn polls(state: &router_state::Model) -> Polls {
    let count = |count: i64| u64::try_from(count).unwrap_or(0);
    Polls {
        last: state.last_poll_at,
        last_success: state.last_success_at,
        took_ms: state.poll_ms.map(f64::from),
        all: count(state.polls),
        failed: count(state.failures),
        failed_in_a_row: count(i64::from(state.failures_in_a_row)),
        overruns: count(state.overruns),
    }
}

fn checked(board: &Snapshot, id: RouterId, check: Option<&router_check::Model>, now: DateTime<Utc>) -> Check {
    let Some(check) = check else { return Check::Never };
    if is_under_way(check, now) {
        return Check::Running(check.requested_at);
    }
    let at = check.finished_at.unwrap_or(check.requested_at);
    if let Some(text) = check.reason.clone() {
        let code = check.reason_code.as_deref();
        let cure = board.routers.get(&id).and_then(|now| cure(&now.router, code));
        return Check::Failed {
            at,
            reason: Reason { text, cure },
        };
    }
    match report(check) {
        Some(report) => Check::Done {
            at: report.at,
            identity: report.identity.clone(),
            version: report.version.clone(),
            interfaces: interfaces(board, id, report),
        },
        None => Check::Never,
    }
}

/// The interfaces of a report; those that are links already with their rates.
fn interfaces(board: &Snapshot, id: RouterId, report: Report) -> Vec<Interface> {
    let links: Vec<_> = board
        .links
        .values()
        .filter(|now| now.link.router_id == id && now.link.archived_at.is_none())
        .collect();
    let seen = report.interfaces.into_iter().map(|seen| {
        let link = links.iter().find(|now| {
            now.link.interface_name == seen.name || now.link.interface_id.as_deref() == Some(seen.id.as_str())
        });
        let state = link.and_then(|link| link.state.as_ref());
        let octets = |octets: Option<u64>| octets.map(|octets| octets as f64);
        let rate = |bps: Option<i64>| bps.map(|bps| bps as f64);
        Interface {
            rx_bytes: octets(seen.rx_octets),
            tx_bytes: octets(seen.tx_octets),
            rx_bps: state.and_then(|state| rate(state.rx_bps)),
            tx_bps: state.and_then(|state| rate(state.tx_bps)),
            link_downs: seen.link_downs,
            link: link.map(|now| {
                let href = route::AdminLink { link: now.link.id }.to_string();
                (now.link.name.clone(), href)
            }),
            id: seen.id,
            name: seen.name,
            kind: seen.kind.unwrap_or_default(),
            comment: seen.comment.filter(|comment| !comment.is_empty()),
            running: seen.running,
            disabled: seen.disabled == Some(true),
        }
    });
    seen.collect()
}

/// Its links, what is wrong first.
fn links(board: &Snapshot, id: RouterId, now: DateTime<Utc>) -> Vec<Link> {
    let wanted = link_list::Wanted {
        router: Some(id),
        ..link_list::Wanted::default()
    };
    let listed = link_list::list(board, now, &wanted);
    let links = listed.into_iter().map(|one| {
        let (down, up) = link_list::rates(one.now);
        Link {
            href: route::AdminLink { link: one.now.link.id }.to_string(),
            name: one.now.link.name.clone(),
            client: link_list::client_name(board, one.now).to_owned(),
            interface: one.now.link.interface_name.clone(),
            status: link_status(one.standing.status),
            down: down.map(|bps| bps as f64),
            up: up.map(|bps| bps as f64),
        }
    });
    links.collect()
}
