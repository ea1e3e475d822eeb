//! From what is asked for the users and roles of an account to calls of Contabo.

use contabo::{
    Client, Error, Locale, NewPermission, NewRole, NewUser, PermittedAction, RequestId, RoleId, TagId, UserChange,
    UserId,
};

use crate::domain::contabo::{
    actions::{Access, ThingAsked},
    resources::{Permission, Rights},
};

pub(super) async fn user(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let users = client.users();
    let roles = |access: &Access| access.roles.iter().copied().map(RoleId).collect::<Vec<_>>();
    match asked {
        ThingAsked::CreateUser {
            email,
            first_name,
            last_name,
            locale,
            gets_invoices,
            access,
        } => {
            let new = NewUser {
                first_name: first_name.clone(),
                last_name: last_name.clone(),
                email: email.clone(),
                enabled: access.is_enabled,
                totp: access.has_second_factor,
                locale: Locale::from(locale.as_str()),
                roles: roles(access),
                send_invoice_email: Some(*gets_invoices),
            };
            return Ok(Some(users.create(&new, request).await?.user_id.to_string()));
        }
        ThingAsked::ChangeUser {
            user,
            first_name,
            last_name,
            locale,
            gets_invoices,
            access,
            ..
        } => {
            let change = UserChange {
                first_name: Some(first_name.clone()),
                last_name: Some(last_name.clone()),
                enabled: access.as_ref().map(|access| access.is_enabled),
                totp: access.as_ref().map(|access| access.has_second_factor),
                locale: Some(Locale::from(locale.as_str())),
                roles: access.as_ref().map(roles),
                send_invoice_email: Some(*gets_invoices),
            };
            users.update(&UserId::from(user.as_str()), &change, request).await?;
        }
        ThingAsked::DeleteUser { user, .. } => users.delete(&UserId::from(user.as_str()), request).await?,
        ThingAsked::MailPasswordLink { user, .. } => {
            let id = UserId::from(user.as_str());
            users.send_password_link(&id, None, request).await?;
        }
        ThingAsked::MailProofLink { user, .. } => {
            let id = UserId::from(user.as_str());
            users.send_verification_link(&id, None, request).await?;
        }
        _ => {}
    }
    Ok(None)
}

pub(super) async fn role(client: &Client, asked: &ThingAsked, request: RequestId) -> Result<Option<String>, Error> {
    let roles = client.roles();
    match asked {
        ThingAsked::CreateRole { name, rights } => {
            let made = roles.create(&new_role(name, rights), request).await?;
            return Ok(Some(made.role_id.to_string()));
        }
        ThingAsked::ChangeRole { role, name, rights } => {
            roles.replace(RoleId(*role), &new_role(name, rights), request).await?;
        }
        ThingAsked::DeleteRole { role, .. } => roles.delete(RoleId(*role), request).await?,
        _ => {}
    }
    Ok(None)
}

fn new_role(name: &str, rights: &Rights) -> NewRole {
    let permission = |one: &Permission| NewPermission {
        api_name: one.api.clone(),
        actions: one
            .actions
            .iter()
            .map(|word| PermittedAction::from(word.as_str()))
            .collect(),
        resources: one.tags.iter().copied().map(TagId).collect(),
    };
    NewRole {
        name: name.to_owned(),
        admin: rights.is_admin,
        access_all_resources: rights.reaches_all,
        permissions: rights.permissions.iter().map(permission).collect(),
    }
}
