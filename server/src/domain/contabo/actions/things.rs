//! What can be asked for the things of an account: networks, firewalls, names, domains, images, keys, tags.
//!
//! What is asked for an instance, though it be about one of these, is among the kinds of instances.

use std::time::Duration;

use chrono::NaiveDate;
use entity::action;
use serde::{Deserialize, Serialize};

use crate::domain::{
    contabo::resources::{Contacts, DnsRecord, Reach, Rights, Rule, Thing, Who},
    identity::StaffPermission,
};

/// How long Contabo has for one before it is taken for failed.
pub const TAKES_AT_MOST: Duration = Duration::from_secs(10 * 60);

/// Something asked for a thing of an account, with what it needs to know. No secrets: those are sealed beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ThingAsked {
    CreateNetwork {
        name: String,
        region: String,
        description: String,
    },
    ChangeNetwork {
        network: i64,
        name: String,
        description: String,
    },
    /// Those who are in it are taken out.
    DeleteNetwork {
        network: i64,
        name: String,
    },
    CreateFirewall {
        name: String,
        description: String,
        is_active: bool,
        rules: Vec<Rule>,
    },
    ChangeFirewall {
        firewall: String,
        name: String,
        description: String,
        is_active: bool,
    },
    /// In the place of all rules that are there.
    ReplaceRules {
        firewall: String,
        name: String,
        rules: Vec<Rule>,
    },
    DeleteFirewall {
        firewall: String,
        name: String,
    },
    CreateZone {
        name: String,
    },
    DeleteZone {
        name: String,
    },
    /// The record's own number counts only where it is changed or deleted.
    AddRecord {
        zone: String,
        record: DnsRecord,
    },
    ChangeRecord {
        zone: String,
        record: DnsRecord,
    },
    DeleteRecord {
        zone: String,
        record: DnsRecord,
    },
    /// Contabo downloads it.
    CreateImage {
        name: String,
        description: String,
        url: String,
        os_type: String,
        version: String,
    },
    ChangeImage {
        image: String,
        name: String,
        description: String,
    },
    DeleteImage {
        image: String,
        name: String,
    },
    /// What it is worth is sealed beside it.
    CreateSecret {
        name: String,
        /// `password` or `ssh`.
        #[serde(rename = "of")]
        kind: String,
    },
    RenameSecret {
        secret: i64,
        name: String,
    },
    /// With another value, sealed beside it, under the same name.
    ReplaceSecret {
        secret: i64,
        name: String,
    },
    DeleteSecret {
        secret: i64,
        name: String,
    },
    /// Registers a domain, or moves it here, which is billed. The code for moving is sealed beside it.
    OrderDomain {
        domain: String,
        is_transfer: bool,
        contacts: Contacts,
        servers: Vec<NameServer>,
    },
    /// In the place of all that it has.
    SetNameServers {
        domain: String,
        servers: Vec<NameServer>,
    },
    SetContacts {
        domain: String,
        contacts: Contacts,
    },
    /// Gives it up.
    CancelDomain {
        domain: String,
        /// One of the sentences that Contabo takes.
        reason: String,
        /// In one's own words; empty: none.
        text: String,
        /// None: when Contabo next lets it end.
        on: Option<NaiveDate>,
    },
    /// Takes a cancellation back.
    RevokeCancellation {
        domain: String,
    },
    /// Lets another registrar have it.
    AcceptTransfer {
        domain: String,
    },
    RejectTransfer {
        domain: String,
    },
    /// The number for the Italian registry is sealed beside it, where one was typed.
    CreateContact {
        name: String,
        who: Who,
        reach: Reach,
    },
    ChangeContact {
        contact: String,
        name: String,
        reach: Reach,
    },
    DeleteContact {
        contact: String,
        name: String,
    },
    /// New domains get it.
    MakeDefaultContact {
        contact: String,
        name: String,
    },
    CreateTag {
        name: String,
        color: String,
        description: String,
    },
    ChangeTag {
        tag: i64,
        name: String,
        color: String,
        description: String,
    },
    DeleteTag {
        tag: i64,
        name: String,
    },
    /// Puts it on a thing: `instance`, `image` or `object-storage`.
    PutTag {
        tag: i64,
        name: String,
        on: String,
        id: String,
    },
    TakeTag {
        tag: i64,
        name: String,
        on: String,
        id: String,
    },
    RenameStorage {
        storage: String,
        name: String,
    },
    /// Buys more room, or changes how it grows by itself. What is left out stays as it is.
    ResizeStorage {
        storage: String,
        name: String,
        /// All that it has afterwards, in steps of 250 GB.
        #[serde(default)]
        steps: Option<i64>,
        #[serde(default)]
        growth: Option<Growth>,
    },
    /// Ends the contract at its next possible date, which can't be taken back over the API.
    CancelStorage {
        storage: String,
        name: String,
    },
    /// Invites somebody to the account at Contabo.
    CreateUser {
        email: String,
        first_name: String,
        last_name: String,
        locale: String,
        gets_invoices: bool,
        access: Access,
    },
    ChangeUser {
        user: String,
        email: String,
        first_name: String,
        last_name: String,
        locale: String,
        gets_invoices: bool,
        /// None: it stays as it is.
        access: Option<Access>,
    },
    DeleteUser {
        user: String,
        email: String,
    },
    /// Has Contabo mail a link to choose a new password.
    MailPasswordLink {
        user: String,
        email: String,
    },
    /// Has Contabo mail the link again that proves the address.
    MailProofLink {
        user: String,
        email: String,
    },
    CreateRole {
        name: String,
        rights: Rights,
    },
    /// Another in the place of this one.
    ChangeRole {
        role: i64,
        name: String,
        rights: Rights,
    },
    DeleteRole {
        role: i64,
        name: String,
    },
}

/// What decides about somebody's access to the account at Contabo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Contabo's ids of the roles.
    pub roles: Vec<i64>,
    pub is_enabled: bool,
    pub has_second_factor: bool,
}

/// Where a domain's names are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameServer {
    pub name: String,
    /// Its addresses, where it is within the domain.
    #[serde(default)]
    pub ipv4: Vec<String>,
    #[serde(default)]
    pub ipv6: Vec<String>,
}

/// How a storage shall grow by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Growth {
    pub is_on: bool,
    /// Up to so many steps of 250 GB. Contabo wants a ceiling for one that does not grow, too.
    pub up_to: i64,
}

/// What is done to the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Create,
    Change,
    Delete,
    /// Changes what is in it: rules, records, a value.
    SetRules,
    AddRecord,
    ChangeRecord,
    DeleteRecord,
    SetValue,
    PutOn,
    TakeOff,
    /// Buys more of it, or lets it grow.
    Grow,
    /// Ends its contract.
    End,
    /// Has Contabo mail a link.
    MailLink,
    /// Buys one, or moves it here.
    Order,
    SetNameServers,
    SetContacts,
    RevokeCancellation,
    AcceptTransfer,
    RejectTransfer,
    MakeDefault,
}

/// What an action is about, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About<'a> {
    pub verb: Verb,
    pub thing: Thing,
    /// Contabo's id of it; none: it is not there yet.
    pub id: Option<String>,
    /// What it is called, or will be.
    pub name: &'a str,
}

impl ThingAsked {
    /// What it is about.
    #[must_use]
    pub fn about(&self) -> About<'_> {
        use Thing::{Contact, DnsZone, Domain, Firewall, Image, PrivateNetwork, Role, Secret, Storage, Tag, User};
        let (verb, thing, id, name) = match self {
            Self::CreateNetwork { name, .. } => (Verb::Create, PrivateNetwork, None, name),
            Self::ChangeNetwork { network, name, .. } => {
                (Verb::Change, PrivateNetwork, Some(network.to_string()), name)
            }
            Self::DeleteNetwork { network, name } => (Verb::Delete, PrivateNetwork, Some(network.to_string()), name),
            Self::CreateFirewall { name, .. } => (Verb::Create, Firewall, None, name),
            Self::ChangeFirewall { firewall, name, .. } => (Verb::Change, Firewall, Some(firewall.clone()), name),
            Self::ReplaceRules { firewall, name, .. } => (Verb::SetRules, Firewall, Some(firewall.clone()), name),
            Self::DeleteFirewall { firewall, name } => (Verb::Delete, Firewall, Some(firewall.clone()), name),
            Self::CreateZone { name } => (Verb::Create, DnsZone, None, name),
            Self::DeleteZone { name } => (Verb::Delete, DnsZone, Some(name.clone()), name),
            Self::AddRecord { zone, .. } => (Verb::AddRecord, DnsZone, Some(zone.clone()), zone),
            Self::ChangeRecord { zone, .. } => (Verb::ChangeRecord, DnsZone, Some(zone.clone()), zone),
            Self::DeleteRecord { zone, .. } => (Verb::DeleteRecord, DnsZone, Some(zone.clone()), zone),
            Self::CreateImage { name, .. } => (Verb::Create, Image, None, name),
            Self::ChangeImage { image, name, .. } => (Verb::Change, Image, Some(image.clone()), name),
            Self::DeleteImage { image, name } => (Verb::Delete, Image, Some(image.clone()), name),
            Self::CreateSecret { name, .. } => (Verb::Create, Secret, None, name),
            Self::RenameSecret { secret, name } => (Verb::Change, Secret, Some(secret.to_string()), name),
            Self::ReplaceSecret { secret, name } => (Verb::SetValue, Secret, Some(secret.to_string()), name),
            Self::DeleteSecret { secret, name } => (Verb::Delete, Secret, Some(secret.to_string()), name),
            Self::OrderDomain { domain, .. } => (Verb::Order, Domain, None, domain),
            Self::SetNameServers { domain, .. } => (Verb::SetNameServers, Domain, Some(domain.clone()), domain),
            Self::SetContacts { domain, .. } => (Verb::SetContacts, Domain, Some(domain.clone()), domain),
            Self::CancelDomain { domain, .. } => (Verb::End, Domain, Some(domain.clone()), domain),
            Self::RevokeCancellation { domain } => (Verb::RevokeCancellation, Domain, Some(domain.clone()), domain),
            Self::AcceptTransfer { domain } => (Verb::AcceptTransfer, Domain, Some(domain.clone()), domain),
            Self::RejectTransfer { domain } => (Verb::RejectTransfer, Domain, Some(domain.clone()), domain),
            Self::CreateContact { name, .. } => (Verb::Create, Contact, None, name),
            Self::ChangeContact { contact, name, .. } => (Verb::Change, Contact, Some(contact.clone()), name),
            Self::DeleteContact { contact, name } => (Verb::Delete, Contact, Some(contact.clone()), name),
            Self::MakeDefaultContact { contact, name } => (Verb::MakeDefault, Contact, Some(contact.clone()), name),
            Self::CreateTag { name, .. } => (Verb::Create, Tag, None, name),
            Self::ChangeTag { tag, name, .. } => (Verb::Change, Tag, Some(tag.to_string()), name),
            Self::DeleteTag { tag, name } => (Verb::Delete, Tag, Some(tag.to_string()), name),
            Self::PutTag { tag, name, .. } => (Verb::PutOn, Tag, Some(tag.to_string()), name),
            Self::TakeTag { tag, name, .. } => (Verb::TakeOff, Tag, Some(tag.to_string()), name),
            Self::RenameStorage { storage, name } => (Verb::Change, Storage, Some(storage.clone()), name),
            Self::ResizeStorage { storage, name, .. } => (Verb::Grow, Storage, Some(storage.clone()), name),
            Self::CancelStorage { storage, name } => (Verb::End, Storage, Some(storage.clone()), name),
            Self::CreateUser { email, .. } => (Verb::Create, User, None, email),
            Self::ChangeUser { user, email, .. } => (Verb::Change, User, Some(user.clone()), email),
            Self::DeleteUser { user, email } => (Verb::Delete, User, Some(user.clone()), email),
            Self::MailPasswordLink { user, email } | Self::MailProofLink { user, email } => {
                (Verb::MailLink, User, Some(user.clone()), email)
            }
            Self::CreateRole { name, .. } => (Verb::Create, Role, None, name),
            Self::ChangeRole { role, name, .. } => (Verb::Change, Role, Some(role.to_string()), name),
            Self::DeleteRole { role, name } => (Verb::Delete, Role, Some(role.to_string()), name),
        };
        About { verb, thing, id, name }
    }

    /// Whether sending it twice may make two of it, or cost twice. Such a call is never sent again by itself.
    #[must_use]
    pub fn is_sent_once(&self) -> bool {
        matches!(
            self.about().verb,
            Verb::Create | Verb::AddRecord | Verb::Grow | Verb::Order
        )
    }

    /// Whether a secret belongs to it.
    #[must_use]
    pub fn has_a_secret(&self) -> bool {
        matches!(self, Self::CreateSecret { .. } | Self::ReplaceSecret { .. })
    }

    /// What a staff user needs for it; it is not for clients. Roles at Contabo hang on tags.
    #[must_use]
    pub fn for_staff(&self) -> StaffPermission {
        match self.about().thing {
            Thing::Tag | Thing::User | Thing::Role => StaffPermission::ManageContabo,
            _ => StaffPermission::ManageServers,
        }
    }

    /// As it is kept in a row.
    ///
    /// # Errors
    /// Never for these kinds; JSON says so.
    pub(super) fn arguments(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// From a row that is about no instance.
    ///
    /// # Errors
    /// When another version wrote it that knew other kinds.
    pub fn of(row: &action::Model) -> Result<Self, serde_json::Error> {
        serde_json::from_value(row.arguments.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_what_makes_one_more_is_known() {
        let create = ThingAsked::CreateSecret {
            name: "deploy".to_owned(),
            kind: "ssh".to_owned(),
        };
        let kept = create.arguments().unwrap();
        assert_eq!(kept["kind"], "create_secret");
        assert_eq!(serde_json::from_value::<ThingAsked>(kept).unwrap(), create);
        assert!(create.is_sent_once() && create.has_a_secret());
        let delete = ThingAsked::DeleteZone {
            name: "example.net".to_owned(),
        };
        assert!(!delete.is_sent_once());
        assert_eq!(delete.about().id.as_deref(), Some("example.net"));
    }
}
