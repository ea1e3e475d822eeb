//! The people of an account at Contabo, and their roles. They are none of Mainstay's users.

use serde::{Deserialize, Serialize};

use super::{Kind, kinds::text};

/// A user of the account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    pub id: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub locale: String,
    pub is_verified: bool,
    pub is_enabled: bool,
    /// Whether a second factor is asked for.
    pub has_second_factor: bool,
    pub is_owner: bool,
    /// Whether invoices are mailed there.
    pub gets_invoices: bool,
    /// Contabo's ids of the roles, with their names.
    pub roles: Vec<(i64, String)>,
}

impl Kind for User {
    const NAME: &'static str = "contabo_user";

    fn contabo_id(&self) -> String {
        self.id.clone()
    }

    fn name(&self) -> String {
        self.email.clone()
    }
}

impl From<&contabo::User> for User {
    fn from(found: &contabo::User) -> Self {
        let roles = found.roles.iter().map(|role| (role.role_id.0, role.name.clone()));
        Self {
            id: found.user_id.0.clone(),
            email: found.email.clone(),
            first_name: found.first_name.clone(),
            last_name: found.last_name.clone(),
            locale: text(found.locale.as_ref()),
            is_verified: found.email_verified.unwrap_or_default(),
            is_enabled: found.enabled.unwrap_or_default(),
            has_second_factor: found.totp.unwrap_or_default(),
            is_owner: found.owner.unwrap_or_default(),
            gets_invoices: found.send_invoice_email.unwrap_or_default(),
            roles: roles.collect(),
        }
    }
}

impl User {
    /// Whether it is the one with this mail address.
    #[must_use]
    pub fn is(&self, email: &str) -> bool {
        self.email.eq_ignore_ascii_case(email.trim())
    }
}

/// What somebody with a role may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rights {
    /// Everything.
    pub is_admin: bool,
    /// Also with what has none of the tags.
    pub reaches_all: bool,
    pub permissions: Vec<Permission>,
}

/// What may be done with a part of Contabo's API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permission {
    /// As `/v1/tags`.
    pub api: String,
    /// `CREATE`, `READ`, `UPDATE`, `DELETE`.
    pub actions: Vec<String>,
    /// Contabo's ids of the tags that it is bound to.
    pub tags: Vec<i64>,
}

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Role {
    pub id: i64,
    pub name: String,
    /// `default` for Contabo's own, which are fixed.
    pub kind: String,
    #[serde(flatten)]
    pub rights: Rights,
}

impl Kind for Role {
    const NAME: &'static str = "contabo_role";

    fn contabo_id(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Role {
    /// Whether it is Contabo's own.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.kind == "default"
    }
}

impl From<&contabo::Role> for Role {
    fn from(found: &contabo::Role) -> Self {
        let permission = |one: &contabo::Permission| Permission {
            api: one.api_name.clone(),
            actions: one.actions.iter().map(ToString::to_string).collect(),
            tags: one.resources.iter().map(|tag| tag.tag_id.0).collect(),
        };
        Self {
            id: found.role_id.0,
            name: found.name.clone(),
            kind: found.kind.clone().unwrap_or_default(),
            rights: Rights {
                is_admin: found.admin.unwrap_or_default(),
                reaches_all: found.access_all_resources.unwrap_or_default(),
                permissions: found.permissions.iter().map(permission).collect(),
            },
        }
    }
}

/// What a role can be permitted. It is read with the roles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permittable {
    pub all: Vec<(String, Vec<String>)>,
}

impl Kind for Permittable {
    const NAME: &'static str = "contabo_permissions";
    const RESTLESS: &'static [&'static str] = &["all"];

    fn contabo_id(&self) -> String {
        Self::NAME.to_owned()
    }

    fn name(&self) -> String {
        Self::NAME.to_owned()
    }
}

impl From<&[contabo::ApiPermission]> for Permittable {
    fn from(found: &[contabo::ApiPermission]) -> Self {
        let one = |one: &contabo::ApiPermission| {
            let actions = one.actions.iter().map(ToString::to_string);
            (one.api_name.clone(), actions.collect())
        };
        Self {
            all: found.iter().map(one).collect(),
        }
    }
}
