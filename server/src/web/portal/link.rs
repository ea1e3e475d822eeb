//! `GET /portal/links/{link}` and its table: one link in a range of time.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    portal::{
        link::{Addresses, LIVE_NOW, LIVE_SAMPLED, Link, LinkPage, Now, Terms},
        link_table::LinkTable,
        measurements::{Earlier, Figures, Measurements, Spread, Step},
        outages::Outage,
        range::Asked,
    },
    ui::{
        FormState,
        graph::{Band, BandKind},
    },
};
use chrono::TimeDelta;
use entity::{LinkId, sample::LinkCondition};
use leptos::prelude::*;

use super::{
    asked_range::{self, Query, span},
    seen::Seen,
    shown::{self, instant},
};
use crate::{
    domain::{
        board::LinkNow,
        links::{
            history::Past,
            interruptions::Interruption,
            series::{self, Bands, Summary},
        },
        sla::{intervals::Interval, terms},
    },
    site::Site,
    web::{
        Error, Page,
        guard::ClientUser,
        live::{self, Subject},
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
    let past = past(&site, &seen, link, asked).await?;
    let recent = site.recent.of(&seen.board, link, seen.now).await?;
    let model = &link.link;
    let measured = measurements(link, asked, &past);
    let (download, upload) = shown::rates(&seen.board, link, seen.now);
    let state = shown::seen_state(link, seen.now);
    let shown_link = Link {
        name: model.name.clone(),
        kind: model.kind.clone(),
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
        outages: past_outages(&seen, link, &past),
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
    let (page, status) = (page.at("links").live(stream), status(&form));
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
    let (asked, form) = query.read(&page, seen.now);
    let past = past(&site, &seen, link, asked).await?;
    let measured = measurements(link, asked, &past);
    let (name, at) = (link.link.name.clone(), addresses(*id));
    let (page, status) = (page.at("links"), status(&form));
    Ok(page.with_status(
        status,
        move || view! { <LinkTable name=name measured=measured at=at form=form/> },
    ))
}

async fn past(site: &Site, seen: &Seen, link: &LinkNow, asked: Asked) -> Result<Arc<Past>, Error> {
    let compare = asked.compare.map(asked_range::compare);
    let past = site.history.of(&seen.board, link, span(asked.range), compare, seen.now);
    Ok(past.await?)
}

/// Whether what was asked for could be understood.
fn status(form: &FormState) -> StatusCode {
    match form.is_valid() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
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

fn promised(seen: &Seen, link: &LinkNow) -> Terms {
    let Some(profile) = seen.board.profile_of(&link.link) else {
        return Terms::default();
    };
    let promised = terms::thresholds(&profile.current);
    Terms {
        profile: Some(profile.profile.name.clone()),
        uptime: promised.uptime.map(|uptime| uptime.to_string()),
        latency_ms: promised.latency_us.map(|micros| f64::from(micros) / 1000.0),
        loss: promised.loss.map(|loss| loss.to_string()),
        has_service_hours: profile.current.service_hours.is_some(),
    }
}

fn measurements(link: &LinkNow, asked: Asked, past: &Past) -> Measurements {
    let model = &link.link;
    let step = |begin: i64, figures: &series::Figures| {
        let (download, upload) = shown::directions(model.faces, figures.rx, figures.tx);
        Step {
            t: instant(begin),
            download: download.map(spread),
            upload: upload.map(spread),
            latency_ms: figures.latency_ms.map(spread),
            loss_percent: figures.loss_percent.map(spread),
        }
    };
    let overall = |figures: &series::Figures, [rx_95, tx_95]: [Option<i64>; 2]| {
        let Step {
            download,
            upload,
            latency_ms,
            loss_percent,
            ..
        } = step(0, figures);
        let (download_95, upload_95) = shown::directions(model.faces, rx_95, tx_95);
        Figures {
            download,
            upload,
            latency_ms,
            loss_percent,
            download_95: download_95.map(|bps| bps as f64),
            upload_95: upload_95.map(|bps| bps as f64),
        }
    };
    let buckets = &past.series.buckets;
    let earlier = past.earlier.as_ref().zip(asked.compare).map(|(earlier, compare)| {
        let steps = buckets.iter().zip(&earlier.buckets);
        Earlier {
            compare,
            from: instant(earlier.whole.start()),
            to: instant(earlier.whole.end()),
            steps: steps.map(|(now, then)| step(now.interval.start(), then)).collect(),
            overall: overall(&earlier.overall, earlier.percentiles),
            is_alike: earlier.is_alike,
        }
    });
    Measurements {
        range: asked.range,
        from: instant(past.whole.start()),
        to: instant(past.whole.end()),
        step: past.step,
        overall: overall(&past.series.overall, past.percentiles),
        steps: buckets
            .iter()
            .map(|bucket| step(bucket.interval.start(), &bucket.figures))
            .collect(),
        bands: bands(&past.series.bands),
        committed_download: model.committed_down_bps as f64,
        committed_upload: model.committed_up_bps as f64,
        probed: model.ping_target.is_some(),
        earlier,
    }
}

fn spread(summary: Summary) -> Spread {
    Spread {
        min: summary.min,
        avg: summary.avg,
        max: summary.max,
    }
}

fn bands(bands: &Bands) -> Vec<Band> {
    let of = |kind: BandKind, spans: &[Interval]| {
        let band = move |span: &Interval| Band {
            kind,
            from: instant(span.start()),
            to: instant(span.end()),
        };
        spans.iter().map(band).collect::<Vec<_>>()
    };
    [
        of(BandKind::Missing, &bands.missing),
        of(BandKind::Disabled, &bands.disabled),
        of(BandKind::Maintenance, &bands.maintenance),
        of(BandKind::Outage, &bands.outages),
    ]
    .concat()
}

/// The outages, newest first, each with the planned work that it fell into.
fn past_outages(seen: &Seen, link: &LinkNow, past: &Past) -> Vec<Outage> {
    let down = shown::seen_state(link, seen.now).filter(|state| state.state == LinkCondition::Down);
    let shown_outage = |(at, outage): (usize, &Interruption)| -> Option<Outage> {
        let (from, to) = (outage.from, outage.to);
        // Unless it went down again since, of which nothing counts: then that is planned work.
        let last = at + 1 == past.interruptions.len() && !outage.exact.1;
        let ongoing = last && down.is_some_and(|state| state.since < to);
        // Its end was missed, or nobody knows whether it goes on.
        if outage.is_open_drop() && !ongoing {
            return None;
        }
        let counted = TimeDelta::seconds(outage.counted_seconds);
        let maintenance = seen
            .board
            .maintenance
            .iter()
            .filter(|it| it.covers(&link.link) && it.window.starts_at < to && from < it.window.ends_at);
        Some(Outage {
            from,
            from_before: !outage.exact.0 && from == instant(past.whole.start()),
            exact: outage.exact,
            to: (!ongoing).then_some(to),
            // The slot that runs is not over yet.
            counted: if ongoing { counted.min(seen.now - from) } else { counted },
            maintenance: maintenance.map(|it| it.window.title.clone()).collect(),
        })
    };
    past.interruptions
        .iter()
        .enumerate()
        .rev()
        .filter_map(shown_outage)
        .collect()
}
