//! `GET` and `POST /admin/links/new`: adds a link.

use actix_web::{HttpResponse, web};
use app::{admin::links::form::LinkNew, ui::FormState};
use leptos::prelude::*;

use super::{FIELDS, choices, interfaces};
use crate::{
    domain::{
        calendar::local,
        links::{
            change::{self, NewLink},
            setup::{SetUp, moment},
        },
        typed::{Checks, Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::Staff,
        route, see_other_telling,
    },
};

/// `?router=…` and `?client=…` choose what they say, to come from their pages.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let form = FormState::new()
        .with("faces", "customer")
        .with("client", listing.filter("client"))
        .with("router", listing.filter("router"))
        .with("activated_at", local::typed(site.clock.now(), board.zone));
    let choices = choices(&board, interfaces(&staff, &listing.filter("router")).await?);
    let zone = board.zone.name().into();
    Ok(page
        .at("links")
        .ok(move || view! { <LinkNew form=form choices=choices zone=zone/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let mut checks = Checks::default();
    let activated_at = match typed.get("activated_at") {
        "" => Some(None),
        at => checks.keep("activated_at", moment(at, board.zone).map(Some)),
    };
    let activated_at = activated_at.ok_or_else(|| checks.rejected());
    let rejected = match Rejected::both(SetUp::read(&typed, &board), activated_at) {
        Ok((setup, activated_at)) => {
            let new = NewLink {
                setup,
                interface_id: None,
                default_name: None,
                activated_at,
            };
            match change::create(&site, board.tenant.id, &staff.actor(), vec![new]).await {
                Ok(made) => {
                    let to = made.first().map_or_else(
                        || route::AdminLinks.to_string(),
                        |link| route::AdminLink { link: *link }.to_string(),
                    );
                    return Ok(see_other_telling(to, "done-link-created"));
                }
                Err(change::Error::Rejected(_, rejected)) => rejected,
                Err(error) => return Err(error.into()),
            }
        }
        Err(rejected) => rejected,
    };
    let form = admin::shown(&typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network);
    let choices = choices(&board, interfaces(&staff, typed.get("router")).await?);
    let zone = board.zone.name().into();
    Ok(page
        .at("links")
        .unprocessable(move || view! { <LinkNew form=form choices=choices zone=zone/> }))
}
