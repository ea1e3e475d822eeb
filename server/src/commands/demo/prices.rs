//! The demo's price list: the known products with example prices. They are nobody's real prices.

use chrono::NaiveDate;
use entity::TenantId;

use crate::{
    domain::{
        audit::Actor,
        contabo::catalogue::{self, Catalogue, NewPrice, STORAGE, add_on},
        money::Currency,
    },
    site::Site,
};

/// Products with what they cost the provider and its clients each month, in cents.
const PRICES: [(&str, i64, i64); 8] = [
    ("V153", 360, 499),
    ("V154", 630, 899),
    ("V155", 1_200, 1_699),
    ("V156", 2_100, 2_999),
    (STORAGE, 450, 625),
    (add_on::PRIVATE_NETWORKING, 150, 199),
    (add_on::BACKUP, 210, 299),
    (add_on::EXTRA_IPV4, 220, 299),
];

/// Since when they hold: long before anything in the demo.
const SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 1, 1);

/// Makes the list, and lets clients read it.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn set_up(site: &Site, tenant: TenantId) -> anyhow::Result<()> {
    let (actor, now) = (Actor::system("demo"), site.clock.now());
    catalogue::add_known(&site.db, tenant, &actor, now).await?;
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
