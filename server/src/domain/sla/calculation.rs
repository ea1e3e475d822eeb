//! A month of a link, calculated from its stored samples: everything that a report says, and nothing that it looks like.

use chrono::DateTime;
use entity::{LinkId, Tenant, link_edge, sla_profile_version::PercentileOf};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    billing::Billing,
    credit::{Credit, CreditTerms},
    fraction::Fraction,
    gathered::Gathered,
    intervals::Interval,
    latency::Quality,
    thresholds::{Judgement, Kept, Thresholds, Verdict},
    uptime::{Edge, Terms, Uptime},
};
use crate::domain::links::{
    days::DaysError,
    interruptions,
    slot::{Sample, Slot},
    store,
};

/// What was agreed besides when and how time counts.
#[derive(Clone, Debug)]
pub struct Agreement {
    pub thresholds: Thresholds,
    pub credit: CreditTerms,
    /// What is paid a month, in minor units; none: there is nothing to take a credit of.
    pub monthly_fee: Option<i64>,
    pub percentile_of: PercentileOf,
}

/// The figures of a link and month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calculation {
    pub uptime: Uptime,
    pub quality: Quality,
    pub billing: Billing,
    pub judgement: Judgement,
    /// None where nothing is paid.
    pub credit: Option<Credit>,
}

impl Calculation {
    /// Calculates from the samples of the period, which ascend by slot, and the edges in it, which ascend too.
    #[must_use]
    pub fn of(terms: &Terms, agreement: &Agreement, samples: &[Sample], edges: &[Edge]) -> Self {
        let mut gathered = Gathered::new(terms, agreement.percentile_of);
        gathered.take_samples(samples);
        Self::from_gathered(terms, agreement, gathered, edges)
    }

    /// The figures of what was gathered by the same terms.
    pub(super) fn from_gathered(terms: &Terms, agreement: &Agreement, gathered: Gathered<'_>, edges: &[Edge]) -> Self {
        let (states, quality, billing) = gathered.finish();
        let uptime = Uptime::measure(terms, states, edges);
        let judgement = agreement.thresholds.judge(&uptime, &quality);
        let credit = |fee| agreement.credit.credit(fee, &uptime, judgement.verdict);
        Self {
            billing,
            credit: agreement.monthly_fee.map(credit),
            judgement,
            uptime,
            quality,
        }
    }

    /// For programs. Shares and means are cut off and never rounded; exact fractions stand beside those that are judged.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let Self {
            uptime,
            quality,
            billing,
            judgement,
            credit,
        } = self;
        let percent = |share: Option<Fraction>| share.map(|share| share.percent_truncated(6));
        let milliseconds = |mean: Option<Fraction>| mean.map(|mean| mean.of_a_thousand().truncated(6));
        let incidents = uptime.outages.iter().map(|outage| {
            json!([
                time(outage.span.start()),
                time(outage.span.end()),
                outage.counted_seconds
            ])
        });
        let metrics = [
            ("uptime", judgement.uptime),
            ("latency", judgement.latency),
            ("jitter", judgement.jitter),
            ("loss", judgement.loss),
        ];
        let metrics = metrics
            .into_iter()
            .filter_map(|(name, kept)| Some((name.to_owned(), kept_name(kept?).into())));
        json!({
            "period": [time(uptime.period.start()), time(uptime.period.end())],
            "period_s": uptime.period.seconds(),
            "slots": uptime.slots(),
            "window_s": uptime.window.seconds(),
            "scheduled_s": uptime.scheduled,
            "excluded_s": uptime.excluded,
            "disabled_s": uptime.disabled,
            "accountable_s": uptime.accountable,
            "up_s": uptime.up,
            "down_s": uptime.down,
            "unknown_s": uptime.unknown,
            "uptime": uptime.share().map(fraction),
            "uptime_pct": percent(uptime.share()),
            "coverage_pct": percent(uptime.coverage()),
            "incidents": incidents.collect::<Vec<_>>(),
            "latency_ms": milliseconds(quality.latency_us()),
            "jitter_ms": milliseconds(quality.jitter_us()),
            "loss": quality.loss().map(fraction),
            "loss_pct": percent(quality.loss()),
            "rx_octets": billing.rx_octets,
            "tx_octets": billing.tx_octets,
            "rx_95_bps": billing.rx_95,
            "tx_95_bps": billing.tx_95,
            "billed_95_bps": billing.billed,
            "credit": credit.map(|credit| json!({
                "prorated_fee_minor": credit.prorated_fee,
                "credit_pct": credit.share.to_string(),
                "credit_minor": credit.amount,
            })),
            "metrics": metrics.collect::<Map<_, _>>(),
            "verdict": verdict_name(judgement.verdict),
        })
    }
}

/// What was stored of a link in a period.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// By slot; the one before the window too, which says what the window began as.
    pub samples: Vec<Sample>,
    /// By their time.
    pub edges: Vec<link_edge::Model>,
}

impl Inputs {
    /// Reads what is stored of `link` in `window`.
    ///
    /// # Errors
    /// When the database does not answer, or a sealed day can't be read.
    pub async fn read(tenant: &Tenant<'_>, link: LinkId, window: Interval) -> Result<Self, DaysError> {
        if window.is_empty() {
            return Ok(Self {
                samples: Vec::new(),
                edges: Vec::new(),
            });
        }
        let (first, last) = (Slot::from_second(window.start()), Slot::from_second(window.end() - 1));
        Ok(Self {
            samples: store::samples(tenant, link, first.plus(-1), last).await?,
            edges: interruptions::edges(tenant, link, window).await?,
        })
    }
}

/// Links that are best calculated together: a query for each would take longer than what it reads.
pub const TOGETHER: usize = 40;

/// Calculates each link by its terms and its agreement from what is stored: the same as from [`Inputs`], from whichever
/// source tells it cheapest. In the order of the links, which best are [`TOGETHER`].
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn calculate(
    tenant: &Tenant<'_>,
    links: &[(LinkId, Terms, Agreement)],
) -> Result<Vec<Calculation>, DaysError> {
    let wanted = links
        .iter()
        .map(|(link, terms, agreement)| (*link, terms, agreement.percentile_of));
    let gathered = Gathered::read(tenant, wanted).await?;
    let mut calculated = Vec::with_capacity(links.len());
    for ((link, terms, agreement), gathered) in links.iter().zip(gathered) {
        let edges = interruptions::counted_edges(tenant, *link, terms).await?;
        calculated.push(Calculation::from_gathered(terms, agreement, gathered, &edges));
    }
    Ok(calculated)
}

fn time(second: i64) -> Option<String> {
    DateTime::from_timestamp(second, 0).map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn fraction(share: Fraction) -> Value {
    json!([share.numerator().to_string(), share.denominator().to_string()])
}

fn kept_name(kept: Kept) -> &'static str {
    match kept {
        Kept::Met => "met",
        Kept::Breached => "BREACH",
        Kept::NoData => "no data",
    }
}

/// The word for a verdict in files and on the command line.
#[must_use]
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::Breached => "BREACH",
        Verdict::InsufficientData => "insufficient data",
        Verdict::NoData => "no data",
    }
}
