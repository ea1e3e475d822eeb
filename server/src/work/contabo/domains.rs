//! From what is asked for domains and their contacts to calls of Contabo; and what pages wait for: whether a name is
//! free, and the code with which a domain is moved away, which is kept nowhere.

use chrono::NaiveTime;
use contabo::{
    CancelDomain, Client, DomainChange, DomainHandles, Error, Gender, HandleAddress, HandleBirth, HandleChange,
    HandleId, HandlePhone, HandleType, Hidden, NewDomain, NewHandle, RequestId,
};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use super::PAGES_WAIT;
use crate::domain::contabo::{
    actions::{NameServer, ThingAsked},
    resources::{Birth, Contacts, Reach},
};

/// Why there is no answer for a page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    #[error(transparent)]
    Refused(#[from] Error),
    #[error("Contabo did not answer in time")]
    Late,
    /// It said yes and no code.
    #[error("Contabo gave no code")]
    None,
}

/// Whether a domain of this name can be registered.
///
/// # Errors
/// Any [`NoAnswer`].
pub(crate) async fn is_free(client: &Client, domain: &str) -> Result<bool, NoAnswer> {
    let asked = timeout(PAGES_WAIT, client.domains().is_available(domain)).await;
    Ok(asked.map_err(|_| NoAnswer::Late)??)
}

/// A new code with which another registrar takes the domain over. If its answer was lost, another one can be made.
///
/// # Errors
/// Any [`NoAnswer`].
pub(crate) async fn make_code(client: &Client, domain: &str, request: RequestId) -> Result<SecretString, NoAnswer> {
    let made = timeout(PAGES_WAIT, client.domains().make_auth_code(domain, request)).await;
    let made = made.map_err(|_| NoAnswer::Late)??;
    let code = made.auth_code.as_ref().map(Hidden::expose).unwrap_or_default();
    match code.is_empty() {
        true => Err(NoAnswer::None),
        false => Ok(SecretString::from(code)),
    }
}

pub(super) async fn domain(
    client: &Client,
    asked: &ThingAsked,
    secret: Option<&SecretString>,
    request: RequestId,
) -> Result<Option<String>, Error> {
    let domains = client.domains();
    match asked {
        ThingAsked::OrderDomain {
            domain,
            contacts,
            servers,
            ..
        } => {
            let order = NewDomain {
                domain: domain.clone(),
                auth_code: secret.map(|code| Hidden::from(code.expose_secret())),
                handles: handles(contacts),
                nameservers: name_servers(servers),
                resource_type: None,
                resource_id: None,
            };
            return Ok(Some(domains.order(&order, request).await?.domain.to_ascii_lowercase()));
        }
        ThingAsked::SetNameServers { domain, servers } => {
            let change = DomainChange {
                nameservers: Some(name_servers(servers)),
                handles: None,
            };
            domains.update(domain, &change, request).await?;
        }
        ThingAsked::SetContacts { domain, contacts } => {
            let change = DomainChange {
                nameservers: None,
                handles: Some(handles(contacts)),
            };
            domains.update(domain, &change, request).await?;
        }
        ThingAsked::CancelDomain {
            domain,
            reason,
            text,
            on,
        } => {
            let cancel = CancelDomain {
                reason: Some(reason.clone()),
                reason_text: said(text),
                cancel_date: on.map(|day| day.and_time(NaiveTime::MIN).and_utc()),
            };
            domains.cancel(domain, &cancel, request).await?;
        }
        ThingAsked::RevokeCancellation { domain } => domains.revoke_cancellation(domain, request).await?,
        ThingAsked::AcceptTransfer { domain } => domains.accept_transfer(domain, request).await?,
        ThingAsked::RejectTransfer { domain } => domains.reject_transfer(domain, request).await?,
        _ => {}
    }
    Ok(None)
}

pub(super) async fn contact(
    client: &Client,
    asked: &ThingAsked,
    secret: Option<&SecretString>,
    request: RequestId,
) -> Result<Option<String>, Error> {
    let contacts = client.handles();
    match asked {
        ThingAsked::CreateContact { who, reach, .. } => {
            let new = NewHandle {
                handle_type: HandleType::from(who.kind.as_str()),
                first_name: who.first_name.clone(),
                last_name: who.last_name.clone(),
                organization: said(&who.organization),
                details: details(reach, secret),
            };
            return Ok(Some(contacts.create(&new, request).await?.handle_id.to_string()));
        }
        ThingAsked::ChangeContact { contact, reach, .. } => {
            let id = HandleId::from(contact.as_str());
            contacts.update(&id, &details(reach, secret), request).await?;
        }
        ThingAsked::DeleteContact { contact, .. } => {
            contacts.delete(&HandleId::from(contact.as_str()), request).await?;
        }
        ThingAsked::MakeDefaultContact { contact, .. } => {
            let id = HandleId::from(contact.as_str());
            contacts.make_default(&id, request).await?;
        }
        _ => {}
    }
    Ok(None)
}

fn handles(contacts: &Contacts) -> DomainHandles {
    let id = |id: &String| Some(HandleId::from(id.as_str()));
    DomainHandles {
        owner: id(&contacts.owner),
        admin: id(&contacts.admin),
        tech: id(&contacts.tech),
        zone: id(&contacts.zone),
    }
}

fn name_servers(servers: &[NameServer]) -> Vec<contabo::NameServer> {
    let one = |server: &NameServer| contabo::NameServer {
        hostname: vec![server.name.clone()],
        ipv4: server.ipv4.clone(),
        ipv6: server.ipv6.clone(),
    };
    servers.iter().map(one).collect()
}

fn details(reach: &Reach, pin: Option<&SecretString>) -> HandleChange {
    let phone = |(prefix, number): &(String, String)| HandlePhone {
        prefix: prefix.clone(),
        number: number.clone(),
    };
    let birth = |birth: &Birth| HandleBirth {
        date: birth.at,
        city: said(&birth.city),
        zip_code: said(&birth.zip_code),
        country: said(&birth.country),
    };
    HandleChange {
        email: reach.email.clone(),
        gender: Gender::from(reach.gender.as_str()),
        birth_info: reach.birth.as_ref().map(birth),
        address: HandleAddress {
            street: reach.street.clone(),
            street_number: reach.street_number.clone(),
            zip_code: reach.zip_code.clone(),
            city: reach.city.clone(),
            country: reach.country.clone(),
            region: said(&reach.region),
            siret: said(&reach.siret),
        },
        phone: phone(&reach.phone),
        fax: Some(phone(&reach.fax)).filter(|fax| !fax.number.is_empty()),
        nic_it_entity_type: said(&reach.italian_kind),
        pin: pin.map(|pin| Hidden::from(pin.expose_secret())),
    }
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
