//! Which days the samples are of, and in which order they come.

use chrono::{DateTime, Duration, Utc};
use entity::{LinkId, TenantId, sample};
use server::domain::links::{
    block::Day,
    slot::{Sample, Slot},
    store,
};

use super::{LINKS_EACH, slots};
use crate::seed::{self, Fleet};

/// Days before the one that all links have, of those links that have a year.
const YEAR: i32 = 366;

/// Days that are imported, of the links of one router: 100,800 lines.
const IMPORTED: i32 = 35;

/// Slots of one link that come one after the other. In a database that is polled into it is one: but that takes an
/// hour to make, and this way favours plain rows, which have a link's neighbours on one page then.
const TOGETHER: i32 = 12;

#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    /// At noon.
    pub(super) now: DateTime<Utc>,
    /// The finished day that all links have.
    pub(super) day: Day,
}

impl Past {
    /// The last noon before `now`, so that a day's graph always has as many rows.
    pub(super) fn before(now: DateTime<Utc>) -> Self {
        let today = Day::of(Slot::from_instant(now - Duration::hours(12)));
        Self {
            now: today.first_slot().start() + Duration::hours(12),
            day: Day::from_number(today.number() - 1),
        }
    }

    /// The days before [`Past::day`].
    pub(super) fn year(&self) -> Vec<Day> {
        let day = self.day.number();
        (day - YEAR..day).map(Day::from_number).collect()
    }

    /// Those that are imported.
    pub(super) fn imported(&self) -> Vec<Day> {
        let last = self.day.number() - 5;
        (last - IMPORTED..last).map(Day::from_number).collect()
    }

    /// The slots after [`Past::day`].
    pub(super) fn today(&self) -> std::ops::Range<i32> {
        self.day.last_slot().number() + 1..Slot::from_instant(self.now).number()
    }

    /// The day's samples of all links and today's of those that have a year, as rows in the order of their coming.
    pub(super) fn recent<'a>(&'a self, fleet: &'a Fleet) -> impl Iterator<Item = sample::ActiveModel> + 'a {
        let of_day = by_time(slots(self.day).collect(), fleet.links.len());
        let of_today = by_time(self.today().collect(), LINKS_EACH);
        of_day.chain(of_today).map(|(slot, seed)| row(fleet, slot, seed))
    }

    /// The year's samples, likewise.
    pub(super) fn long_ago<'a>(&'a self, fleet: &'a Fleet) -> impl Iterator<Item = sample::ActiveModel> + 'a {
        let year = self.year().into_iter().flat_map(slots);
        by_time(year.collect(), LINKS_EACH).map(|(slot, seed)| row(fleet, slot, seed))
    }
}

/// The samples of a link on one day.
pub(super) fn of_day(day: Day, seed: usize) -> Vec<Sample> {
    slots(day).map(|slot| sample(slot, seed)).collect()
}

pub(super) fn sample(slot: i32, seed: usize) -> Sample {
    seed::sample(Slot::from_number(slot), seed as u64)
}

fn row(fleet: &Fleet, slot: i32, seed: usize) -> sample::ActiveModel {
    let (tenant, link): (TenantId, LinkId) = (fleet.tenant, fleet.links[seed]);
    store::to_row(tenant, link, &sample(slot, seed))
}

/// Slots and links, some slots of a link at a time.
fn by_time(slots: Vec<i32>, links: usize) -> impl Iterator<Item = (i32, usize)> {
    let chunks: Vec<Vec<i32>> = slots.chunks(TOGETHER as usize).map(<[i32]>::to_vec).collect();
    chunks
        .into_iter()
        .flat_map(move |slots| (0..links).flat_map(move |seed| slots.clone().into_iter().map(move |slot| (slot, seed))))
}
