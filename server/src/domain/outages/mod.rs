//! Outages as things of their own: what caused one, what its customer should know, and whether it counts (R19).
//!
//! An outage is no row: it is calculated from samples, and a late sample may move its edges. What staff say of one is
//! kept by its time and found again by the time that both share. What is excluded is exactly the stretch that was
//! calculated when it was excluded, so that no figure changes behind anybody's back; where an outage is another one by
//! now, [`Outage::is_as_excluded`] says so.

pub mod list;
mod store;

pub use store::{change_note, exclude, include_again, kind_name};

use chrono::{DateTime, Utc};
use entity::{LinkId, Tenant, link, outage_note, outage_note::Exclusion};
use sea_orm::{ColumnTrait, DbErr, Order};

use super::{
    board::Snapshot,
    calendar::instant,
    links::{
        days::DaysError,
        interruptions,
        slot::{SampleState, Slot},
        store as samples,
    },
    sla::{
        intervals::Interval,
        outages as measure, terms,
        uptime::{Edge, Terms, Uptime},
    },
    typed::{BadText, ChangeError, Checks, Rejected, block, optional_line},
};

/// Why something was not said of an outage.
pub type Error = ChangeError<Reason>;

/// How far around a range is looked for the ends of what touches it, in seconds; further each time. What is longer than
/// the last of them has its ends there.
const AROUND: [i64; 4] = [DAY, 8 * DAY, 64 * DAY, 512 * DAY];

const DAY: i64 = 86_400;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text itself.
    Text(BadText),
    /// None of the choices.
    NotAChoice,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// What is said of an outage, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct NoteDraft {
    pub cause: String,
    pub comment: String,
    pub internal_note: String,
}

/// The same as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    cause: Option<String>,
    comment: Option<String>,
    internal_note: Option<String>,
}

impl NoteDraft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `cause`, `comment`, `internal_note`.
    pub fn check(&self) -> Result<Note, Rejected<Reason>> {
        let mut checks = Checks::default();
        let some = |text: String| (!text.is_empty()).then_some(text);
        let cause = checks.keep("cause", optional_line(&self.cause, 160));
        let comment = checks.keep("comment", block(&self.comment, 2000).map(some));
        let internal_note = checks.keep("internal_note", block(&self.internal_note, 4000).map(some));
        match (cause, comment, internal_note) {
            (Some(cause), Some(comment), Some(internal_note)) => Ok(Note {
                cause,
                comment,
                internal_note,
            }),
            _ => Err(checks.rejected()),
        }
    }
}

/// Why an outage shall not count, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct ExclusionDraft {
    /// `client`, `force_majeure` or `other`.
    pub kind: String,
    pub reason: String,
}

/// The same as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluding {
    kind: Exclusion,
    reason: String,
}

impl ExclusionDraft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `kind`, `reason`.
    pub fn check(&self) -> Result<Excluding, Rejected<Reason>> {
        let mut checks = Checks::default();
        let kind = match self.kind.as_str() {
            "client" => Some(Exclusion::Client),
            "force_majeure" => Some(Exclusion::ForceMajeure),
            "other" => Some(Exclusion::Other),
            _ => checks.keep("kind", Err(Reason::NotAChoice)),
        };
        let reason = match block(&self.reason, 1000) {
            Ok(text) if text.is_empty() => Err(BadText::Missing),
            other => other,
        };
        match (kind, checks.keep("reason", reason)) {
            (Some(kind), Some(reason)) => Ok(Excluding { kind, reason }),
            _ => Err(checks.rejected()),
        }
    }
}

/// An outage, whole: no month or range cuts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    pub link: LinkId,
    pub span: Interval,
    /// What counts of it against the service level.
    pub counted_seconds: i64,
    /// What would count if nothing were excluded.
    pub otherwise_seconds: i64,
    /// Something was up since, or the link is out of service.
    pub is_over: bool,
    /// Whether the samples say that there was an outage; else there is only a note of one.
    pub is_measured: bool,
    /// What was said of the time of it: of the one that shares most of its time first.
    pub notes: Vec<outage_note::Model>,
}

impl Outage {
    /// What was said of it.
    #[must_use]
    pub fn note(&self) -> Option<&outage_note::Model> {
        self.notes.first()
    }

    /// The note by which time of it is excluded.
    #[must_use]
    pub fn exclusion(&self) -> Option<&outage_note::Model> {
        self.notes.iter().find(|note| note.exclusion.is_some())
    }

    /// Whether what is excluded is this outage exactly, with nothing less and nothing more.
    #[must_use]
    pub fn is_as_excluded(&self) -> bool {
        let mut excluded = self.notes.iter().filter(|note| note.exclusion.is_some());
        match (excluded.next(), excluded.next()) {
            (Some(note), None) => self.is_measured && span(note) == self.span,
            (None, _) => true,
            (Some(_), Some(_)) => false,
        }
    }

    pub fn starts_at(&self) -> DateTime<Utc> {
        instant(self.span.start())
    }

    pub fn ends_at(&self) -> DateTime<Utc> {
        instant(self.span.end())
    }
}

/// An outage with what counts of it, and what would if nothing were excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    pub counted: measure::Outage,
    pub otherwise_seconds: i64,
}

/// All outages of these states, those too of which nothing counts because they are excluded.
#[must_use]
pub fn measured(terms: &Terms, states: &[(Interval, SampleState)], edges: &[Edge]) -> Vec<Measured> {
    let outages = |terms: &Terms| Uptime::measure(terms, states.iter().copied(), edges).outages;
    let all = outages(&terms.without_exclusions());
    let counted = match terms.exclusions.is_empty() {
        true => None,
        false => Some(outages(terms)),
    };
    // What is excluded changes what counts of a run of down slots, and never the run.
    let seconds = |one: &measure::Outage| match &counted {
        None => one.counted_seconds,
        Some(counted) => {
            let same = counted.binary_search_by_key(&one.span.start(), |other| other.span.start());
            same.map_or(0, |at| counted[at].counted_seconds)
        }
    };
    let one = |outage: measure::Outage| Measured {
        counted: measure::Outage {
            span: outage.span,
            counted_seconds: seconds(&outage),
        },
        otherwise_seconds: outage.counted_seconds,
    };
    all.into_iter().map(one).collect()
}

/// The outages of `link` that touch `range`, oldest first, and the notes in it that belong to none any more.
///
/// # Errors
/// When the database does not answer, or a sealed day can't be read.
pub async fn of_link(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: &link::Model,
    range: Interval,
    now: DateTime<Utc>,
) -> Result<Vec<Outage>, DaysError> {
    let known = Interval::new(i64::MIN, Slot::from_instant(now).end().timestamp());
    let active = terms::active(link);
    let mut found = Vec::new();
    for around in AROUND {
        let window = Interval::new(range.start() - around, range.end() + around);
        let window = window.intersect(active).intersect(known);
        if window.is_empty() {
            break;
        }
        found = within(rows, board, link, window).await?;
        found.retain(|outage| touch(outage.span, range));
        let is_cut = |outage: &Outage| {
            let before = outage.span.start() <= window.start() && active.start() < window.start();
            let after = !outage.is_over && window.end() < known.intersect(active).end();
            before || after
        };
        if !found.iter().any(is_cut) {
            break;
        }
    }
    let notes = notes(rows, link.id, whole(range, &found)).await?;
    for outage in &mut found {
        outage.notes = notes_of(&notes, outage.span).into_iter().cloned().collect();
    }
    let lost = notes
        .into_iter()
        .filter(|note| touch(span(note), range) && !found.iter().any(|outage| touch(outage.span, span(note))));
    let lost: Vec<_> = lost.map(Outage::of_note).collect();
    found.extend(lost);
    found.sort_by_key(|outage| outage.span.start());
    Ok(found)
}

/// The outage of `link` in which the second `at` lies, or the note of one that is none any more.
///
/// # Errors
/// As [`of_link`].
pub async fn find(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: &link::Model,
    at: i64,
    now: DateTime<Utc>,
) -> Result<Option<Outage>, DaysError> {
    // Beyond it no calendar goes.
    if !(0..=now.timestamp()).contains(&at) {
        return Ok(None);
    }
    let touching = of_link(rows, board, link, Interval::new(at, at + 1), now).await?;
    Ok(touching.into_iter().next())
}

/// What was said of the time of an outage, of the notes that there are: what shares most of its time first.
#[must_use]
pub fn notes_of(notes: &[outage_note::Model], outage: Interval) -> Vec<&outage_note::Model> {
    let mut of: Vec<_> = notes.iter().filter(|note| touch(span(note), outage)).collect();
    of.sort_by_key(|note| std::cmp::Reverse(span(note).intersect(outage).seconds()));
    of
}

/// What was said of the outages of `link` in `range`, in the order of their time.
///
/// # Errors
/// When the database does not answer.
pub async fn notes(rows: &Tenant<'_>, link: LinkId, range: Interval) -> Result<Vec<outage_note::Model>, DbErr> {
    rows.find::<outage_note::Entity>()
        .filter(outage_note::Column::LinkId.eq(link))
        .filter(outage_note::Column::StartsAt.lt(instant(range.end())))
        .filter(outage_note::Column::EndsAt.gt(instant(range.start())))
        .order_by(outage_note::Column::StartsAt, Order::Asc)
        .all()
        .await
}

/// The time of which a note is.
fn span(note: &outage_note::Model) -> Interval {
    Interval::between(note.starts_at, note.ends_at)
}

fn touch(a: Interval, b: Interval) -> bool {
    !a.intersect(b).is_empty()
}

/// The range with all of what touches it.
fn whole(range: Interval, found: &[Outage]) -> Interval {
    let spans = || found.iter().map(|outage| outage.span);
    let start = spans().map(Interval::start).fold(range.start(), i64::min);
    let end = spans().map(Interval::end).fold(range.end(), i64::max);
    Interval::new(start, end)
}

impl Outage {
    /// What is left of one that the samples tell nothing of any more.
    fn of_note(note: outage_note::Model) -> Self {
        Self {
            link: note.link_id,
            span: span(&note),
            counted_seconds: 0,
            otherwise_seconds: 0,
            is_over: true,
            is_measured: false,
            notes: vec![note],
        }
    }
}

/// The outages in `window`, cut by it and without notes.
async fn within(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: &link::Model,
    window: Interval,
) -> Result<Vec<Outage>, DaysError> {
    let terms = terms::of_link(board, link, window);
    let (first, last) = (Slot::from_second(window.start()), Slot::from_second(window.end() - 1));
    let states = samples::states(rows, link.id, first, last).await?;
    let states: Vec<_> = states
        .into_iter()
        .map(|(slot, state)| (slot.interval(), state))
        .collect();
    let edges = interruptions::counted_edges(rows, link.id, &terms).await?;
    let last_up = states.iter().rfind(|(_, state)| *state == SampleState::Up);
    let last_up = last_up.map_or(i64::MIN, |(slot, _)| slot.end());
    let out_of_service = terms::active(link).end() <= window.end();
    let outage = |one: Measured| Outage {
        link: link.id,
        span: one.counted.span,
        counted_seconds: one.counted.counted_seconds,
        otherwise_seconds: one.otherwise_seconds,
        is_over: last_up > one.counted.span.end() || out_of_service,
        is_measured: true,
        notes: Vec::new(),
    };
    Ok(measured(&terms, &states, &edges).into_iter().map(outage).collect())
}

#[cfg(test)]
mod tests;
