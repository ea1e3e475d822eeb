//! What is ordered, as the row of an order keeps it.

use entity::contabo_order;
use serde::{Deserialize, Serialize};

use crate::domain::contabo::actions::FromTemplate;

/// What is ordered, with what Contabo needs to know of it. No secrets: those are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wanted {
    Instance(Instance),
    Storage(Storage),
}

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    /// Contabo's id of the plan.
    pub product_id: String,
    pub product_name: String,
    /// The region's short name.
    pub region: String,
    /// The contract's term.
    pub months: i32,
    pub image_id: String,
    pub image_name: String,
    pub default_user: String,
    /// Contabo's ids of keys that are put in, with their names.
    #[serde(default)]
    pub ssh_keys: Vec<(i64, String)>,
    /// By the words of the catalogue.
    #[serde(default)]
    pub add_ons: Vec<String>,
    /// What the text for cloud-init was made of.
    #[serde(default)]
    pub template: Option<FromTemplate>,
}

/// Room for objects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// The region's short name.
    pub region: String,
    /// In steps of 250 GB, as it is sold.
    pub steps: i64,
    /// Up to how many steps it grows by itself; none: it does not.
    #[serde(default)]
    pub grows_to: Option<i64>,
}

impl Wanted {
    /// From a row.
    ///
    /// # Errors
    /// When another version wrote it that knew other kinds.
    pub fn of(row: &contabo_order::Model) -> Result<Self, serde_json::Error> {
        serde_json::from_value(row.wanted.clone())
    }

    /// The name of the kind in the table.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Instance(_) => "instance",
            Self::Storage(_) => "storage",
        }
    }
}

impl Storage {
    /// Contabo's unit.
    #[must_use]
    pub fn tb(steps: i64) -> f64 {
        // A few hundred at most, which a float holds exactly.
        f64::from(i32::try_from(steps).unwrap_or(i32::MAX)) / 4.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_names_its_kind_and_is_read_again() {
        let wanted = Wanted::Storage(Storage {
            region: "EU".to_owned(),
            steps: 3,
            grows_to: Some(8),
        });
        let kept = serde_json::to_value(&wanted).unwrap();
        assert_eq!(kept["kind"], wanted.kind());
        assert_eq!(serde_json::from_value::<Wanted>(kept).unwrap(), wanted);
        assert!((Storage::tb(3) - 0.75).abs() < f64::EPSILON);
    }
}
