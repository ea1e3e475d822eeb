//! What can be asked for an instance, and what each kind of it is.

use std::time::Duration;

use entity::{TemplateId, action};
use serde::{Deserialize, Serialize};

use crate::domain::{
    contabo::resources::Thing,
    identity::{ClientPermission, StaffPermission},
};

/// Something asked for one instance, with what it needs to know. No secrets: those are sealed beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Asked {
    Start,
    /// As if the plug were pulled.
    Stop,
    /// By the power button, which the system may ignore.
    Shutdown,
    Restart,
    /// Boots the rescue system, with a new password for it.
    Rescue {
        /// Contabo's ids of keys that are put in beside the password.
        #[serde(default)]
        ssh_keys: Vec<i64>,
    },
    /// A new password for the system that is installed.
    ResetPassword,
    /// Wipes the disk and installs an image.
    Reinstall {
        image_id: String,
        image_name: String,
        #[serde(default)]
        ssh_keys: Vec<i64>,
        /// Sealed in a row: it may hold passwords.
        #[serde(default)]
        user_data: String,
        default_user: String,
        /// What the text was made of.
        #[serde(default)]
        template: Option<FromTemplate>,
    },
    Rename {
        display_name: String,
    },
    /// Ends the contract at its next possible date, which can't be taken back over the API.
    Cancel,
    TakeSnapshot {
        name: String,
        description: String,
    },
    RenameSnapshot {
        snapshot: String,
        name: String,
        description: String,
    },
    /// Puts the disk back to what it was; newer snapshots are deleted.
    RollBack {
        snapshot: String,
        name: String,
    },
    DeleteSnapshot {
        snapshot: String,
        name: String,
    },
}

/// The version of a template that a text was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromTemplate {
    pub id: TemplateId,
    pub name: String,
    pub version: i32,
}

/// How much of an instance an action may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing is lost.
    Light,
    /// What is on the disk is lost, or part of it.
    Destroys,
    /// The contract ends.
    Ends,
}

/// A kind without what it needs to know: for names, buttons and permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Start,
    Stop,
    Shutdown,
    Restart,
    Rescue,
    ResetPassword,
    Reinstall,
    Rename,
    Cancel,
    TakeSnapshot,
    RenameSnapshot,
    RollBack,
    DeleteSnapshot,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::Start,
        Self::Stop,
        Self::Shutdown,
        Self::Restart,
        Self::Rescue,
        Self::ResetPassword,
        Self::Reinstall,
        Self::Rename,
        Self::Cancel,
        Self::TakeSnapshot,
        Self::RenameSnapshot,
        Self::RollBack,
        Self::DeleteSnapshot,
    ];

    /// The name in the table and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Shutdown => "shutdown",
            Self::Restart => "restart",
            Self::Rescue => "rescue",
            Self::ResetPassword => "reset_password",
            Self::Reinstall => "reinstall",
            Self::Rename => "rename",
            Self::Cancel => "cancel",
            Self::TakeSnapshot => "take_snapshot",
            Self::RenameSnapshot => "rename_snapshot",
            Self::RollBack => "roll_back",
            Self::DeleteSnapshot => "delete_snapshot",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What may be lost by it.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::Reinstall | Self::RollBack | Self::DeleteSnapshot => Weight::Destroys,
            Self::Cancel => Weight::Ends,
            _ => Weight::Light,
        }
    }

    /// What a client user needs for it; none: it is not for clients.
    #[must_use]
    pub fn for_clients(self) -> Option<ClientPermission> {
        match self {
            Self::Reinstall | Self::RollBack | Self::DeleteSnapshot => Some(ClientPermission::RebuildServers),
            Self::Cancel => None,
            _ => Some(ClientPermission::OperateServers),
        }
    }

    /// What a staff user needs for it.
    #[must_use]
    pub fn for_staff(self) -> StaffPermission {
        match self.weight() {
            Weight::Light => StaffPermission::OperateServers,
            Weight::Destroys | Weight::Ends => StaffPermission::ManageServers,
        }
    }

    /// Whether a new password is made for it, and shown once.
    #[must_use]
    pub fn makes_a_password(self) -> bool {
        matches!(self, Self::Rescue | Self::ResetPassword | Self::Reinstall)
    }

    /// How long Contabo has for it before it is taken for failed.
    #[must_use]
    pub fn takes_at_most(self) -> Duration {
        let minutes = match self {
            Self::Rename | Self::RenameSnapshot | Self::Cancel => 5,
            Self::Start | Self::Stop | Self::Restart => 10,
            Self::Shutdown => 10,
            Self::Rescue | Self::ResetPassword | Self::DeleteSnapshot => 20,
            Self::TakeSnapshot | Self::RollBack => 60,
            Self::Reinstall => 60,
        };
        Duration::from_secs(minutes * 60)
    }
}

impl Asked {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Start => Kind::Start,
            Self::Stop => Kind::Stop,
            Self::Shutdown => Kind::Shutdown,
            Self::Restart => Kind::Restart,
            Self::Rescue { .. } => Kind::Rescue,
            Self::ResetPassword => Kind::ResetPassword,
            Self::Reinstall { .. } => Kind::Reinstall,
            Self::Rename { .. } => Kind::Rename,
            Self::Cancel => Kind::Cancel,
            Self::TakeSnapshot { .. } => Kind::TakeSnapshot,
            Self::RenameSnapshot { .. } => Kind::RenameSnapshot,
            Self::RollBack { .. } => Kind::RollBack,
            Self::DeleteSnapshot { .. } => Kind::DeleteSnapshot,
        }
    }

    /// The same without cloud-init's text.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        if let Self::Reinstall { user_data, .. } = &mut self {
            user_data.clear();
        }
        self
    }

    /// The other thing that it is about, with Contabo's id of it.
    #[must_use]
    pub fn thing(&self) -> Option<(Thing, String)> {
        None
    }

    /// As it is kept in a row.
    ///
    /// # Errors
    /// Never for these kinds; JSON says so.
    pub(super) fn arguments(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// From a row.
    ///
    /// # Errors
    /// When another version wrote it that knew other kinds.
    pub fn of(row: &action::Model) -> Result<Self, serde_json::Error> {
        serde_json::from_value(row.arguments.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds_are_one_to_one() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::named("format_c"), None);
    }

    #[test]
    fn what_is_kept_names_its_kind_and_is_read_again() {
        let asked = Asked::RollBack {
            snapshot: "snap1".to_owned(),
            name: "before".to_owned(),
        };
        let kept = asked.arguments().unwrap();
        assert_eq!(kept["kind"], asked.kind().name());
        assert_eq!(serde_json::from_value::<Asked>(kept).unwrap(), asked);
    }
}
