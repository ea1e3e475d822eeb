//! What files of reports are called.

use crate::domain::reports::Document;

/// `sla-report-berlin-headquarters-2026-04-r1.json`
#[must_use]
pub fn file_name(document: &Document, ending: &str) -> String {
    let Document { month, revision, .. } = document;
    format!("sla-report-{}-{month}-r{revision}.{ending}", plain(&document.link.name))
}

/// `sla-reports-harbour-hotels-2026-04.pdf`, of all reports of the client of one of them.
#[must_use]
pub fn file_name_of_month(one: &Document) -> String {
    format!("sla-reports-{}-{}.pdf", plain(&one.client), one.month)
}

/// A name as part of the name of a file: `berlin-headquarters`.
#[must_use]
pub fn plain(link: &str) -> String {
    let plain: String = link
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .take(60)
        .collect();
    let mut words: Vec<_> = plain.split_whitespace().collect();
    if words.is_empty() {
        words.push("link");
    }
    words.join("-")
}
