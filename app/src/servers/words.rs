//! What a server does, what can be asked of it and how far that is: each in words, as the pages say them.

use crate::{t, text::Text, ui::State};

/// One of Contabo's regions by its short name: in words where it is known, as it is where not.
pub fn region_word(region: &str) -> Text {
    let name = match region {
        "EU" => t("region-eu"),
        "US-central" => t("region-us-central"),
        "US-east" => t("region-us-east"),
        "US-west" => t("region-us-west"),
        "SIN" => t("region-sin"),
        "UK" => t("region-uk"),
        "AUS" => t("region-aus"),
        "JPN" => t("region-jpn"),
        "IND" => t("region-ind"),
        other => return other.to_owned().into(),
    };
    name.into()
}

/// What a server does, as Contabo says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Running,
    Stopped,
    Provisioning,
    Installing,
    Rescue,
    ResettingPassword,
    Awaiting,
    Unavailable,
    Failed,
    /// Contabo's own word, which nobody knew before.
    Other(String),
}

impl Status {
    /// The word.
    pub fn word(&self) -> Text {
        let key = match self {
            Self::Running => t("server-running"),
            Self::Stopped => t("server-stopped"),
            Self::Provisioning => t("server-provisioning"),
            Self::Installing => t("server-installing"),
            Self::Rescue => t("server-rescue"),
            Self::ResettingPassword => t("server-resetting-password"),
            Self::Awaiting => t("server-awaiting"),
            Self::Unavailable => t("server-unavailable"),
            Self::Failed => t("server-failed"),
            Self::Other(word) if word.is_empty() => t("server-no-word"),
            Self::Other(word) => return word.clone().into(),
        };
        key.into()
    }

    /// Its colour and shape. What passes by itself is work in progress; what is off on purpose is no trouble.
    pub fn state(&self) -> State {
        match self {
            Self::Running => State::Up,
            Self::Stopped => State::Disabled,
            Self::Provisioning | Self::Installing | Self::Rescue | Self::ResettingPassword => State::Maintenance,
            Self::Awaiting | Self::Unavailable => State::Degraded,
            Self::Failed => State::Down,
            Self::Other(_) => State::Unknown,
        }
    }
}

/// What can be asked of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
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

impl Act {
    /// As addresses have it.
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

    /// On its button, and in the history.
    pub fn label(self) -> &'static str {
        match self {
            Self::Start => t("server-start"),
            Self::Stop => t("server-stop"),
            Self::Shutdown => t("server-shutdown"),
            Self::Restart => t("server-restart"),
            Self::Rescue => t("server-rescue-system"),
            Self::ResetPassword => t("server-reset-password"),
            Self::Reinstall => t("server-reinstall"),
            Self::Rename => t("server-rename"),
            Self::Cancel => t("server-cancel"),
            Self::TakeSnapshot => t("server-take-snapshot"),
            Self::RenameSnapshot => t("server-rename-snapshot"),
            Self::RollBack => t("server-roll-back"),
            Self::DeleteSnapshot => t("server-delete-snapshot"),
            Self::JoinNetwork => t("server-join-network"),
            Self::LeaveNetwork => t("server-leave-network"),
            Self::JoinFirewall => t("server-join-firewall"),
            Self::LeaveFirewall => t("server-leave-firewall"),
            Self::AssignVip => t("server-assign-address"),
            Self::UnassignVip => t("server-unassign-address"),
            Self::SetReverseName => t("server-set-reverse-name"),
            Self::RemoveReverseName => t("server-remove-reverse-name"),
            Self::BuyAddOn => t("server-buy-add-on"),
            Self::Remedy => t("server-remedy"),
            Self::ChangeRegion => t("server-move"),
        }
    }

    /// While it is under way.
    pub fn doing(self) -> &'static str {
        match self {
            Self::Start => t("server-starting"),
            Self::Stop => t("server-stopping"),
            Self::Shutdown => t("server-shutting-down"),
            Self::Restart => t("server-restarting"),
            Self::Rescue => t("server-rescuing"),
            Self::ResetPassword => t("server-password-setting"),
            Self::Reinstall => t("server-reinstalling"),
            Self::Rename => t("server-renaming"),
            Self::Cancel => t("server-cancelling"),
            Self::TakeSnapshot => t("server-snapshot-taking"),
            Self::RenameSnapshot => t("server-snapshot-renaming"),
            Self::RollBack => t("server-rolling-back"),
            Self::DeleteSnapshot => t("server-snapshot-deleting"),
            Self::JoinNetwork => t("server-network-joining"),
            Self::LeaveNetwork => t("server-network-leaving"),
            Self::JoinFirewall => t("server-firewall-joining"),
            Self::LeaveFirewall => t("server-firewall-leaving"),
            Self::AssignVip | Self::UnassignVip => t("server-address-noting"),
            Self::SetReverseName | Self::RemoveReverseName => t("server-reverse-naming"),
            Self::BuyAddOn => t("server-add-on-buying"),
            Self::Remedy => t("server-remedying"),
            Self::ChangeRegion => t("server-moving"),
        }
    }

    /// Whether it says first what will happen; the others are done at once, or ask for something anyway.
    pub(super) fn asks_first(self) -> bool {
        matches!(
            self,
            Self::Stop | Self::Shutdown | Self::Restart | Self::Rescue | Self::ResetPassword
        )
    }

    /// Whether it ties the server to something else, or takes it from that: networks, firewalls, addresses, names.
    pub(super) fn ties(self) -> bool {
        matches!(
            self,
            Self::JoinNetwork
                | Self::LeaveNetwork
                | Self::JoinFirewall
                | Self::LeaveFirewall
                | Self::AssignVip
                | Self::UnassignVip
                | Self::SetReverseName
                | Self::RemoveReverseName
        )
    }

    /// Whether something is chosen for it from a list.
    pub(super) fn chooses(self) -> bool {
        self.ties() || matches!(self, Self::BuyAddOn | Self::ChangeRegion)
    }

    /// Whether it can't be taken back, and so asks for the server's name and a password.
    pub(super) fn asks_twice(self) -> bool {
        self.destroys() || self == Self::BuyAddOn
    }

    /// Whether something is lost that can't be had again.
    pub fn destroys(self) -> bool {
        matches!(
            self,
            Self::Reinstall | Self::RollBack | Self::DeleteSnapshot | Self::Cancel | Self::ChangeRegion
        )
    }
}

/// What can be done to another thing of an account than a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Create,
    Change,
    Delete,
    SetRules,
    AddRecord,
    ChangeRecord,
    DeleteRecord,
    SetValue,
    PutOn,
    TakeOff,
    Grow,
    End,
    MailLink,
    Order,
    SetNameServers,
    SetContacts,
    RevokeCancellation,
    AcceptTransfer,
    RejectTransfer,
    MakeDefault,
}

impl Deed {
    /// In the history, and on its button.
    pub fn label(self) -> &'static str {
        match self {
            Self::Create => t("deed-create"),
            Self::Change => t("deed-change"),
            Self::Delete => t("deed-delete"),
            Self::SetRules => t("deed-set-rules"),
            Self::AddRecord => t("deed-add-record"),
            Self::ChangeRecord => t("deed-change-record"),
            Self::DeleteRecord => t("deed-delete-record"),
            Self::SetValue => t("deed-set-value"),
            Self::PutOn => t("deed-put-on"),
            Self::TakeOff => t("deed-take-off"),
            Self::Grow => t("storage-resize"),
            Self::End => t("server-cancel"),
            Self::MailLink => t("deed-mail-link"),
            Self::Order => t("deed-order"),
            Self::SetNameServers => t("deed-set-name-servers"),
            Self::SetContacts => t("deed-set-contacts"),
            Self::RevokeCancellation => t("deed-revoke-cancellation"),
            Self::AcceptTransfer => t("deed-accept-transfer"),
            Self::RejectTransfer => t("deed-reject-transfer"),
            Self::MakeDefault => t("deed-make-default"),
        }
    }
}

/// Something that was asked of Contabo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Server(Act),
    Thing(Deed),
    /// A newer version wrote it, and its name is all that is known.
    Unknown(String),
}

impl Asked {
    /// In the history.
    pub fn label(&self) -> Text {
        match self {
            Self::Server(act) => act.label().into(),
            Self::Thing(deed) => deed.label().into(),
            Self::Unknown(name) => name.clone().into(),
        }
    }
}

/// How far something is that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    Sending,
    HeldUp,
    Unclear,
    Accepted,
    UnderWay,
}

impl Stage {
    /// A sentence.
    pub fn text(self) -> &'static str {
        match self {
            Self::Waiting => t("stage-waiting"),
            Self::Sending => t("stage-sending"),
            Self::HeldUp => t("stage-held-up"),
            Self::Unclear => t("stage-unclear"),
            Self::Accepted => t("stage-accepted"),
            Self::UnderWay => t("stage-under-way"),
        }
    }
}

/// A size that is said in MiB.
pub fn size(mib: u64) -> String {
    if mib == 0 || !mib.is_multiple_of(1024) {
        return format!("{mib}\u{a0}MiB");
    }
    format!("{}\u{a0}GiB", mib / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_nobody_knew_is_shown_and_claims_nothing() {
        let unknown = Status::Other("hibernating".to_owned());
        assert_eq!(
            (unknown.word().as_ref(), unknown.state()),
            ("hibernating", State::Unknown)
        );
        assert_eq!(Status::Other(String::new()).word(), "Unknown");
    }

    #[test]
    fn a_size_is_as_round_as_it_is() {
        assert_eq!(size(8192), "8\u{a0}GiB");
        assert_eq!(size(1500), "1500\u{a0}MiB");
    }
}
