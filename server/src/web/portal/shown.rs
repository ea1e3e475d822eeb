//! From the domain's words to the customer's: states, directions, months, planned work. Pure functions.
//!
//! Reasons and names of routers stop here.

use app::{
    portal::{
        link_card::LinkSummary,
        maintenance,
        month::{Forecast, MonthSoFar, Verdict},
        standing::Standing,
    },
    ui::State,
};
use chrono::{DateTime, Duration, TimeDelta, Utc};
use entity::link;

use crate::{
    domain::{
        board::{LinkNow, Maintenance, Snapshot},
        calendar::Month,
        links::{
            recent::Recent,
            status::{self, Status},
        },
        maintenance::list::keep_first_of_series,
        sla::{
            budget,
            fraction::{Fraction, Percentage},
            intervals::Interval,
            latency::Quality,
            terms,
            thresholds::{self, Thresholds},
            uptime::Uptime,
        },
    },
    web::{
        measured::{directions, instant, seen_state},
        route,
    },
};

use super::seen::Seen;

/// How a link stands, without why.
pub(super) fn standing(link: &link::Model, standing: &status::Standing, now: DateTime<Utc>) -> Standing {
    let state = match standing.status {
        Status::Down => State::Down,
        Status::Degraded => State::Degraded,
        Status::Unknown => State::Unknown,
        Status::Maintenance => State::Maintenance,
        Status::Disabled => State::Disabled,
        Status::Up => State::Up,
        Status::Inactive => {
            return match link.deactivated_at.filter(|at| *at <= now) {
                Some(since) => Standing::Ended { since },
                None => Standing::Planned {
                    from: link.activated_at,
                },
            };
        }
    };
    Standing::Active {
        state,
        since: standing.since,
    }
}

/// bit/s down and up, unless they are too old to be called current or the link is not in service.
pub(super) fn rates(board: &Snapshot, link: &LinkNow, now: DateTime<Utc>) -> (Option<f64>, Option<f64>) {
    let state = seen_state(link, now).filter(|state| status::is_fresh(board, state.rates_at, now));
    let rate = |rate: Option<i64>| rate.map(|rate| rate as f64);
    let received = state.and_then(|state| rate(state.rx_bps));
    let sent = state.and_then(|state| rate(state.tx_bps));
    directions(link.link.faces, received, sent)
}

/// The month so far by R1 to R9.
pub(super) fn month(board: &Snapshot, link: &link::Model, uptime: &Uptime) -> MonthSoFar {
    let promised = board
        .profile_of(link)
        .and_then(|profile| terms::thresholds(&profile.current).uptime);
    let verdict = match promised {
        None => Verdict::NotAgreed,
        Some(_) => {
            let promise = Thresholds {
                uptime: promised,
                ..Thresholds::default()
            };
            match promise.judge(uptime, &Quality::default()).verdict {
                thresholds::Verdict::Met => Verdict::Kept,
                thresholds::Verdict::Breached => Verdict::Broken,
                thresholds::Verdict::InsufficientData => Verdict::TooLittleKnown,
                thresholds::Verdict::NoData => Verdict::NoData,
            }
        }
    };
    MonthSoFar {
        begin: instant(uptime.period.start()),
        zone: board.zone,
        uptime: uptime.share().map(|share| percent(share, 3)),
        agreed: promised.map(|promised| promised.to_string()),
        verdict,
        coverage: uptime
            .coverage()
            .filter(|_| uptime.unknown > 0 && uptime.up + uptime.down > 0)
            .map(|coverage| percent(coverage, 2)),
        down: TimeDelta::seconds(uptime.down),
        outages: u32::try_from(uptime.outages.len()).unwrap_or(u32::MAX),
        excluded: TimeDelta::seconds(uptime.excluded),
        forecast: promised
            .filter(|_| uptime.up + uptime.down > 0)
            .map(|promised| forecast(board, link, uptime, promised)),
    }
}

/// How much more may be down in the rest of the month, planned work left out.
fn forecast(board: &Snapshot, link: &link::Model, so_far: &Uptime, promised: Percentage) -> Forecast {
    let month = Month::at(instant(so_far.period.start()), board.zone).period(board.zone);
    let rest = Interval::new(so_far.period.end(), month.end());
    let rest = terms::of_link(board, link, rest).accountable().seconds();
    match budget::forecast(promised, so_far, rest) {
        budget::Forecast::Left(seconds) => Forecast::Left {
            span: TimeDelta::seconds(seconds),
            until: instant(month.end()),
        },
        budget::Forecast::Lost => Forecast::Lost,
    }
}

/// Percent, cut off; the whole without decimals, because it is exact.
fn percent(share: Fraction, decimals: u32) -> String {
    if share.numerator() == share.denominator() {
        return "100".to_owned();
    }
    share.percent_truncated(decimals)
}

/// What a card or a row shows of a link.
pub(super) fn summary(seen: &Seen, link: &LinkNow, standing: &status::Standing, recent: &Recent) -> LinkSummary {
    let (board, now, model) = (&seen.board, seen.now, &link.link);
    let (download, upload) = rates(board, link, now);
    LinkSummary {
        name: model.name.clone(),
        href: route::PortalLink { link: model.id }.to_string().into(),
        kind: model.kind.clone(),
        reference: model.reference.clone(),
        client: seen.client_name(link),
        standing: self::standing(model, standing, now),
        download,
        upload,
        sparkline: recent.sparkline.clone(),
        month: month(board, model, &recent.month),
        maintenance: board.maintenance_of(model, now).map(|it| it.window.title.clone()),
    }
}

/// How far ahead planned work is announced.
const ANNOUNCED: Duration = Duration::days(14);

/// How long past work is listed.
const LISTED: Duration = Duration::days(90);

/// At most so many of each.
const MOST: usize = 10;

/// Whether a window covers a link while it is in service.
fn concerns(it: &Maintenance, link: &link::Model) -> bool {
    let window = Interval::between(it.window.starts_at, it.window.ends_at);
    it.covers(link) && !window.intersect(terms::active(link)).is_empty()
}

/// The windows of a link that are under way or come soon, the next one first; of a series that next one alone.
pub(super) fn coming<'b>(board: &'b Snapshot, link: &link::Model, now: DateTime<Utc>) -> Vec<&'b Maintenance> {
    let mut coming: Vec<_> = board
        .approved_maintenance()
        .filter(|it| now < it.window.ends_at && it.window.starts_at <= now + ANNOUNCED && concerns(it, link))
        .collect();
    coming.sort_by_key(|it| it.window.starts_at);
    keep_first_of_series(&mut coming);
    coming.truncate(MOST);
    coming
}

/// The windows of a link that are over, the last one first.
pub(super) fn past<'b>(board: &'b Snapshot, link: &link::Model, now: DateTime<Utc>) -> Vec<&'b Maintenance> {
    let mut past: Vec<_> = board
        .approved_maintenance()
        .filter(|it| it.window.ends_at <= now && now - it.window.ends_at <= LISTED && concerns(it, link))
        .collect();
    past.sort_by_key(|it| std::cmp::Reverse(it.window.starts_at));
    past.truncate(MOST);
    past
}

/// A window as its customers read of it.
pub(super) fn window(it: &Maintenance, links: Vec<String>) -> maintenance::Maintenance {
    maintenance::Maintenance {
        title: it.window.title.clone(),
        from: it.window.starts_at,
        to: it.window.ends_at,
        links,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_cut_off_and_only_the_whole_is_a_hundred() {
        let shown = |up, all| percent(Fraction::new(up, all).unwrap(), 3);
        assert_eq!(shown(999_999_999, 1_000_000_000), "99.999");
        assert_eq!(shown(5, 5), "100");
        assert_eq!(shown(0, 5), "0.000");
    }
}
