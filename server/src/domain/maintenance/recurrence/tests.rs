//! Days and instants against the examples of the standard, and against the changes of clocks.

use chrono_tz::{Africa::Casablanca, Europe::Berlin};
use proptest::prelude::*;

use super::*;

fn days(rule: &str, first: &str, last: &str) -> Vec<String> {
    let rule: Rule = rule.parse().unwrap();
    let dates = rule.dates(first.parse().unwrap(), last.parse().unwrap());
    dates.iter().map(ToString::to_string).collect()
}

#[test]
fn days_are_those_of_the_standards_examples() {
    // Each is one of RFC 5545, section 3.8.5.3, which begin on Tuesday 2 September 1997 as a rule.
    for (rule, first, expected) in [
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", "1997-09-02", "09-02 09-12 09-22"),
        ("FREQ=WEEKLY;COUNT=3", "1997-09-02", "09-02 09-09 09-16"),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=5;WKST=SU;BYDAY=TU,TH",
            "1997-09-02",
            "09-02 09-04 09-16 09-18 09-30",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05",
            "08-05 08-10 08-19 08-24",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05",
            "08-05 08-17 08-19 08-31",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "1997-09-05", "09-05 10-03 11-07"),
        (
            "FREQ=MONTHLY;COUNT=4;BYDAY=-2MO",
            "1997-09-22",
            "09-22 10-20 11-17 12-22",
        ),
        ("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", "1997-09-28", "09-28 10-29 11-28"),
        (
            "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15",
            "1997-09-02",
            "09-02 09-15 10-02 10-15",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2",
            "1998-02-13",
            "02-13 03-13",
        ),
        (
            "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            "1997-09-04",
            "09-04 10-07 11-06",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3",
            "1997-09-29",
            "09-29 10-30 11-27",
        ),
        ("FREQ=MONTHLY;COUNT=3", "1997-10-31", "10-31 12-31 01-31"),
        ("FREQ=YEARLY;COUNT=3;BYMONTH=6,7", "1997-06-10", "06-10 07-10 06-10"),
        ("FREQ=YEARLY;BYDAY=20MO;COUNT=2", "1997-05-19", "05-19 05-18"),
        (
            "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=3",
            "1997-03-13",
            "03-13 03-20 03-27",
        ),
        ("FREQ=YEARLY;COUNT=2", "1996-02-29", "02-29 02-29"),
    ] {
        let found = days(rule, first, "2005-01-01");
        let found: Vec<_> = found.iter().map(|day| &day[5..]).collect();
        assert_eq!(found.join(" "), expected, "{rule}");
    }
}

#[test]
fn what_can_not_be_followed_is_refused_with_its_name() {
    let wrong = |text: &str| text.parse::<Rule>().unwrap_err();
    for text in ["", "every day", "COUNT=3", "FREQ", "RRULE:"] {
        assert_eq!(wrong(text), BadRule::Unreadable, "{text}");
    }
    assert_eq!(wrong("FREQ=DAILY;BYHOUR=3"), BadRule::Unsupported("BYHOUR".to_owned()));
    assert_eq!(wrong("FREQ=HOURLY"), BadRule::Value("FREQ".to_owned()));
    assert_eq!(wrong("FREQ=DAILY;FREQ=DAILY"), BadRule::Value("FREQ".to_owned()));
    for part in [
        "INTERVAL=0",
        "INTERVAL=-1",
        "INTERVAL=+2",
        "COUNT=0",
        "COUNT=",
        "UNTIL=soon",
        "BYDAY=XX",
        "BYDAY=0MO",
        "BYDAY=54MO",
        "BYDAY=ü",
        "BYMONTH=13",
        "BYMONTHDAY=32",
        "BYMONTHDAY=-0",
        "BYSETPOS=1",
    ] {
        let name = part.split('=').next().unwrap();
        assert_eq!(
            wrong(&format!("FREQ=MONTHLY;{part}")),
            BadRule::Value(name.to_owned()),
            "{part}"
        );
    }
    assert_eq!(
        wrong("FREQ=DAILY;COUNT=2;UNTIL=20260101"),
        BadRule::Together("COUNT", "UNTIL")
    );
    assert_eq!(
        wrong("FREQ=WEEKLY;BYDAY=1MO"),
        BadRule::Together("BYDAY", "FREQ=WEEKLY")
    );
}

fn times(rule: &str, first: &str, zone: Tz, from: &str, to: &str) -> Vec<String> {
    let rule: Rule = rule.parse().unwrap();
    let found = rule.instants(first.parse().unwrap(), zone, from.parse().unwrap(), to.parse().unwrap());
    found.iter().map(|at| at.format("%d %H:%M").to_string()).collect()
}

#[test]
fn work_at_night_keeps_its_time_on_the_wall_when_clocks_are_changed() {
    let nightly = |from, to| times("FREQ=DAILY", "2026-01-01T02:30:00", Berlin, from, to);
    // On the 29th the clock goes from 02:00 to 03:00: it begins when the clock goes on.
    let spring = nightly("2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z");
    assert_eq!(spring, ["28 01:30", "29 01:00", "30 00:30"]);
    // On the 25th it shows 02:30 twice: once.
    let autumn = nightly("2026-10-23T12:00:00Z", "2026-10-26T12:00:00Z");
    assert_eq!(autumn, ["24 00:30", "25 00:30", "26 01:30"]);
    // In Ramadan clocks in Morocco are an hour back.
    let ramadan = times(
        "FREQ=WEEKLY",
        "2026-02-13T03:00:00",
        Casablanca,
        "2026-02-10T00:00:00Z",
        "2026-02-28T00:00:00Z",
    );
    assert_eq!(ramadan, ["13 02:00", "20 03:00", "27 03:00"]);
}

#[test]
fn an_end_is_a_day_a_time_on_the_wall_or_an_instant() {
    let count = |end: &str| {
        let rule = format!("FREQ=DAILY;{end}");
        times(
            &rule,
            "2026-06-01T02:00:00",
            Berlin,
            "2026-01-01T00:00:00Z",
            "2027-01-01T00:00:00Z",
        )
        .len()
    };
    assert_eq!(count("UNTIL=20260603"), 3);
    assert_eq!(count("UNTIL=20260603T020000"), 3);
    assert_eq!(count("UNTIL=20260603T015959"), 2);
    assert_eq!(count("UNTIL=20260603T000000Z"), 3);
    assert_eq!(count("UNTIL=20260602T235959Z"), 2);
    assert_eq!(count("COUNT=7"), 7);
    assert_eq!(count("BYMONTH=2;BYMONTHDAY=30"), 0, "and it ends");
}

fn any_rule() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "INTERVAL=2",
        "INTERVAL=1000",
        "BYDAY=MO,FR",
        "BYMONTH=2,11",
        "BYMONTHDAY=29,-1",
        "BYSETPOS=-1",
        "COUNT=5",
        "UNTIL=20281231",
        "WKST=SU",
    ]);
    let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    (frequency, prop::collection::vec(part, 0..4)).prop_map(|(frequency, parts)| {
        std::iter::once(format!("FREQ={frequency}"))
            .chain(parts.into_iter().map(str::to_owned))
            .collect::<Vec<_>>()
            .join(";")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_rule_is_kept_as_it_is_meant_and_pieces_of_time_are_the_whole(
        text in any_rule(),
        first in 0..2_000_u64,
        cut in 0..1_000_i64,
    ) {
        let Ok(rule) = text.parse::<Rule>() else { return Ok(()) };
        prop_assert_eq!(rule.to_string().parse::<Rule>().unwrap(), rule.clone());
        let begin: NaiveDate = "2024-01-01".parse().unwrap();
        let first = (begin + Days::new(first)).and_hms_opt(2, 30, 0).unwrap();
        let from: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let (cut, to) = (from + TimeDelta::days(cut), from + TimeDelta::days(1_000));
        let of = |from, to| rule.instants(first, Berlin, from, to);
        let whole = of(from, to);
        prop_assert!(whole.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(whole, [of(from, cut), of(cut, to)].concat());
    }
}
