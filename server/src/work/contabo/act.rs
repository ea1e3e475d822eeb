//! Doing what was asked: one job an instance, and one an account for its other things, which moves the oldest action that
//! has not ended one step on.
//!
//! What is about to be sent is stored before it is, and what was answered after it: whoever goes on after a crash sees
//! that a call may be on its way, and looks for it before anything is sent again.

use chrono::{DateTime, TimeDelta, Utc};
use contabo::{Client, Error, RequestId};
use entity::{
    ContaboAccountId, InstanceId, Tenant, TenantId,
    action::{self, ActionState, Column},
    contabo_account, instance,
};
use sea_orm::{ColumnTrait, DbErr, ExprTrait, SqlErr, sea_query::Expr, sea_query::SimpleExpr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    about::{self, About},
    after, calls,
    reading::{ReadError, Reading},
};
use crate::{
    domain::contabo::actions::{
        self,
        next::{self, LOOK_EVERY, Progress, Settled, Step, stage},
    },
    site::Site,
    work::queue::{Job, JobError, enqueue},
};

/// How long Contabo is left alone when it can't be reached or wants rest.
const REST: TimeDelta = TimeDelta::seconds(15);

/// How long until a lost answer is looked for once more.
const SETTLE_EVERY: TimeDelta = TimeDelta::seconds(10);

/// Moves the actions of one instance on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Act {
    pub instance: InstanceId,
}

/// Moves on what was asked of an account and is about no instance.
#[derive(Debug, Serialize, Deserialize)]
pub struct ActOnThings {
    pub account: ContaboAccountId,
}

/// When to go on; none: there is nothing to go on with.
type Again = Option<DateTime<Utc>>;

impl Act {
    /// One job an instance waits at a time.
    #[must_use]
    pub fn key(instance: InstanceId) -> String {
        format!("contabo.act:{instance}")
    }
}

impl ActOnThings {
    /// One job an account waits at a time.
    #[must_use]
    pub fn key(account: ContaboAccountId) -> String {
        format!("contabo.act_on_things:{account}")
    }
}

impl Job for Act {
    const KIND: &'static str = "contabo.act";
    /// What Contabo does or does not is no failure of the job: it asks for itself again. Only the database is.
    const ATTEMPTS: i32 = 500;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let open = actions::open(&site.db.tenant(tenant), self.instance).await;
        go_on(self, Self::key(self.instance), site, tenant, open).await
    }
}

impl Job for ActOnThings {
    const KIND: &'static str = "contabo.act_on_things";
    const ATTEMPTS: i32 = Act::ATTEMPTS;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let open = actions::open_of_account(&site.db.tenant(tenant), self.account).await;
        go_on(self, Self::key(self.account), site, tenant, open).await
    }
}

/// Moves the first of them one step on, and has the job come again when there is more to do.
async fn go_on<J: Job>(
    job: &J,
    key: String,
    site: &Site,
    tenant: TenantId,
    open: Result<Vec<action::Model>, DbErr>,
) -> Result<(), JobError> {
    let Some(row) = open.map_err(JobError::retry)?.into_iter().next() else {
        return Ok(());
    };
    let outcome = Box::pin(step(site, tenant, row)).await;
    if let Some(at) = outcome.map_err(JobError::retry)? {
        let rows = site.db.tenant(tenant);
        enqueue(&rows, job, at, Some(key)).await.map_err(JobError::retry)?;
    }
    Ok(())
}

async fn step(site: &Site, tenant: TenantId, row: action::Model) -> anyhow::Result<Again> {
    let now = site.clock.now();
    let one = One { site, row };
    match next::step(&one.row, now) {
        Step::Nothing => Ok(None),
        Step::Begin => one.begin(now).await,
        Step::Wait(until) => Ok(Some(until)),
        Step::GiveUp => {
            one.end(Err(
                "Contabo could not be reached in time, and was asked for nothing".into()
            ))
            .await
        }
        step @ (Step::Send | Step::Settle | Step::Look) => {
            let outside = site.db.tenant(tenant);
            let account = outside
                .get::<contabo_account::Entity>(one.row.contabo_account_id)
                .await?;
            let Some(account) = account.filter(|account| account.enabled) else {
                return one.end(Err("The Contabo account is switched off".into())).await;
            };
            let instance = match one.row.instance_id {
                Some(id) => outside.get::<instance::Entity>(id).await?,
                None => None,
            };
            let Some(about) = About::of(&site.keyring, &one.row, instance)? else {
                return one.end(Err("This version does not know what was asked".into())).await;
            };
            let client = site.contabo.of(&site.keyring, &account)?;
            match step {
                Step::Send => one.send(&client, &about).await,
                Step::Settle => one.settle(&client, &about).await,
                _ => one.look(&client, &about).await,
            }
        }
    }
}

/// The action that is moved on.
struct One<'a> {
    site: &'a Site,
    row: action::Model,
}

impl One<'_> {
    fn request(&self) -> Result<RequestId, contabo::NotARequestId> {
        self.row.request_id.try_into()
    }

    /// The name of its password among Contabo's secrets.
    fn secret_name(&self) -> String {
        format!("{}{}", calls::SECRET_PREFIX, self.row.id)
    }

    fn reading<'a>(&'a self, client: &'a Client) -> Reading<'a> {
        Reading {
            site: self.site,
            tenant: self.row.tenant_id,
            account: self.row.contabo_account_id,
            client,
            yields: false,
        }
    }

    async fn begin(self, now: DateTime<Utc>) -> anyhow::Result<Again> {
        let changes = vec![
            (Column::State, Expr::value(ActionState::Running)),
            (Column::Stage, Expr::value(stage::SENDING)),
            (Column::DeadlineAt, Expr::value(now + about::at_most(&self.row))),
        ];
        match self.change(changes).await {
            Ok(_) => Ok(Some(now)),
            // Another of the same instance or account began in the same moment.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                Ok(Some(now + LOOK_EVERY))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn send(mut self, client: &Client, about: &About) -> anyhow::Result<Again> {
        let secret = match &self.row.secret_sealed {
            Some(sealed) => {
                let place = actions::secret_place(self.row.tenant_id, self.row.id);
                Some(self.site.keyring.open_sealed(place, sealed)?)
            }
            None => None,
        };
        let with = match about.make_ready(client, &self.secret_name(), secret).await {
            Ok(with) => with,
            // Whether a password was stored is seen by looking, the next time.
            Err(error) => return self.not_sent(error, about).await,
        };
        // Each call its own number: what the log has under it is this call and no other.
        let (number, now) = (Uuid::new_v4(), self.site.clock.now());
        let changes = vec![
            (Column::SentAt, Expr::value(now)),
            (Column::RequestId, Expr::value(number)),
            (Column::Attempts, Expr::value(self.row.attempts + 1)),
            (Column::Stage, Expr::value(stage::SENDING)),
        ];
        if self.change(changes).await? == 0 {
            return Ok(None);
        }
        self.row.attempts += 1;
        self.row.request_id = number;
        self.row.sent_at = Some(now);
        let request = self.request()?;
        // A call that is let go is not sent later: the client waits its turn inside of it.
        let at_most = next::ANSWER_TAKES.to_std().unwrap_or_default();
        match tokio::time::timeout(at_most, about.send(client, with, request)).await {
            Ok(Ok(made)) => self.accepted(made).await,
            Ok(Err(error)) if about.is_so_already(&error) => self.accepted(None).await,
            Ok(Err(error)) if !error.may_have_been_done() => self.not_sent(error, about).await,
            Ok(Err(error)) => self.unclear(error.to_string()).await,
            Err(elapsed) => self.unclear(format!("no answer: {elapsed}")).await,
        }
    }

    async fn unclear(self, why: String) -> anyhow::Result<Again> {
        tracing::warn!(action = %self.row.id, why, "it is unclear whether an action was begun");
        let changes = vec![
            (Column::Stage, Expr::value(stage::UNCLEAR)),
            (Column::Error, Expr::value(why)),
        ];
        self.change(changes).await?;
        Ok(Some(self.site.clock.now() + SETTLE_EVERY))
    }

    /// After an answer that says that nothing was done.
    async fn not_sent(self, error: Error, about: &About) -> anyhow::Result<Again> {
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
            error => {
                let meant = about.explained(&error).map(|meant| format!(". {meant}"));
                let why = calls::words(&error) + &meant.unwrap_or_default();
                self.end(Err(why)).await
            }
        }
    }

    /// `made`: Contabo's id of what was made.
    async fn accepted(self, made: Option<String>) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        // From here on it is Contabo's time that counts, however long it could not be reached before.
        let mut changes = vec![
            (
                Column::DeadlineAt,
                Expr::value(Ord::max(self.row.deadline_at, now + about::at_most(&self.row))),
            ),
            (Column::AcceptedAt, Expr::value(now)),
            (Column::Stage, Expr::value(stage::ACCEPTED)),
            (Column::Error, Expr::value(None::<String>)),
        ];
        if let Some(made) = made.filter(|_| self.row.thing_id.is_none()) {
            changes.push((Column::ThingId, Expr::value(made)));
        }
        self.change(changes).await?;
        Ok(Some(now + TimeDelta::seconds(2)))
    }

    /// Finds out whether a call whose answer was lost was done.
    async fn settle(self, client: &Client, about: &About) -> anyhow::Result<Again> {
        let request = self.request()?;
        let found = match about.look(self.reading(client)).await {
            Ok(found) => found,
            Err(ReadError::Contabo(error)) => return self.unseen(&error).await,
            Err(ReadError::Database(error)) => return Err(error.into()),
        };
        let logged = match about.shows(&found) {
            true => Some(found.made()),
            false => match about.logged(client, request).await {
                Ok(logged) => logged,
                Err(error) => return self.unseen(&error).await,
            },
        };
        let now = self.site.clock.now();
        let sent = self.row.sent_at.unwrap_or(now);
        let is_sent_once = about.is_sent_once();
        match next::settle(&self.row, sent, logged.is_some(), is_sent_once, now) {
            Settled::Accepted => self.accepted(logged.flatten()).await,
            Settled::LookAgain => {
                self.change(vec![(Column::Stage, Expr::value(stage::UNCLEAR))]).await?;
                Ok(Some(now + SETTLE_EVERY))
            }
            Settled::SendAgain => {
                let changes = vec![
                    (Column::SentAt, Expr::value(None::<DateTime<Utc>>)),
                    (Column::Stage, Expr::value(stage::SENDING)),
                ];
                self.change(changes).await?;
                Ok(Some(now))
            }
            Settled::GiveUp => self.end(Err(about.lost().to_owned())).await,
        }
    }

    /// Sees how far Contabo is with what it said yes to.
    async fn look(self, client: &Client, about: &About) -> anyhow::Result<Again> {
        let found = match about.look(self.reading(client)).await {
            Ok(found) => found,
            Err(ReadError::Contabo(error)) => return self.unseen(&error).await,
            Err(ReadError::Database(error)) => return Err(error.into()),
        };
        about.keep(self.reading(client), &found).await?;
        let now = self.site.clock.now();
        let since = now - self.row.accepted_at.unwrap_or(now);
        let was_under_way = self.row.stage == stage::UNDER_WAY;
        match about.progress(&found, since, was_under_way) {
            Progress::Done => {
                self.forget_password(client).await;
                self.end(Ok(())).await
            }
            Progress::Failed(why) => self.end(Err(why)).await,
            Progress::UnderWay | Progress::NotYet if now >= self.row.deadline_at => {
                let why = match found.word().as_str() {
                    "" if about.is_sent_once() => {
                        "Contabo said yes, but it does not show. Look at Contabo before you ask for it again".to_owned()
                    }
                    "" => "Contabo said yes, but it does not show".to_owned(),
                    word => format!("It was not done in time: Contabo says `{word}`"),
                };
                self.end(Err(why)).await
            }
            progress => {
                if progress == Progress::UnderWay && !was_under_way {
                    self.change(vec![(Column::Stage, Expr::value(stage::UNDER_WAY))])
                        .await?;
                }
                // What takes long is looked at less often.
                Ok(Some(
                    now + (since / 10).clamp(TimeDelta::seconds(2), TimeDelta::seconds(20)),
                ))
            }
        }
    }

    /// Nothing could be seen now. What runs at Contabo goes on without us, so as long as it is only away we look on; what
    /// it does not let us see, or we can't read, is not seen later either.
    async fn unseen(self, error: &Error) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        if stays_unseen(error, self.row.thing_kind.is_some()) && now >= self.row.deadline_at {
            let why = format!("It can't be seen what became of it. {}", calls::words(error));
            return self.end(Err(why)).await;
        }
        if self.row.error.as_deref() != Some(error.to_string().as_str()) {
            self.change(vec![(Column::Error, Expr::value(error.to_string()))])
                .await?;
        }
        Ok(Some(now + REST))
    }

    /// It is on the instance now. One that is left behind goes with the next reading of the account.
    async fn forget_password(&self, client: &Client) {
        if self.row.instance_id.is_some()
            && self.row.secret_sealed.is_some()
            && let Err(error) = calls::forget_password(client, &self.secret_name()).await
        {
            tracing::warn!(action = %self.row.id, %error, "a password is left among Contabo's secrets");
        }
    }

    async fn end(self, outcome: Result<(), String>) -> anyhow::Result<Again> {
        let now = self.site.clock.now();
        let (state, error) = match outcome {
            Ok(()) => (ActionState::Done, None),
            Err(why) => (ActionState::Failed, Some(why)),
        };
        if let Some(why) = &error {
            tracing::warn!(action = %self.row.id, kind = self.row.kind, why, "an action failed");
        }
        let mut changes = vec![
            (Column::State, Expr::value(state)),
            (Column::Stage, Expr::value(stage::ENDED)),
            (Column::EndedAt, Expr::value(now)),
            (Column::Error, Expr::value(error.clone())),
        ];
        // Of what Contabo never said yes to, the new password is on no instance.
        // What belongs to a thing is at Contabo, or nowhere.
        if self.row.instance_id.is_none() || (state == ActionState::Failed && self.row.accepted_at.is_none()) {
            changes.push((Column::SecretSealed, Expr::value(None::<Vec<u8>>)));
        }
        if let Some(arguments) = actions::without_secrets(&self.row.arguments) {
            changes.push((Column::Arguments, Expr::value(arguments)));
        }
        let rows = self.site.db.begin(self.row.tenant_id).await?;
        if self.change_within(&rows, changes).await? > 0 {
            after::of_action(&rows, &self.row, now, error.as_deref()).await?;
        }
        rows.commit().await?;
        // The next of this instance or account, if there is one.
        Ok(Some(now))
    }

    /// Changes the row if nobody has moved it on meanwhile, and tells the pages that show it.
    async fn change(&self, changes: Vec<(Column, SimpleExpr)>) -> Result<u64, DbErr> {
        let rows = self.site.db.begin(self.row.tenant_id).await?;
        let changed = self.change_within(&rows, changes).await?;
        rows.commit().await?;
        Ok(changed)
    }

    async fn change_within(&self, rows: &Tenant<'_>, changes: Vec<(Column, SimpleExpr)>) -> Result<u64, DbErr> {
        let same = Column::Id
            .eq(self.row.id)
            .and(Column::State.eq(self.row.state))
            .and(Column::Attempts.eq(self.row.attempts))
            .and(unchanged(Column::SentAt, self.row.sent_at))
            .and(unchanged(Column::AcceptedAt, self.row.accepted_at));
        let changed = rows.update_where::<action::Entity>(same, changes).await?;
        if changed > 0 {
            rows.servers_changed().await?;
        }
        Ok(changed)
    }
}

/// That a time is still what it was.
fn unchanged(column: Column, was: Option<DateTime<Utc>>) -> SimpleExpr {
    match was {
        Some(at) => column.eq(at),
        None => column.is_null(),
    }
}

/// Whether looking again will not show more. An instance is looked for as long as Contabo blames itself; of a thing, which
/// may hold up all others of its account, such an answer counts too.
fn stays_unseen(error: &Error, is_about_a_thing: bool) -> bool {
    match error {
        Error::Refused { .. } | Error::SignIn { .. } | Error::Unreadable { .. } | Error::Invalid { .. } => true,
        Error::Unclear { .. } => is_about_a_thing,
        Error::Unreachable { .. } | Error::Paused { .. } | Error::RateLimited { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_be_read_stays_unseen_and_what_is_away_does_not() {
        let unreadable = Error::Unreadable {
            what: "missing field".to_owned(),
            place: String::new(),
        };
        let away = Error::Unreachable {
            detail: "no address".to_owned(),
        };
        let unclear = Error::Unclear {
            operation: "firewalls.get",
            changing: false,
            status: Some(500),
            says: Vec::new(),
            detail: "500".to_owned(),
            request_id: RequestId::random(),
        };
        for is_about_a_thing in [true, false] {
            assert!(stays_unseen(&unreadable, is_about_a_thing));
            assert!(!stays_unseen(&away, is_about_a_thing));
            assert_eq!(stays_unseen(&unclear, is_about_a_thing), is_about_a_thing);
        }
    }
}
