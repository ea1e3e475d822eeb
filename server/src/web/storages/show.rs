//! `GET /portal/storages/{storage}` and `GET /admin/storages/{storage}`

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    storages::show::{Keys, Provider, Reach, Storage as Shown, StoragePage},
    text::Text,
};
use entity::{ContaboResourceId, contabo_account, contabo_sync};
use leptos::prelude::*;

use super::{AT, Seer, Shut, change, status, used};
use crate::{
    domain::contabo::storages::{self, Examples, REGION},
    site::Site,
    web::{Error, Page, admin::things, route},
};

pub(in crate::web) async fn get<S: Seer>(
    site: web::Data<Site>,
    seer: S,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &seer, *id, page, None).await
}

/// The page, also with why what was just tried was not done.
pub(super) async fn show<S: Seer>(
    site: &Site,
    seer: &S,
    id: ContaboResourceId,
    page: Page,
    refused: Option<Text>,
) -> Result<HttpResponse, Error> {
    let (all, one) = seer.find(id).await?;
    let rows = seer.tenant().rows();
    let is_allowed = storages::are_allowed(&rows, one.account).await?;
    let is_open = storages::are_open(&rows, &one).await?;
    let sync = rows.get::<contabo_sync::Entity>(one.account).await?;
    let board = site.board.snapshot(seer.tenant().tenant.id, site.clock.now()).await?;
    let client = one
        .client
        .and_then(|id| board.clients.get(&id))
        .map(|client| client.name.clone());
    let provider = match seer.manages() {
        Some((gives, sets_up)) => {
            let account = rows.get::<contabo_account::Entity>(one.account).await?;
            Some(Provider {
                account: account.map(|row| row.name).unwrap_or_default(),
                contabo_id: one.storage.id.clone(),
                give_href: gives.then(|| route::AdminStorageGive { storage: id }.to_string()),
                clients_have_keys: is_allowed,
                allow_href: sets_up.then(|| route::AdminStorageAllow { storage: id }.to_string()),
                changes: gives.then(|| change::hrefs(id)),
                happening: seer.happening(&board, &one).await?,
            })
        }
        None => None,
    };
    let storage = &one.storage;
    let shown = Shown {
        name: storage.name.clone(),
        list_href: S::list(),
        status: status(&storage.status),
        client: client.filter(|_| S::IS_STAFF),
        region: storage.region.clone(),
        data_centre: storage.data_center.clone(),
        used: used(storage),
        counted_at: sync
            .and_then(|sync| sync.resources_read_at)
            .filter(|_| storage.used_tb.is_some()),
        grows_to: storage
            .grows_to_tb
            .filter(|_| storage.grows)
            .map(|tb| format!("{tb}\u{a0}TB")),
        growth_error: storage.growth_error.clone().filter(|error| !error.is_empty()),
        created_at: storage.created_at,
        cancels_on: storage.cancels_on,
        reach: Examples::of(&storage.s3_url).map(|examples| Reach {
            endpoint: examples.endpoint,
            region: REGION.to_owned(),
            tenant: storage.s3_tenant.clone(),
            examples: vec![
                ("aws-cli", examples.aws_cli),
                ("boto3", examples.boto3),
                ("rclone", examples.rclone),
                ("PHP", examples.php),
            ],
        }),
        keys: match seer.may_have(&all, &one, is_open) {
            Ok(()) => Keys::Open {
                show_href: S::keys(id),
                renew_href: S::renew(id),
            },
            Err(Shut::NotYours) => Keys::NotYours,
            Err(Shut::AskProvider) => Keys::AskProvider,
        },
        provider,
    };
    let status = if refused.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = page.at(AT);
    let page = match &shown.provider {
        Some(provider) => things::live_page(page, &board, &provider.happening, refused.is_some()),
        None => page,
    };
    Ok(page.with_status(status, move || view! { <StoragePage storage=shown refused=refused/> }))
}
