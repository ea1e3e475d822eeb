//! Outages: runs of down slots with no up slot between (R8).
//!
//! What is unknown, disabled, under maintenance or outside service hours does
//! not end a run; only the seconds that count are added to it. Whom an outage
//! concerns and what is said about it is not here.

use serde::{Deserialize, Serialize};

use super::intervals::Interval;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(number: i64) -> Interval {
        Interval::new(number * 300, number * 300 + 300)
    }

    #[test]
    fn only_an_up_slot_ends_an_outage() {
        let mut outages = Outages::default();
        outages.down(slot(1), 300);
        // Slots 2 and 3 are missing, 4 is under maintenance.
        outages.down(slot(4), 0);
        outages.down(slot(5), 150);
        outages.up();
        outages.down(slot(7), 300);
        let [first, second] = outages.finish().try_into().unwrap();
        assert_eq!((first.span, first.counted_seconds), (Interval::new(300, 1800), 450));
        assert_eq!((second.span, second.counted_seconds), (slot(7), 300));
    }

    #[test]
    fn what_lies_wholly_in_maintenance_is_no_outage() {
        let mut outages = Outages::default();
        outages.down(slot(1), 0);
        outages.up();
        outages.down(slot(3), 0);
        assert_eq!(outages.finish(), []);
    }
}
