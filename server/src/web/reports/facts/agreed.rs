//! What was promised and how it was counted, and what is owed for it.

use app::report::facts::{Agreement, Credit, Decision, Earlier, Kept, Method, Metric, Promise};
use entity::{
    credit_decision,
    sla_profile_version::{DisabledIs, MeasuredBy, PercentileOf, UnreachableIs},
};

use crate::domain::{
    money::{Currency, Money},
    reports::{AgreementOf, Document, credits::OnRevision, document::Promised, words},
    sla::{
        calculation::Calculation,
        fraction::Percentage,
        thresholds::{self, Thresholds},
    },
};

pub(super) fn agreement(of: AgreementOf) -> Agreement {
    match of {
        AgreementOf::MonthsEnd => Agreement::MonthsEnd,
        AgreementOf::RevisionBefore => Agreement::RevisionBefore,
        AgreementOf::Today => Agreement::Today,
    }
}

pub(super) fn promises(promised: Thresholds, figures: &Calculation) -> Vec<Promise> {
    let judged = &figures.judgement;
    let kept = |kept: Option<thresholds::Kept>| match kept {
        None => Kept::NotAgreed,
        Some(thresholds::Kept::Met) => Kept::Met,
        Some(thresholds::Kept::Breached) => Kept::Breached,
        Some(thresholds::Kept::NoData) => Kept::NoData,
    };
    let limit = |percentage: Percentage| format!("{percentage}\u{a0}%");
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
            figures.uptime.share().map(|share| words::percent(Some(share))),
            judged.uptime,
        ),
        promise(
            Metric::Latency,
            promised.latency_us.map(words::limit),
            quality.latency_us().map(|mean| words::milliseconds(Some(mean))),
            judged.latency,
        ),
        promise(
            Metric::Jitter,
            promised.jitter_us.map(words::limit),
            quality.jitter_us().map(|mean| words::milliseconds(Some(mean))),
            judged.jitter,
        ),
        promise(
            Metric::Loss,
            promised.loss.map(limit),
            quality.loss().map(|loss| words::percent(Some(loss))),
            judged.loss,
        ),
    ]
}

pub(super) fn method(promised: Option<&Promised>) -> Method {
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

pub(super) fn credit(
    document: &Document,
    decision: Option<credit_decision::Model>,
    earlier: Vec<Earlier>,
) -> Option<Credit> {
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

/// A decision on another revision.
pub(in crate::web) fn earlier(on: &OnRevision) -> Earlier {
    let amount = Money::new(on.made.amount_minor, Currency::of_kept(&on.head.currency));
    Earlier {
        revision: on.head.revision,
        approved: (on.made.decision == credit_decision::Decision::Approved).then(|| amount.to_string()),
    }
}
