//! `GET` and `POST /admin/products/{product}/price`: a price from a day on.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::products::price::{Offered, PriceForm},
    ui::FormState,
};
use entity::{ContaboProductId, contabo_product};
use leptos::prelude::*;

use super::{AT, complain, find, page_of, today};
use crate::{
    domain::{
        contabo::catalogue::{self, REGIONS, TERMS},
        money::{Currency, Money},
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{rejected, shown},
        guard::Staff,
        see_other_telling,
    },
};

const FIELDS: [&str; 8] = [
    "valid_from",
    "region",
    "months",
    "cost_currency",
    "cost_month",
    "cost_setup",
    "sales_month",
    "sales_setup",
];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboProductId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (catalogue, product) = find(&staff, *id).await?;
    let mut form = FormState::new()
        .with("valid_from", today(&site, &staff).to_string())
        .with("months", "0")
        .with("cost_currency", staff.tenant.tenant.currency.clone());
    // Most prices change a little: the newest is where one begins.
    if let Some(last) = catalogue.history(*id).first() {
        let amount = |currency: &str, minor: Option<i64>| {
            let money = minor.map(|minor| Money::new(minor, Currency::of_kept(currency)).typed());
            money.unwrap_or_default()
        };
        let (cost, sales) = (last.cost_currency.as_str(), last.sales_currency.as_str());
        form.set("region", last.region.clone());
        form.set("months", last.months.to_string());
        form.set("cost_currency", cost);
        form.set("cost_month", amount(cost, last.cost_month_minor));
        form.set("cost_setup", amount(cost, last.cost_setup_minor));
        // Of another currency the number would be another price.
        if sales == staff.tenant.tenant.currency {
            form.set("sales_month", amount(sales, last.sales_month_minor));
            form.set("sales_setup", amount(sales, last.sales_setup_minor));
        }
    }
    Ok(view(page, StatusCode::OK, &staff, product, form))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboProductId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, product) = find(&staff, *id).await?;
    let sales = Currency::of_kept(&staff.tenant.rows().own().await?.currency);
    let added = match catalogue::price(&typed, sales) {
        Ok(price) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(catalogue::add_price(&site.db, tenant, &staff.actor(), now, *id, price).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match added {
        Ok(()) => Ok(see_other_telling(page_of(*id), "done-product-price")),
        Err(wrong) => {
            let form = shown(&typed, &FIELDS, wrong, page.lang(), complain);
            Ok(view(page, StatusCode::UNPROCESSABLE_ENTITY, &staff, product, form))
        }
    }
}

fn view(
    page: Page,
    status: StatusCode,
    staff: &Staff,
    product: contabo_product::Model,
    form: FormState,
) -> HttpResponse {
    let currencies = Currency::all().into_iter();
    let offered = Offered {
        regions: REGIONS.map(str::to_owned).into(),
        terms: TERMS.into(),
        currencies: currencies
            .map(|currency| (currency.code().to_owned(), currency.name()))
            .collect(),
        sales_currency: staff.tenant.tenant.currency.clone(),
    };
    let href = page_of(product.id);
    page.at(AT).with_status(
        status,
        move || view! { <PriceForm name=product.name href=href offered=offered form=form/> },
    )
}
