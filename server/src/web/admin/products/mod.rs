//! The staff's pages about products and their prices.

pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod price;
pub(in crate::web) mod show;

use app::{
    admin::products::Product as Shown,
    text::{Lang, Text},
};
use chrono::NaiveDate;
use entity::{
    ContaboProductId,
    contabo_product::{self, ProductKind},
};

use crate::{
    domain::{
        calendar,
        contabo::catalogue::{self, Catalogue, Price, Reason, Term},
    },
    site::Site,
    web::{Error, admin::complaint, guard::Staff, route},
};

/// The fields of a product's form.
const FIELDS: [&str; 11] = [
    "kind",
    "contabo_id",
    "contabo_number",
    "name",
    "family",
    "cores",
    "ram",
    "disk",
    "disk_kind",
    "port",
    "snapshots",
];

/// The entry of the navigation.
const AT: &str = "products";

async fn loaded(staff: &Staff) -> Result<Catalogue, Error> {
    Ok(Catalogue::load(&staff.tenant.rows()).await?)
}

/// The catalogue and the product, if it is the tenant's.
async fn find(staff: &Staff, id: ContaboProductId) -> Result<(Catalogue, contabo_product::Model), Error> {
    let catalogue = loaded(staff).await?;
    let product = catalogue.products.iter().find(|product| product.id == id).cloned();
    Ok((catalogue, product.ok_or(Error::NotFound)?))
}

fn page_of(product: ContaboProductId) -> String {
    route::AdminProduct { product }.to_string()
}

/// The day on which prices are looked up, in the tenant's zone.
pub(super) fn today(site: &Site, staff: &Staff) -> NaiveDate {
    calendar::day_at(site.clock.now(), staff.tenant.zone())
}

fn shown(list: &Catalogue, row: &contabo_product::Model, day: NaiveDate) -> Shown {
    let price: Price = list.price(&row.contabo_id, "", Term::NotSaid, day);
    let count = |number: Option<i32>| number.and_then(|number| u64::try_from(number).ok());
    // Sizes of products are far below what a float holds exactly.
    let bytes = |mib: Option<i64>| mib.map(|mib| mib as f64 * 1_048_576.0);
    Shown {
        href: page_of(row.id),
        name: row.name.clone(),
        contabo_id: match row.kind {
            ProductKind::Instance => Some(row.contabo_id.clone()),
            ProductKind::AddOn => row.contabo_number.map(|number| number.to_string()),
            ProductKind::Storage => None,
        },
        family: row.family.clone(),
        cores: count(row.cores),
        ram: bytes(row.ram_mb),
        disk: bytes(row.disk_mb),
        disk_kind: row.disk_kind.clone(),
        port: row.port_mbit.map(|mbit| f64::from(mbit) * 1e6),
        snapshots: count(row.snapshots),
        orderable: row.orderable,
        can_be_ordered: catalogue::can_be_ordered(row.kind, &row.contabo_id),
        cost: price.cost.map(|amount| amount.month().to_string()),
        price: price.sales.map(|amount| amount.month().to_string()),
    }
}

fn complain(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::Text(bad) => return complaint::text(lang, bad),
        Reason::Amount(bad) => return complaint::amount(lang, bad),
        Reason::Taken => lang.t("product-taken"),
        Reason::NotANumber => lang.t("product-not-a-number"),
        Reason::NotAChoice => lang.t("not-a-choice"),
        Reason::NotADate => lang.t("price-not-a-date"),
        Reason::Nothing => lang.t("price-nothing"),
        Reason::SetupAlone => lang.t("price-setup-alone"),
    };
    key.into()
}
