//! `POST …/servers/{instance}/actions/{action}/…`: takes back what has not begun, cancels a remedy that has, and shows a
//! new password once.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, HeaderValue},
    web,
};
use app::servers::password::NewPassword;
use contabo::RequestId;
use entity::{ActionId, InstanceId, action};
use leptos::prelude::*;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{
    AT, Party, board, checks, refresh,
    show::{is_cancelled_at_contabo, show},
};
use crate::{
    domain::{
        board::InstanceNow,
        contabo::actions::{self, Asked, Error as Refused, Kind, Passwords},
        typed::ChangeError,
    },
    site::Site,
    web::{Error, Page, see_other_telling},
    work::contabo::checks::cancel_remedy as cancel_at_contabo,
};

type At = web::Path<(InstanceId, ActionId)>;

/// Takes it back.
pub(in crate::web) async fn withdraw<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (instance, id) = at.into_inner();
    let board = board(&site, &party).await?;
    let now = party.find(&board, instance)?;
    let row = find(&party, now, id).await?;
    if is_cancelled_at_contabo(&row) {
        return cancel_remedy(&site, &party, now, &row, page).await;
    }
    let (tenant, actor) = (party.tenant().tenant.id, party.signed_in().actor());
    let at = site.clock.now();
    match actions::withdraw(&site.db, tenant, &actor, at, id, party.client(now)).await {
        Ok(()) => {
            refresh(&site, &party).await?;
            Ok(see_other_telling(P::page(instance), "done-server-withdrawn"))
        }
        Err(Refused::Change(ChangeError::Conflict)) => {
            refresh(&site, &party).await?;
            let why = page.lang().t("server-refused-begun");
            show(&site, &party, instance, page, Some(why.into())).await
        }
        Err(Refused::Change(error)) => Err(error.into()),
        Err(error) => Err(Error::internal(error)),
    }
}

/// Asks Contabo to cancel a remedy that is under way there. Its action ends when that is seen.
async fn cancel_remedy<P: Party>(
    site: &Site,
    party: &P,
    now: &InstanceNow,
    row: &action::Model,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (instance, lang) = (&now.instance, page.lang());
    let remedy = row.thing_id.as_ref().and_then(|id| id.parse().ok());
    let remedy: i64 = remedy.ok_or(Error::NotFound)?;
    let Some(client) = checks::client(site, party, now).await? else {
        return show(site, party, instance.id, page, Some(lang.t("thing-refused-off").into())).await;
    };
    let request = RequestId::random();
    let about = json!({ "action": row.kind, "remedy": remedy, "request": request.to_string() });
    checks::note(site, party, instance, "instance.cancel_remedy", about).await?;
    match cancel_at_contabo(&client, instance.contabo_id, remedy, request).await {
        Ok(()) => Ok(see_other_telling(P::page(instance.id), "done-checks-cancelled")),
        Err(why) => {
            let why = checks::undone(lang, &why);
            show(site, party, instance.id, page, Some(why)).await
        }
    }
}

/// Shows the password that it made, once.
pub(in crate::web) async fn password<P: Party>(
    site: web::Data<Site>,
    party: P,
    at: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (instance, id) = at.into_inner();
    let board = board(&site, &party).await?;
    let now = party.find(&board, instance)?;
    let row = find(&party, now, id).await?;
    let (tenant, actor) = (party.tenant().tenant.id, party.signed_in().actor());
    let at = site.clock.now();
    let revealed = actions::reveal(&site.db, &site.keyring, tenant, &actor, at, id, party.account()).await;
    let passwords = match revealed {
        Ok(passwords) => passwords,
        // They see the action in the history, so it is there for them; only its password is not.
        Err(Refused::Change(ChangeError::Conflict | ChangeError::NotFound)) => {
            let why = page.lang().t("server-refused-password");
            return show(&site, &party, instance, page, Some(why.into())).await;
        }
        Err(Refused::Change(error)) => return Err(error.into()),
        Err(error) => return Err(Error::internal(error)),
    };
    refresh(&site, &party).await?;
    let (server, href, user) = (now.title().to_owned(), P::page(instance), user_of(now, &row));
    let page = page.at(AT);
    Ok(shown(page, server, href, user, passwords))
}

/// The page with them, which no browser keeps.
pub(in crate::web) fn shown(
    page: Page,
    server: String,
    href: String,
    user: Option<String>,
    passwords: Passwords,
) -> HttpResponse {
    let password = passwords.of_system.map(|one| one.expose_secret().to_owned());
    let others = passwords.others.into_iter();
    let others: Vec<_> = others
        .map(|(name, one)| (name, one.expose_secret().to_owned()))
        .collect();
    let mut answer =
        page.ok(move || view! { <NewPassword server=server href=href user=user password=password others=others/> });
    answer
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// Who signs in with the new password, if that is known.
fn user_of(now: &InstanceNow, row: &action::Model) -> Option<String> {
    match Asked::of(row).ok()? {
        Asked::Rescue { .. } => Some("root".to_owned()),
        Asked::Reinstall { default_user, .. } => Some(default_user),
        _ => now.details.default_user.clone(),
    }
}

/// The action, if it is of this server, theirs to see, and of a kind that they may ask for.
async fn find<P: Party>(party: &P, now: &InstanceNow, id: ActionId) -> Result<action::Model, Error> {
    let row = party.tenant().rows().get::<action::Entity>(id).await?;
    let row = row
        .filter(|row| row.instance_id == Some(now.instance.id))
        .filter(|row| party.sees(now, row))
        .ok_or(Error::NotFound)?;
    party.demand(now, Kind::named(&row.kind).ok_or(Error::NotFound)?)?;
    Ok(row)
}
