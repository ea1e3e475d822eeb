//! Times and durations as people read them: on the wall clock of the page's zone, which is always named.

use std::fmt::Write;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Timelike, Utc};
use chrono_tz::{OffsetName, Tz};
use leptos::prelude::*;

use super::Markup;
use crate::{
    page::{Page, page},
    t, t_count,
    text::Text,
};

/// `local` by a pattern of the catalogue, with the month in the page's language. It knows `%d %b %a %Y %m %H %M %S %Z`.
pub fn format(local: DateTime<Tz>, pattern: &str) -> String {
    let mut text = String::with_capacity(32);
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        // Writing to a string cannot fail.
        let _ = match rest.next() {
            Some('d') => write!(text, "{}", local.day()),
            Some('b') => write!(text, "{}", month(local.month0())),
            Some('a') => write!(text, "{}", weekday(local.weekday().num_days_from_monday())),
            Some('Y') => write!(text, "{}", local.year()),
            Some('m') => write!(text, "{:02}", local.month()),
            Some('H') => write!(text, "{:02}", local.hour()),
            Some('M') => write!(text, "{:02}", local.minute()),
            Some('S') => write!(text, "{:02}", local.second()),
            Some('Z') => write!(text, "{}", zone_name(local)),
            other => write!(text, "%{}", other.unwrap_or_default()),
        };
    }
    text
}

/// The zone's short name at that moment ("CET"), or its distance from UTC where it has none.
fn zone_name(local: DateTime<Tz>) -> Text {
    match local.offset().abbreviation() {
        Some(name) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => name.to_owned().into(),
        _ => local.format("UTC%:z").to_string().into(),
    }
}

fn month(from_0: u32) -> &'static str {
    match from_0 {
        0 => t("month-1"),
        1 => t("month-2"),
        2 => t("month-3"),
        3 => t("month-4"),
        4 => t("month-5"),
        5 => t("month-6"),
        6 => t("month-7"),
        7 => t("month-8"),
        8 => t("month-9"),
        9 => t("month-10"),
        10 => t("month-11"),
        _ => t("month-12"),
    }
}

/// "October 2026".
pub fn month_and_year(date: NaiveDate) -> String {
    let name = match date.month0() {
        0 => t("month-long-1"),
        1 => t("month-long-2"),
        2 => t("month-long-3"),
        3 => t("month-long-4"),
        4 => t("month-long-5"),
        5 => t("month-long-6"),
        6 => t("month-long-7"),
        7 => t("month-long-8"),
        8 => t("month-long-9"),
        9 => t("month-long-10"),
        10 => t("month-long-11"),
        _ => t("month-long-12"),
    };
    [name, &date.year().to_string()].join(" ")
}

/// "Oct" of 10.
pub fn month_name(from_1: u32) -> &'static str {
    month(from_1.saturating_sub(1))
}

fn weekday(from_monday: u32) -> &'static str {
    match from_monday {
        0 => t("weekday-1"),
        1 => t("weekday-2"),
        2 => t("weekday-3"),
        3 => t("weekday-4"),
        4 => t("weekday-5"),
        5 => t("weekday-6"),
        _ => t("weekday-7"),
    }
}

/// A day of the calendar, in whichever zone.
pub fn day(date: NaiveDate) -> String {
    let midnight = date.and_time(chrono::NaiveTime::MIN).and_utc();
    format(midnight.with_timezone(&Tz::UTC), t("format-date"))
}

/// "21 Nov 2026, 10:41 CET".
pub fn absolute(at: DateTime<Utc>, zone: Tz) -> String {
    format(at.with_timezone(&zone), t("format-date-time"))
}

/// "21 Nov 2026, 10:41:07 CET".
pub fn exact(at: DateTime<Utc>, zone: Tz) -> String {
    format(at.with_timezone(&zone), t("format-date-time-seconds"))
}

/// How long ago or ahead, in the largest unit that fits: "3 min ago", "in 2 days". The script writes the same.
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> Text {
    let seconds = (now - at).num_seconds();
    let (past, distance) = (seconds >= 0, seconds.unsigned_abs());
    match (past, distance) {
        (_, 0..=9) => t("now").into(),
        (true, 10..=59) => t_count("ago-seconds", distance),
        (true, 60..=3_599) => t_count("ago-minutes", distance / 60),
        (true, 3_600..=86_399) => t_count("ago-hours", distance / 3_600),
        (true, _) => t_count("ago-days", distance / 86_400),
        (false, 10..=59) => t_count("in-seconds", distance),
        (false, 60..=3_599) => t_count("in-minutes", distance / 60),
        (false, 3_600..=86_399) => t_count("in-hours", distance / 3_600),
        (false, _) => t_count("in-days", distance / 86_400),
    }
}

/// How long something has lasted, in the largest unit that fits: "41 min", "9 days". The script writes the same.
fn elapsed(since: DateTime<Utc>, now: DateTime<Utc>) -> Text {
    match (now - since).num_seconds().max(0).unsigned_abs() {
        seconds @ 0..=59 => t_count("span-seconds", seconds),
        seconds @ 60..=3_599 => t_count("span-minutes", seconds / 60),
        seconds @ 3_600..=86_399 => t_count("span-hours", seconds / 3_600),
        seconds => t_count("span-days", seconds / 86_400),
    }
}

/// A span in its two largest units: `2 d 4 h`, `12 min 30 s`.
pub fn duration(span: TimeDelta) -> String {
    let seconds = span.num_seconds().unsigned_abs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let first = units
        .iter()
        .position(|(size, _)| seconds >= *size)
        .unwrap_or(units.len() - 1);
    let mut text = String::new();
    let mut rest = seconds;
    for (size, unit) in &units[first..(first + 2).min(units.len())] {
        let count = rest / size;
        rest %= size;
        if count > 0 || text.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{}{count}\u{a0}{unit}", if text.is_empty() { "" } else { " " });
        }
    }
    text
}

/// A moment: absolute with its zone, and how long ago. `compact` shows how long ago, and the rest as a tooltip.
#[component]
pub fn When(at: DateTime<Utc>, #[prop(optional)] compact: bool) -> impl IntoView {
    let page = page();
    let mut html = Markup::default();
    if compact {
        html.when(&page, at);
    } else {
        let machine = at.to_rfc3339_opts(SecondsFormat::Secs, true);
        html.raw("<span class=\"when\"><time class=\"figure\" datetime=\"")
            .text(&machine)
            .raw("\">");
        html.text(&absolute(at, page.zone)).raw("</time> ");
        html.raw("<time class=\"when-ago\" datetime=\"")
            .text(&machine)
            .raw("\" data-relative>");
        html.text(&relative(at, page.now)).raw("</time></span>");
    }
    html.into_view()
}

impl Markup {
    /// A compact [`When`].
    pub fn when(&mut self, page: &Page, at: DateTime<Utc>) -> &mut Self {
        self.raw("<time class=\"figure\" datetime=\"")
            .text(&at.to_rfc3339_opts(SecondsFormat::Secs, true))
            .raw("\" title=\"")
            .text(&absolute(at, page.zone))
            .raw("\" data-relative>")
            .text(&relative(at, page.now))
            .raw("</time>")
    }
}

/// How long something has lasted since a moment, with that moment as a tooltip.
#[component]
pub fn Elapsed(since: DateTime<Utc>) -> impl IntoView {
    let page = page();
    let machine = since.to_rfc3339_opts(SecondsFormat::Secs, true);
    view! { <time datetime=machine title=absolute(since, page.zone) data-relative="span" class="figure">{elapsed(since, page.now)}</time> }
}

/// A span of time, exact to the second for machines.
#[component]
pub fn Duration(span: TimeDelta) -> impl IntoView {
    view! { <time class="figure" datetime=format!("PT{}S", span.num_seconds().max(0))>{duration(span)}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_time_names_its_zone_also_where_the_clock_changed() {
        let summer = Utc.with_ymd_and_hms(2026, 10, 25, 0, 30, 0).unwrap();
        let winter = Utc.with_ymd_and_hms(2026, 10, 25, 1, 30, 0).unwrap();
        assert_eq!(absolute(summer, chrono_tz::Europe::Berlin), "25 Oct 2026, 02:30 CEST");
        assert_eq!(absolute(winter, chrono_tz::Europe::Berlin), "25 Oct 2026, 02:30 CET");
        assert_eq!(absolute(winter, chrono_tz::Asia::Dubai), "25 Oct 2026, 05:30 UTC+04:00");
    }

    #[test]
    fn a_distance_is_told_in_its_largest_unit_and_cut_off() {
        let now = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        let ago = |seconds| relative(now - TimeDelta::seconds(seconds), now);
        assert_eq!(ago(3), "now");
        assert_eq!(ago(119), "1 min ago");
        assert_eq!(ago(3 * 86_400), "3 days ago");
        assert_eq!(ago(-7_200), "in 2 h");
    }

    #[test]
    fn what_has_lasted_is_told_in_its_largest_unit() {
        let now = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        let lasted = |seconds| elapsed(now - TimeDelta::seconds(seconds), now);
        assert_eq!(lasted(-5), "0 s");
        assert_eq!(lasted(2_460), "41 min");
        assert_eq!(lasted(86_400), "1 day");
        assert_eq!(lasted(9 * 86_400), "9 days");
    }

    #[test]
    fn a_duration_has_its_two_largest_units() {
        assert_eq!(duration(TimeDelta::seconds(750)), "12\u{a0}min 30\u{a0}s");
        assert_eq!(duration(TimeDelta::seconds(86_400)), "1\u{a0}d");
        assert_eq!(duration(TimeDelta::zero()), "0\u{a0}s");
    }
}
