//! `GET` and `POST /admin/firewalls/new` and `/admin/firewalls/{firewall}/edit`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::firewalls::form::{FirewallEdit, FirewallNew},
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::rules::{beginning, ready_of};
use crate::{
    domain::{
        contabo::{
            actions::ThingAsked,
            networks::{
                Reason,
                firewalls::{Ready, begun_with, naming},
            },
            resources::{Firewall, Mirrored},
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

/// What is shown again.
const FIELDS: [&str; 4] = ["account", "name", "description", "is_active"];

pub(in crate::web) async fn get_new(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let ready = ready_of(&staff, None).await?;
    let form = FormState::new().with("is_active", "yes");
    new_page(&staff, page, StatusCode::OK, (&ready, &[]), form).await
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let (ready, chosen) = (ready_of(&staff, None).await?, typed.all("rules"));
    let asked = Rejected::both(naming(&typed), begun_with(&ready, &chosen));
    let asked = asked.map(|(naming, rules)| ThingAsked::CreateFirewall {
        name: naming.name,
        description: naming.description,
        is_active: naming.is_active,
        rules,
    });
    let wanted = Rejected::both(account, asked);
    match Form::new(&typed, &FIELDS, things::complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminFirewalls, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, (&ready, &chosen), form).await,
    }
}

async fn new_page(
    staff: &Staff,
    page: Page,
    status: StatusCode,
    (ready, chosen): (&[Ready], &[String]),
    form: FormState,
) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    let ready = ready.iter().map(|one| (beginning(one), chosen.contains(&one.key)));
    let ready = ready.collect();
    Ok(page.at(things::AT).with_status(
        status,
        move || view! { <FirewallNew accounts=accounts ready=ready form=form/> },
    ))
}

pub(in crate::web) async fn get_edit(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Firewall>(&staff, *id).await?;
    let active = if found.thing.is_active { "yes" } else { "" };
    let form = FormState::new()
        .with("name", found.thing.name.clone())
        .with("description", found.thing.description.clone())
        .with("is_active", active);
    Ok(edit_page(page, StatusCode::OK, found, form))
}

pub(in crate::web) async fn edit(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Firewall>(&staff, *id).await?;
    let wanted = naming(&typed).map(|naming| {
        let asked = ThingAsked::ChangeFirewall {
            firewall: found.thing.id.clone(),
            name: naming.name,
            description: naming.description,
            is_active: naming.is_active,
        };
        (found.account, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => {
            let href = route::AdminFirewall { firewall: *id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err((status, form)) => Ok(edit_page(page, status, found, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, found: Mirrored<Firewall>, form: FormState) -> HttpResponse {
    let href = route::AdminFirewall { firewall: found.id }.to_string();
    let name = found.thing.name;
    page.at(things::AT)
        .with_status(status, move || view! { <FirewallEdit name=name href=href form=form/> })
}
