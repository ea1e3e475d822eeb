//! What an order comes to by the price list of a day.

use chrono::NaiveDate;

use super::wanted::Wanted;
use crate::domain::contabo::{
    catalogue::{Catalogue, Line, Quote, STORAGE, Term},
    instances::Details,
};

/// The lines of it: the plan with its add-ons, or the room in steps.
#[must_use]
pub fn quote(catalogue: &Catalogue, wanted: &Wanted, day: NaiveDate) -> Quote {
    let line = |contabo_id: &str, or: &str, region: &str, months: i32, quantity: i64| {
        let price = catalogue.price(contabo_id, region, Term::Months(months), day);
        let product = catalogue.product(contabo_id);
        Line {
            what: product.map_or_else(|| or.to_owned(), |product| product.name.clone()),
            quantity,
            cost: price.cost,
            sales: price.sales,
        }
    };
    let lines = match wanted {
        Wanted::Instance(instance) => {
            let ids = std::iter::once(&instance.product_id).chain(&instance.add_ons);
            ids.map(|id| line(id, id, &instance.region, instance.months, 1))
                .collect()
        }
        Wanted::Storage(storage) => vec![line(STORAGE, STORAGE, &storage.region, 1, storage.steps)],
    };
    Quote { lines }
}

/// What a server costs and brings that was not ordered here: its plan alone, since Contabo says neither the term of its
/// contract nor, in words, what was bought with it. None: the list does not have the plan.
#[must_use]
pub fn by_list(catalogue: &Catalogue, details: &Details, day: NaiveDate) -> Option<Quote> {
    let product = catalogue.product(&details.product_id)?;
    let price = catalogue.price(&product.contabo_id, &details.region, Term::NotSaid, day);
    let line = Line {
        what: product.name.clone(),
        quantity: 1,
        cost: price.cost,
        sales: price.sales,
    };
    Some(Quote { lines: vec![line] })
}
