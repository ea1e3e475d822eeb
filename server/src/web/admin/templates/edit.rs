//! `GET` and `POST /admin/templates/{template}/edit`

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::templates::{
        Found,
        form::{Changed, TemplateForm},
    },
    ui::FormState,
};
use entity::{TemplateId, cloud_template};
use leptos::prelude::*;

use super::{AT, draft, find, kept_form, typed_form};
use crate::{
    domain::{templates, typed::ChangeError},
    site::Site,
    web::{Error, Page, admin::asked::Typed, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(staff: Staff, id: web::Path<TemplateId>, page: Page) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?.row;
    let rows = staff.tenant.rows();
    let current = templates::version(&rows, *id, row.current_version)
        .await?
        .ok_or(Error::NotFound)?;
    let form = kept_form(
        &row.name,
        &row.description,
        row.clients_may_use,
        &current.text,
        &current.variables,
    );
    Ok(page.at(AT).ok(|| view(form, &row, Vec::new())))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<TemplateId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let row = find(&staff, *id).await?.row;
    let mut form = typed_form(&typed);
    let wrong = match draft(&typed).check() {
        Ok(details) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            let seen = typed.get("version").parse().unwrap_or(0);
            match templates::change(&site.db, tenant, &staff.actor(), now, *id, seen, details).await {
                Ok(()) => {
                    let to = route::AdminTemplate { template: *id };
                    return Ok(see_other_telling(to, "done-template-changed"));
                }
                Err(ChangeError::Rejected(wrong)) => wrong,
                Err(ChangeError::Conflict) => {
                    form.reject_all(page.lang().t("template-conflict"));
                    return Ok(page
                        .at(AT)
                        .with_status(StatusCode::CONFLICT, || view(form, &row, Vec::new())));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(wrong) => wrong,
    };
    let found = super::reject(&mut form, wrong, page.lang());
    Ok(page.at(AT).unprocessable(|| view(form, &row, found)))
}

fn view(form: FormState, row: &cloud_template::Model, found: Vec<Found>) -> impl IntoView + use<> {
    let changed = Changed {
        name: row.name.clone(),
        version: row.current_version,
    };
    let back = route::AdminTemplate { template: row.id }.to_string();
    view! { <TemplateForm form=form changed=Some(changed) shipped=None found=found cancel_href=back.into()/> }
}
