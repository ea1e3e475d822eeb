//! Roles: which parts of the API a user may call, and for things with which tags.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, RequestId, RoleId, TagId, operations};
use serde::Serialize;

words! {
    /// What may be done.
    PermittedAction {
        Create = "CREATE",
        Read = "READ",
        Update = "UPDATE",
        Delete = "DELETE",
    }
}

answer! {
    /// A role.
    Role {
        role_id: RoleId,
        name: String,
        /// Whether it may do everything.
        admin: Option<bool>,
        access_all_resources: Option<bool>,
        /// `default` for Contabo's own, which are fixed, or `custom`.
        kind: Option<String> = "type",
        permissions: Vec<Permission>,
    }
}

answer! {
    /// What a role may do with a part of the API.
    Permission {
        api_name: String,
        actions: Vec<PermittedAction>,
        /// For things with these tags alone.
        resources: Vec<PermissionTag>,
    }
}

answer! {
    /// A tag that a permission is bound to.
    PermissionTag {
        tag_id: TagId,
        tag_name: Option<String>,
    }
}

answer! {
    /// A part of the API, and what a role may be permitted there.
    ApiPermission {
        api_name: String,
        actions: Vec<PermittedAction>,
    }
}

answer! {
    /// The id of a role that was made.
    NewRoleId {
        role_id: RoleId,
    }
}

filter! {
    /// Which roles.
    RoleFilter {
        name: Option<String>,
        api_name: Option<String>,
        tag_name: Option<String>,
        kind: Option<String> = "type",
    }
}

filter! {
    /// Which parts of the API.
    ApiPermissionFilter {
        api_name: Option<String>,
    }
}

/// A role to make, or what is put in the place of one.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewRole {
    /// 1 to 255 characters.
    pub name: String,
    pub admin: bool,
    pub access_all_resources: bool,
    pub permissions: Vec<NewPermission>,
}

/// A permission of a role to make.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPermission {
    pub api_name: String,
    pub actions: Vec<PermittedAction>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<TagId>,
}

group! {
    /// Roles.
    Roles, roles
}

impl Roles<'_> {
    lists!(ROLES_LIST, RoleFilter => Role, by |role: &Role| role.role_id);

    /// One role.
    pub async fn get(&self, id: RoleId) -> Result<Role, Error> {
        self.client.read(&operations::ROLES_GET, &[&id]).one().await
    }

    /// Makes a role.
    pub async fn create(&self, new: &NewRole, request_id: RequestId) -> Result<NewRoleId, Error> {
        self.client
            .change(&operations::ROLES_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Puts another role in the place of this one.
    pub async fn replace(&self, id: RoleId, role: &NewRole, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::ROLES_REPLACE, &[&id], request_id)
            .body(role)
            .done()
            .await
    }

    /// Deletes a role. Refused while a user has it.
    pub async fn delete(&self, id: RoleId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::ROLES_DELETE, &[&id], request_id)
            .done()
            .await
    }

    /// What a role may be permitted.
    pub async fn permissions(&self, filter: &ApiPermissionFilter) -> Result<Vec<ApiPermission>, Error> {
        let client = self.client;
        crate::page::Listing::new(filter.pairs(), || client.read(&operations::ROLES_PERMISSIONS, &[]))
            .all(|permission: &ApiPermission| permission.api_name.clone())
            .await
    }
}
