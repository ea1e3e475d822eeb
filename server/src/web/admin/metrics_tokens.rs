//! `GET` and `POST /admin/settings/metrics-tokens`, and `…/{metrics_token}/revoke`

use actix_web::{HttpResponse, web};
use app::{
    admin::{
        confirm::Question,
        metrics_tokens::{MetricsTokens, NewToken, Row},
    },
    ui::FormState,
};
use entity::{MetricsTokenId, metrics_token};
use leptos::prelude::*;

use super::{asked::Typed, complaint, confirm::Asked, rejected, shown};
use crate::{
    domain::{board::Snapshot, tenant_metrics::tokens},
    site::Site,
    web::{Error, Page, context::Visit, guard::Staff, route},
};

pub(in crate::web) async fn get(staff: Staff, visit: Visit, page: Page) -> Result<HttpResponse, Error> {
    let rows = tokens::list(&staff.tenant.rows()).await?;
    let url = url(&visit);
    let form = FormState::new();
    Ok(page.at("settings").ok(|| view(rows, form, url)))
}

/// Answers with the new token. It is in no address and no store, so there is no page to go to.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    visit: Visit,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (tenant, now, url) = (staff.tenant.tenant.id, site.clock.now(), url(&visit));
    let name = typed.text("name");
    match rejected(tokens::create(&site.db, tenant, &staff.actor(), now, &name).await)? {
        Ok(token) => {
            let done = route::AdminMetricsTokens.to_string();
            Ok(page
                .at("settings")
                .ok(|| view! { <NewToken name=name token=token url=url done_href=done.into()/> }))
        }
        Err(wrong) => {
            let rows = tokens::list(&staff.tenant.rows()).await?;
            let form = shown(&typed, &["name"], wrong, page.lang(), complaint::of_token);
            Ok(page.at("settings").unprocessable(|| view(rows, form, url)))
        }
    }
}

fn url(Visit(context): &Visit) -> String {
    format!("{}{}", context.origin(), route::TenantMetrics)
}

fn view(rows: Vec<metrics_token::Model>, form: FormState, url: String) -> impl IntoView {
    let form = (rows.len() < tokens::MOST).then_some(form);
    let rows = rows.into_iter().map(|row| Row {
        name: row.name,
        begins: row.begins,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        revoke_href: Revoke::action(row.id),
    });
    view! { <MetricsTokens rows=rows.collect() form=form url=url/> }
}

pub(in crate::web) struct Revoke;

impl Asked for Revoke {
    type Id = MetricsTokenId;
    const AT: &'static str = "settings";
    const DONE: &'static str = "done-token-revoked";

    fn action(metrics_token: MetricsTokenId) -> String {
        route::AdminMetricsTokenRevoke { metrics_token }.to_string()
    }

    fn page(_: MetricsTokenId) -> String {
        route::AdminMetricsTokens.to_string()
    }

    async fn question(staff: &Staff, _: &Snapshot, id: MetricsTokenId) -> Result<Question, Error> {
        let row = staff.tenant.rows().get::<metrics_token::Entity>(id).await?;
        Ok(Question::RevokeToken {
            token: row.ok_or(Error::NotFound)?.name,
        })
    }

    async fn answer(site: &Site, staff: &Staff, id: MetricsTokenId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(tokens::revoke(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}
