//! A stored report as its page's facts. Pure functions.

use app::{
    report::{
        Report, Verdict,
        facts::{
            Agreement, Budget, Credit, Day, Decision, Digests, Earlier, Exclusion, ExclusionKind, Kept, Method, Metric, MonthBar,
            Outage, Promise, Revision, TakenOut, TimeSums, Traffic, WindowChange, Without,
        },
    },
    ui::number,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{
    credit_decision,
    sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
    sla_report::ReportVerdict,
};

use super::Place;
use crate::{
    domain::{
        calendar::{Month, instant},
        money::{Currency, Money},
        reports::{
            AgreementOf, Document, Stored,
            credits::OnRevision,
            document::{Called, Cause, Promised},
            list::Head,
        },
        sla::{
            calculation::Calculation,
            fraction::{Fraction, Percentage},
            thresholds::{self, Thresholds},
        },
    },
    keyring::hex,
    print,
};

/// Digits of a percentage after its point.
const DECIMALS: u32 = 3;

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
    share.percent_shown(DECIMALS)
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
        agreement: agreement(document.agreement),
        superseded: head.superseded_at.is_some(),
        current_href: counting.map(|made| place.page(made.head.id)),
        verdict: verdict(head),
        profile: promised.map(|promised| (promised.profile.clone(), promised.version)),
        promises: promises(
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
        days: days(document),
        outages: outages(document),
        taken_out: taken_out(document),
        changes: changes(document),
        traffic: traffic(document),
        measured: print::measurements(document),
        credit: credit(document, around.decision, around.earlier.iter().map(earlier).collect()),
        months: around
            .months
            .iter()
            .map(|month| bar(month, head, zone, place))
            .collect(),
        method: method(promised),
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

fn agreement(of: AgreementOf) -> Agreement {
    match of {
        AgreementOf::MonthsEnd => Agreement::MonthsEnd,
        AgreementOf::RevisionBefore => Agreement::RevisionBefore,
        AgreementOf::Today => Agreement::Today,
    }
}

fn promises(promised: Thresholds, figures: &Calculation) -> Vec<Promise> {
    let judged = &figures.judgement;
    let kept = |kept: Option<thresholds::Kept>| match kept {
        None => Kept::NotAgreed,
        Some(thresholds::Kept::Met) => Kept::Met,
        Some(thresholds::Kept::Breached) => Kept::Breached,
        Some(thresholds::Kept::NoData) => Kept::NoData,
    };
    let share = |text: String| format!("{text}\u{a0}%");
    let limit = |percentage: Percentage| share(percentage.to_string());
    let most = |micros: u32| number::milliseconds(f64::from(micros) / 1_000.0);
    let mean = |micros: Fraction| format!("{}\u{a0}ms", micros.of_a_thousand().truncated(DECIMALS));
    let quality = &figures.quality;
    let promise = |metric, promised: Option<String>, measured: Option<String>, judged| Promise {
        metric,
        promised,
        measured,
        kept: kept(judged),
    };
    vec![
        promise(
            Metric::Uptime,
            promised.uptime.map(limit),
            figures.uptime.share().map(percent).map(share),
            judged.uptime,
        ),
        promise(
            Metric::Latency,
            promised.latency_us.map(most),
            quality.latency_us().map(mean),
            judged.latency,
        ),
        promise(
            Metric::Jitter,
            promised.jitter_us.map(most),
            quality.jitter_us().map(mean),
            judged.jitter,
        ),
        promise(
            Metric::Loss,
            promised.loss.map(limit),
            quality.loss().map(|loss| share(loss.percent_truncated(DECIMALS))),
            judged.loss,
        ),
    ]
}

fn days(document: &Document) -> Vec<Day> {
    let day = |day: &crate::domain::reports::document::DayFigures| {
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

fn outages(document: &Document) -> Vec<Outage> {
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

fn taken_out(document: &Document) -> Vec<TakenOut> {
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

fn changes(document: &Document) -> Vec<WindowChange> {
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

fn traffic(document: &Document) -> Traffic {
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

/// A decision on another revision.
pub(in crate::web) fn earlier(on: &OnRevision) -> Earlier {
    let amount = Money::new(on.made.amount_minor, Currency::of_kept(&on.head.currency));
    Earlier {
        revision: on.head.revision,
        approved: (on.made.decision == credit_decision::Decision::Approved).then(|| amount.to_string()),
    }
}

fn credit(document: &Document, decision: Option<credit_decision::Model>, earlier: Vec<Earlier>) -> Option<Credit> {
    let credit = document.figures.credit?;
    let currency = Currency::of_kept(&document.currency);
    let money = |minor: i64| Money::new(minor, currency).to_string();
    Some(Credit {
        fee: money(credit.prorated_fee),
        share: credit.share.to_string(),
        amount: money(credit.amount),
        earlier,
        decision: match decision {
            None if credit.amount == 0 => Decision::Nothing,
            None => Decision::Open,
            Some(made) => match made.decision {
                credit_decision::Decision::Approved => Decision::Approved {
                    amount: money(made.amount_minor),
                    note: made.note,
                    at: made.decided_at,
                },
                credit_decision::Decision::Declined => Decision::Declined {
                    note: made.note,
                    at: made.decided_at,
                },
            },
        },
    })
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

fn method(promised: Option<&Promised>) -> Method {
    let hours = |day: &Vec<(u16, u16)>| {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let spans = day.iter().map(|(from, to)| [clock(*from), clock(*to)].join("–"));
        spans.collect::<Vec<_>>().join(", ")
    };
    let service_hours = promised.and_then(|promised| promised.service_hours.as_ref());
    Method {
        by_seconds: promised.is_some_and(|promised| promised.measured_by == MeasuredBy::Edges),
        unreachable_is_down: promised.is_some_and(|promised| promised.unreachable_is == UnreachableIs::Down),
        disabled_is_down: promised.is_some_and(|promised| promised.disabled_is == DisabledIs::Down),
        service_hours: service_hours.map(|week| week.iter().map(hours).collect()),
        percentile_of_sum: promised.is_some_and(|promised| promised.percentile_of == PercentileOf::Sum),
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
