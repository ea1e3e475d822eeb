//! What can be chosen when something is asked: images, keys, networks and the like, as far as they are mirrored and theirs
//! to choose.

use std::{collections::HashMap, net::IpAddr};

use app::servers::{Installed, words::region_word};
use chrono::NaiveDate;
use entity::{ClientId, ContaboAccountId, InstanceId, Tenant};
use sea_orm::DbErr;

use super::words::add_on_named;

use crate::domain::{
    board::InstanceNow,
    contabo::{
        actions::{self, Kind},
        catalogue::{Catalogue, REGIONS, Term},
        resources::{self, Firewall, Image, PrivateNetwork, ReverseName, Secret, Vip},
    },
};

/// Ids at Contabo and names.
pub(in crate::web) type Choices = Vec<(String, String)>;

/// What can be installed. A client has Contabo's own images and those that are its own; staff have all of the account.
pub(in crate::web) async fn images(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let all = resources::list::<Image>(rows, account).await?.into_iter();
    let theirs = all.filter(|one| client.is_none() || one.thing.is_standard || one.client == client);
    Ok(theirs.map(|one| (one.thing.id, one.thing.name)).collect())
}

/// Keys that can be put in. A client has its own; staff have all of the account.
pub(in crate::web) async fn keys(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    client: Option<ClientId>,
) -> Result<Choices, DbErr> {
    let all = resources::list::<Secret>(rows, account).await?.into_iter();
    let theirs = all.filter(|one| one.thing.kind == "ssh" && (client.is_none() || one.client == client));
    Ok(theirs.map(|one| (one.thing.id.to_string(), one.thing.name)).collect())
}

/// What servers are installed from, whoever may choose it; those for which Contabo says nothing are not among them.
pub(super) async fn installed<'b>(
    rows: &Tenant<'_>,
    servers: impl Iterator<Item = &'b InstanceNow> + Clone,
) -> Result<HashMap<InstanceId, Installed>, DbErr> {
    let ids = servers.clone().filter_map(|now| now.details.image_id.as_deref());
    let called = resources::called::<Image>(rows, ids.collect()).await?;
    let installed = servers.filter_map(|now| {
        let image = now.details.image_id.clone().filter(|image| !image.is_empty())?;
        let key = (now.instance.contabo_account_id, image);
        let installed = match called.get(&key) {
            Some(image) if image.is_gone => Installed::Gone(image.name.clone()),
            Some(image) => Installed::There(image.name.clone()),
            None => Installed::Unknown(key.1),
        };
        Some((now.instance.id, installed))
    });
    Ok(installed.collect())
}

/// What the server can be tied to by this kind, or taken from; nothing for other kinds.
pub(super) async fn things(rows: &Tenant<'_>, now: &InstanceNow, kind: Kind, day: NaiveDate) -> Result<Choices, DbErr> {
    let (account, id) = (now.instance.contabo_account_id, now.instance.contabo_id);
    Ok(match kind {
        Kind::JoinNetwork | Kind::LeaveNetwork => {
            let all = resources::list::<PrivateNetwork>(rows, account).await?.into_iter();
            let fits = |one: &PrivateNetwork| {
                let is_in = one.members.iter().any(|member| member.instance == id);
                match kind {
                    Kind::JoinNetwork => !is_in && one.region == now.details.region,
                    _ => is_in,
                }
            };
            let named = |one: PrivateNetwork| (one.id.to_string(), format!("{} ({})", one.name, one.cidr));
            all.map(|one| one.thing).filter(fits).map(named).collect()
        }
        Kind::JoinFirewall | Kind::LeaveFirewall => {
            let all = resources::list::<Firewall>(rows, account).await?.into_iter();
            let fits = |one: &Firewall| one.instances.contains(&id) == (kind == Kind::LeaveFirewall);
            all.map(|one| one.thing)
                .filter(fits)
                .map(|one| (one.id, one.name))
                .collect()
        }
        Kind::AssignVip | Kind::UnassignVip => {
            let all = resources::list::<Vip>(rows, account).await?.into_iter();
            let wanted = (kind == Kind::UnassignVip).then_some(id);
            all.map(|one| one.thing)
                .filter(|one| one.instance == wanted)
                .map(|one| (one.id, one.ip))
                .collect()
        }
        Kind::SetReverseName | Kind::RemoveReverseName => {
            let named = reverse_names(rows, now).await?.into_iter();
            let fits = |one: &(IpAddr, String)| kind == Kind::SetReverseName || (one.0.is_ipv6() && !one.1.is_empty());
            named
                .filter(fits)
                .map(|(ip, _)| (ip.to_string(), ip.to_string()))
                .collect()
        }
        Kind::BuyAddOn => add_ons(rows, now, day).await?,
        Kind::ChangeRegion => {
            let elsewhere = REGIONS.into_iter().filter(|region| *region != now.details.region);
            elsewhere
                .map(|region| (region.to_owned(), region_word(region).into_owned()))
                .collect()
        }
        _ => Choices::new(),
    })
}

/// What can be bought for a server, with what it costs by the list.
async fn add_ons(rows: &Tenant<'_>, now: &InstanceNow, day: NaiveDate) -> Result<Choices, DbErr> {
    let catalogue = Catalogue::load(rows).await?;
    let lang = app::text::current();
    let words = actions::buyable(rows, &now.instance).await?.into_iter();
    let named = words.map(|word| {
        let price = catalogue.price(word, &now.details.region, Term::NotSaid, day);
        let label = match price.cost {
            Some(cost) => {
                let values = [
                    ("what", add_on_named(word).to_owned().into()),
                    ("amount", cost.month().to_string().into()),
                ];
                lang.t_with("server-add-on-for", &values)
            }
            None => lang.t_with(
                "server-add-on-unknown",
                &[("what", add_on_named(word).to_owned().into())],
            ),
        };
        (word.to_owned(), label)
    });
    Ok(named.collect())
}

/// The addresses of a server with the names that they have; empty: none. Those of its IPv6 network that have one are
/// among them.
pub(super) async fn reverse_names(rows: &Tenant<'_>, now: &InstanceNow) -> Result<Vec<(IpAddr, String)>, DbErr> {
    let (account, id) = (now.instance.contabo_account_id, now.instance.contabo_id);
    let details = &now.details;
    let main = [&details.ipv4, &details.ipv6].into_iter().flatten();
    let mut own: Vec<IpAddr> = main.chain(&details.additional).map(|one| one.ip).collect();
    let vips = resources::list::<Vip>(rows, account).await?.into_iter();
    own.extend(
        vips.filter(|one| one.thing.instance == Some(id))
            .filter_map(|one| one.thing.ip.parse::<IpAddr>().ok()),
    );
    let known = resources::list::<ReverseName>(rows, account).await?.into_iter();
    let known = known.filter_map(|one| Some((one.thing.ip.parse::<IpAddr>().ok()?, one.thing.ptr)));
    let known: Vec<(IpAddr, String)> = known.collect();
    let net = details.ipv6.as_ref();
    let net = net.and_then(|own| ipnet::IpNet::new(own.ip, own.prefix).ok());
    let further = known.iter().map(|(ip, _)| *ip);
    let further: Vec<IpAddr> = further
        .filter(|ip| net.is_some_and(|net| net.contains(ip)) && !own.contains(ip))
        .collect();
    own.extend(further);
    let named = own.into_iter().map(|ip| {
        let name = known.iter().find(|(known, _)| *known == ip);
        (ip, name.map(|(_, name)| name.clone()).unwrap_or_default())
    });
    Ok(named.collect())
}
