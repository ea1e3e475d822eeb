//! What a server is tied to, for its page: networks, firewalls, further addresses, names.

use std::net::IpAddr;

use app::servers::{Named, Tie, Ties as Shown};
use entity::{ContaboResourceId, Tenant};
use sea_orm::DbErr;

use super::choices;
use crate::{
    domain::{
        board::InstanceNow,
        contabo::{
            instances::Beside,
            resources::{self, Firewall, PrivateNetwork, Vip},
        },
    },
    web::route,
};

/// All that is known.
pub(super) struct Ties {
    networks: Vec<(ContaboResourceId, Tie)>,
    firewalls: Vec<(ContaboResourceId, Tie)>,
    vips: Vec<(ContaboResourceId, Tie)>,
    names: Vec<(IpAddr, String)>,
    /// The addresses that come with them.
    pub(super) beside: Beside,
}

/// Of one server.
pub(super) async fn of(rows: &Tenant<'_>, now: &InstanceNow) -> Result<Ties, DbErr> {
    let (account, id) = (now.instance.contabo_account_id, now.instance.contabo_id);
    let (mut beside, mut networks) = (Beside::default(), Vec::new());
    // Interfaces are counted in this order, which a network's other name must not change.
    let mut all = resources::list::<PrivateNetwork>(rows, account).await?;
    all.sort_by_key(|one| one.thing.id);
    for one in all {
        let Some(member) = one.thing.members.iter().find(|member| member.instance == id) else {
            continue;
        };
        let addresses = member.addresses.iter();
        beside.private.push(
            addresses
                .clone()
                .filter_map(|(ip, prefix)| Some((ip.parse().ok()?, u8::try_from(*prefix).ok()?)))
                .collect(),
        );
        let tie = Tie {
            addresses: addresses.map(|(ip, prefix)| format!("{ip}/{prefix}")).collect(),
            state: member.status.clone(),
            ..tie(one.thing.id.to_string(), one.thing.name)
        };
        networks.push((one.id, tie));
    }
    let firewalls = resources::list::<Firewall>(rows, account).await?.into_iter();
    let firewalls = firewalls.filter(|one| one.thing.instances.contains(&id)).map(|one| {
        let tie = Tie {
            state: one.thing.state_of(id).0.to_owned(),
            ..tie(one.thing.id, one.thing.name)
        };
        (one.id, tie)
    });
    let mut vips = Vec::new();
    for one in resources::list::<Vip>(rows, account).await? {
        if one.thing.instance == Some(id) {
            beside.noted.extend(one.thing.ip.parse::<IpAddr>());
            vips.push((one.id, tie(one.thing.id, one.thing.ip)));
        }
    }
    Ok(Ties {
        networks,
        firewalls: firewalls.collect(),
        vips,
        names: choices::reverse_names(rows, now).await?,
        beside,
    })
}

fn tie(id: String, name: String) -> Tie {
    Tie {
        id,
        name,
        href: None,
        addresses: Vec::new(),
        state: String::new(),
    }
}

/// As the page shows them; `with_pages`: to whoever sees the pages of networks and the like. Others are led to the picture
/// of what is theirs.
pub(super) fn shown(ties: &Ties, with_pages: bool) -> Shown {
    let all = |all: &[(ContaboResourceId, Tie)], page: fn(ContaboResourceId) -> String| {
        let shown = all.iter().map(|(id, tie)| Tie {
            href: with_pages.then(|| page(*id)),
            ..tie.clone()
        });
        shown.collect::<Vec<_>>()
    };
    let names = ties.names.iter().map(|(ip, name)| Named {
        ip: ip.to_string(),
        name: name.clone(),
        is_v4: ip.is_ipv4(),
    });
    Shown {
        networks: all(&ties.networks, |network| route::AdminNetwork { network }.to_string())
            .into_iter()
            .map(|tie| Tie {
                href: tie.href.or_else(|| Some(route::PortalTopology.to_string())),
                ..tie
            })
            .collect(),
        firewalls: all(&ties.firewalls, |firewall| {
            route::AdminFirewall { firewall }.to_string()
        }),
        addresses: all(&ties.vips, |address| route::AdminAddress { address }.to_string()),
        names: names.collect(),
    }
}
