//! Sending: one job a mail, over connections that are kept open, until the server takes it or refuses it.
//!
//! At least once: a process that is killed after the server took a mail and before that was stored sends it again, with
//! the same Message-ID, by which mail programs know it as one. What is written, and to whom, is `domain::mail`.

mod compose;
mod connection;
pub mod route;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use entity::{
    MailId, Tenant, TenantId,
    mail::{self, Column, MailState},
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, DbErr, ExprTrait,
    sea_query::{Expr, SimpleExpr},
};
use serde::{Deserialize, Serialize};

use self::connection::Turn;
pub use self::{
    compose::File,
    connection::{Failure, Mailer},
};
use crate::{
    domain::mail::Attachment,
    site::Site,
    work::queue::{Job, JobError},
};

/// Makes the file that an attachment stands for, when its mail is sent.
pub type Files = Arc<dyn Fn(Site, TenantId, Attachment) -> BoxFuture<'static, Result<File, JobError>> + Send + Sync>;

/// What sending needs.
#[derive(Clone)]
pub struct Delivery {
    site: Site,
    files: Files,
}

impl Delivery {
    /// With what makes the files to attach.
    #[must_use]
    pub fn new(site: Site, files: Files) -> Self {
        Self { site, files }
    }
}

/// Sends one mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    pub mail: MailId,
}

/// What came of a try.
enum Outcome {
    Sent,
    /// Another try did it meanwhile.
    Done,
    /// Another try may help.
    Later(String),
    /// None does.
    Never(String),
}

impl Job for SendMail {
    const KIND: &'static str = "mail.send";
    /// With the queue's pauses about a day: a mail server's outage, greylisting or a password that has to be typed
    /// again shall lose nothing.
    const ATTEMPTS: i32 = 180;
    type Context = Delivery;

    async fn run(&self, context: &Delivery, tenant: TenantId) -> Result<(), JobError> {
        let site = &context.site;
        let rows = site.db.tenant(tenant);
        let row = rows.get::<mail::Entity>(self.mail).await.map_err(JobError::retry)?;
        // Sent by a try whose end was lost, or too old to be kept.
        let Some(row) = row.filter(|row| row.state == MailState::Queued) else {
            return Ok(());
        };
        let attempt = row.attempts + 1;
        let counted = [(Column::Attempts, Expr::value(attempt))];
        self.note(site, tenant, counted.into()).await.map_err(JobError::retry)?;
        let (outcome, _turn) = match Box::pin(deliver(context, &row)).await {
            Ok((outcome, turn)) => (outcome, turn),
            Err(JobError::Retry(error)) => (Outcome::Later(format!("{error:#}")), None),
            Err(JobError::Fail(error)) => (Outcome::Never(format!("{error:#}")), None),
        };
        let (changes, result) = match outcome {
            Outcome::Done => return Ok(()),
            Outcome::Sent => {
                let changes = vec![
                    (Column::State, Expr::value(MailState::Sent)),
                    (Column::SentAt, Expr::value(site.clock.now())),
                    (Column::LastError, Expr::value(None::<String>)),
                ];
                (changes, Ok(()))
            }
            Outcome::Later(reason) => {
                let changes = vec![(Column::LastError, Expr::value(reason.clone()))];
                (changes, Err(JobError::retry(anyhow::anyhow!(reason))))
            }
            // The queue gives it up.
            Outcome::Never(reason) => return Err(JobError::fail(anyhow::anyhow!(reason))),
        };
        self.note(site, tenant, changes).await.map_err(JobError::retry)?;
        result
    }

    /// Nothing tries it any more: its page says why, and offers to send it again.
    async fn give_up(&self, rows: &Tenant<'_>, reason: &str) -> Result<(), DbErr> {
        let changes = [
            (Column::State, Expr::value(MailState::Failed)),
            (Column::LastError, Expr::value(reason)),
        ];
        rows.update_where::<mail::Entity>(self.waiting(), changes)
            .await
            .map(drop)
    }
}

impl SendMail {
    /// Only of a mail that still waits: what another try has found stays.
    async fn note(&self, site: &Site, tenant: TenantId, changes: Vec<(Column, SimpleExpr)>) -> Result<(), DbErr> {
        let rows = site.db.tenant(tenant);
        rows.update_where::<mail::Entity>(self.waiting(), changes)
            .await
            .map(drop)
    }

    fn waiting(&self) -> SimpleExpr {
        Column::Id.eq(self.mail).and(Column::State.eq(MailState::Queued))
    }
}

/// What came of it; of a mail that was handed over, with the turn, which is to be kept until that is stored.
async fn deliver(context: &Delivery, row: &mail::Model) -> Result<(Outcome, Option<Turn>), JobError> {
    let Delivery { site, files } = context;
    let Some(route) = route::of_tenant(site, row.tenant_id).await.map_err(JobError::retry)? else {
        return Ok((Outcome::Never("no mail server is set up".to_owned()), None));
    };
    let attachments: Vec<Attachment> = serde_json::from_value(row.attachments.clone()).map_err(JobError::fail)?;
    let mut made = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        made.push(files(site.clone(), row.tenant_id, attachment).await?);
    }
    let (envelope, bytes) = compose::compose(row, &route, made).map_err(JobError::fail)?;
    let failed = |failure| match failure {
        Failure::Later(reason) => Outcome::Later(reason),
        Failure::Never(reason) => Outcome::Never(reason),
    };
    let turn = match site.mailer.turn(&route.server).await {
        Ok(turn) => turn,
        Err(failure) => return Ok((failed(failure), None)),
    };
    let rows = site.db.tenant(row.tenant_id);
    let now = rows.get::<mail::Entity>(row.id).await.map_err(JobError::retry)?;
    if now.is_none_or(|now| now.state != MailState::Queued) {
        return Ok((Outcome::Done, None));
    }
    let sent = site.mailer.send(&route.server, &envelope, &bytes).await;
    Ok((sent.map_or_else(failed, |()| Outcome::Sent), Some(turn)))
}
