//! What staff alone see of a server and do with it: `…/give`, `…/lock`, `…/unlock`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    servers::staff::{Give, Lock, Provider},
    ui::FormState,
};
use chrono::{DateTime, Utc};
use entity::{ClientId, InstanceId, contabo_account};
use leptos::prelude::*;

use super::{AT, Party, board, refresh, words};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        calendar,
        contabo::{
            catalogue::{Quote, Side},
            changes, instances, orders,
        },
        typed::{ChangeError, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            instances::{changes::changed, clients},
            tags,
        },
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

/// How many of the last changes are listed.
const CHANGES: u64 = 20;

/// What only staff see of it.
pub(super) async fn provider(
    staff: &Staff,
    board: &Snapshot,
    now: &InstanceNow,
    at: DateTime<Utc>,
) -> Result<Provider, Error> {
    let (instance, rows) = (&now.instance, staff.tenant.rows());
    let account = rows.get::<contabo_account::Entity>(instance.contabo_account_id).await?;
    let changes = changes::of_instance(&rows, instance.id, CHANGES).await?.into_iter();
    let client = instance.client_id.and_then(|id| board.clients.get(&id));
    let order = orders::of_instance(&rows, instance.id).await?;
    let day = calendar::day_at(at, staff.tenant.zone());
    let price = orders::of_server(&rows, instance.id, &now.details, day).await?;
    let of = |side| price.as_ref().and_then(|price| price.total(side).ok());
    let month = |side| of(side).map(|amount| amount.month().to_string());
    let margin = price.as_ref().and_then(Quote::margin);
    Ok(Provider {
        money: [
            month(Side::Cost),
            month(Side::Sales),
            margin.map(|left| left.to_string()),
        ],
        order_href: order.map(|order| route::AdminOrder { order: order.id }.to_string()),
        client: client.map(|client| {
            let href = route::AdminClient { client: client.id }.to_string();
            (client.name.clone(), href)
        }),
        account: account.map(|account| account.name).unwrap_or_default(),
        contabo_id: instance.contabo_id,
        manages: staff.may(StaffPermission::ManageServers),
        tags: tags::on(
            &rows,
            instance.contabo_account_id,
            "instance",
            &instance.contabo_id.to_string(),
        )
        .await?,
        changes: changes.map(|row| changed(board, "", row)).collect(),
    })
}

/// To whom it shall be given.
pub(in crate::web) async fn get_give(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let has = now.instance.client_id.map(|id| id.to_string());
    let form = FormState::new().with("client", has.unwrap_or_default());
    Ok(give_page(page, StatusCode::OK, &board, now, form))
}

/// Gives it to a client, or takes it back.
pub(in crate::web) async fn give(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let client = match typed.get("client") {
        "" => None,
        // What is no id is no client either.
        text => Some(ClientId(text.parse().unwrap_or_default())),
    };
    let (tenant, actor) = (staff.tenant.tenant.id, staff.actor());
    let given = instances::assign(&site.db, tenant, &actor, site.clock.now(), *id, client).await;
    if let Err(ChangeError::Rejected(wrong)) = given {
        let mut form = typed.shown(&["client"]);
        for (field, reason) in wrong.0 {
            form.reject(field, words::of_given(page.lang(), reason));
        }
        return Ok(give_page(page, StatusCode::UNPROCESSABLE_ENTITY, &board, now, form));
    }
    given?;
    refresh(&site, &staff).await?;
    let done = match client {
        Some(_) => "done-server-given",
        None => "done-server-taken",
    };
    Ok(see_other_telling(route::AdminServer { instance: *id }, done))
}

fn give_page(page: Page, status: StatusCode, board: &Snapshot, now: &InstanceNow, form: FormState) -> HttpResponse {
    let clients = clients(board);
    let (server, href) = (now.title().to_owned(), Staff::page(now.instance.id));
    page.at(AT).with_status(
        status,
        move || view! { <Give server=server href=href clients=clients form=form/> },
    )
}

/// Why it shall be locked.
pub(in crate::web) async fn get_lock(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let because = now.instance.locked_because.clone().unwrap_or_default();
    let form = FormState::new().with("because", because);
    Ok(lock_page(page, StatusCode::OK, now, form))
}

/// Locks it for its client.
pub(in crate::web) async fn lock(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let now = staff.find(&board, *id)?;
    let (tenant, actor, because) = (staff.tenant.tenant.id, staff.actor(), typed.get("because"));
    let locked = instances::lock(&site.db, tenant, &actor, site.clock.now(), *id, because).await;
    if let Err(ChangeError::Rejected(wrong)) = locked {
        let mut form = typed.shown(&["because"]);
        for (field, reason) in wrong.0 {
            form.reject(field, words::of_given(page.lang(), reason));
        }
        return Ok(lock_page(page, StatusCode::UNPROCESSABLE_ENTITY, now, form));
    }
    locked?;
    refresh(&site, &staff).await?;
    Ok(see_other_telling(
        route::AdminServer { instance: *id },
        "done-server-locked",
    ))
}

fn lock_page(page: Page, status: StatusCode, now: &InstanceNow, form: FormState) -> HttpResponse {
    let (server, href) = (now.title().to_owned(), Staff::page(now.instance.id));
    page.at(AT)
        .with_status(status, move || view! { <Lock server=server href=href form=form/> })
}

/// Lets its client go on.
pub(in crate::web) async fn unlock(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<InstanceId>,
) -> Result<HttpResponse, Error> {
    let (tenant, actor) = (staff.tenant.tenant.id, staff.actor());
    instances::unlock(&site.db, tenant, &actor, site.clock.now(), *id).await?;
    refresh(&site, &staff).await?;
    Ok(see_other_telling(
        route::AdminServer { instance: *id },
        "done-server-unlocked",
    ))
}
