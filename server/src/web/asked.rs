//! What was sent with a request: the fields of a form, or the query of a list. Whatever nobody asks for is not looked at.

use std::ops::Range;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use app::ui::{Direction, FormState, ListState};
use futures_util::{FutureExt, TryFutureExt, future::LocalBoxFuture};

use super::form::{self, Pairs};
pub(in crate::web) use crate::domain::typed::Typed;

impl Typed {
    /// The form with what was typed into these fields. Passwords are in no list of fields, so they are never shown.
    pub(super) fn shown(&self, fields: &[&'static str]) -> FormState {
        let mut form = FormState::new();
        for field in fields {
            form.set(field, self.exactly(field));
        }
        form
    }
}

impl FromRequest for Typed {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        form::pairs(request, payload).map_ok(Self::new).boxed_local()
    }
}

/// Rows of one page, as a rule.
const PER_PAGE: usize = 100;

/// The query of a list: search, filters, order, page. An old address still works: what is wrong in it is left out.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Listing(Typed);

impl Listing {
    /// The value of a filter, empty if it is not set.
    pub(super) fn filter(&self, name: &str) -> String {
        self.0.get(name).to_owned()
    }

    /// Filters as they stand in the query.
    pub(super) fn filters(&self, names: &[&'static str]) -> Vec<(&'static str, String)> {
        names.iter().map(|name| (*name, self.filter(name))).collect()
    }

    /// The column to sort by, of those that there are, and whether descending. The first is the usual one.
    pub(super) fn sort<S: Copy>(&self, columns: &[(&'static str, S)]) -> Option<(&'static str, S, bool)> {
        let asked = self.0.exactly("sort");
        let (name, descending) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        let found = columns.iter().find(|(column, _)| *column == name);
        match found {
            Some((column, sort)) => Some((*column, *sort, descending)),
            None => columns.first().map(|(column, sort)| (*column, *sort, false)),
        }
    }

    /// How the page shows a list of `total` rows, and which of them are on it. A page after the last is the last.
    pub(super) fn cut(
        &self,
        path: impl ToString,
        filters: Vec<(&'static str, String)>,
        sort: Option<(&'static str, bool)>,
        total: usize,
    ) -> (ListState, Range<usize>) {
        self.cut_by(PER_PAGE, path, filters, sort, total)
    }

    /// As [`Listing::cut`], with so many rows on a page.
    pub(super) fn cut_by(
        &self,
        per_page: usize,
        path: impl ToString,
        filters: Vec<(&'static str, String)>,
        sort: Option<(&'static str, bool)>,
        total: usize,
    ) -> (ListState, Range<usize>) {
        let pages = total.div_ceil(per_page).max(1);
        let page = self.0.exactly("page").parse().unwrap_or(1).clamp(1, pages);
        let from = (page - 1) * per_page;
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
            page: u32::try_from(page).unwrap_or(u32::MAX),
            per_page: per_page as u32,
            total: total as u64,
        };
        (list, from..(from + per_page).min(total))
    }
}

impl FromRequest for Listing {
    type Error = actix_web::Error;
    type Future = std::future::Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = web::Query::<Pairs>::from_query(request.query_string());
        let mut pairs = pairs.map(web::Query::into_inner).unwrap_or_default();
        for (_, value) in &mut pairs {
            // No name holds one, and PostgreSQL fails on NUL.
            value.retain(|c| !c.is_control());
        }
        std::future::ready(Ok(Self(Typed::new(pairs))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(name: &str, value: &str) -> Listing {
        Listing(Typed::new([(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn a_list_is_cut_into_pages_and_knows_no_page_after_the_last() {
        let cut = |page: &str, total| {
            let (list, rows) = listing("page", page).cut("/", Vec::new(), None, total);
            (list.page, rows)
        };
        assert_eq!(cut("", 250), (1, 0..100));
        assert_eq!(cut("3", 250), (3, 200..250));
        assert_eq!(cut("9", 250), (3, 200..250));
        assert_eq!(cut("18446744073709551615", 250), (3, 200..250));
        assert_eq!(cut("0", 250), (1, 0..100));
        assert_eq!(cut("x", 0), (1, 0..0));
    }

    #[test]
    fn an_order_that_there_is_not_is_the_usual_one() {
        let columns = [("name", 1), ("state", 2)];
        assert_eq!(listing("sort", "-state").sort(&columns), Some(("state", 2, true)));
        assert_eq!(listing("sort", "-color").sort(&columns), Some(("name", 1, false)));
    }
}
