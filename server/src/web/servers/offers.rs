//! `GET /admin/servers/{instance}/offers`: what else the server could be. The page waits for Contabo, as there is nothing
//! to show without it.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::offers::{Offer as Shown, OffersPage},
    text::Lang,
};
use contabo::Offer;
use entity::InstanceId;
use leptos::prelude::*;

use super::{AT, Party, board};
use crate::{
    site::Site,
    web::{Error, Page, at_contabo, guard::Staff},
    work::contabo::offers,
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let (instance, lang) = (&now.instance, page.lang());
    let found = match at_contabo::client(&site, &staff.tenant.rows(), instance.contabo_account_id).await? {
        None => Err(lang.t("thing-refused-off").to_owned()),
        Some(client) => match offers::read(&client, instance.contabo_id).await {
            Ok(Some(all)) => Ok(all.iter().map(|offer| shown(lang, offer)).collect::<Vec<_>>()),
            Ok(None) => Err(lang.t("storage-keys-late").to_owned()),
            Err(error) => Err(error.to_string()),
        },
    };
    let (server, href) = (now.title().to_owned(), <Staff as Party>::page(*id));
    // That Contabo is away is no failure of this page, which says so.
    Ok(page.at(AT).with_status(StatusCode::OK, move || {
        view! { <OffersPage server=server href=href offers=found/> }
    }))
}

fn shown(lang: Lang, offer: &Offer) -> Shown {
    let gigabytes = |size: Option<f64>| size.map(|size| format!("{size}\u{a0}GB"));
    let mut notes = Vec::new();
    let is_current = offer.current.unwrap_or_default();
    match offer.live_migration_available {
        _ if is_current => {}
        Some(true) => notes.push(lang.t("offers-data-stays").to_owned()),
        Some(false) => {
            let why = offer.live_migration_disabled_reason.clone().unwrap_or_default();
            notes.push(match why.as_str() {
                "" => lang.t("offers-data-goes").to_owned(),
                _ => lang.t_with("offers-data-goes-because", &[("why", why.into())]),
            });
        }
        None => {}
    }
    if offer.location_change_required.unwrap_or_default() {
        notes.push(lang.t("offers-other-place").to_owned());
    }
    for what in &offer.required_confirmations {
        notes.push(lang.t_with("offers-confirm", &[("what", what.clone().into())]));
    }
    Shown {
        plan: offer.name.clone().unwrap_or_else(|| offer.product_id.to_string()),
        is_current,
        cores: offer.cpu_cores,
        memory: gigabytes(offer.ram_size_gb),
        disk: gigabytes(offer.disk_size_gb),
        price: offer.vs_price.map(|price| format!("{price:.2}")),
        notes,
    }
}
