//! Doing what was ordered: one job an order, which moves it one step on.
//!
//! That it is about to be sent is stored before it is, and it is sent once. Whoever goes on after a crash or a lost answer
//! looks in Contabo's log and among what it has by the order's name; what is not found there was not ordered.

use chrono::{DateTime, TimeDelta, Utc};
use contabo::{Client, Error, RequestId};
use entity::{
    ContaboOrderId, Tenant, TenantId, contabo_account,
    contabo_order::{self, Column, OrderState},
    instance,
};
use sea_orm::{ColumnTrait, DbErr, ExprTrait, SqlErr, sea_query::Expr, sea_query::SimpleExpr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{after, calls, order_calls as order};
use crate::{
    domain::{
        audit::Actor,
        contabo::{
            instances, mirror,
            orders::{
                self, Wanted,
                next::{self, Progress, Settled, Step, stage},
            },
            resources,
        },
        typed::ChangeError,
    },
    site::Site,
    work::queue::{Job, JobError, enqueue},
};

/// How long Contabo is left alone when it can't be reached or wants rest.
const REST: TimeDelta = TimeDelta::seconds(15);

/// How long until a lost answer is looked for once more, and until it is looked whether it is this order's turn.
const LOOK_AGAIN: TimeDelta = TimeDelta::seconds(10);

/// How long until it is looked whether an account was switched on again.
const WHILE_OFF: TimeDelta = TimeDelta::minutes(5);

const OFF: &str = "The Contabo account is switched off";

/// Moves one order on.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlaceOrder {
    pub order: ContaboOrderId,
}

/// When to go on; none: there is nothing to go on with.
type Again = Option<DateTime<Utc>>;

impl PlaceOrder {
    /// One job an order waits at a time.
    #[must_use]
    pub fn key(order: ContaboOrderId) -> String {
        format!("contabo.order:{order}")
    }
}

impl Job for PlaceOrder {
    const KIND: &'static str = "contabo.order";
    /// What Contabo does or does not is no failure of the job: it asks for itself again. Only the database is.
    const ATTEMPTS: i32 = 500;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let outcome = Box::pin(self.step(site, tenant)).await;
        let again = outcome.map_err(JobError::retry)?;
        if let Some(at) = again {
            let rows = site.db.tenant(tenant);
            let asked = enqueue(&rows, self, at, Some(Self::key(self.order))).await;
            asked.map_err(JobError::retry)?;
        }
        Ok(())
    }

    /// Nothing moves it on any more, so it must not hold up the orders behind it.
    async fn give_up(&self, rows: &Tenant<'_>, reason: &str) -> Result<(), DbErr> {
        let open = Column::Id.eq(self.order).and(Column::State.is_in([
            OrderState::Queued,
            OrderState::Placing,
            OrderState::Following,
        ]));
        let why = format!("It can't be followed any more: look for it at Contabo. {reason}");
        let failed = vec![
            (Column::State, Expr::value(OrderState::Failed)),
            (Column::Stage, Expr::value(stage::ENDED)),
            (Column::Error, Expr::value(why)),
            (Column::UserDataSealed, Expr::value(None::<Vec<u8>>)),
        ];
        if rows.update_where::<contabo_order::Entity>(open, failed).await? > 0 {
            after::of_order_given_up(rows, self.order).await?;
        }
        rows.servers_changed().await.map(drop)
    }
}

impl PlaceOrder {
    async fn step(&self, site: &Site, tenant: TenantId) -> anyhow::Result<Again> {
        let outside = site.db.tenant(tenant);
        let Some(row) = outside.get::<contabo_order::Entity>(self.order).await? else {
            return Ok(None);
        };
        let (now, one) = (site.clock.now(), One { site, row });
        let step = match next::step(&one.row, now) {
            Step::Nothing => return Ok(None),
            Step::Begin => return one.begin(now).await,
            Step::Wait(until) => return Ok(Some(until)),
            Step::GiveUp => {
                return one
                    .fail("Contabo could not be reached in time; nothing was ordered")
                    .await;
            }
            step => step,
        };
        let Ok(wanted) = Wanted::of(&one.row) else {
            return one.unknown_kind(now).await;
        };
        let account = outside
            .get::<contabo_account::Entity>(one.row.contabo_account_id)
            .await?;
        let account = match account {
            Some(account) if account.enabled => account,
            other => {
                let is_put_away = other.is_none_or(|account| account.archived_at.is_some());
                return one.account_is_off(is_put_away, now).await;
            }
        };
        let client = site.contabo.of(&site.keyring, &account)?;
        match step {
            Step::Send => one.send(&client, &wanted).await,
            Step::Settle => one.settle(&client, &wanted).await,
            _ => one.look(&client, &wanted).await,
        }
    }
}

/// The order that is moved on.
struct One<'a> {
    site: &'a Site,
    row: contabo_order::Model,
}

impl One<'_> {
    /// The name of its password among Contabo's secrets.
    fn secret_name(&self) -> String {
        format!("{}{}", calls::SECRET_PREFIX, self.row.id)
    }

    async fn begin(self, now: DateTime<Utc>) -> anyhow::Result<Again> {
        let rows = self.site.db.tenant(self.row.tenant_id);
        let others = rows
            .find::<contabo_order::Entity>()
            .filter(Column::ContaboAccountId.eq(self.row.contabo_account_id))
            .filter(Column::State.is_in([OrderState::Queued, OrderState::Placing]))
            .all()
            .await?;
        let mine = (self.row.confirmed_at, self.row.id);
        let is_before =
            |other: &contabo_order::Model| other.state == OrderState::Placing || (other.confirmed_at, other.id) < mine;
        if others.iter().any(|other| other.id != self.row.id && is_before(other)) {
            return Ok(Some(now + LOOK_AGAIN));
        }
        let changes = vec![
            (Column::State, Expr::value(OrderState::Placing)),
            (Column::Stage, Expr::value(stage::SENDING)),
            (Column::DeadlineAt, Expr::value(now + next::SENT_WITHIN)),
        ];
        match self.change(changes).await {
            Ok(_) => Ok(Some(now)),
            // Another of the same account began in the same moment.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                Ok(Some(now + LOOK_AGAIN))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// An order of a kind that only another version knows: it is that version's to go on with, unless it was never sent.
    async fn unknown_kind(self, now: DateTime<Utc>) -> anyhow::Result<Again> {
        match self.row.sent_at {
            None => {
                self.fail("This version does not know what was ordered; nothing was")
                    .await
            }
            Some(_) => Ok(Some(now + WHILE_OFF)),
        }
    }

    /// `is_put_away`: it is never asked again.
    async fn account_is_off(self, is_put_away: bool, now: DateTime<Utc>) -> anyhow::Result<Again> {
        if self.row.sent_at.is_none() {
            return self
                .fail("The Contabo account is switched off; nothing was ordered")
                .await;
        }
        if is_put_away {
            return self
                .fail("The Contabo account was archived: look at Contabo what became of the order")
                .await;
        }
        // What was sent is not forgotten: it goes on when the account is switched on.
        self.note(OFF.to_owned()).await?;
        Ok(Some(now + WHILE_OFF))
    }

    async fn send(mut self, client: &Client, wanted: &Wanted) -> anyhow::Result<Again> {
        match order::named(client, wanted, &self.row.display_name).await {
            Ok(there) if there.is_empty() => {}
            // What can't be told apart can't be looked for.
            Ok(_) => {
                return self
                    .fail("Something at Contabo is called so already; nothing was ordered")
                    .await;
            }
            Err(error) => return self.not_sent(error).await,
        }
        let password = match orders::passwords(&self.site.keyring, &self.row)?.of_system {
            Some(password) => match calls::password(client, &self.secret_name(), &password).await {
                Ok(id) => Some(id),
                // Whether it was stored is seen by looking, the next time.
                Err(error) => return self.not_sent(error).await,
            },
            None => None,
        };
        let user_data = orders::user_data(&self.site.keyring, &self.row)?;
        let (number, now) = (Uuid::new_v4(), self.site.clock.now());
        let changes = vec![
            (Column::SentAt, Expr::value(now)),
            (Column::RequestId, Expr::value(number)),
            (Column::Stage, Expr::value(stage::SENDING)),
            (Column::Error, Expr::value(None::<String>)),
        ];
        if self.change(changes).await? == 0 {
            return Ok(None);
        }
        self.row.request_id = number;
        self.row.sent_at = Some(now);
        let (name, secrets) = (self.row.display_name.clone(), (password, user_data.as_ref()));
        let placing = order::place(client, wanted, &name, secrets, number.try_into()?);
        // A call that is let go is not sent later: the client waits its turn inside of it.
        let at_most = next::ANSWER_TAKES.to_std().unwrap_or_default();
        match tokio::time::timeout(at_most, placing).await {
            Ok(Ok(contabo_id)) => self.taken(contabo_id).await,
            Ok(Err(error)) if !error.may_have_been_done() => self.not_sent(error).await,
            Ok(Err(error)) => self.unclear(error.to_string()).await,
            Err(elapsed) => self.unclear(format!("no answer: {elapsed}")).await,
        }
    }

    async fn unclear(self, why: String) -> anyhow::Result<Again> {
        tracing::warn!(order = %self.row.id, why, "it is unclear whether an order was taken");
        let changes = vec![
            (Column::Stage, Expr::value(stage::UNCLEAR)),
            (Column::Error, Expr::value(why)),
        ];
        self.change(changes).await?;
        Ok(Some(self.site.clock.now() + LOOK_AGAIN))
    }

    /// After an answer that says that nothing was ordered.
    async fn not_sent(self, error: Error) -> anyhow::Result<Again> {
        match error {
            Error::RateLimited { .. } | Error::Paused { .. } | Error::Unreachable { .. } | Error::Unclear { .. } => {
                let changes = vec![
                    (Column::SentAt, Expr::value(None::<DateTime<Utc>>)),
                    (Column::Stage, Expr::value(stage::HELD_UP)),
                    (Column::Error, Expr::value(error.to_string())),
                ];
                self.change(changes).await?;
                Ok(Some(self.site.clock.now() + REST))
            }
            error => self.came_to_nothing(calls::words(&error)).await,
        }
    }

    async fn taken(self, contabo_id: String) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        let changes = vec![
            (Column::State, Expr::value(OrderState::Following)),
            (Column::Stage, Expr::value(stage::ACCEPTED)),
            (Column::AcceptedAt, Expr::value(now)),
            (Column::ContaboId, Expr::value(contabo_id)),
            (Column::Error, Expr::value(None::<String>)),
        ];
        self.change(changes).await?;
        Ok(Some(now + TimeDelta::seconds(2)))
    }

    /// Finds out whether an order whose answer was lost was taken.
    async fn settle(self, client: &Client, wanted: &Wanted) -> anyhow::Result<Again> {
        let request: RequestId = self.row.request_id.try_into()?;
        // Asked before the looking, which takes its time: what was not there after that is not judged by it.
        let now = self.site.clock.now();
        // What the log does not say, to this role or now, the list of what there is may still show.
        let (by_number, no_log) = match order::in_log(client, wanted, request).await {
            Ok(found) => (found, None),
            Err(Error::Refused { .. }) => (None, None),
            Err(error) => (None, Some(error)),
        };
        let found = match by_number {
            Some(found) => Some(found),
            // It was looked before it was sent that nothing was called so.
            None => match order::named(client, wanted, &self.row.display_name).await {
                Ok(there) => there.into_iter().next(),
                Err(error) => return self.unseen(&error).await,
            },
        };
        if let (None, Some(error)) = (&found, &no_log) {
            return self.unseen(error).await;
        }
        let sent = self.row.sent_at.unwrap_or(now);
        match (next::settle(sent, found.is_some(), now), found) {
            (Settled::Taken, Some(contabo_id)) => self.taken(contabo_id).await,
            (Settled::NotTaken, _) => {
                self.forget_password(client).await;
                let why = match &self.row.error {
                    Some(error) => format!("Contabo gave no clear answer, and nothing was ordered: {error}"),
                    None => "Contabo did not answer, and nothing was ordered".to_owned(),
                };
                self.came_to_nothing(why).await
            }
            _ => {
                self.change(vec![(Column::Stage, Expr::value(stage::UNCLEAR))]).await?;
                Ok(Some(now + LOOK_AGAIN))
            }
        }
    }

    /// Sees how far Contabo is with what it has taken.
    async fn look(mut self, client: &Client, wanted: &Wanted) -> anyhow::Result<Again> {
        let Some(contabo_id) = self.row.contabo_id.clone() else {
            return self.fail("It is not known what Contabo calls what was ordered").await;
        };
        let found = match order::look(client, wanted, &contabo_id).await {
            Ok(found) => found,
            Err(error) => return self.unseen(&error).await,
        };
        match &found {
            order::Found::Instance(found) => self.keep_instance(found).await?,
            order::Found::Storage(_) => match order::storages(client).await {
                Ok(storages) => self.keep_storages(&storages, &contabo_id).await?,
                Err(error) => return self.unseen(&error).await,
            },
            order::Found::Nothing => {}
        }
        let (now, seen) = (self.site.clock.now(), found.seen());
        let since = now - self.row.accepted_at.unwrap_or(now);
        match next::progress(seen.as_ref(), since, self.row.contabo_says.is_some()) {
            Progress::Done => {
                self.forget_password(client).await;
                self.end(OrderState::Done, seen.map(|seen| seen.word), None).await
            }
            Progress::Failed(why) => {
                self.forget_password(client).await;
                self.end(OrderState::Failed, seen.map(|seen| seen.word), Some(why))
                    .await
            }
            Progress::Stage(stage) => {
                let says = seen.map(|seen| seen.word).or_else(|| self.row.contabo_says.clone());
                if stage != self.row.stage || says != self.row.contabo_says || self.row.error.is_some() {
                    let changes = vec![
                        (Column::Stage, Expr::value(stage)),
                        (Column::ContaboSays, Expr::value(says)),
                        (Column::Error, Expr::value(None::<String>)),
                    ];
                    self.change(changes).await?;
                }
                Ok(Some(now + next::look_after(since)))
            }
        }
    }

    /// Mirrors the new instance, and gives it to its client when it is seen for the first time.
    async fn keep_instance(&mut self, found: &contabo::Instance) -> anyhow::Result<()> {
        let (site, tenant, now) = (self.site, self.row.tenant_id, self.site.clock.now());
        let rows = site.db.begin(tenant).await?;
        // As a reading does: of two that see it for the first time, one keeps it.
        rows.lock::<contabo_account::Entity>(self.row.contabo_account_id)
            .await?;
        let this = rows
            .find::<instance::Entity>()
            .filter(instance::Column::ContaboAccountId.eq(self.row.contabo_account_id))
            .filter(instance::Column::ContaboId.eq(found.instance_id.0));
        let there = this.one().await?;
        match &there {
            Some(there) => mirror::keep_one(&rows, there.id, Some(found), now).await?,
            None => {
                let all = std::slice::from_ref(found);
                mirror::keep(&rows, self.row.contabo_account_id, all, &[], (now, now)).await?;
            }
        }
        let this = rows
            .find::<instance::Entity>()
            .filter(instance::Column::ContaboAccountId.eq(self.row.contabo_account_id))
            .filter(instance::Column::ContaboId.eq(found.instance_id.0));
        let kept = this.one().await?;
        rows.commit().await?;
        let Some(kept) = kept.filter(|_| self.row.instance_id.is_none()) else {
            return Ok(());
        };
        // Somebody may have given it away since a reading found it: then it is theirs.
        if let (Some(client), None) = (self.row.client_id, kept.client_id) {
            let actor = Actor::system("order");
            match instances::hand_over(&site.db, tenant, &actor, now, kept.id, client).await {
                // A client that is archived by now gets nothing; staff see that it is nobody's.
                Ok(()) | Err(ChangeError::Rejected(_) | ChangeError::NotFound | ChangeError::Conflict) => {}
                Err(ChangeError::Database(error)) => return Err(error.into()),
            }
        }
        self.change(vec![(Column::InstanceId, Expr::value(Some(kept.id)))])
            .await?;
        self.row.instance_id = Some(kept.id);
        Ok(())
    }

    async fn keep_storages(&self, found: &[resources::Storage], contabo_id: &str) -> anyhow::Result<()> {
        let (site, now) = (self.site, self.site.clock.now());
        let rows = site.db.begin(self.row.tenant_id).await?;
        rows.lock::<contabo_account::Entity>(self.row.contabo_account_id)
            .await?;
        resources::keep(&rows, self.row.contabo_account_id, found, now).await?;
        rows.commit().await?;
        let actor = Actor::system("order");
        Ok(orders::give_storage(&site.db, &actor, now, &self.row, contabo_id).await?)
    }

    /// Nothing could be seen now. As long as Contabo is only away we look on; what it does not let us see is not seen later
    /// either.
    async fn unseen(self, error: &Error) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        // What can't be read now is not read better later.
        let is_refused = matches!(
            error,
            Error::Refused { .. } | Error::SignIn { .. } | Error::Unreadable { .. } | Error::Invalid { .. }
        );
        let (until, doubt) = match self.row.accepted_at {
            Some(accepted) => (Some(accepted + next::FOLLOWED_FOR), "It was ordered, and can't be seen"),
            None => (
                self.row.deadline_at,
                "It can't be seen whether it was ordered: look for it at Contabo",
            ),
        };
        if is_refused && until.is_some_and(|until| now >= until) {
            return self.fail(format!("{doubt}. {}", calls::words(error))).await;
        }
        self.note(error.to_string()).await?;
        Ok(Some(now + REST))
    }

    async fn note(&self, why: String) -> Result<(), DbErr> {
        if self.row.error.as_deref() != Some(why.as_str()) {
            self.change(vec![(Column::Error, Expr::value(why))]).await?;
        }
        Ok(())
    }

    /// It is on the instance now, or nowhere. One that is left behind goes with a reading of the account.
    async fn forget_password(&self, client: &Client) {
        if self.row.secret_sealed.is_some()
            && let Err(error) = calls::forget_password(client, &self.secret_name()).await
        {
            tracing::warn!(order = %self.row.id, %error, "a password is left among Contabo's secrets");
        }
    }

    async fn fail(self, why: impl Into<String>) -> anyhow::Result<Again> {
        self.end(OrderState::Failed, None, Some(why.into())).await
    }

    /// Fails of which it is certain that nothing was ordered: it counts as never sent.
    async fn came_to_nothing(self, why: String) -> anyhow::Result<Again> {
        let unsent = vec![(Column::SentAt, Expr::value(None::<DateTime<Utc>>))];
        self.end_with(OrderState::Failed, None, Some(why), unsent).await
    }

    async fn end(self, state: OrderState, says: Option<String>, error: Option<String>) -> anyhow::Result<Again> {
        self.end_with(state, says, error, Vec::new()).await
    }

    async fn end_with(
        self,
        state: OrderState,
        says: Option<String>,
        error: Option<String>,
        mut changes: Vec<(Column, SimpleExpr)>,
    ) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        if let Some(why) = &error {
            tracing::warn!(order = %self.row.id, why, "an order failed");
        }
        changes.extend([
            (Column::State, Expr::value(state)),
            (Column::Stage, Expr::value(stage::ENDED)),
            (Column::EndedAt, Expr::value(now)),
            (Column::Error, Expr::value(error)),
            // What was to be run on it may hold secrets, and is of no more use.
            (Column::UserDataSealed, Expr::value(None::<Vec<u8>>)),
        ]);
        changes.extend(says.map(|says| (Column::ContaboSays, Expr::value(says))));
        // Of what Contabo never took, the password is on no instance.
        if self.row.contabo_id.is_none() {
            changes.push((Column::SecretSealed, Expr::value(None::<Vec<u8>>)));
        }
        let (id, rows) = (self.row.id, self.site.db.begin(self.row.tenant_id).await?);
        if self.change_within(&rows, changes).await? > 0 {
            after::of_order_by_id(&rows, id, now).await?;
        }
        rows.commit().await?;
        Ok(None)
    }

    /// Changes the row if nobody has moved it on meanwhile, and tells the pages that show it.
    async fn change(&self, changes: Vec<(Column, SimpleExpr)>) -> Result<u64, DbErr> {
        let rows = self.site.db.begin(self.row.tenant_id).await?;
        let changed = self.change_within(&rows, changes).await?;
        rows.commit().await?;
        Ok(changed)
    }

    async fn change_within(&self, rows: &Tenant<'_>, changes: Vec<(Column, SimpleExpr)>) -> Result<u64, DbErr> {
        let sent = match self.row.sent_at {
            Some(at) => Column::SentAt.eq(at),
            None => Column::SentAt.is_null(),
        };
        let same = Column::Id
            .eq(self.row.id)
            .and(Column::State.eq(self.row.state))
            .and(sent);
        let changed = rows.update_where::<contabo_order::Entity>(same, changes).await?;
        if changed > 0 {
            rows.servers_changed().await?;
        }
        Ok(changed)
    }
}
