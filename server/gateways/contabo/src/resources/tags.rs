//! Tags, and what has them. Roles may be bound to tags, so that a tag can give and take access.

use super::lists;
use crate::client::group;
use crate::decode::{answer, words};
use crate::query::filter;
use crate::{Error, RequestId, TagId, operations};
use serde::Serialize;

words! {
    /// What can have a tag.
    TaggedType {
        Instance = "instance",
        Image = "image",
        ObjectStorage = "object-storage",
    }
}

answer! {
    /// A tag.
    Tag {
        tag_id: TagId,
        name: String,
        /// Such as `#0A78C3`.
        color: Option<String>,
        description: String,
    }
}

answer! {
    /// The id of a tag that was made.
    NewTagId {
        tag_id: TagId,
    }
}

answer! {
    /// A tag on a thing.
    TagAssignment {
        tag_id: TagId,
        tag_name: Option<String>,
        resource_type: Option<TaggedType>,
        resource_id: String,
        resource_name: Option<String>,
    }
}

filter! {
    /// Which tags.
    TagFilter {
        name: Option<String>,
    }
}

filter! {
    /// Which things that have a tag.
    TagAssignmentFilter {
        resource_type: Option<TaggedType>,
    }
}

/// A tag to make.
#[derive(Debug, Clone, Serialize)]
pub struct NewTag {
    /// 1 to 255 characters.
    pub name: String,
    /// 4 to 7 characters, such as `#0A78C3`.
    pub color: String,
    pub description: Option<String>,
}

/// What changes of a tag.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TagChange {
    pub name: Option<String>,
    pub color: Option<String>,
    pub description: Option<String>,
}

group! {
    /// Tags.
    Tags, tags
}

group! {
    /// What has which tag.
    TagAssignments, tag_assignments
}

impl Tags<'_> {
    lists!(TAGS_LIST, TagFilter => Tag, by |tag: &Tag| tag.tag_id);

    /// One tag.
    pub async fn get(&self, id: TagId) -> Result<Tag, Error> {
        self.client.read(&operations::TAGS_GET, &[&id]).one().await
    }

    /// Makes a tag.
    pub async fn create(&self, new: &NewTag, request_id: RequestId) -> Result<NewTagId, Error> {
        self.client
            .change(&operations::TAGS_CREATE, &[], request_id)
            .body(new)
            .one()
            .await
    }

    /// Changes a tag.
    pub async fn update(&self, id: TagId, change: &TagChange, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::TAGS_UPDATE, &[&id], request_id)
            .body(change)
            .done()
            .await
    }

    /// Deletes a tag. Refused while something has it.
    pub async fn delete(&self, id: TagId, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(&operations::TAGS_DELETE, &[&id], request_id)
            .done()
            .await
    }
}

impl TagAssignments<'_> {
    lists!(
        TAG_ASSIGNMENTS_LIST,
        TagAssignmentFilter => TagAssignment,
        by |on: &TagAssignment| (on.resource_type.clone(), on.resource_id.clone()),
        of tag: TagId
    );

    /// Whether a thing has a tag.
    pub async fn get(&self, tag: TagId, kind: &TaggedType, resource_id: &str) -> Result<TagAssignment, Error> {
        self.client
            .read(&operations::TAG_ASSIGNMENTS_GET, &[&tag, kind, &resource_id])
            .one()
            .await
    }

    /// Puts a tag on a thing.
    pub async fn create(
        &self,
        tag: TagId,
        kind: &TaggedType,
        resource_id: &str,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(
                &operations::TAG_ASSIGNMENTS_CREATE,
                &[&tag, kind, &resource_id],
                request_id,
            )
            .done()
            .await
    }

    /// Takes a tag off a thing.
    pub async fn delete(
        &self,
        tag: TagId,
        kind: &TaggedType,
        resource_id: &str,
        request_id: RequestId,
    ) -> Result<(), Error> {
        self.client
            .change(
                &operations::TAG_ASSIGNMENTS_DELETE,
                &[&tag, kind, &resource_id],
                request_id,
            )
            .done()
            .await
    }
}
