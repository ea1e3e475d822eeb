//! `GET` and `POST /admin/products/{product}/edit`, `POST /admin/products/{product}/orderable`.

use actix_web::{HttpResponse, web};
use app::{
    admin::products::form::{Of, ProductForm},
    ui::FormState,
};
use entity::{
    ContaboProductId,
    contabo_product::{self, ProductKind},
};
use leptos::prelude::*;

use super::{AT, FIELDS, complain, find, page_of};
use crate::{
    domain::{contabo::catalogue, typed::Typed},
    site::Site,
    web::{
        Error, Page,
        admin::{rejected, shown},
        guard::Staff,
        see_other_telling,
    },
};

pub(in crate::web) async fn get(
    staff: Staff,
    id: web::Path<ContaboProductId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, product) = find(&staff, *id).await?;
    let of = known(&product);
    let form = form_of(&product);
    Ok(page.at(AT).ok(move || view! { <ProductForm of=of form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboProductId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, old) = find(&staff, *id).await?;
    let changed = match catalogue::product(&typed, Some(old.kind)) {
        Ok((_, product)) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            rejected(catalogue::change(&site.db, tenant, &staff.actor(), now, *id, product).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match changed {
        Ok(()) => Ok(see_other_telling(page_of(*id), "done-product-saved")),
        Err(wrong) => {
            let form = shown(&typed, &FIELDS, wrong, page.lang(), complain);
            let of = known(&old);
            Ok(page
                .at(AT)
                .unprocessable(move || view! { <ProductForm of=of form=form/> }))
        }
    }
}

/// Lets it be ordered, or not.
pub(in crate::web) async fn orderable(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboProductId>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let on = typed.get("orderable") == "yes";
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    catalogue::set_orderable(&site.db, tenant, &staff.actor(), now, *id, on).await?;
    let done = match on {
        true => "done-product-on",
        false => "done-product-off",
    };
    Ok(see_other_telling(page_of(*id), done))
}

fn known(row: &contabo_product::Model) -> Of {
    Of::Known {
        name: row.name.clone(),
        href: page_of(row.id),
        is_add_on: row.kind == ProductKind::AddOn,
    }
}

/// The product as it would be typed.
fn form_of(row: &contabo_product::Model) -> FormState {
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    let gb = |mib: Option<i64>| mib.map(|mib| (mib / 1_024).to_string()).unwrap_or_default();
    FormState::new()
        .with(
            "contabo_number",
            row.contabo_number.map(|number| number.to_string()).unwrap_or_default(),
        )
        .with("name", row.name.clone())
        .with("family", row.family.clone())
        .with("cores", number(row.cores))
        .with("ram", gb(row.ram_mb))
        .with("disk", gb(row.disk_mb))
        .with("disk_kind", row.disk_kind.clone())
        .with("port", number(row.port_mbit))
        .with("snapshots", number(row.snapshots))
}
