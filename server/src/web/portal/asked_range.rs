//! The range of time that the address of a link's page asks for, as it was clicked or typed.

use app::{portal::measurements::Range, ui::FormState};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{
    domain::{
        calendar::local,
        links::{
            range::{self, Reason},
            series::Span,
        },
        sla::intervals::Interval,
        typed::Rejected,
    },
    web::page::Page,
};

/// `?range=7d` or `?from=…&to=…`; the last day unless it is one of these.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    range: String,
    from: String,
    to: String,
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
    /// The range to show, and the form: empty unless what was typed is none. Then the last day is shown below it.
    pub(super) fn read(&self, page: &Page, now: DateTime<Utc>) -> (Range, FormState) {
        if self.from.is_empty() && self.to.is_empty() {
            return (Range::parse(&self.range).unwrap_or_default(), FormState::new());
        }
        match range::chosen(&self.from, &self.to, page.zone(), now) {
            Ok((from, to)) => (Range::Chosen { from, to }, FormState::new()),
            Err(Rejected(wrong)) => {
                // As the fields can show it: they know no days and no UTC.
                let zone = page.zone();
                let shown = |typed: &str, edge| {
                    range::moment(typed, zone, edge).map_or_else(|_| typed.to_owned(), |at| local::typed(at, zone))
                };
                let mut form = FormState::new()
                    .with("from", shown(&self.from, Interval::start))
                    .with("to", shown(&self.to, Interval::end));
                for (field, reason) in wrong {
                    form.reject(field, page.lang().t(sentence(reason)));
                }
                (Range::default(), form)
            }
        }
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
