//! `GET` and `POST /admin/links/{link}/edit`: changes everything but since when it counts.

use actix_web::{HttpResponse, web};
use app::{admin::links::form::LinkEdit, ui::FormState};
use entity::LinkId;
use leptos::prelude::*;

use super::{FIELDS, choices, find_current, interfaces};
use crate::{
    domain::{
        links::{
            change,
            setup::{Bandwidth, SetUp, faces_name},
        },
        money::Money,
        typed::Typed,
    },
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let link = &find_current(&board, *id)?.link;
    let form = FormState::new()
        .with("name", &link.name)
        .with("client", link.client_id.to_string())
        .with("kind", &link.kind)
        .with("reference", link.reference.as_deref().unwrap_or_default())
        .with("router", link.router_id.to_string())
        .with("interface", &link.interface_name)
        .with("faces", faces_name(link.faces))
        .with("ping", link.ping_target.as_deref().unwrap_or_default())
        .with("down", Bandwidth::from_bps(link.committed_down_bps).to_string())
        .with("up", Bandwidth::from_bps(link.committed_up_bps).to_string())
        .with(
            "profile",
            link.sla_profile_id.map_or_else(String::new, |id| id.to_string()),
        )
        .with("fee", super::fee(&board, link).map_or_else(String::new, Money::typed));
    let choices = choices(&board, interfaces(&staff, &link.router_id.to_string()).await?);
    let (name, href) = (link.name.clone(), route::AdminLink { link: *id }.to_string());
    Ok(page
        .at("links")
        .ok(move || view! { <LinkEdit name=name href=href form=form choices=choices/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<LinkId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let name = find_current(&board, *id)?.link.name.clone();
    let to = route::AdminLink { link: *id };
    let rejected = match SetUp::read(&typed, &board) {
        Ok(setup) => match change::update(&site, board.tenant.id, &staff.actor(), *id, setup).await {
            Ok(()) => return Ok(see_other_telling(to, "done-link-saved")),
            Err(change::Error::Rejected(_, rejected)) => rejected,
            Err(error) => return Err(error.into()),
        },
        Err(rejected) => rejected,
    };
    let form = admin::shown(&typed, &FIELDS, rejected, page.lang(), admin::complaint::of_network);
    let choices = choices(&board, interfaces(&staff, typed.get("router")).await?);
    let href = to.to_string();
    Ok(page
        .at("links")
        .unprocessable(move || view! { <LinkEdit name=name href=href form=form choices=choices/> }))
}
