//! Tags and what has them. Roles at Contabo may be bound to tags, so that a tag can give and take access there.

use serde::{Deserialize, Serialize};

use super::{Kind, kinds::text};

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tag {
    pub id: i64,
    pub name: String,
    /// As `#0A78C3`.
    pub color: String,
    pub description: String,
    pub on: Vec<Tagged>,
}

/// A thing that has a tag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tagged {
    /// `instance`, `image` or `object-storage`.
    pub kind: String,
    /// Contabo's id of it.
    pub id: String,
    pub name: String,
}

impl Kind for Tag {
    const NAME: &'static str = "tag";

    fn contabo_id(&self) -> String {
        self.id.to_string()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Tag {
    /// From what Contabo says of it and of what has it.
    #[must_use]
    pub fn new(found: &contabo::Tag, on: &[contabo::TagAssignment]) -> Self {
        let tagged = |one: &contabo::TagAssignment| Tagged {
            kind: text(one.resource_type.as_ref()),
            id: one.resource_id.clone(),
            name: one.resource_name.clone().unwrap_or_default(),
        };
        Self {
            id: found.tag_id.0,
            name: found.name.clone(),
            color: found.color.clone().unwrap_or_default(),
            description: found.description.clone(),
            on: on.iter().map(tagged).collect(),
        }
    }
}
