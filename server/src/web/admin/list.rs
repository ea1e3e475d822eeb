//! The query of a list: search, filters, order, page. Whatever is wrong in it is left out: an old address still works.

use app::ui::{Direction, ListState};
use serde::Deserialize;

/// Rows of one page.
pub(super) const PER_PAGE: usize = 100;

/// As it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Query {
    pub(super) q: String,
    pub(super) state: String,
    pub(super) client: String,
    pub(super) router: String,
    pub(super) kind: String,
    /// A column, with a minus before it for descending.
    pub(super) sort: String,
    pub(super) page: String,
}

impl Query {
    /// The column to sort by, of those that there are, and whether descending.
    pub(super) fn sort<S: Copy>(&self, columns: &[(&'static str, S)]) -> Option<(&'static str, S, bool)> {
        let (name, descending) = match self.sort.strip_prefix('-') {
            Some(name) => (name, true),
            None => (self.sort.as_str(), false),
        };
        let found = columns.iter().find(|(column, _)| *column == name);
        found.map(|(column, sort)| (*column, *sort, descending))
    }

    /// How the page shows `total` rows, and which of them are on it. A page after the last is the last.
    pub(super) fn cut(
        &self,
        path: impl ToString,
        filters: Vec<(&'static str, String)>,
        sort: Option<(&'static str, bool)>,
        total: usize,
    ) -> (ListState, std::ops::Range<usize>) {
        let pages = total.div_ceil(PER_PAGE).max(1);
        let page = self.page.parse().unwrap_or(1).clamp(1, pages);
        let from = (page - 1) * PER_PAGE;
        let direction = |descending| {
            if descending {
                Direction::Descending
            } else {
                Direction::Ascending
            }
        };
        let list = ListState {
            path: path.to_string(),
            filters,
            sort: sort.map(|(column, descending)| (column, direction(descending))),
            page: u32::try_from(page).unwrap_or(1),
            per_page: PER_PAGE as u32,
            total: total as u64,
        };
        (list, from..(from + PER_PAGE).min(total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_into_pages_and_knows_no_page_after_the_last() {
        let cut = |page: &str, total| {
            let query = Query {
                page: page.to_owned(),
                ..Query::default()
            };
            query.cut("/", Vec::new(), None, total).1
        };
        assert_eq!(cut("", 250), 0..100);
        assert_eq!(cut("3", 250), 200..250);
        assert_eq!(cut("9", 250), 200..250);
        assert_eq!(cut("x", 0), 0..0);
    }

    #[test]
    fn an_order_that_there_is_not_is_none() {
        let query = |sort: &str| Query {
            sort: sort.to_owned(),
            ..Query::default()
        };
        let columns = [("name", 1), ("state", 2)];
        assert_eq!(query("-state").sort(&columns), Some(("state", 2, true)));
        assert_eq!(query("color").sort(&columns), None);
    }
}
