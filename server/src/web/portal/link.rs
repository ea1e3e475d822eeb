//! `GET /portal/links/{link}` and its table: one link in a range of time.

use actix_web::{HttpResponse, web};
use app::{
    portal::{
        link::{Addresses, LIVE_NOW, LIVE_SAMPLED, Link, LinkPage, Now, Terms},
        link_table::LinkTable,
        measurements::{Measurements, Range, Spread, Step},
        outages::Outage,
    },
    ui::graph::{Band, BandKind},
};
use chrono::TimeDelta;
use entity::{LinkId, sample::LinkCondition};
use leptos::prelude::*;
use serde::Deserialize;

use super::{
    seen::Seen,
    shown::{self, instant},
};
use crate::{
    domain::{
        board::LinkNow,
        links::{
            history::Past,
            series::{Bands, Bucket, Span, Summary},
        },
        sla::{intervals::Interval, outages, terms},
    },
    site::Site,
    web::{
        Error, Page,
        guard::ClientUser,
        live::{self, Subject},
        route,
    },
};

/// Which range to look at; the last day unless it is one of the others.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    range: String,
}

impl Query {
    pub(super) fn range(&self) -> Range {
        Range::parse(&self.range).unwrap_or_default()
    }
}

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
    let range = query.range();
    let past = site.history.of(&seen.board, link, span(range), seen.now).await?;
    let recent = site.recent.of(&seen.board, link, seen.now).await?;
    let model = &link.link;
    let measured = measurements(link, range, &past);
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
    Ok(page
        .at("links")
        .live(stream)
        .ok(move || view! { <LinkPage link=shown_link at=at/> }))
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
    let range = query.range();
    let past = site.history.of(&seen.board, link, span(range), seen.now).await?;
    let measured = measurements(link, range, &past);
    let (name, at) = (link.link.name.clone(), addresses(*id));
    Ok(page
        .at("links")
        .ok(move || view! { <LinkTable name=name measured=measured at=at/> }))
}

fn addresses(link: LinkId) -> Addresses {
    Addresses {
        list: route::PortalLinks.to_string().into(),
        link: route::PortalLink { link }.to_string().into(),
        table: route::PortalLinkTable { link }.to_string().into(),
        csv: route::PortalLinkSamples { link }.to_string().into(),
    }
}

pub(super) fn span(range: Range) -> Span {
    match range {
        Range::Day => Span::Day,
        Range::Week => Span::Week,
        Range::Month => Span::Month,
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

fn measurements(link: &LinkNow, range: Range, past: &Past) -> Measurements {
    let model = &link.link;
    let step = |bucket: &Bucket| {
        let figures = &bucket.figures;
        let (download, upload) = shown::directions(model.faces, figures.rx, figures.tx);
        Step {
            t: instant(bucket.interval.start()),
            download: download.map(spread),
            upload: upload.map(spread),
            latency_ms: figures.latency_ms.map(spread),
            loss_percent: figures.loss_percent.map(spread),
        }
    };
    Measurements {
        range,
        from: instant(past.whole.start()),
        to: instant(past.whole.end()),
        step: TimeDelta::seconds(
            past.series
                .buckets
                .first()
                .map_or(300, |bucket| bucket.interval.seconds()),
        ),
        steps: past.series.buckets.iter().map(step).collect(),
        bands: bands(&past.series.bands),
        committed_download: model.committed_down_bps as f64,
        committed_upload: model.committed_up_bps as f64,
        probed: model.ping_target.is_some(),
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
    let shown_outage = |(at, outage): (usize, &outages::Outage)| {
        let (from, to) = (instant(outage.span.start()), instant(outage.span.end()));
        // Unless it went down again since, of which nothing counts: then that is planned work.
        let ongoing = at + 1 == past.outages.len() && down.is_some_and(|state| state.since < to);
        let counted = TimeDelta::seconds(outage.counted_seconds);
        let maintenance = seen
            .board
            .maintenance
            .iter()
            .filter(|it| it.covers(&link.link) && it.window.starts_at < to && from < it.window.ends_at);
        Outage {
            from,
            from_before: outage.span.start() == past.whole.start(),
            to: (!ongoing).then_some(to),
            // The slot that runs is not over yet.
            counted: if ongoing { counted.min(seen.now - from) } else { counted },
            maintenance: maintenance.map(|it| it.window.title.clone()).collect(),
        }
    };
    past.outages.iter().enumerate().rev().map(shown_outage).collect()
}
