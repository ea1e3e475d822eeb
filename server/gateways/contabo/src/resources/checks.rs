//! Troubleshooting: checks of an instance that Contabo runs, alone or in sets.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::{Each, Pairs, filter};
use crate::{
    CheckId, CheckSetId, CheckSetTemplateId, CheckTemplateId, Error, InstanceId, RemedyTemplateId, RequestId,
    operations,
};
use chrono::{DateTime, Utc};
use serde::Serialize;

words! {
    /// How far a check, a set or a remedy is.
    CheckStatus {
        Queued = "queued",
        Running = "running",
        Skipped = "skipped",
        Cancelled = "cancelled",
        Failed = "failed",
        Warn = "warn",
        Successful = "successful",
    }
}

answer! {
    /// A check.
    Check {
        check_id: CheckId,
        status: Option<CheckStatus>,
        object_type: Option<String>,
        /// The instance's id as text.
        object_id: Option<String>,
        check_collection_id: Option<CheckSetId>,
        check_template_id: Option<CheckTemplateId>,
        /// A word for a text, not the text.
        name: String,
        /// A word for what was found.
        note: Option<String>,
        duration_ms: Option<f64>,
        remedy_templates: Vec<OfferedRemedy>,
        created_date: Option<DateTime<Utc>>,
        modified_date: Option<DateTime<Utc>>,
    }
}

answer! {
    /// A remedy that fits what a check found.
    OfferedRemedy {
        id: RemedyTemplateId,
        name: String,
        description: String,
    }
}

answer! {
    /// Checks that were started together.
    CheckSet {
        check_collection_id: CheckSetId,
        status: Option<CheckStatus>,
        object_type: Option<String>,
        object_id: Option<String>,
        check_collection_template_id: Option<CheckSetTemplateId>,
        checks: Vec<Check>,
        created_date: Option<DateTime<Utc>>,
        modified_date: Option<DateTime<Utc>>,
    }
}

answer! {
    /// What a set of checks is made from.
    CheckSetTemplate {
        check_collection_template_id: CheckSetTemplateId,
        name: String,
        description: String,
        object_type: Option<String>,
        check_templates: Vec<TemplateCheck>,
    }
}

answer! {
    /// A check within a template, with those that follow it.
    TemplateCheck {
        check_template_id: CheckTemplateId,
        run_concurrent: Option<bool>,
        ignore_errors: Option<bool>,
        remedy_templates: Vec<OfferedRemedy>,
        check_templates: Vec<TemplateCheck>,
    }
}

filter! {
    /// Which checks.
    CheckFilter {
        object_type: Option<String>,
        object_id: Option<InstanceId>,
        status: Option<CheckStatus>,
        check_collection_id: Option<CheckSetId>,
        check_template_id: Option<CheckTemplateId>,
        created_from: Option<DateTime<Utc>> = "creationStartTime",
        created_to: Option<DateTime<Utc>> = "creationEndTime",
        modified_from: Option<DateTime<Utc>> = "modificationStartTime",
        modified_to: Option<DateTime<Utc>> = "modificationEndTime",
    }
}

filter! {
    /// Which sets.
    CheckSetFilter {
        object_type: Option<String>,
        object_id: Option<InstanceId>,
        check_collection_template_id: Option<CheckSetTemplateId>,
        exclude_check_statuses: Each<CheckStatus>,
        created_from: Option<DateTime<Utc>> = "creationStartTime",
        created_to: Option<DateTime<Utc>> = "creationEndTime",
        modified_from: Option<DateTime<Utc>> = "modificationStartTime",
        modified_to: Option<DateTime<Utc>> = "modificationEndTime",
    }
}

filter! {
    /// Which templates of sets.
    TemplateFilter {
        object_type: Option<String>,
        created_from: Option<DateTime<Utc>> = "creationStartTime",
        created_to: Option<DateTime<Utc>> = "creationEndTime",
        modified_from: Option<DateTime<Utc>> = "modificationStartTime",
        modified_to: Option<DateTime<Utc>> = "modificationEndTime",
    }
}

/// The one type of thing that is checked and repaired.
pub(super) const INSTANCE: &str = "vserver";

/// A check to start.
#[derive(Debug, Clone, Copy)]
pub struct NewCheck {
    pub instance: InstanceId,
    pub template: CheckTemplateId,
    /// The set that it belongs to.
    pub set: Option<CheckSetId>,
}

/// A set of checks to start.
#[derive(Debug, Clone, Copy)]
pub struct NewCheckSet {
    pub instance: InstanceId,
    pub template: CheckSetTemplateId,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartCheck {
    object_type: &'static str,
    object_id: String,
    check_template_id: CheckTemplateId,
    check_collection_id: Option<CheckSetId>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartCheckSet {
    object_type: &'static str,
    object_id: String,
    check_collection_template_id: CheckSetTemplateId,
}

/// How something that runs is stopped.
#[derive(Serialize)]
pub(super) struct Cancel {
    status: CheckStatus,
}

impl Cancel {
    pub(super) const IT: Self = Self {
        status: CheckStatus::Cancelled,
    };
}

group! {
    /// Checks.
    Checks, checks
}

group! {
    /// Sets of checks, and what they are made from.
    CheckSets, check_sets
}

impl Checks<'_> {
    lists!(CHECKS_LIST, CheckFilter => Check, by |check: &Check| check.check_id);

    /// One check.
    pub async fn get(&self, id: CheckId) -> Result<Check, Error> {
        self.client.read(&operations::CHECKS_GET, &[&id]).one().await
    }

    /// Starts a check.
    pub async fn start(&self, new: NewCheck, request_id: RequestId) -> Result<Check, Error> {
        self.client
            .change(&operations::CHECKS_START, &[], request_id)
            .body(&StartCheck {
                object_type: INSTANCE,
                object_id: new.instance.to_string(),
                check_template_id: new.template,
                check_collection_id: new.set,
            })
            .one()
            .await
    }

    /// Stops a check.
    pub async fn cancel(&self, id: CheckId, request_id: RequestId) -> Result<Check, Error> {
        self.client
            .change(&operations::CHECKS_CANCEL, &[&id], request_id)
            .body(&Cancel::IT)
            .one()
            .await
    }
}

impl CheckSets<'_> {
    lists!(CHECK_SETS_LIST, CheckSetFilter => CheckSet, by |set: &CheckSet| set.check_collection_id);

    /// One set, without its checks of these states.
    pub async fn get(&self, id: CheckSetId, without: &Each<CheckStatus>) -> Result<CheckSet, Error> {
        let mut pairs = Pairs::default();
        pairs.put("excludeCheckStatuses", without);
        self.client
            .read(&operations::CHECK_SETS_GET, &[&id])
            .query(&pairs)
            .one()
            .await
    }

    /// Starts a set.
    pub async fn start(&self, new: NewCheckSet, request_id: RequestId) -> Result<CheckSet, Error> {
        self.client
            .change(&operations::CHECK_SETS_START, &[], request_id)
            .body(&StartCheckSet {
                object_type: INSTANCE,
                object_id: new.instance.to_string(),
                check_collection_template_id: new.template,
            })
            .one()
            .await
    }

    /// Stops a set.
    pub async fn cancel(&self, id: CheckSetId, request_id: RequestId) -> Result<CheckSet, Error> {
        self.client
            .change(&operations::CHECK_SETS_CANCEL, &[&id], request_id)
            .body(&Cancel::IT)
            .one()
            .await
    }

    /// What sets there are to start.
    pub async fn templates(&self, filter: &TemplateFilter) -> Result<Vec<CheckSetTemplate>, Error> {
        let client = self.client;
        crate::page::Listing::new(filter.pairs(), || client.read(&operations::CHECK_SETS_TEMPLATES, &[]))
            .all(|template: &CheckSetTemplate| template.check_collection_template_id)
            .await
    }

    /// One of these.
    pub async fn template(&self, id: CheckSetTemplateId) -> Result<CheckSetTemplate, Error> {
        self.client.read(&operations::CHECK_SETS_TEMPLATE, &[&id]).one().await
    }
}
