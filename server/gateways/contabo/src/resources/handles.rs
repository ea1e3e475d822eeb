//! Contacts for domains: people and organisations, as registries want to know them.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, HandleId, Hidden, RequestId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// Who it is.
    HandleType {
        Person = "person",
        Organization = "organization",
    }
}

words! {
    /// How the person is addressed.
    Gender {
        Male = "male",
        Female = "female",
        NotSaid = "na",
    }
}

answer! {
    /// A contact.
    Handle {
        handle_id: HandleId,
        handle_type: Option<HandleType>,
        is_default: Option<bool>,
        first_name: String,
        last_name: String,
        organization: Option<String>,
        email: Option<String>,
        gender: Option<Gender>,
        birth_info: Option<HandleBirth>,
        address: Option<HandleAddress>,
        phone: Option<HandlePhone>,
        fax: Option<HandlePhone>,
        nic_it_entity_type: Option<String>,
    }
}

answer! {
    /// Where a contact lives.
    #[derive(Default, Serialize)]
    #[serde(rename_all = "camelCase")]
    HandleAddress {
        street: String,
        street_number: String,
        zip_code: String,
        city: String,
        country: String,
        region: Option<String>,
        /// The number of a French company.
        siret: Option<String>,
    }
}

answer! {
    /// When and where a person was born, which some registries want to know.
    #[derive(Default, Serialize)]
    #[serde(rename_all = "camelCase")]
    HandleBirth {
        date: Option<DateTime<Utc>>,
        city: Option<String>,
        zip_code: Option<String>,
        country: Option<String>,
    }
}

answer! {
    /// A telephone number in two parts.
    #[derive(Default, Serialize)]
    HandlePhone {
        prefix: String,
        number: String,
    }
}

filter! {
    /// Which contacts.
    HandleFilter {
        name: Option<String>,
        show_defaults: Option<bool>,
        search: Option<String>,
        countries: Vec<String>,
        handle_type: Option<HandleType>,
        first_name: Option<String>,
        last_name: Option<String>,
    }
}

/// A contact to make.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewHandle {
    pub handle_type: HandleType,
    pub first_name: String,
    pub last_name: String,
    pub organization: Option<String>,
    #[serde(flatten)]
    pub details: HandleChange,
}

/// What can change of a contact, all of it: its name can't.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HandleChange {
    pub email: String,
    pub gender: Gender,
    pub birth_info: Option<HandleBirth>,
    pub address: HandleAddress,
    pub phone: HandlePhone,
    pub fax: Option<HandlePhone>,
    pub nic_it_entity_type: Option<String>,
    pub pin: Option<Hidden>,
}

group! {
    /// Contacts for domains.
    Handles, handles
}

impl Handles<'_> {
    lists!(HANDLES_LIST, HandleFilter => Handle, by |handle: &Handle| handle.handle_id.clone());

    /// One contact.
    pub async fn get(&self, id: &HandleId) -> Result<Handle, Error> {
        self.client.read(&operations::HANDLES_GET, &[id]).one().await
    }

    /// Makes a contact.
    pub async fn create(&self, new: &NewHandle, request_id: RequestId) -> Result<Handle, Error> {
        self.client
            .change(&operations::HANDLES_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes a contact.
    pub async fn update(&self, id: &HandleId, change: &HandleChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::HANDLES_UPDATE, &[id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes a contact.
    pub async fn delete(&self, id: &HandleId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::HANDLES_DELETE, &[id], request_id)
            .done()
            .await
    }

    /// Makes a contact the one that new domains get.
    pub async fn make_default(&self, id: &HandleId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::HANDLES_MAKE_DEFAULT, &[id], request_id)
            .done()
            .await
    }
}
