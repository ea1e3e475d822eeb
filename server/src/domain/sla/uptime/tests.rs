//! What must hold for every link, month and maintenance; and the edges that
//! the worked months leave out.

use proptest::prelude::*;

use super::*;

const SLOTS: i32 = 60;

fn slots(from: i64, to: i64) -> Interval {
    Interval::new(from * 300, to * 300)
}

fn terms() -> Terms {
    Terms::over(slots(0, SLOTS.into()))
}

fn measure(terms: &Terms, states: &[(i32, SampleState)]) -> Uptime {
    let states = states.iter().map(|&(number, state)| (Slot::from_number(number), state));
    Uptime::measure(terms, states, &[])
}

fn any_state() -> impl Strategy<Value = SampleState> {
    prop::sample::select(vec![
        SampleState::Up,
        SampleState::Down,
        SampleState::Disabled,
        SampleState::Unknown,
    ])
}

/// Some slots before and after the period, some missing.
fn any_states() -> impl Strategy<Value = Vec<(i32, SampleState)>> {
    prop::collection::vec(prop::option::of(any_state()), SLOTS as usize + 20).prop_map(|states| {
        (-10..)
            .zip(states)
            .filter_map(|(number, state)| state.map(|state| (number, state)))
            .collect()
    })
}

fn any_windows() -> impl Strategy<Value = Vec<Interval>> {
    let end = i64::from(SLOTS) * 300;
    prop::collection::vec((-600..end, 0..4000i64), 0..6).prop_map(|windows| {
        windows
            .into_iter()
            .map(|(start, length)| Interval::new(start, start + length))
            .collect()
    })
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let end = i64::from(SLOTS) * 300;
    (
        prop::option::of(-1000..end),
        prop::option::of(0..end + 1000),
        prop::option::of(any_windows()),
        any_windows(),
        any_windows(),
        any::<(bool, bool)>(),
    )
        .prop_map(
            |(activated, deactivated, hours, maintenance, exclusions, (unreachable, disabled))| Terms {
                active: Interval::new(activated.unwrap_or(i64::MIN), deactivated.unwrap_or(i64::MAX)),
                service_hours: hours.map(|hours| hours.into_iter().collect()),
                maintenance: maintenance.into_iter().collect(),
                exclusions: exclusions.into_iter().collect(),
                unreachable: if unreachable {
                    UnreachablePolicy::Down
                } else {
                    UnreachablePolicy::Unknown
                },
                disabled: if disabled {
                    DisabledPolicy::Down
                } else {
                    DisabledPolicy::NotAccountable
                },
                ..terms()
            },
        )
}

#[test]
fn a_disabled_slot_is_like_maintenance_and_listed() {
    use SampleState::{Disabled, Up};
    let states = [(0, Up), (1, Disabled), (2, Disabled), (3, Up)];
    let terms = Terms::over(slots(0, 4));
    let found = measure(&terms, &states);
    assert_eq!((found.up, found.down, found.accountable), (600, 0, 600));
    assert_eq!((found.excluded, found.disabled), (600, 600));
    assert_eq!(found.disabled_runs, [slots(1, 3)]);
    let strict = Terms {
        disabled: DisabledPolicy::Down,
        ..terms
    };
    let found = measure(&strict, &states);
    assert_eq!((found.up, found.down, found.excluded), (600, 600, 0));
    assert_eq!(found.disabled_runs, [slots(1, 3)]);
}

#[test]
fn an_exclusion_by_staff_leaves_the_figure_without_it() {
    let terms = Terms {
        exclusions: slots(1, 2).into(),
        ..Terms::over(slots(0, 4))
    };
    let states = [
        (0, SampleState::Up),
        (1, SampleState::Down),
        (2, SampleState::Up),
        (3, SampleState::Up),
    ];
    let found = measure(&terms, &states);
    assert_eq!((found.up, found.down, found.excluded), (900, 0, 300));
    let kept_beside = measure(&terms.without_exclusions(), &states);
    assert_eq!(
        (kept_beside.up, kept_beside.down, kept_beside.outages.len()),
        (900, 300, 1)
    );
}

#[test]
fn an_outage_over_the_edge_of_a_period_is_in_both_with_its_part() {
    let states = [(8, SampleState::Down), (9, SampleState::Down), (10, SampleState::Down)];
    let first = measure(&Terms::over(slots(0, 10)), &states);
    let second = measure(&Terms::over(slots(10, 20)), &states);
    assert_eq!(
        first.outages,
        [Outage {
            span: slots(8, 10),
            counted_seconds: 600
        }]
    );
    assert_eq!(
        second.outages,
        [Outage {
            span: slots(10, 11),
            counted_seconds: 300
        }]
    );
}

#[test]
fn a_repeated_slot_and_one_out_of_order_count_once() {
    use SampleState::{Down, Up};
    let found = measure(&terms(), &[(4, Up), (4, Down), (2, Down), (5, Up)]);
    assert_eq!((found.up, found.down), (600, 0));
}

#[test]
fn a_link_that_was_never_active_has_nothing_to_divide_by() {
    let never = Terms {
        active: Interval::new(0, 0),
        ..terms()
    };
    let found = measure(&never, &[(0, SampleState::Down)]);
    assert_eq!((found.accountable, found.down, found.outages.len()), (0, 0, 0));
    assert!(found.share().is_none() && found.coverage().is_none());
}

proptest! {
    #[test]
    fn every_second_is_counted_once(terms in any_terms(), states in any_states()) {
        let found = measure(&terms, &states);
        prop_assert_eq!(found.up + found.down + found.unknown, found.accountable);
        prop_assert_eq!(found.accountable + found.excluded, found.scheduled);
        prop_assert!(found.scheduled <= found.window.seconds());
        for figure in [found.up, found.down, found.unknown, found.excluded, found.disabled] {
            prop_assert!(figure >= 0);
        }
        let counted: i64 = found.outages.iter().map(|outage| outage.counted_seconds).sum();
        prop_assert_eq!(counted, found.down);
    }

    #[test]
    fn a_slow_count_second_by_second_agrees(terms in any_terms(), states in any_states()) {
        let found = measure(&terms, &states);
        let counting = terms.accountable();
        let state_at = |second: i64| {
            let slot = Slot::from_second(second).number();
            states.iter().find(|&&(number, _)| number == slot).map(|&(_, state)| state)
        };
        let up = counting.as_slice().iter()
            .flat_map(|span| span.start()..span.end())
            .filter(|&second| state_at(second) == Some(SampleState::Up))
            .count();
        prop_assert_eq!(up as i64, found.up);
    }

    #[test]
    fn slots_side_by_side_count_alike_together(terms in any_terms(), states in any_states()) {
        let mut together: Vec<(Interval, SampleState)> = Vec::new();
        for (number, state) in &states {
            crate::domain::links::block::push_state(&mut together, Slot::from_number(*number).interval(), *state);
        }
        prop_assert_eq!(Uptime::measure(&terms, together, &[]), measure(&terms, &states));
    }

    #[test]
    fn the_order_of_maintenance_windows_does_not_matter(
        windows in any_windows(), states in any_states(), seed in any::<prop::sample::Index>(),
    ) {
        let over = |windows: Vec<Interval>| Terms { maintenance: windows.into_iter().collect(), ..terms() };
        let mut turned = windows.clone();
        if !turned.is_empty() {
            let middle = seed.index(turned.len());
            turned.rotate_left(middle);
            turned.push(turned[0]);
        }
        prop_assert_eq!(measure(&over(windows), &states), measure(&over(turned), &states));
    }

    #[test]
    fn more_downtime_never_raises_uptime(terms in any_terms(), states in any_states(), more in prop::collection::vec(any::<prop::sample::Index>(), 1..20)) {
        let mut worse = states.clone();
        for index in more {
            if !worse.is_empty() {
                let at = index.index(worse.len());
                // What was not accountable or known stays so.
                if worse[at].1 == SampleState::Up {
                    worse[at].1 = SampleState::Down;
                }
            }
        }
        let (better, worse) = (measure(&terms, &states), measure(&terms, &worse));
        prop_assert!(worse.up <= better.up && worse.down >= better.down);
        prop_assert_eq!(worse.accountable, better.accountable);
        if let (Some(worse), Some(better)) = (worse.share(), better.share()) {
            prop_assert!(worse.numerator() * better.denominator() <= better.numerator() * worse.denominator());
        }
    }

    #[test]
    fn the_parts_of_a_split_period_add_up(terms in any_terms(), states in any_states(), at in 0..i64::from(SLOTS) * 300) {
        let whole = measure(&terms, &states);
        let part = |period| measure(&Terms { period, ..terms.clone() }, &states);
        let (left, right) = (part(Interval::new(0, at)), part(Interval::new(at, terms.period.end())));
        prop_assert_eq!(left.up + right.up, whole.up);
        prop_assert_eq!(left.down + right.down, whole.down);
        prop_assert_eq!(left.unknown + right.unknown, whole.unknown);
        prop_assert_eq!(left.excluded + right.excluded, whole.excluded);
    }
}

fn any_edges() -> impl Strategy<Value = Vec<Edge>> {
    let end = i64::from(SLOTS) * 300;
    prop::collection::vec((-600..end + 600, any_state(), prop::bool::weighted(0.9)), 0..40).prop_map(|mut edges| {
        edges.sort_by_key(|(second, ..)| *second);
        let edge = |(second, became, is_exact)| Edge {
            second,
            became,
            is_exact,
        };
        edges.into_iter().map(edge).collect()
    })
}

fn measure_exactly(terms: &Terms, states: &[(i32, SampleState)], edges: &[Edge]) -> Uptime {
    let terms = Terms {
        measured_by: MeasuredBy::Edges,
        ..terms.clone()
    };
    let states = states.iter().map(|&(number, state)| (Slot::from_number(number), state));
    Uptime::measure(&terms, states, edges)
}

proptest! {
    #[test]
    fn edges_move_seconds_between_up_and_down_and_nowhere_else(terms in any_terms(), states in any_states(), edges in any_edges()) {
        let (whole, exact) = (measure(&terms, &states), measure_exactly(&terms, &states, &edges));
        prop_assert_eq!(exact.up + exact.down, whole.up + whole.down);
        prop_assert_eq!(exact.unknown, whole.unknown);
        prop_assert_eq!(exact.accountable, whole.accountable);
        let counted: i64 = exact.outages.iter().map(|outage| outage.counted_seconds).sum();
        prop_assert_eq!(counted, exact.down);
        let overlap = exact.outages.windows(2).any(|pair| pair[0].span.end() > pair[1].span.start());
        prop_assert!(!overlap, "{:?}", exact.outages);
    }

    #[test]
    fn the_parts_of_a_period_split_anywhere_add_up_by_edges_too(terms in any_terms(), states in any_states(), edges in any_edges(), at in 0..i64::from(SLOTS) * 300) {
        let whole = measure_exactly(&terms, &states, &edges);
        let part = |period| measure_exactly(&Terms { period, ..terms.clone() }, &states, &edges);
        let (left, right) = (part(Interval::new(0, at)), part(Interval::new(at, terms.period.end())));
        prop_assert_eq!(left.up + right.up, whole.up);
        prop_assert_eq!(left.down + right.down, whole.down);
        prop_assert_eq!(left.unknown + right.unknown, whole.unknown);
        prop_assert_eq!(left.excluded + right.excluded, whole.excluded);
    }
}

/// A link that is down from second 400 to 1,030, with polls at the first second of each slot; then a flap.
#[test]
fn exact_seconds_count_instead_of_whole_slots() {
    let states: Vec<_> = (0..SLOTS)
        .map(|number| {
            (
                number,
                if matches!(number, 2 | 3) {
                    SampleState::Down
                } else {
                    SampleState::Up
                },
            )
        })
        .collect();
    let edge = |second, became| Edge {
        second,
        became,
        is_exact: true,
    };
    let edges = [
        edge(400, SampleState::Down),
        edge(1_030, SampleState::Up),
        edge(3_000, SampleState::Down),
        edge(3_007, SampleState::Up),
    ];
    assert_eq!(measure(&terms(), &states).down, 600);
    let exact = measure_exactly(&terms(), &states, &edges);
    assert_eq!(exact.down, 630 + 7);
    let spans: Vec<_> = exact.outages.iter().map(|outage| outage.span).collect();
    assert_eq!(spans, [Interval::new(400, 1_030), Interval::new(3_000, 3_007)]);
    // Only what is known of the end: from there on the slot that no edge touches is whole.
    let exact = measure_exactly(&terms(), &states, &edges[1..2]);
    assert_eq!(exact.down, 430);
    // In maintenance only what lies outside counts.
    let maintained = Terms {
        maintenance: Interval::new(0, 500).into(),
        ..terms()
    };
    assert_eq!(measure_exactly(&maintained, &states, &edges).down, 530 + 7);
}

#[test]
fn what_was_down_when_a_month_began_is_down_until_the_interface_says_otherwise() {
    // Down for long; up again 120 s after the period began, as its first poll found.
    let states = [(9, SampleState::Down), (10, SampleState::Up), (11, SampleState::Up)];
    let up = [Edge {
        second: 10 * 300 + 120,
        became: SampleState::Up,
        is_exact: true,
    }];
    let terms = Terms::over(slots(10, 12));
    assert_eq!(measure_exactly(&terms, &states, &up).down, 120);
    assert_eq!(
        measure_exactly(&terms, &states[1..], &up).down,
        0,
        "nothing is known of before"
    );
    assert_eq!(measure(&terms, &states).down, 0);
}
