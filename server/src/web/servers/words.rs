//! The words of the domain as those of the pages.

use app::{
    servers::{Act, Address as ShownAddress, Asked as ShownAsked, Deed, Stage, Status as Shown},
    text::{Lang, Text},
};
use entity::action;

use crate::{
    domain::contabo::{
        actions::{Asked, Kind, Reason, ThingAsked, Verb, next::stage},
        instances::{self, Address, Status},
    },
    web::admin::text_complaint,
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

pub(super) fn act(kind: Kind) -> Act {
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
        | Asked::DeleteSnapshot { name, .. } => Some(name),
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

pub(super) fn address(address: &Address) -> ShownAddress {
    ShownAddress {
        ip: address.ip.to_string(),
        prefix: address.prefix,
        gateway: address.gateway.map(|gateway| gateway.to_string()),
        is_v4: address.ip.is_ipv4(),
    }
}

/// What is wrong with what was asked.
pub(super) fn of_action(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::NotASnapshotName => lang.t("server-not-a-snapshot-name"),
        Reason::SnapshotNameTaken => lang.t("server-snapshot-name-taken"),
        Reason::NotADisplayName => lang.t("server-not-a-display-name"),
        Reason::NotAText => lang.t("server-not-a-text"),
        Reason::NotItsName => lang.t("server-wrong-name"),
        Reason::WrongPassword => lang.t("password-wrong"),
    };
    key.into()
}

/// What is wrong with what staff typed.
pub(super) fn of_given(lang: Lang, reason: instances::Reason) -> Text {
    match reason {
        instances::Reason::Text(bad) => text_complaint(lang, bad),
        instances::Reason::NoSuchClient => lang.t("not-a-choice").into(),
    }
}
