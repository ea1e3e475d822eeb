//! Who wants which mail: what client users chose, and the usual where they did not; and the link in each mail by which
//! it can be refused without signing in.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{
    AccountId, ClientId, Db, Tenant, TenantId, account, client_member,
    mail::MailKind,
    mail_preference::{self, Column},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Addressee, CHOSEN, has_pdf, kind_name, kind_named};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        identity::ClientRole,
        signing::{self, Purpose, Signer, SigningError},
    },
    keyring::Keyring,
};

/// What the tokens are for that refuse one kind of mail.
const UNSUBSCRIBE: Purpose = "unsubscribe";

/// Whether somebody wants a kind of mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub wanted: bool,
    /// With the report as PDF. Without meaning for kinds that have none.
    pub attach_pdf: bool,
}

/// Somebody at a client who wants a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub to: Addressee,
    pub attach_pdf: bool,
}

/// What holds for whoever has chosen nothing: a client's owners are told, the others ask to be.
#[must_use]
pub fn usual(kind: MailKind, role: ClientRole) -> Choice {
    Choice {
        wanted: role == ClientRole::Owner,
        attach_pdf: kind == MailKind::Report,
    }
}

/// What holds for somebody whose strongest role at any client is `role`, in the order of [`CHOSEN`].
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(
    rows: &Tenant<'_>,
    account: AccountId,
    role: ClientRole,
) -> Result<Vec<(MailKind, Choice)>, DbErr> {
    let mine = rows
        .find::<mail_preference::Entity>()
        .filter(Column::AccountId.eq(account));
    let chosen: HashMap<_, _> = mine
        .all()
        .await?
        .into_iter()
        .map(|row| (row.kind, choice(&row)))
        .collect();
    let held = CHOSEN.map(|kind| (kind, chosen.get(&kind).copied().unwrap_or_else(|| usual(kind, role))));
    Ok(held.to_vec())
}

/// Everybody at `client` who wants such mail, by name. Whoever can't sign in is not written to.
///
/// # Errors
/// When the database does not answer.
pub async fn recipients(rows: &Tenant<'_>, client: ClientId, kind: MailKind) -> Result<Vec<Recipient>, DbErr> {
    let members = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::ClientId.eq(client))
        .all_with::<account::Entity>(client_member::Column::AccountId, account::Column::Id)
        .await?;
    let accounts: Vec<AccountId> = members.iter().map(|(member, _)| member.account_id).collect();
    let chosen = rows
        .find::<mail_preference::Entity>()
        .filter(Column::Kind.eq(kind))
        .filter(Column::AccountId.is_in(accounts))
        .order_by(Column::AccountId, Order::Asc);
    let chosen: HashMap<_, _> = (chosen.all().await?.into_iter())
        .map(|row| (row.account_id, choice(&row)))
        .collect();
    let mut recipients: Vec<_> = (members.into_iter())
        .filter_map(|(member, account)| {
            let account = account.filter(|account| account.disabled_at.is_none())?;
            let role = member.role.parse().unwrap_or(ClientRole::Viewer);
            let choice = chosen.get(&account.id).copied().unwrap_or_else(|| usual(kind, role));
            choice.wanted.then(|| Recipient {
                to: Addressee {
                    account: account.id,
                    client: Some(client),
                    name: account.name,
                    address: account.mail,
                },
                attach_pdf: choice.attach_pdf && has_pdf(kind),
            })
        })
        .collect();
    recipients.sort_by(|a, b| (&a.to.name, a.to.account).cmp(&(&b.to.name, b.to.account)));
    Ok(recipients)
}

/// Keeps what somebody chose.
///
/// # Errors
/// When the database refuses.
pub async fn choose(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    account: &account::Model,
    choices: &[(MailKind, Choice)],
) -> Result<(), DbErr> {
    let rows = db.begin(tenant).await?;
    // Locked, so that two changes at once are told apart in the log.
    rows.lock::<account::Entity>(account.id).await?;
    let mine = rows
        .find::<mail_preference::Entity>()
        .filter(Column::AccountId.eq(account.id));
    let before: Vec<_> = mine.all().await?.iter().map(|row| (row.kind, choice(row))).collect();
    if choices.iter().all(|choice| before.contains(choice)) {
        return Ok(());
    }
    let changed = choices.iter().map(|(kind, choice)| mail_preference::ActiveModel {
        account_id: Set(account.id),
        kind: Set(*kind),
        wanted: Set(choice.wanted),
        attach_pdf: Set(choice.attach_pdf),
        changed_at: Set(now),
        ..Default::default()
    });
    let changed: Vec<_> = changed.collect();
    rows.upsert_all(changed, &[Column::AccountId, Column::Kind]).await?;
    let subject = Subject {
        kind: "client user",
        id: Some(account.id.0),
        name: &account.name,
    };
    let (old, new) = (Some(fields(&before)), Some(fields(choices)));
    audit::record(&rows, actor, now, "client_user.mail", subject, old, new).await?;
    rows.commit().await
}

/// What the link in a mail refuses; none for kinds that can't be refused.
#[must_use]
pub fn unsubscribe_token(signer: &Signer, account: AccountId, kind: MailKind) -> Option<String> {
    CHOSEN.contains(&kind).then(|| {
        let payload = [account.0.as_bytes(), kind_name(kind).as_bytes()].concat();
        signer.sign(UNSUBSCRIBE, &payload)
    })
}

/// Whose mail of which kind a token refuses; none when it is not ours, or the account is gone. It never ends: an old
/// mail can be refused, too.
///
/// # Errors
/// When the database or the key ring fail.
pub async fn refused_by(
    rows: &Tenant<'_>,
    keyring: &Keyring,
    token: &str,
) -> Result<Option<(account::Model, MailKind)>, SigningError> {
    let Some(payload) = signing::open(rows, keyring, UNSUBSCRIBE, token).await? else {
        return Ok(None);
    };
    let read = payload.split_at_checked(16).and_then(|(account, kind)| {
        let account = AccountId(Uuid::from_slice(account).ok()?);
        Some((account, kind_named(std::str::from_utf8(kind).ok()?)?))
    });
    let Some((account, kind)) = read else { return Ok(None) };
    let account = rows.get::<account::Entity>(account).await?;
    Ok(account.map(|account| (account, kind)))
}

/// The strongest role that an account has at any client.
///
/// # Errors
/// When the database does not answer.
pub async fn strongest_role(rows: &Tenant<'_>, account: AccountId) -> Result<ClientRole, DbErr> {
    let places = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::AccountId.eq(account));
    let roles = places
        .all()
        .await?
        .into_iter()
        .filter_map(|place| place.role.parse().ok());
    Ok(roles.max().unwrap_or(ClientRole::Viewer))
}

fn choice(row: &mail_preference::Model) -> Choice {
    Choice {
        wanted: row.wanted,
        attach_pdf: row.attach_pdf,
    }
}

/// As the audit log names them.
fn fields(choices: &[(MailKind, Choice)]) -> Value {
    let mut fields = Map::new();
    for (kind, choice) in choices {
        let name = kind_name(*kind);
        fields.insert(format!("{name}_mail"), choice.wanted.into());
        if has_pdf(*kind) {
            fields.insert(format!("{name}_pdf"), choice.attach_pdf.into());
        }
    }
    Value::Object(fields)
}
