//! `GET /admin/products/{product}`: what it is, and every price that it had or will have.

use actix_web::{HttpResponse, web};
use app::admin::products::{Price as Shown, When, show::ProductPage};
use chrono::NaiveDate;
use entity::{ContaboProductId, contabo_price};
use leptos::prelude::*;

use super::{AT, find, shown, today};
use crate::{
    domain::contabo::catalogue::{Amount, Price, Term, holds},
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboProductId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (catalogue, product) = find(&staff, *id).await?;
    let (board, day) = (admin::board(&site, &staff).await?, today(&site, &staff));
    let history = catalogue.history(*id);
    let prices = history.iter().map(|row| price(row, history, day)).collect();
    let servers = board.instances.values();
    let servers = servers
        .filter(|now| now.details.product_id == product.contabo_id)
        .count();
    let product = shown(&catalogue, &product, day);
    let may_manage = staff.may(StaffPermission::ManageContabo);
    Ok(page.at(AT).ok(move || {
        view! { <ProductPage product=product prices=prices servers=servers may_manage=may_manage/> }
    }))
}

fn price(row: &contabo_price::Model, history: &[contabo_price::Model], day: NaiveDate) -> Shown {
    let amounts = |amount: Amount| (amount.month().to_string(), amount.setup().to_string());
    let price = Price::from(row);
    // Of its own region and term, so that a more general one beside it does not count.
    let of_kind = history
        .iter()
        .filter(|other| other.region == row.region && other.months == row.months);
    let now = holds(of_kind, &row.region, Term::Months(row.months), day);
    Shown {
        region: row.region.clone(),
        months: row.months,
        valid_from: row.valid_from,
        cost: price.cost.map(amounts),
        sales: price.sales.map(amounts),
        by: row.created_by_name.clone(),
        when: match now {
            _ if row.valid_from > day => When::Coming,
            Some(now) if now.id == row.id => When::Now,
            _ => When::Past,
        },
    }
}
