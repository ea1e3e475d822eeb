//! What ties an instance to other things of its account: private networks, firewalls, further addresses, and the names of
//! its own addresses. What may be asked of them, and whether it shows.

use std::net::IpAddr;

use entity::{Tenant, instance};
use ipnet::IpNet;
use sea_orm::DbErr;

use super::{
    kinds::Asked,
    store::{Error, Reason},
};
use crate::domain::{
    contabo::{
        instances::Details,
        networks::names,
        resources::{self, Firewall, PrivateNetwork, ReverseName, Vip},
    },
    typed::{ChangeError, Rejected},
};

/// The shortest prefix of IPv6 that is one instance's alone: where Contabo says a shorter one, it is the network's.
const OWN_IPV6: u8 = 64;

/// What was asked, as far as it makes sense of this instance.
pub(super) async fn checked(rows: &Tenant<'_>, instance: &instance::Model, asked: Asked) -> Result<Asked, Error> {
    let (account, id) = (instance.contabo_account_id, instance.contabo_id);
    match asked {
        Asked::JoinNetwork { network, .. } | Asked::LeaveNetwork { network, .. } => {
            let found = resources::one_there::<PrivateNetwork>(rows, account, &network.to_string()).await?;
            let found = found.ok_or(ChangeError::NotFound)?.thing;
            let is_in = found.members.iter().any(|member| member.instance == id);
            let joins = matches!(asked, Asked::JoinNetwork { .. });
            if joins && found.region != Details::of(instance).region {
                return Err(reject("thing", Reason::OtherRegion));
            }
            match (joins, is_in) {
                (true, false) => Ok(Asked::JoinNetwork {
                    network,
                    name: found.name,
                }),
                (false, true) => Ok(Asked::LeaveNetwork {
                    network,
                    name: found.name,
                }),
                _ => Err(reject("thing", Reason::SoAlready)),
            }
        }
        Asked::JoinFirewall { ref firewall, .. } | Asked::LeaveFirewall { ref firewall, .. } => {
            let found = resources::one_there::<Firewall>(rows, account, firewall).await?;
            let found = found.ok_or(ChangeError::NotFound)?.thing;
            let (firewall, name) = (found.id, found.name);
            match (&asked, found.instances.contains(&id)) {
                (Asked::JoinFirewall { .. }, false) => Ok(Asked::JoinFirewall { firewall, name }),
                (Asked::LeaveFirewall { .. }, true) => Ok(Asked::LeaveFirewall { firewall, name }),
                _ => Err(reject("thing", Reason::SoAlready)),
            }
        }
        Asked::AssignVip { ref vip, .. } | Asked::UnassignVip { ref vip, .. } => {
            let found = resources::one_there::<Vip>(rows, account, vip).await?;
            let found = found.ok_or(ChangeError::NotFound)?.thing;
            let (vip, ip) = (found.id, found.ip);
            match (&asked, found.instance) {
                (Asked::AssignVip { .. }, None) => Ok(Asked::AssignVip { vip, ip }),
                (Asked::UnassignVip { .. }, Some(at)) if at == id => Ok(Asked::UnassignVip { vip, ip }),
                _ => Err(reject("thing", Reason::SoAlready)),
            }
        }
        Asked::SetReverseName { ref ip, ref name, .. } => {
            let address = own_address(rows, instance, ip).await?;
            let name = names::domain(name).map_err(|_| reject("ptr", Reason::NotADomain))?;
            let there = reverse_name(rows, instance, address).await?;
            Ok(Asked::SetReverseName {
                // As Contabo writes it: IPv6 with all its zeros.
                is_new: there.is_none() && address.is_ipv6(),
                ip: there.map_or_else(|| written(address), |there| there.ip),
                name,
            })
        }
        Asked::RemoveReverseName { ref ip } => {
            let address = own_address(rows, instance, ip).await?;
            let there = reverse_name(rows, instance, address).await?;
            match there.filter(|_| address.is_ipv6()) {
                Some(there) => Ok(Asked::RemoveReverseName { ip: there.ip }),
                None => Err(reject("thing", Reason::SoAlready)),
            }
        }
        other => Ok(other),
    }
}

fn reject(field: &'static str, reason: Reason) -> Error {
    ChangeError::from(Rejected::one(field, reason)).into()
}

/// The address, if it is one of this instance: its own, one of its IPv6 network, or one that is noted for it.
async fn own_address(rows: &Tenant<'_>, instance: &instance::Model, typed: &str) -> Result<IpAddr, Error> {
    let address: IpAddr = typed
        .trim()
        .parse()
        .map_err(|_| reject("thing", Reason::NotItsAddress))?;
    let details = Details::of(instance);
    let is_own = [&details.ipv4, &details.ipv6]
        .into_iter()
        .flatten()
        .chain(&details.additional)
        .any(|own| match own.ip.is_ipv6() {
            true => IpNet::new(own.ip, own.prefix.max(OWN_IPV6)).is_ok_and(|net| net.contains(&address)),
            false => own.ip == address,
        });
    if is_own || is_noted(rows, instance, address).await? {
        return Ok(address);
    }
    Err(reject("thing", Reason::NotItsAddress))
}

async fn is_noted(rows: &Tenant<'_>, instance: &instance::Model, address: IpAddr) -> Result<bool, DbErr> {
    let vips = resources::list::<Vip>(rows, instance.contabo_account_id).await?;
    Ok(vips.iter().any(|one| {
        one.thing.instance == Some(instance.contabo_id) && one.thing.ip.parse::<IpAddr>().is_ok_and(|ip| ip == address)
    }))
}

async fn reverse_name(
    rows: &Tenant<'_>,
    instance: &instance::Model,
    address: IpAddr,
) -> Result<Option<ReverseName>, DbErr> {
    let all = resources::list::<ReverseName>(rows, instance.contabo_account_id).await?;
    let same = all
        .into_iter()
        .find(|one| one.thing.ip.parse::<IpAddr>().is_ok_and(|ip| ip == address));
    Ok(same.map(|one| one.thing))
}

/// An address as Contabo writes it.
fn written(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let parts = address.segments().map(|part| format!("{part:04x}"));
            parts.join(":")
        }
    }
}

/// Whether what was asked shows in what was just read of the other thing; none: it is about none.
///
/// # Errors
/// When the database does not answer.
pub async fn shows(rows: &Tenant<'_>, instance: &instance::Model, asked: &Asked) -> Result<Option<bool>, DbErr> {
    let (account, id) = (instance.contabo_account_id, instance.contabo_id);
    let Some((_, thing)) = asked.thing() else {
        return Ok(None);
    };
    let is_as_asked = match asked {
        Asked::JoinNetwork { .. } | Asked::LeaveNetwork { .. } => {
            let found = resources::one_there::<PrivateNetwork>(rows, account, &thing).await?;
            let is_in = found.is_some_and(|one| one.thing.members.iter().any(|member| member.instance == id));
            is_in == matches!(asked, Asked::JoinNetwork { .. })
        }
        Asked::JoinFirewall { .. } | Asked::LeaveFirewall { .. } => {
            let found = resources::one_there::<Firewall>(rows, account, &thing).await?;
            let is_behind = found.is_some_and(|one| one.thing.instances.contains(&id));
            is_behind == matches!(asked, Asked::JoinFirewall { .. })
        }
        Asked::AssignVip { .. } | Asked::UnassignVip { .. } => {
            let found = resources::one_there::<Vip>(rows, account, &thing).await?;
            let is_noted = found.is_some_and(|one| one.thing.instance == Some(id));
            is_noted == matches!(asked, Asked::AssignVip { .. })
        }
        Asked::SetReverseName { name, .. } => {
            let found = resources::one_there::<ReverseName>(rows, account, &thing).await?;
            found.is_some_and(|one| one.thing.ptr.trim_end_matches('.').eq_ignore_ascii_case(name))
        }
        Asked::RemoveReverseName { .. } => resources::one_there::<ReverseName>(rows, account, &thing)
            .await?
            .is_none(),
        _ => return Ok(None),
    };
    Ok(Some(is_as_asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_contabo_does() {
        let written = |text: &str| written(text.parse().unwrap());
        assert_eq!(written("2001:db8::1"), "2001:0db8:0000:0000:0000:0000:0000:0001");
        assert_eq!(written("192.0.2.7"), "192.0.2.7");
    }
}
