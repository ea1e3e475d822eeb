//! `GET /admin/networks/{network}`, and its deletion.

use actix_web::{HttpResponse, http::StatusCode, web};
use app::admin::{
    networks::show::{Member, Network, NetworkPage},
    things::delete::Doomed,
};
use entity::ContaboResourceId;
use leptos::prelude::*;

use super::region;
use crate::{
    domain::contabo::{
        actions::ThingAsked,
        networks::blocks,
        resources::{Mirrored, PrivateNetwork, Thing},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{
            self,
            things::{
                self,
                delete::{Deletable, Deletion},
            },
        },
        guard::{Staff, StaffPermission},
        route,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<ContaboResourceId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    show(&site, &staff, *id, page, None).await
}

/// The page, perhaps with why what was just tried was not done.
pub(in crate::web::admin) async fn show(
    site: &Site,
    staff: &Staff,
    id: ContaboResourceId,
    page: Page,
    refused: Option<String>,
) -> Result<HttpResponse, Error> {
    let found = things::find::<PrivateNetwork>(staff, id).await?;
    let board = admin::board(site, staff).await?;
    let (account, network) = (found.account, found.thing);
    let may = staff.may(StaffPermission::ManageServers);
    let inside = blocks::parse(&network.cidr).ok().map(blocks::inside);
    let is_in = |contabo_id| network.members.iter().any(|member| member.instance == contabo_id);
    let others = things::servers(&board, account, |now| {
        now.details.region == network.region && !is_in(now.instance.contabo_id)
    });
    let members = network.members.iter().map(|member| {
        let now = things::instance_of(&board, account, member.instance);
        let leave = now.filter(|_| may).map(|now| {
            let instance = now.instance.id;
            let kind = "leave_network".to_owned();
            format!("{}?thing={}", route::AdminServerAct { instance, kind }, network.id)
        });
        Member {
            server: things::server(&board, account, member.instance),
            addresses: member
                .addresses
                .iter()
                .map(|(ip, prefix)| format!("{ip}/{prefix}"))
                .collect(),
            state: member.status.clone(),
            error: member.error.clone(),
            leave_href: leave,
        }
    });
    let contabo_id = network.id.to_string();
    let happening = things::happening(staff, &board, Thing::PrivateNetwork, Some((account, &contabo_id))).await?;
    let page = things::page_of(page, &board, &happening, refused.is_some());
    let status = match refused {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let shown = Network {
        href: route::AdminNetwork { network: id }.to_string(),
        account: things::accounts(staff).await?.name(account),
        contabo_id: network.id,
        mask: inside
            .as_ref()
            .and_then(|inside| inside.mask)
            .map(|mask| mask.to_string()),
        first: inside
            .as_ref()
            .map(|inside| inside.first.to_string())
            .unwrap_or_default(),
        last: inside
            .as_ref()
            .map(|inside| inside.last.to_string())
            .unwrap_or_default(),
        free: network.free,
        region: region(&network.region_name, &network.region),
        data_center: network.data_center.clone(),
        members: members.collect(),
        others,
        join_action: may.then(|| route::AdminThingTie { thing: id }.to_string()),
        happening,
        refused,
        name: network.name,
        description: network.description,
        cidr: network.cidr,
    };
    Ok(page.with_status(status, move || view! { <NetworkPage network=shown/> }))
}

impl Deletable for PrivateNetwork {
    fn deletion(found: &Mirrored<Self>) -> Option<Deletion> {
        let network = found.id;
        Some(Deletion {
            at: things::AT,
            doomed: Doomed::Network,
            name: found.thing.name.clone(),
            href: route::AdminNetwork { network }.to_string(),
            action: route::AdminNetworkDelete { network }.to_string(),
            list: route::AdminNetworks.to_string(),
            asked: ThingAsked::DeleteNetwork {
                network: found.thing.id,
                name: found.thing.name.clone(),
            },
        })
    }
}
