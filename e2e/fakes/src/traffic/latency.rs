//! How long an echo takes to a simulated host at any moment, or that it is lost.

use super::{SLOT_MS, Shape};
use crate::noise;

/// Round trips to one host: a pure function of a seed and the time, like [`super::Traffic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latency {
    /// Decides the noise.
    pub seed: u64,
    /// The quickest answer, in microseconds.
    pub base_us: u32,
    /// Usual spread above it, in microseconds. It grows with how busy the link is.
    pub jitter_us: u32,
    /// Lost echoes in a million. With any loss at all, one slot in 300 or so is much worse.
    pub loss_ppm: u32,
    /// When the link is busy.
    pub shape: Shape,
    /// Local time of the link's users, in minutes east of UTC.
    pub utc_offset_minutes: i32,
}

impl Latency {
    /// An answer that never varies and never fails.
    pub fn constant(rtt_us: u32) -> Self {
        Self {
            seed: 0,
            base_us: rtt_us,
            jitter_us: 0,
            loss_ppm: 0,
            shape: Shape::Idle,
            utc_offset_minutes: 0,
        }
    }

    /// The round trip in microseconds of an echo sent at `unix_ms`, or `None` when it is lost.
    pub fn at(&self, unix_ms: i64) -> Option<u32> {
        let bits = noise::hash(self.seed ^ 0x1a7e, unix_ms as u64);
        if bits >> 44 < u64::from(self.loss_at(unix_ms)) * 1_048_576 / 1_000_000 {
            return None;
        }
        let local_seconds = unix_ms.div_euclid(1_000) + i64::from(self.utc_offset_minutes) * 60;
        let busy = self.shape.level(local_seconds);
        // The square of an even number in 0..1 lies near zero mostly, as queueing delays do.
        let even = bits & 0xffff;
        let skewed = even * even / 0xffff;
        let mut extra = u64::from(self.jitter_us) * skewed / 0xffff * (300 + busy) / 600;
        if bits & 0x7f_0000 == 0 {
            extra *= 5;
        }
        let rtt = u64::from(self.base_us) + extra;
        Some(u32::try_from(rtt).unwrap_or(u32::MAX))
    }

    fn loss_at(&self, unix_ms: i64) -> u32 {
        let slot = unix_ms.div_euclid(SLOT_MS) as u64;
        if self.loss_ppm > 0 && noise::below(self.seed ^ 0xbad, slot, 300) == 0 {
            return self.loss_ppm.saturating_add(150_000);
        }
        self.loss_ppm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loss_is_near_its_rate_and_answers_stay_above_the_base() {
        let latency = Latency {
            seed: 3,
            loss_ppm: 20_000,
            jitter_us: 2_000,
            ..Latency::constant(9_000)
        };
        let answers: Vec<_> = (0..100_000).map(|n| latency.at(n * 200)).collect();
        let lost = answers.iter().filter(|a| a.is_none()).count();
        assert!((1_500..4_000).contains(&lost), "{lost} lost");
        assert!(answers.iter().flatten().all(|rtt| *rtt >= 9_000));
        assert!(answers.iter().flatten().any(|rtt| *rtt > 9_500));
    }

    #[test]
    fn a_constant_answer_is_never_lost() {
        let latency = Latency::constant(559);
        assert!((0..10_000).all(|n| latency.at(n) == Some(559)));
    }
}
