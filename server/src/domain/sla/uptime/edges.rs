//! A slot in the parts that the interface's own edges divide it into (R20).
//!
//! Only slots that a poll found up or down are divided, and only into up and down: what is unknown or disabled counts
//! by whole slots, as it does without edges.

use super::Interval;
use crate::domain::links::slot::{SampleState, Slot};

/// The interface changed in this second, which is the first of its new state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub second: i64,
    pub became: SampleState,
    /// Whether the second is the interface's own, and not that of the poll that found it changed.
    pub is_exact: bool,
}

/// Divides slots in their order, each by what the one before ended as.
#[derive(Clone, Debug)]
pub(super) struct Divider<'a> {
    /// Those that lie after the slots so far.
    edges: &'a [Edge],
    /// When the slots so far end, and as what.
    ended: Option<(i64, SampleState)>,
}

impl<'a> Divider<'a> {
    /// `edges` ascend.
    pub(super) fn new(edges: &'a [Edge]) -> Self {
        Self { edges, ended: None }
    }

    /// The parts of slots that lie side by side and have the same state, in their order, given to `each`.
    pub(super) fn divide(&mut self, span: Interval, state: SampleState, mut each: impl FnMut(Interval, SampleState)) {
        let mut within = take(&mut self.edges, span);
        if within.is_empty() || !matches!(state, SampleState::Up | SampleState::Down) {
            self.ended = Some((span.end(), state));
            return each(span, state);
        }
        let mut start = span.start();
        while start < span.end() {
            let end = Slot::from_second(start).interval().end().min(span.end());
            self.slot(
                Interval::new(start, end),
                state,
                take(&mut within, Interval::new(start, end)),
                &mut each,
            );
            start = end;
        }
    }

    /// A slot without an edge is whole, whatever one before it said; so is one in which a poll alone tells of a change:
    /// what else is known of it is not all.
    fn slot(
        &mut self,
        slot: Interval,
        state: SampleState,
        edges: &[Edge],
        each: &mut impl FnMut(Interval, SampleState),
    ) {
        let ended = self
            .ended
            .filter(|(end, _)| *end == slot.start())
            .map(|(_, state)| state);
        let edges = if edges.iter().all(|edge| edge.is_exact) {
            edges
        } else {
            &[]
        };
        let counted = |became| match became {
            SampleState::Up | SampleState::Down => became,
            SampleState::Disabled | SampleState::Unknown => state,
        };
        let before = edges.first().map_or(state, |first| match (first.became, ended) {
            (became, Some(ended)) if ended != became => ended,
            (SampleState::Down, None) => SampleState::Up,
            _ => state,
        });
        let (mut start, mut is) = (slot.start(), before);
        for edge in edges {
            if start < edge.second {
                each(Interval::new(start, edge.second), counted(is));
            }
            (start, is) = (edge.second, edge.became);
        }
        each(Interval::new(start, slot.end()), counted(is));
        self.ended = Some((slot.end(), is));
    }
}

/// Takes those that lie in `span`, and drops those before it.
fn take<'a>(edges: &mut &'a [Edge], span: Interval) -> &'a [Edge] {
    let first = edges.partition_point(|edge| edge.second < span.start());
    let after = edges.partition_point(|edge| edge.second < span.end());
    let within = &edges[first..after];
    *edges = &edges[after..];
    within
}

#[cfg(test)]
mod tests {
    use SampleState::{Disabled, Down, Unknown, Up};

    use super::*;

    fn edge((second, became): (i64, SampleState)) -> Edge {
        Edge {
            second,
            became,
            is_exact: true,
        }
    }

    /// The parts of these slots, the first of which begins at 0.
    fn divided(slots: &[SampleState], edges: &[Edge]) -> Vec<(i64, i64, SampleState)> {
        let mut divider = Divider::new(edges);
        let mut parts: Vec<(i64, i64, SampleState)> = Vec::new();
        for (number, state) in (0..).zip(slots) {
            let slot = Interval::new(number * 300, number * 300 + 300);
            divider.divide(slot, *state, |part, state| match parts.last_mut() {
                Some((_, end, same)) if *same == state => *end = part.end(),
                _ => parts.push((part.start(), part.end(), state)),
            });
        }
        parts
    }

    #[test]
    fn slots_are_divided_where_the_interface_changed() {
        let down = [(450, Down), (1_030, Up)].map(edge);
        assert_eq!(
            divided(&[Up, Up, Down, Up], &down),
            [(0, 450, Up), (450, 1_030, Down), (1_030, 1_200, Up)]
        );
        // The poll of the slot came after the link was back, and before that only slots tell of it.
        assert_eq!(
            divided(&[Down, Up], &[edge((310, Up))]),
            [(0, 310, Down), (310, 600, Up)]
        );
        let flaps = [(100, Down), (105, Up), (200, Down), (299, Up)].map(edge);
        assert_eq!(
            divided(&[Up], &flaps),
            [
                (0, 100, Up),
                (100, 105, Down),
                (105, 200, Up),
                (200, 299, Down),
                (299, 300, Up)
            ]
        );
        assert_eq!(
            divided(&[Down], &[edge((0, Down)), edge((20, Up))]),
            [(0, 20, Down), (20, 300, Up)]
        );
        // Edges after a gap say nothing of what was before it.
        assert_eq!(divided(&[Up, Up], &[edge((310, Up))]), [(0, 600, Up)]);
        for state in [Unknown, Disabled] {
            assert_eq!(divided(&[state], &flaps), [(0, 300, state)]);
        }
    }

    #[test]
    fn switching_an_interface_off_or_on_is_no_downtime() {
        assert_eq!(
            divided(&[Up, Disabled, Up], &[edge((150, Disabled)), edge((750, Up))]),
            [(0, 300, Up), (300, 600, Disabled), (600, 900, Up)]
        );
        assert_eq!(
            divided(&[Up], &[edge((150, Disabled)), edge((200, Up))]),
            [(0, 300, Up)]
        );
        assert_eq!(
            divided(&[Disabled, Up], &[edge((400, Down)), edge((450, Up))]),
            [(0, 300, Disabled), (300, 400, Up), (400, 450, Down), (450, 600, Up)]
        );
    }

    #[test]
    fn what_only_a_poll_tells_of_makes_its_slot_whole() {
        let found = Edge {
            is_exact: false,
            ..edge((500, Down))
        };
        let edges = [edge((310, Down)), edge((315, Up)), found, edge((700, Up))];
        assert_eq!(
            divided(&[Up, Down, Up], &edges),
            [(0, 300, Up), (300, 700, Down), (700, 900, Up)]
        );
    }
}
