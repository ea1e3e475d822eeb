//! The staff's pages of mail: what was sent, one mail, how it is sent.

pub(in crate::web) mod list;
pub(in crate::web) mod settings;
pub(in crate::web) mod show;

use app::admin::mail::{MailKind, MailState};
use entity::mail;

fn kind(kind: mail::MailKind) -> MailKind {
    match kind {
        mail::MailKind::Breach => MailKind::Breach,
        mail::MailKind::Report => MailKind::Report,
        mail::MailKind::Maintenance => MailKind::Maintenance,
        mail::MailKind::Server => MailKind::Server,
        mail::MailKind::Test => MailKind::Test,
    }
}

fn state(state: mail::MailState, was_tried: bool) -> MailState {
    match state {
        mail::MailState::Queued if was_tried => MailState::Retrying,
        mail::MailState::Queued => MailState::Queued,
        mail::MailState::Sent => MailState::Sent,
        mail::MailState::Failed => MailState::Failed,
    }
}
