//! What clients are written of planned work: that it comes, comes otherwise, or does not come.

use app::{
    text::{in_language, t, t_with},
    ui::time,
};
use chrono_tz::Tz;
use entity::mail::MailKind;

use super::announce::{Announcement, News};
use crate::domain::mail::{
    Letterhead,
    letter::{Letter, Part},
};

/// What a client is told of a window, of whose links these are the names, by the clock of `zone`.
#[must_use]
pub fn letter(letterhead: &Letterhead, announced: &Announcement, news: News, links: &[String], zone: Tz) -> Letter {
    in_language(letterhead.lang(), || {
        let window = &announced.window;
        let title = match news {
            News::Planned => t("mail-maintenance-planned"),
            News::Changed => t("mail-maintenance-changed"),
            News::Cancelled => t("mail-maintenance-cancelled"),
        };
        let text = match news {
            News::Planned | News::Changed => t("mail-maintenance-text"),
            News::Cancelled => t("mail-maintenance-cancelled-text"),
        };
        let fact = |name: &'static str, value: String| (t(name).to_owned(), value);
        let mut facts = vec![
            fact("mail-maintenance-what", window.title.clone()),
            fact("report-from", time::absolute(window.starts_at, zone)),
            fact("report-to", time::absolute(window.ends_at, zone)),
        ];
        if !links.is_empty() {
            facts.push(fact("nav-links", links.join("\n")));
        }
        Letter {
            kind: MailKind::Maintenance,
            subject: t_with(
                "mail-maintenance-subject",
                &[
                    ("title", title.into()),
                    ("what", window.title.as_str().into()),
                    ("at", time::absolute(window.starts_at, zone).into()),
                ],
            ),
            preview: window.title.clone(),
            title: title.to_owned(),
            parts: vec![
                Part::Paragraph(text.to_owned()),
                Part::Facts(facts),
                Part::Button {
                    label: t("mail-maintenance-button").to_owned(),
                    url: letterhead.url("/portal"),
                },
            ],
            attachments: Vec::new(),
        }
    })
}
