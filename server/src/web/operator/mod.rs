//! The operator's pages: whoever runs the installation, for all its tenants.

use actix_web::{HttpResponse, web};
use app::operator::tenants::{Row, Tenants};
use entity::tenant;
use leptos::prelude::*;
use sea_orm::{EntityTrait, QueryOrder};

use super::{Error, Page, guard::Operator, route, see_other};
use crate::site::Site;

/// `GET /operator`
pub(super) async fn home(_: Operator) -> HttpResponse {
    see_other(route::OperatorTenants)
}

/// `GET /operator/tenants`
pub(super) async fn tenants(site: web::Data<Site>, _: Operator, page: Page) -> Result<HttpResponse, Error> {
    #[expect(clippy::disallowed_methods, reason = "the operator's list is of all tenants")]
    let all = tenant::Entity::find()
        .order_by_asc(tenant::Column::Slug)
        .all(site.db.across_tenants())
        .await?;
    let rows = all.into_iter().map(|tenant| Row {
        slug: tenant.slug,
        name: tenant.name,
        host: tenant.host,
        zone: tenant.zone,
        created_at: tenant.created_at,
    });
    let rows = rows.collect();
    Ok(page.at("tenants").ok(move || view! { <Tenants rows=rows/> }))
}
