//! What the month was like: its days, what went wrong, what does not count, and what flowed.

use app::report::facts::{Day, Exclusion, ExclusionKind, Outage, TakenOut, Traffic, WindowChange};

use super::{percent, seconds};
use crate::domain::{
    reports::{
        Document,
        document::{Cause, DayFigures},
    },
    sla::fraction::Fraction,
};

pub(super) fn days(document: &Document) -> Vec<Day> {
    let day = |day: &DayFigures| {
        let count = |seconds: i64| u64::try_from(seconds).unwrap_or(0);
        let share = Fraction::new(count(day.up_seconds), count(day.up_seconds + day.down_seconds));
        Day {
            date: day.date,
            uptime: share.map(percent),
            accountable: seconds(day.accountable_seconds),
            down: seconds(day.down_seconds),
            unknown: seconds(day.unknown_seconds),
            excluded: seconds(day.excluded_seconds),
        }
    };
    document.days.iter().map(day).collect()
}

pub(super) fn outages(document: &Document) -> Vec<Outage> {
    let outages = document.outages.iter().cloned();
    let outages = outages.map(|outage| Outage {
        from: outage.from,
        to: outage.to,
        exact: outage.exact,
        counted: seconds(outage.counted_seconds),
        cause: outage.cause,
        comment: outage.comment,
        excluded: outage.excluded.map(|excluded| Exclusion {
            kind: match excluded.kind.as_str() {
                "client" => ExclusionKind::Client,
                "force_majeure" => ExclusionKind::ForceMajeure,
                _ => ExclusionKind::Other,
            },
            reason: excluded.reason,
            by: excluded.by,
            at: excluded.at,
        }),
    });
    outages.collect()
}

pub(super) fn taken_out(document: &Document) -> Vec<TakenOut> {
    let taken = document.taken_out.iter().cloned();
    let taken = taken.map(|taken| TakenOut {
        is_maintenance: taken.cause == Cause::Maintenance,
        title: taken.title,
        from: taken.from,
        to: taken.to,
        span: seconds(taken.seconds),
        approved: taken.approved_by.map(|by| (by, taken.approved_at)),
    });
    taken.collect()
}

pub(super) fn changes(document: &Document) -> Vec<WindowChange> {
    let changes = document.changes.iter().cloned();
    let changes = changes.map(|change| WindowChange {
        title: change.title,
        at: change.at,
        by: change.by,
        reason: change.reason,
        before: change.before,
        after: change.after,
    });
    changes.collect()
}

pub(super) fn traffic(document: &Document) -> Traffic {
    let billing = &document.figures.billing;
    let faces = document.link.faces;
    let (download, upload) = faces.down_up(billing.rx_octets, billing.tx_octets);
    let (download_95, upload_95) = faces.down_up(billing.rx_95, billing.tx_95);
    let rate = |bps: Option<i64>| bps.map(|bps| bps as f64);
    Traffic {
        download: download as f64,
        upload: upload as f64,
        download_95: rate(download_95),
        upload_95: rate(upload_95),
        billed_95: rate(billing.billed),
    }
}
