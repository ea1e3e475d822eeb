//! What a provider owes for a month in which the uptime was too low (R16).
//!
//! Amounts are whole minor units of the tenant's currency; which currency that is does not matter here.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    fraction::{Percentage, WHOLE},
    thresholds::Verdict,
    uptime::Uptime,
};

/// Less than so much uptime earns so much of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    pub below: Percentage,
    pub credit: Percentage,
}

/// What was agreed about credits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditTerms {
    /// In any order. The strictest that was undercut counts alone.
    pub tiers: Vec<Tier>,
    /// The most that is given, of the fee; none: all of it.
    pub most: Option<Percentage>,
}

/// A month's credit. It is a proposal until somebody approves it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The fee for the seconds in which the link was in service.
    pub prorated_fee: i64,
    /// Of that fee.
    pub share: Percentage,
    pub amount: i64,
}

impl CreditTerms {
    /// As it is kept: pairs of millionths of a percent.
    #[must_use]
    pub fn to_kept(&self) -> Option<Value> {
        let pair = |tier: &Tier| [tier.below.millionths(), tier.credit.millionths()];
        (!self.tiers.is_empty()).then(|| json!(self.tiers.iter().map(pair).collect::<Vec<_>>()))
    }

    /// What was kept; nothing that can't be read.
    #[must_use]
    pub fn from_kept(tiers: Option<&Value>, most: Option<i64>) -> Self {
        let percentage = |millionths: u32| Percentage::from_millionths(millionths).ok();
        let pairs: Vec<[u32; 2]> = tiers
            .and_then(|tiers| serde_json::from_value(tiers.clone()).ok())
            .unwrap_or_default();
        let tier = |[below, credit]: [u32; 2]| {
            Some(Tier {
                below: percentage(below)?,
                credit: percentage(credit)?,
            })
        };
        Self {
            tiers: pairs.into_iter().filter_map(tier).collect(),
            most: most.and_then(|most| percentage(u32::try_from(most).ok()?)),
        }
    }

    /// The credit on a monthly `fee`, of zero or more. Where nothing or too little is known, there is none.
    pub fn credit(&self, fee: i64, uptime: &Uptime, verdict: Verdict) -> Credit {
        let prorated_fee = half_up(fee, uptime.window.seconds(), uptime.period.seconds());
        let undercut = |tier: &&Tier| {
            let share = uptime.share();
            share.is_some_and(|share| share.cmp_percentage(tier.below) == Ordering::Less)
        };
        let tier = match verdict {
            Verdict::NoData | Verdict::InsufficientData => None,
            Verdict::Met | Verdict::Breached => self.tiers.iter().filter(undercut).min_by_key(|tier| tier.below),
        };
        let share = tier.map_or(Percentage::default(), |tier| tier.credit);
        let share = share.min(self.most.unwrap_or(Percentage::ALL));
        Credit {
            prorated_fee,
            share,
            amount: half_up(prorated_fee, share.millionths().into(), WHOLE.into()),
        }
    }
}

/// `amount` × `part` / `whole`, a half rounded up; zero of nothing.
fn half_up(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let rounded = (2 * i128::from(amount) * part + whole) / (2 * whole);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{intervals::Interval, uptime::Terms},
        *,
    };
    use crate::domain::links::slot::{SampleState, Slot};

    /// A thousand slots of which so many were down, in service for all of them.
    fn uptime(down: i32) -> Uptime {
        let state = |number| {
            if number < down {
                SampleState::Down
            } else {
                SampleState::Up
            }
        };
        let states = (0..1_000).map(|number| (Slot::from_number(number), state(number)));
        Uptime::measure(&Terms::over(Interval::new(0, 300_000)), states, &[])
    }

    fn percent(text: &str) -> Percentage {
        text.parse().unwrap()
    }

    fn terms(most: Option<&str>) -> CreditTerms {
        let tiers = [("95", "50"), ("99.9", "5"), ("99", "12.5")];
        CreditTerms {
            tiers: tiers
                .map(|(below, credit)| Tier {
                    below: percent(below),
                    credit: percent(credit),
                })
                .to_vec(),
            most: most.map(percent),
        }
    }

    #[test]
    fn the_strictest_tier_that_was_undercut_counts_alone() {
        let amount = |down| terms(None).credit(10_000, &uptime(down), Verdict::Breached).amount;
        // 99.9 % is not less than 99.9 %.
        assert_eq!(
            [0, 1, 2, 10, 11, 50, 51].map(amount),
            [0, 0, 500, 500, 1_250, 1_250, 5_000]
        );
    }

    #[test]
    fn a_credit_has_a_ceiling_and_takes_knowledge() {
        let credit = |verdict| terms(Some("20")).credit(10_000, &uptime(60), verdict);
        assert_eq!(credit(Verdict::Breached).amount, 2_000);
        for verdict in [Verdict::NoData, Verdict::InsufficientData] {
            assert_eq!(
                credit(verdict),
                Credit {
                    prorated_fee: 10_000,
                    ..Credit::default()
                }
            );
        }
    }

    #[test]
    fn what_is_kept_reads_back() {
        for terms in [terms(None), terms(Some("20")), CreditTerms::default()] {
            let most = terms.most.map(|most| most.millionths().into());
            assert_eq!(CreditTerms::from_kept(terms.to_kept().as_ref(), most), terms);
        }
        assert_eq!(
            CreditTerms::from_kept(Some(&json!("x")), Some(-1)),
            CreditTerms::default()
        );
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(
            [
                half_up(5, 1, 2),
                half_up(5, 1, 3),
                half_up(7, 5, 100),
                half_up(30, 5, 100)
            ],
            [3, 2, 0, 2]
        );
        assert_eq!(half_up(100, 1, 0), 0);
        assert_eq!(half_up(i64::MAX, i64::MAX, i64::MAX), i64::MAX);
    }

    proptest! {
        #[test]
        fn more_downtime_never_lowers_a_credit_and_none_exceeds_the_fee(fee in 0..i64::MAX, down in 0..1_000) {
            let credit = |down| terms(None).credit(fee, &uptime(down), Verdict::Breached);
            let (less, more) = (credit(down), credit(down + 1));
            prop_assert!(less.amount <= more.amount && more.amount <= fee, "{less:?} {more:?}");
        }
    }
}
