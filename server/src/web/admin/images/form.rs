//! `GET` and `POST /admin/images/new` and `…/{image}/edit`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::images::form::{ImageEdit, ImageNew},
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::{AT, find};
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            resources::{Image, Mirrored},
            setup::{Reason, naming, new_image},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::things::{self, form::Form},
        guard::Staff,
        route, see_other_telling,
    },
};

const FIELDS: [&str; 6] = ["account", "url", "name", "description", "os_type", "version"];

pub(in crate::web) async fn get_new(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let form = FormState::new().with("os_type", "Linux");
    new_page(&staff, page, StatusCode::OK, form).await
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let asked = new_image(&typed).map(|image| ThingAsked::CreateImage {
        name: image.naming.name,
        description: image.naming.description,
        url: image.url,
        os_type: image.os_type,
        version: image.version,
    });
    let wanted = Rejected::both(account, asked);
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminImages, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, form).await,
    }
}

async fn new_page(staff: &Staff, page: Page, status: StatusCode, form: FormState) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page
        .at(AT)
        .with_status(status, move || view! { <ImageNew accounts=accounts form=form/> }))
}

pub(in crate::web) async fn get_edit(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = find(&staff, *id).await?;
    let form = FormState::new()
        .with("name", found.thing.name.clone())
        .with("description", found.thing.description.clone());
    Ok(edit_page(page, StatusCode::OK, found, form))
}

pub(in crate::web) async fn edit(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = find(&staff, *id).await?;
    let wanted = naming(&typed).map(|naming| {
        let asked = ThingAsked::ChangeImage {
            image: found.thing.id.clone(),
            name: naming.name,
            description: naming.description,
        };
        (found.account, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminImage { image: *id }, "done-thing-asked")),
        Err((status, form)) => Ok(edit_page(page, status, found, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, found: Mirrored<Image>, form: FormState) -> HttpResponse {
    let href = route::AdminImage { image: found.id }.to_string();
    let name = found.thing.name;
    page.at(AT)
        .with_status(status, move || view! { <ImageEdit name=name href=href form=form/> })
}
