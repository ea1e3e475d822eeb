//! `GET` and `POST /admin/templates/{template}/preview`: what comes out with these values. Nothing is changed by it.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue},
    },
    web,
};
use app::{
    admin::templates::preview::{Filled, TemplatePreview},
    ui::FormState,
};
use entity::TemplateId;
use leptos::prelude::*;

use super::{AT, find, words};
use crate::{
    domain::templates::{self, Template},
    web::{Error, Page, admin::asked::Typed, guard::Staff, route, servers::values},
};

pub(in crate::web) async fn get(staff: Staff, id: web::Path<TemplateId>, page: Page) -> Result<HttpResponse, Error> {
    let template = find(&staff, *id).await?;
    let mut form = FormState::new();
    values::propose(&mut form, &template.variables);
    Ok(show(page, StatusCode::OK, &template, form, None))
}

pub(in crate::web) async fn post(
    staff: Staff,
    id: web::Path<TemplateId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let template = find(&staff, *id).await?;
    let (rows, lang) = (staff.tenant.rows(), page.lang());
    let version = templates::version(&rows, *id, template.row.current_version)
        .await?
        .ok_or(Error::NotFound)?;
    let mut form = FormState::new();
    values::show(&mut form, &version.variables, &typed);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(values) = values::read(&mut form, &version.variables, &typed, lang) else {
        return Ok(show(page, wrong, &template, form, None));
    };
    match templates::preview(&version, &values) {
        Ok((text, found)) => {
            let found = words::found(lang, found);
            let filled = Filled { text, found };
            Ok(show(page, StatusCode::OK, &template, form, Some(filled)))
        }
        Err(unfit) => {
            form.reject_all(values::of_unfit(lang, unfit));
            Ok(show(page, wrong, &template, form, None))
        }
    }
}

fn show(page: Page, status: StatusCode, template: &Template, form: FormState, filled: Option<Filled>) -> HttpResponse {
    let (name, wanted) = (template.row.name.clone(), values::wanted(&template.variables));
    let href = route::AdminTemplate {
        template: template.row.id,
    }
    .to_string();
    let mut answer = page.at(AT).with_status(
        status,
        move || view! { <TemplatePreview name=name href=href wanted=wanted form=form filled=filled/> },
    );
    answer
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
