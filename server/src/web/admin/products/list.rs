//! `GET /admin/products`, and what is done to all of the list: `…/known`, `…/show-prices`, `…/prices.csv`.

use actix_web::{HttpResponse, web};
use app::admin::products::{Product, list::ProductList};
use entity::contabo_product;
use leptos::prelude::*;

use super::{AT, shown, today};
use crate::{
    domain::{contabo::catalogue, typed::Typed},
    site::Site,
    web::{
        Error, Page,
        admin::asked::Listing,
        guard::{Staff, StaffPermission},
        measured::samples::text,
        reports::files::attached,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (all, day) = (super::loaded(&staff).await?, today(&site, &staff));
    let shows_prices = catalogue::shows_prices(&staff.tenant.rows()).await?;
    let (search, family, state) = (listing.filter("q"), listing.filter("family"), listing.filter("state"));
    let searched = search.to_lowercase();
    let matches = |row: &&contabo_product::Model| {
        let number = row.contabo_number.map(|number| number.to_string()).unwrap_or_default();
        let named = [&row.name, &row.contabo_id, &number]
            .iter()
            .any(|text| text.to_lowercase().contains(&searched));
        let in_state = match state.as_str() {
            "off" => !row.orderable,
            "all" => true,
            _ => row.orderable,
        };
        named && in_state && (family.is_empty() || row.family == family)
    };
    let found: Vec<&contabo_product::Model> = all.products.iter().filter(matches).collect();
    let mut families: Vec<String> = all.products.iter().map(|row| row.family.clone()).collect();
    families.retain(|family| !family.is_empty());
    families.sort_unstable();
    families.dedup();
    let is_empty = all.products.is_empty();
    let filters = vec![("q", search.clone()), ("family", family), ("state", state.clone())];
    let (list, range) = listing.cut(route::AdminProducts, filters, None, found.len());
    let rows = found.get(range).unwrap_or_default();
    let rows: Vec<Product> = rows.iter().map(|row| shown(&all, row, day)).collect();
    let may_manage = staff.may(StaffPermission::ManageContabo);
    Ok(page.at(AT).ok(move || {
        view! { <ProductList list=list rows=rows families=families is_empty=is_empty may_manage=may_manage shows_prices=shows_prices/> }
    }))
}

/// Adds the products that are known and lacking.
pub(in crate::web) async fn known(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let added = catalogue::add_known(&site.db, tenant, &staff.actor(), now).await?;
    let done = match added {
        0 => "done-products-none-new",
        _ => "done-products-known",
    };
    Ok(see_other_telling(route::AdminProducts, done))
}

/// Shows prices to clients, or not.
pub(in crate::web) async fn show_prices(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let (tenant, now, shows) = (staff.tenant.tenant.id, site.clock.now(), typed.get("show") == "yes");
    catalogue::show_prices(&site.db, tenant, &staff.actor(), now, shows).await?;
    let done = match shows {
        true => "done-prices-shown",
        false => "done-prices-hidden",
    };
    Ok(see_other_telling(route::AdminProducts, done))
}

/// The whole list, for spreadsheets.
pub(in crate::web) async fn csv(site: web::Data<Site>, staff: Staff) -> Result<HttpResponse, Error> {
    let bytes = catalogue::write(&super::loaded(&staff).await?, text).map_err(Error::internal)?;
    let name = format!("prices-{}.csv", today(&site, &staff));
    Ok(attached(name, "text/csv; charset=utf-8", bytes))
}
