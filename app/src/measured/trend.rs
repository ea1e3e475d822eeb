//! Where the use of a link is going, and when it reaches the committed bandwidth, with how sure that is.
//!
//! What the measurements don't tell is said to be so. The server has calculated it all.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use crate::{
    t, t_with,
    ui::{
        Card,
        graph::{Hue, Sparkline},
        number, time,
    },
};

/// The trend of a link.
#[derive(Clone, Debug)]
pub struct Trend {
    pub download: Direction,
    pub upload: Direction,
}

/// The trend of one direction.
#[derive(Clone, Debug)]
pub struct Direction {
    /// Bit/s in the busiest hour of a day, the mean of each week, oldest first.
    pub weeks: Vec<Option<f64>>,
    /// Bit/s; 0 where there is none.
    pub committed: f64,
    pub course: Course,
}

/// How the busiest hours change. Rates are bit/s.
#[derive(Clone, Copy, Debug)]
pub enum Course {
    /// So many weeks are known, of those that it takes; where they are enough, too many between them are not.
    TooShort { known: usize, needed: usize },
    /// No change that could not be chance.
    Level { mean: f64 },
    /// They change, but not so steadily that it could be said where they are going.
    Unsteady,
    Changes {
        now: f64,
        /// A month; less than zero where they fall.
        change: f64,
        /// What `change` may be wrong by either way.
        bound: f64,
        /// None where nothing is committed, and where it is reached already or never.
        reach: Option<Reach>,
    },
}

/// When the committed bandwidth is reached, if it is not yet. Days are those of UTC.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    Likely {
        earliest: DateTime<Utc>,
        likeliest: DateTime<Utc>,
        latest: Option<DateTime<Utc>>,
    },
    /// Hardly before this day, and the likeliest can't be told.
    NotBefore(DateTime<Utc>),
    /// Later than this day, which is as far ahead as can be told.
    Beyond(DateTime<Utc>),
}

/// The card.
#[component]
pub fn TrendCard(trend: Trend) -> impl IntoView {
    let content = match [trend.download.course, trend.upload.course] {
        [Course::TooShort { .. }, Course::TooShort { .. }]
            if sentences(&trend.download) == sentences(&trend.upload) =>
        {
            view! { <p class="muted">{sentences(&trend.download)}</p> }.into_any()
        }
        _ => {
            let weeks = trend.download.weeks.len().max(trend.upload.weeks.len());
            let lead = t_with("trend-lead", &[("weeks", weeks.into())]);
            view! {
                <p class="muted small">{lead}</p>
                <div class="trends">
                    {direction(t("download"), Hue::First, trend.download)}
                    {direction(t("upload"), Hue::Second, trend.upload)}
                </div>
            }
            .into_any()
        }
    };
    view! { <Card title=t("trend-title")>{content}</Card> }
}

fn direction(name: &'static str, hue: Hue, direction: Direction) -> impl IntoView {
    let sentences = sentences(&direction)
        .into_iter()
        .map(|sentence| view! { <p>{sentence}</p> });
    let label = t_with("trend-curve", &[("direction", name.into())]);
    let is_known = direction.weeks.iter().any(Option::is_some);
    let curve = is_known.then(|| view! { <Sparkline values=direction.weeks label=label hue=hue/> });
    view! {
        <section class="trend">
            <h3>{name}</h3>
            {curve}
            {sentences.collect_view()}
        </section>
    }
}

fn sentences(direction: &Direction) -> Vec<String> {
    let committed = direction.committed;
    match direction.course {
        Course::TooShort { known, needed } if known < needed => {
            let values = [("known", known.into()), ("needed", needed.into())];
            vec![t_with("trend-too-short", &values)]
        }
        Course::TooShort { .. } => vec![t("trend-gaps").to_owned()],
        Course::Level { mean } => {
            let share = number::percent(mean / committed * 100.0, 0);
            let values = [("mean", number::rate(mean).into()), ("share", share.into())];
            vec![match committed > 0.0 {
                true => t_with("trend-level-of", &values),
                false => t_with("trend-level", &values[..1]),
            }]
        }
        Course::Unsteady => vec![t("trend-unsteady").to_owned()],
        Course::Changes {
            now,
            change,
            bound,
            reach,
        } => {
            let size = change.abs();
            let values = [size, size - bound, size + bound].map(number::rate);
            let [rate, low, high] = values.map(Into::into);
            let key = if change < 0.0 { "trend-falls" } else { "trend-grows" };
            let grows = t_with(key, &[("rate", rate), ("low", low), ("high", high)]);
            let compared = (committed > 0.0).then(|| {
                let key = if now < committed { "trend-now" } else { "trend-already" };
                let committed = number::rate(committed).into();
                t_with(key, &[("now", number::rate(now).into()), ("committed", committed)])
            });
            [Some(grows), compared, reach.map(forecast)]
                .into_iter()
                .flatten()
                .collect()
        }
    }
}

fn forecast(reach: Reach) -> String {
    // A day begins at its midnight, which elsewhere may belong to the day before.
    let day = |at: DateTime<Utc>| time::format(at.with_timezone(&Tz::UTC), t("format-date")).into();
    match reach {
        Reach::Likely {
            earliest,
            likeliest,
            latest: Some(latest),
        } => t_with(
            "trend-likely",
            &[
                ("likeliest", day(likeliest)),
                ("earliest", day(earliest)),
                ("latest", day(latest)),
            ],
        ),
        Reach::Likely {
            earliest, likeliest, ..
        } => t_with(
            "trend-likely-open",
            &[("likeliest", day(likeliest)), ("earliest", day(earliest))],
        ),
        Reach::NotBefore(earliest) => t_with("trend-not-before", &[("day", day(earliest))]),
        Reach::Beyond(last) => t_with("trend-beyond", &[("day", day(last))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        page::{Area, render},
        samples,
    };

    const NEEDED: usize = 8;

    fn short(known: usize) -> Direction {
        Direction {
            weeks: (0..known * 2).map(|week| (week % 2 == 0).then_some(1e6)).collect(),
            committed: 0.0,
            course: Course::TooShort { known, needed: NEEDED },
        }
    }

    fn level(committed: f64) -> Direction {
        Direction {
            weeks: vec![Some(50e6); 10],
            committed,
            course: Course::Level { mean: 50e6 },
        }
    }

    fn changes(change: f64, reach: Option<Reach>) -> Direction {
        Direction {
            course: Course::Changes {
                now: 50e6,
                change,
                bound: 2e6,
                reach,
            },
            ..level(100e6)
        }
    }

    /// What the card says of both directions to a visitor west of UTC.
    fn card(download: Direction, upload: Direction) -> String {
        let page = crate::Page {
            zone: Tz::America__Los_Angeles,
            ..samples::page(Area::Portal)
        };
        let html = render(page, move || view! { <TrendCard trend=Trend { download, upload }/> });
        html.replace('\u{a0}', " ")
    }

    #[test]
    fn each_course_has_its_sentences() {
        let day = |days: i64| DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000 + days);
        let likely = |latest| Reach::Likely {
            earliest: day(10),
            likeliest: day(20),
            latest,
        };
        let reached = Direction {
            committed: 50e6,
            ..changes(5e6, None)
        };
        for (direction, said) in [
            (
                short(0),
                "A trend needs 8 weeks of measurements; so far there are none.",
            ),
            (short(1), "A trend needs 8 weeks of measurements; so far there is one."),
            (short(7), "A trend needs 8 weeks of measurements; so far there are 7."),
            (short(10), "Too many weeks lack measurements to tell a trend."),
            (
                Direction {
                    course: Course::Unsteady,
                    ..level(0.0)
                },
                "It has changed in these weeks, but not so steadily that it could be said where it is going.",
            ),
            (level(0.0), "No clear growth or decline: 50.0 Mbit/s on average."),
            (
                level(200e6),
                "No clear growth or decline: 50.0 Mbit/s on average, 25 % of the committed bandwidth.",
            ),
            (
                changes(5e6, None),
                "Grows by 5.00 Mbit/s a month (90 % certain: 3.00 Mbit/s to 7.00 Mbit/s).|Now 50.0 Mbit/s of the \
                 committed 100 Mbit/s.",
            ),
            (
                changes(-5e6, None),
                "Falls by 5.00 Mbit/s a month (90 % certain: 3.00 Mbit/s to 7.00 Mbit/s).|Now 50.0 Mbit/s of the \
                 committed 100 Mbit/s.",
            ),
            (
                reached,
                "Grows by 5.00 Mbit/s a month (90 % certain: 3.00 Mbit/s to 7.00 Mbit/s).|The committed 50.0 Mbit/s \
                 has been reached: it is now 50.0 Mbit/s.",
            ),
            (
                changes(5e6, Some(likely(Some(day(30))))),
                "|If this continues, the committed bandwidth is reached around 24 Oct 2024 (90 % certain: between \
                 14 Oct 2024 and 3 Nov 2024).",
            ),
            (
                changes(5e6, Some(likely(None))),
                "|If this continues, the committed bandwidth is reached around 24 Oct 2024 (95 % certain: not before \
                 14 Oct 2024). The latest day can't be told yet.",
            ),
            (
                changes(5e6, Some(Reach::NotBefore(day(10)))),
                "|If this continues, the committed bandwidth is not reached before 14 Oct 2024 (95 % certain). The \
                 measurements don't reach further ahead.",
            ),
            (
                changes(5e6, Some(Reach::Beyond(day(40)))),
                "|If this continues, the committed bandwidth is not reached before 13 Nov 2024. The measurements don't \
                 reach further ahead.",
            ),
        ] {
            let html = card(direction, level(0.0));
            for sentence in said.split('|') {
                assert!(
                    html.contains(&["<p>", sentence].concat()) || sentence.is_empty(),
                    "{sentence}: {html}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_known_has_no_curve_and_is_said_once_for_both() {
        let curves = |html: &str| html.matches("class=\"sparkline\"").count();
        let sentences = |html: &str| html.matches("A trend needs").count();
        let [one, both, each] = [
            card(short(0), level(0.0)),
            card(short(0), short(0)),
            card(short(3), short(10)),
        ];
        assert_eq!([curves(&one), sentences(&one)], [1, 1]);
        assert_eq!([curves(&both), sentences(&both)], [0, 1]);
        assert_eq!([curves(&each), sentences(&each)], [2, 1]);
        assert!(each.contains("Too many weeks lack"));
    }
}
