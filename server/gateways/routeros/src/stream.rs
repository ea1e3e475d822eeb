//! Rows of a command that does not end by itself.

use crate::Error;
use crate::client::CancelOnDrop;
use crate::connection::Shared;
use crate::row::Row;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Rows as they come. Dropping it cancels the command on the router.
///
/// A reader that falls more than [`crate::Limits::backlog`] rows behind loses the stream with
/// [`Error::FellBehind`], never single rows, and holds nobody else up.
#[derive(Debug)]
pub struct Rows {
    rows: mpsc::Receiver<Row>,
    end: Option<oneshot::Receiver<Result<(), Error>>>,
    cancel: CancelOnDrop,
    shared: Arc<Shared>,
}

impl Rows {
    pub(crate) fn new(
        rows: mpsc::Receiver<Row>,
        end: oneshot::Receiver<Result<(), Error>>,
        cancel: CancelOnDrop,
        shared: Arc<Shared>,
    ) -> Self {
        Self {
            rows,
            end: Some(end),
            cancel,
            shared,
        }
    }

    /// The next row; the error that ended the stream, once; `None` from then on. Dropping the future
    /// loses no row.
    pub async fn next(&mut self) -> Option<Result<Row, Error>> {
        if let Some(row) = self.rows.recv().await {
            return Some(Ok(row));
        }
        self.outcome().await.err().map(Err)
    }

    /// Cancels the command and waits for the router to say that it ended.
    ///
    /// # Errors
    /// What ended the stream, if it was not this.
    pub async fn cancel(mut self) -> Result<(), Error> {
        self.cancel.fire();
        while self.rows.recv().await.is_some() {}
        self.outcome().await
    }

    async fn outcome(&mut self) -> Result<(), Error> {
        let Some(end) = &mut self.end else {
            return Ok(());
        };
        // The end is told before the rows stop, so this does not wait.
        let outcome = end.await.unwrap_or_else(|_| Err(self.shared.ended()));
        self.end = None;
        self.cancel.disarm();
        outcome
    }
}
