//! Typed ids: a tag's id can't be passed where a role's is wanted. They are what Contabo gives, and no
//! form is demanded of them beyond a number being a number.

use crate::decode::{Answer, Fault};
use crate::query::Parameter;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

macro_rules! number_ids {
    ($($(#[$about:meta])* $name:ident,)+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Answer for $name {
            fn read(value: &Value) -> Result<Self, Fault> {
                i64::read(value).map(Self)
            }
        }

        impl Parameter for $name {
            fn text(&self) -> String {
                self.0.to_string()
            }
        }
    )+};
}

macro_rules! text_ids {
    ($($(#[$about:meta])* $name:ident,)+) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Answer for $name {
            fn read(value: &Value) -> Result<Self, Fault> {
                let text = String::read(value)?;
                if text.is_empty() {
                    return Err(Fault::new("is empty"));
                }
                Ok(Self(text))
            }
        }

        impl Parameter for $name {
            fn text(&self) -> String {
                self.0.clone()
            }
        }
    )+};
}

number_ids! {
    /// A server: nine digits and more.
    InstanceId,
    /// A stored password or public key.
    SecretId,
    /// A private network.
    PrivateNetworkId,
    /// A tag.
    TagId,
    /// A role.
    RoleId,
    /// A pair of S3 keys.
    CredentialId,
    /// A record of a DNS zone.
    RecordId,
    /// A bought extra of an instance.
    AddOnId,
    /// An offer to move an instance to another plan.
    OfferId,
    /// A troubleshooting check.
    CheckId,
    /// A set of checks that was started together.
    CheckSetId,
    /// What a check is made from.
    CheckTemplateId,
    /// What a set of checks is made from.
    CheckSetTemplateId,
    /// A repair.
    RemedyId,
    /// What a repair is made from.
    RemedyTemplateId,
    /// A set of repairs.
    RemedySetId,
    /// A line of an audit list.
    AuditId,
}

text_ids! {
    /// An image: a UUID.
    ImageId,
    /// A snapshot: `snap` and digits.
    SnapshotId,
    /// A plan: `V153`.
    ProductId,
    /// A one-click application: a UUID.
    ApplicationId,
    /// An address that can be moved: a UUID. Paths use the address itself.
    VipId,
    /// A firewall: a UUID.
    FirewallId,
    /// An object storage: a UUID.
    ObjectStorageId,
    /// A user: a UUID.
    UserId,
    /// A contact for domains.
    HandleId,
}
