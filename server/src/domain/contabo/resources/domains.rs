//! Domains, and the contacts that they have.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Kind, kinds::text};

/// A domain that was registered or moved to Contabo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Domain {
    pub name: String,
    /// Contabo's word for what it does.
    pub status: String,
    /// Why it is in error.
    pub error: Option<String>,
    pub name_servers: Vec<String>,
    pub contacts: Contacts,
    /// Keys by which its answers are proven; as DNSKEY records.
    pub keys: Vec<String>,
    pub registered_at: Option<DateTime<Utc>>,
    pub renews_at: Option<DateTime<Utc>>,
    /// When it is over, once it is cancelled.
    pub cancels_at: Option<DateTime<Utc>>,
    /// Somebody wants to take it to another registrar, and a yes or no is waited for.
    pub leaves: bool,
    /// Since when, where Contabo says so.
    pub leaves_since: Option<DateTime<Utc>>,
}

/// The contacts of a domain, by Contabo's ids of them; empty: Contabo says none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contacts {
    pub owner: String,
    pub admin: String,
    pub tech: String,
    pub zone: String,
}

impl Contacts {
    /// All four with what they are for.
    #[must_use]
    pub fn all(&self) -> [(&'static str, &str); 4] {
        [
            ("owner", &self.owner),
            ("admin", &self.admin),
            ("tech", &self.tech),
            ("zone", &self.zone),
        ]
    }
}

/// Contabo's words for a domain that it is still at.
const UNDER_WAY: [&str; 2] = ["processing", "transferring in"];

/// Contabo's words for a domain that is no more in the account, though it is listed.
const OVER: [&str; 2] = ["transferred", "cancelled"];

/// Contabo's word for one that somebody takes away.
const LEAVING: &str = "transferring out";

impl Kind for Domain {
    const NAME: &'static str = "domain";

    fn contabo_id(&self) -> String {
        self.name.clone()
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn is_settled(&self) -> bool {
        !UNDER_WAY.contains(&self.status.as_str())
    }
}

impl Domain {
    /// From what Contabo says of it. `waiting`: the transfers away that wait for an answer, as far as Contabo lists them.
    #[must_use]
    pub fn new(found: &contabo::Domain, waiting: &[contabo::PendingTransfer]) -> Self {
        let status = text(found.status.as_ref());
        let mut waiting = waiting.iter();
        let waits = waiting.find(|one| one.domain.eq_ignore_ascii_case(&found.domain));
        // Not every account has that list; without it the domain itself says so, with the word for one that leaves.
        let says_so = status == LEAVING && found.transfer_out_confirmation.unwrap_or_default();
        let error = found.status_error.as_ref().and_then(|error| {
            let said = error.message.as_ref().or(error.code.as_ref());
            said.filter(|said| !said.is_empty()).cloned()
        });
        let contact = |of: fn(&contabo::DomainHandles) -> &Option<contabo::HandleId>| {
            let found = found.handles.as_ref().and_then(|handles| of(handles).as_ref());
            found.map(ToString::to_string).unwrap_or_default()
        };
        Self {
            name: found.domain.to_ascii_lowercase(),
            error,
            name_servers: found.nameservers.clone(),
            contacts: Contacts {
                owner: contact(|handles| &handles.owner),
                admin: contact(|handles| &handles.admin),
                tech: contact(|handles| &handles.tech),
                zone: contact(|handles| &handles.zone),
            },
            keys: found.dnssec_keys.clone(),
            registered_at: found.registration_date,
            renews_at: found.renewal_date,
            cancels_at: found.cancel_date,
            leaves: waits.is_some() || says_so,
            leaves_since: waits.and_then(|waits| waits.created_on),
            status,
        }
    }

    /// Whether it is no more in the account.
    #[must_use]
    pub fn is_over(&self) -> bool {
        OVER.contains(&self.status.as_str())
    }

    /// Whether it was let go, be it that it has not left yet.
    #[must_use]
    pub fn is_let_go(&self) -> bool {
        !self.leaves && [LEAVING, "transferred"].contains(&self.status.as_str())
    }
}

/// Whom registries know by an id: a person or an organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    pub id: String,
    /// Whether new domains get it.
    pub is_default: bool,
    #[serde(flatten)]
    pub who: Who,
    #[serde(flatten)]
    pub reach: Reach,
}

/// What never changes of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Who {
    /// `person` or `organization`.
    #[serde(rename = "of")]
    pub kind: String,
    pub first_name: String,
    pub last_name: String,
    /// Empty: none.
    pub organization: String,
}

/// What can change of a contact. What is empty was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reach {
    pub email: String,
    /// `male`, `female` or `na`.
    pub gender: String,
    pub street: String,
    pub street_number: String,
    pub zip_code: String,
    pub city: String,
    /// As `DE`.
    pub country: String,
    pub region: String,
    /// The number of a French company.
    pub siret: String,
    /// As `49` and `891234`.
    pub phone: (String, String),
    pub fax: (String, String),
    pub birth: Option<Birth>,
    /// What kind of somebody the Italian registry takes it for.
    pub italian_kind: String,
}

/// When and where somebody was born, which some registries want to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Birth {
    pub at: Option<DateTime<Utc>>,
    pub zip_code: String,
    pub city: String,
    pub country: String,
}

impl Who {
    /// What people call it.
    #[must_use]
    pub fn name(&self) -> String {
        let person = format!("{} {}", self.first_name, self.last_name);
        match self.organization.as_str() {
            "" => person.trim().to_owned(),
            organization => organization.to_owned(),
        }
    }
}

impl Kind for Contact {
    const NAME: &'static str = "domain_contact";

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.who.name()
    }
}

impl From<&contabo::Handle> for Contact {
    fn from(found: &contabo::Handle) -> Self {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let phone = |phone: &Option<contabo::HandlePhone>| {
            let phone = phone.clone().unwrap_or_default();
            (phone.prefix, phone.number)
        };
        let address = found.address.clone().unwrap_or_default();
        let birth = found.birth_info.as_ref().map(|birth| Birth {
            at: birth.date,
            zip_code: said(&birth.zip_code),
            city: said(&birth.city),
            country: said(&birth.country),
        });
        Self {
            id: found.handle_id.to_string(),
            is_default: found.is_default.unwrap_or_default(),
            who: Who {
                kind: text(found.handle_type.as_ref()),
                first_name: found.first_name.clone(),
                last_name: found.last_name.clone(),
                organization: said(&found.organization),
            },
            reach: Reach {
                email: said(&found.email),
                gender: text(found.gender.as_ref()),
                street: address.street,
                street_number: address.street_number,
                zip_code: address.zip_code,
                city: address.city,
                country: address.country,
                region: address.region.unwrap_or_default(),
                siret: address.siret.unwrap_or_default(),
                phone: phone(&found.phone),
                fax: phone(&found.fax),
                birth: birth.filter(|birth| *birth != Birth::default()),
                italian_kind: said(&found.nic_it_entity_type),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use contabo::Answer;
    use serde_json::json;

    use super::*;

    fn domain(status: &str, confirms: bool) -> contabo::Domain {
        let answer = json!({
            "domain": "Example.net",
            "status": status,
            "transferOutConfirmation": confirms,
            "nameservers": [],
        });
        contabo::Domain::read(&answer).unwrap()
    }

    #[test]
    fn a_transfer_waits_where_contabo_lists_it_or_the_domain_leaves_and_asks() {
        let listed = contabo::PendingTransfer::read(&json!({ "domain": "EXAMPLE.NET" })).unwrap();
        assert!(Domain::new(&domain("ready", false), &[listed]).leaves);
        assert!(Domain::new(&domain("transferring out", true), &[]).leaves);
        // That it would have to be confirmed is no transfer.
        assert!(!Domain::new(&domain("ready", true), &[]).leaves);
        let let_go = Domain::new(&domain("transferring out", false), &[]);
        assert!(let_go.is_let_go() && !let_go.is_over());
        assert_eq!(let_go.name, "example.net");
    }
}
