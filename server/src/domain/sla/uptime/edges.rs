//! A slot in the parts that the interface's own edges divide it into (R20).

use super::Interval;
use crate::domain::links::slot::{SampleState, Slot};

/// The interface went down or came back in this second, which is the first of its new state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub second: i64,
    pub down: bool,
}

/// The parts of slots that lie side by side and have the same state, in their order, by those of `edges` that lie in
/// them; they ascend.
///
/// Only slots that a poll found up or down are divided. Before its first edge a slot is what that edge ended. One
/// without an edge is whole: what its poll found, whatever an edge before it said.
pub(super) fn parts(
    span: Interval,
    state: SampleState,
    edges: &[Edge],
) -> impl Iterator<Item = (Interval, SampleState)> {
    let edges = match state {
        SampleState::Up | SampleState::Down => within(span, edges),
        SampleState::Disabled | SampleState::Unknown => &[],
    };
    let slot_from = move |start: i64| {
        let end = match edges {
            [] => span.end(),
            _ => Slot::from_second(start).interval().end().min(span.end()),
        };
        Interval::new(start, end)
    };
    let slots = std::iter::successors(Some(slot_from(span.start())), move |slot| {
        (slot.end() < span.end()).then(|| slot_from(slot.end()))
    });
    slots.flat_map(move |slot| divided(slot, state, within(slot, edges)))
}

fn within(span: Interval, edges: &[Edge]) -> &[Edge] {
    let first = edges.partition_point(|edge| edge.second < span.start());
    let after = edges.partition_point(|edge| edge.second < span.end());
    &edges[first..after]
}

/// One slot by the edges in it.
fn divided(slot: Interval, state: SampleState, edges: &[Edge]) -> impl Iterator<Item = (Interval, SampleState)> {
    let state_of = |down| if down { SampleState::Down } else { SampleState::Up };
    let before = edges.first().map_or(state, |edge| state_of(!edge.down));
    let states = std::iter::once(before).chain(edges.iter().map(move |edge| state_of(edge.down)));
    let bounds = edges.iter().map(|edge| edge.second);
    let starts = std::iter::once(slot.start()).chain(bounds.clone());
    let parts = starts.zip(bounds.chain([slot.end()])).zip(states);
    let parts = parts.map(|((start, end), state)| (Interval::new(start, end), state));
    parts.filter(|(part, _)| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(state: SampleState, edges: &[(i64, bool)]) -> Vec<(i64, i64, SampleState)> {
        let edges: Vec<_> = edges.iter().map(|&(second, down)| Edge { second, down }).collect();
        let parts = parts(Interval::new(300, 600), state, &edges);
        parts.map(|(part, state)| (part.start(), part.end(), state)).collect()
    }

    #[test]
    fn a_slot_is_divided_where_the_interface_changed() {
        use SampleState::{Disabled, Down, Unknown, Up};
        assert_eq!(divided(Up, &[]), [(300, 600, Up)]);
        assert_eq!(divided(Down, &[(299, false), (600, false)]), [(300, 600, Down)]);
        assert_eq!(divided(Down, &[(450, true)]), [(300, 450, Up), (450, 600, Down)]);
        // Its poll came after the link was back.
        assert_eq!(divided(Up, &[(310, false)]), [(300, 310, Down), (310, 600, Up)]);
        assert_eq!(
            divided(Up, &[(300, true), (320, false)]),
            [(300, 320, Down), (320, 600, Up)]
        );
        let flaps = [(400, true), (405, false), (500, true), (599, false)];
        assert_eq!(
            divided(Up, &flaps),
            [
                (300, 400, Up),
                (400, 405, Down),
                (405, 500, Up),
                (500, 599, Down),
                (599, 600, Up)
            ]
        );
        let run = parts(
            Interval::new(0, 1_200),
            Up,
            &[Edge {
                second: 700,
                down: false,
            }],
        );
        let run: Vec<_> = run.map(|(part, state)| (part.start(), part.end(), state)).collect();
        assert_eq!(
            run,
            [
                (0, 300, Up),
                (300, 600, Up),
                (600, 700, Down),
                (700, 900, Up),
                (900, 1_200, Up)
            ]
        );
        for state in [Unknown, Disabled] {
            assert_eq!(divided(state, &flaps), [(300, 600, state)]);
        }
    }
}
