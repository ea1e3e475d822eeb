//! What staff alone do with a storage: `…/give`, `…/allow`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{storages::staff::GiveStorage, text::Text, ui::FormState};
use entity::{ClientId, ContaboResourceId};
use leptos::prelude::*;

use super::{AT, Seer};
use crate::{
    domain::{
        contabo::{
            quotas::Full,
            storages::{self, Kept, Reason},
        },
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{Error, Page, admin::orders::of_quota, guard::Staff, route, see_other_telling},
};

/// To whom it shall be given.
pub(in crate::web) async fn get_give(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let has = one.client.map(|id| id.to_string()).unwrap_or_default();
    give_page(
        &site,
        &staff,
        page,
        StatusCode::OK,
        one,
        FormState::new().with("client", has),
    )
    .await
}

/// Gives it to a client, or takes it back.
pub(in crate::web) async fn give(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let client = match typed.get("client") {
        "" => None,
        // What is no id is no client either.
        text => Some(ClientId(text.parse().unwrap_or_default())),
    };
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match storages::assign(&site.db, tenant, &staff.actor(), now, *id, client).await {
        Ok(()) => {
            let done = if client.is_some() {
                "done-storage-given"
            } else {
                "done-storage-taken"
            };
            Ok(see_other_telling(route::AdminStorage { storage: *id }, done))
        }
        Err(ChangeError::Rejected(wrong)) => {
            let mut form = typed.shown(&["client"]);
            for (field, reason) in wrong.0 {
                let lang = page.lang();
                let why: Text = match reason {
                    Reason::NoSuchClient => lang.t("not-a-choice").into(),
                    Reason::KeysOpenAnothers => lang.t("storage-keys-open-anothers").into(),
                    Reason::QuotaFull(steps) => of_quota(lang, Full::Storage(steps)),
                };
                form.reject(field, why);
            }
            give_page(&site, &staff, page, StatusCode::UNPROCESSABLE_ENTITY, one, form).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn give_page(
    site: &Site,
    staff: &Staff,
    page: Page,
    status: StatusCode,
    one: Kept,
    form: FormState,
) -> Result<HttpResponse, Error> {
    let board = site.board.snapshot(staff.tenant.tenant.id, site.clock.now()).await?;
    let current = board.clients.values().filter(|client| client.archived_at.is_none());
    let mut clients: Vec<(String, String)> = current
        .map(|client| (client.id.to_string(), client.name.clone()))
        .collect();
    clients.sort_by_cached_key(|(_, name)| name.to_lowercase());
    let (storage, href) = (one.storage.name, <Staff as Seer>::page(one.id));
    Ok(page.at(AT).with_status(
        status,
        move || view! { <GiveStorage storage=storage href=href clients=clients form=form/> },
    ))
}

/// Says whether clients may have the keys of its account.
pub(in crate::web) async fn allow(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let (_, one) = staff.find(*id).await?;
    let (tenant, now, allowed) = (staff.tenant.tenant.id, site.clock.now(), typed.is_ticked("allowed"));
    storages::allow(&site.db, tenant, &staff.actor(), now, one.account, allowed).await?;
    let done = if allowed {
        "done-storage-keys-allowed"
    } else {
        "done-storage-keys-forbidden"
    };
    Ok(see_other_telling(route::AdminStorage { storage: *id }, done))
}
