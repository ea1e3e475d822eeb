//! `GET` and `POST /admin/networks/new` and `/admin/networks/{network}/edit`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::networks::form::{NetworkEdit, NetworkNew},
    ui::FormState,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::region;
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            actions::ThingAsked,
            networks::{Reason, network},
            resources::{Mirrored, PrivateNetwork},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{self, form::Form},
        },
        guard::Staff,
        route, see_other_telling,
    },
};

/// What is shown again.
const FIELDS: [&str; 4] = ["account", "region", "name", "description"];

pub(in crate::web) async fn get_new(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    new_page(&staff, &board, page, StatusCode::OK, FormState::new()).await
}

pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let region = regions(&board)
        .into_iter()
        .find(|(slug, _)| slug == typed.get("region"));
    let region = region.ok_or_else(|| Rejected::one("region", Reason::NotAChoice));
    let asked = Rejected::both(region, network(&typed)).map(|((region, _), naming)| ThingAsked::CreateNetwork {
        name: naming.name,
        region,
        description: naming.description,
    });
    let wanted = Rejected::both(account, asked);
    match Form::new(&typed, &FIELDS, things::complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminNetworks, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, &board, page, status, form).await,
    }
}

async fn new_page(
    staff: &Staff,
    board: &Snapshot,
    page: Page,
    status: StatusCode,
    form: FormState,
) -> Result<HttpResponse, Error> {
    let (accounts, regions) = (things::accounts(staff).await?.choices(), regions(board));
    Ok(page.at(things::AT).with_status(status, move || {
        view! { <NetworkNew accounts=accounts regions=regions form=form/> }
    }))
}

/// Where there are servers, by name.
fn regions(board: &Snapshot) -> Vec<(String, String)> {
    let all = board.instances.values().map(|now| {
        let details = &now.details;
        (details.region.clone(), region(&details.region_name, &details.region))
    });
    let mut all: Vec<_> = all.filter(|(slug, _)| !slug.is_empty()).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

pub(in crate::web) async fn get_edit(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<PrivateNetwork>(&staff, *id).await?;
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
    let found = things::find::<PrivateNetwork>(&staff, *id).await?;
    let wanted = network(&typed).map(|naming| {
        let asked = ThingAsked::ChangeNetwork {
            network: found.thing.id,
            name: naming.name,
            description: naming.description,
        };
        (found.account, asked)
    });
    match Form::new(&typed, &FIELDS, things::complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => {
            let href = route::AdminNetwork { network: *id };
            Ok(see_other_telling(href, "done-thing-asked"))
        }
        Err((status, form)) => Ok(edit_page(page, status, found, form)),
    }
}

fn edit_page(page: Page, status: StatusCode, found: Mirrored<PrivateNetwork>, form: FormState) -> HttpResponse {
    let href = route::AdminNetwork { network: found.id }.to_string();
    let name = found.thing.name;
    page.at(things::AT)
        .with_status(status, move || view! { <NetworkEdit name=name href=href form=form/> })
}
