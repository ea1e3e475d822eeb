//! Sets of time as sorted, disjoint, half-open spans of whole seconds.
//!
//! Unix seconds in UTC only: wall clocks and zones are in `domain::calendar`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The seconds from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    start: i64,
    end: i64,
}

impl Interval {
    /// Unix seconds; an `end` before `start` gives an empty interval at `start`.
    pub fn new(start: i64, end: i64) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// As [`Interval::new`]; fractions of a second are cut off on both sides.
    pub fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self::new(start.timestamp(), end.timestamp())
    }

    /// First second, as Unix time.
    pub fn start(self) -> i64 {
        self.start
    }

    /// The second after the last one, as Unix time.
    pub fn end(self) -> i64 {
        self.end
    }

    /// Length in seconds, never negative.
    pub fn seconds(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, second: i64) -> bool {
        self.start <= second && second < self.end
    }

    pub fn intersect(self, other: Self) -> Self {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}

/// A set of seconds: no two of its spans touch, and none is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Intervals(Vec<Interval>);

impl Intervals {
    pub fn as_slice(&self) -> &[Interval] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many seconds the set holds.
    pub fn seconds(&self) -> i64 {
        self.0.iter().map(|span| span.seconds()).sum()
    }

    pub fn union(&self, other: &Self) -> Self {
        self.0.iter().chain(&other.0).copied().collect()
    }

    pub fn intersect(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.as_slice(), other.0.as_slice());
        let mut both = Vec::new();
        while let ([a, ..], [b, ..]) = (left, right) {
            let shared = a.intersect(*b);
            if !shared.is_empty() {
                both.push(shared);
            }
            // The one that ends first can meet nothing more.
            if a.end <= b.end {
                left = &left[1..];
            } else {
                right = &right[1..];
            }
        }
        Self(both)
    }

    pub fn subtract(&self, other: &Self) -> Self {
        let mut rest = other.0.as_slice();
        let mut kept = Vec::new();
        for span in &self.0 {
            let mut from = span.start;
            while let [cut, ..] = rest {
                if cut.start >= span.end {
                    break;
                }
                if cut.start > from {
                    kept.push(Interval::new(from, cut.start));
                }
                from = from.max(cut.end);
                if cut.end > span.end {
                    break;
                }
                rest = &rest[1..];
            }
            if from < span.end {
                kept.push(Interval::new(from, span.end));
            }
        }
        Self(kept)
    }

    /// A reader for questions asked in ascending order.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { rest: &self.0 }
    }
}

impl FromIterator<Interval> for Intervals {
    /// Any order; overlapping and touching spans become one.
    fn from_iter<I: IntoIterator<Item = Interval>>(spans: I) -> Self {
        let mut sorted: Vec<Interval> = spans.into_iter().filter(|span| !span.is_empty()).collect();
        sorted.sort_unstable();
        let mut merged: Vec<Interval> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }
}

impl From<Interval> for Intervals {
    fn from(span: Interval) -> Self {
        Self::from_iter([span])
    }
}

/// Walks a set once, forwards, so that a month of slots costs one pass and no
/// memory.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    rest: &'a [Interval],
}

impl Cursor<'_> {
    /// The seconds of `span` that the set holds. Each call's `span` must not
    /// start before the last one's.
    pub fn seconds_within(&mut self, span: Interval) -> i64 {
        while let [first, ..] = self.rest
            && first.end <= span.start
        {
            self.rest = &self.rest[1..];
        }
        self.rest
            .iter()
            .take_while(|held| held.start < span.end)
            .map(|held| held.intersect(span).seconds())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(spans: &[(i64, i64)]) -> Intervals {
        spans.iter().map(|&(a, b)| Interval::new(a, b)).collect()
    }

    fn seconds(set: &Intervals) -> BTreeSet<i64> {
        set.as_slice()
            .iter()
            .flat_map(|span| span.start()..span.end())
            .collect()
    }

    fn any_set() -> impl Strategy<Value = Intervals> {
        prop::collection::vec((0..80i64, 0..12i64), 0..8)
            .prop_map(|spans| spans.iter().map(|&(a, n)| Interval::new(a, a + n)).collect())
    }

    #[test]
    fn touching_spans_become_one() {
        assert_eq!(set(&[(5, 9), (0, 5), (7, 7)]), set(&[(0, 9)]));
    }

    #[test]
    fn an_interval_that_ends_before_it_starts_is_empty() {
        assert!(Interval::new(7, 3).is_empty());
        assert_eq!(Interval::new(i64::MIN, i64::MAX).seconds(), i64::MAX);
    }

    proptest! {
        #[test]
        fn operations_are_those_of_sets_of_seconds(a in any_set(), b in any_set()) {
            let (x, y) = (seconds(&a), seconds(&b));
            prop_assert_eq!(seconds(&a.union(&b)), &x | &y);
            prop_assert_eq!(seconds(&a.intersect(&b)), &x & &y);
            prop_assert_eq!(seconds(&a.subtract(&b)), &x - &y);
            prop_assert_eq!(a.seconds(), x.len() as i64);
            // Every result is in the one normal form.
            for result in [a.union(&b), a.intersect(&b), a.subtract(&b)] {
                prop_assert_eq!(result.as_slice().iter().copied().collect::<Intervals>(), result);
            }
        }

        #[test]
        fn a_cursor_counts_what_an_intersection_counts(a in any_set(), step in 1..20i64) {
            let mut cursor = a.cursor();
            for start in (0..100).step_by(step as usize) {
                let span = Interval::new(start, start + step + 3);
                prop_assert_eq!(
                    cursor.seconds_within(span),
                    a.intersect(&span.into()).seconds()
                );
            }
        }
    }
}
