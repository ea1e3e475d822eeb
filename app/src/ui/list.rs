//! The address of a list: which filter, order and page it shows, and the links that change one of them.
//!
//! The server reads these from the query and does the work; this only writes addresses.

use std::fmt::Write;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

/// How a list is being looked at.
#[derive(Clone, Debug, Default)]
pub struct ListState {
    /// The list's path, without a query.
    pub path: String,
    /// Filters and search as they stand in the query, without `sort` and `page`.
    pub filters: Vec<(&'static str, String)>,
    /// The sorted column's key.
    pub sort: Option<(&'static str, Direction)>,
    /// From 1.
    pub page: u32,
    pub per_page: u32,
    /// How many rows match, on all pages.
    pub total: u64,
}

impl ListState {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> u32 {
        let per_page = u64::from(self.per_page.max(1));
        u32::try_from(self.total.div_ceil(per_page).max(1)).unwrap_or(u32::MAX)
    }

    /// The first and last row shown, from 1; both 0 in an empty list.
    pub fn shown(&self) -> (u64, u64) {
        if self.total == 0 {
            return (0, 0);
        }
        let per_page = u64::from(self.per_page.max(1));
        let first = u64::from(self.page.max(1) - 1) * per_page + 1;
        (first, (first + per_page - 1).min(self.total))
    }

    /// The value of a filter, empty if it is not set.
    pub fn filter(&self, name: &str) -> String {
        self.filters
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }

    /// Any filter is set, so that an empty list is no surprise.
    pub fn is_filtered(&self) -> bool {
        self.filters.iter().any(|(_, value)| !value.is_empty())
    }

    /// The same list on another page.
    pub fn page_href(&self, page: u32) -> String {
        self.href(self.sort, page)
    }

    /// The same list sorted by `column`, or the other way round if it already is; from the first page.
    pub fn sort_href(&self, column: &'static str) -> String {
        let direction = match self.sort {
            Some((current, Direction::Ascending)) if current == column => Direction::Descending,
            _ => Direction::Ascending,
        };
        self.href(Some((column, direction)), 1)
    }

    /// The value of `sort` in a query: the column, with a minus before it for descending.
    pub fn sort_value(sort: (&'static str, Direction)) -> String {
        match sort {
            (column, Direction::Ascending) => column.to_owned(),
            (column, Direction::Descending) => format!("-{column}"),
        }
    }

    fn href(&self, sort: Option<(&'static str, Direction)>, page: u32) -> String {
        let mut href = self.path.clone();
        let mut separator = '?';
        let mut add = |name: &str, value: &str| {
            href.push(separator);
            separator = '&';
            encode(name, &mut href);
            href.push('=');
            encode(value, &mut href);
        };
        for (name, value) in self.filters.iter().filter(|(_, value)| !value.is_empty()) {
            add(name, value);
        }
        if let Some(sort) = sort {
            add("sort", &Self::sort_value(sort));
        }
        if page > 1 {
            add("page", &page.to_string());
        }
        href
    }
}

/// Appends `text` as a part of a query.
pub(crate) fn encode(text: &str, to: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            to.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(to, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> ListState {
        let filters = vec![("q", "a&b ü".to_owned()), ("state", String::new())];
        ListState {
            path: "/links".to_owned(),
            filters,
            sort: Some(("name", Direction::Ascending)),
            page: 2,
            per_page: 25,
            total: 51,
        }
    }

    #[test]
    fn links_keep_the_filters_and_encode_them() {
        assert_eq!(list().page_href(3), "/links?q=a%26b%20%C3%BC&sort=name&page=3");
        assert_eq!(list().sort_href("name"), "/links?q=a%26b%20%C3%BC&sort=-name");
        assert_eq!(list().sort_href("client"), "/links?q=a%26b%20%C3%BC&sort=client");
    }

    #[test]
    fn a_list_knows_which_rows_it_shows() {
        assert_eq!((list().pages(), list().shown()), (3, (26, 50)));
        let empty = ListState { total: 0, ..list() };
        assert_eq!((empty.pages(), empty.shown()), (1, (0, 0)));
    }
}
