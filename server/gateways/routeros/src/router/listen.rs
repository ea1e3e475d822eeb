//! Changes of interfaces as they happen.
//!
//! `/interface/listen` makes a change known sooner and dates it. It is documented to exist wherever
//! `print` does, "but it may not work everywhere": printing each cycle stays the proof.

use super::interface::{STATE, id};
use crate::row::{Row, Text};
use crate::stream::Rows;
use crate::{Client, CodePage, Command, Error};
use chrono::NaiveDateTime;

/// One change. What a router does not mention is `None`, which does not mean that it is unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterfaceChange {
    /// The interface is no longer there.
    Gone { id: String },
    /// The interface is new or changed.
    Seen(Box<ChangedInterface>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedInterface {
    pub id: String,
    pub name: Option<Text>,
    pub running: Option<bool>,
    pub disabled: Option<bool>,
    pub comment: Option<Text>,
    pub link_downs: Option<u64>,
    /// By the router's clock, without zone.
    pub last_link_up: Option<NaiveDateTime>,
    pub last_link_down: Option<NaiveDateTime>,
}

/// Changes as they come. Dropping it ends the command on the router; the silence between two changes
/// may last for ever.
#[derive(Debug)]
pub struct InterfaceChanges {
    rows: Rows,
    code_page: CodePage,
}

impl Client {
    /// Listens for changes of any interface.
    pub async fn listen_interfaces(&self) -> Result<InterfaceChanges, Error> {
        let properties = [STATE, &[".dead"]].concat();
        let command = Command::new("/interface/listen").proplist(&properties);
        Ok(InterfaceChanges {
            rows: self.stream(command).await?,
            code_page: self.code_page(),
        })
    }
}

impl InterfaceChanges {
    /// The next change; the error that ended the listening, once; `None` from then on. A row that
    /// can't be understood is an error too, and the next ones still come.
    pub async fn next(&mut self) -> Option<Result<InterfaceChange, Error>> {
        let row = self.rows.next().await?;
        Some(row.and_then(|row| read(&row, self.code_page)))
    }

    /// Stops listening and waits for the router to confirm it.
    pub async fn cancel(self) -> Result<(), Error> {
        self.rows.cancel().await
    }
}

fn read(row: &Row, code_page: CodePage) -> Result<InterfaceChange, Error> {
    let id = id(row)?;
    if row.bool(b".dead")? == Some(true) {
        return Ok(InterfaceChange::Gone { id });
    }
    Ok(InterfaceChange::Seen(Box::new(ChangedInterface {
        id,
        name: row.name(b"name", code_page),
        running: row.bool(b"running")?,
        disabled: row.bool(b"disabled")?,
        comment: row.name(b"comment", code_page),
        link_downs: row.u64(b"link-downs")?,
        last_link_up: row.date_time(b"last-link-up-time")?,
        last_link_down: row.date_time(b"last-link-down-time")?,
    })))
}
