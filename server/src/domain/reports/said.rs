//! What people said and decided of a month: of outages, of maintenance, and who they are.

use std::collections::HashMap;

use entity::{AccountId, Tenant, account, link, outage_note};
use sea_orm::DbErr;

use super::document::{Exclusion, WindowChange};
use crate::domain::{
    board::Snapshot,
    maintenance::after_the_fact::{self, Counted},
    outages::{self, kind_name},
    sla::intervals::Interval,
};

/// What was said of a link's month.
pub(super) struct Said {
    notes: Vec<outage_note::Model>,
    pub(super) changes: Vec<WindowChange>,
    names: HashMap<AccountId, String>,
}

impl Said {
    pub(super) async fn read(
        rows: &Tenant<'_>,
        board: &Snapshot,
        link: &link::Model,
        window: Interval,
    ) -> Result<Self, DbErr> {
        let notes = outages::notes(rows, link.id, window).await?;
        let changes = after_the_fact::changes(rows, link, window).await?;
        let excluded = notes.iter().filter_map(|note| note.excluded_by);
        let approved = board
            .approved_maintenance()
            .filter(|maintenance| maintenance.covers(link));
        let approved = approved.filter_map(|maintenance| maintenance.window.approved_by);
        let people: Vec<AccountId> = excluded.chain(approved).collect();
        let people = match people.is_empty() {
            true => Vec::new(),
            false => rows.get_all::<account::Entity>(people).await?,
        };
        // As far as it was this link's: a link that was added to a window has one that was recorded after the fact.
        let span = |counted: Option<Counted>| {
            let counted = counted.filter(|counted| counted.covers.is_of(link))?;
            Some((counted.starts_at, counted.ends_at))
        };
        let change = |change: after_the_fact::Change| WindowChange {
            title: change.title,
            at: change.at,
            by: Some(change.by),
            reason: change.reason,
            before: span(change.old),
            after: span(change.new),
        };
        Ok(Self {
            notes,
            changes: changes.into_iter().map(change).collect(),
            names: people.into_iter().map(|row| (row.id, row.name)).collect(),
        })
    }

    /// The name of somebody on the staff, as it is now.
    pub(super) fn name(&self, of: Option<AccountId>) -> Option<String> {
        self.names.get(&of?).cloned()
    }

    /// What was said of an outage: its cause, a comment, and why it does not count.
    pub(super) fn of_outage(&self, span: Interval) -> (Option<String>, Option<String>, Option<Exclusion>) {
        let notes = outages::notes_of(&self.notes, span);
        let first = notes.first();
        let excluded = notes.iter().find_map(|note| {
            Some(Exclusion {
                kind: kind_name(note.exclusion?).to_owned(),
                reason: note.exclusion_reason.clone()?,
                by: self.name(note.excluded_by),
                at: note.excluded_at?,
            })
        });
        (
            first.and_then(|note| note.cause.clone()),
            first.and_then(|note| note.comment.clone()),
            excluded,
        )
    }
}
