//! The price list as lines of a CSV file: every price that was ever kept, with the product that it is of.

use entity::{contabo_price, contabo_product};

use super::Catalogue;
use crate::domain::money::{Currency, Money};

const COLUMNS: [&str; 15] = [
    "product",
    "contabo_number",
    "name",
    "family",
    "orderable",
    "region",
    "months",
    "valid_from",
    "cost_currency",
    "cost_per_month",
    "cost_setup",
    "sales_currency",
    "sales_per_month",
    "sales_setup",
    "entered_by",
];

/// The file; `text` makes a text harmless to spreadsheets. A product without a price has a line without amounts.
///
/// # Errors
/// Never, while it is written to memory.
pub fn write(catalogue: &Catalogue, text: fn(&str) -> String) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    for product in &catalogue.products {
        let prices = catalogue.history(product.id);
        if prices.is_empty() {
            csv.write_record(line(product, None, text))?;
        }
        for price in prices {
            csv.write_record(line(product, Some(price), text))?;
        }
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}

fn line(
    product: &contabo_product::Model,
    price: Option<&contabo_price::Model>,
    text: fn(&str) -> String,
) -> [String; 15] {
    let amount = |currency: &str, minor: Option<i64>| {
        let money = minor.map(|minor| Money::new(minor, Currency::of_kept(currency)).typed());
        money.unwrap_or_default()
    };
    let of = |read: fn(&contabo_price::Model) -> String| price.map(read).unwrap_or_default();
    let cost = |minor: fn(&contabo_price::Model) -> Option<i64>| {
        price
            .map(|row| amount(&row.cost_currency, minor(row)))
            .unwrap_or_default()
    };
    let sales = |minor: fn(&contabo_price::Model) -> Option<i64>| {
        price
            .map(|row| amount(&row.sales_currency, minor(row)))
            .unwrap_or_default()
    };
    [
        text(&product.contabo_id),
        product
            .contabo_number
            .map(|number| number.to_string())
            .unwrap_or_default(),
        text(&product.name),
        text(&product.family),
        if product.orderable { "yes" } else { "no" }.to_owned(),
        of(|row| row.region.clone()),
        of(|row| {
            if row.months == 0 {
                String::new()
            } else {
                row.months.to_string()
            }
        }),
        of(|row| row.valid_from.to_string()),
        of(|row| row.cost_currency.clone()),
        cost(|row| row.cost_month_minor),
        cost(|row| row.cost_setup_minor),
        of(|row| row.sales_currency.clone()),
        sales(|row| row.sales_month_minor),
        sales(|row| row.sales_setup_minor),
        text(&of(|row| row.created_by_name.clone())),
    ]
}
