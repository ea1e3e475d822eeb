//! `GET` and `POST /admin/tags/new` and `…/{tag}/edit`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{admin::tags::form::TagForm, ui::FormState};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::AT;
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            resources::{Mirrored, Tag},
            setup::{Reason, tag},
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

const FIELDS: [&str; 4] = ["account", "name", "color", "description"];

pub(in crate::web) async fn get_new(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let form = FormState::new().with("color", "#0A78C3");
    new_page(&staff, page, StatusCode::OK, form).await
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let asked = tag(&typed).map(|tag| ThingAsked::CreateTag {
        name: tag.naming.name,
        description: tag.naming.description,
        color: tag.color,
    });
    let wanted = Rejected::both(account, asked);
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminTags, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, form).await,
    }
}

async fn new_page(staff: &Staff, page: Page, status: StatusCode, form: FormState) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page.at(AT).with_status(status, move || {
        view! { <TagForm accounts=accounts of=None form=form/> }
    }))
}

pub(in crate::web) async fn get_edit(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Tag>(&staff, *id).await?;
    let form = FormState::new()
        .with("name", found.thing.name.clone())
        .with("color", found.thing.color.clone())
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
    let found = things::find::<Tag>(&staff, *id).await?;
    let wanted = tag(&typed).map(|tag| {
        let asked = ThingAsked::ChangeTag {
            tag: found.thing.id,
            name: tag.naming.name,
            description: tag.naming.description,
            color: tag.color,
        };
        (found.account, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint_of_setup)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminTag { tag: *id }, "done-thing-asked")),
        Err((status, form)) => Ok(edit_page(page, status, found, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, found: Mirrored<Tag>, form: FormState) -> HttpResponse {
    let href = route::AdminTag { tag: found.id }.to_string();
    let of = Some((found.thing.name, href));
    page.at(AT).with_status(status, move || {
        view! { <TagForm accounts=Vec::new() of=of form=form/> }
    })
}
