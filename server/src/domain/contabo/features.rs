//! Switches: what clients' people may do with what they rent at all, by feature. One holds for all clients, and each client
//! may have its own. Staff are not held by them, and roles hold beside them.
//!
//! A switch that is turned off takes nothing back: what was asked for before goes on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ClientId, Db, Tenant, TenantId, client, client_feature, feature};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, ExprTrait};
use serde_json::{Value, json};

use super::actions::Kind;
use crate::domain::{
    audit::{self, Actor, Subject},
    typed::{ChangeError, Typed},
};

/// Something that clients may do or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Start, restart, shut down, switch off.
    Power,
    /// The rescue system and new passwords: whoever has them is in.
    Access,
    Reinstall,
    Snapshots,
    /// The name that is shown, and reverse names.
    Names,
    /// Ends the contract.
    Cancel,
    Schedules,
    /// The access keys of object storages, where the account allows them too.
    StorageKeys,
}

impl Feature {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Power,
        Self::Access,
        Self::Reinstall,
        Self::Snapshots,
        Self::Names,
        Self::Schedules,
        Self::StorageKeys,
        Self::Cancel,
    ];

    /// The name in the tables and in forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Access => "access",
            Self::Reinstall => "reinstall",
            Self::Snapshots => "snapshots",
            Self::Names => "names",
            Self::Cancel => "cancel",
            Self::Schedules => "schedules",
            Self::StorageKeys => "storage_keys",
        }
    }

    /// The feature of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }

    /// The one that an action belongs to; none for what is not for clients.
    #[must_use]
    pub fn of(kind: Kind) -> Option<Self> {
        kind.for_clients()?;
        Some(match kind {
            Kind::Start | Kind::Restart | Kind::Shutdown | Kind::Stop => Self::Power,
            Kind::Rescue | Kind::ResetPassword => Self::Access,
            Kind::Reinstall => Self::Reinstall,
            Kind::TakeSnapshot | Kind::RenameSnapshot | Kind::RollBack | Kind::DeleteSnapshot => Self::Snapshots,
            Kind::Rename | Kind::SetReverseName | Kind::RemoveReverseName => Self::Names,
            Kind::Cancel => Self::Cancel,
            Kind::JoinNetwork
            | Kind::LeaveNetwork
            | Kind::JoinFirewall
            | Kind::LeaveFirewall
            | Kind::AssignVip
            | Kind::UnassignVip
            | Kind::BuyAddOn
            | Kind::Remedy
            | Kind::ChangeRegion => return None,
        })
    }

    /// Where nobody has said anything. What can't be taken back is not given away unasked.
    #[must_use]
    pub fn is_on_at_first(self) -> bool {
        self != Self::Cancel
    }
}

/// All switches of a tenant.
#[derive(Clone, Debug, Default)]
pub struct Features {
    for_all: HashMap<Feature, bool>,
    own: HashMap<(ClientId, Feature), bool>,
}

impl Features {
    /// Reads them: a few rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(rows: &Tenant<'_>) -> Result<Self, DbErr> {
        let for_all = rows.find::<feature::Entity>().all().await?.into_iter();
        let own = rows.find::<client_feature::Entity>().all().await?.into_iter();
        // What another version wrote that knew other features is left alone.
        Ok(Self {
            for_all: for_all
                .filter_map(|row| Some((Feature::named(&row.name)?, row.allowed)))
                .collect(),
            own: own
                .filter_map(|row| Some(((row.client_id, Feature::named(&row.name)?), row.allowed)))
                .collect(),
        })
    }

    /// What holds for a client that has no word of its own.
    #[must_use]
    pub fn for_all(&self, feature: Feature) -> bool {
        self.for_all
            .get(&feature)
            .copied()
            .unwrap_or_else(|| feature.is_on_at_first())
    }

    /// The client's own word.
    #[must_use]
    pub fn own(&self, client: ClientId, feature: Feature) -> Option<bool> {
        self.own.get(&(client, feature)).copied()
    }

    /// Whether the client's people may do this, as far as their roles go.
    #[must_use]
    pub fn allows(&self, client: ClientId, feature: Feature) -> bool {
        self.own(client, feature).unwrap_or_else(|| self.for_all(feature))
    }

    /// Whether they may ask for this. What is not for clients is not for this client.
    #[must_use]
    pub fn allows_kind(&self, client: ClientId, kind: Kind) -> bool {
        Feature::of(kind).is_some_and(|feature| self.allows(client, feature))
    }
}

/// What was chosen for each feature in a form, by the features' names: `on`, `off`, or what all clients have.
#[must_use]
pub fn read(typed: &Typed) -> Vec<(Feature, Option<bool>)> {
    let chosen = |feature: Feature| match typed.get(feature.name()) {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    Feature::ALL.map(|feature| (feature, chosen(feature))).into()
}

/// Sets switches: of one client, or of all that have no word of their own. None takes the word back.
///
/// # Errors
/// When there is no such client.
pub async fn set(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    client: Option<ClientId>,
    chosen: &[(Feature, Option<bool>)],
) -> Result<(), ChangeError<()>> {
    let rows = db.begin(tenant).await?;
    let name = match client {
        Some(id) => {
            let row = rows.lock::<client::Entity>(id).await?;
            row.ok_or(ChangeError::NotFound)?.name
        }
        None => String::new(),
    };
    let before = Features::load(&rows).await?;
    for (feature, allowed) in chosen {
        match client {
            Some(client) => set_own(&rows, now, client, *feature, *allowed).await?,
            None => set_for_all(&rows, now, *feature, *allowed).await?,
        }
    }
    let after = Features::load(&rows).await?;
    let fields = |features: &Features| -> Value {
        let word = |feature: Feature| match client {
            Some(client) => features.own(client, feature),
            None => Some(features.for_all(feature)),
        };
        Feature::ALL
            .iter()
            .map(|feature| (feature.name().to_owned(), json!(word(*feature))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let (before, after) = (fields(&before), fields(&after));
    if before == after {
        return Ok(());
    }
    let subject = Subject {
        kind: if client.is_some() { "client" } else { "settings" },
        id: client.map(|client| client.0),
        name: &name,
    };
    audit::record(&rows, actor, now, "client.features", subject, Some(before), Some(after)).await?;
    // Pages draw buttons by them.
    rows.config_changed().await?;
    Ok(rows.commit().await?)
}

async fn set_for_all(
    rows: &Tenant<'_>,
    now: DateTime<Utc>,
    feature: Feature,
    allowed: Option<bool>,
) -> Result<(), DbErr> {
    use feature::Column;
    let Some(allowed) = allowed else {
        let this = Column::Name.eq(feature.name());
        return rows.delete_where::<feature::Entity>(this).await.map(drop);
    };
    let row = feature::ActiveModel {
        name: Set(feature.name().to_owned()),
        allowed: Set(allowed),
        changed_at: Set(now),
        ..Default::default()
    };
    rows.upsert_all::<feature::Entity, _>([row], &[Column::Name]).await
}

async fn set_own(
    rows: &Tenant<'_>,
    now: DateTime<Utc>,
    client: ClientId,
    feature: Feature,
    allowed: Option<bool>,
) -> Result<(), DbErr> {
    use client_feature::Column;
    let Some(allowed) = allowed else {
        let this = Column::ClientId.eq(client).and(Column::Name.eq(feature.name()));
        return rows.delete_where::<client_feature::Entity>(this).await.map(drop);
    };
    let row = client_feature::ActiveModel {
        client_id: Set(client),
        name: Set(feature.name().to_owned()),
        allowed: Set(allowed),
        changed_at: Set(now),
        ..Default::default()
    };
    let key = [Column::ClientId, Column::Name];
    rows.upsert_all::<client_feature::Entity, _>([row], &key).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_clients_may_ask_for_has_a_switch_and_no_other() {
        for kind in Kind::ALL {
            assert_eq!(Feature::of(kind).is_some(), kind.for_clients().is_some(), "{kind:?}");
        }
        for feature in Feature::ALL {
            assert_eq!(Feature::named(feature.name()), Some(feature));
        }
    }

    #[test]
    fn a_clients_own_word_comes_before_that_for_all_and_that_before_the_first() {
        let (acme, globex) = (ClientId::new(), ClientId::new());
        let mut features = Features::default();
        assert!(features.allows(acme, Feature::Power) && !features.allows(acme, Feature::Cancel));
        features.for_all.insert(Feature::Power, false);
        features.own.insert((acme, Feature::Power), true);
        assert!(features.allows(acme, Feature::Power) && !features.allows(globex, Feature::Power));
        assert!(!features.allows_kind(globex, Kind::Restart) && features.allows_kind(acme, Kind::Restart));
        assert!(!features.allows_kind(acme, Kind::JoinNetwork), "not for clients at all");
    }
}
