//! What may be asked of a domain or a contact, and whether it shows.

use entity::{ContaboAccountId, Tenant, action, contabo_resource};
use sea_orm::DbErr;

use crate::domain::{
    contabo::{
        actions::{self, NameServer, ThingAsked},
        resources::{self, Contact, Domain},
    },
    typed::{ChangeError, Rejected},
};

/// Whether this may be asked in the account, which is locked; of `row`, where it is about something that is there. `open`:
/// what waits there already.
///
/// # Errors
/// Why not.
pub(in crate::domain::contabo) async fn allow(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    row: Option<&contabo_resource::Model>,
    asked: &ThingAsked,
    open: &[action::Model],
) -> Result<(), actions::Error> {
    use actions::Reason;
    let reject = |reason| Err(ChangeError::from(Rejected::one("domain", reason)).into());
    let waits = |is: fn(&ThingAsked) -> bool| {
        let mut open = open.iter().filter_map(|row| ThingAsked::of(row).ok());
        open.any(|there| is(&there) && there.about().name == asked.about().name)
    };
    if let ThingAsked::OrderDomain { domain, .. } = asked {
        // It is paid for: not twice, be it with other name servers.
        if waits(|there| matches!(there, ThingAsked::OrderDomain { .. })) {
            return Err(actions::Error::AlreadyAsked);
        }
        return match is_here(rows, account, domain).await? {
            true => reject(Reason::NameTaken),
            false => Ok(()),
        };
    }
    let Some(row) = row else { return Ok(()) };
    if let ThingAsked::MakeDefaultContact { .. } = asked {
        let contact: Contact = read(row)?;
        return if contact.is_default {
            reject(Reason::SoAlready)
        } else {
            Ok(())
        };
    }
    if row.kind != <Domain as resources::Kind>::NAME {
        return Ok(());
    }
    let domain: Domain = read(row)?;
    if domain.is_over() {
        return reject(Reason::NotHereAnyMore);
    }
    match asked {
        ThingAsked::CancelDomain { .. } if domain.cancels_at.is_some() => Err(actions::Error::AlreadyCancelled),
        ThingAsked::CancelDomain { .. } if waits(|there| matches!(there, ThingAsked::CancelDomain { .. })) => {
            Err(actions::Error::AlreadyAsked)
        }
        ThingAsked::RevokeCancellation { .. } if domain.cancels_at.is_none() => reject(Reason::SoAlready),
        ThingAsked::AcceptTransfer { .. } | ThingAsked::RejectTransfer { .. } => {
            let is_answer = |there: &ThingAsked| {
                matches!(
                    there,
                    ThingAsked::AcceptTransfer { .. } | ThingAsked::RejectTransfer { .. }
                )
            };
            if !domain.leaves {
                reject(Reason::NothingToAnswer)
            } else if waits(is_answer) {
                Err(actions::Error::AlreadyAsked)
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

fn read<K: resources::Kind>(row: &contabo_resource::Model) -> Result<K, actions::Error> {
    serde_json::from_value(row.details.clone()).map_err(|_| ChangeError::NotFound.into())
}

/// Whether the account has a domain of this name, as far as is known here.
///
/// # Errors
/// When the database does not answer.
async fn is_here(rows: &Tenant<'_>, account: ContaboAccountId, domain: &str) -> Result<bool, DbErr> {
    let found = resources::one_there::<Domain>(rows, account, domain).await?;
    Ok(found.is_some_and(|found| !found.thing.is_over()))
}

/// Whether what was asked of a domain or a contact shows in what was read last; none: it can't be told, or is about
/// neither.
///
/// # Errors
/// When the database does not answer.
pub(in crate::domain::contabo) async fn shows(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    asked: &ThingAsked,
) -> Result<Option<bool>, DbErr> {
    let domain = match asked {
        ThingAsked::MakeDefaultContact { contact, .. } => {
            let found = resources::one_there::<Contact>(rows, account, contact).await?;
            return Ok(found.filter(|found| found.thing.is_default).map(|_| true));
        }
        ThingAsked::ChangeContact { contact, reach, .. } => {
            let found = resources::one_there::<Contact>(rows, account, contact).await?;
            // How Contabo writes an address back is its own; its log says whether it was changed.
            return Ok(found.filter(|found| found.thing.reach == *reach).map(|_| true));
        }
        // What is paid for shows, or was not done.
        ThingAsked::OrderDomain { domain, .. } => return is_here(rows, account, domain).await.map(Some),
        ThingAsked::SetNameServers { domain, .. }
        | ThingAsked::SetContacts { domain, .. }
        | ThingAsked::CancelDomain { domain, .. }
        | ThingAsked::RevokeCancellation { domain }
        | ThingAsked::AcceptTransfer { domain }
        | ThingAsked::RejectTransfer { domain } => domain,
        _ => return Ok(None),
    };
    let found = resources::one_there::<Domain>(rows, account, domain).await?;
    Ok(is_so(asked, found.as_ref().map(|found| &found.thing)))
}

/// Whether a domain is as it was asked; none: it can't be told.
fn is_so(asked: &ThingAsked, domain: Option<&Domain>) -> Option<bool> {
    match (asked, domain) {
        (ThingAsked::AcceptTransfer { .. }, None) => Some(true),
        (_, None) => None,
        (ThingAsked::SetNameServers { servers, .. }, Some(domain)) => {
            same(servers, &domain.name_servers).then_some(true)
        }
        (ThingAsked::SetContacts { contacts, .. }, Some(domain)) => (*contacts == domain.contacts).then_some(true),
        (ThingAsked::CancelDomain { .. }, Some(domain)) => Some(domain.cancels_at.is_some()),
        (ThingAsked::RevokeCancellation { .. }, Some(domain)) => Some(domain.cancels_at.is_none()),
        (ThingAsked::AcceptTransfer { .. }, Some(domain)) => domain.is_let_go().then_some(true),
        (ThingAsked::RejectTransfer { .. }, Some(domain)) => (!domain.leaves && !domain.is_let_go()).then_some(true),
        _ => None,
    }
}

/// Whether the names are the same, in whatever order and letters.
fn same(asked: &[NameServer], there: &[String]) -> bool {
    let plain = |name: &str| name.trim_end_matches('.').to_ascii_lowercase();
    let mut asked: Vec<String> = asked.iter().map(|server| plain(&server.name)).collect();
    let mut there: Vec<String> = there.iter().map(|name| plain(name)).collect();
    asked.sort();
    there.sort();
    asked == there
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(status: &str, leaves: bool) -> Domain {
        Domain {
            name: "example.net".to_owned(),
            status: status.to_owned(),
            leaves,
            name_servers: vec!["NS2.contabo.net.".to_owned(), "ns1.contabo.net".to_owned()],
            ..Domain::default()
        }
    }

    #[test]
    fn what_shows_is_what_was_asked_and_not_its_contrary() {
        let name = || "example.net".to_owned();
        let (accept, reject) = (
            ThingAsked::AcceptTransfer { domain: name() },
            ThingAsked::RejectTransfer { domain: name() },
        );
        for (status, leaves, accepted, rejected) in [
            ("transferring out", true, None, None),
            ("transferring out", false, Some(true), None),
            ("transferred", false, Some(true), None),
            ("ready", false, None, Some(true)),
        ] {
            let seen = domain(status, leaves);
            assert_eq!(is_so(&accept, Some(&seen)), accepted, "{status}");
            assert_eq!(is_so(&reject, Some(&seen)), rejected, "{status}");
        }
        assert_eq!((is_so(&accept, None), is_so(&reject, None)), (Some(true), None));
        let servers = ["ns1.contabo.net", "ns2.contabo.net"].map(|name| NameServer {
            name: name.to_owned(),
            ipv4: Vec::new(),
            ipv6: Vec::new(),
        });
        let set = |servers: &[NameServer]| ThingAsked::SetNameServers {
            domain: name(),
            servers: servers.to_vec(),
        };
        assert_eq!(is_so(&set(&servers), Some(&domain("ready", false))), Some(true));
        assert_eq!(is_so(&set(&servers[..1]), Some(&domain("ready", false))), None);
    }
}
