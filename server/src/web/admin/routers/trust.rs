//! `GET` and `POST /admin/routers/{router}/trust`: another certificate, after both fingerprints were compared.

use actix_web::{HttpResponse, web};
use app::admin::routers::trust::{RouterTrust, Shown};
use entity::{RouterId, router, router::TlsMode};
use leptos::prelude::*;

use super::find_current;
use crate::{
    domain::{routers::change, typed::Typed},
    keyring::{hex, unhex},
    site::Site,
    web::{Error, Page, admin, guard::Staff, route, see_other_telling},
    work::collector::{
        Trouble,
        check::{SeenCertificate, shown_certificate},
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let router = find_pinned(&board, *id)?;
    let shown = shown_certificate(&site, router).await?;
    Ok(answer(page, router, shown, false))
}

/// Trusts the certificate whose fingerprint was on the page, if the router still shows it.
pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<RouterId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let router = find_pinned(&board, *id)?;
    let compared = unhex(typed.get("sha256")).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let shown = shown_certificate(&site, router).await?;
    let still = shown.as_ref().is_ok_and(|shown| shown.sha256 == typed.get("sha256"));
    match compared.filter(|_| still) {
        Some(sha256) => {
            change::trust(&site, board.tenant.id, &staff.actor(), *id, sha256).await?;
            super::ask(&site, &staff, *id).await?;
            Ok(see_other_telling(
                route::AdminRouter { router: *id },
                "done-router-trusted",
            ))
        }
        // The page again, with what the router shows now.
        None => Ok(answer(page, router, shown, true)),
    }
}

/// Only where a certificate is pinned there is one to trust.
fn find_pinned(board: &crate::domain::board::Snapshot, id: RouterId) -> Result<&router::Model, Error> {
    let router = &find_current(board, id)?.router;
    if router.tls == TlsMode::Pin {
        Ok(router)
    } else {
        Err(Error::NotFound)
    }
}

fn answer(page: Page, router: &router::Model, shown: Result<SeenCertificate, Trouble>, changed: bool) -> HttpResponse {
    let pinned = router.pin_sha256.as_deref().map(hex);
    let (name, href) = (
        router.name.clone(),
        route::AdminRouter { router: router.id }.to_string(),
    );
    let shown = match shown {
        Ok(seen) => Shown::Certificate {
            fingerprint: seen.sha256,
            subject: seen.subject,
            issuer: seen.issuer,
            until: seen.not_after,
        },
        Err(trouble) => Shown::Nothing(trouble.to_string()),
    };
    page.at("routers")
        .ok(move || view! { <RouterTrust name=name href=href pinned=pinned shown=shown changed=changed/> })
}
