//! The staff's pages of DNS zones and of the names that addresses have.

pub(in crate::web) mod record;

use std::{collections::HashMap, net::IpAddr};

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
            resources::{self, DnsRecord, DnsZone, Mirrored, ReverseName, Thing},
        },
        typed::{Rejected, Typed},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{
                self,
                delete::{Deletable, Deletion},
                form::Form,
            },
        },
        asked::Listing,
        guard::{Staff, StaffPermission},
        route, see_other_telling,
    },
};

/// `GET /admin/dns`.
pub(in crate::web) async fn list(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
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
    let owners = by_address(&board);
    let names = resources::all::<ReverseName>(&rows).await?.into_iter();
    let names = names.map(|one| {
        let ip: Option<IpAddr> = one.thing.ip.parse().ok();
        let now = ip.and_then(|ip| owners.get(&(one.account, ip)).copied());
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
    let search = listing.filter("q").to_lowercase();
    let names = names.filter(|one| {
        let server = one.server.as_ref().map_or("", |server| server.name.as_str());
        let texts = [&one.ip, &one.name, server];
        texts.iter().any(|text| text.to_lowercase().contains(&search))
    });
    let mut names: Vec<Reverse> = names.collect();
    let (list, range) = listing.cut(route::AdminDns, listing.filters(&["q"]), None, names.len());
    let names = names.drain(range).collect::<Vec<_>>();
    let what_happens = things::happening(&staff, &board, Thing::DnsZone, None).await?;
    let may_manage = staff.may(StaffPermission::ManageServers);
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || {
        view! { <DnsList zones=zones list=list reverse=names may_manage=may_manage what_happens=what_happens/> }
    }))
}

/// The instances by the addresses that are their own.
fn by_address(board: &Snapshot) -> HashMap<(ContaboAccountId, IpAddr), &InstanceNow> {
    let addresses = board.instances.values().flat_map(|now| {
        let details = &now.details;
        let main = [&details.ipv4, &details.ipv6].into_iter().flatten();
        let own = main.chain(&details.additional).map(|own| own.ip);
        own.map(|ip| ((now.instance.contabo_account_id, ip), now.as_ref()))
    });
    addresses.collect()
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
    let account = things::accounts(&staff).await?.chosen(&typed, Reason::NotAChoice);
    let name = names::domain(typed.get("name")).map_err(|reason| Rejected::one("name", reason));
    let mut wanted = Rejected::both(account, name);
    if let Ok((account, name)) = &wanted {
        let there = resources::one_there::<DnsZone>(&staff.tenant.rows(), *account, name).await?;
        if there.is_some() {
            wanted = Err(Rejected::one("name", Reason::Taken));
        }
    }
    let wanted = wanted.map(|(account, name)| (account, ThingAsked::CreateZone { name }));
    match Form::new(&typed, &FIELDS, things::complaint)
        .ask(&site, &staff, page.lang(), wanted)
        .await?
    {
        Ok(()) => Ok(see_other_telling(route::AdminDns, "done-thing-asked")),
        Err((status, form)) => new_page(&staff, page, status, form).await,
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

impl Deletable for DnsZone {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let zone = found.id;
        Some(Deletion {
            at: things::AT,
            doomed: Doomed::Zone,
            name: found.thing.name.clone(),
            href: route::AdminZone { zone }.to_string(),
            action: route::AdminZoneDelete { zone }.to_string(),
            list: route::AdminDns.to_string(),
            asked: ThingAsked::DeleteZone {
                name: found.thing.name.clone(),
            },
        })
    }
}
