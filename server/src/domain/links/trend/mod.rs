//! Where the use of a link is going: how its busiest hours grow from week to week, and when they reach a bandwidth.
//!
//! A day's busiest hour is what a link has to be wide enough for: a mean over the day hides it, and the greatest slot
//! may be one download. A week's value is the mean over its days, so that weekends weigh the same in each. What can't
//! be told from noise is not told, and a forecast looks no farther ahead than the weeks behind it reach back.

mod line;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use entity::{Db, LinkId, TenantId, link};
use moka::{Expiry, future::Cache};

use self::line::Fit;
pub use self::line::Line;
use super::{
    block::{self, Day},
    days::{self, DaysError, Summed},
    totals::{Total, Totals, bits_per_second},
};
use crate::domain::{
    calendar::instant,
    sla::{intervals::Interval, terms},
};

/// Weeks that are looked at.
const MOST_WEEKS: usize = 52;

/// Weeks that it takes at least. Fewer can't tell growth from a busy month.
pub const LEAST_WEEKS: usize = 8;

/// Of the weeks from the first to the last, so many have to be known.
const KNOWN: (usize, usize) = (3, 4);

/// Days of a week that have to be known, and hours of a day: one that is lacking may have been the busiest.
const DAYS_KNOWN: usize = 5;
const HOURS_KNOWN: usize = 22;

/// Seconds of an hour that rates have to be known of.
const SECONDS_KNOWN: i64 = 1_800;

const DAYS_A_WEEK: i32 = 7;

/// In seconds.
const DAY: i64 = 86_400;
const WEEK: i64 = DAYS_A_WEEK as i64 * DAY;

/// What a day's busiest hour is made of, received and sent.
const RATED: [(Total, Total); 2] = [
    (Total::RxRatedOctets, Total::RxSeconds),
    (Total::TxRatedOctets, Total::TxSeconds),
];

/// The busiest hours of a link in the weeks before a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The first second after the last week.
    end: i64,
    /// Whether the last day is known.
    is_whole: bool,
    /// Received and sent.
    directions: [Direction; 2],
}

/// One direction of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Direction {
    /// Bit/s in the busiest hour of a day, the mean of a week; `None` where too little is known. Oldest first; the
    /// first is known.
    weeks: Vec<Option<f64>>,
    course: Course,
}

/// What the weeks tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// So many weeks are known, and that is too few, or too many between them are not.
    TooShort(usize),
    /// Neither growth nor decline that could not as well be chance.
    Level,
    /// They change, but not so steadily that it could be said where they are going.
    Unsteady,
    Line(Line),
}

/// When a line that rises reaches a bandwidth above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On the likeliest day, and with 90 % certainty between two others. The later one may lie beyond what can be told.
    Likely {
        earliest: DateTime<Utc>,
        likeliest: DateTime<Utc>,
        latest: Option<DateTime<Utc>>,
    },
    /// With 95 % certainty not before this day; the likeliest can't be told.
    NotBefore(DateTime<Utc>),
    /// Hardly before this day, which is as far ahead as can be told.
    Beyond(DateTime<Utc>),
}

impl Trend {
    /// By the hours of sealed days, of which those that are lacking or not wholly within `active` are not known; the
    /// last week ends where `end` begins.
    fn of(days: &[(Day, [Totals; 24])], end: Day, active: Interval) -> Self {
        let of_direction = |(octets, seconds)| {
            let mut weeks: Vec<Vec<i64>> = vec![Vec::new(); MOST_WEEKS];
            for (day, hours) in days {
                let ago = (end.number() - 1 - day.number()).div_euclid(DAYS_A_WEEK);
                let week = usize::try_from(ago).ok().and_then(|ago| weeks.get_mut(ago));
                let inside = active.start() <= start(*day) && start(*day) + DAY <= active.end();
                if let Some(week) = week.filter(|_| inside) {
                    week.extend(busiest_hour(hours, octets, seconds));
                }
            }
            let mean = |week: &Vec<i64>| week.iter().map(|bps| *bps as f64).sum::<f64>() / week.len() as f64;
            let weeks = weeks.iter().rev();
            let weeks = weeks.map(|week| (week.len() >= DAYS_KNOWN).then(|| mean(week)));
            Direction::of(weeks.skip_while(Option::is_none).collect())
        };
        let yesterday = Day::from_number(end.number() - 1);
        Self {
            end: start(end),
            is_whole: days.last().is_some_and(|(day, _)| *day == yesterday),
            directions: RATED.map(of_direction),
        }
    }

    /// Received and sent, as the router sees it.
    pub fn directions(&self) -> &[Direction; 2] {
        &self.directions
    }

    /// What `line` says of `now`, in bit/s.
    pub fn at(&self, direction: &Direction, line: &Line, now: DateTime<Utc>) -> f64 {
        line.at(direction.week_at(self.end, now.timestamp()))
    }

    /// When the busiest hours of `direction` reach `bps`, at `now`; `None` where they are as busy already, do not grow,
    /// or it can't be told whether they do.
    pub fn reach(&self, direction: &Direction, bps: f64, now: DateTime<Utc>) -> Option<Reach> {
        let Course::Line(line) = direction.course else {
            return None;
        };
        if line.slope().0 <= 0.0 || self.at(direction, &line, now) >= bps {
            return None;
        }
        let tomorrow = now.timestamp() - now.timestamp().rem_euclid(DAY) + DAY;
        let horizon = self.end + direction.weeks.len() as i64 * WEEK;
        let first = |value: &dyn Fn(f64) -> f64| {
            let mut days = (tomorrow..=horizon).step_by(DAY as usize);
            days.find(|second| value(direction.week_at(self.end, *second)) >= bps)
                .map(instant)
        };
        let earliest = first(&|week| line.at(week) + line.bound(week));
        let latest = first(&|week| line.at(week) - line.bound(week));
        Some(match (earliest, first(&|week| line.at(week))) {
            (Some(earliest), Some(likeliest)) => Reach::Likely {
                earliest,
                likeliest,
                latest,
            },
            (Some(earliest), None) => Reach::NotBefore(earliest),
            (None, _) => Reach::Beyond(instant(horizon)),
        })
    }
}

impl Direction {
    fn of(weeks: Vec<Option<f64>>) -> Self {
        let known = weeks.iter().flatten().count();
        let course = if known < LEAST_WEEKS || known * KNOWN.1 < weeks.len() * KNOWN.0 {
            Course::TooShort(known)
        } else {
            match Fit::of(&weeks) {
                Fit::Line(line) => Course::Line(line),
                Fit::Level => Course::Level,
                Fit::Unsteady => Course::Unsteady,
            }
        };
        Self { weeks, course }
    }

    /// Bit/s in the busiest hour of a day, the mean of each week, oldest first; `None` where too little is known.
    pub fn weeks(&self) -> &[Option<f64>] {
        &self.weeks
    }

    pub fn course(&self) -> Course {
        self.course
    }

    /// The mean over the weeks that are known.
    pub fn mean(&self) -> Option<f64> {
        let known: Vec<f64> = self.weeks.iter().copied().flatten().collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }

    /// Where a moment is among the weeks that end at `end`: a week's value is its middle's.
    fn week_at(&self, end: i64, second: i64) -> f64 {
        (second - end) as f64 / WEEK as f64 + self.weeks.len() as f64 - 0.5
    }
}

/// Bit/s of the busiest hour, if enough hours are known.
fn busiest_hour(hours: &[Totals; 24], octets: Total, seconds: Total) -> Option<i64> {
    let rate = |hour: &Totals| {
        let seconds = hour.get(seconds).filter(|seconds| *seconds >= SECONDS_KNOWN)?;
        let octets = u64::try_from(hour.get(octets)?).ok()?;
        Some(bits_per_second(octets, u32::try_from(seconds).ok()?))
    };
    let known: Vec<i64> = hours.iter().filter_map(rate).collect();
    known.iter().copied().max().filter(|_| known.len() >= HOURS_KNOWN)
}

fn start(day: Day) -> i64 {
    day.first_slot().start().timestamp()
}

/// Trends that are kept in memory at most; each takes about a kilobyte.
const MOST: u64 = 20_000;

/// How long one is kept at most: days that were sealed anew show then.
const OLDEST: Duration = Duration::from_secs(3_600);

/// The same while yesterday is not sealed, which may be any moment.
const UNSEALED: Duration = Duration::from_secs(5);

/// The trends of the links that somebody looks at. Clones share them.
#[derive(Clone, Debug)]
pub struct Trends {
    db: Db,
    kept: Cache<Key, Arc<Trend>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Key {
    tenant: TenantId,
    link: LinkId,
    /// The first day that is not sealed.
    end: Day,
    active: Interval,
}

struct Lasting;

impl Expiry<Key, Arc<Trend>> for Lasting {
    fn expire_after_create(&self, _: &Key, trend: &Arc<Trend>, _: std::time::Instant) -> Option<Duration> {
        Some(if trend.is_whole { OLDEST } else { UNSEALED })
    }
}

impl Trends {
    /// Nothing calculated yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        let kept = Cache::builder().max_capacity(MOST).expire_after(Lasting).build();
        Self { db, kept }
    }

    /// The trend of `link` at `now`.
    ///
    /// # Errors
    /// When it has to be calculated and the database does not answer, or a day can't be read.
    pub async fn of(&self, link: &link::Model, now: DateTime<Utc>) -> Result<Arc<Trend>, Arc<DaysError>> {
        let key = Key {
            tenant: link.tenant_id,
            link: link.id,
            end: days::sealed_before(now),
            active: terms::active(link),
        };
        self.kept.try_get_with(key, self.calculate(key)).await
    }

    async fn calculate(&self, key: Key) -> Result<Arc<Trend>, DaysError> {
        let Key { link, end, .. } = key;
        let before = |days: i32| Day::from_number(end.number() - days);
        let first = before(MOST_WEEKS as i32 * DAYS_A_WEEK);
        let packed = days::packed_hours(&self.db.tenant(key.tenant), link, first, before(1)).await?;
        let needed = RATED.map(|(octets, seconds)| [octets, seconds]).concat();
        let mut days = Vec::with_capacity(packed.len());
        for Summed { day, sums, .. } in packed {
            let hours = block::read_hours_of(&sums, &needed);
            days.push((
                day,
                hours.map_err(|source| DaysError::Unreadable { link, day, source })?,
            ));
            // A year takes some milliseconds.
            tokio::task::consume_budget().await;
        }
        Ok(Arc::new(Trend::of(&days, end, key.active)))
    }
}

#[cfg(test)]
mod tests;
