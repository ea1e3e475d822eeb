//! `GET /admin/orders/{order}` and what is done with it: `…/confirm`, `…/withdraw`, `…/password`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        Subject,
        orders::show::{Line, More, OrderPage, Sum},
    },
    text::{Lang, Text},
};
use entity::{ContaboOrderId, contabo_account, contabo_order, contabo_order::OrderState};
use leptos::prelude::*;

use super::{AT, of_quota, page_of, progress, shown};
use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            catalogue::{Amount, Quote, Side, Unknown},
            orders::{self, Wanted},
        },
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        live, route, see_other_telling,
        servers::follow,
    },
};

/// Seconds after which a browser without scripts asks again how far it is.
const ASK_AGAIN: u8 = 5;

type At = web::Path<ContaboOrderId>;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    view(&site, &staff, *id, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
async fn view(
    site: &Site,
    staff: &Staff,
    id: ContaboOrderId,
    page: Page,
    refused: Option<Text>,
) -> Result<HttpResponse, Error> {
    let rows = staff.tenant.rows();
    let row = rows.get::<contabo_order::Entity>(id).await?.ok_or(Error::NotFound)?;
    let board = admin::board(site, staff).await?;
    let accounts = rows
        .get_all::<contabo_account::Entity>([row.contabo_account_id])
        .await?;
    let order = shown(&board, &accounts, &row);
    let entries = match staff.may(StaffPermission::SeeAudit) {
        true => Some(admin::recent_entries(&rows, &board, id.0).await?),
        false => None,
    };
    let more = More {
        refused: refused.clone().map(Text::into_owned),
        audit_href: entries.is_some().then(|| admin::log_of(id.0)),
        entries,
        may_order: staff.may(StaffPermission::ManageServers),
        has_password: orders::can_be_revealed(&row, staff.account, site.clock.now()),
        ..described(&board, &row, page.lang())
    };
    let status = match &refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let parts = ["order-badge", "order-now"];
    let mut page = page
        .at(AT)
        .live(live::admin(live::Subject::Servers, &board, &parts, &[]));
    if progress(&row).is_open() {
        page = page.again_after(ASK_AGAIN);
    }
    Ok(page.with_status(status, move || view! { <OrderPage order=order more=more/> }))
}

fn described(board: &Snapshot, row: &contabo_order::Model, lang: Lang) -> More {
    let price = orders::price(row);
    let month = |amount: &Option<Amount>| amount.as_ref().map(|amount| amount.month().to_string());
    let lines = price.lines.iter().map(|line| Line {
        what: line.what.clone(),
        quantity: line.quantity,
        cost: month(&line.cost),
        sales: month(&line.sales),
    });
    let server = row.instance_id.and_then(|id| board.instances.get(&id));
    More {
        facts: facts(row, lang),
        lines: lines.collect(),
        price: row.price.to_string(),
        cost: sum(&price, Side::Cost),
        sales: sum(&price, Side::Sales),
        margin: price.margin().map(|left| left.to_string()),
        confirmed: row.confirmed_by_name.clone().zip(row.confirmed_at),
        ended_at: row.ended_at,
        contabo_id: row.contabo_id.clone(),
        server: server.map(|now| Subject {
            name: now.title().to_owned(),
            href: route::AdminServer {
                instance: now.instance.id,
            }
            .to_string(),
        }),
        may_order: false,
        can_be_withdrawn: orders::can_be_withdrawn(row),
        has_password: false,
        refused: None,
        entries: None,
        audit_href: None,
    }
}

fn sum(price: &Quote, side: Side) -> Sum {
    match price.total(side) {
        Ok(amount) => Sum::Known {
            first_month: amount.first_month().to_string(),
            month: amount.month().to_string(),
            setup: amount.setup().to_string(),
        },
        Err(Unknown::NoPrice(what)) => Sum::NoPrice(what),
        Err(Unknown::Currencies) => Sum::Currencies,
    }
}

/// What is ordered, a line each.
fn facts(row: &contabo_order::Model, lang: Lang) -> Vec<(&'static str, String)> {
    let mut facts = vec![(lang.t("order-name"), row.display_name.clone())];
    match Wanted::of(row) {
        Ok(Wanted::Instance(instance)) => {
            let months = lang.t_count("product-months", instance.months.unsigned_abs().into());
            let keys: Vec<&str> = instance.ssh_keys.iter().map(|(_, name)| name.as_str()).collect();
            let sign_in = match keys.is_empty() {
                true => lang.t("order-password-made").to_owned(),
                false => keys.join(", "),
            };
            facts.extend([
                (lang.t("order-product"), instance.product_name),
                (lang.t("price-region"), instance.region),
                (lang.t("order-term"), months.into_owned()),
                (lang.t("server-image"), instance.image_name),
                (lang.t("server-default-user"), instance.default_user),
            ]);
            let label = match keys.is_empty() {
                true => lang.t("order-sign-in"),
                false => lang.t("order-ssh-keys"),
            };
            facts.push((label, sign_in));
            if let Some(from) = instance.template {
                let values = [("name", from.name.into()), ("version", from.version.into())];
                facts.push((lang.t("order-cloud-init"), lang.t_with("server-template-is", &values)));
            } else if row.user_data_sealed.is_some() {
                facts.push((lang.t("order-cloud-init"), lang.t("order-cloud-init-given").to_owned()));
            }
        }
        Ok(Wanted::Storage(storage)) => {
            facts.push((lang.t("order-size"), orders::Storage::tb(storage.steps).to_string()));
            facts.push((lang.t("price-region"), storage.region));
            if let Some(most) = storage.grows_to {
                facts.push((lang.t("order-grows-to"), orders::Storage::tb(most).to_string()));
            }
        }
        Err(_) => {}
    }
    if let Some(who) = &row.confirmed_by_name {
        facts.push((lang.t("order-confirmed-by"), who.clone()));
    }
    if let Some(id) = &row.contabo_id {
        facts.push((lang.t("order-contabo-id"), id.clone()));
    }
    facts
}

/// Orders it, at the price that was shown.
pub(in crate::web) async fn confirm(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (tenant, now, lang) = (staff.tenant.tenant.id, site.clock.now(), page.lang());
    let row = staff.tenant.rows().get::<contabo_order::Entity>(*id).await?;
    let row = row.ok_or(Error::NotFound)?;
    let kept = row.price.to_string();
    // Somebody else may have been shown a newer one, which is kept by now.
    if row.state == OrderState::Draft && typed.get("price") != kept {
        let why = lang.t("order-refused-price").into();
        return view(&site, &staff, *id, page, Some(why)).await;
    }
    let confirmed = orders::confirm(&site.db, &site.keyring, tenant, &staff.actor(), now, *id).await;
    let why: Text = match confirmed {
        Ok(()) => {
            site.jobs.nudge();
            admin::refresh(&site, &staff).await?;
            return Ok(see_other_telling(page_of(*id), "done-order-confirmed"));
        }
        Err(orders::Error::PriceChanged) => lang.t("order-refused-price").into(),
        Err(orders::Error::AccountOff) => lang.t("order-refused-account").into(),
        Err(orders::Error::NotOffered) => lang.t("order-refused-product").into(),
        Err(orders::Error::Full(full)) => of_quota(lang, full),
        Err(orders::Error::Change(ChangeError::Rejected(wrong))) => match wrong.0.first() {
            Some(("display_name", _)) => lang.t("order-name-taken").into(),
            _ => lang.t("order-refused-state").into(),
        },
        Err(orders::Error::Change(ChangeError::Conflict)) => lang.t("order-refused-state").into(),
        Err(orders::Error::Change(error)) => return Err(error.into()),
        Err(orders::Error::Keyring(error)) => return Err(Error::internal(error)),
    };
    view(&site, &staff, *id, page, Some(why)).await
}

/// Takes it back.
pub(in crate::web) async fn withdraw(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    match orders::withdraw(&site.db, tenant, &staff.actor(), now, *id).await {
        Ok(()) => {
            admin::refresh(&site, &staff).await?;
            Ok(see_other_telling(page_of(*id), "done-order-withdrawn"))
        }
        Err(orders::Error::Change(ChangeError::Conflict)) => {
            let why = page.lang().t("order-refused-state");
            view(&site, &staff, *id, page, Some(why.into())).await
        }
        Err(orders::Error::Change(error)) => Err(error.into()),
        Err(error) => Err(Error::internal(error)),
    }
}

/// Shows the first password of what was ordered, once.
pub(in crate::web) async fn password(
    site: web::Data<Site>,
    staff: Staff,
    id: At,
    page: Page,
) -> Result<HttpResponse, Error> {
    let rows = staff.tenant.rows();
    let row = rows.get::<contabo_order::Entity>(*id).await?.ok_or(Error::NotFound)?;
    let (tenant, now, actor) = (staff.tenant.tenant.id, site.clock.now(), staff.actor());
    let revealed = orders::reveal(&site.db, &site.keyring, tenant, &actor, now, *id, staff.account).await;
    let passwords = match revealed {
        Ok(passwords) => passwords,
        // They see the order, so it is there for them; only its password is not.
        Err(orders::Error::Change(ChangeError::Conflict | ChangeError::NotFound)) => {
            let why = page.lang().t("order-refused-password");
            return view(&site, &staff, *id, page, Some(why.into())).await;
        }
        Err(orders::Error::Change(error)) => return Err(error.into()),
        Err(error) => return Err(Error::internal(error)),
    };
    admin::refresh(&site, &staff).await?;
    let user = match Wanted::of(&row) {
        Ok(Wanted::Instance(instance)) => Some(instance.default_user),
        _ => None,
    };
    let (server, href, page) = (row.display_name, page_of(*id), page.at(AT));
    Ok(follow::shown(page, server, href, user, passwords))
}
