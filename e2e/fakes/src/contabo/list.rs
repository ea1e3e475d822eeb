//! Lists: filters, order, pages and the links beside them.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::call::{Answer, Call, Outcome, Refusal};

/// The largest page.
const LARGEST: usize = 100;

/// The query of a request, decoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(pub(crate) Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self(serde_urlencoded::from_str(text).unwrap_or_default())
    }

    /// A parameter; one without a value does not filter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of one that may be repeated.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let same = move |known: &str| known == name || known.strip_suffix("[]") == Some(name);
        let found = self
            .0
            .iter()
            .filter(move |(known, value)| same(known) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// The members of a list between commas, or of a repeated parameter; none if it is not there.
    pub(crate) fn members(&self, name: &str) -> Option<Vec<&str>> {
        let members: Vec<&str> = self.all(name).flat_map(|value| value.split(',')).collect();
        (!members.is_empty()).then_some(members)
    }
}

/// How a parameter chooses among entries.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filter {
    /// The field contains the text, whatever its case.
    Contains(&'static str),
    /// The field is this.
    Equals(&'static str),
    /// One of the fields contains the text.
    Search(&'static [&'static str]),
    /// The field, named second, contains the text.
    ContainsIn(&'static str, &'static str),
}

impl Filter {
    fn admits(self, query: &Query, entry: &Value) -> bool {
        match self {
            Self::Contains(name) => query.get(name).is_none_or(|text| contains(&entry[name], text)),
            Self::ContainsIn(name, field) => query.get(name).is_none_or(|text| contains(&entry[field], text)),
            Self::Equals(name) => query
                .get(name)
                .is_none_or(|text| plain(&entry[name]).eq_ignore_ascii_case(text)),
            Self::Search(fields) => query
                .get("search")
                .is_none_or(|text| fields.iter().any(|field| contains(&entry[*field], text))),
        }
    }
}

fn contains(value: &Value, text: &str) -> bool {
    plain(value).to_lowercase().contains(&text.to_lowercase())
}

/// A value as it stands in a query.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Which part of a list was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    pub(crate) fn asked(query: &Query) -> Result<Self, Refusal> {
        let read = |name: &str, default: usize| match query.get(name) {
            None => Ok(default),
            Some(text) => text.parse::<usize>().map_err(|_| format!("{name} must be a number")),
        };
        let mut complaints = Vec::new();
        let mut take = |read: Result<usize, String>| {
            read.unwrap_or_else(|complaint| {
                complaints.push(complaint);
                1
            })
        };
        let (number, size) = (take(read("page", 1)), take(read("size", 10)));
        if size > LARGEST {
            complaints.push(format!("size must not be greater than {LARGEST}"));
        }
        if size == 0 {
            complaints.push("size must not be less than 1".to_owned());
        }
        if !complaints.is_empty() {
            return Err(Refusal::complaints(complaints));
        }
        // Page 0 was seen to give the first.
        let number = number.max(1);
        Ok(Self { number, size })
    }

    pub(crate) fn start(self) -> usize {
        (self.number - 1).saturating_mul(self.size)
    }
}

/// The orders that were asked for: field, and whether it descends.
pub(crate) fn orders(query: &Query) -> Result<Vec<(&str, bool)>, Refusal> {
    let wrong = || Refusal::complaints(vec!["orderBy must be of the form field:ASC|DESC".to_owned()]);
    let read = |text| match str::split_once(text, ':') {
        None => Ok((text, false)),
        Some((field, direction)) if direction.eq_ignore_ascii_case("asc") => Ok((field, false)),
        Some((field, direction)) if direction.eq_ignore_ascii_case("desc") => Ok((field, true)),
        Some(_) => Err(wrong()),
    };
    query.all("orderBy").map(read).collect()
}

pub(crate) fn sort(entries: &mut [Value], orders: &[(&str, bool)]) {
    entries.sort_by(|one, other| {
        let by = |(field, descends): &(&str, bool)| {
            let order = compare(&one[*field], &other[*field]);
            if *descends { order.reverse() } else { order }
        };
        orders.iter().map(by).fold(Ordering::Equal, Ordering::then)
    });
}

fn compare(one: &Value, other: &Value) -> Ordering {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => plain(one).cmp(&plain(other)),
    }
}

impl Call<'_> {
    /// A list of entries that are all there already: chooses, sorts, and cuts out the page.
    pub(crate) fn list(&self, entries: Vec<Value>, filters: &[Filter]) -> Outcome {
        let page = Page::asked(&self.query)?;
        let orders = orders(&self.query)?;
        let chosen = |entry: &Value| filters.iter().all(|filter| filter.admits(&self.query, entry));
        let mut entries: Vec<Value> = entries.into_iter().filter(chosen).collect();
        sort(&mut entries, &orders);
        let total = entries.len();
        let entries = entries.into_iter().skip(page.start()).take(page.size).collect();
        Ok(self.page(page, total, entries))
    }

    /// One page of a list whose other pages nobody had to look at.
    pub(crate) fn page(&self, page: Page, total: usize, entries: Vec<Value>) -> Answer {
        let last = total.div_ceil(page.size);
        let link = |number: usize| {
            let others = self.query.0.iter().filter(|(name, _)| name != "page");
            let mut pairs: Vec<(&str, &str)> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let number = number.to_string();
            pairs.push(("page", &number));
            // Of this one list the links were seen to lack the slash.
            let path = if self.path == "/v1/domains" {
                "v1/domains"
            } else {
                self.path
            };
            format!("{path}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
        };
        let asked = match self.raw_query {
            "" => self.path.to_owned(),
            query => format!("{}?{query}", self.path),
        };
        let body = json!({
            "data": entries,
            "_pagination": { "size": page.size, "totalElements": total, "totalPages": last, "page": page.number },
            "_links": {
                "self": asked,
                "first": link(1),
                // Where there is none, it is empty rather than absent.
                "previous": if page.number > 1 { link(page.number - 1) } else { String::new() },
                "next": if page.number < last { link(page.number + 1) } else { String::new() },
                "last": link(last.max(1)),
            },
        });
        self.answer_with(200, body)
    }

    /// The few lists that come whole.
    pub(crate) fn whole_list(&self, entries: Vec<Value>, filters: &[Filter]) -> Outcome {
        let chosen = |entry: &Value| filters.iter().all(|filter| filter.admits(&self.query, entry));
        let entries: Vec<Value> = entries.into_iter().filter(chosen).collect();
        let links = json!({ "self": self.path, "first": self.path, "previous": "", "next": "", "last": self.path });
        Ok(self.answer_with(200, json!({ "data": entries, "_links": links })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_ten_entries_and_a_hundred_at_most() {
        let asked = |text: &str| Page::asked(&Query::parse(text));
        assert_eq!(asked(""), Ok(Page { number: 1, size: 10 }));
        assert_eq!(asked("page=0&size=100"), Ok(Page { number: 1, size: 100 }));
        for wrong in ["size=101", "size=0", "page=two"] {
            assert_eq!(asked(wrong).map_err(|refusal| refusal.status), Err(400), "{wrong}");
        }
    }

    #[test]
    fn entries_are_sorted_by_several_fields_and_numbers_as_numbers() {
        let mut entries = vec![
            json!({"a": 10, "b": "x"}),
            json!({"a": 9, "b": "y"}),
            json!({"a": 9, "b": "z"}),
        ];
        let query = Query::parse("orderBy=a:ASC&orderBy=b:DESC");
        sort(&mut entries, &orders(&query).expect("they are well-formed"));
        assert_eq!(entries[0]["b"], "z");
        assert_eq!(entries[2]["a"], 10);
        assert!(orders(&Query::parse("orderBy=a:UP")).is_err());
    }
}
