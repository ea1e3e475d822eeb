//! What can be ordered at Contabo and what it costs: the list, one product with its prices, the forms.
//!
//! Amounts come as they are shown: nothing here calculates.

pub mod form;
pub mod list;
pub mod price;
pub mod show;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    samples,
    servers::words::region_word,
    t, t_count,
    text::Text,
    ui::{Crumb, number},
};

/// A product, as lists and its own page show it.
#[derive(Clone, Debug)]
pub struct Product {
    /// Its own address, without a slash at the end; its actions lie below.
    pub href: String,
    pub name: String,
    /// Contabo's id or number of it; none of what has none.
    pub contabo_id: Option<String>,
    pub family: String,
    pub cores: Option<u64>,
    /// Bytes.
    pub ram: Option<f64>,
    /// Bytes.
    pub disk: Option<f64>,
    pub disk_kind: String,
    /// Bits a second.
    pub port: Option<f64>,
    pub snapshots: Option<u64>,
    pub orderable: bool,
    /// Whether it can be ordered here at all.
    pub can_be_ordered: bool,
    /// Each month today, everywhere and for the shortest term; none: not known.
    pub cost: Option<String>,
    pub price: Option<String>,
}

/// A price with where and since when it holds.
#[derive(Clone, Debug)]
pub struct Price {
    /// Empty: everywhere that has none of its own.
    pub region: String,
    /// 0: any term that has none of its own.
    pub months: i32,
    pub valid_from: NaiveDate,
    /// Each month and once.
    pub cost: Option<(String, String)>,
    pub sales: Option<(String, String)>,
    pub by: String,
    pub when: When,
}

/// Whether a price holds today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Past,
    Now,
    Coming,
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new(t("nav-products"), "/admin/products")]
}

fn crumbs_of(name: String, href: String) -> Vec<Crumb> {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href));
    crumbs
}

/// What is known of its size, in one line.
fn size(product: &Product) -> String {
    let cores = product
        .cores
        .map(|cores| t_count("product-cores-count", cores).into_owned());
    let ram = product.ram.map(gib);
    let disk = product
        .disk
        .map(|disk| [gib(disk).as_str(), product.disk_kind.as_str()].join(" "));
    let parts: Vec<String> = [cores, ram, disk]
        .into_iter()
        .flatten()
        .map(|part| part.trim().to_owned())
        .collect();
    parts.join(" · ")
}

/// Sizes of products are whole powers of two, and named as they are sold.
fn gib(bytes: f64) -> String {
    format!("{} GB", number::cut(bytes / 1_073_741_824.0, 2))
}

fn or_unknown(amount: Option<String>) -> AnyView {
    match amount {
        Some(amount) => view! { <span class="figure">{amount}</span> }.into_any(),
        None => view! { <span class="muted">{t("product-no-price")}</span> }.into_any(),
    }
}

fn place_word(region: &str) -> Text {
    match region {
        "" => t("product-everywhere").into(),
        region => region_word(region),
    }
}

/// A term in words.
pub(crate) fn term_word(months: i32) -> Text {
    match u64::try_from(months) {
        Ok(0) | Err(_) => t("product-any-term").into(),
        Ok(months) => t_count("product-months", months),
    }
}

fn sample_product(text: &str) -> Product {
    Product {
        href: "/admin/products/1".to_owned(),
        name: text.to_owned(),
        contabo_id: Some("V153".to_owned()),
        family: format!("Cloud VPS {text}").trim_end().to_owned(),
        cores: Some(4),
        ram: Some(8_589_934_592.0),
        disk: Some(107_374_182_400.0),
        disk_kind: "SSD".to_owned(),
        port: Some(200e6),
        snapshots: Some(1),
        orderable: true,
        can_be_ordered: true,
        cost: Some("EUR 4.50".to_owned()),
        price: Some("EUR 9.00".to_owned()),
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<samples::Sample> {
    [list::samples(), show::samples(), form::samples(), price::samples()]
        .into_iter()
        .flatten()
        .collect()
}
