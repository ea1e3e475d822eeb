//! A tenant's colours, checked so that what is written in them can be read.
//!
//! The accent is of all pages; the second colour beside it is for reports and mails. The logo is in `logo`.

use chrono::{DateTime, Utc};
use entity::{Db, TenantId, tenant};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

use super::accent::{Accent, BadColour};
use crate::domain::{
    audit::{self, Actor, Subject},
    typed::{ChangeError, Checks, Rejected},
};

/// Why colours were not changed.
pub type Error = ChangeError<BadColour>;

/// Colours as they were typed; empty ones are Mainstay's own.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub accent: String,
    pub second_colour: String,
}

/// Colours as they may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    accent: Option<Accent>,
    second: Option<Accent>,
}

impl Draft {
    /// The colours as they are, as they would be typed.
    #[must_use]
    pub fn of(tenant: &tenant::Model) -> Self {
        Self {
            accent: tenant.accent.clone().unwrap_or_default(),
            second_colour: tenant.second_colour.clone().unwrap_or_default(),
        }
    }

    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `accent`, `second_colour`.
    pub fn check(&self) -> Result<Colours, Rejected<BadColour>> {
        let mut checks = Checks::default();
        let accent = checks.keep("accent", colour(&self.accent));
        let second = checks.keep("second_colour", colour(&self.second_colour));
        match (accent, second) {
            (Some(accent), Some(second)) => Ok(Colours { accent, second }),
            _ => Err(checks.rejected()),
        }
    }
}

fn colour(typed: &str) -> Result<Option<Accent>, BadColour> {
    match typed.trim() {
        "" => Ok(None),
        colour => colour.parse().map(Some),
    }
}

/// Changes the colours.
///
/// # Errors
/// When the database fails.
pub async fn change(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    colours: Colours,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = rows.own().await?;
    let kept = |colour: Option<Accent>| Set(colour.map(|colour| colour.to_string()));
    let row = tenant::ActiveModel {
        accent: kept(colours.accent),
        second_colour: kept(colours.second),
        ..Default::default()
    };
    let after = rows.update_own(row).await?;
    if after == before {
        return Ok(());
    }
    let subject = Subject {
        kind: "settings",
        id: None,
        name: &after.name,
    };
    let (old, new) = (Some(fields(&before)), Some(fields(&after)));
    audit::conclude(rows, actor, now, "settings.change", subject, old, new).await?;
    Ok(())
}

fn fields(row: &tenant::Model) -> Value {
    json!({ "accent": row.accent, "second_colour": row.second_colour })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_colour_is_checked_by_itself_and_none_is_needed() {
        assert!(Draft::default().check().is_ok());
        let wrong = Draft {
            accent: "blue".to_owned(),
            second_colour: "#ffd400".to_owned(),
        };
        let fields = wrong.check().unwrap_err().0.into_iter().map(|(field, _)| field);
        assert_eq!(fields.collect::<Vec<_>>(), ["accent", "second_colour"]);
    }
}
