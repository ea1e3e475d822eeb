//! A straight line through values of equal distance, and how sure it is.
//!
//! Least squares. What is measured week after week is not independent: a week above the line is followed by another
//! more often than not, and a formula that ignores it is far too sure. So the lag-1 autocorrelation of the residuals
//! lowers the number of values that count, n (1 − r) / (1 + r), as in B. D. Santer et al., "Statistical significance of
//! trends and trend differences in layer-average atmospheric temperature time series", J. Geophys. Res. 105 (2000).
//! A step or a curve, which a line fits badly for long stretches, is told from a trend by the same means.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// How sure it has to be that a line rises or falls at all: 99 %, because each link is asked about every day.
const SIGNIFICANCE: f64 = 0.99;

/// How sure the bounds are: 90 % of the lines lie between them.
const CONFIDENCE: f64 = 0.90;

/// A line that rises or falls for sure. Positions are those of the values that it was drawn through: 0, 1, 2, …
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// The middle of the values, through which every likely line goes.
    centre: (f64, f64),
    slope: f64,
    /// Half of what the value at the centre and the slope may be wrong by.
    value_bound: f64,
    slope_bound: f64,
}

/// What values of equal distance tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fit {
    Line(Line),
    /// Their changes may as well be chance.
    Level,
    /// They change, but not so steadily that a line would say where they are going: a step, a curve, long waves.
    Unsteady,
}

impl Fit {
    /// What `values` tell, of which those that are not known have none. There are three that are known at least.
    pub(super) fn of(values: &[Option<f64>]) -> Self {
        let known: Vec<(f64, f64)> = (0_u32..)
            .zip(values)
            .filter_map(|(at, value)| Some((f64::from(at), (*value)?)))
            .collect();
        let count = known.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| known.iter().map(of).sum::<f64>() / count;
        let centre = (mean(|known| known.0), mean(|known| known.1));
        let spread: f64 = known.iter().map(|(at, _)| (at - centre.0).powi(2)).sum();
        let products = known.iter().map(|(at, value)| (at - centre.0) * (value - centre.1));
        let slope = products.sum::<f64>() / spread;
        let residual = |&(at, value): &(f64, f64)| value - centre.1 - slope * (at - centre.0);
        let squares: f64 = known.iter().map(|known| residual(known).powi(2)).sum();
        // The error of the slope, and how often it is exceeded by chance, if so many values count.
        let with = |freedom: f64| Some((squares / freedom, StudentsT::new(0.0, 1.0, freedom).ok()?));
        let quantile = |distribution: &StudentsT, sure: f64| distribution.inverse_cdf(0.5 + sure / 2.0);
        let is_sure = |(variance, distribution): &(f64, StudentsT)| {
            slope.abs() > quantile(distribution, SIGNIFICANCE) * (variance / spread).sqrt()
        };
        let correlation = correlation(&known.iter().map(|known| (known.0, residual(known))).collect::<Vec<_>>());
        let counting = count * (1.0 - correlation) / (1.0 + correlation);
        match (with(counting - 2.0).filter(is_sure), with(count - 2.0).filter(is_sure)) {
            (Some((variance, distribution)), _) => {
                let bound = quantile(&distribution, CONFIDENCE);
                Self::Line(Line {
                    centre,
                    slope,
                    value_bound: bound * (variance / count).sqrt(),
                    slope_bound: bound * (variance / spread).sqrt(),
                })
            }
            (None, Some(_)) => Self::Unsteady,
            (None, None) => Self::Level,
        }
    }
}

/// How much a residual resembles the one before it, from 0 to 0.95. Of few values it comes out too small, and is
/// corrected as for a first-order process: r + (1 + 4 r) / n.
fn correlation(residuals: &[(f64, f64)]) -> f64 {
    let squares: f64 = residuals.iter().map(|(_, residual)| residual.powi(2)).sum();
    let neighbours = residuals.windows(2).filter(|pair| pair[1].0 - pair[0].0 < 1.5);
    let products: f64 = neighbours.map(|pair| pair[0].1 * pair[1].1).sum();
    if squares == 0.0 {
        // Values without any noise leave nothing to correlate.
        return 0.0;
    }
    let found = products / squares;
    (found + (1.0 + 4.0 * found) / residuals.len() as f64).clamp(0.0, 0.95)
}

impl Line {
    /// What it rises by from one position to the next, and what that may be wrong by either way.
    pub fn slope(&self) -> (f64, f64) {
        (self.slope, self.slope_bound)
    }

    /// Its value at a position.
    pub fn at(&self, position: f64) -> f64 {
        self.centre.1 + self.slope * (position - self.centre.0)
    }

    /// What [`Line::at`] may be wrong by either way: the more, the farther it is from the values.
    pub fn bound(&self, position: f64) -> f64 {
        self.value_bound.hypot(self.slope_bound * (position - self.centre.0))
    }
}
