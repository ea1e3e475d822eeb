//! When a router is polled: at its own phase of the tenant's cycle, and sooner after a failure. Pure arithmetic.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::RouterId;

/// No poll may take longer.
const LONGEST_POLL: Duration = Duration::from_secs(30);

/// How long a router that failed once is left alone, in milliseconds; twice as long each time after.
const FIRST_PAUSE_MS: i64 = 5_000;

/// The instants at which one router is due: those ≡ phase (mod cycle).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    cycle_ms: i64,
    phase_ms: i64,
}

impl Schedule {
    /// The phase is a hash of the router's id, so that routers lie evenly over the cycle and each stays where it is.
    /// The last tenth of the cycle stays free: a poll that begins a moment late must not fall into the next slot.
    pub(super) fn new(router: RouterId, cycle_seconds: i32) -> Self {
        let cycle_ms = i64::from(cycle_seconds.max(1)) * 1000;
        let span = (cycle_ms - cycle_ms / 10).unsigned_abs();
        Self {
            cycle_ms,
            phase_ms: i64::try_from(hash(router) % span).unwrap_or(0),
        }
    }

    /// The first instant after `at` that is due.
    pub(super) fn next_after(self, at: DateTime<Utc>) -> DateTime<Utc> {
        let since = (at.timestamp_millis() - self.phase_ms).rem_euclid(self.cycle_ms);
        at + TimeDelta::milliseconds(self.cycle_ms - since)
    }

    /// Whether a poll that was due at `due` was not over when the next was.
    pub(super) fn overran(self, due: DateTime<Utc>, ended: DateTime<Utc>) -> bool {
        (ended - due).num_milliseconds() >= self.cycle_ms
    }

    /// When to look again after `failures` in a row: never later than when the router is due anyway.
    pub(super) fn retry(self, failures: u32, now: DateTime<Utc>) -> DateTime<Utc> {
        let pause = self.pause_ms(failures);
        self.next_after(now).min(now + TimeDelta::milliseconds(pause))
    }

    /// When to connect anew after `losses` in a row: apart from other routers, for whatever ended one connection may have
    /// ended all.
    pub(super) fn reconnect(self, losses: u32, now: DateTime<Utc>) -> DateTime<Utc> {
        let pause = self.pause_ms(losses);
        let apart = self.phase_ms % pause;
        self.next_after(now).min(now + TimeDelta::milliseconds(pause + apart))
    }

    fn pause_ms(self, failures: u32) -> i64 {
        let doublings = failures.saturating_sub(1).min(16);
        (FIRST_PAUSE_MS << doublings).min(self.cycle_ms)
    }

    /// When a router that this process takes over has its first turn: at once, unless somebody polled it within a cycle.
    pub(super) fn first(self, last_poll: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        match last_poll {
            Some(last) if last <= now && self.next_after(last) > now => self.next_after(now),
            _ => now,
        }
    }

    /// How long one poll may take.
    pub(super) fn limit(self) -> Duration {
        LONGEST_POLL.min(Duration::from_millis(self.cycle_ms.unsigned_abs()))
    }

    /// How long after a poll's beginning its pings are waited for: 20 seconds of 30, so that slow ones cost the links
    /// nothing else.
    pub(super) fn pings_limit(self) -> Duration {
        self.limit() * 2 / 3
    }
}

/// Splitmix64's last step over the id: the same in every process and release.
fn hash(router: RouterId) -> u64 {
    let (high, low) = router.0.as_u64_pair();
    let mixed = (high ^ low.rotate_left(32)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn a_router_is_due_once_a_cycle_at_its_own_phase() {
        for cycle in [60, 100, 150, 300] {
            let schedule = Schedule::new(RouterId::new(), cycle);
            let first = schedule.next_after(at(1_000_000));
            let second = schedule.next_after(first);
            assert_eq!(second - first, TimeDelta::seconds(cycle.into()));
            assert_eq!(
                first.timestamp_millis().rem_euclid(schedule.cycle_ms),
                schedule.phase_ms
            );
            assert!(schedule.phase_ms < schedule.cycle_ms * 9 / 10);
            assert!(!schedule.overran(first, second - TimeDelta::milliseconds(1)));
            assert!(schedule.overran(first, second));
        }
    }

    #[test]
    fn a_thousand_routers_are_spread_evenly() {
        let mut tenths = [0; 9];
        for _ in 0..900 {
            let phase = Schedule::new(RouterId::new(), 300).phase_ms;
            tenths[usize::try_from(phase / 30_000).unwrap()] += 1;
        }
        assert!(tenths.iter().all(|count| (60..=140).contains(count)), "{tenths:?}");
    }

    #[test]
    fn a_router_that_fails_is_asked_again_later_and_later_but_never_misses_its_turn() {
        let schedule = Schedule {
            cycle_ms: 300_000,
            phase_ms: 0,
        };
        let after = |failures, now| (schedule.retry(failures, at(now)) - at(now)).num_seconds();
        assert_eq!([1, 2, 3, 4].map(|failures| after(failures, 0)), [5, 10, 20, 40]);
        assert_eq!(after(1, 298), 2, "its turn comes first");
        assert_eq!(after(30, 10), 290);
    }

    #[test]
    fn connections_that_ended_together_are_not_made_anew_together() {
        let of = |phase_ms| Schedule {
            cycle_ms: 300_000,
            phase_ms,
        };
        let after = |phase_ms, losses, now| (of(phase_ms).reconnect(losses, at(now)) - at(now)).num_milliseconds();
        assert_eq!(
            [0, 1, 2, 3].map(|losses| after(0, losses, 10)),
            [5_000, 5_000, 10_000, 20_000]
        );
        assert_eq!(
            [101_000, 204_999].map(|phase_ms| after(phase_ms, 1, 10)),
            [6_000, 9_999]
        );
        assert_eq!(after(12_000, 1, 10), 2_000, "its turn comes first");
        assert_eq!(after(100_000, 30, 110), 290_000, "in the end it waits for its turn");
    }

    #[test]
    fn a_router_that_was_just_polled_elsewhere_waits_for_its_turn() {
        let schedule = Schedule {
            cycle_ms: 300_000,
            phase_ms: 10_000,
        };
        assert_eq!(schedule.first(None, at(20)), at(20));
        assert_eq!(schedule.first(Some(at(11)), at(20)), at(310));
        assert_eq!(schedule.first(Some(at(5)), at(20)), at(20), "it missed its turn");
    }
}
