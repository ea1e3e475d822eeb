//! `GET /portal/links/{link}`, its table and its file: one link in a range of time.

use actix_web::{HttpRequest, HttpResponse, web};
use app::{
    measured::Addresses,
    portal::link::{LIVE_NOW, LIVE_SAMPLED, Link, LinkPage, Now, Terms},
};
use entity::LinkId;
use leptos::prelude::*;

use super::{seen::Seen, shown};
use crate::{
    domain::{board::LinkNow, sla::terms},
    site::Site,
    web::{
        Error, Page,
        guard::{ClientPermission, ClientUser},
        live::{self, Subject},
        measured::{self, Query, samples, seen_state},
        route,
    },
};

/// The page.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    user: ClientUser,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let link = seen.link(*id)?;
    let (asked, form) = query.read(&page, seen.now);
    let past = measured::past(&site, &seen.board, link, asked, seen.now).await?;
    let recent = site.recent.of(&seen.board, link, seen.now).await?;
    let model = &link.link;
    let measured = measured::measurements(link, asked, &past, seen.now);
    let (download, upload) = shown::rates(&seen.board, link, seen.now);
    let state = seen_state(link, seen.now);
    let shown_link = Link {
        name: model.name.clone(),
        kind: model.kind.clone(),
        reports_href: user
            .demand(model.client_id, ClientPermission::SeeReports)
            .is_ok()
            .then(|| format!("{}?link={}", route::PortalReports, model.id)),
        reference: model.reference.clone(),
        client: seen.client_name(link),
        standing: shown::standing(model, &seen.standing(link), seen.now),
        now: Now {
            download,
            upload,
            latency_ms: state
                .and_then(|state| state.latency_us)
                .map(|micros| f64::from(micros) / 1000.0),
            probes: state.and_then(|state| Some((count(state.sent)?, count(state.received)?))),
            at: state.and_then(|state| state.rates_at.max(state.sampled_at)),
        },
        committed_download: measured.committed_download,
        committed_upload: measured.committed_upload,
        activated_at: model.activated_at.filter(|at| *at <= seen.now),
        month: shown::month(&seen.board, model, &recent.month),
        terms: promised(&seen, link),
        trend: measured::trend(&site, model, seen.now).await?,
        outages: measured::outages(&seen.board, link, &past, seen.now, |_| None),
        maintenance: shown::coming(&seen.board, model, seen.now)
            .into_iter()
            .map(|window| shown::window(window, Vec::new()))
            .collect(),
        past_maintenance: shown::past(&seen.board, model, seen.now)
            .into_iter()
            .map(|window| shown::window(window, Vec::new()))
            .collect(),
        measured,
    };
    let stream = live::portal(Subject::Link(*id), &seen.board, LIVE_NOW, LIVE_SAMPLED);
    let at = addresses(*id);
    let (page, status) = (page.at("links").live(stream), measured::status(&form));
    Ok(page.with_status(status, move || view! { <LinkPage link=shown_link at=at form=form/> }))
}

/// The same numbers as a table.
pub(in crate::web) async fn table(
    site: web::Data<Site>,
    user: ClientUser,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let link = seen.link(*id)?;
    measured::table(&site, &seen.board, link, &query, addresses(*id), page.at("links")).await
}

/// The same numbers as a file.
pub(in crate::web) async fn samples(
    site: web::Data<Site>,
    user: ClientUser,
    id: web::Path<LinkId>,
    query: web::Query<Query>,
    page: Page,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let link = &seen.link(*id)?.link;
    user.demand(link.client_id, ClientPermission::Download)?;
    let here = route::PortalLink { link: link.id };
    samples::file(&user.tenant.rows(), link, &query, (&page, seen.now), here, &request).await
}

fn addresses(link: LinkId) -> Addresses {
    Addresses {
        list: route::PortalLinks.to_string().into(),
        link: route::PortalLink { link }.to_string().into(),
        table: route::PortalLinkTable { link }.to_string().into(),
        csv: route::PortalLinkSamples { link }.to_string().into(),
    }
}

fn count(probes: Option<i32>) -> Option<u32> {
    probes.and_then(|probes| u32::try_from(probes).ok())
}

fn milliseconds(micros: u32) -> f64 {
    f64::from(micros) / 1000.0
}

fn promised(seen: &Seen, link: &LinkNow) -> Terms {
    let Some(profile) = seen.board.profile_of(&link.link) else {
        return Terms::default();
    };
    let promised = terms::thresholds(&profile.current);
    Terms {
        profile: Some(profile.profile.name.clone()),
        uptime: promised.uptime.map(|uptime| uptime.to_string()),
        latency_ms: promised.latency_us.map(milliseconds),
        jitter_ms: promised.jitter_us.map(milliseconds),
        loss: promised.loss.map(|loss| loss.to_string()),
        has_service_hours: profile.current.service_hours.is_some(),
    }
}
