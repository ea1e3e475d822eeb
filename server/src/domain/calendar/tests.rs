//! Months, days and service hours against what a wall clock shows.

use chrono::{TimeDelta, Timelike};
use chrono_tz::{Africa, America, Asia, Atlantic, Australia, Europe, Pacific, TZ_VARIANTS};
use proptest::prelude::*;

use super::*;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn hours(interval: Interval) -> i64 {
    assert_eq!(interval.seconds() % 3600, 0);
    interval.seconds() / 3600
}

fn any_zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(TZ_VARIANTS.to_vec())
}

/// From 1990 on: before, some zones were minutes and seconds off.
fn any_month() -> impl Strategy<Value = Month> {
    (1990..2040i32, 1..=12u32).prop_map(|(year, month)| Month::new(year, month).unwrap())
}

#[test]
fn a_month_is_as_long_as_its_zone_makes_it() {
    for (month, zone, length) in [
        ("2026-03", Europe::Berlin, 743),
        ("2026-10", Europe::Berlin, 745),
        ("2028-02", Europe::Berlin, 696),
        ("2026-02", Europe::Berlin, 672),
        ("2026-04", Tz::UTC, 720),
        ("2026-04", Asia::Kolkata, 720),
        // The year in which Samoa skipped the 30th.
        ("2011-12", Pacific::Apia, 31 * 24 - 24),
    ] {
        assert_eq!(
            hours(month.parse::<Month>().unwrap().period(zone)),
            length,
            "{month} {zone}"
        );
    }
    let half_hour_off = "2026-04".parse::<Month>().unwrap().period(Australia::Lord_Howe);
    assert_eq!(half_hour_off.seconds(), 30 * DAY + 1800);
}

/// Found again by looking at the clock each quarter of an hour, and each minute where the month changes: no zone has
/// seconds of its own any more.
fn first_second_of(month: Month, zone: Tz) -> i64 {
    let is_there = |second: i64| day_at(instant(second), zone) >= month.first_day();
    let noon = month.first_day().and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap());
    let mut second = noon.and_utc().timestamp() - 2 * DAY;
    while !is_there(second) {
        second += 900;
    }
    (second - 900..=second)
        .step_by(60)
        .find(|second| is_there(*second))
        .unwrap()
}

#[test]
fn every_month_of_ten_years_has_the_right_length_in_every_zone() {
    for zone in TZ_VARIANTS {
        let mut month = Month::new(2020, 1).unwrap();
        let mut begins = first_second_of(month, zone);
        while month < Month::new(2030, 1).unwrap() {
            let ends = first_second_of(month.next(), zone);
            assert_eq!(month.period(zone), Interval::new(begins, ends), "{month} in {zone}");
            (month, begins) = (month.next(), ends);
        }
    }
}

#[test]
fn a_skipped_midnight_starts_its_day_after_the_gap() {
    // Clocks in Beirut go from 23:59:59 to 01:00:00.
    let date = NaiveDate::from_ymd_opt(2026, 3, 29).unwrap();
    assert_eq!(start_of_day(date, Asia::Beirut), utc("2026-03-28T22:00:00Z"));
    assert_eq!(hours(day(date, Asia::Beirut)), 23);
}

#[test]
fn a_repeated_midnight_starts_its_day_the_first_time() {
    // Clocks in Havana go from 00:59:59 back to 00:00:00.
    let date = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    assert_eq!(start_of_day(date, America::Havana), utc("2026-11-01T04:00:00Z"));
    assert_eq!(hours(day(date, America::Havana)), 25);
}

#[test]
fn a_day_that_a_zone_skipped_is_empty() {
    let date = NaiveDate::from_ymd_opt(2011, 12, 30).unwrap();
    assert!(day(date, Pacific::Apia).is_empty());
}

#[test]
fn the_month_at_an_instant_is_the_one_on_the_wall() {
    let instant = utc("2026-03-31T22:30:00Z");
    assert_eq!(Month::at(instant, Europe::Berlin).to_string(), "2026-04");
    assert_eq!(Month::at(instant, Atlantic::Azores).to_string(), "2026-03");
}

#[test]
fn the_ends_of_the_calendar_do_no_harm() {
    for date in [NaiveDate::MIN, NaiveDate::MAX] {
        for zone in [Tz::UTC, Europe::Berlin, Pacific::Apia] {
            assert!(day(date, zone).seconds() <= 25 * 3600);
        }
    }
}

#[test]
fn what_is_not_a_month_is_refused() {
    for text in [
        "2026-13", "2026-00", "2026-4", "26-04", "2026/04", "+026-04", "1969-12", "",
    ] {
        assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
    }
}

#[test]
fn what_is_not_a_span_of_a_day_is_refused() {
    for wrong in [(60, 60), (61, 60), (0, 1441)] {
        assert_eq!(ServiceHours::new([&[wrong]; 7]), Err(NotServiceHours));
    }
}

#[test]
fn office_hours_move_with_the_clock() {
    let office: &[(u16, u16)] = &[(8 * 60, 18 * 60)];
    let hours = ServiceHours::new([office, office, office, office, office, &[], &[]]).unwrap();
    let owed = hours.over(
        "2026-03".parse::<Month>().unwrap().period(Europe::Berlin),
        Europe::Berlin,
    );
    assert_eq!(owed.as_slice().len(), 22);
    assert_eq!(owed.seconds(), 792_000);
    let monday = Interval::between(utc("2026-03-30T06:00:00Z"), utc("2026-03-30T16:00:00Z"));
    assert!(owed.as_slice().contains(&monday));
}

#[test]
fn the_hour_that_comes_twice_counts_twice_and_the_skipped_one_never() {
    let night = ServiceHours::new([&[(2 * 60, 3 * 60)]; 7]).unwrap();
    let owed = |date| night.over(day(date, Europe::Berlin), Europe::Berlin).seconds();
    assert_eq!(owed(NaiveDate::from_ymd_opt(2026, 10, 25).unwrap()), 7200);
    assert_eq!(owed(NaiveDate::from_ymd_opt(2026, 3, 29).unwrap()), 0);
    assert_eq!(owed(NaiveDate::from_ymd_opt(2026, 3, 30).unwrap()), 3600);
}

#[test]
fn every_zone_shows_a_date_no_earlier_than_the_day_it_started() {
    for zone in TZ_VARIANTS {
        for date in NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().iter_days().take(365) {
            let start = start_of_day(date, zone);
            assert_eq!(day_at(start, zone), date, "{zone}");
            assert!(day_at(start - TimeDelta::seconds(1), zone) < date, "{zone}");
        }
    }
}

proptest! {
    #[test]
    fn months_follow_each_other_without_gap_or_overlap(month in any_month(), zone in any_zone()) {
        prop_assert_eq!(month.period(zone).end(), month.next().period(zone).start());
        prop_assert_eq!(month.next().previous(), month);
        let days: i64 = month.first_day().iter_days()
            .take_while(|date| date.month() == month.first_day().month())
            .map(|date| day(date, zone).seconds())
            .sum();
        prop_assert_eq!(days, month.period(zone).seconds());
    }

    #[test]
    fn an_instant_is_owed_exactly_if_the_wall_clock_says_so(
        month in any_month(),
        zone in any_zone(),
        week in prop::array::uniform7(prop::collection::vec((0..1440u16, 1..700u16), 0..3)),
        picks in prop::collection::vec(0.0..1.0f64, 40),
    ) {
        let week = week.map(|day| {
            day.iter().map(|&(from, length)| (from, (from + length).min(1440))).collect::<Vec<_>>()
        });
        let hours = ServiceHours::new(std::array::from_fn(|day| week[day].as_slice())).unwrap();
        let period = month.period(zone);
        let owed = hours.over(period, zone);
        for pick in picks {
            let second = period.start() + (pick * period.seconds() as f64) as i64;
            let wall = DateTime::from_timestamp(second, 0).unwrap().with_timezone(&zone);
            let minute = wall.num_seconds_from_midnight() / 60;
            let expected = week[wall.weekday().num_days_from_monday() as usize]
                .iter()
                .any(|&(from, to)| (u32::from(from)..u32::from(to)).contains(&minute));
            let found = owed.as_slice().iter().any(|span| span.contains(second));
            prop_assert_eq!(found, expected, "{} {}", zone, wall);
        }
    }

    #[test]
    fn all_day_every_day_is_the_whole_period(month in any_month(), zone in any_zone()) {
        let always = ServiceHours::new([&[(0, 1440)]; 7]).unwrap();
        let period = month.period(zone);
        prop_assert_eq!(always.over(period, zone), Intervals::from(period));
    }
}

#[test]
fn a_shift_at_a_repeated_hour_starts_the_first_time() {
    let local = |text: &str| text.parse::<NaiveDateTime>().unwrap();
    assert_eq!(
        first_instant(local("2026-10-25T02:30:00"), Europe::Berlin),
        utc("2026-10-25T00:30:00Z")
    );
    assert_eq!(
        first_instant(local("2026-03-29T02:30:00"), Europe::Berlin),
        utc("2026-03-29T01:00:00Z")
    );
    assert_eq!(
        first_instant(local("2026-06-01T02:30:00"), Africa::Casablanca),
        utc("2026-06-01T01:30:00Z")
    );
}
