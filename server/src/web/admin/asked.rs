//! What was sent with a request: the fields of a form, or the query of a list. Whatever nobody asks for is not looked at.

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use app::ui::{Direction, FormState, ListState};
use futures_util::{FutureExt, TryFutureExt, future::LocalBoxFuture};

pub(in crate::web) use crate::domain::typed::Typed;
use crate::web::form::{self, Pairs};

fn first<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    let found = pairs.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

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

/// Far beyond any list, and far from where page numbers run over.
const LAST_PAGE: u32 = 1_000_000;

/// The query of a list. An old address still works: what is wrong in it is left out.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Listing(Pairs);

impl Listing {
    /// The value of a filter, empty if it is not set.
    pub(super) fn filter(&self, name: &str) -> String {
        first(&self.0, name).to_owned()
    }

    /// From 1. No list is so long that it has a last page beyond [`LAST_PAGE`].
    pub(super) fn page(&self) -> u32 {
        first(&self.0, "page").parse().unwrap_or(1).clamp(1, LAST_PAGE)
    }

    /// The column to sort by, of those that there are, and whether descending. The first is the usual one.
    pub(super) fn sort<S: Copy>(&self, columns: &[(&'static str, S)]) -> Option<(&'static str, S, bool)> {
        let asked = first(&self.0, "sort");
        let (name, descending) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        let found = columns.iter().find(|(column, _)| *column == name).or(columns.first());
        found.map(|(column, sort)| (*column, *sort, descending))
    }

    /// How the page shows the list.
    pub(super) fn state(
        &self,
        path: impl ToString,
        filters: &[&'static str],
        sort: Option<(&'static str, bool)>,
        per_page: usize,
        total: usize,
    ) -> ListState {
        let direction = |descending| {
            if descending {
                Direction::Descending
            } else {
                Direction::Ascending
            }
        };
        ListState {
            path: path.to_string(),
            filters: filters.iter().map(|name| (*name, self.filter(name))).collect(),
            sort: sort.map(|(column, descending)| (column, direction(descending))),
            page: self.page(),
            per_page: u32::try_from(per_page).unwrap_or(u32::MAX),
            total: total as u64,
        }
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
        std::future::ready(Ok(Self(pairs)))
    }
}
