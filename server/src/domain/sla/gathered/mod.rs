//! What a calculation takes of a link's samples, from whichever source tells it cheapest.
//!
//! A sealed day that lies wholly in accountable time, and in which the link was up whenever somebody looked, says all
//! that counts by its sums and its course. Of the others the samples are looked at one by one, so that the rules stand
//! in one place; the sums of a day are made so that both ways give the same figures.

use std::collections::{HashMap, HashSet};

use entity::{
    LinkId, Tenant,
    sla_profile_version::{MeasuredBy, PercentileOf},
};

use super::{
    billing::{Billing, Carried},
    intervals::{Interval, Intervals},
    latency::{Quality, SlotProbes},
    uptime::Terms,
};
use crate::domain::links::{
    block::{self, Day, Part},
    days::{DaysError, Judged, Summed},
    many,
    slot::{Sample, SampleState, Slot},
    store,
    totals::{Total, Totals},
};

/// States, probes and traffic of a period.
#[derive(Debug)]
pub(super) struct Gathered<'t> {
    terms: &'t Terms,
    window: Interval,
    counting: Intervals,
    states: Vec<(Interval, SampleState)>,
    quality: Quality,
    carried: Carried,
}

impl<'t> Gathered<'t> {
    /// Nothing so far.
    pub(super) fn new(terms: &'t Terms, rule: PercentileOf) -> Self {
        Self {
            terms,
            window: terms.window(),
            counting: terms.accountable(),
            states: Vec::new(),
            quality: Quality::default(),
            carried: Carried::new(rule),
        }
    }

    /// Takes what is stored of each link, by its terms.
    ///
    /// # Errors
    /// When the database does not answer, or a sealed day can't be read.
    pub(super) async fn read(
        tenant: &Tenant<'_>,
        links: impl IntoIterator<Item = (LinkId, &'t Terms, PercentileOf)>,
    ) -> Result<Vec<Self>, DaysError> {
        let mut all: Vec<(LinkId, Self)> = links
            .into_iter()
            .map(|(link, terms, rule)| (link, Self::new(terms, rule)))
            .collect();
        let ranges = || all.iter().filter_map(|(_, gathered)| gathered.slots());
        if let (Some(first), Some(last)) = (ranges().map(|range| range.0).min(), ranges().map(|range| range.1).max()) {
            Self::take(tenant, &mut all, first, last).await?;
        }
        Ok(all.into_iter().map(|(_, gathered)| gathered).collect())
    }

    /// Takes what is stored of each link between `first` and `last`, the outermost slots of all.
    async fn take(tenant: &Tenant<'_>, all: &mut [(LinkId, Self)], first: Slot, last: Slot) -> Result<(), DaysError> {
        let ids: Vec<LinkId> = all.iter().map(|(link, _)| *link).collect();
        // Rows first: a day that is sealed in between is there twice then, and not lacking.
        let mut open = many::rows(tenant, &ids, first, last).await?;
        let by_days = all.iter().filter(|(_, gathered)| gathered.carried.takes_days());
        let by_days: Vec<LinkId> = by_days.map(|(link, _)| *link).collect();
        let mut judged = many::judged(tenant, &by_days, Day::of(first), Day::of(last)).await?;
        let mut parts = Vec::with_capacity(all.len());
        for (link, gathered) in &mut *all {
            let Some((first, last)) = gathered.slots() else {
                continue;
            };
            let mut open = open.remove(link).unwrap_or_default();
            open.retain(|sample| (first..=last).contains(&sample.slot));
            let opened: HashSet<Day> = open.iter().map(|sample| Day::of(sample.slot)).collect();
            let days = judged.remove(link).unwrap_or_default().into_iter();
            let taken: HashSet<Day> = days
                .filter(|day| !opened.contains(&day.day) && gathered.take_day(day))
                .map(|day| day.day)
                .collect();
            let others = (Day::of(first).number()..=Day::of(last).number()).map(Day::from_number);
            let others: Vec<Day> = others.filter(|day| !taken.contains(day)).collect();
            parts.push((*link, others, open));
        }
        let mut blocks = many::packed(tenant, parts.iter().map(|(link, days, _)| (*link, days.clone()))).await?;
        let mut parts: HashMap<LinkId, Vec<Sample>> = parts.into_iter().map(|(link, _, open)| (link, open)).collect();
        for (link, gathered) in &mut *all {
            let (Some(range), Some(open)) = (gathered.slots(), parts.remove(link)) else {
                continue;
            };
            let blocks = blocks.remove(link).unwrap_or_default();
            let samples = store::together(*link, blocks, range.0, range.1, Part::Judged, open)?;
            gathered.take_samples(&samples);
            // A month of a link takes some tenths of a millisecond.
            tokio::task::consume_budget().await;
        }
        let unsure = all
            .iter()
            .map(|(link, gathered)| (*link, gathered.carried.peaks.unsure()));
        let mut unsure = many::packed(tenant, unsure).await?;
        for (link, gathered) in all {
            for (day, bytes) in unsure.remove(link).unwrap_or_default() {
                let unreadable = |source| DaysError::Unreadable {
                    link: *link,
                    day,
                    source,
                };
                let samples = block::read(&bytes, day, Part::Rates).map_err(unreadable)?;
                gathered.carried.peaks.learn(day, &samples);
            }
        }
        Ok(())
    }

    /// The slots that the window touches; by edges, the one before it too, which says what the window began as.
    fn slots(&self) -> Option<(Slot, Slot)> {
        let before = match self.terms.measured_by {
            MeasuredBy::Slots => 0,
            MeasuredBy::Edges => -1,
        };
        let (first, last) = (self.window.start(), self.window.end() - 1);
        (!self.window.is_empty()).then(|| (Slot::from_second(first).plus(before), Slot::from_second(last)))
    }

    /// Takes samples, which ascend by slot.
    pub(super) fn take_samples(&mut self, samples: &[Sample]) {
        let states = samples.iter().map(|sample| (sample.slot.interval(), sample.state));
        self.states.extend(states);
        let probes = samples.iter().map(SlotProbes::from);
        self.quality.add_slots(&self.counting, probes);
        for sample in samples {
            self.carried.take_slot(self.window, sample);
        }
    }

    /// Takes a day by what it came to, if that says all that counts of it.
    fn take_day(&mut self, Summed { day, sums, course }: &Summed<Judged>) -> bool {
        let whole = Interval::new(day.first_slot().interval().start(), day.last_slot().interval().end());
        let counts = self.counting.as_slice().iter();
        if !counts.into_iter().any(|span| span.intersect(whole) == whole) || !is_exact(&sums.0) {
            return false;
        }
        // The samples are the truth, and whether a summary can be read is `doctor`'s to say.
        let Ok(course) = block::read_course(course, *day) else {
            return false;
        };
        if course.states.iter().any(|(_, state)| *state != SampleState::Up) {
            return false;
        }
        self.states.extend(course.states);
        self.quality.add_day(&sums.0);
        self.carried.take_day(*day, &sums.0, course.rates);
        true
    }

    /// The states in their order, and what probes and traffic come to.
    pub(super) fn finish(mut self) -> (Vec<(Interval, SampleState)>, Quality, Billing) {
        self.states.sort_by_key(|(slots, _)| slots.start());
        (self.states, self.quality, self.carried.billing())
    }
}

/// Whether no sum is as great as a database can hold, and so perhaps cut off.
fn is_exact(sums: &Totals) -> bool {
    Total::ALL.iter().all(|total| sums.get(*total) != Some(i64::MAX))
}

#[cfg(test)]
mod tests;
