//! Uptime of one link over one period, in exact seconds (R2 to R9, R18, R19).
//!
//! A slot weighs the seconds of it that are accountable and takes the state of
//! its sample; or, where a profile says so, the parts of it do that the
//! interface's edges divide it into (R20).

mod edges;

use self::edges::Divider;
pub use self::edges::Edge;
use entity::sla_profile_version::MeasuredBy;
use serde::{Deserialize, Serialize};

use super::fraction::Fraction;
use super::intervals::{Interval, Intervals};
use super::outages::{Outage, Outages};
use crate::domain::links::slot::{SampleState, Slot};

/// What an SLA profile says of slots in which the router did not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnreachablePolicy {
    /// Nothing is known, so nothing is held against anyone (R7).
    #[default]
    Unknown,
    Down,
}

/// What an SLA profile says of slots in which the provider had switched the
/// interface off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DisabledPolicy {
    /// Out of both sides, like maintenance, and listed (R18).
    #[default]
    NotAccountable,
    Down,
}

/// What is to be measured.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The month in the tenant's zone, or any other span. A month to date is
    /// cut at the end of the last slot that is over: what is still to come
    /// would count as unknown.
    pub period: Interval,
    /// When the link was in service.
    pub active: Interval,
    /// Over the period or more; `None` for round the clock.
    pub service_hours: Option<Intervals>,
    /// Approved maintenance windows.
    pub maintenance: Intervals,
    /// Outages that staff excluded (R19).
    pub exclusions: Intervals,
    pub unreachable: UnreachablePolicy,
    pub disabled: DisabledPolicy,
    pub measured_by: MeasuredBy,
}

impl Terms {
    /// Round the clock over the whole period, nothing taken out.
    pub fn over(period: Interval) -> Self {
        Self {
            period,
            active: Interval::new(i64::MIN, i64::MAX),
            service_hours: None,
            maintenance: Intervals::default(),
            exclusions: Intervals::default(),
            unreachable: UnreachablePolicy::default(),
            disabled: DisabledPolicy::default(),
            measured_by: MeasuredBy::Slots,
        }
    }

    /// The terms for the figure that is kept beside one with exclusions.
    pub fn without_exclusions(&self) -> Self {
        Self {
            exclusions: Intervals::default(),
            ..self.clone()
        }
    }

    /// The period as far as the link was active in it.
    pub fn window(&self) -> Interval {
        self.period.intersect(self.active)
    }

    /// The window's service hours.
    pub fn scheduled(&self) -> Intervals {
        let window = Intervals::from(self.window());
        match &self.service_hours {
            Some(hours) => hours.intersect(&window),
            None => window,
        }
    }

    /// The seconds that can count, before it is known where the link was
    /// disabled.
    pub fn accountable(&self) -> Intervals {
        self.scheduled().subtract(&self.maintenance).subtract(&self.exclusions)
    }

    fn judge(&self, state: SampleState) -> Judged {
        match state {
            SampleState::Up => Judged::Up,
            SampleState::Down => Judged::Down,
            SampleState::Unknown => match self.unreachable {
                UnreachablePolicy::Unknown => Judged::Unknown,
                UnreachablePolicy::Down => Judged::Down,
            },
            SampleState::Disabled => match self.disabled {
                DisabledPolicy::NotAccountable => Judged::NotAccountable,
                DisabledPolicy::Down => Judged::Down,
            },
        }
    }
}

enum Judged {
    Up,
    Down,
    Unknown,
    NotAccountable,
}

/// The figures of one link and period. All are whole seconds, and
/// `up + down + unknown = accountable`, `accountable + excluded = scheduled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uptime {
    pub period: Interval,
    /// The period as far as the link was active.
    pub window: Interval,
    /// The window's service hours.
    pub scheduled: i64,
    /// Maintenance, exclusions and, by default, disabled slots.
    pub excluded: i64,
    /// The part of `excluded` that is there because the link was disabled.
    pub disabled: i64,
    pub accountable: i64,
    pub up: i64,
    pub down: i64,
    pub unknown: i64,
    pub outages: Vec<Outage>,
    /// Where the link was disabled, accountable or not.
    pub disabled_runs: Vec<Interval>,
}

impl Uptime {
    /// Measures `states`, which ascend by slot; slots side by side with the
    /// same state may come as one interval. A slot that is not among them is
    /// missing and so unknown (R4); those outside the period, and those out of
    /// order or repeated, do not count: no second counts twice.
    ///
    /// Where the terms say so, a slot that is up or down counts by the seconds
    /// between those of `edges` that lie in it (R20); they ascend. What the
    /// first slot began as is known if the one before it is among the states.
    pub fn measure(
        terms: &Terms,
        states: impl IntoIterator<Item = (impl Into<Interval>, SampleState)>,
        edges: &[Edge],
    ) -> Self {
        let edges = match terms.measured_by {
            MeasuredBy::Slots => &[],
            MeasuredBy::Edges => edges,
        };
        let window = terms.window();
        let scheduled = terms.scheduled().seconds();
        let counting = terms.accountable();
        let mut cursor = counting.cursor();
        let (mut up, mut down, mut disabled) = (0, 0, 0);
        let mut outages = Outages::default();
        let mut disabled_runs = Vec::new();
        let mut reached = window.start();
        let mut divider = Divider::new(edges);
        for (slots, state) in states {
            let slots = slots.into();
            let span = slots.intersect(window);
            if span.is_empty() {
                divider.divide(slots, state, |_, _| {});
                continue;
            }
            if span.start() < reached {
                continue;
            }
            reached = span.end();
            if state == SampleState::Disabled {
                disabled_runs.push(span);
            }
            // Whole slots, so that what is cut is divided as it would be uncut.
            divider.divide(slots, state, |part, state| {
                let part = part.intersect(window);
                if part.is_empty() {
                    return;
                }
                let counted = cursor.seconds_within(part);
                match terms.judge(state) {
                    Judged::Up => {
                        up += counted;
                        outages.up();
                    }
                    Judged::Down => {
                        down += counted;
                        outages.down(part, counted);
                    }
                    Judged::Unknown => {}
                    Judged::NotAccountable => disabled += counted,
                }
            });
        }
        let accountable = counting.seconds() - disabled;
        Self {
            period: terms.period,
            window,
            scheduled,
            excluded: scheduled - accountable,
            disabled,
            accountable,
            up,
            down,
            unknown: accountable - up - down,
            outages: outages.finish(),
            disabled_runs: merged(disabled_runs),
        }
    }

    /// Slots that the period touches.
    pub fn slots(&self) -> i64 {
        let length = Slot::SECONDS;
        (self.period.end() + length - 1).div_euclid(length) - self.period.start().div_euclid(length)
    }

    /// Up seconds of the known ones; `None` if none is known.
    pub fn share(&self) -> Option<Fraction> {
        Fraction::new(self.up as u64, (self.up + self.down) as u64)
    }

    /// Known seconds of the accountable ones; `None` if none is accountable.
    pub fn coverage(&self) -> Option<Fraction> {
        Fraction::new((self.up + self.down) as u64, self.accountable as u64)
    }
}

fn merged(runs: Vec<Interval>) -> Vec<Interval> {
    runs.into_iter().collect::<Intervals>().as_slice().to_vec()
}

#[cfg(test)]
mod tests;
