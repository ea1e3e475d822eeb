//! The mails themselves: queued in the transaction of what they tell of, listed for staff, sent again.
//!
//! Sending is `work::mail`, which alone changes what became of a mail.

use std::ops::Range;

use chrono::{DateTime, Utc};
use entity::{
    Db, MailId, Tenant, TenantId,
    mail::{self, Column, MailKind, MailState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, DbErr, FromQueryResult, Order, sea_query::Expr,
};
use serde_json::json;

use super::{Message, kind_name};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        audit_log::holds,
        typed::ChangeError,
    },
    work::{mail::SendMail, queue::enqueue},
};

/// Why a mail was not sent again. Nothing is typed, so nothing is rejected.
pub type Error = ChangeError<std::convert::Infallible>;

/// Stores the mail and the job that sends it in the caller's transaction, and gives its id; none when there is one with
/// this `dedup_key` already. Nudge `site.mails` after the commit.
///
/// # Errors
/// When the database refuses.
pub async fn queue(
    rows: &Tenant<'_>,
    message: &Message,
    now: DateTime<Utc>,
    dedup_key: Option<String>,
) -> Result<Option<MailId>, DbErr> {
    if let Some(key) = &dedup_key
        && is_there(rows, key).await?
    {
        return Ok(None);
    }
    let id = MailId::new();
    let attachments = serde_json::to_value(&message.attachments).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = mail::ActiveModel {
        id: Set(id),
        kind: Set(message.kind),
        account_id: Set(Some(message.to.account)),
        client_id: Set(message.to.client),
        to_address: Set(message.to.address.clone()),
        to_name: Set(message.to.name.clone()),
        subject: Set(message.subject.clone()),
        message_id: Set(format!("<{id}@{}>", message.host)),
        text_body: Set(message.text.clone()),
        html_body: Set(message.html.clone()),
        attachments: Set(attachments),
        unsubscribe_url: Set(message.unsubscribe_url.clone()),
        state: Set(MailState::Queued),
        attempts: Set(0),
        last_error: Set(None),
        dedup_key: Set(dedup_key),
        created_at: Set(now),
        sent_at: Set(None),
        ..Default::default()
    };
    rows.insert_all::<mail::Entity, _>([row]).await?;
    enqueue(rows, &SendMail { mail: id }, now, None).await?;
    Ok(Some(id))
}

/// Whether there is a mail with this `dedup_key`.
///
/// # Errors
/// When the database does not answer.
pub async fn is_there(rows: &Tenant<'_>, dedup_key: &str) -> Result<bool, DbErr> {
    let same = rows.find::<mail::Entity>().filter(Column::DedupKey.eq(dedup_key));
    Ok(same.count().await? > 0)
}

/// Sends a mail again, and gives the id of the one that is sent. What failed is tried anew as it is. What was sent is
/// sent as a mail of its own: with the same Message-ID, mail programs would show none.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] while it still waits to be sent.
pub async fn again(db: &Db, tenant: TenantId, actor: &Actor, now: DateTime<Utc>, id: MailId) -> Result<MailId, Error> {
    let rows = db.begin(tenant).await?;
    let old = rows.lock::<mail::Entity>(id).await?.ok_or(Error::NotFound)?;
    let (subject, to, kind) = (old.subject.clone(), old.to_address.clone(), old.kind);
    let sent = match old.state {
        MailState::Queued => return Err(Error::Conflict),
        MailState::Failed => {
            let changes = [
                (Column::State, Expr::value(MailState::Queued)),
                (Column::Attempts, Expr::value(0)),
                (Column::LastError, Expr::value(None::<String>)),
            ];
            rows.update_where::<mail::Entity>(Column::Id.eq(id), changes).await?;
            id
        }
        MailState::Sent => {
            let new = MailId::new();
            let host = old
                .message_id
                .rsplit_once('@')
                .map_or("mainstay.invalid>", |(_, host)| host);
            let copy = mail::Model {
                id: new,
                message_id: format!("<{new}@{host}"),
                state: MailState::Queued,
                attempts: 0,
                last_error: None,
                dedup_key: None,
                created_at: now,
                sent_at: None,
                ..old
            };
            let copy: mail::ActiveModel = copy.into();
            rows.insert_all::<mail::Entity, _>([copy.reset_all()]).await?;
            new
        }
    };
    enqueue(&rows, &SendMail { mail: sent }, now, None).await?;
    let about = Subject {
        kind: "mail",
        id: Some(sent.0),
        name: &subject,
    };
    let after = json!({ "mail": to, "kind": kind_name(kind) });
    audit::record(&rows, actor, now, "mail.send_again", about, None, Some(after)).await?;
    rows.commit().await?;
    Ok(sent)
}

/// What is asked of the list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Part of the subject, or of the name or address of whom it is to, in any case.
    pub text: String,
    pub kind: Option<MailKind>,
    pub state: Option<MailState>,
}

/// A mail as the list shows it, without what it says.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Head {
    pub id: MailId,
    pub kind: MailKind,
    pub to_address: String,
    pub to_name: String,
    pub subject: String,
    pub state: MailState,
    pub attempts: i32,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// How many mails match.
///
/// # Errors
/// When the database does not answer.
pub async fn count(rows: &Tenant<'_>, query: &Query) -> Result<usize, DbErr> {
    let total = rows.find::<mail::Entity>().filter(condition(query)).count().await?;
    Ok(usize::try_from(total).unwrap_or(usize::MAX))
}

/// Those of the mails that match which are in `range`, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn page(rows: &Tenant<'_>, query: &Query, range: Range<usize>) -> Result<Vec<Head>, DbErr> {
    rows.find::<mail::Entity>()
        .filter(condition(query))
        .order_by(Column::CreatedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .offset(range.start as u64)
        .limit(range.len() as u64)
        .columns([
            Column::Id,
            Column::Kind,
            Column::ToAddress,
            Column::ToName,
            Column::Subject,
            Column::State,
            Column::Attempts,
            Column::CreatedAt,
            Column::SentAt,
        ])
        .await
}

fn condition(query: &Query) -> Condition {
    let mut all = Condition::all();
    if !query.text.trim().is_empty() {
        let any = Condition::any()
            .add(holds(Column::Subject, &query.text))
            .add(holds(Column::ToName, &query.text))
            .add(holds(Column::ToAddress, &query.text));
        all = all.add(any);
    }
    if let Some(kind) = query.kind {
        all = all.add(Column::Kind.eq(kind));
    }
    if let Some(state) = query.state {
        all = all.add(Column::State.eq(state));
    }
    all
}
