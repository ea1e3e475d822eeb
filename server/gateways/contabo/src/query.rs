//! What stands behind the question mark of an address: the filters and the order of a list.

use crate::request_id::RequestId;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use std::borrow::Cow;

/// What stands behind the question mark of an address.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Pairs(pub(crate) Vec<(Cow<'static, str>, String)>);

impl Pairs {
    pub(crate) fn put(&mut self, name: impl Into<Cow<'static, str>>, value: &impl Filtered) {
        let name = name.into();
        for text in value.texts() {
            self.0.push((name.clone(), text));
        }
    }
}

/// A value that can stand in a query.
pub trait Parameter {
    fn text(&self) -> String;
}

/// A field of a filter: nothing, a value, or several.
pub(crate) trait Filtered {
    fn texts(&self) -> Vec<String>;
}

impl<T: Parameter> Filtered for Option<T> {
    fn texts(&self) -> Vec<String> {
        self.iter().map(Parameter::text).collect()
    }
}

/// Several values of one filter are a list with commas.
impl<T: Parameter> Filtered for Vec<T> {
    fn texts(&self) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        vec![self.iter().map(Parameter::text).collect::<Vec<_>>().join(",")]
    }
}

/// Values of which each has the filter's name before it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each<T>(pub Vec<T>);

impl<T> Default for Each<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Parameter> Filtered for Each<T> {
    fn texts(&self) -> Vec<String> {
        self.0.iter().map(Parameter::text).collect()
    }
}

macro_rules! parameters {
    ($($type:ty),+) => {$(
        impl Parameter for $type {
            fn text(&self) -> String {
                self.to_string()
            }
        }
    )+};
}
parameters!(String, i64, bool, NaiveDate, RequestId);

impl Parameter for DateTime<Utc> {
    fn text(&self) -> String {
        self.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// By which member a list is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// As Contabo writes it: `createdDate`.
    pub member: String,
    pub descending: bool,
}

impl Parameter for OrderBy {
    fn text(&self) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        format!("{}:{direction}", self.member)
    }
}

/// The filters of one list, as a struct whose default filters nothing. A list may also be sorted.
macro_rules! filter {
    ($(#[$about:meta])* $name:ident {
        $($(#[$field_about:meta])* $field:ident: $type:ty $(= $json:literal)?,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type,)*
            /// By what it is sorted, the first first.
            pub order_by: $crate::query::Each<$crate::query::OrderBy>,
        }

        impl $name {
            pub(crate) fn pairs(&self) -> $crate::query::Pairs {
                let mut pairs = $crate::query::Pairs::default();
                $(pairs.put(filter!(@name $field $($json)?), &self.$field);)*
                pairs.put("orderBy", &self.order_by);
                pairs
            }
        }
    };
    (@name $field:ident $json:literal) => {
        $json
    };
    (@name $field:ident) => {
        $crate::decode::camel_case(stringify!($field))
    };
}
pub(crate) use filter;

#[cfg(test)]
#[expect(unreachable_pub, reason = "what the macro makes is public, as the crate needs it")]
mod tests {
    use super::*;
    use reqwest::Url;

    filter! {
        /// Which things.
        Filter {
            name: Option<String>,
            thing_ids: Vec<i64>,
            ips: Each<String>,
            changed_at: Option<DateTime<Utc>> = "modificationStartTime",
        }
    }

    #[test]
    fn a_filter_becomes_a_query() {
        assert_eq!(Filter::default().pairs(), Pairs::default());
        let filter = Filter {
            name: Some("a&b=ü".to_owned()),
            thing_ids: vec![1, 2],
            ips: Each(vec!["192.0.2.1".to_owned(), "192.0.2.2".to_owned()]),
            changed_at: "2026-11-20T10:00:00Z".parse().ok(),
            order_by: Each(vec![OrderBy {
                member: "name".to_owned(),
                descending: true,
            }]),
        };
        let mut url = Url::parse("http://localhost/v1/things").unwrap();
        url.query_pairs_mut().extend_pairs(&filter.pairs().0);
        assert_eq!(
            url.query().unwrap(),
            "name=a%26b%3D%C3%BC&thingIds=1%2C2&ips=192.0.2.1&ips=192.0.2.2\
             &modificationStartTime=2026-11-20T10%3A00%3A00Z&orderBy=name%3ADESC"
        );
    }
}
