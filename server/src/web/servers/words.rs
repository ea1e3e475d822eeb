//! The words of the domain as those of the pages.

use app::{
    servers::{
        Act, Address as ShownAddress, Asked as ShownAsked, Deed, End, Stage, Status as Shown, words::region_word,
    },
    text::{Lang, Text},
};
use entity::action::{self, ActionState};

use super::checks;
use crate::{
    domain::contabo::{
        actions::{Asked, Kind, Reason, ThingAsked, Verb, next::stage},
        catalogue::add_on,
        instances::{self, Address, Status},
        quotas::Full,
    },
    web::admin::{orders::of_quota, text_complaint},
};

pub(in crate::web) fn status(status: &Status) -> Shown {
    match status {
        Status::Running => Shown::Running,
        Status::Stopped => Shown::Stopped,
        Status::Provisioning => Shown::Provisioning,
        Status::Installing => Shown::Installing,
        Status::Rescue => Shown::Rescue,
        Status::ResettingPassword => Shown::ResettingPassword,
        Status::AwaitingContabo => Shown::Awaiting,
        Status::Unavailable => Shown::Unavailable,
        Status::Failed => Shown::Failed,
        Status::Other(word) => Shown::Other(word.clone()),
    }
}

pub(in crate::web) fn act(kind: Kind) -> Act {
    match kind {
        Kind::Start => Act::Start,
        Kind::Stop => Act::Stop,
        Kind::Shutdown => Act::Shutdown,
        Kind::Restart => Act::Restart,
        Kind::Rescue => Act::Rescue,
        Kind::ResetPassword => Act::ResetPassword,
        Kind::Reinstall => Act::Reinstall,
        Kind::Rename => Act::Rename,
        Kind::Cancel => Act::Cancel,
        Kind::TakeSnapshot => Act::TakeSnapshot,
        Kind::RenameSnapshot => Act::RenameSnapshot,
        Kind::RollBack => Act::RollBack,
        Kind::DeleteSnapshot => Act::DeleteSnapshot,
        Kind::JoinNetwork => Act::JoinNetwork,
        Kind::LeaveNetwork => Act::LeaveNetwork,
        Kind::JoinFirewall => Act::JoinFirewall,
        Kind::LeaveFirewall => Act::LeaveFirewall,
        Kind::AssignVip => Act::AssignVip,
        Kind::UnassignVip => Act::UnassignVip,
        Kind::SetReverseName => Act::SetReverseName,
        Kind::RemoveReverseName => Act::RemoveReverseName,
        Kind::BuyAddOn => Act::BuyAddOn,
        Kind::Remedy => Act::Remedy,
        Kind::ChangeRegion => Act::ChangeRegion,
    }
}

/// What is done to a thing that is no server.
pub(in crate::web) fn deed(verb: Verb) -> Deed {
    match verb {
        Verb::Create => Deed::Create,
        Verb::Change => Deed::Change,
        Verb::Delete => Deed::Delete,
        Verb::SetRules => Deed::SetRules,
        Verb::AddRecord => Deed::AddRecord,
        Verb::ChangeRecord => Deed::ChangeRecord,
        Verb::DeleteRecord => Deed::DeleteRecord,
        Verb::SetValue => Deed::SetValue,
        Verb::PutOn => Deed::PutOn,
        Verb::TakeOff => Deed::TakeOff,
        Verb::Grow => Deed::Grow,
        Verb::End => Deed::End,
        Verb::MailLink => Deed::MailLink,
        Verb::Order => Deed::Order,
        Verb::SetNameServers => Deed::SetNameServers,
        Verb::SetContacts => Deed::SetContacts,
        Verb::RevokeCancellation => Deed::RevokeCancellation,
        Verb::AcceptTransfer => Deed::AcceptTransfer,
        Verb::RejectTransfer => Deed::RejectTransfer,
        Verb::MakeDefault => Deed::MakeDefault,
    }
}

/// What an action is.
pub(in crate::web) fn asked_of(row: &action::Model) -> ShownAsked {
    let known = match row.instance_id {
        Some(_) => Kind::named(&row.kind).map(|kind| ShownAsked::Server(act(kind))),
        None => ThingAsked::of(row)
            .ok()
            .map(|asked| ShownAsked::Thing(deed(asked.about().verb))),
    };
    known.unwrap_or_else(|| ShownAsked::Unknown(row.kind.clone()))
}

/// What is under way on a server, if this version knows it.
pub(in crate::web) fn act_of(row: &action::Model) -> Option<Act> {
    Kind::named(&row.kind).map(act)
}

/// How it ended.
pub(in crate::web) fn end_of(row: &action::Model) -> End {
    match row.state {
        ActionState::Queued | ActionState::Running => End::NotYet,
        ActionState::Done => End::Done,
        ActionState::Failed => End::Failed(row.error.clone()),
        ActionState::Withdrawn => End::Withdrawn,
    }
}

pub(in crate::web) fn stage_of(row: &action::Model) -> Stage {
    match row.stage.as_str() {
        stage::SENDING => Stage::Sending,
        stage::HELD_UP => Stage::HeldUp,
        stage::UNCLEAR => Stage::Unclear,
        stage::ACCEPTED => Stage::Accepted,
        stage::UNDER_WAY => Stage::UnderWay,
        _ => Stage::Waiting,
    }
}

/// Of what: the name that stands for it. Nothing that was typed to be run.
pub(super) fn detail_of(row: &action::Model) -> Option<String> {
    match Asked::of(row).ok()? {
        Asked::Rename { display_name } => Some(display_name),
        Asked::Reinstall {
            image_name,
            template: None,
            ..
        } => Some(image_name),
        Asked::Reinstall {
            image_name,
            template: Some(template),
            ..
        } => {
            let values = [
                ("image", image_name.into()),
                ("template", template.name.into()),
                ("version", template.version.into()),
            ];
            Some(app::text::current().t_with("server-with-template", &values))
        }
        Asked::TakeSnapshot { name, .. }
        | Asked::RenameSnapshot { name, .. }
        | Asked::RollBack { name, .. }
        | Asked::DeleteSnapshot { name, .. }
        | Asked::JoinNetwork { name, .. }
        | Asked::LeaveNetwork { name, .. }
        | Asked::JoinFirewall { name, .. }
        | Asked::LeaveFirewall { name, .. } => Some(name),
        Asked::AssignVip { ip, .. } | Asked::UnassignVip { ip, .. } | Asked::RemoveReverseName { ip } => Some(ip),
        Asked::SetReverseName { ip, name, .. } => Some(format!("{ip} {name}")),
        Asked::BuyAddOn { add_on, .. } => Some(add_on_named(&add_on).to_owned()),
        Asked::Remedy { name, .. } => Some(checks::named(&name).label().into_owned()),
        Asked::ChangeRegion { region } => {
            let region = region_word(&region).into_owned();
            match &row.thing_id {
                Some(ticket) => {
                    let values = [("region", region.into()), ("ticket", ticket.clone().into())];
                    Some(app::text::current().t_with("move-ticket", &values))
                }
                None => Some(region),
            }
        }
        Asked::Start
        | Asked::Stop
        | Asked::Shutdown
        | Asked::Restart
        | Asked::Rescue { .. }
        | Asked::ResetPassword
        | Asked::Cancel => None,
    }
    .filter(|detail| !detail.is_empty())
}

/// An add-on in plain words.
pub(super) fn add_on_named(word: &str) -> &str {
    match word {
        add_on::PRIVATE_NETWORKING => app::text::current().t("server-add-on-network"),
        add_on::BACKUP => app::text::current().t("server-add-on-backup"),
        other => other,
    }
}

pub(super) fn address(address: &Address) -> ShownAddress {
    ShownAddress {
        ip: address.ip.to_string(),
        prefix: address.prefix,
        gateway: address.gateway.map(|gateway| gateway.to_string()),
        is_v4: address.ip.is_ipv4(),
    }
}

/// What is wrong with what was asked.
pub(in crate::web) fn of_action(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::NotASnapshotName => lang.t("server-not-a-snapshot-name"),
        Reason::SnapshotsFull(most) => return lang.t_count("server-snapshots-full", most.unsigned_abs().into()),
        Reason::SnapshotNameTaken => lang.t("server-snapshot-name-taken"),
        Reason::NotADisplayName => lang.t("server-not-a-display-name"),
        Reason::NotAText => lang.t("server-not-a-text"),
        Reason::NotItsName => lang.t("wrong-name"),
        Reason::WrongPassword => lang.t("password-wrong"),
        Reason::OtherRegion => lang.t("server-other-region"),
        Reason::SoAlready => lang.t("server-so-already"),
        Reason::NotItsAddress => lang.t("server-not-its-address"),
        Reason::NotADomain => lang.t("not-a-domain"),
        Reason::NameTaken => lang.t("problem-name-taken-here"),
        Reason::NotHereAnyMore => lang.t("domain-not-here"),
        Reason::NothingToAnswer => lang.t("domain-nothing-to-answer"),
        Reason::NotBigger => lang.t("storage-not-bigger"),
        Reason::CeilingTooLow => lang.t("order-ceiling-too-low"),
        Reason::StorageFull(steps) => return of_quota(lang, Full::Storage(steps)),
    };
    key.into()
}

/// What is wrong with what staff typed.
pub(super) fn of_given(lang: Lang, reason: instances::Reason) -> Text {
    match reason {
        instances::Reason::Text(bad) => text_complaint(lang, bad),
        instances::Reason::NoSuchClient => lang.t("not-a-choice").into(),
        instances::Reason::QuotaFull(most) => lang.t_count("quota-full-client", most.unsigned_abs().into()),
    }
}
