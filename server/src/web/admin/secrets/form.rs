//! `GET` and `POST /admin/secrets/new`, `…/{secret}/edit` and `…/{secret}/replace`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::secrets::{
        Sort,
        form::{SecretEdit, SecretNew, SecretReplace},
    },
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;
use secrecy::SecretString;

use super::{AT, sort};
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            resources::{Mirrored, Secret},
            setup::{self, Reason},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            asked::Listing,
            things::{self, form::Form},
        },
        guard::Staff,
        route, see_other_telling,
    },
};

/// What is shown again; a password is not. The key is the last.
const FIELDS: [&str; 3] = ["account", "name", "key"];

/// Which kind is meant, by Contabo's word for it.
fn meant(word: &str) -> Sort {
    match word {
        "password" => Sort::Password,
        _ => Sort::Key,
    }
}

/// What goes to Contabo.
fn value(sort: &Sort, typed: &Typed) -> Result<SecretString, Rejected<Reason>> {
    match sort {
        Sort::Password => setup::password(typed),
        _ => setup::public_key(typed).map(SecretString::from),
    }
}

fn form(typed: &Typed) -> Form<'_, Reason> {
    // What must not be sent back is a private key that somebody took for the public one.
    let is_private = setup::public_key(typed).is_err_and(|wrong| wrong == Rejected::one("key", Reason::PrivateKey));
    let shown = if is_private { FIELDS.len() - 1 } else { FIELDS.len() };
    Form::new(typed, &FIELDS[..shown], things::complaint_of_setup)
}

pub(in crate::web) async fn get_new(staff: Staff, listing: Listing, page: Page) -> Result<HttpResponse, Error> {
    let sort = meant(&listing.filter("of"));
    new_page(&staff, page, StatusCode::OK, sort, FormState::new()).await
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let sort = meant(typed.get("of"));
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let secret = Rejected::both(setup::name(&typed), value(&sort, &typed));
    let kind = if sort == Sort::Password { "password" } else { "ssh" };
    let wanted = Rejected::both(account, secret).map(|(account, (name, value))| {
        let kind = kind.to_owned();
        (account, ThingAsked::CreateSecret { name, kind }, Some(value))
    });
    match form(&typed).ask_with(&site, &staff, page.lang(), wanted).await? {
        Ok(()) => Ok(see_other_telling(route::AdminSecrets, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, sort, form).await,
    }
}

async fn new_page(
    staff: &Staff,
    page: Page,
    status: StatusCode,
    sort: Sort,
    form: FormState,
) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page.at(AT).with_status(status, move || {
        view! { <SecretNew sort=sort accounts=accounts form=form/> }
    }))
}

pub(in crate::web) async fn get_edit(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Secret>(&staff, *id).await?;
    let form = FormState::new().with("name", found.thing.name);
    Ok(edit_page(page, StatusCode::OK, form))
}

pub(in crate::web) async fn edit(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Secret>(&staff, *id).await?;
    let secret = found.thing.id;
    let wanted = setup::name(&typed).map(|name| (found.account, ThingAsked::RenameSecret { secret, name }));
    match form(&typed).ask(&site, &staff, page.lang(), wanted).await? {
        Ok(()) => Ok(see_other_telling(route::AdminSecrets, "done-thing-asked")),
        Err((status, form)) => Ok(edit_page(page, status, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, form: FormState) -> HttpResponse {
    page.at(AT)
        .with_status(status, move || view! { <SecretEdit form=form/> })
}

pub(in crate::web) async fn get_replace(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Secret>(&staff, *id).await?;
    Ok(replace_page(page, StatusCode::OK, found, FormState::new()))
}

pub(in crate::web) async fn replace(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Secret>(&staff, *id).await?;
    let wanted = value(&sort(&found.thing), &typed).map(|value| {
        let asked = ThingAsked::ReplaceSecret {
            secret: found.thing.id,
            name: found.thing.name.clone(),
        };
        (found.account, asked, Some(value))
    });
    match form(&typed).ask_with(&site, &staff, page.lang(), wanted).await? {
        Ok(()) => Ok(see_other_telling(route::AdminSecrets, "done-thing-asked")),
        Err((status, form)) => Ok(replace_page(page, status, found, form)),
    }
}

fn replace_page(page: Page, status: StatusCode, found: Mirrored<Secret>, form: FormState) -> HttpResponse {
    let (sort, name) = (sort(&found.thing), found.thing.name);
    page.at(AT).with_status(status, move || {
        view! { <SecretReplace name=name sort=sort form=form/> }
    })
}
