//! What clients are written of planned work: that it comes, comes otherwise, or does not come.

use std::collections::BTreeSet;

use app::{
    text::{in_language, t, t_with},
    ui::time,
};
use chrono_tz::Tz;
use entity::mail::MailKind;

use super::announce::{Announcement, News};
use crate::domain::mail::{
    Letterhead,
    letter::{Column, Letter, Part, Table},
};

/// What a client is told of a window, or of some of one series in the order of their beginnings: one letter about all of
/// them. `links` are the names of the client's links that they concern; times are on the clock of `zone`.
#[must_use]
pub fn letter(letterhead: &Letterhead, told: &[(&Announcement, News)], links: &[String], zone: Tz) -> Letter {
    in_language(letterhead.lang(), || {
        let titles: BTreeSet<&str> = told.iter().map(|(one, _)| one.window.title.as_str()).collect();
        let what = titles.into_iter().collect::<Vec<_>>().join("\n");
        let title = match common(told) {
            Some(News::Planned) => t("mail-maintenance-planned"),
            Some(News::Changed) | None => t("mail-maintenance-changed"),
            Some(News::Cancelled) => t("mail-maintenance-cancelled"),
        };
        let cancelled = told.iter().filter(|(_, news)| *news == News::Cancelled).count();
        let text = match cancelled {
            0 => [Some(t("mail-maintenance-text")), None],
            some if some == told.len() => [Some(t("mail-maintenance-cancelled-text")), None],
            _ => [t("mail-maintenance-text"), t("mail-maintenance-some-cancelled-text")].map(Some),
        };
        let fact = |name: &'static str, value: String| (t(name).to_owned(), value);
        let mut facts = vec![fact("mail-maintenance-what", what.clone())];
        if let [(one, _)] = told {
            facts.push(fact("report-from", time::absolute(one.window.starts_at, zone)));
            facts.push(fact("report-to", time::absolute(one.window.ends_at, zone)));
        }
        if !links.is_empty() {
            facts.push(fact("nav-links", links.join("\n")));
        }
        let mut parts: Vec<Part> = text
            .into_iter()
            .flatten()
            .map(|text| Part::Paragraph(text.to_owned()))
            .collect();
        parts.push(Part::Facts(facts));
        if told.len() > 1 {
            parts.push(Part::Table(times(told, zone)));
        }
        parts.push(Part::Button {
            label: t("mail-maintenance-button").to_owned(),
            url: letterhead.url("/portal"),
        });
        Letter {
            kind: MailKind::Maintenance,
            subject: subject(title, told, zone),
            preview: what,
            title: title.to_owned(),
            parts,
            attachments: Vec::new(),
        }
    })
}

/// What is told of all of them; none where it is not the same.
fn common(told: &[(&Announcement, News)]) -> Option<News> {
    let (_, first) = *told.first()?;
    told.iter().all(|(_, news)| *news == first).then_some(first)
}

fn subject(title: &'static str, told: &[(&Announcement, News)], zone: Tz) -> String {
    let Some((first, _)) = told.first() else {
        return title.to_owned();
    };
    let values = [
        ("title", title.into()),
        ("what", first.window.title.as_str().into()),
        ("at", time::absolute(first.window.starts_at, zone).into()),
        ("times", told.len().into()),
    ];
    match told.len() {
        1 => t_with("mail-maintenance-subject", &values),
        _ => t_with("mail-maintenance-subject-times", &values),
    }
}

/// When, a row each; with what is told of it and what it is where those differ.
fn times(told: &[(&Announcement, News)], zone: Tz) -> Table {
    let is_mixed = common(told).is_none();
    let titles: BTreeSet<&str> = told.iter().map(|(one, _)| one.window.title.as_str()).collect();
    let has_titles = titles.len() > 1;
    let mut columns = vec![Column::text(t("report-from")), Column::text(t("report-to"))];
    columns.extend(has_titles.then(|| Column::text(t("mail-maintenance-what"))));
    columns.extend(is_mixed.then(|| Column::text(t("mail-maintenance-news"))));
    let row = |(one, news): &(&Announcement, News)| {
        let window = &one.window;
        let mut row = vec![
            time::absolute(window.starts_at, zone),
            time::absolute(window.ends_at, zone),
        ];
        row.extend(has_titles.then(|| window.title.clone()));
        let news = match news {
            News::Planned => t("mail-maintenance-is-planned"),
            News::Changed => t("mail-maintenance-is-changed"),
            News::Cancelled => t("mail-maintenance-is-cancelled"),
        };
        row.extend(is_mixed.then(|| news.to_owned()));
        row
    };
    Table {
        columns,
        rows: told.iter().map(row).collect(),
    }
}
