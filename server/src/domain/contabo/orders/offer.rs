//! What an order or a server comes to by the price list of a day.

use chrono::{DateTime, NaiveDate, Utc};
use entity::contabo_order;

use super::{store::price, wanted::Wanted};
use crate::domain::contabo::{
    actions::Bought,
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

/// What a server costs and brings each month, by the price list of `day`: its plan, or what it was ordered at; the add-ons
/// that were `bought` for it until then; and those that Contabo says it has beside these. None: the list does not have its
/// plan.
///
/// Contabo says add-ons by numbers. One that is no product's has no price, and is named by its number. Of a server that was
/// ordered here it came with what was ordered, which has its price: many servers have numbers from the start that nobody
/// explains.
pub fn quote_of_server(
    catalogue: &Catalogue,
    order: Option<&contabo_order::Model>,
    details: &Details,
    (bought, until): (&[&Bought], DateTime<Utc>),
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
    let own = bought.iter().filter(|one| one.at < until);
    quote.lines.extend(own.map(|one| by_list(&one.add_on)));
    let ordered = order.map(Wanted::of).map(|wanted| match wanted {
        Ok(Wanted::Instance(wanted)) => wanted.add_ons,
        Ok(Wanted::Storage(_)) | Err(_) => Vec::new(),
    });
    for (number, quantity) in found_beside(catalogue, ordered.as_deref(), bought, &details.add_ons) {
        let line = match catalogue.add_on(number) {
            Some(product) => by_list(&product.contabo_id),
            None => Line {
                what: format!("add-on {number}"),
                quantity,
                cost: None,
                sales: None,
            },
        };
        quote.lines.push(Line { quantity, ..line });
    }
    Some(quote)
}

/// The add-ons of `has`, numbers and quantities, that were neither `ordered` with the server nor `bought` for it here.
/// `ordered` is none of a server that was not ordered here.
fn found_beside(
    catalogue: &Catalogue,
    ordered: Option<&[String]>,
    bought: &[&Bought],
    has: &[(i64, i64)],
) -> Vec<(i64, i64)> {
    let is_own = |word: &str| {
        let ordered = ordered.unwrap_or_default();
        ordered.iter().any(|own| own == word) || bought.iter().any(|own| own.add_on == word)
    };
    // What was bought without anybody knowing its number is one of those that came since.
    let is_nameless = |one: &&&Bought| {
        let product = catalogue.product(&one.add_on);
        product.is_none_or(|product| product.contabo_number.is_none())
    };
    let mut nameless: Vec<&&Bought> = bought.iter().filter(is_nameless).collect();
    let mut found = Vec::new();
    for (number, quantity) in has {
        let is_counted = match catalogue.add_on(*number) {
            Some(product) if is_own(&product.contabo_id) => true,
            // One that staff have named themselves may be what was bought here, too.
            named => {
                let came = nameless.iter().position(|one| !one.had.contains(number));
                came.map(|at| nameless.remove(at)).is_some() || (named.is_none() && ordered.is_some())
            }
        };
        if !is_counted {
            found.push((*number, (*quantity).max(1)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use entity::{ContaboProductId, InstanceId, TenantId, contabo_product, contabo_product::ProductKind};

    use super::*;
    use crate::domain::contabo::catalogue::add_on;

    fn add_on_named(word: &str, contabo_number: Option<i64>) -> contabo_product::Model {
        contabo_product::Model {
            tenant_id: TenantId::new(),
            id: ContaboProductId::new(),
            kind: ProductKind::AddOn,
            contabo_id: word.to_owned(),
            contabo_number,
            name: word.to_owned(),
            family: String::new(),
            cores: None,
            ram_mb: None,
            disk_mb: None,
            disk_kind: String::new(),
            port_mbit: None,
            snapshots: None,
            orderable: true,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn bought(word: &str, had: &[i64]) -> Bought {
        Bought {
            instance: InstanceId::new(),
            add_on: word.to_owned(),
            had: had.to_vec(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_ordered_or_bought_here_is_not_found_once_more() {
        let mut catalogue = Catalogue::default();
        catalogue.products = vec![
            add_on_named(add_on::PRIVATE_NETWORKING, Some(1_477)),
            add_on_named(add_on::BACKUP, None),
        ];
        let has = [(1_501, 0), (1_477, 1), (1_431, 1)];
        let found = |ordered: Option<&[String]>, bought: &[Bought]| {
            let bought: Vec<_> = bought.iter().collect();
            found_beside(&catalogue, ordered, &bought, &has)
        };
        assert_eq!(found(None, &[]), [(1_501, 1), (1_477, 1), (1_431, 1)]);
        // A number that nobody knows is that of the backup, if it came with it.
        let backup = [bought(add_on::BACKUP, &[1_501, 1_477])];
        assert_eq!(found(None, &backup), [(1_501, 1), (1_477, 1)]);
        let network = [bought(add_on::PRIVATE_NETWORKING, &[1_501])];
        assert_eq!(found(None, &network), [(1_501, 1), (1_431, 1)]);
        // With an order its numbers came, but not what is known and was not ordered.
        assert_eq!(found(Some(&[]), &[]), [(1_477, 1)]);
        assert_eq!(found(Some(&[add_on::PRIVATE_NETWORKING.to_owned()]), &[]), []);
    }
}
