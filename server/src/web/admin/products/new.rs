//! `GET` and `POST /admin/products/new`: a plan that nobody knew before.

use actix_web::{HttpResponse, web};
use app::{
    admin::products::form::{Of, ProductForm},
    ui::FormState,
};
use leptos::prelude::*;

use super::{AT, FIELDS, complain, page_of};
use crate::{
    domain::{
        contabo::catalogue,
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{rejected, shown},
        guard::Staff,
        see_other_telling,
    },
};

pub(in crate::web) async fn get(_: Staff, page: Page) -> HttpResponse {
    page.at(AT)
        .ok(|| view! { <ProductForm of=Of::New form=FormState::new().with("kind", "plan")/> })
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let made = match catalogue::product(&typed, None) {
        Ok((Some(new), product)) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(catalogue::add(&site.db, tenant, &staff.actor(), now, new, product).await)?
        }
        Ok((None, _)) => Err(Rejected(Vec::new())),
        Err(wrong) => Err(wrong),
    };
    match made {
        Ok(id) => Ok(see_other_telling(page_of(id), "done-product-added")),
        Err(wrong) => {
            let form = shown(&typed, &FIELDS, wrong, page.lang(), complain);
            Ok(page
                .at(AT)
                .unprocessable(move || view! { <ProductForm of=Of::New form=form/> }))
        }
    }
}
