//! The staff's pages of DNS zones and of the names that addresses have.

pub(in crate::web) mod record;

use std::net::IpAddr;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::{
    admin::{
        dns::{
            list::{DnsList, Reverse, Zone as Listed, ZoneNew},
            zone::{Record, Zone, ZonePage},
        },
        things::delete::Doomed,
    },
    ui::FormState,
};
use entity::{ContaboAccountId, ContaboResourceId};
use leptos::prelude::*;

use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        contabo::{
            actions::ThingAsked,
            networks::{Reason, names},
            resources::{self, DnsRecord, DnsZone, ReverseName, Thing},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, things},
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

/// `GET /admin/dns`.
pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (rows, accounts) = (staff.tenant.rows(), things::accounts(&staff).await?);
    let zones = resources::all::<DnsZone>(&rows).await?.into_iter();
    let zones = zones.map(|one| Listed {
        href: route::AdminZone { zone: one.id }.to_string(),
        records: one.thing.records.len(),
        account: accounts.name(one.account),
        name: one.thing.name,
    });
    let zones: Vec<Listed> = zones.collect();
    let may_name = staff.may(StaffPermission::OperateServers);
    let names = resources::all::<ReverseName>(&rows).await?.into_iter();
    let names = names.map(|one| {
        let ip: Option<IpAddr> = one.thing.ip.parse().ok();
        let now = ip.and_then(|ip| with_address(&board, one.account, ip));
        let edit = now.zip(ip).filter(|_| may_name).map(|(now, ip)| {
            let (instance, kind) = (now.instance.id, "set_reverse_name".to_owned());
            format!("{}?thing={ip}", route::AdminServerAct { instance, kind })
        });
        Reverse {
            ip: ip.map_or(one.thing.ip, |ip| ip.to_string()),
            name: one.thing.ptr,
            server: now.map(|now| things::shown(&board, now)),
            edit_href: edit,
        }
    });
    let names: Vec<Reverse> = names.collect();
    let what_happens = things::happening(&staff, &board, Thing::DnsZone, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || {
        view! { <DnsList zones=zones reverse=names may_manage=may_manage what_happens=what_happens/> }
    }))
}

/// The instance that has this address as its own.
fn with_address(board: &Snapshot, account: ContaboAccountId, ip: IpAddr) -> Option<&InstanceNow> {
    let has = |now: &&std::sync::Arc<InstanceNow>| {
        let details = &now.details;
        let main = [&details.ipv4, &details.ipv6].into_iter().flatten();
        now.instance.contabo_account_id == account && main.chain(&details.additional).any(|own| own.ip == ip)
    };
    board.instances.values().find(has).map(std::sync::Arc::as_ref)
}

/// What is shown again.
const FIELDS: [&str; 2] = ["account", "name"];

/// `GET /admin/dns/new`.
pub(in crate::web) async fn get_new(staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    new_page(&staff, page, StatusCode::OK, FormState::new()).await
}

/// Makes a zone.
pub(in crate::web) async fn new(
    site: web::Data<Site>,
    staff: Staff,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let lang = page.lang();
    let account = things::accounts(&staff).await?.chosen(typed.get("account"));
    let name = names::domain(typed.get("name")).map_err(|reason| Rejected::one("name", reason));
    let (account, name) = match (account, name) {
        (Some(account), Ok(name)) => (account, name),
        (account, name) => {
            let chosen = account.is_none().then(|| Rejected::one("account", Reason::NotAChoice));
            let wrong = Rejected::both(chosen, name.err());
            let form = admin::shown(&typed, &FIELDS, wrong, lang, things::complaint);
            return new_page(&staff, page, StatusCode::UNPROCESSABLE_ENTITY, form).await;
        }
    };
    let there = resources::one_there::<DnsZone>(&staff.tenant.rows(), account, &name).await?;
    if there.is_some() {
        let wrong = Rejected::one("name", Reason::Taken);
        let form = admin::shown(&typed, &FIELDS, wrong, lang, things::complaint);
        return new_page(&staff, page, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    }
    match things::ask(&site, &staff, account, ThingAsked::CreateZone { name }, None, lang).await? {
        Ok(()) => Ok(see_other_telling(route::AdminDns, "done-thing-asked")),
        Err(why) => {
            let mut form = typed.shown(&FIELDS);
            form.reject_all(why);
            new_page(&staff, page, StatusCode::CONFLICT, form).await
        }
    }
}

async fn new_page(staff: &Staff, page: Page, status: StatusCode, form: FormState) -> Result<HttpResponse, Error> {
    let accounts = things::accounts(staff).await?.choices();
    Ok(page
        .at(things::AT)
        .with_status(status, move || view! { <ZoneNew accounts=accounts form=form/> }))
}

/// `GET /admin/dns/{zone}`.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<DnsZone>(&staff, *id).await?;
    let board = admin::board(&site, &staff).await?;
    let name = found.thing.name;
    let happening = things::happening(&staff, &board, Thing::DnsZone, Some((found.account, &name))).await?;
    let page = things::page_of(page, &board, &happening, false);
    let zone = Zone {
        href: route::AdminZone { zone: *id }.to_string(),
        account: things::accounts(&staff).await?.name(found.account),
        records: found.thing.records.into_iter().map(record).collect(),
        may_manage: staff.may(StaffPermission::ManageServers),
        happening,
        refused: None,
        name,
    };
    Ok(page.ok(move || view! { <ZonePage zone=zone/> }))
}

fn record(record: DnsRecord) -> Record {
    let number = |number: Option<i64>| number.unwrap_or_default().to_string();
    let before = match record.kind.as_str() {
        "MX" => vec![number(record.priority)],
        "SRV" => vec![number(record.priority), number(record.weight), number(record.port)],
        "CAA" => vec![number(record.flag), record.tag.clone().unwrap_or_default()],
        _ => Vec::new(),
    };
    let data = before.into_iter().chain([record.data]).collect::<Vec<_>>().join(" ");
    Record {
        id: record.id,
        name: record.name,
        kind: record.kind,
        data,
        ttl: record.ttl,
    }
}

/// The question before it is deleted.
pub(in crate::web) async fn get_delete(
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let name = things::find::<DnsZone>(&staff, *id).await?.thing.name;
    Ok(question(page, *id, name, None))
}

/// Deletes it.
pub(in crate::web) async fn delete(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let found = things::find::<DnsZone>(&staff, *id).await?;
    let name = found.thing.name;
    let asked = ThingAsked::DeleteZone { name: name.clone() };
    match things::ask(&site, &staff, found.account, asked, None, page.lang()).await? {
        Ok(()) => Ok(see_other_telling(route::AdminDns, "done-thing-asked")),
        Err(why) => Ok(question(page, *id, name, Some(why))),
    }
}

fn question(page: Page, zone: ContaboResourceId, name: String, refused: Option<String>) -> HttpResponse {
    let href = route::AdminZone { zone }.to_string();
    let action = route::AdminZoneDelete { zone }.to_string();
    things::delete_page(page, Doomed::Zone, name, href, action, refused)
}
