//! What can be asked for an instance, and what each kind of it is.

use std::time::Duration;

use entity::{TemplateId, action};
use serde::{Deserialize, Serialize};

use crate::domain::{
    contabo::{instances::Status, resources::Thing},
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
    /// Puts it into a private network. Its system may have to be restarted or installed anew for that.
    JoinNetwork {
        network: i64,
        name: String,
    },
    LeaveNetwork {
        network: i64,
        name: String,
    },
    /// Puts it behind a firewall, which lets in only what its rules say.
    JoinFirewall {
        firewall: String,
        name: String,
    },
    LeaveFirewall {
        firewall: String,
        name: String,
    },
    /// Notes a further address for it. That the system answers on it is for the system to see to.
    AssignVip {
        vip: String,
        ip: String,
    },
    UnassignVip {
        vip: String,
        ip: String,
    },
    /// The name that one of its addresses has.
    SetReverseName {
        /// As Contabo writes it.
        ip: String,
        name: String,
        /// Whether the address has none yet: those of IPv6 are made first.
        #[serde(default)]
        is_new: bool,
    },
    /// Takes the name of an IPv6 address away.
    RemoveReverseName {
        ip: String,
    },
    /// Buys something with it that Contabo bills and takes back never.
    BuyAddOn {
        /// By the words of the catalogue.
        add_on: String,
        /// Contabo's numbers of what it had before.
        #[serde(default)]
        had: Vec<i64>,
    },
    /// Has Contabo repair it, as one of its checks offered.
    Remedy {
        /// Contabo's number of it.
        template: i64,
        /// Contabo's word for it.
        name: String,
    },
    /// Has Contabo's people move it to another region, by a ticket.
    ChangeRegion {
        /// By the regions' short names.
        region: String,
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
    /// It is billed from then on.
    Costs,
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
    JoinNetwork,
    LeaveNetwork,
    JoinFirewall,
    LeaveFirewall,
    AssignVip,
    UnassignVip,
    SetReverseName,
    RemoveReverseName,
    BuyAddOn,
    Remedy,
    ChangeRegion,
}

impl Kind {
    /// All of them, in the order of the buttons.
    pub const ALL: [Self; 24] = [
        Self::Start,
        Self::Restart,
        Self::Shutdown,
        Self::Stop,
        Self::Rescue,
        Self::ResetPassword,
        Self::Rename,
        Self::Reinstall,
        Self::TakeSnapshot,
        Self::RenameSnapshot,
        Self::RollBack,
        Self::DeleteSnapshot,
        Self::JoinNetwork,
        Self::LeaveNetwork,
        Self::JoinFirewall,
        Self::LeaveFirewall,
        Self::AssignVip,
        Self::UnassignVip,
        Self::SetReverseName,
        Self::RemoveReverseName,
        Self::BuyAddOn,
        Self::Remedy,
        Self::ChangeRegion,
        Self::Cancel,
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
            Self::JoinNetwork => "join_network",
            Self::LeaveNetwork => "leave_network",
            Self::JoinFirewall => "join_firewall",
            Self::LeaveFirewall => "leave_firewall",
            Self::AssignVip => "assign_vip",
            Self::UnassignVip => "unassign_vip",
            Self::SetReverseName => "set_reverse_name",
            Self::RemoveReverseName => "remove_reverse_name",
            Self::BuyAddOn => "buy_add_on",
            Self::Remedy => "remedy",
            Self::ChangeRegion => "change_region",
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
            // Contabo does not say whether what is on the disk moves along.
            Self::Reinstall | Self::RollBack | Self::DeleteSnapshot | Self::ChangeRegion => Weight::Destroys,
            Self::Cancel => Weight::Ends,
            Self::BuyAddOn => Weight::Costs,
            _ => Weight::Light,
        }
    }

    /// Whether it is of use in this state. In one that nobody knows, all of it may be.
    #[must_use]
    pub fn is_of_use(self, status: &Status) -> bool {
        let unclear = matches!(status, Status::Failed | Status::Other(_));
        match self {
            // What state a remedy is of use in is for the check to say that offers it, and for a move for Contabo.
            Self::Rename | Self::Cancel | Self::BuyAddOn | Self::Remedy | Self::ChangeRegion => true,
            // Networks, firewalls and names are beside it, whatever it does.
            Self::JoinNetwork
            | Self::LeaveNetwork
            | Self::JoinFirewall
            | Self::LeaveFirewall
            | Self::AssignVip
            | Self::UnassignVip
            | Self::SetReverseName
            | Self::RemoveReverseName => true,
            Self::Start => unclear || *status == Status::Stopped,
            Self::Shutdown | Self::ResetPassword => unclear || *status == Status::Running,
            Self::Restart | Self::Stop => unclear || matches!(status, Status::Running | Status::Rescue),
            Self::Rescue | Self::TakeSnapshot | Self::RollBack | Self::DeleteSnapshot => {
                unclear || matches!(status, Status::Running | Status::Stopped)
            }
            Self::Reinstall | Self::RenameSnapshot => {
                unclear || matches!(status, Status::Running | Status::Stopped | Status::Rescue)
            }
        }
    }

    /// Whether it may be asked for while one of the kind is under way: of another snapshot or network, or with another
    /// name.
    #[must_use]
    pub fn can_be_asked_again(self) -> bool {
        match self {
            Self::Start
            | Self::Restart
            | Self::Shutdown
            | Self::Stop
            | Self::Rescue
            | Self::ResetPassword
            | Self::Reinstall
            | Self::ChangeRegion
            | Self::Cancel => false,
            Self::Rename | Self::TakeSnapshot | Self::RenameSnapshot | Self::RollBack | Self::DeleteSnapshot => true,
            Self::JoinNetwork | Self::LeaveNetwork | Self::JoinFirewall | Self::LeaveFirewall => true,
            Self::AssignVip | Self::UnassignVip | Self::SetReverseName | Self::RemoveReverseName => true,
            Self::BuyAddOn | Self::Remedy => true,
        }
    }

    /// Whether it is asked for by its name alone, or by choosing from what is kept here. A remedy is chosen on the page of
    /// checks.
    #[must_use]
    pub fn has_a_button(self) -> bool {
        self != Self::Remedy
    }

    /// What a client user needs for it, where the switch of its feature is on; none: it is not for clients.
    #[must_use]
    pub fn for_clients(self) -> Option<ClientPermission> {
        match self {
            Self::Reinstall | Self::RollBack | Self::DeleteSnapshot | Self::Cancel => {
                Some(ClientPermission::RebuildServers)
            }
            // What is asked of Contabo's people or of its tickets is the provider's.
            Self::BuyAddOn | Self::Remedy | Self::ChangeRegion => None,
            // Networks, firewalls and further addresses are the account's, and so the provider's.
            kind if kind.ties().is_some() => None,
            _ => Some(ClientPermission::OperateServers),
        }
    }

    /// What a staff user needs for it.
    #[must_use]
    pub fn for_staff(self) -> StaffPermission {
        match self.weight() {
            _ if self.ties().is_some() => StaffPermission::ManageServers,
            Weight::Light => StaffPermission::OperateServers,
            Weight::Costs | Weight::Destroys | Weight::Ends => StaffPermission::ManageServers,
        }
    }

    /// The kind of thing that it ties the instance to or takes it from.
    #[must_use]
    pub fn ties(self) -> Option<Thing> {
        match self {
            Self::JoinNetwork | Self::LeaveNetwork => Some(Thing::PrivateNetwork),
            Self::JoinFirewall | Self::LeaveFirewall => Some(Thing::Firewall),
            Self::AssignVip | Self::UnassignVip => Some(Thing::Vip),
            _ => None,
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
            Self::JoinNetwork | Self::LeaveNetwork | Self::JoinFirewall | Self::LeaveFirewall => 10,
            Self::AssignVip | Self::UnassignVip | Self::SetReverseName | Self::RemoveReverseName => 10,
            Self::Shutdown | Self::BuyAddOn | Self::ChangeRegion => 10,
            Self::Rescue | Self::ResetPassword | Self::DeleteSnapshot => 20,
            Self::TakeSnapshot | Self::RollBack | Self::Remedy => 60,
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
            Self::JoinNetwork { .. } => Kind::JoinNetwork,
            Self::LeaveNetwork { .. } => Kind::LeaveNetwork,
            Self::JoinFirewall { .. } => Kind::JoinFirewall,
            Self::LeaveFirewall { .. } => Kind::LeaveFirewall,
            Self::AssignVip { .. } => Kind::AssignVip,
            Self::UnassignVip { .. } => Kind::UnassignVip,
            Self::SetReverseName { .. } => Kind::SetReverseName,
            Self::RemoveReverseName { .. } => Kind::RemoveReverseName,
            Self::BuyAddOn { .. } => Kind::BuyAddOn,
            Self::Remedy { .. } => Kind::Remedy,
            Self::ChangeRegion { .. } => Kind::ChangeRegion,
        }
    }

    /// Whether sending it twice may cost twice, or do twice what cuts people off. Such a call is never sent again by itself.
    #[must_use]
    pub fn is_sent_once(&self) -> bool {
        matches!(
            self,
            Self::BuyAddOn { .. } | Self::Remedy { .. } | Self::ChangeRegion { .. }
        )
    }

    /// The other thing that it is about, with Contabo's id of it.
    #[must_use]
    pub fn thing(&self) -> Option<(Thing, String)> {
        Some(match self {
            Self::JoinNetwork { network, .. } | Self::LeaveNetwork { network, .. } => {
                (Thing::PrivateNetwork, network.to_string())
            }
            Self::JoinFirewall { firewall, .. } | Self::LeaveFirewall { firewall, .. } => {
                (Thing::Firewall, firewall.clone())
            }
            Self::AssignVip { vip, .. } | Self::UnassignVip { vip, .. } => (Thing::Vip, vip.clone()),
            Self::SetReverseName { ip, .. } | Self::RemoveReverseName { ip } => (Thing::ReverseName, ip.clone()),
            _ => return None,
        })
    }

    /// The same without cloud-init's text.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        if let Self::Reinstall { user_data, .. } = &mut self {
            user_data.clear();
        }
        self
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
    fn what_is_off_is_started_and_what_passes_is_left_alone() {
        let of_use = |status: &Status| -> Vec<Kind> {
            let all = Kind::ALL.into_iter();
            all.filter(|kind| kind.is_of_use(status)).collect()
        };
        assert!(of_use(&Status::Installing).contains(&Kind::Rename));
        assert!(!of_use(&Status::Installing).contains(&Kind::Reinstall));
        assert_eq!(of_use(&Status::Other("hibernating".to_owned())), Kind::ALL);
        let (running, stopped) = (of_use(&Status::Running), of_use(&Status::Stopped));
        assert!(stopped.contains(&Kind::Start) && !stopped.contains(&Kind::Shutdown));
        assert!(!running.contains(&Kind::Start) && running.contains(&Kind::Shutdown));
        let in_rescue = of_use(&Status::Rescue);
        assert!(in_rescue.contains(&Kind::Restart) && !in_rescue.contains(&Kind::TakeSnapshot));
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
