//! What was measured of a link in the range that an address asks for, for pages of customers and of staff: the words of
//! the domain as those of the page.
//!
//! Whose link it is has been decided before.

mod asked_range;
pub(super) mod samples;
mod trend;

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode};
use app::{
    measured::{
        Addresses, LinkTable,
        measurements::{Earlier, Figures, Measurements, Service, Spread, Step},
        outages::{Excluded, Outage, Said, Why},
        range::Asked,
    },
    ui::{
        FormState,
        graph::{Band, BandKind},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{link, link::Faces, link_state, outage_note, outage_note::Exclusion, sample::LinkCondition};
use leptos::prelude::*;

pub(in crate::web) use asked_range::Query;

pub(super) use crate::domain::calendar::instant;
pub(super) use trend::trend;

use super::{Error, Page};
use crate::{
    domain::{
        board::{LinkNow, Snapshot},
        links::{
            history::Past,
            interruptions::Interruption,
            series::{self, Bands, Summary},
            status,
        },
        outages::notes_of,
        sla::intervals::Interval,
    },
    site::Site,
};

/// The past of a link in the range that was asked for, beside what it is compared with.
pub(super) async fn past(
    site: &Site,
    board: &Snapshot,
    link: &LinkNow,
    asked: Asked,
    now: DateTime<Utc>,
) -> Result<Arc<Past>, Error> {
    let compare = asked.compare.map(asked_range::compare);
    let past = site
        .history
        .of(board, link, asked_range::span(asked.range), compare, now);
    Ok(past.await?)
}

/// The same numbers as a table.
pub(super) async fn table(
    site: &Site,
    board: &Snapshot,
    link: &LinkNow,
    query: &Query,
    at: Addresses,
    page: Page,
) -> Result<HttpResponse, Error> {
    let now = site.clock.now();
    let (asked, form) = query.read(&page, now);
    let past = past(site, board, link, asked, now).await?;
    let measured = measurements(link, asked, &past, now);
    let (name, status) = (link.link.name.clone(), status(&form));
    Ok(page.with_status(
        status,
        move || view! { <LinkTable name=name measured=measured at=at form=form/> },
    ))
}

/// Whether what was asked for could be understood.
pub(super) fn status(form: &FormState) -> StatusCode {
    match form.is_valid() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What the router received and sent as what the customer downloads and uploads.
pub(super) fn directions<T>(faces: Faces, received: T, sent: T) -> (T, T) {
    match faces {
        Faces::Customer => (sent, received),
        Faces::Network => (received, sent),
    }
}

/// What was last measured, while the link is in service: before and after that it is not its customer's.
pub(super) fn seen_state(link: &LinkNow, now: DateTime<Utc>) -> Option<&link_state::Model> {
    link.state.as_ref().filter(|_| status::is_active(&link.link, now))
}

/// What was measured, for graphs and a table.
pub(super) fn measurements(link: &LinkNow, asked: Asked, past: &Past, now: DateTime<Utc>) -> Measurements {
    let model = &link.link;
    let step = |begin: i64, figures: &series::Figures| {
        let (download, upload) = directions(model.faces, figures.rx, figures.tx);
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
        let (download_95, upload_95) = directions(model.faces, rx_95, tx_95);
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
        service: service(model, now),
        earlier,
    }
}

fn service(link: &link::Model, now: DateTime<Utc>) -> Service {
    match link.deactivated_at {
        _ if status::is_active(link, now) => Service::Active,
        Some(at) if at <= now => Service::Ended,
        _ => Service::Planned,
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

/// The outages, newest first, each with the planned work that it fell into and what was said of it; `page` is the
/// address of one, by a second that lies in it.
pub(super) fn outages(
    board: &Snapshot,
    link: &LinkNow,
    past: &Past,
    now: DateTime<Utc>,
    page: impl Fn(i64) -> Option<String>,
) -> Vec<Outage> {
    let down = seen_state(link, now).filter(|state| state.state == LinkCondition::Down);
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
        let maintenance = board
            .approved_maintenance()
            .filter(|it| it.covers(&link.link) && it.window.starts_at < to && from < it.window.ends_at);
        Some(Outage {
            from,
            from_before: !outage.exact.0 && from == instant(past.whole.start()),
            exact: outage.exact,
            to: (!ongoing).then_some(to),
            // The slot that runs is not over yet.
            counted: if ongoing { counted.min(now - from) } else { counted },
            maintenance: maintenance.map(|it| it.window.title.clone()).collect(),
            said: outage
                .span
                .map_or_else(Said::default, |span| said(&notes_of(&past.notes, span))),
            href: outage.span.and_then(|span| page(span.start())),
        })
    };
    past.interruptions
        .iter()
        .enumerate()
        .rev()
        .filter_map(shown_outage)
        .collect()
}

/// What was said of an outage, without what is for staff only.
pub(super) fn said(notes: &[&outage_note::Model]) -> Said {
    let note = notes.first();
    let excluded = notes.iter().find_map(|note| {
        Some(Excluded {
            why: why(note.exclusion?),
            reason: note.exclusion_reason.clone().unwrap_or_default(),
        })
    });
    Said {
        cause: note.and_then(|note| note.cause.clone()),
        comment: note.and_then(|note| note.comment.clone()),
        excluded,
    }
}

/// Whose doing it was.
pub(super) fn why(exclusion: Exclusion) -> Why {
    match exclusion {
        Exclusion::Client => Why::Client,
        Exclusion::ForceMajeure => Why::ForceMajeure,
        Exclusion::Other => Why::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_router_sends_to_the_customer_is_their_download() {
        assert_eq!(directions(Faces::Customer, "received", "sent"), ("sent", "received"));
        assert_eq!(directions(Faces::Network, "received", "sent"), ("received", "sent"));
    }
}
