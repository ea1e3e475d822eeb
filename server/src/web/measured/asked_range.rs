//! The range of time that the address of a link's page asks for, as it was clicked or typed, and what it is compared
//! with.

use app::{
    measured::range::{self as shown, Asked, Range},
    ui::FormState,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{
    domain::{
        calendar::local,
        links::{
            range::{self, Compare, Reason},
            series::Span,
        },
        sla::intervals::Interval,
        typed::Rejected,
    },
    web::page::Page,
};

/// `?range=7d` or `?from=…&to=…`; the last day unless it is one of these. With `&compare=…` beside an earlier range,
/// unless there is no comparison of that name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    range: String,
    from: String,
    to: String,
    compare: String,
}

/// The key of its sentence.
fn sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::NotATime => "range-not-a-time",
        Reason::OutOfRange => "date-out-of-range",
        Reason::Future => "range-future",
        Reason::Backwards => "range-backwards",
        Reason::TooShort => "range-too-short",
        Reason::TooLong => "range-too-long",
    }
}

impl Query {
    /// What to show, and the form with what was chosen or typed. Where that is no range, the last day is shown below it.
    pub(in crate::web) fn read(&self, page: &Page, now: DateTime<Utc>) -> (Asked, FormState) {
        let (range, form) = self.range(page, now);
        let compare = shown::Compare::parse(&self.compare);
        (Asked { range, compare }, form)
    }

    fn range(&self, page: &Page, now: DateTime<Utc>) -> (Range, FormState) {
        if self.from.is_empty() && self.to.is_empty() {
            return (Range::parse(&self.range).unwrap_or_default(), FormState::new());
        }
        let zone = page.zone();
        let filled = |from: String, to: String| FormState::new().with("from", from).with("to", to);
        match range::chosen(&self.from, &self.to, zone, now) {
            Ok((from, to)) => {
                let form = filled(local::typed(from, zone), local::typed(to, zone));
                (Range::Chosen { from, to }, form)
            }
            Err(Rejected(wrong)) => {
                // As the fields can show it: they know no days and no UTC.
                let typed = |typed: &str, edge| {
                    range::moment(typed, zone, edge).map_or_else(|_| typed.to_owned(), |at| local::typed(at, zone))
                };
                let mut form = filled(typed(&self.from, Interval::start), typed(&self.to, Interval::end));
                for (field, reason) in wrong {
                    form.reject(field, page.lang().t(sentence(reason)));
                }
                (Range::default(), form)
            }
        }
    }
}

/// The earlier range of which a comparison is.
pub(super) fn compare(compare: shown::Compare) -> Compare {
    match compare {
        shown::Compare::Before => Compare::Before,
        shown::Compare::Year => Compare::Year,
    }
}

/// The buckets and the past that belong to a range.
pub(super) fn span(range: Range) -> Span {
    match range {
        Range::Day => Span::Day,
        Range::Week => Span::Week,
        Range::Month => Span::Month,
        Range::Year => Span::Year,
        Range::Chosen { from, to } => Span::Chosen(Interval::between(from, to)),
    }
}
