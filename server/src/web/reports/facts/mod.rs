//! A stored report as its page's facts. Pure functions.

mod agreed;
mod happened;

use app::report::{
    Report, Verdict,
    facts::{Budget, Digests, MonthBar, Revision, TimeSums, Without},
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{credit_decision, sla_report::ReportVerdict};

pub(in crate::web) use agreed::earlier;

use super::Place;
use crate::{
    domain::{
        calendar::{Month, instant},
        reports::{Stored, credits::OnRevision, document::Called, list::Head, words},
        sla::fraction::Fraction,
    },
    keyring::hex,
    print,
};

/// What is not in the document itself.
pub(super) struct Around {
    pub(super) decision: Option<credit_decision::Model>,
    /// On other revisions of the month.
    pub(super) earlier: Vec<OnRevision>,
    /// This month last.
    pub(super) months: Vec<Head>,
    /// The newest first.
    pub(super) revisions: Vec<Made>,
    pub(super) place: Place,
}

/// A revision with what only its document says.
pub(super) struct Made {
    pub(super) head: Head,
    pub(super) by: Option<String>,
    pub(super) reason: Option<String>,
}

/// Percent, cut off; the whole without decimals, because it is exact.
pub(in crate::web) fn percent(share: Fraction) -> String {
    words::percentage(share)
}

fn seconds(seconds: i64) -> TimeDelta {
    TimeDelta::seconds(seconds)
}

/// The verdict of a row. Without an agreement there was nothing to keep.
pub(in crate::web) fn verdict(head: &Head) -> Verdict {
    match head.verdict {
        ReportVerdict::Met if head.sla_profile_version_id.is_none() => Verdict::NotAgreed,
        ReportVerdict::Met => Verdict::Met,
        ReportVerdict::Breached => Verdict::Breached,
        ReportVerdict::InsufficientData => Verdict::InsufficientData,
        ReportVerdict::NoData => Verdict::NoData,
    }
}

fn called(called: Called) -> Verdict {
    match called {
        Called::Met => Verdict::Met,
        Called::Breached => Verdict::Breached,
        Called::InsufficientData => Verdict::InsufficientData,
        Called::NoData => Verdict::NoData,
        Called::NotAgreed => Verdict::NotAgreed,
    }
}

/// The first moment of a month as it is kept.
pub(in crate::web) fn month_start(month: &str, zone: Tz) -> DateTime<Utc> {
    let month = month.parse::<Month>().ok();
    month.map_or(DateTime::UNIX_EPOCH, |month| instant(month.period(zone).start()))
}

/// All of it.
pub(super) fn report(stored: &Stored, around: Around) -> Report {
    let Stored { head, document } = stored;
    let zone = super::zone(stored);
    let (figures, uptime) = (&document.figures, &document.figures.uptime);
    let promised = document.promised.as_ref();
    let known = uptime.up + uptime.down;
    let budget = promised.and_then(|promised| promised.down_allowed(known));
    let place = around.place;
    let counting = around.revisions.iter().find(|made| made.head.superseded_at.is_none());
    let counting = counting.filter(|made| made.head.id != head.id);
    let whole = uptime.window == uptime.period;
    Report {
        provider: document.provider.clone(),
        client: document.client.clone(),
        link: document.link.name.clone(),
        reference: document.link.reference.clone(),
        kind: document.link.kind.clone(),
        committed_download: document.link.committed_down_bps as f64,
        committed_upload: document.link.committed_up_bps as f64,
        begin: instant(uptime.period.start()),
        end: instant(uptime.period.end()),
        zone,
        in_service: (!whole).then(|| (instant(uptime.window.start()), instant(uptime.window.end()))),
        revision: document.revision,
        made_at: document.made_at,
        made_by: document.made_by.clone(),
        reason: document.reason.clone(),
        agreement: agreed::agreement(document.agreement),
        superseded: head.superseded_at.is_some(),
        current_href: counting.map(|made| place.page(made.head.id)),
        verdict: verdict(head),
        profile: promised.map(|promised| (promised.profile.clone(), promised.version)),
        promises: agreed::promises(
            promised.map(|promised| promised.thresholds).unwrap_or_default(),
            figures,
        ),
        uptime: uptime.share().map(percent),
        coverage: uptime.coverage().map(percent),
        time: TimeSums {
            accountable: seconds(uptime.accountable),
            up: seconds(uptime.up),
            down: seconds(uptime.down),
            unknown: seconds(uptime.unknown),
            excluded: seconds(uptime.excluded),
            unscheduled: seconds(uptime.window.seconds() - uptime.scheduled),
        },
        budget: budget.filter(|_| known > 0).map(|allowed| Budget {
            allowed: seconds(allowed),
            used: seconds(uptime.down),
        }),
        without_exclusions: document.without_exclusions.as_ref().map(|without| Without {
            uptime: without.uptime.share().map(percent),
            down: seconds(without.uptime.down),
            verdict: called(Called::of(without.judgement.verdict, promised.is_some())),
        }),
        days: happened::days(document),
        outages: happened::outages(document),
        taken_out: happened::taken_out(document),
        changes: happened::changes(document),
        traffic: happened::traffic(document),
        measured: print::measurements(document),
        credit: agreed::credit(document, around.decision, around.earlier.iter().map(earlier).collect()),
        months: around
            .months
            .iter()
            .map(|month| bar(month, head, zone, place))
            .collect(),
        method: agreed::method(promised),
        digests: Digests {
            document: hex(&head.digest),
            measured: document.inputs.measured.clone(),
            agreed: document.inputs.agreed.clone(),
            samples: document.inputs.samples as u64,
        },
        revisions: around
            .revisions
            .into_iter()
            .map(|made| revision(made, head, place))
            .collect(),
    }
}

fn bar(month: &Head, this: &Head, zone: Tz, place: Place) -> MonthBar {
    MonthBar {
        begin: month_start(&month.month, zone),
        uptime: month.share().map(percent),
        share: month.share().map(|share| share.approximately() * 100.0),
        down: seconds(month.down_seconds),
        verdict: verdict(month),
        href: (month.id != this.id).then(|| place.page(month.id)),
    }
}

fn revision(made: Made, this: &Head, place: Place) -> Revision {
    let head = made.head;
    Revision {
        revision: head.revision,
        made_at: head.made_at,
        made_by: made.by,
        reason: made.reason,
        uptime: head.share().map(percent),
        down: seconds(head.down_seconds),
        verdict: verdict(&head),
        href: (head.id != this.id).then(|| place.page(head.id)),
        counts: head.superseded_at.is_none(),
    }
}
