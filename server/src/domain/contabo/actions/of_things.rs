//! Asking for something for a thing of an account, and reading what became of it.

use chrono::{DateTime, Utc};
use entity::{
    ActionId, ContaboAccountId, Db, Tenant, TenantId,
    action::{self, ActionState, Column},
    contabo_account,
};
use sea_orm::{ColumnTrait, DbErr, Order};
use secrecy::SecretString;
use serde_json::json;

use super::{
    store::{Error, New, new_row, secret_place},
    things::ThingAsked,
};
use crate::{
    domain::{
        audit::{self, Actor, Subject},
        contabo::{
            domains, people,
            resources::{self, Tag, Thing, User},
            storages,
        },
        typed::ChangeError,
    },
    keyring::Keyring,
    work::{contabo::ActOnThings, queue::enqueue},
};

/// Actions on the things of one account that may wait at a time.
const MOST_WAITING: usize = 30;

/// Who asks for what.
#[derive(Debug)]
pub struct AskThing<'a> {
    pub account: ContaboAccountId,
    pub asked: ThingAsked,
    /// What goes with it and is kept only as long as it is needed: the value of a password or key.
    pub secret: Option<SecretString>,
    pub actor: &'a Actor,
}

/// Asks for it: the row and the job that does it, in one transaction. Wake the queue afterwards.
///
/// # Errors
/// Any [`Error`]: [`ChangeError::NotFound`] also when the thing is not there, [`ChangeError::Conflict`] while the
/// account is switched off.
pub async fn ask_thing(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    now: DateTime<Utc>,
    ask: AskThing<'_>,
) -> Result<ActionId, Error> {
    let rows = db.begin(tenant).await?;
    let account = rows.lock::<contabo_account::Entity>(ask.account).await?;
    let account = account
        .filter(|row| row.archived_at.is_none())
        .ok_or(ChangeError::NotFound)?;
    if !account.enabled {
        return Err(ChangeError::Conflict.into());
    }
    let about = ask.asked.about();
    let row = match &about.id {
        Some(id) => {
            let row = resources::row_of(&rows, account.id, about.thing, id).await?;
            Some(row.ok_or(ChangeError::NotFound)?)
        }
        None => None,
    };
    if let Some(row) = row.as_ref().filter(|_| about.thing == Thing::Storage) {
        storages::allow_change(&rows, row, &ask.asked, now).await?;
    }
    if let Some(row) = row
        .as_ref()
        .filter(|_| matches!(about.thing, Thing::User | Thing::Role))
    {
        people::allow_change(&rows, &account, row, &ask.asked).await?;
    }
    let open = open_of_account(&rows, account.id).await?;
    if matches!(about.thing, Thing::Domain | Thing::Contact) {
        domains::allow(&rows, account.id, row.as_ref(), &ask.asked, &open).await?;
    }
    if open
        .iter()
        .any(|row| ThingAsked::of(row).is_ok_and(|there| there == ask.asked))
    {
        return Err(Error::AlreadyAsked);
    }
    if open.len() >= MOST_WAITING {
        return Err(Error::TooMany);
    }
    let id = ActionId::new();
    let arguments = ask.asked.arguments().map_err(|error| DbErr::Json(error.to_string()))?;
    let secret = ask.secret.map(|secret| keyring.seal(secret_place(tenant, id), &secret));
    let new = New {
        account: account.id,
        instance: None,
        thing: Some((about.thing, about.id.clone())),
        client: None,
        kind: arguments["kind"].as_str().unwrap_or_default().to_owned(),
        arguments,
        secret: secret.transpose()?,
    };
    let subject = Subject {
        kind: about.thing.words(),
        id: row.map(|row| row.id.0),
        name: about.name,
    };
    let mut without_kind = new.arguments.clone();
    if let Some(fields) = without_kind.as_object_mut() {
        fields.remove("kind");
    }
    let after = json!({ "action": new.kind, "arguments": without_kind });
    rows.insert_all::<action::Entity, _>([new_row(id, new, ask.actor, now)])
        .await?;
    audit::record(&rows, ask.actor, now, "contabo.ask", subject, None, Some(after)).await?;
    let job = ActOnThings { account: account.id };
    enqueue(&rows, &job, now, Some(ActOnThings::key(account.id))).await?;
    rows.servers_changed().await?;
    rows.commit().await?;
    Ok(id)
}

/// Whether what was asked shows in what was read last; none where it can't be told from that.
///
/// # Errors
/// When the database does not answer.
pub async fn shows(rows: &Tenant<'_>, account: ContaboAccountId, asked: &ThingAsked) -> Result<Option<bool>, DbErr> {
    if let ThingAsked::PutTag { tag, on, id, .. } | ThingAsked::TakeTag { tag, on, id, .. } = asked {
        let found = resources::one_there::<Tag>(rows, account, &tag.to_string()).await?;
        let Some(found) = found else { return Ok(None) };
        let has_it = found.thing.on.iter().any(|there| there.kind == *on && there.id == *id);
        return Ok(Some(has_it == matches!(asked, ThingAsked::PutTag { .. })));
    }
    if let ThingAsked::ChangeUser {
        user,
        first_name,
        last_name,
        locale,
        gets_invoices,
        access: Some(access),
        ..
    } = asked
    {
        let found = resources::one_there::<User>(rows, account, user).await?;
        let Some(found) = found.map(|found| found.thing) else {
            return Ok(None);
        };
        let has = |id: &i64| found.roles.iter().any(|(there, _)| there == id);
        let same = found.is_enabled == access.is_enabled && found.has_second_factor == access.has_second_factor;
        if !same || found.roles.len() != access.roles.len() || !access.roles.iter().all(has) {
            return Ok(Some(false));
        }
        let is_all = found.first_name == *first_name
            && found.last_name == *last_name
            && found.locale == *locale
            && found.gets_invoices == *gets_invoices;
        // How Contabo writes a name back is its own; its log says whether it was changed.
        return Ok(is_all.then_some(true));
    }
    match asked.about().thing {
        Thing::Domain | Thing::Contact => domains::shows(rows, account, asked).await,
        _ => storages::shows(rows, account, asked).await,
    }
}

/// What was asked of an account beside its instances and has not ended, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of_account(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<Vec<action::Model>, DbErr> {
    rows.find::<action::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::InstanceId.is_null())
        .filter(Column::State.is_in([ActionState::Queued, ActionState::Running]))
        .order_by(Column::AskedAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all()
        .await
}

/// The last actions about things of a kind, newest first: of one of them, or of all accounts and also of those that
/// are not made yet. Those of instances that are about it are among them.
///
/// # Errors
/// When the database does not answer.
pub async fn of_thing(
    rows: &Tenant<'_>,
    thing: Thing,
    one: Option<(ContaboAccountId, &str)>,
    most: u64,
) -> Result<Vec<action::Model>, DbErr> {
    let mut found = rows.find::<action::Entity>().filter(Column::ThingKind.eq(thing.name()));
    if let Some((account, id)) = one {
        found = found
            .filter(Column::ContaboAccountId.eq(account))
            .filter(Column::ThingId.eq(id));
    }
    found
        .order_by(Column::AskedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(most)
        .all()
        .await
}
