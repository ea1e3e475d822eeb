//! `GET /admin/networks/topology` and `GET /portal/servers/topology`: private networks, servers and further addresses, and
//! what is tied to what. Clients see their own servers, and of networks only those in which one of these is.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use app::servers::topology::{Address, LIVE, Network, Server, Tie, Topology, TopologyPage};
use entity::ContaboAccountId;
use leptos::prelude::*;

use super::{AT, Party, board, words};
use crate::{
    domain::{
        board::InstanceNow,
        contabo::{
            instances,
            resources::{self, Mirrored, PrivateNetwork, Vip},
        },
    },
    site::Site,
    web::{
        Error, Page,
        guard::{ClientPermission, ClientUser, Staff},
        live::{self, Subject},
        route,
    },
};

/// The tenant's own.
pub(in crate::web) async fn of_staff(site: web::Data<Site>, staff: Staff, page: Page) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let (networks, vips) = (resources::all(&rows).await?, resources::all(&rows).await?);
    let servers: Vec<&InstanceNow> = board.instances.values().map(std::sync::Arc::as_ref).collect();
    let topology = drawn::<Staff>(servers, networks, vips, true);
    let page = page
        .at("networks")
        .live(live::admin(Subject::Servers, &board, &[LIVE], &[]));
    let href = route::AdminNetworks.to_string();
    Ok(page.ok(move || view! { <TopologyPage topology=topology crumb_href=href/> }))
}

/// A client's own.
pub(in crate::web) async fn of_client(
    site: web::Data<Site>,
    user: ClientUser,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &user).await?;
    let clients = user.clients_for(ClientPermission::SeeServers);
    let listed = instances::of_clients(&board, &clients);
    let servers: Vec<&InstanceNow> = listed.iter().map(|one| one.now.as_ref()).collect();
    let rows = user.tenant.rows();
    let (networks, vips) = (resources::all(&rows).await?, resources::all(&rows).await?);
    let topology = drawn::<ClientUser>(servers, networks, vips, false);
    let live = live::portal(Subject::Servers, &board, &[LIVE], &[]);
    let page = page.at(AT).live(live);
    let href = route::PortalServers.to_string();
    Ok(page.ok(move || view! { <TopologyPage topology=topology crumb_href=href/> }))
}

/// What is tied to these servers; `all`: and what is tied to none.
fn drawn<P: Party>(
    servers: Vec<&InstanceNow>,
    networks: Vec<Mirrored<PrivateNetwork>>,
    vips: Vec<Mirrored<Vip>>,
    all: bool,
) -> Topology {
    let known: HashMap<(ContaboAccountId, i64), &InstanceNow> = servers
        .into_iter()
        .map(|now| ((now.instance.contabo_account_id, now.instance.contabo_id), now))
        .collect();
    let mut topology = Topology::default();
    let mut ties: HashMap<(ContaboAccountId, i64), Vec<Tie>> = HashMap::new();
    for one in networks {
        let (account, network) = (one.account, one.thing);
        let members = network
            .members
            .iter()
            .map(|member| ((account, member.instance), member));
        let members: Vec<_> = members.filter(|(id, _)| known.contains_key(id)).collect();
        if members.is_empty() && !all {
            continue;
        }
        for (id, member) in members {
            ties.entry(id).or_default().push(Tie {
                network: topology.networks.len(),
                addresses: member
                    .addresses
                    .iter()
                    .map(|(ip, prefix)| format!("{ip}/{prefix}"))
                    .collect(),
                state: member.status.clone(),
            });
        }
        topology.networks.push(Network {
            href: all.then(|| route::AdminNetwork { network: one.id }.to_string()),
            name: network.name,
            range: network.cidr,
        });
    }
    let noted = vips.into_iter().filter_map(|one| {
        let server = one.thing.instance.map(|id| (one.account, id));
        let server = server.filter(|id| known.contains_key(id));
        (all || server.is_some()).then_some((one.id, one.thing.ip, server))
    });
    let noted: Vec<_> = noted.collect();
    for (_, _, server) in &noted {
        if let Some(id) = server {
            ties.entry(*id).or_default();
        }
    }
    let mut shown: Vec<_> = ties
        .into_iter()
        .filter_map(|(id, ties)| Some((id, *known.get(&id)?, ties)))
        .collect();
    // Beside those of the same network, so that few lines cross.
    shown.sort_by_cached_key(|(_, now, ties)| {
        let first = ties.iter().map(|tie| tie.network).min().unwrap_or(usize::MAX);
        (first, now.title().to_lowercase(), now.instance.id)
    });
    let place: HashMap<_, _> = shown.iter().enumerate().map(|(at, (id, ..))| (*id, at)).collect();
    topology.addresses = noted
        .into_iter()
        .map(|(address, ip, server)| Address {
            ip,
            href: all.then(|| route::AdminAddress { address }.to_string()),
            server: server.and_then(|id| place.get(&id).copied()),
        })
        .collect();
    topology.servers = shown
        .into_iter()
        .map(|(_, now, ties)| Server {
            name: now.title().to_owned(),
            href: P::page(now.instance.id),
            status: words::status(&now.status),
            ties,
        })
        .collect();
    topology
}
