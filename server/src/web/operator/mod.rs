//! The operator's pages: whoever runs the installation, for all its tenants.

use actix_web::{HttpResponse, web};
use app::operator::tenants::{Row, Tenants};
use leptos::prelude::*;

use super::{Error, Page, guard::Operator, route, see_other};
use crate::{domain::tenants, site::Site};

/// `GET /operator`
pub(super) async fn home(_: Operator) -> HttpResponse {
    see_other(route::OperatorTenants)
}

/// `GET /operator/tenants`
pub(super) async fn tenants(site: web::Data<Site>, _: Operator, page: Page) -> Result<HttpResponse, Error> {
    let rows = tenants::overview(&site.db).await?.into_iter().map(|of| Row {
        slug: of.tenant.slug,
        name: of.tenant.name,
        host: of.tenant.host,
        zone: of.tenant.zone,
        links: of.links,
        routers: of.routers,
        users: of.users,
        created_at: of.tenant.created_at,
    });
    let rows = rows.collect();
    Ok(page.at("tenants").ok(move || view! { <Tenants rows=rows/> }))
}
