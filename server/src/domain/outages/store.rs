//! What staff say of outages, each change with its audit entry in one transaction.

use chrono::{DateTime, Utc};
use entity::{Db, LinkId, OutageNoteId, Tenant, link, outage_note, outage_note::Exclusion};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::{Value, json};

use super::{Error, Excluding, Note, Outage};
use crate::domain::{
    audit::{self, Actor, Subject},
    board::Snapshot,
};

/// Says what caused `outage` and what its customer should know; of one that was spoken of before, anew.
///
/// # Errors
/// [`Error::NotFound`] when its link is not this tenant's, [`Error::Conflict`] when somebody else said something of it
/// meanwhile.
pub async fn change_note(
    db: &Db,
    board: &Snapshot,
    actor: &Actor,
    now: DateTime<Utc>,
    outage: &Outage,
    said: Note,
) -> Result<OutageNoteId, Error> {
    let (rows, link) = begin(db, board, outage.link).await?;
    let before = kept(&rows, outage).await?;
    if let Some(note) = &before
        && (&note.cause, &note.comment, &note.internal_note) == (&said.cause, &said.comment, &said.internal_note)
    {
        return Ok(note.id);
    }
    let row = outage_note::ActiveModel {
        cause: Set(said.cause),
        comment: Set(said.comment),
        internal_note: Set(said.internal_note),
        updated_at: Set(now),
        ..Default::default()
    };
    put(rows, actor, now, "outage.change", &link, outage, before, row).await
}

/// Takes `outage` out of both sides of the figures, exactly as it is calculated now (R19).
///
/// # Errors
/// As [`change_note`]; [`Error::Conflict`] also when it goes on, is none any more, or is excluded already.
pub async fn exclude(
    db: &Db,
    board: &Snapshot,
    actor: &Actor,
    now: DateTime<Utc>,
    outage: &Outage,
    excluding: Excluding,
) -> Result<OutageNoteId, Error> {
    if !outage.is_over || !outage.is_measured {
        return Err(Error::Conflict);
    }
    let (rows, link) = begin(db, board, outage.link).await?;
    let before = kept(&rows, outage).await?;
    if outage.exclusion().is_some() || before.as_ref().is_some_and(|note| note.exclusion.is_some()) {
        return Err(Error::Conflict);
    }
    let row = outage_note::ActiveModel {
        exclusion: Set(Some(excluding.kind)),
        exclusion_reason: Set(Some(excluding.reason)),
        excluded_by: Set(actor.id),
        excluded_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    put(rows, actor, now, "outage.exclude", &link, outage, before, row).await
}

/// Lets what was excluded of `outage` count again.
///
/// # Errors
/// As [`change_note`]; [`Error::Conflict`] also when nothing of it is excluded.
pub async fn include_again(
    db: &Db,
    board: &Snapshot,
    actor: &Actor,
    now: DateTime<Utc>,
    outage: &Outage,
) -> Result<(), Error> {
    let id = outage.exclusion().ok_or(Error::Conflict)?.id;
    let (rows, link) = begin(db, board, outage.link).await?;
    let before = rows.lock::<outage_note::Entity>(id).await?.ok_or(Error::NotFound)?;
    if before.exclusion.is_none() {
        return Err(Error::Conflict);
    }
    let row = outage_note::ActiveModel {
        id: Set(id),
        exclusion: Set(None),
        exclusion_reason: Set(None),
        excluded_by: Set(None),
        excluded_at: Set(None),
        updated_at: Set(now),
        ..Default::default()
    };
    let after = rows.update::<outage_note::Entity, _>(row).await?;
    let (old, new) = (Some(fields(&before)), Some(fields(&after)));
    let name = name(&link, &after);
    audit::conclude(rows, actor, now, "outage.include", subject(&after, &name), old, new).await?;
    Ok(())
}

/// With the link locked, so that of two who speak of one outage at once the second sees what the first said.
async fn begin(db: &Db, board: &Snapshot, link: LinkId) -> Result<(Tenant<'static>, link::Model), Error> {
    let rows = db.begin(board.tenant.id).await?;
    let link = rows.lock::<link::Entity>(link).await?.ok_or(Error::NotFound)?;
    Ok((rows, link))
}

/// The note that the visitor saw, as it is now.
async fn kept(rows: &Tenant<'_>, outage: &Outage) -> Result<Option<outage_note::Model>, Error> {
    match outage.note() {
        Some(note) => {
            let kept = rows.lock::<outage_note::Entity>(note.id).await?;
            kept.map(Some).ok_or(Error::NotFound)
        }
        None => {
            // Somebody was faster: their words are not to be lost.
            let there = rows
                .find::<outage_note::Entity>()
                .filter(outage_note::Column::LinkId.eq(outage.link))
                .filter(outage_note::Column::StartsAt.lt(outage.ends_at()))
                .filter(outage_note::Column::EndsAt.gt(outage.starts_at()));
            match there.count().await? {
                0 => Ok(None),
                _ => Err(Error::Conflict),
            }
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one change with its entry, of which each part is another's"
)]
async fn put(
    rows: Tenant<'static>,
    actor: &Actor,
    now: DateTime<Utc>,
    action: &str,
    link: &link::Model,
    outage: &Outage,
    before: Option<outage_note::Model>,
    mut row: outage_note::ActiveModel,
) -> Result<OutageNoteId, Error> {
    // What is excluded stays exactly what it was; of two notes of one outage neither takes the other's time.
    let is_free = before.as_ref().is_none_or(|note| note.exclusion.is_none()) && outage.notes.len() < 2;
    if is_free && outage.is_measured {
        row.starts_at = Set(outage.starts_at());
        row.ends_at = Set(outage.ends_at());
    }
    let after = match &before {
        Some(note) => {
            row.id = Set(note.id);
            rows.update::<outage_note::Entity, _>(row).await?
        }
        None => {
            row.id = Set(OutageNoteId::new());
            row.link_id = Set(outage.link);
            rows.insert::<outage_note::Entity, _>(row).await?
        }
    };
    let (old, new) = (before.as_ref().map(fields), Some(fields(&after)));
    let name = name(link, &after);
    audit::conclude(rows, actor, now, action, subject(&after, &name), old, new).await?;
    Ok(after.id)
}

fn name(link: &link::Model, note: &outage_note::Model) -> String {
    [
        link.name.as_str(),
        ", ",
        &note.starts_at.format("%Y-%m-%d %H:%M UTC").to_string(),
    ]
    .concat()
}

fn subject<'n>(note: &outage_note::Model, name: &'n str) -> Subject<'n> {
    Subject {
        kind: "outage",
        id: Some(note.id.0),
        name,
    }
}

fn fields(note: &outage_note::Model) -> Value {
    json!({
        "starts_at": note.starts_at,
        "ends_at": note.ends_at,
        "cause": note.cause,
        "comment": note.comment,
        "internal_note": note.internal_note,
        "exclusion": note.exclusion.map(kind_name),
        "exclusion_reason": note.exclusion_reason,
    })
}

/// The word for why an outage does not count, in forms and in the log.
#[must_use]
pub fn kind_name(kind: Exclusion) -> &'static str {
    match kind {
        Exclusion::Client => "client",
        Exclusion::ForceMajeure => "force_majeure",
        Exclusion::Other => "other",
    }
}
