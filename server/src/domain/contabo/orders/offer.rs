//! What an order or a server comes to by the price list of a day.

use chrono::NaiveDate;
use entity::contabo_order;

use super::{store::price, wanted::Wanted};
use crate::domain::contabo::{
    catalogue::{Catalogue, Line, Quote, STORAGE, Term},
    instances::Details,
};

/// The lines of it: the plan with its add-ons, or the room in steps.
#[must_use]
pub fn quote(catalogue: &Catalogue, wanted: &Wanted, day: NaiveDate) -> Quote {
    let lines = match wanted {
        Wanted::Instance(instance) => {
            let ids = std::iter::once(&instance.product_id).chain(&instance.add_ons);
            ids.map(|id| line(catalogue, id, &instance.region, Term::Months(instance.months), day))
                .collect()
        }
        Wanted::Storage(storage) => vec![Line {
            quantity: storage.steps,
            ..line(catalogue, STORAGE, &storage.region, Term::Months(1), day)
        }],
    };
    Quote { lines }
}

/// One of a product, by its name where the list has it.
fn line(catalogue: &Catalogue, contabo_id: &str, region: &str, term: Term, day: NaiveDate) -> Line {
    let price = catalogue.price(contabo_id, region, term, day);
    let product = catalogue.product(contabo_id);
    Line {
        what: product.map_or_else(|| contabo_id.to_owned(), |product| product.name.clone()),
        quantity: 1,
        cost: price.cost,
        sales: price.sales,
    }
}

/// What a server costs and brings each month: as it was ordered, else by the price list of `day`, with the `add_ons` that
/// were bought for it since, by the list. None: neither says.
///
/// One that was not ordered here counts with its plan alone, since Contabo says neither the term of its contract nor, in
/// words, what was bought with it.
pub fn quote_of_server<'b>(
    catalogue: &Catalogue,
    order: Option<&contabo_order::Model>,
    details: &Details,
    add_ons: impl IntoIterator<Item = &'b str>,
    day: NaiveDate,
) -> Option<Quote> {
    let by_list = |contabo_id: &str| line(catalogue, contabo_id, &details.region, Term::NotSaid, day);
    let mut quote = match order {
        Some(order) => price(order),
        None => {
            let plan = catalogue.product(&details.product_id)?;
            Quote {
                lines: vec![by_list(&plan.contabo_id)],
            }
        }
    };
    quote.lines.extend(add_ons.into_iter().map(by_list));
    Some(quote)
}
