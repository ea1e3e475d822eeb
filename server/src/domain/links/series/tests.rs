//! Buckets and bands against hand-made days.

use proptest::prelude::*;

use super::super::slot::{Counters, Latency};
use super::*;

fn slot(number: i32) -> Slot {
    Slot::from_number(number)
}

fn state(number: i32, state: SampleState) -> Sample {
    Sample::new(slot(number), state)
}

fn traffic(number: i32, octets: u64, seconds: Option<u32>) -> Sample {
    Sample {
        counters: Counters {
            rx_octets: Some(octets),
            ..Counters::default()
        },
        rate_seconds: seconds,
        ..state(number, SampleState::Up)
    }
}

fn slots(from: i64, to: i64) -> Interval {
    Interval::new(from * 300, to * 300)
}

fn always() -> Interval {
    Interval::new(i64::MIN, i64::MAX)
}

fn drawn(grid: Grid, samples: &[Sample], active: Interval, over: Slot, maintenance: &Intervals) -> Series {
    Series::of(&Measured::of(grid, samples, active), active, over, maintenance)
}

fn series(grid: Grid, samples: &[Sample]) -> Series {
    drawn(grid, samples, always(), slot(i32::MAX), &Intervals::default())
}

#[test]
fn each_span_is_as_long_as_its_name() {
    for (span, days) in [(Span::Day, 1), (Span::Week, 7), (Span::Month, 30), (Span::Year, 365)] {
        let grid = Grid::of(span, slot(5_913_001));
        assert_eq!(grid.interval().seconds(), days * 86_400);
        assert!(grid.interval().contains(slot(5_913_001).interval().start()));
    }
}

#[test]
fn buckets_stay_where_they_are_while_time_goes_on() {
    let now = Grid::of(Span::Week, slot(6000));
    assert_eq!(now, Grid::of(Span::Week, slot(6005)));
    assert_ne!(now, Grid::of(Span::Week, slot(6006)));
    assert_eq!(now.index_of(slot(6005)), Some(335));
    assert_eq!(now.index_of(slot(6006)), None);
    assert_eq!(now.bucket(335), slots(6000, 6006));
}

#[test]
fn a_chosen_range_has_a_graphs_number_of_buckets_and_is_cut_to_its_slots() {
    let days = |days: i64| Grid::of(Span::Chosen(Interval::new(1_000, 1_000 + days * 86_400)), slot(0));
    for (length, slots, least) in [
        (1, 1, 280),
        (5, 6, 200),
        (30, 24, 300),
        (90, 72, 300),
        (366, 288, 300),
        (3_650, 2_016, 400),
    ] {
        assert_eq!(days(length).slots_per_bucket(), slots, "{length} days");
        assert!((least..550).contains(&days(length).buckets()), "{length} days");
    }
    let month = days(30);
    assert_eq!(month.interval(), Interval::new(900, 30 * 86_400 + 1_200));
    assert_eq!(month.bucket(0), Interval::new(900, 7_200));
    assert_eq!(month.bucket(month.buckets() - 1).end(), month.interval().end());
    assert_eq!((month.index_of(slot(2)), month.index_of(slot(3))), (None, Some(0)));
    assert_eq!(month.index_of(slot(30 * 288 + 4)), None);
}

#[test]
fn an_earlier_grid_has_the_same_buckets_and_ends_where_this_one_is_not_measured_yet() {
    let week = Grid::new(slot(6001), 336, 6);
    let earlier = week.earlier(2016, slot(6001));
    assert_eq!(earlier.buckets(), 336);
    assert_eq!(earlier.interval().end(), slot(6001 - 2016).interval().end());
    assert_eq!(earlier.interval().start(), week.interval().start() - 7 * 86_400);
    for index in 0..335 {
        let (now, then) = (week.bucket(index), earlier.bucket(index));
        assert_eq!(
            (then.start() + 7 * 86_400, then.seconds()),
            (now.start(), now.seconds())
        );
    }
    assert_eq!(earlier.bucket(335), slots(6000 - 2016, 6002 - 2016));
    assert_eq!(earlier.index_of(slot(6002 - 2016)), None);
    // One that was cut by its range still is, at the same places.
    let chosen = Grid::of(Span::Chosen(Interval::new(1_000, 1_000 + 30 * 86_400)), slot(0));
    let earlier = chosen.earlier(30 * 288 + 1, slot(i32::MAX));
    for index in 0..chosen.buckets() {
        assert_eq!(
            earlier.bucket(index).seconds(),
            chosen.bucket(index).seconds(),
            "{index}"
        );
    }
    assert_eq!(earlier.interval().end(), chosen.interval().start());
}

#[test]
fn a_mean_rate_is_weighted_by_seconds_and_the_peak_is_kept() {
    let samples = [
        traffic(0, 37_500_000, Some(300)),
        traffic(1, 10_000_000, Some(100)),
        traffic(2, 999, None),
    ];
    let rx = series(Grid::new(slot(5), 1, 6), &samples).buckets[0]
        .figures
        .rx
        .unwrap();
    assert_eq!(
        rx,
        Summary {
            min: 800_000.0,
            avg: 950_000.0,
            max: 1_000_000.0
        }
    );
}

#[test]
fn what_is_not_known_is_none_and_never_zero() {
    let drawn = series(
        Grid::new(slot(2), 3, 1),
        &[traffic(0, 0, Some(300)), traffic(1, 9, None)],
    );
    assert_eq!(drawn.buckets[0].figures.rx.map(|rx| rx.avg), Some(0.0));
    assert_eq!(drawn.buckets[1].figures.rx, None);
    assert_eq!(drawn.buckets[2].figures, Figures::default());
    assert_eq!(drawn.overall.tx, None);
}

#[test]
fn latency_weighs_replies_and_loss_weighs_probes() {
    let probed = |number, avg_us, sent, received| Sample {
        latency: Some(Latency {
            min_us: avg_us - 1000,
            avg_us,
            max_us: avg_us + 1000,
        }),
        probes_sent: sent,
        probes_received: received,
        ..state(number, SampleState::Up)
    };
    let figures = series(
        Grid::new(slot(5), 1, 6),
        &[probed(0, 10_000, 10, 9), probed(1, 20_000, 2, 1)],
    )
    .overall;
    assert_eq!(
        figures.latency_ms,
        Some(Summary {
            min: 9.0,
            avg: 11.0,
            max: 21.0
        })
    );
    let loss = figures.loss_percent.unwrap();
    assert_eq!((loss.min, loss.max), (10.0, 50.0));
    assert!((loss.avg - 100.0 / 6.0).abs() < 1e-9);
}

#[test]
fn bands_show_outages_switched_off_and_missing_slots() {
    use SampleState::{Disabled, Down, Unknown, Up};
    let samples = [
        state(0, Up),
        state(1, Down),
        state(2, Unknown),
        state(4, Down),
        state(5, Up),
        state(6, Disabled),
        state(7, Disabled),
        state(8, Down),
        state(20, Down),
    ];
    let bands = drawn(
        Grid::new(slot(11), 12, 1),
        &samples,
        always(),
        slot(9),
        &[Interval::new(-500, 450)].into_iter().collect(),
    )
    .bands;
    assert_eq!(bands.outages, [slots(1, 5), slots(8, 9)]);
    assert_eq!(bands.disabled, [slots(6, 8)]);
    assert_eq!(bands.missing, [slots(2, 4), slots(9, 10)]);
    assert_eq!(bands.maintenance, [Interval::new(0, 450)]);
}

#[test]
fn what_was_before_and_after_the_service_is_not_shown() {
    use SampleState::{Disabled, Down};
    let samples = [
        Sample {
            state: Down,
            ..traffic(1, 1, Some(300))
        },
        // The service begins in this slot, and ends in slot 6.
        Sample {
            state: Down,
            ..traffic(2, 2, Some(300))
        },
        traffic(3, 3, Some(300)),
        state(6, Disabled),
        traffic(7, 7, Some(300)),
    ];
    let active = Interval::new(2 * 300 + 100, 6 * 300 + 50);
    let maintained = slots(0, 4).into();
    let drawn = drawn(Grid::new(slot(9), 10, 1), &samples, active, slot(8), &maintained);
    let known: Vec<usize> = (0..10).filter(|&at| drawn.buckets[at].figures.rx.is_some()).collect();
    assert_eq!(known, [2, 3]);
    assert_eq!(drawn.bands.outages, [Interval::new(700, 900)]);
    assert_eq!(drawn.bands.disabled, [Interval::new(1800, 1850)]);
    assert_eq!(drawn.bands.missing, [slots(4, 6)]);
    assert_eq!(drawn.bands.maintenance, [Interval::new(700, 1200)]);
    assert_eq!(
        sparkline(slot(287), &samples, Interval::new(0, 0)),
        vec![None; 48],
        "never active"
    );
}

#[test]
fn a_sparkline_is_a_day_of_half_hours() {
    let line = sparkline(
        slot(287),
        &[traffic(0, 37_500_000, Some(300)), traffic(287, 75_000_000, Some(300))],
        always(),
    );
    assert_eq!(line.len(), 48);
    assert_eq!(
        (line[0], line[1], line[47]),
        (Some(1_000_000.0), None, Some(2_000_000.0))
    );
}

proptest! {
    #[test]
    fn bands_lie_in_the_service_and_leave_no_gap(
        found in prop::collection::vec((0..60i32, 0..5usize), 0..60), from in -500..20_000i64, length in 0..20_000i64, over in 0..70i32,
    ) {
        use SampleState::{Disabled, Down, Unknown, Up};
        let known: std::collections::BTreeMap<_, _> = found.into_iter().collect();
        let samples: Vec<Sample> = known
            .iter()
            .filter_map(|(number, kind)| Some(state(*number, *[Up, Down, Disabled, Unknown].get(*kind)?)))
            .collect();
        let active = Interval::new(from, from + length);
        let drawn = drawn(Grid::new(slot(59), 60, 1), &samples, active, slot(over), &slots(10, 40).into());
        let shown = slots(0, 60).intersect(active);
        let bands = drawn.bands;
        for band in [&bands.outages, &bands.disabled, &bands.missing, &bands.maintenance].into_iter().flatten() {
            prop_assert_eq!(band.intersect(shown), *band);
        }
        let due = Interval::new(shown.start(), shown.end().min(slot(over).interval().end()));
        let seen = samples.iter().filter(|sample| sample.state != Unknown);
        let seen: Intervals = seen.map(|sample| sample.slot.interval().intersect(due)).collect();
        let missing: Intervals = bands.missing.into_iter().collect();
        prop_assert_eq!(seen.union(&missing), due.into());
        prop_assert!(seen.intersect(&missing).is_empty());
    }

    #[test]
    fn the_whole_has_the_bounds_of_its_buckets(octets in prop::collection::vec((any::<u64>(), 0..700u32), 1..60)) {
        let samples: Vec<Sample> = (0..).zip(octets).map(|(n, (o, s))| traffic(n, o, Some(s))).collect();
        let drawn = series(Grid::new(slot(59), 10, 6), &samples);
        let known: Vec<Summary> = drawn.buckets.iter().filter_map(|bucket| bucket.figures.rx).collect();
        if let Some(overall) = drawn.overall.rx {
            prop_assert_eq!(overall.max, known.iter().map(|rx| rx.max).fold(f64::MIN, f64::max));
            prop_assert_eq!(overall.min, known.iter().map(|rx| rx.min).fold(f64::MAX, f64::min));
            for rx in known {
                prop_assert!(rx.min <= rx.avg && rx.avg <= rx.max);
            }
        } else {
            prop_assert!(known.is_empty());
        }
    }
}
