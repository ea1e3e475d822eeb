//! Troubleshooting: repairs of an instance, such as a restart or a move to another host.

use super::checks::{Cancel, INSTANCE};
use super::lists;
use crate::client::group;
use crate::decode::answer;
use crate::query::filter;
use crate::{CheckStatus, Error, InstanceId, RemedyId, RemedySetId, RemedyTemplateId, RequestId, operations};
use chrono::{DateTime, Utc};
use serde::Serialize;

answer! {
    /// A repair.
    Remedy {
        remedy_id: RemedyId,
        status: Option<CheckStatus>,
        object_type: Option<String>,
        /// The instance's id as text.
        object_id: Option<String>,
        remedy_collection_id: Option<RemedySetId>,
        remedy_template_id: Option<RemedyTemplateId>,
        /// A word for a text, not the text.
        name: String,
        /// A word for what came of it.
        note: Option<String>,
        duration_ms: Option<f64>,
        created_date: Option<DateTime<Utc>>,
        modified_date: Option<DateTime<Utc>>,
    }
}

filter! {
    /// Which repairs.
    RemedyFilter {
        object_type: Option<String>,
        object_id: Option<InstanceId>,
        status: Option<CheckStatus>,
        remedy_collection_id: Option<RemedySetId>,
        remedy_template_id: Option<RemedyTemplateId>,
        created_from: Option<DateTime<Utc>> = "creationStartTime",
        created_to: Option<DateTime<Utc>> = "creationEndTime",
        modified_from: Option<DateTime<Utc>> = "modificationStartTime",
        modified_to: Option<DateTime<Utc>> = "modificationEndTime",
    }
}

/// A repair to start.
#[derive(Debug, Clone, Copy)]
pub struct NewRemedy {
    pub instance: InstanceId,
    /// As a check offered it.
    pub template: RemedyTemplateId,
    pub set: Option<RemedySetId>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartRemedy {
    object_type: &'static str,
    object_id: String,
    remedy_template_id: RemedyTemplateId,
    remedy_collection_id: Option<RemedySetId>,
}

group! {
    /// Repairs.
    Remedies, remedies
}

impl Remedies<'_> {
    lists!(REMEDIES_LIST, RemedyFilter => Remedy, by |remedy: &Remedy| remedy.remedy_id);

    /// One repair.
    pub async fn get(&self, id: RemedyId) -> Result<Remedy, Error> {
        self.client.read(&operations::REMEDIES_GET, &[&id]).one().await
    }

    /// Starts a repair.
    pub async fn start(&self, new: NewRemedy, request_id: RequestId) -> Result<Remedy, Error> {
        self.client
            .change(&operations::REMEDIES_START, &[], request_id)
            .body(&StartRemedy {
                object_type: INSTANCE,
                object_id: new.instance.to_string(),
                remedy_template_id: new.template,
                remedy_collection_id: new.set,
            })
            .one()
            .await
    }

    /// Stops a repair.
    pub async fn cancel(&self, id: RemedyId, request_id: RequestId) -> Result<Remedy, Error> {
        self.client
            .change(&operations::REMEDIES_CANCEL, &[&id], request_id)
            .body(&Cancel::IT)
            .one()
            .await
    }
}
