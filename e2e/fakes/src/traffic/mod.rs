//! What flows over a simulated link at any moment: a pure function of a seed and the time.
//!
//! The fake router's counters and the demo's 60 days of history come from the same function, so
//! that the live counters go on from the history without a seam. Rates stay constant for a step
//! of 10 s; everything is integer arithmetic, so sums agree to the octet: what a slot carried is
//! exactly the difference of the counters at its ends.
//!
//! Nothing here knows of outages: who owns the interface stops counting while it is down.

mod latency;
mod shape;

pub use latency::Latency;
pub use shape::Shape;

use crate::noise;

/// Rates are constant for this long, in milliseconds.
pub const STEP_MS: i64 = 10_000;
/// One sample of the product, in milliseconds. Slots are aligned to the epoch.
pub const SLOT_MS: i64 = 300_000;

const STEPS_PER_SLOT: i64 = SLOT_MS / STEP_MS;
const SLOTS_PER_WEEK: i64 = 7 * 24 * 3_600_000 / SLOT_MS;

/// Octets (or, as [`Traffic::rates_at`] returns them, bits per second) in both directions, seen
/// from the router: `tx` leaves it towards the customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Both {
    /// Received by the router's interface.
    pub rx: u64,
    /// Sent by the router's interface.
    pub tx: u64,
}

impl Both {
    /// Sums that go round at 2^64, as a router's counters do.
    pub fn wrapping_add(self, other: Self) -> Self {
        Self {
            rx: self.rx.wrapping_add(other.rx),
            tx: self.tx.wrapping_add(other.tx),
        }
    }
}

/// The traffic of one interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Two interfaces with different seeds differ in every detail but the shape.
    pub seed: u64,
    /// The rhythm of the day and the week.
    pub shape: Shape,
    /// What no rate ever exceeds, in bits per second: usually the committed bandwidth.
    pub ceiling_bps: Both,
    /// Local time of the people who use the link, in minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// How it becomes more; `None` where it stays the same.
    pub growth: Option<Growth>,
}

/// Traffic that becomes more by the same amount each week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// By so much a week, in thousandths of what it is at `from_ms`.
    pub per_mille_a_week: u32,
    /// When it is as much as it would be without growth, in Unix milliseconds.
    pub from_ms: i64,
}

impl Growth {
    /// The factor in a slot, in millionths: at least a tenth, at most three times as much.
    fn factor(self, slot: i64) -> u64 {
        let slots = slot - self.from_ms.div_euclid(SLOT_MS);
        let more = i64::from(self.per_mille_a_week) * 1_000 * slots / SLOTS_PER_WEEK;
        (1_000_000 + more).clamp(100_000, 3_000_000) as u64
    }
}

impl Traffic {
    /// Bits per second at a moment.
    pub fn rates_at(&self, unix_ms: i64) -> Both {
        let step = unix_ms.div_euclid(STEP_MS);
        self.step_rates(self.slot_level(step.div_euclid(STEPS_PER_SLOT)), step)
    }

    /// Octets that flow from `from_ms` (inclusive) to `to_ms` (exclusive); none when the interval
    /// is empty or backwards.
    ///
    /// For any `a <= b <= c`, `between(a, b) + between(b, c) == between(a, c)` exactly. The cost
    /// grows with the length: 60 days take some 10 ms even in a debug build.
    pub fn octets_between(&self, from_ms: i64, to_ms: i64) -> Both {
        if to_ms <= from_ms {
            return Both::default();
        }
        let first = from_ms.div_euclid(STEP_MS);
        let last = to_ms.div_euclid(STEP_MS);
        let whole = self.whole_steps(first, last);
        let head = self.within_step(from_ms);
        let tail = self.within_step(to_ms);
        Both {
            rx: whole.rx + tail.rx - head.rx,
            tx: whole.tx + tail.tx - head.tx,
        }
    }

    /// Octets of the slot that begins at `slot * 300` seconds after the epoch.
    pub fn slot_octets(&self, slot: i64) -> Both {
        self.whole_steps(slot * STEPS_PER_SLOT, (slot + 1) * STEPS_PER_SLOT)
    }

    /// Packets that carry so many octets of this kind of traffic. Monotonic, so that the packets
    /// of a slot are the difference of this function at the counters of its ends.
    pub fn packets(&self, octets: u64) -> u64 {
        octets / self.shape.octets_per_packet()
    }

    /// Steps `first..last`, whole.
    fn whole_steps(&self, first: i64, last: i64) -> Both {
        let mut sum = Both::default();
        let mut step = first;
        while step < last {
            let slot = step.div_euclid(STEPS_PER_SLOT);
            let level = self.slot_level(slot);
            let end = last.min((slot + 1) * STEPS_PER_SLOT);
            for step in step..end {
                let rates = self.step_rates(level, step);
                // Rates are multiples of 4, so ten seconds are a whole number of octets.
                sum.rx += rates.rx / 4 * 5;
                sum.tx += rates.tx / 4 * 5;
            }
            step = end;
        }
        sum
    }

    /// Octets from the beginning of the step that holds the moment up to the moment.
    fn within_step(&self, unix_ms: i64) -> Both {
        let elapsed = unix_ms.rem_euclid(STEP_MS) as u64;
        let rates = self.rates_at(unix_ms);
        Both {
            rx: rates.rx / 4 * elapsed / 2_000,
            tx: rates.tx / 4 * elapsed / 2_000,
        }
    }

    /// What the slot would carry without the quick noise, as bits per second.
    fn slot_level(&self, slot: i64) -> Both {
        let local_seconds = slot * (SLOT_MS / 1_000) + i64::from(self.utc_offset_minutes) * 60;
        let rhythm = self.shape.level(local_seconds);
        let day = local_seconds.div_euclid(86_400) as u64;
        // Days differ by up to 15 %, neighbouring slots by up to 12 %.
        let of_day = 925 + noise::below(self.seed ^ 0xda7, day, 151);
        let of_slot = 940 + noise::below(self.seed ^ 0x5107, slot as u64, 121);
        let grown = self.growth.map_or(1_000_000, |growth| growth.factor(slot));
        let share = self.shape.direction_share();
        let scale = |ceiling: u64, share: u64| {
            let parts = u128::from(rhythm * share) * u128::from(of_day * of_slot);
            (u128::from(ceiling) * parts / 1_000_000_000_000 * u128::from(grown) / 1_000_000) as u64
        };
        Both {
            rx: scale(self.ceiling_bps.rx, share.rx),
            tx: scale(self.ceiling_bps.tx, share.tx),
        }
    }

    fn step_rates(&self, level: Both, step: i64) -> Both {
        let bits = noise::hash(self.seed, step as u64);
        let one = |level: u64, ceiling: u64, bits: u64| {
            // 75 % to 125 % of the level, and one step in 64 is a burst of up to twice that.
            let mut factor = 768 + (bits & 511);
            if bits & 0x7e00 == 0 {
                factor *= 2;
            }
            let rate = (u128::from(level) * u128::from(factor) / 1_024) as u64;
            rate.min(ceiling) & !3
        };
        Both {
            rx: one(level.rx, self.ceiling_bps.rx, bits),
            tx: one(level.tx, self.ceiling_bps.tx, bits >> 32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MARCH: i64 = 1_772_323_200_000;

    fn traffic(shape: Shape) -> Traffic {
        Traffic {
            seed: 7,
            shape,
            ceiling_bps: Both {
                rx: 100_000_000,
                tx: 1_000_000_000,
            },
            utc_offset_minutes: 330,
            growth: None,
        }
    }

    proptest! {
        #[test]
        fn a_longer_interval_is_the_sum_of_its_parts(
            start in -10_000_000i64..10_000_000, first in 0i64..4_000_000, second in 0i64..4_000_000,
        ) {
            for shape in Shape::ALL {
                let traffic = traffic(shape);
                let (a, b, c) = (start, start + first, start + first + second);
                prop_assert_eq!(
                    traffic.octets_between(a, b).wrapping_add(traffic.octets_between(b, c)),
                    traffic.octets_between(a, c)
                );
            }
        }

        #[test]
        fn no_rate_exceeds_its_ceiling(at in 0i64..4_000_000_000_000) {
            for shape in Shape::ALL {
                let traffic = traffic(shape);
                let rates = traffic.rates_at(at);
                prop_assert!(rates.rx <= traffic.ceiling_bps.rx);
                prop_assert!(rates.tx <= traffic.ceiling_bps.tx);
            }
        }
    }

    #[test]
    fn a_slot_is_what_flows_between_its_ends() {
        let traffic = traffic(Shape::Residential);
        for slot in MARCH / SLOT_MS..MARCH / SLOT_MS + 300 {
            assert_eq!(
                traffic.slot_octets(slot),
                traffic.octets_between(slot * SLOT_MS, (slot + 1) * SLOT_MS)
            );
        }
    }

    #[test]
    fn what_grows_does_so_by_the_same_each_week() {
        let week = 7 * 86_400_000;
        let growth = Some(Growth {
            per_mille_a_week: 50,
            from_ms: MARCH,
        });
        let growing = Traffic {
            growth,
            ..traffic(Shape::Idle)
        };
        let carried = |traffic: Traffic, weeks: i64| {
            traffic
                .octets_between(MARCH + weeks * week, MARCH + (weeks + 1) * week)
                .rx as f64
        };
        for weeks in 0..6 {
            let more = carried(growing, weeks) / carried(traffic(Shape::Idle), weeks);
            assert!(
                (more - 1.025 - 0.05 * weeks as f64).abs() < 0.003,
                "{more} in week {weeks}"
            );
        }
    }

    #[test]
    fn a_backwards_interval_carries_nothing() {
        assert_eq!(traffic(Shape::Office).octets_between(MARCH, MARCH - 1), Both::default());
    }

    #[test]
    fn evenings_are_busier_at_home_and_afternoons_in_the_office() {
        // A Wednesday; 330 minutes east of UTC, 14:30 UTC is 20:00 and 05:30 UTC is 11:00.
        let wednesday = MARCH + 3 * 86_400_000;
        let hour = |shape, from: i64| {
            let from = wednesday + from;
            traffic(shape).octets_between(from, from + 3_600_000).tx
        };
        let (eleven, twenty) = (5 * 3_600_000 + 1_800_000, 14 * 3_600_000 + 1_800_000);
        assert!(hour(Shape::Residential, twenty) > 2 * hour(Shape::Residential, eleven));
        assert!(hour(Shape::Office, eleven) > 2 * hour(Shape::Office, twenty));
    }

    #[test]
    fn sixty_days_of_twelve_links_are_quick() {
        let began = std::time::Instant::now();
        let mut sum = 0u64;
        for link in 0..12 {
            let traffic = Traffic {
                seed: link,
                ..traffic(Shape::Residential)
            };
            for slot in 0..60 * 288 {
                sum = sum.wrapping_add(traffic.slot_octets(MARCH / SLOT_MS + slot).tx);
            }
        }
        assert_ne!(sum, 0);
        // A debug build takes 0.1 s; the bound leaves room for a busy machine.
        assert!(began.elapsed() < std::time::Duration::from_secs(2));
    }
}
