//! Days that are taken by what they came to, beside the same days slot by slot.

use proptest::prelude::*;

use super::{
    super::{
        calculation::{Agreement, Calculation},
        credit::CreditTerms,
        thresholds::Thresholds,
        uptime::Edge,
    },
    *,
};
use crate::domain::links::{
    block::Course,
    slot::{Counters, Jitter, Latency},
};

const FIRST: i32 = 20_700;
const DAYS: i32 = 6;

fn sample(number: i32, seed: u32, is_up: bool) -> Sample {
    let state = match seed % 9 {
        _ if is_up => SampleState::Up,
        0 => SampleState::Down,
        1 => SampleState::Unknown,
        2 => SampleState::Disabled,
        _ => SampleState::Up,
    };
    Sample {
        counters: Counters {
            rx_octets: (!seed.is_multiple_of(5)).then_some(u64::from(seed) * 11),
            tx_octets: Some(u64::from(seed)),
            ..Counters::default()
        },
        rate_seconds: (!seed.is_multiple_of(11)).then_some(200 + seed % 200),
        latency: (!seed.is_multiple_of(3)).then_some(Latency {
            min_us: seed % 900,
            avg_us: 1_000 + seed % 900,
            max_us: 2_000 + seed % 9_000,
        }),
        jitter: (!seed.is_multiple_of(4)).then_some(Jitter {
            mean_us: seed % 700,
            differences: seed % 5,
        }),
        // Duplicates, replies that nobody counted, and nothing asked.
        probes_sent: if seed.is_multiple_of(13) { 0 } else { 5 },
        probes_received: if seed.is_multiple_of(13) { 0 } else { seed % 8 },
        ..Sample::new(Slot::from_number(number), state)
    }
}

fn agreement(rule: PercentileOf) -> Agreement {
    Agreement {
        thresholds: Thresholds {
            uptime: "99.5".parse().ok(),
            latency_us: Some(1_400),
            ..Thresholds::default()
        },
        credit: CreditTerms::default(),
        monthly_fee: Some(100_000),
        percentile_of: rule,
    }
}

/// The figures from days where they tell, and how many of them did.
fn by_days(terms: &Terms, agreement: &Agreement, samples: &[Sample], edges: &[Edge]) -> (Calculation, usize) {
    let mut gathered = Gathered::new(terms, agreement.percentile_of);
    let Some((first, last)) = gathered.slots() else {
        return (Calculation::from_gathered(terms, agreement, gathered, edges), 0);
    };
    let (mut others, mut taken) = (Vec::new(), 0);
    for of_day in samples.chunk_by(|a, b| Day::of(a.slot) == Day::of(b.slot)) {
        let day = Day::of(of_day[0].slot);
        let summed = Summed {
            day,
            sums: Judged(Totals::of(of_day)),
            course: block::write_course(&Course::of(of_day).cut(), day),
        };
        if gathered.carried.takes_days() && gathered.take_day(&summed) {
            taken += 1;
        } else {
            let read = block::read(&block::write(of_day), day, Part::Judged).unwrap();
            others.extend(read.into_iter().filter(|sample| (first..=last).contains(&sample.slot)));
        }
    }
    gathered.take_samples(&others);
    for day in gathered.carried.peaks.unsure() {
        let of_day = samples.iter().filter(|sample| Day::of(sample.slot) == day);
        gathered.carried.peaks.learn(day, &of_day.copied().collect::<Vec<_>>());
    }
    (Calculation::from_gathered(terms, agreement, gathered, edges), taken)
}

/// A span of seconds within the days, or a little outside of them.
fn span() -> impl Strategy<Value = Interval> {
    let start = i64::from(FIRST) * 86_400;
    let all = -40_000..i64::from(DAYS) * 86_400 + 40_000;
    (all, 0..90_000_i64).prop_map(move |(from, length)| Interval::new(start + from, start + from + length))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn days_and_slots_give_the_same_figures(
        seeds in prop::collection::vec(prop::option::weighted(0.9, 1..4_000_000_000_u32), DAYS as usize * 288),
        up in prop::collection::vec(prop::bool::weighted(0.7), DAYS as usize),
        (from, to) in (-30_000..150_000_i64, 300_000..600_000_i64),
        active in prop::option::weighted(0.4, 0..200_000_i64),
        maintenance in prop::collection::vec(span(), 0..2),
        exclusions in prop::collection::vec(span(), 0..2),
        edges in prop::collection::vec((0..i64::from(DAYS) * 86_400, prop::bool::ANY), 0..20),
        by_edges in any::<bool>(),
        rule in prop::sample::select(vec![PercentileOf::Greater, PercentileOf::Greater, PercentileOf::Sum]),
    ) {
        let samples: Vec<Sample> = (0..)
            .zip(&seeds)
            .filter_map(|(at, seed)| Some(sample(FIRST * block::SLOTS + at, (*seed)?, up[(at / block::SLOTS) as usize])))
            .collect();
        let start = i64::from(FIRST) * 86_400;
        let mut terms = Terms::over(Interval::new(start + from, start + to));
        if let Some(begun) = active {
            terms.active = Interval::new(start + begun, start + begun + 350_000);
        }
        terms.maintenance = maintenance.into_iter().collect();
        terms.exclusions = exclusions.into_iter().collect();
        terms.measured_by = if by_edges { MeasuredBy::Edges } else { MeasuredBy::Slots };
        let mut edges: Vec<Edge> = edges
            .into_iter()
            .map(|(at, is_up)| Edge {
                second: start + at,
                became: if is_up { SampleState::Up } else { SampleState::Down },
                is_exact: true,
            })
            .collect();
        edges.sort_by_key(|edge| edge.second);
        let agreement = agreement(rule);
        let (figures, _) = by_days(&terms, &agreement, &samples, &edges);
        prop_assert_eq!(figures, Calculation::of(&terms, &agreement, &samples, &edges));
    }
}

#[test]
fn days_are_taken_by_what_they_came_to_where_that_tells_all() {
    let first = FIRST * block::SLOTS;
    let start = i64::from(FIRST) * 86_400;
    let samples: Vec<Sample> = (0..DAYS * block::SLOTS)
        .map(|at| sample(first + at, 7 * at.unsigned_abs(), at / block::SLOTS != 1))
        .collect();
    let mut terms = Terms::over(Interval::new(start - 3_600, start + i64::from(DAYS) * 86_400 - 3_600));
    // The second day was not all up, the last one is cut, and a minute of the third does not count.
    terms.maintenance = Interval::new(start + 2 * 86_400 + 600, start + 2 * 86_400 + 660).into();
    let taken = |rule| by_days(&terms, &agreement(rule), &samples, &[]).1;
    assert_eq!((taken(PercentileOf::Greater), taken(PercentileOf::Sum)), (3, 0));
}
