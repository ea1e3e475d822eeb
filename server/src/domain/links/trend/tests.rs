use chrono::TimeDelta;
use proptest::prelude::*;
use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{
    super::slot::{Counters, Sample, SampleState},
    *,
};
use crate::testing::{scratch_db, scratch_link, scratch_tenant};

const END: i32 = 20_700;
const MBIT: f64 = 1_000_000.0;

/// Noise of standard deviation 1, of which each value keeps `memory` of the one before.
fn noise(seed: u64, memory: f64, count: usize) -> Vec<f64> {
    let mut random = StdRng::seed_from_u64(seed);
    // The sum of twelve is as good as normal.
    let mut fresh = || (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
    let mut value = fresh();
    let step = |_| {
        value = memory * value + (1.0 - memory * memory).sqrt() * fresh();
        value
    };
    (0..count).map(step).collect()
}

fn direction(values: impl IntoIterator<Item = f64>) -> Direction {
    Direction::of(values.into_iter().map(Some).collect())
}

fn trend(direction: Direction) -> Trend {
    Trend {
        end: start(Day::from_number(END)),
        is_whole: true,
        directions: [direction.clone(), direction],
    }
}

fn end() -> DateTime<Utc> {
    instant(start(Day::from_number(END)))
}

fn reach(direction: &Direction, bps: f64) -> Option<Reach> {
    trend(direction.clone()).reach(direction, bps, end() + TimeDelta::hours(12))
}

/// Of 400 links that do not grow, how many are said to.
fn false_alarms(memory: f64, weeks: usize) -> usize {
    (0..400)
        .filter(|seed| matches!(direction(noise(*seed, memory, weeks)).course, Course::Line(_)))
        .count()
}

#[test]
fn chance_is_hardly_ever_taken_for_growth() {
    for weeks in [8, 13, 26, 52] {
        let independent = false_alarms(0.0, weeks);
        assert!(independent <= 8, "{independent} of 400 in {weeks} weeks");
        let similar = false_alarms(0.5, weeks);
        assert!(
            similar <= 24,
            "{similar} of 400 in {weeks} weeks that are like their neighbours"
        );
    }
}

#[test]
fn the_day_lies_between_the_bounds_about_as_often_as_is_said() {
    let (mut said, mut right) = (0, 0);
    for seed in 0..400 {
        let growing = (0..26)
            .zip(noise(seed, 0.3, 26))
            .map(|(week, noise)| 50.0 + f64::from(week) + 2.0 * noise);
        // Reached twelve weeks after the middle of the last one.
        if let Some(Reach::Likely { earliest, latest, .. }) = reach(&direction(growing), 87.0) {
            let day = end() + TimeDelta::days(12 * 7 - 3);
            said += 1;
            right += usize::from(earliest <= day && latest.is_none_or(|latest| day <= latest));
        }
    }
    assert!(said >= 390, "{said}");
    assert!(right * 100 >= said * 82, "{right} of {said}");
}

#[test]
fn a_step_is_no_trend() {
    for weeks in [16, 26, 52] {
        let step = (0..weeks).zip(noise(7, 0.0, weeks)).map(|(week, noise)| {
            let level = if week * 2 < weeks { 40.0 } else { 60.0 };
            level + 0.5 * noise
        });
        assert_eq!(direction(step).course, Course::Unsteady, "{weeks}");
    }
}

#[test]
fn a_curve_is_never_called_level() {
    for (weeks, times) in [(26, 3.5_f64), (52, 4.6), (52, 12.8)] {
        for seed in 0..50 {
            let noise = noise(seed, 0.0, weeks);
            let curve = (0..weeks).zip(noise).map(|(week, noise)| {
                let grown = times.powf(week as f64 / weeks as f64);
                50.0 * grown * (1.0 + 0.02 * noise)
            });
            let course = direction(curve).course;
            assert_ne!(course, Course::Level, "{times} times in {weeks} weeks");
        }
    }
}

#[test]
fn growth_without_noise_is_reached_on_its_day() {
    let growing = direction((0..10).map(|week| f64::from(10 + week)));
    let Course::Line(line) = growing.course else {
        panic!("{growing:?}")
    };
    assert!((line.slope().0 - 1.0).abs() < 1e-9 && line.slope().1 < 1e-9, "{line:?}");
    let Some(Reach::Likely {
        earliest,
        likeliest,
        latest,
    }) = reach(&growing, 22.0)
    else {
        panic!("{growing:?}")
    };
    // 19 in the middle of the last week, 22 three weeks later.
    assert_eq!(likeliest, end() + TimeDelta::days(18));
    assert_eq!((earliest, latest), (likeliest, Some(likeliest)));
    assert_eq!(reach(&growing, 19.0), None, "it is there");
    assert_eq!(
        reach(&growing, 300.0),
        Some(Reach::Beyond(end() + TimeDelta::weeks(10)))
    );
    let falling = direction((0..10).map(|week| f64::from(40 - week)));
    assert_eq!([reach(&falling, 50.0), reach(&falling, 10.0)], [None, None]);
}

#[test]
fn where_the_likeliest_day_is_too_far_ahead_the_earliest_may_still_be_known() {
    let growing = (0..12)
        .zip(noise(3, 0.0, 12))
        .map(|(week, noise)| 50.0 + f64::from(week) + noise);
    let growing = direction(growing);
    let of = |bps: u32| reach(&growing, f64::from(bps));
    let horizon = end() + TimeDelta::weeks(12);
    let seen: Vec<_> = (60..200).filter_map(of).collect();
    let is_ordered = seen.is_sorted_by_key(|reach| match reach {
        Reach::Likely { .. } => 0,
        Reach::NotBefore(day) => {
            assert!(*day <= horizon);
            1
        }
        Reach::Beyond(day) => {
            assert_eq!(*day, horizon);
            2
        }
    });
    assert!(is_ordered, "{seen:?}");
    assert!(
        seen.iter().any(|reach| matches!(reach, Reach::NotBefore(_))),
        "{seen:?}"
    );
}

#[test]
fn too_few_weeks_and_too_many_gaps_tell_nothing() {
    let seven = direction((0..7).map(f64::from));
    assert_eq!(seven.course, Course::TooShort(7));
    assert_eq!(reach(&seven, 100.0), None);
    let gaps = (0..20).map(|week| (week % 2 == 0).then(|| f64::from(week)));
    assert_eq!(Direction::of(gaps.collect()).course, Course::TooShort(10));
    assert_eq!(Direction::of(Vec::new()).course, Course::TooShort(0));
}

fn hours(busiest: f64, known: usize) -> [Totals; 24] {
    std::array::from_fn(|hour| {
        let mut totals = Totals::default();
        let bps = if hour == 3 { busiest } else { busiest / 2.0 };
        if hour < known {
            totals.set(Total::RxRatedOctets, Some((bps * 3_600.0 / 8.0) as i64));
            totals.set(Total::RxSeconds, Some(3_600));
        }
        totals
    })
}

#[test]
fn a_week_is_the_mean_of_its_days_busiest_hours() {
    let always = Interval::new(i64::MIN / 2, i64::MAX / 2);
    let day = |ago: i32, busiest, known| (Day::from_number(END - 1 - ago), hours(busiest * MBIT, known));
    let mut days: Vec<_> = (0..21).map(|ago| day(ago, f64::from(10 + ago % 7), 24)).collect();
    let weeks = |days: &[_], active| {
        Trend::of(days, Day::from_number(END), active).directions()[0]
            .weeks()
            .to_vec()
    };
    let thirteen = Some(13.0 * MBIT);
    assert_eq!(weeks(&days, always), [thirteen; 3]);
    // Two days of which too little is known are left out, a third makes the week unknown.
    days[0] = day(0, 99.0, 21);
    days[6] = day(6, 99.0, 3);
    assert_eq!(weeks(&days, always), [thirteen; 3]);
    days[5] = day(5, 99.0, 3);
    assert_eq!(weeks(&days, always), [thirteen, thirteen, None]);
    // In service since the middle of the oldest week's fourth day: three whole days of it are too few.
    let activated = Interval::new(start(Day::from_number(END - 18)) + 43_200, i64::MAX / 2);
    assert_eq!(weeks(&days, activated), [thirteen, None]);
    // The other direction has no rates.
    let trend = Trend::of(&days, Day::from_number(END), always);
    assert_eq!(trend.directions()[1].course(), Course::TooShort(0));
}

proptest! {
    #[test]
    fn any_weeks_give_some_answer(
        weeks in prop::collection::vec(prop::option::weighted(0.9, 0.0..1e12_f64), 0..60),
        bps in 0.0..1e12_f64,
    ) {
        let direction = Direction::of(weeks);
        match reach(&direction, bps) {
            Some(Reach::Likely { earliest, likeliest, latest }) => {
                prop_assert!(earliest <= likeliest && latest.is_none_or(|latest| likeliest <= latest));
            }
            Some(Reach::NotBefore(day) | Reach::Beyond(day)) => prop_assert!(day > end()),
            None => {}
        }
    }
}

/// Sixty sealed days of a link that receives 2 % more each day, between 10:00 and 11:00 three times as much.
#[tokio::test]
async fn a_trend_is_read_from_sealed_days_and_kept() {
    let (db, _scratch) = scratch_db().await;
    let tenant = scratch_tenant(&db, "ours").await;
    let link = scratch_link(&db, tenant).await;
    let seal = async |days: std::ops::Range<i32>| {
        let rows = db.begin(tenant).await.unwrap();
        for day in days.map(Day::from_number) {
            let sample = |slot: i32| Sample {
                counters: Counters {
                    rx_octets: Some(
                        (10_000 + 200 * (day.number() - END + 60) as u64) * if slot / 12 == 10 { 3 } else { 1 },
                    ),
                    ..Counters::default()
                },
                rate_seconds: Some(300),
                ..Sample::new(day.first_slot().plus(slot), SampleState::Up)
            };
            let samples: Vec<_> = (0..288).map(sample).collect();
            days::seal_with(&rows, link, day, &samples, DateTime::UNIX_EPOCH)
                .await
                .unwrap();
        }
        rows.commit().await.unwrap();
    };
    let link_row = async || db.tenant(tenant).get::<link::Entity>(link).await.unwrap().unwrap();
    let mut trends = Trends::new(db.clone());
    let now = end() + TimeDelta::hours(12);

    seal(END - 60..END - 1).await;
    let missing = trends.of(&link_row().await, now).await.unwrap();
    seal(END - 1..END).await;
    assert!(
        Arc::ptr_eq(&missing, &trends.of(&link_row().await, now).await.unwrap()),
        "for some seconds"
    );
    trends = Trends::new(db.clone());
    let whole = trends.of(&link_row().await, now).await.unwrap();
    assert_ne!(missing, whole);
    assert!(Arc::ptr_eq(&whole, &trends.of(&link_row().await, now).await.unwrap()));

    let [received, sent] = whole.directions();
    let Course::Line(line) = received.course() else {
        panic!("{received:?}")
    };
    let bps = |octets: f64| octets * 8.0 / 300.0;
    assert!((line.slope().0 - bps(3.0 * 7.0 * 200.0)).abs() < 1.0, "{line:?}");
    // At noon of the day after the last.
    assert!((whole.at(received, &line, now) - bps(3.0 * (10_000.0 + 200.0 * 60.0))).abs() < 1.0);
    assert_eq!(sent.course(), Course::TooShort(0));
}
