//! `GET /admin/addresses` and `GET /admin/addresses/{address}`: further addresses and for which servers they are noted.

use std::net::IpAddr;

use actix_web::{HttpResponse, http::StatusCode, web};
use app::admin::networks::addresses::{Address, AddressList, AddressPage, Kinds, More};
use entity::ContaboResourceId;
use leptos::prelude::*;

use crate::{
    domain::{
        board::Snapshot,
        contabo::{
            instances::{self, Beside, Details},
            resources::{self, Mirrored, ReverseName, Thing, Vip},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{self, Accounts},
        },
        guard::{Staff, StaffPermission},
        route,
    },
};

pub(in crate::web) async fn list(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let (rows, accounts) = (staff.tenant.rows(), things::accounts(&staff).await?);
    let names = resources::all::<ReverseName>(&rows).await?;
    let found = resources::all::<Vip>(&rows).await?;
    let addresses: Vec<Address> = found
        .iter()
        .map(|one| address(&board, &accounts, &names, one))
        .collect();
    let what_happens = things::happening(&staff, &board, Thing::Vip, None).await?;
    let page = things::page_of(page, &board, &what_happens, false);
    Ok(page.ok(move || view! { <AddressList addresses=addresses what_happens=what_happens/> }))
}

fn address(board: &Snapshot, accounts: &Accounts, names: &[Mirrored<ReverseName>], found: &Mirrored<Vip>) -> Address {
    let vip = &found.thing;
    let reverse = names
        .iter()
        .find(|one| one.account == found.account && one.thing.ip == vip.ip && !one.thing.ptr.is_empty());
    Address {
        href: route::AdminAddress { address: found.id }.to_string(),
        ip: vip.ip.clone(),
        kind: match vip.kind.as_str() {
            "additional" => Kinds::Additional,
            "floating" => Kinds::Floating,
            other => Kinds::Other(other.to_owned()),
        },
        server: vip.instance.map(|id| things::server(board, found.account, id)),
        region: vip.region.clone(),
        account: accounts.name(found.account),
        reverse: reverse.map(|one| one.thing.ptr.clone()),
    }
}

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &staff, *id, page, None).await
}

/// The page of one, perhaps with why what was just tried was not done.
pub(in crate::web::admin) async fn show(
    site: &Site,
    staff: &Staff,
    id: ContaboResourceId,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let found = things::find::<Vip>(staff, id).await?;
    let board = admin::board(site, staff).await?;
    let names = resources::list::<ReverseName>(&staff.tenant.rows(), found.account).await?;
    let shown = address(&board, &things::accounts(staff).await?, &names, &found);
    let (account, vip) = (found.account, found.thing);
    let may = staff.may(StaffPermission::ManageServers);
    let now = vip.instance.and_then(|id| things::instance_of(&board, account, id));
    let leave = now.filter(|_| may).map(|now| {
        let (instance, kind) = (now.instance.id, "unassign_vip".to_owned());
        format!("{}?thing={}", route::AdminServerAct { instance, kind }, vip.id)
    });
    let happening = things::happening(staff, &board, Thing::Vip, Some((account, &vip.id))).await?;
    let page = things::page_of(page, &board, &happening, refused.is_some());
    let (netplan, ifupdown) = guest(&vip.ip, now.map(|now| &now.details));
    let more = More {
        gateway: vip.gateway.clone(),
        netplan,
        ifupdown,
        others: things::servers(&board, account, |_| true),
        tie_action: (may && vip.instance.is_none()).then(|| route::AdminThingTie { thing: id }.to_string()),
        leave_href: leave,
        happening,
        refused,
    };
    let status = match more.refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    Ok(page.with_status(status, move || view! { <AddressPage address=shown more=more/> }))
}

/// The network set-up of the server that has it, or of one that has nothing else.
fn guest(ip: &str, details: Option<&Details>) -> (String, String) {
    let Ok(ip) = ip.parse::<IpAddr>() else {
        return Default::default();
    };
    let beside = Beside {
        noted: vec![ip],
        ..Beside::default()
    };
    let alone = Details {
        additional: vec![instances::Address {
            ip,
            prefix: 32,
            gateway: None,
        }],
        ..Details::default()
    };
    let details = details.unwrap_or(&alone);
    let netplan = instances::netplan(details, &beside).unwrap_or_default();
    (netplan, instances::ifupdown(details, &beside).unwrap_or_default())
}
