//! Where the use of a link is going, and when it reaches what was agreed, with how sure that is.
//!
//! What the measurements don't tell is said to be so. The server has calculated it all.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::page,
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
    /// Bit/s; 0 where none is agreed.
    pub committed: f64,
    pub course: Course,
}

/// How the busiest hours change. Rates are bit/s.
#[derive(Clone, Copy, Debug)]
pub enum Course {
    /// So many weeks are known, of those that it takes.
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
        /// None where nothing is agreed, and where it is reached already or never.
        reach: Option<Reach>,
    },
}

/// When the agreed bandwidth is reached, if it is not yet.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    Likely {
        earliest: DateTime<Utc>,
        likeliest: DateTime<Utc>,
        latest: Option<DateTime<Utc>>,
    },
    NotBefore(DateTime<Utc>),
}

/// The card.
#[component]
pub fn TrendCard(trend: Trend) -> impl IntoView {
    let content = match [trend.download.course, trend.upload.course] {
        [Course::TooShort { known, needed }, Course::TooShort { .. }] => {
            view! { <p class="muted">{too_short(known, needed)}</p> }.into_any()
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
    view! {
        <section class="trend">
            <h3>{name}</h3>
            <Sparkline values=direction.weeks label=label hue=hue/>
            {sentences.collect_view()}
        </section>
    }
}

fn too_short(known: usize, needed: usize) -> String {
    t_with("trend-too-short", &[("known", known.into()), ("needed", needed.into())])
}

fn sentences(direction: &Direction) -> Vec<String> {
    let committed = direction.committed;
    match direction.course {
        Course::TooShort { known, needed } => vec![too_short(known, needed)],
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
    let day = |at: DateTime<Utc>| time::format(at.with_timezone(&page().zone), t("format-date")).into();
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
        Reach::NotBefore(first) => t_with("trend-not-before", &[("day", day(first))]),
    }
}
