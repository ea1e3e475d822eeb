//! The value axis: round steps, in the unit's own powers.

/// Values from `-below` to `above`, with ticks at round values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) above: f64,
    pub(super) below: f64,
    pub(super) ticks: Vec<f64>,
}

/// Steps that people count in.
const STEPS: [f64; 5] = [1.0, 2.0, 2.5, 5.0, 10.0];

impl Scale {
    /// A scale that holds `above` and `below`, both from 0 up, with about `wanted` steps in all.
    pub(super) fn around(above: f64, below: f64, wanted: f64) -> Self {
        let clean = |value: f64| {
            if value.is_finite() { value.max(0.0) } else { 0.0 }
        };
        let (above, below) = (clean(above), clean(below));
        let span = above + below;
        // With nothing to show, an axis from 0 to 1 is as good as any.
        let (above, span) = if span <= 0.0 { (1.0, 1.0) } else { (above, span) };
        let rough = span / wanted;
        let power = 10_f64.powf(rough.log10().floor());
        let step = STEPS
            .iter()
            .map(|step| step * power)
            .find(|step| *step >= rough)
            .unwrap_or(10.0 * power);
        let (up, down) = ((above / step).ceil(), (below / step).ceil());
        let mut ticks = Vec::new();
        let mut at = -down;
        while at <= up {
            ticks.push(at * step);
            at += 1.0;
        }
        Self {
            above: up * step,
            below: down * step,
            ticks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        let scale = Scale::around(87e6, 0.0, 4.0);
        assert_eq!(scale.ticks, [0.0, 25e6, 50e6, 75e6, 100e6]);
        let both = Scale::around(87e6, 12e6, 5.0);
        assert_eq!((both.above, both.below), (100e6, 20e6));
    }

    #[test]
    fn nothing_and_nonsense_still_make_an_axis() {
        assert_eq!(Scale::around(0.0, 0.0, 4.0).ticks.len(), 5);
        assert_eq!(Scale::around(f64::NAN, f64::INFINITY, 4.0).above, 1.0);
    }
}
