//! How much downtime a promise of uptime leaves room for: of a month that is over, and of one that still runs.

use super::{
    fraction::{Percentage, WHOLE},
    uptime::Uptime,
};

/// The most seconds of `known` that may be down while `least` of it is up: cut off, so that so much is still met.
#[must_use]
pub fn down_allowed(least: Percentage, known: i64) -> i64 {
    let down = i128::from(known.max(0)) * i128::from(WHOLE - least.millionths());
    i64::try_from(down / i128::from(WHOLE)).unwrap_or(i64::MAX)
}

/// Whether a promise can still be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// As long as no more than so many seconds are down until the end, if all of them are seen.
    Left(i64),
    /// Not even if nothing is down any more.
    Lost,
}

/// What is left of the room for downtime after `so_far`, with `rest` seconds still to come that count.
#[must_use]
pub fn forecast(least: Percentage, so_far: &Uptime, rest: i64) -> Forecast {
    let rest = rest.max(0);
    let allowed = down_allowed(least, so_far.up + so_far.down + rest);
    match allowed - so_far.down {
        left if left < 0 => Forecast::Lost,
        left => Forecast::Left(left.min(rest)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        links::slot::{SampleState, Slot},
        sla::{intervals::Interval, uptime::Terms},
    };

    /// So many slots up and then down.
    fn so_far(up: i32, down: i32) -> Uptime {
        let state = |number| match number < up {
            true => SampleState::Up,
            false => SampleState::Down,
        };
        let states = (0..up + down).map(|number| (Slot::from_number(number), state(number)));
        let period = Interval::new(0, i64::from(up + down) * 300);
        Uptime::measure(&Terms::over(period), states, &[])
    }

    fn is_met(least: Percentage, up: i64, down: i64) -> bool {
        i128::from(up) * i128::from(WHOLE) >= i128::from(up + down) * i128::from(least.millionths())
    }

    #[test]
    fn a_month_of_thirty_days_at_three_nines_leaves_three_quarters_of_an_hour() {
        let least = "99.9".parse().unwrap();
        assert_eq!(down_allowed(least, 30 * 86_400), 2_592);
        let day = so_far(288, 0);
        assert_eq!(forecast(least, &day, 29 * 86_400), Forecast::Left(2_592));
        let bad = so_far(279, 9);
        assert_eq!(forecast(least, &bad, 29 * 86_400), Forecast::Lost);
        assert_eq!(forecast(least, &so_far(288, 0), 60), Forecast::Left(60));
    }

    proptest! {
        #[test]
        fn what_is_allowed_to_be_down_is_met_and_a_second_more_is_not(known in 1..40_000_000_i64, millionths in 0..=WHOLE) {
            let least = Percentage::from_millionths(millionths).unwrap();
            let allowed = down_allowed(least, known);
            prop_assert!(is_met(least, known - allowed, allowed));
            prop_assert!(allowed == known || !is_met(least, known - allowed - 1, allowed + 1));
        }

        #[test]
        fn a_forecast_is_exact_to_the_second(up in 0..2_000_i32, down in 0..50_i32, rest in 0..3_000_000_i64, millionths in 0..=WHOLE) {
            let least = Percentage::from_millionths(millionths).unwrap();
            let so_far = so_far(up, down);
            // With `more` of the rest down and the rest of it up.
            let ends_well = |more: i64| is_met(least, so_far.up + rest - more, so_far.down + more);
            match forecast(least, &so_far, rest) {
                Forecast::Left(left) => {
                    prop_assert!(ends_well(left));
                    prop_assert!(left == rest || !ends_well(left + 1));
                }
                Forecast::Lost => prop_assert!(!ends_well(0)),
            }
        }
    }
}
