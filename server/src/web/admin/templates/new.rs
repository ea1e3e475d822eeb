//! `GET` and `POST /admin/templates/new`, also with what comes with Mainstay to begin from.

use actix_web::{HttpResponse, web};
use app::{
    admin::templates::{Found, form::TemplateForm},
    ui::FormState,
};
use leptos::prelude::*;
use serde::Deserialize;

use super::{AT, draft, kept_form, typed_form};
use crate::{
    domain::templates::{self, shipped},
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, rejected},
        guard::Staff,
        route, see_other_telling,
    },
};

/// What it begins from.
#[derive(Debug, Deserialize)]
pub(in crate::web) struct From {
    from: Option<String>,
}

pub(in crate::web) async fn get(_: Staff, from: web::Query<From>, page: Page) -> HttpResponse {
    let shipped = from.into_inner().from.and_then(|key| shipped::named(&key));
    let form = match &shipped {
        Some(one) => kept_form(one.name, one.description, false, one.text, &one.variables),
        None => FormState::new().with("text", "#cloud-config\n"),
    };
    let key = shipped.map(|shipped| shipped.key.to_owned());
    page.at(AT).ok(|| view(form, key, Vec::new()))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let shipped = shipped::named(typed.get("from"));
    let made = match draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            let (actor, shipped) = (staff.actor(), shipped.as_ref());
            rejected(templates::create(&site.db, tenant, &actor, now, details, shipped).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(template) => Ok(see_other_telling(
            route::AdminTemplate { template },
            "done-template-added",
        )),
        Err(wrong) => {
            let mut form = typed_form(&typed);
            let found = super::reject(&mut form, wrong, page.lang());
            let key = shipped.map(|shipped| shipped.key.to_owned());
            Ok(page.at(AT).unprocessable(|| view(form, key, found)))
        }
    }
}

fn view(form: FormState, shipped: Option<String>, found: Vec<Found>) -> impl IntoView {
    let cancel = route::AdminTemplates.to_string();
    view! { <TemplateForm form=form changed=None shipped=shipped found=found cancel_href=cancel.into()/> }
}
