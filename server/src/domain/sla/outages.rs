//! Outages: runs of down slots with no up slot between (R8).
//!
//! What is unknown, disabled, under maintenance or outside service hours does
//! not end a run; only the seconds that count are added to it. Whom an outage
//! concerns and what is said about it is not here.

use super::intervals::Interval;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// From the first down slot's start to the last one's end.
    pub span: Interval,
    /// How many of its seconds count against the service level.
    pub counted_seconds: i64,
}

/// Collects outages from slots in ascending order.
#[derive(Clone, Debug, Default)]
pub struct Outages {
    open: Option<Outage>,
    ended: Vec<Outage>,
}

impl Outages {
    /// A down slot, of which `counted` seconds count.
    pub fn down(&mut self, slot: Interval, counted: i64) {
        let outage = self.open.get_or_insert(Outage {
            span: slot,
            counted_seconds: 0,
        });
        outage.span = Interval::new(outage.span.start(), slot.end());
        outage.counted_seconds += counted;
    }

    /// An up slot.
    pub fn up(&mut self) {
        // Wholly inside maintenance there was nothing that anyone was owed.
        self.ended
            .extend(self.open.take().filter(|outage| outage.counted_seconds > 0));
    }

    pub fn finish(mut self) -> Vec<Outage> {
        self.up();
        self.ended
    }
}
