//! What was changed, when and by whom: one list for each kind of thing, all of one form.
//!
//! An entry carries the number of the request that made the change. So whether a change with an unclear
//! answer was made is found out by asking for its number.

use crate::client::group;
use crate::decode::{Answer, Fault, member, members, text, words};
use crate::operation::Operation;
use crate::page::Listing;
use crate::query::Pairs;
use crate::{AuditId, Error, Page, PageRequest, RequestId, operations};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

words! {
    /// What was done.
    AuditAction {
        Created = "CREATED",
        Updated = "UPDATED",
        Deleted = "DELETED",
    }
}

/// The lists of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditList {
    Instances,
    /// Starts, stops and the like, which are not among the changes of instances.
    InstanceActions,
    Snapshots,
    Images,
    Secrets,
    PrivateNetworks,
    Vips,
    Firewalls,
    DnsZones,
    DnsRecords,
    ObjectStorages,
    Tags,
    TagAssignments,
    Users,
    Roles,
    Domains,
    Handles,
}

impl AuditList {
    /// Every list.
    pub const ALL: [Self; 17] = [
        Self::Instances,
        Self::InstanceActions,
        Self::Snapshots,
        Self::Images,
        Self::Secrets,
        Self::PrivateNetworks,
        Self::Vips,
        Self::Firewalls,
        Self::DnsZones,
        Self::DnsRecords,
        Self::ObjectStorages,
        Self::Tags,
        Self::TagAssignments,
        Self::Users,
        Self::Roles,
        Self::Domains,
        Self::Handles,
    ];

    fn operation(self) -> &'static Operation {
        match self {
            Self::Instances => &operations::AUDITS_INSTANCES,
            Self::InstanceActions => &operations::AUDITS_INSTANCE_ACTIONS,
            Self::Snapshots => &operations::AUDITS_SNAPSHOTS,
            Self::Images => &operations::AUDITS_IMAGES,
            Self::Secrets => &operations::AUDITS_SECRETS,
            Self::PrivateNetworks => &operations::AUDITS_PRIVATE_NETWORKS,
            Self::Vips => &operations::AUDITS_VIPS,
            Self::Firewalls => &operations::AUDITS_FIREWALLS,
            Self::DnsZones => &operations::AUDITS_DNS_ZONES,
            Self::DnsRecords => &operations::AUDITS_DNS_RECORDS,
            Self::ObjectStorages => &operations::AUDITS_OBJECT_STORAGES,
            Self::Tags => &operations::AUDITS_TAGS,
            Self::TagAssignments => &operations::AUDITS_TAG_ASSIGNMENTS,
            Self::Users => &operations::AUDITS_USERS,
            Self::Roles => &operations::AUDITS_ROLES,
            Self::Domains => &operations::AUDITS_DOMAINS,
            Self::Handles => &operations::AUDITS_HANDLES,
        }
    }

    /// The member that holds the id of the thing that was changed, which is also the filter for it.
    #[must_use]
    pub fn subject(self) -> &'static str {
        match self {
            Self::Instances | Self::InstanceActions => "instanceId",
            Self::Snapshots => "snapshotId",
            Self::Images => "imageId",
            Self::Secrets => "secretId",
            Self::PrivateNetworks => "privateNetworkId",
            Self::Vips => "vipId",
            Self::Firewalls => "firewallId",
            Self::DnsZones => "name",
            Self::DnsRecords => "recordId",
            Self::ObjectStorages => "objectStorageId",
            Self::Tags => "tagId",
            Self::TagAssignments => "resourceId",
            Self::Users => "userId",
            Self::Roles => "roleId",
            Self::Domains => "domain",
            Self::Handles => "handleId",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    pub id: AuditId,
    pub action: Option<AuditAction>,
    pub timestamp: Option<DateTime<Utc>>,
    /// The id of the user who did it.
    pub changed_by: Option<String>,
    pub username: Option<String>,
    /// The number of the request that did it, as it came.
    pub request_id: Option<String>,
    pub trace_id: Option<String>,
    pub changes: Option<Changes>,
    /// The ids of what was changed, by the names of their members, such as `instanceId`.
    pub ids: BTreeMap<String, String>,
}

impl Audit {
    /// The id of the thing that was changed, in an entry of this list.
    #[must_use]
    pub fn subject(&self, list: AuditList) -> Option<&str> {
        self.ids.get(list.subject()).map(String::as_str)
    }
}

/// What is about the change itself and not about the thing.
const COMMON: [&str; 10] = [
    "id",
    "action",
    "timestamp",
    "changedBy",
    "username",
    "requestId",
    "traceId",
    "changes",
    "tenantId",
    "customerId",
];

impl Answer for Audit {
    fn read(value: &Value) -> Result<Self, Fault> {
        let entry = members(value)?;
        let ids = entry
            .iter()
            .filter(|(name, _)| !COMMON.contains(&name.as_str()))
            .filter_map(|(name, id)| text(id).map(|id| (name.clone(), id)))
            .collect();
        Ok(Self {
            id: member(entry, "id")?,
            action: member(entry, "action")?,
            timestamp: member(entry, "timestamp")?,
            changed_by: member(entry, "changedBy")?,
            username: member(entry, "username")?,
            request_id: member(entry, "requestId")?,
            trace_id: member(entry, "traceId")?,
            changes: member(entry, "changes")?,
            ids,
        })
    }
}

/// What a thing was and what it became. It prints only the names of what changed: values may be secret.
#[derive(Clone, PartialEq)]
pub struct Changes {
    pub previous: Value,
    pub new: Value,
}

impl Answer for Changes {
    fn read(value: &Value) -> Result<Self, Fault> {
        // What was changed is Contabo's to describe; anything else than the two parts is the new one.
        let parts = value
            .as_object()
            .filter(|parts| parts.contains_key("prev") || parts.contains_key("new"));
        Ok(match parts {
            Some(parts) => Self {
                previous: member(parts, "prev")?,
                new: member(parts, "new")?,
            },
            None => Self {
                previous: Value::Null,
                new: value.clone(),
            },
        })
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |part: &Value| part.as_object().map(|part| part.keys().cloned().collect::<Vec<_>>());
        f.debug_struct("Changes")
            .field("previous", &names(&self.previous))
            .field("new", &names(&self.new))
            .finish()
    }
}

/// Which changes. Without any filter it is all of them, which may be many pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditFilter {
    /// The id of the thing that was changed.
    pub subject: Option<String>,
    pub request_id: Option<RequestId>,
    /// A user's id.
    pub changed_by: Option<String>,
    pub start_date: Option<NaiveDate>,
    pub end_date: Option<NaiveDate>,
}

impl AuditFilter {
    fn pairs(&self, list: AuditList) -> Pairs {
        let mut pairs = Pairs::default();
        pairs.put(list.subject(), &self.subject);
        pairs.put("requestId", &self.request_id);
        pairs.put("changedBy", &self.changed_by);
        pairs.put("startDate", &self.start_date);
        pairs.put("endDate", &self.end_date);
        pairs
    }
}

group! {
    /// What was changed at Contabo.
    Audits, audits
}

impl Audits<'_> {
    /// One page of a list.
    pub async fn page(&self, list: AuditList, filter: &AuditFilter, page: PageRequest) -> Result<Page<Audit>, Error> {
        let client = self.client;
        Listing::new(filter.pairs(list), || client.read(list.operation(), &[]))
            .page(page)
            .await
    }

    /// A whole list, over all its pages.
    pub async fn list(&self, list: AuditList, filter: &AuditFilter) -> Result<Vec<Audit>, Error> {
        let client = self.client;
        Listing::new(filter.pairs(list), || client.read(list.operation(), &[]))
            .all(|entry: &Audit| entry.id)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_entry_names_what_was_changed_and_hides_to_what() {
        let entry = Audit::read(&json!({
            "id": 12, "action": "UPDATED", "timestamp": "2026-11-20T10:00:00Z", "secretId": 7,
            "requestId": "x", "tenantId": "INT", "customerId": "54321",
            "changes": {"prev": {"value": "hunter2"}, "new": {"value": "hunter3"}},
        }))
        .unwrap();
        assert_eq!(entry.subject(AuditList::Secrets), Some("7"));
        assert_eq!(entry.ids.len(), 1);
        assert_eq!(entry.changes.as_ref().unwrap().new, json!({"value": "hunter3"}));
        assert!(!format!("{entry:?}").contains("hunter"));
    }

    #[test]
    fn all_lists_are_listed() {
        let audits = operations::ALL.iter().filter(|o| o.name.starts_with("audits."));
        let listed: Vec<_> = AuditList::ALL.iter().map(|list| *list.operation()).collect();
        assert_eq!(audits.copied().collect::<Vec<_>>(), listed);
    }
}
