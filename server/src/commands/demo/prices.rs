//! The demo's price list: the known products with example prices. They are nobody's real prices.

use chrono::NaiveDate;
use entity::TenantId;

use crate::{
    domain::{
        audit::Actor,
        contabo::catalogue::{self, Catalogue, NewPrice, STORAGE, add_on},
        money::Currency,
        typed::Typed,
    },
    site::Site,
};

/// Products with what they cost the provider and its clients each month, in cents.
const PRICES: [(&str, i64, i64); 9] = [
    ("V153", 360, 499),
    ("V154", 630, 899),
    ("V155", 1_200, 1_699),
    ("V156", 2_100, 2_999),
    (STORAGE, 450, 625),
    (add_on::PRIVATE_NETWORKING, 150, 199),
    (add_on::BACKUP, 210, 299),
    (add_on::EXTRA_IPV4, 220, 299),
    (WITH_EACH, 0, 0),
];

/// Contabo's numbers of add-ons that the fake gives to servers, beside the one that everybody knows.
const BACKUP: &str = "1431";
const WITH_EACH: &str = "1501";

/// Since when they hold: long before anything in the demo.
const SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 1, 1);

/// Makes the list, and lets clients read it.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn set_up(site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let (actor, now) = (Actor::system("demo"), site.clock.now());
    catalogue::add_known(&site.db, tenant, &actor, now).await?;
    numbered(site, tenant).await?;
    let all = Catalogue::load(&site.db.tenant(tenant)).await?;
    for (contabo_id, cost, sales) in PRICES {
        let (Some(product), Some(valid_from)) = (all.product(contabo_id), SINCE) else {
            continue;
        };
        let price = NewPrice {
            region: String::new(),
            months: 0,
            cost_currency: Currency::default(),
            cost_month: Some(cost),
            cost_setup: None,
            sales_month: Some(sales),
            sales_setup: None,
            valid_from,
        };
        catalogue::add_price(&site.db, tenant, &actor, now, product.id, price).await?;
    }
    Ok(catalogue::show_prices(&site.db, tenant, &actor, now, true).await?)
}

/// The add-ons that servers of the demo have, by Contabo's numbers, as staff would type them.
async fn numbered(site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let (actor, now) = (Actor::system("demo"), site.clock.now());
    let typed = |fields: &[(&str, &str)]| {
        let fields = fields.iter();
        Typed::new(fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    };
    let comes = [
        ("kind", "add_on"),
        ("contabo_number", WITH_EACH),
        ("name", "Comes with each server"),
    ];
    if let Ok((Some(new), product)) = catalogue::product(&typed(&comes), None) {
        catalogue::add(&site.db, tenant, &actor, now, new, product).await?;
    }
    let all = Catalogue::load(&site.db.tenant(tenant)).await?;
    let Some(backup) = all.product(add_on::BACKUP) else {
        return Ok(());
    };
    let fields = [
        ("contabo_number", BACKUP),
        ("name", backup.name.as_str()),
        ("family", backup.family.as_str()),
    ];
    if let Ok((_, product)) = catalogue::product(&typed(&fields), Some(backup.kind)) {
        catalogue::change(&site.db, tenant, &actor, now, backup.id, product).await?;
    }
    Ok(())
}
