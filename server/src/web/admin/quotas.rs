//! `GET /admin/quotas`, and `GET` and `POST` of `…/own` and `…/{client}`.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::quotas::{Quota as Shown, QuotaForm, QuotaList},
    ui::FormState,
};
use entity::ClientId;
use leptos::prelude::*;

use super::{asked::Listing, reject, rejected};
use crate::{
    domain::{
        contabo::{
            orders::Storage,
            quotas::{self, Quota, Used},
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page, admin,
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

/// The entry of the navigation.
const AT: &str = "orders";

const FIELDS: [&str; 3] = ["instances", "storage", "snapshots"];

pub(in crate::web) async fn list(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let manages = staff.may(StaffPermission::ManageServers);
    let kept = staff.tenant.rows();
    let mut clients: Vec<_> = board.clients.values().filter(|row| row.archived_at.is_none()).collect();
    clients.sort_by_cached_key(|row| row.name.to_lowercase());
    let (list, range) = listing.cut(route::AdminQuotas, Vec::new(), None, clients.len());
    let (of_clients, used) = (quotas::of_clients(&kept).await?, quotas::used_by_clients(&kept).await?);
    let of_all = (quotas::of(&kept, None).await?, quotas::used(&kept, None).await?);
    let own = shown(of_all, None, manages.then(|| route::AdminQuotaOwn.to_string()));
    let clients = clients.get(range).unwrap_or_default().iter().map(|client| {
        let href = manages.then(|| route::AdminQuota { client: client.id }.to_string());
        let quota = of_clients.get(&client.id).copied().unwrap_or_default();
        let used = used.get(&Some(client.id)).copied().unwrap_or_default();
        shown((quota, used), Some(client.name.clone()), href)
    });
    let rows: Vec<Shown> = std::iter::once(own).chain(clients).collect();
    Ok(page.at(AT).ok(move || view! { <QuotaList list=list rows=rows/> }))
}

fn shown((quota, used): (Quota, Used), name: Option<String>, href: Option<String>) -> Shown {
    let count = |most: i32| u64::from(most.unsigned_abs());
    Shown {
        client: name,
        href,
        servers: used.instances.unsigned_abs(),
        most_servers: quota.instances.map(count),
        storage: Storage::tb(used.storage_steps).to_string(),
        most_storage: quota.storage_steps.map(|steps| Storage::tb(steps.into()).to_string()),
        most_snapshots: quota.snapshots.map(count),
    }
}

pub(in crate::web) async fn own(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let quota = quotas::of(&staff.tenant.rows(), None).await?;
    Ok(form_page(page, StatusCode::OK, None, form_of(quota)))
}

pub(in crate::web) async fn set_own(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    set(&site, &staff, None, &typed, page).await
}

pub(in crate::web) async fn of_client(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let client = named(&site, &staff, *id).await?;
    let quota = quotas::of(&staff.tenant.rows(), Some(*id)).await?;
    Ok(form_page(page, StatusCode::OK, Some(client), form_of(quota)))
}

pub(in crate::web) async fn set_of_client(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ClientId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let client = named(&site, &staff, *id).await?;
    set(&site, &staff, Some((*id, client)), &typed, page).await
}

async fn named(site: &Site, staff: &Staff, id: ClientId) -> Result<String, Error> {
    let board = admin::board(site, staff).await?;
    Ok(board.clients.get(&id).ok_or(Error::NotFound)?.name.clone())
}

async fn set(
    site: &Site,
    staff: &Staff,
    client: Option<(ClientId, String)>,
    typed: &Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let outcome = match quotas::read(typed) {
        Ok(quota) => {
            let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
            let of = client.as_ref().map(|(id, _)| *id);
            rejected(quotas::set(&site.db, tenant, &staff.actor(), now, of, quota).await)?
        }
        Err(wrong) => Err(wrong),
    };
    match outcome {
        Ok(()) => Ok(see_other_telling(route::AdminQuotas, "done-quota")),
        Err(wrong) => {
            let mut form = typed.shown(&FIELDS);
            reject(&mut form, wrong, page.lang(), |lang, _| {
                lang.t("product-not-a-number").into()
            });
            let name = client.map(|(_, name)| name);
            Ok(form_page(page, StatusCode::UNPROCESSABLE_ENTITY, name, form))
        }
    }
}

fn form_page(page: Page, status: StatusCode, client: Option<String>, form: FormState) -> HttpResponse {
    page.at(AT)
        .with_status(status, move || view! { <QuotaForm client=client form=form/> })
}

fn form_of(quota: Quota) -> FormState {
    let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
    FormState::new()
        .with("instances", number(quota.instances))
        .with("storage", number(quota.storage_steps.map(|steps| steps / 4)))
        .with("snapshots", number(quota.snapshots))
}
