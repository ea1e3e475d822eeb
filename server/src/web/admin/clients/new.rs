//! `GET` and `POST /admin/clients/new`

use actix_web::{HttpResponse, web};
use app::{admin::clients::form::ClientForm, ui::FormState};
use leptos::prelude::*;

use crate::{
    domain::clients,
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, complaint, refresh, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(page: Page) -> HttpResponse {
    page.at("clients").ok(|| view(FormState::new()))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let made = match super::draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(clients::create(&site.db, tenant, &staff.actor(), now, details).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(client) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminClient { client }, "done-client-added"))
        }
        Err(wrong) => {
            let form = shown(&typed, &super::FIELDS, wrong, page.lang(), complaint::of_client);
            Ok(page.at("clients").unprocessable(|| view(form)))
        }
    }
}

fn view(form: FormState) -> impl IntoView {
    view! { <ClientForm form=form client=None cancel_href=route::AdminClients.to_string().into()/> }
}
