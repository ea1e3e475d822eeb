//! What clients are written of their servers: that one is theirs, or no longer, and what was done with it.
//!
//! Never a password: those are shown in the portal, once, to whoever asked for them.

use app::{
    text::{in_language, t, t_with},
    ui::time,
};
use entity::{instance, mail::MailKind};
use serde::{Deserialize, Serialize};

use super::instances::Details;
use crate::domain::mail::{
    Letterhead,
    letter::{Letter, Part},
};

/// What became of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum News {
    /// It is theirs now.
    Welcome,
    /// It is no longer theirs.
    TakenBack,
    /// They may not touch it.
    Locked {
        because: String,
    },
    Unlocked,
    /// It was stopped, and they may not touch it.
    Suspended {
        because: String,
    },
    Unsuspended,
    /// Its contract ends.
    Cancelled,
    Reinstalled,
}

/// What a client is told of its server.
#[must_use]
pub fn letter(letterhead: &Letterhead, news: &News, server: &instance::Model) -> Letter {
    in_language(letterhead.lang(), || {
        let name = match server.display_name.trim() {
            "" => server.name.as_str(),
            name => name,
        };
        let (title, text) = match news {
            News::Welcome => ("mail-server-welcome", t("mail-server-welcome-text")),
            News::TakenBack => ("mail-server-taken-back", t("mail-server-taken-back-text")),
            News::Locked { .. } => ("mail-server-locked", t("mail-server-locked-text")),
            News::Unlocked => ("mail-server-unlocked", t("mail-server-unlocked-text")),
            News::Suspended { .. } => ("mail-server-suspended", t("mail-server-suspended-text")),
            News::Unsuspended => ("mail-server-unsuspended", t("mail-server-unsuspended-text")),
            News::Cancelled => ("mail-server-cancelled", t("mail-server-cancelled-text")),
            News::Reinstalled => ("mail-server-reinstalled", t("mail-server-reinstalled-text")),
        };
        let title = t_with(title, &[("server", name.to_owned().into())]);
        let fact = |label: &'static str, value: String| (t(label).to_owned(), value);
        let mut facts = vec![fact("mail-server-name", name.to_owned())];
        match news {
            News::Welcome => facts.extend(how_to_reach(server)),
            News::Locked { because } | News::Suspended { because } => {
                facts.push(fact("mail-server-reason", because.clone()));
            }
            News::Cancelled => {
                let last = server.cancels_on;
                let last = last.map_or_else(|| t("mail-server-last-day-unknown").to_owned(), time::day);
                facts.push(fact("mail-server-last-day", last));
            }
            News::TakenBack | News::Unlocked | News::Unsuspended | News::Reinstalled => {}
        }
        let (label, url) = match news {
            News::TakenBack => ("mail-server-all", letterhead.url("/portal/servers")),
            _ => {
                let page = format!("/portal/servers/{}", server.id);
                ("mail-server-button", letterhead.url(page))
            }
        };
        Letter {
            kind: MailKind::Server,
            subject: title.clone(),
            preview: text.to_owned(),
            title,
            parts: vec![
                Part::Paragraph(text.to_owned()),
                Part::Facts(facts),
                Part::Button {
                    label: t(label).to_owned(),
                    url,
                },
            ],
            attachments: Vec::new(),
        }
    })
}

/// Its addresses, and who signs in first, as far as Contabo has said so.
fn how_to_reach(server: &instance::Model) -> Vec<(String, String)> {
    let details = Details::of(server);
    let own = [&details.ipv4, &details.ipv6].into_iter().flatten();
    let addresses: Vec<String> = own.chain(&details.additional).map(|one| one.ip.to_string()).collect();
    let mut facts = Vec::new();
    if !addresses.is_empty() {
        facts.push((t("mail-server-addresses").to_owned(), addresses.join("\n")));
    }
    facts.extend(
        details
            .default_user
            .map(|user| (t("server-default-user").to_owned(), user)),
    );
    facts
}
