//! The people who may use the account at Contabo. They choose their passwords themselves, by mail.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::{Pairs, filter};
use crate::{Error, Hidden, RequestId, Role, RoleId, UserId, operations};
use serde::Serialize;

words! {
    /// In which language Contabo writes to a user.
    Locale {
        German = "de",
        GermanGermany = "de-DE",
        English = "en",
        EnglishUnitedStates = "en-US",
        Spanish = "es",
        SpanishSpain = "es-ES",
        Portuguese = "pt",
        PortugueseBrazil = "pt-BR",
    }
}

answer! {
    /// A user.
    User {
        user_id: UserId,
        first_name: String,
        last_name: String,
        email: String,
        email_verified: Option<bool>,
        enabled: Option<bool>,
        /// Whether a second factor is asked for.
        totp: Option<bool>,
        locale: Option<Locale>,
        roles: Vec<Role>,
        owner: Option<bool>,
        send_invoice_email: Option<bool>,
    }
}

answer! {
    /// The id of a user who was invited.
    NewUserId {
        user_id: UserId,
    }
}

answer! {
    /// A way into the customer panel, once and without a password.
    PanelLink {
        url: Option<Hidden>,
        sso_token: Option<Hidden>,
    }
}

answer! {
    /// Whether somebody chose a password yet.
    HasPassword {
        is_password_set: Option<bool>,
    }
}

filter! {
    /// Which users.
    UserFilter {
        email: Option<String>,
        enabled: Option<bool>,
        default: Option<bool>,
        owner: Option<bool>,
        search: Option<String>,
    }
}

/// A user to invite.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewUser {
    pub first_name: String,
    pub last_name: String,
    /// It can't be changed.
    pub email: String,
    pub enabled: bool,
    pub totp: bool,
    pub locale: Locale,
    pub roles: Vec<RoleId>,
    pub send_invoice_email: Option<bool>,
}

/// What changes of a user.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserChange {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub enabled: Option<bool>,
    pub totp: Option<bool>,
    pub locale: Option<Locale>,
    /// All that the user then has.
    pub roles: Option<Vec<RoleId>>,
    pub send_invoice_email: Option<bool>,
}

group! {
    /// The account's users.
    Users, users
}

impl Users<'_> {
    lists!(USERS_LIST, UserFilter => User, by |user: &User| user.user_id.clone());

    /// One user.
    pub async fn get(&self, id: &UserId) -> Result<User, Error> {
        self.client.read(&operations::USERS_GET, &[id]).one().await
    }

    /// Invites a user.
    pub async fn create(&self, new: &NewUser, request_id: RequestId) -> Result<NewUserId, Error> {
        self.client
            .change(&operations::USERS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes a user.
    pub async fn update(&self, id: &UserId, change: &UserChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::USERS_UPDATE, &[id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes a user.
    pub async fn delete(&self, id: &UserId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::USERS_DELETE, &[id], request_id)
            .done()
            .await
    }

    /// Has Contabo mail a link to choose a new password, which then leads to the given address.
    pub async fn send_password_link(
        &self,
        id: &UserId,
        redirect_url: Option<&str>,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::USERS_SEND_PASSWORD_LINK, &[id], request_id)
            .query(&redirect(redirect_url))
            .done()
            .await
    }

    /// Has Contabo mail the link again that proves the mail address.
    pub async fn send_verification_link(
        &self,
        id: &UserId,
        redirect_url: Option<&str>,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(&operations::USERS_SEND_VERIFICATION_LINK, &[id], request_id)
            .query(&redirect(redirect_url))
            .done()
            .await
    }

    /// Whether a user, or whoever asks, chose a password.
    pub async fn has_password(&self, id: Option<&UserId>) -> Result<HasPassword, Error> {
        let mut pairs = Pairs::default();
        pairs.put("userId", &id.cloned());
        self.client
            .read(&operations::USERS_HAS_PASSWORD, &[])
            .query(&pairs)
            .one()
            .await
    }

    /// Makes a link that opens the customer panel once.
    pub async fn panel_link(&self, request_id: RequestId) -> Result<PanelLink, Error> {
        self.client
            .change(&operations::USERS_PANEL_LINK, &[], request_id)
            .one()
            .await
    }
}

fn redirect(url: Option<&str>) -> Pairs {
    let mut pairs = Pairs::default();
    pairs.put("redirectUrl", &url.map(str::to_owned));
    pairs
}
