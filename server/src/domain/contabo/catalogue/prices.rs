//! Which price of the list holds, and what several come to. Pure: what is not known stays unknown.

use chrono::NaiveDate;
use entity::contabo_price;
use serde::{Deserialize, Serialize};

use crate::domain::money::{Currency, Money};

/// Each month and once, in minor units of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// ISO 4217 code.
    pub currency: String,
    pub month_minor: i64,
    pub setup_minor: i64,
}

impl Amount {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, Currency::of_kept(&self.currency))
    }

    /// Each month.
    #[must_use]
    pub fn month(&self) -> Money {
        self.money(self.month_minor)
    }

    /// Once, at the beginning.
    #[must_use]
    pub fn setup(&self) -> Money {
        self.money(self.setup_minor)
    }

    /// In the first month, with what is paid once.
    #[must_use]
    pub fn first_month(&self) -> Money {
        self.money(self.month_minor.saturating_add(self.setup_minor))
    }

    fn times(&self, quantity: i64) -> Self {
        Self {
            currency: self.currency.clone(),
            month_minor: self.month_minor.saturating_mul(quantity),
            setup_minor: self.setup_minor.saturating_mul(quantity),
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            currency: self.currency.clone(),
            month_minor: self.month_minor.saturating_add(other.month_minor),
            setup_minor: self.setup_minor.saturating_add(other.setup_minor),
        }
    }
}

/// What one thing costs the provider and its client, as far as the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub cost: Option<Amount>,
    pub sales: Option<Amount>,
}

impl From<&contabo_price::Model> for Price {
    fn from(row: &contabo_price::Model) -> Self {
        let amount = |currency: &str, month: Option<i64>, setup: Option<i64>| {
            Some(Amount {
                currency: currency.to_owned(),
                month_minor: month?,
                setup_minor: setup.unwrap_or(0),
            })
        };
        Self {
            cost: amount(&row.cost_currency, row.cost_month_minor, row.cost_setup_minor),
            sales: amount(&row.sales_currency, row.sales_month_minor, row.sales_setup_minor),
        }
    }
}

/// The contract's term that a price is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    Months(i32),
    /// Contabo does not say how long the contract is: the price for any term, else that of the shortest.
    NotSaid,
}

/// The price among those of one product that holds in `region` for `term` on `day`: one of the region's own before one
/// for everywhere, one of the term's own before one for any, then the newest.
#[must_use]
pub fn holds<'p>(
    prices: impl IntoIterator<Item = &'p contabo_price::Model>,
    region: &str,
    term: Term,
    day: NaiveDate,
) -> Option<&'p contabo_price::Model> {
    let of_term = |months: i32| match term {
        Term::Months(wanted) if months == wanted => Some(1),
        Term::Months(_) if months == 0 => Some(0),
        Term::Months(_) => None,
        Term::NotSaid if months == 0 => Some(1),
        Term::NotSaid => Some(-months),
    };
    let fits = prices.into_iter().filter_map(|row| {
        let there = row.valid_from <= day && (row.region.is_empty() || row.region == region);
        let term = of_term(row.months).filter(|_| there)?;
        let rank = (!row.region.is_empty(), term, row.valid_from, row.created_at, row.id);
        Some((rank, row))
    });
    fits.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, row)| row)
}

/// One line of what is ordered: amounts are those of one piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub what: String,
    pub quantity: i64,
    pub cost: Option<Amount>,
    pub sales: Option<Amount>,
}

/// What all of an order comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub lines: Vec<Line>,
}

/// Whose money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the provider pays to Contabo.
    Cost,
    /// What the client pays to the provider.
    Sales,
}

/// Why there is no sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The list has no price for these.
    NoPrice(Vec<String>),
    /// Amounts of different currencies have no sum.
    Currencies,
}

impl Quote {
    /// The sum of all lines.
    ///
    /// # Errors
    /// When a line has no price, or they are not in one currency: part of a sum would be read as all of it.
    pub fn total(&self, side: Side) -> Result<Amount, Unknown> {
        let of = |line: &'_ Line| match side {
            Side::Cost => line.cost.clone(),
            Side::Sales => line.sales.clone(),
        };
        let lacking: Vec<String> = self
            .lines
            .iter()
            .filter(|line| of(line).is_none())
            .map(|line| line.what.clone())
            .collect();
        if !lacking.is_empty() || self.lines.is_empty() {
            return Err(Unknown::NoPrice(lacking));
        }
        let mut all = self
            .lines
            .iter()
            .filter_map(|line| Some(of(line)?.times(line.quantity)));
        let first = all.next().ok_or_else(|| Unknown::NoPrice(Vec::new()))?;
        all.try_fold(first, |sum, next| match sum.currency == next.currency {
            true => Ok(sum.plus(&next)),
            false => Err(Unknown::Currencies),
        })
    }

    /// What is left each month; none where one of the sums is not known, or they are in different currencies.
    #[must_use]
    pub fn margin(&self) -> Option<Money> {
        let (cost, sales) = (self.total(Side::Cost).ok()?, self.total(Side::Sales).ok()?);
        let left = sales.month_minor.saturating_sub(cost.month_minor);
        (cost.currency == sales.currency).then(|| sales.money(left))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use entity::{ContaboPriceId, ContaboProductId, TenantId};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn row(region: &str, months: i32, from: &str, cost: Option<i64>) -> contabo_price::Model {
        contabo_price::Model {
            tenant_id: TenantId::new(),
            id: ContaboPriceId::new(),
            product_id: ContaboProductId::new(),
            region: region.to_owned(),
            months,
            cost_currency: "EUR".to_owned(),
            cost_month_minor: cost,
            cost_setup_minor: None,
            sales_currency: "EUR".to_owned(),
            sales_month_minor: cost.map(|cost| cost * 2),
            sales_setup_minor: Some(100),
            valid_from: day(from),
            created_at: DateTime::UNIX_EPOCH,
            created_by_name: String::new(),
        }
    }

    fn cost(rows: &[contabo_price::Model], region: &str, term: Term, on: &str) -> Option<i64> {
        holds(rows, region, term, day(on)).and_then(|row| row.cost_month_minor)
    }

    #[test]
    fn a_price_holds_from_its_day_until_the_next_one() {
        let rows = [
            row("", 0, "2026-01-01", Some(500)),
            row("", 0, "2026-07-01", Some(600)),
            row("", 0, "2026-10-01", None),
        ];
        let on = |on| cost(&rows, "EU", Term::Months(1), on);
        assert_eq!(on("2025-12-31"), None);
        assert_eq!((on("2026-01-01"), on("2026-06-30")), (Some(500), Some(500)));
        assert_eq!((on("2026-07-01"), on("2026-09-30")), (Some(600), Some(600)));
        assert_eq!(
            on("2026-11-01"),
            None,
            "what is no longer known is not the last that was"
        );
    }

    #[test]
    fn of_two_made_for_one_day_the_later_counts() {
        let rows = [row("", 0, "2026-01-01", Some(500)), row("", 0, "2026-01-01", Some(550))];
        assert_eq!(cost(&rows, "EU", Term::Months(1), "2026-02-01"), Some(550));
    }

    #[test]
    fn a_regions_and_a_terms_own_price_comes_before_a_general_one() {
        let rows = [
            row("", 0, "2026-06-01", Some(500)),
            row("", 12, "2026-01-01", Some(400)),
            row("JPN", 0, "2026-01-01", Some(700)),
            row("JPN", 12, "2026-01-01", Some(650)),
        ];
        let of = |region, term| cost(&rows, region, term, "2026-08-01");
        assert_eq!(of("EU", Term::Months(1)), Some(500));
        assert_eq!(of("EU", Term::Months(12)), Some(400));
        assert_eq!(of("JPN", Term::Months(1)), Some(700));
        assert_eq!(of("JPN", Term::Months(12)), Some(650));
    }

    #[test]
    fn where_the_term_is_not_said_it_is_any_or_the_shortest() {
        let terms = [
            row("", 12, "2026-01-01", Some(400)),
            row("", 1, "2026-01-01", Some(500)),
        ];
        assert_eq!(cost(&terms, "EU", Term::NotSaid, "2026-08-01"), Some(500));
        let any = [row("", 1, "2026-01-01", Some(500)), row("", 0, "2026-01-01", Some(450))];
        assert_eq!(cost(&any, "EU", Term::NotSaid, "2026-08-01"), Some(450));
        assert_eq!(cost(&terms, "EU", Term::Months(6), "2026-08-01"), None);
    }

    fn line(what: &str, quantity: i64, price: Price) -> Line {
        Line {
            what: what.to_owned(),
            quantity,
            cost: price.cost,
            sales: price.sales,
        }
    }

    #[test]
    fn a_sum_has_all_lines_or_is_none() {
        let price = |cost| Price::from(&row("", 0, "2026-01-01", cost));
        let quote = Quote {
            lines: vec![line("Plan", 1, price(Some(500))), line("250 GB", 3, price(Some(250)))],
        };
        let (cost, sales) = (quote.total(Side::Cost).unwrap(), quote.total(Side::Sales).unwrap());
        assert_eq!((cost.month_minor, cost.setup_minor), (1_250, 0));
        assert_eq!((sales.month_minor, sales.setup_minor), (2_500, 400));
        assert_eq!(sales.first_month().minor, 2_900);
        assert_eq!(quote.margin().map(|left| left.minor), Some(1_250));

        let mut lacking = quote.clone();
        lacking.lines.push(line("Backup", 1, price(None)));
        assert_eq!(
            lacking.total(Side::Cost),
            Err(Unknown::NoPrice(vec!["Backup".to_owned()]))
        );
        assert_eq!(lacking.margin(), None);

        let mut mixed = quote;
        let dollars = Amount {
            currency: "USD".to_owned(),
            ..cost
        };
        mixed.lines[1].cost = Some(dollars);
        assert_eq!(mixed.total(Side::Cost), Err(Unknown::Currencies));
        assert!(mixed.total(Side::Sales).is_ok());
        assert_eq!(Quote::default().total(Side::Cost), Err(Unknown::NoPrice(Vec::new())));
    }
}
