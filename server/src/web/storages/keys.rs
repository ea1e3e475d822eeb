//! `POST …/storages/{storage}/keys` shows the keys, `…/renew` asks about new ones and makes them.
//!
//! The keys are asked of Contabo each time and kept nowhere. That they were shown, and to whom, is in the audit log
//! before they are.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, HeaderValue},
    web,
};
use app::{
    storages::keys::{RenewKeys, StorageKeys},
    text::{Lang, Text},
};
use contabo::RequestId;
use entity::ContaboResourceId;
use leptos::prelude::*;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{AT, Seer, Shut, show::show};
use crate::{
    domain::{
        audit::{self, Subject},
        contabo::storages::{self, Kept},
    },
    site::Site,
    web::{Error, Page, at_contabo, see_other_telling},
    work::contabo::storage_keys::{self, NoKeys},
};

/// Shows them.
pub(in crate::web) async fn post<S: Seer>(
    site: web::Data<Site>,
    seer: S,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (all, one) = match open(&seer, *id).await? {
        Ok(open) => open,
        Err(why) => return show(&site, &seer, *id, page.clone(), Some(page.lang().t(why).into())).await,
    };
    let Some((account, client)) = at_contabo::account(&site, &seer.tenant().rows(), one.account).await? else {
        let why = page.lang().t("storage-keys-off");
        return show(&site, &seer, *id, page, Some(why.into())).await;
    };
    note(&site, &seer, &one, "storage.show_access", None).await?;
    let known: Vec<String> = all
        .iter()
        .filter(|there| there.account == one.account)
        .map(|there| there.storage.id.clone())
        .collect();
    match storage_keys::read(&client, &account.username, &one.storage.id, &known).await {
        Ok(pair) => {
            let (name, href) = (one.storage.name, S::page(*id));
            let access = pair.access_key.expose_secret().to_owned();
            let secret = pair.secret_key.expose_secret().to_owned();
            let mut answer = page
                .at(AT)
                .ok(move || view! { <StorageKeys storage=name href=href access_key=access secret_key=secret/> });
            answer
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(why) => {
            let why = words(page.lang(), &why);
            show(&site, &seer, *id, page, Some(why)).await
        }
    }
}

/// Asks whether they shall be renewed.
pub(in crate::web) async fn get_renew<S: Seer>(
    seer: S,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = seer.find(*id).await?;
    let (name, href, action) = (one.storage.name, S::page(*id), S::renew(*id));
    Ok(page
        .at(AT)
        .ok(move || view! { <RenewKeys storage=name href=href action=action/> }))
}

/// Renews them.
pub(in crate::web) async fn renew<S: Seer>(
    site: web::Data<Site>,
    seer: S,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (_, one) = match open(&seer, *id).await? {
        Ok(open) => open,
        Err(why) => return show(&site, &seer, *id, page.clone(), Some(page.lang().t(why).into())).await,
    };
    let Some((account, client)) = at_contabo::account(&site, &seer.tenant().rows(), one.account).await? else {
        let why = page.lang().t("storage-keys-off");
        return show(&site, &seer, *id, page, Some(why.into())).await;
    };
    let request = RequestId::random();
    // The number of the call is kept before it is sent, so that it can be looked for in Contabo's log.
    note(&site, &seer, &one, "storage.renew_access", Some(request)).await?;
    match storage_keys::renew(&client, &account.username, &one.storage.id, request).await {
        Ok(()) => Ok(see_other_telling(S::page(*id), "done-storage-renewed")),
        Err(why) => {
            let why = words(page.lang(), &why);
            show(&site, &seer, *id, page, Some(why)).await
        }
    }
}

/// All storages, and the one whose keys the visitor may have; or the key of the sentence that says why not.
async fn open<S: Seer>(seer: &S, id: ContaboResourceId) -> Result<Result<(Vec<Kept>, Kept), &'static str>, Error> {
    let (all, one) = seer.find(id).await?;
    let is_allowed = storages::are_open(&seer.tenant().rows(), &one).await?;
    match seer.may_have(&all, &one, is_allowed) {
        Ok(()) => Ok(Ok((all, one))),
        Err(Shut::NotYours) => Err(Error::Forbidden),
        Err(Shut::AskProvider) => Ok(Err("storage-keys-closed")),
    }
}

async fn note<S: Seer>(
    site: &Site,
    seer: &S,
    one: &Kept,
    action: &str,
    request: Option<RequestId>,
) -> Result<(), Error> {
    let rows = site.db.begin(seer.tenant().tenant.id).await?;
    let subject = Subject {
        kind: "object storage",
        id: Some(one.id.0),
        name: &one.storage.name,
    };
    let after = request.map(|request| json!({ "request": request.to_string() }));
    let actor = seer.signed_in().actor();
    audit::record(&rows, &actor, site.clock.now(), action, subject, None, after).await?;
    Ok(rows.commit().await?)
}

fn words(lang: Lang, why: &NoKeys) -> Text {
    match why {
        NoKeys::None => lang.t("storage-keys-none").into(),
        NoKeys::Late => lang.t("storage-keys-late").into(),
        NoKeys::Unknown => lang.t("storage-keys-unknown").into(),
        NoKeys::Refused(error) => lang
            .t_with("storage-keys-refused", &[("why", at_contabo::words(error).into())])
            .into(),
    }
}
