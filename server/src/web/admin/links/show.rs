//! `GET /admin/links/{link}`, its table and its file: everything of one link.

use actix_web::{HttpRequest, HttpResponse, web};
use app::{
    admin::{
        Subject,
        links::show::{Link, LinkShow, Measured},
        status::Status,
    },
    measured::{Addresses, measurements::Measurements},
};
use chrono::{DateTime, Utc};
use entity::{LinkId, link, link::Faces, state_change};
use leptos::prelude::*;
use sea_orm::ColumnTrait;

use crate::{
    domain::{
        board::{LinkNow, Snapshot},
        links::{
            list,
            slot::{Sample, SampleState, Slot},
            status::standing,
            store,
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, link_status},
        guard::{Staff, StaffPermission},
        live,
        measured::{self, Query, directions, samples},
        route,
    },
};

/// How far back the table of samples goes, in slots: two hours.
const SLOTS: i32 = 24;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, now) = (*id, site.clock.now());
    let board = admin::board(&site, &staff).await?;
    let now_of = board.links.get(&id).ok_or(Error::NotFound)?;
    let rows = staff.tenant.rows();
    let last = Slot::from_instant(now);
    let samples = store::samples(&rows, id, last.plus(1 - SLOTS), last).await?;
    let (asked, form) = query.read(&page, now);
    let past = measured::past(&site, &board, now_of, asked, now).await?;
    let recent = site.recent.of(&board, now_of, now).await.map_err(Error::internal)?;
    let changes = admin::changes(&rows, Some(state_change::Column::LinkId.eq(id))).await?;
    let may_audit = staff.may(StaffPermission::SeeAudit);
    let audit = if may_audit {
        admin::recent_entries(&rows, &board, id.0).await?
    } else {
        Vec::new()
    };
    let link = Link {
        uptime: recent.month.share().map(|share| share.approximately() * 100.0),
        samples: samples
            .iter()
            .rev()
            .map(|sample| measured(&now_of.link, sample))
            .collect(),
        changes: changes.into_iter().map(|row| admin::change(row, None)).collect(),
        audit,
        may_manage: staff.may(StaffPermission::ManageLinks),
        reports_href: staff
            .may(StaffPermission::SeeReports)
            .then(|| format!("{}?link={id}", route::AdminReports)),
        audit_href: may_audit.then(|| admin::log_of(id.0)),
        may_audit,
        outages: measured::outages(&board, now_of, &past, now, |outage| {
            Some(route::AdminOutage { link: id, outage }.to_string())
        }),
        trend: measured::trend(&site, &now_of.link, now).await?,
        ..described(&board, now_of, measured::measurements(now_of, asked, &past, now), now)
    };
    let live = live::admin(
        live::Subject::Link(id),
        &board,
        &["link-badge", "link-now"],
        &["link-graphs", "link-outages", "link-samples", "link-changes"],
    );
    let (page, status, at) = (page.at("links").live(live), measured::status(&form), addresses(id));
    Ok(page.with_status(status, move || view! { <LinkShow link=link at=at form=form/> }))
}

/// What its graphs show, as a table.
pub(in crate::web) async fn table(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let link = board.links.get(&id).ok_or(Error::NotFound)?;
    measured::table(&site, &board, link, &query, addresses(*id), page.at("links")).await
}

/// The same numbers as a file.
pub(in crate::web) async fn samples(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let link = &board.links.get(&id).ok_or(Error::NotFound)?.link;
    let (here, now) = (route::AdminLink { link: *id }, site.clock.now());
    samples::file(&staff.tenant.rows(), link, &query, (&page, now), here, &request).await
}

fn addresses(link: LinkId) -> Addresses {
    Addresses {
        list: route::AdminLinks.to_string().into(),
        link: route::AdminLink { link }.to_string().into(),
        table: route::AdminLinkTable { link }.to_string().into(),
        csv: route::AdminLinkSamples { link }.to_string().into(),
    }
}

/// What the board knows of it.
fn described(board: &Snapshot, now_of: &LinkNow, measured: Measurements, now: DateTime<Utc>) -> Link {
    let (link, state) = (&*now_of.link, now_of.state.as_ref());
    let standing = standing(board, now_of, now);
    let (down, up) = list::rates(now_of);
    let profile = board.profile_of(link).map(|profile| Subject {
        name: profile.profile.name.clone(),
        href: format!("/admin/sla-profiles/{}", profile.profile.id),
    });
    Link {
        href: route::AdminLink { link: link.id }.to_string(),
        customer_href: link
            .archived_at
            .is_none()
            .then(|| route::PortalLink { link: link.id }.to_string()),
        name: link.name.clone(),
        reference: link.reference.clone(),
        kind: link.kind.clone(),
        client: Subject {
            name: list::client_name(board, now_of).to_owned(),
            href: format!("/admin/clients/{}", link.client_id),
        },
        router: Subject {
            name: list::router_name(board, now_of).to_owned(),
            href: route::AdminRouter { router: link.router_id }.to_string(),
        },
        interface: link.interface_name.clone(),
        interface_id: link.interface_id.clone(),
        faces_customer: link.faces == Faces::Customer,
        committed_down: link.committed_down_bps as f64,
        committed_up: link.committed_up_bps as f64,
        profile,
        monthly_fee: super::fee(board, link).map(|fee| fee.to_string()),
        ping_target: link.ping_target.clone(),
        activated_at: link.activated_at,
        deactivated_at: link.deactivated_at,
        archived_at: link.archived_at,
        status: link_status(standing.status),
        since: standing.since,
        reason: standing.reason,
        down: down.map(|bps| bps as f64),
        up: up.map(|bps| bps as f64),
        latency_ms: state
            .and_then(|state| state.latency_us)
            .map(|us| f64::from(us) / 1000.0),
        loss: list::lost_per_million(now_of).map(|lost| lost as f64 / 10_000.0),
        uptime: None,
        measured,
        outages: Vec::new(),
        trend: None,
        samples: Vec::new(),
        changes: Vec::new(),
        audit: Vec::new(),
        audit_href: None,
        reports_href: None,
        may_manage: false,
        may_audit: false,
    }
}

/// A sample as its customer would read it: down is to the customer.
fn measured(link: &link::Model, sample: &Sample) -> Measured {
    let rate = |octets: Option<u64>| {
        let seconds = sample.rate_seconds.filter(|seconds| *seconds > 0)?;
        Some(octets? as f64 * 8.0 / f64::from(seconds))
    };
    let (down, up) = directions(
        link.faces,
        rate(sample.counters.rx_octets),
        rate(sample.counters.tx_octets),
    );
    let lost = sample.probes_sent.saturating_sub(sample.probes_received);
    Measured {
        at: sample.slot.start(),
        status: match sample.state {
            SampleState::Up => Status::Up,
            SampleState::Down => Status::Down,
            SampleState::Disabled => Status::Disabled,
            SampleState::Unknown => Status::Unknown,
        },
        down,
        up,
        latency_ms: sample.latency.map(|latency| f64::from(latency.avg_us) / 1000.0),
        loss: (sample.probes_sent > 0).then(|| f64::from(lost) * 100.0 / f64::from(sample.probes_sent)),
        jitter_ms: sample.jitter.map(|jitter| f64::from(jitter.mean_us) / 1000.0),
        flaps: sample.flaps,
        down_seconds: sample.down_seconds,
    }
}
