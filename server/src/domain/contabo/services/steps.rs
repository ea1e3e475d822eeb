//! Suspending a service, letting it go on, ending it: what is so already is left alone, and a step that failed is asked
//! for again.

use chrono::{DateTime, Utc};
use entity::{
    ActionId, Db, Tenant, TenantId, action, instance,
    service::{self, ServiceState},
};
use sea_orm::{ActiveEnum, ActiveValue::Set};
use serde_json::json;

use super::{
    Error,
    create::{server_of, subject},
    store::{Shown, has_failed, locked, other_with, task_key, why_of, with_all},
};
use crate::{
    domain::{
        audit::{self, Actor},
        contabo::{
            actions::{self, Ask, Asked},
            instances::{self, Status},
            letters::News,
            orders,
        },
        tasks,
        typed::line,
    },
    keyring::Keyring,
    work::contabo::TellOfServer,
};

/// What a step works with.
struct Stepping<'a> {
    rows: Tenant<'static>,
    keyring: &'a Keyring,
    actor: &'a Actor,
    now: DateTime<Utc>,
    there: Shown,
}

/// Stops the server and locks it for its client, who reads why. Wake the queue afterwards.
///
/// # Errors
/// [`Error::NotReady`] while its server is being made; [`Error::Terminated`].
pub async fn suspend(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    reference: &str,
    because: &str,
) -> Result<Shown, Error> {
    let because = line(because, 300).map_err(|bad| Error::Text("reason", bad))?;
    let step = Stepping::of(db, keyring, tenant, actor, now, reference).await?;
    let server = server_of(&step.there)?.clone();
    let is_so = step.there.row.state == ServiceState::Suspended;
    if is_so && server.locked_because.is_some() && !step.last_failed(&Asked::Stop) {
        return Ok(step.there);
    }
    if step.is_anothers(&server).await? {
        return Err(Error::Taken);
    }
    let because = step
        .there
        .row
        .suspended_because
        .clone()
        .filter(|_| is_so)
        .unwrap_or(because);
    // A lock that staff have set for another reason stays theirs.
    if server.locked_because.is_none() {
        instances::lock_within(&step.rows, actor, now, server.id, &because).await?;
    }
    if !is_so {
        let because = because.clone();
        step.tell(&server, News::Suspended { because }).await?;
    }
    let asked = step.ask_unless(&server, Asked::Stop, &Status::Stopped).await?;
    step.keep("service.suspend", ServiceState::Suspended, Some(because), asked)
        .await
}

/// Lets its client go on, and starts the server. Wake the queue afterwards.
///
/// # Errors
/// [`Error::Locked`] where staff have locked it for another reason; [`Error::NotReady`], [`Error::Terminated`].
pub async fn unsuspend(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    reference: &str,
) -> Result<Shown, Error> {
    let step = Stepping::of(db, keyring, tenant, actor, now, reference).await?;
    let server = server_of(&step.there)?.clone();
    if step.there.row.state == ServiceState::Active && !step.last_failed(&Asked::Start) {
        return Ok(step.there);
    }
    if step.is_anothers(&server).await? {
        return Err(Error::Taken);
    }
    if step.there.row.state != ServiceState::Active {
        if let Some(because) = &server.locked_because {
            if step.there.row.suspended_because.as_ref() != Some(because) {
                return Err(Error::Locked(because.clone()));
            }
            instances::unlock_within(&step.rows, actor, now, server.id).await?;
        }
        step.tell(&server, News::Unsuspended).await?;
    }
    let asked = step.ask_unless(&server, Asked::Start, &Status::Running).await?;
    step.keep("service.unsuspend", ServiceState::Active, None, asked).await
}

/// Ends the service: its server's contract is cancelled at its next possible date, which Contabo says; an order that was
/// not sent is taken back. Wake the queue afterwards.
///
/// # Errors
/// [`Error::NotReady`] while it is not known what becomes of its order.
pub async fn terminate(
    db: &Db,
    keyring: &Keyring,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    reference: &str,
) -> Result<Shown, Error> {
    let step = Stepping::of(db, keyring, tenant, actor, now, reference).await?;
    let row = &step.there.row;
    let (ended, because) = (ServiceState::Terminated, row.suspended_because.clone());
    if row.state == ended && !step.last_failed(&Asked::Cancel) {
        return Ok(step.there);
    }
    if let Some(order) = step.there.order.as_ref().filter(|order| orders::is_open(order)) {
        if !orders::can_be_withdrawn(order) {
            return Err(Error::NotReady);
        }
        orders::withdraw_within(&step.rows, actor, now, order.id).await?;
        return step.keep("service.terminate", ended, because, None).await;
    }
    // Contabo may have what was ordered, and bill it: somebody has to look.
    if step.there.instance.is_none()
        && let Some(order) = step.there.order.as_ref().filter(|order| orders::may_be_there(order))
    {
        return Err(Error::OrderFailed(why_of(order)));
    }
    let server = step.there.instance.clone().filter(|server| server.gone_at.is_none());
    // Nothing is there that could be cancelled: its order failed, Contabo no longer has it, or it is another's by now.
    let asked = match server {
        Some(server) if server.cancels_on.is_none() && !step.is_anothers(&server).await? => {
            step.ask(&server, Asked::Cancel).await?
        }
        _ => None,
    };
    step.keep("service.terminate", ended, because, asked).await
}

impl<'a> Stepping<'a> {
    async fn of(
        db: &Db,
        keyring: &'a Keyring,
        tenant: TenantId,
        actor: &'a Actor,
        now: DateTime<Utc>,
        reference: &str,
    ) -> Result<Self, Error> {
        let rows = db.begin(tenant).await?;
        let row = locked(&rows, reference.trim()).await?.ok_or(Error::NotFound)?;
        let there = with_all(&rows, row).await?;
        Ok(Self {
            rows,
            keyring,
            actor,
            now,
            there,
        })
    }

    /// Whether the server was given to somebody else since, or to another service: then it is no longer this one's to touch.
    async fn is_anothers(&self, server: &instance::Model) -> Result<bool, Error> {
        let row = &self.there.row;
        let is_clients = server.client_id.is_some_and(|client| client != row.client_id);
        Ok(is_clients || other_with(&self.rows, server, row.id).await?.is_some())
    }

    /// Whether this was asked last, and failed.
    fn last_failed(&self, asked: &Asked) -> bool {
        let failed = |step: &action::Model| step.kind == asked.kind().name() && has_failed(step);
        self.there.step.as_ref().is_some_and(failed)
    }

    /// Asks for it, unless the server is so and nothing is under way that could change it.
    async fn ask_unless(&self, server: &instance::Model, asked: Asked, is: &Status) -> Result<Option<ActionId>, Error> {
        let open = actions::open(&self.rows, server.id).await?;
        match open.is_empty() && Status::of(&server.status) == *is {
            true => Ok(None),
            false => self.ask(server, asked).await,
        }
    }

    async fn ask(&self, server: &instance::Model, asked: Asked) -> Result<Option<ActionId>, Error> {
        let kind = asked.kind().name();
        let ask = Ask {
            instance: server.id,
            client: None,
            asked,
            actor: self.actor,
        };
        match actions::ask_within(&self.rows, self.keyring, self.now, ask, Vec::new()).await {
            Ok(id) => Ok(Some(id)),
            // Somebody asked for the same: that is what is waited for.
            Err(actions::Error::AlreadyAsked) => {
                let open = actions::open(&self.rows, server.id).await?;
                Ok(open.iter().find(|row| row.kind == kind).map(|row| row.id))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Writes to the client, if it still has the server.
    async fn tell(&self, server: &instance::Model, news: News) -> Result<(), Error> {
        let client = self.there.row.client_id;
        if server.client_id == Some(client) {
            TellOfServer::enqueue(&self.rows, server.id, client, news, self.now).await?;
        }
        Ok(())
    }

    async fn keep(
        self,
        action: &str,
        state: ServiceState,
        because: Option<String>,
        asked: Option<ActionId>,
    ) -> Result<Shown, Error> {
        let old = &self.there.row;
        let server = self.there.instance.as_ref().map(|server| server.id);
        let change = service::ActiveModel {
            id: Set(old.id),
            state: Set(state),
            suspended_because: Set(because),
            instance_id: Set(server),
            action_id: Set(asked),
            changed_at: Set(self.now),
            ..Default::default()
        };
        let row = self.rows.update::<service::Entity, _>(change).await?;
        // What is waited for settles it, or raises it again.
        if asked.is_none() {
            tasks::come_right(&self.rows, self.now, &task_key(old)).await?;
        }
        let fields = |row: &service::Model| json!({ "state": row.state.to_value(), "because": row.suspended_because });
        let (before, after) = (Some(fields(old)), Some(fields(&row)));
        audit::record(&self.rows, self.actor, self.now, action, subject(&row), before, after).await?;
        self.rows.servers_changed().await?;
        let shown = with_all(&self.rows, row).await?;
        self.rows.commit().await?;
        Ok(shown)
    }
}
