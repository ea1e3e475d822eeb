//! Jobs: rows made in the transaction that caused them, claimed by compare-and-set with a lease, safe to run twice.
//!
//! No transaction is open while a job runs. A worker that comes back after its lease ended changes nothing, because
//! its token no longer fits.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use entity::{Db, JobId, Tenant, TenantId, job, job::JobState};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::{
    clock::Clock,
    work::runner::{Nudge, Stop, Worked},
};

/// How long a claim lasts. Longer than any job may take.
const LEASE: Duration = Duration::minutes(2);

/// How many jobs run beside each other.
const PLACES: usize = 8;

/// How long a step whose jobs run waits for a signal before it looks for more.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

/// A kind of work. Its value is what it needs to know: ids rather than whole objects.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name in the table. Never change it while such jobs may wait.
    const KIND: &'static str;
    /// How often it is tried.
    const ATTEMPTS: i32 = 5;
    /// What it needs to run.
    type Context: Clone + Send + Sync + 'static;

    /// Does the work. It may have been done before, wholly or half.
    fn run(&self, context: &Self::Context, tenant: TenantId) -> impl Future<Output = Result<(), JobError>> + Send;

    /// Tells what waits for the job that it failed for good and why: in the transaction that keeps this, also where
    /// nobody was left who could have told.
    fn give_up(&self, _rows: &Tenant<'_>, _reason: &str) -> impl Future<Output = Result<(), DbErr>> + Send {
        std::future::ready(Ok(()))
    }
}

/// Why a job failed, and whether another try may help: decided where that is known.
#[derive(Debug)]
pub enum JobError {
    /// Try again later.
    Retry(anyhow::Error),
    /// Never try again.
    Fail(anyhow::Error),
}

impl JobError {
    /// Try again later.
    pub fn retry(error: impl Into<anyhow::Error>) -> Self {
        Self::Retry(error.into())
    }

    /// Never try again.
    pub fn fail(error: impl Into<anyhow::Error>) -> Self {
        Self::Fail(error.into())
    }
}

/// Adds a job in the caller's transaction, to run at `at` or later. With a `dedup_key` that waits already, nothing
/// is added and false returned, and that which waits runs at `at` if that is sooner; one that runs does not count. Wake the worker after the commit, else it looks within a second.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<J: Job>(
    tenant: &Tenant<'_>,
    job: &J,
    at: DateTime<Utc>,
    dedup_key: Option<String>,
) -> Result<bool, DbErr> {
    if let Some(key) = &dedup_key {
        // Written even where nothing changes: so it is not begun before the caller's transaction has ended, of which it
        // would see nothing.
        let waits = job::Column::DedupKey.eq(key.as_str());
        let sooner = Expr::case(job::Column::RunAt.gt(at), Expr::value(at)).finally(Expr::col(job::Column::RunAt));
        let sooner = [(job::Column::RunAt, sooner.into())];
        if tenant.update_where::<job::Entity>(waits, sooner).await? > 0 {
            return Ok(false);
        }
    }
    let payload = serde_json::to_value(job).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = job::ActiveModel {
        tenant_id: Set(tenant.id()),
        id: Set(JobId::new()),
        kind: Set(J::KIND.to_owned()),
        payload: Set(payload),
        state: Set(JobState::Queued),
        run_at: Set(at),
        attempts: Set(0),
        max_attempts: Set(J::ATTEMPTS),
        lease_token: Set(None),
        lease_until: Set(None),
        dedup_key: Set(dedup_key),
        last_error: Set(None),
        created_at: Set(at),
        finished_at: Set(None),
    };
    // Somebody else's of the same moment refuses it without ending the transaction.
    tenant.insert_unless_there::<job::Entity, _>(row).await
}

type Run = Arc<
    dyn Fn(TenantId, serde_json::Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> + Send + Sync,
>;

type GiveUp = for<'a> fn(&'a Tenant<'a>, &'a job::Model, &'a str) -> Told<'a>;

type Told<'a> = Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>;

/// What is done with the jobs of a kind.
#[derive(Clone)]
struct Kind {
    run: Run,
    give_up: GiveUp,
}

/// The queue of one process: claims jobs of the kinds that it knows.
#[derive(Clone)]
pub struct Queue {
    db: Db,
    clock: Clock,
    kinds: HashMap<&'static str, Kind>,
    nudge: Nudge,
    stop: Stop,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue")
            .field("kinds", &self.kinds.keys())
            .finish_non_exhaustive()
    }
}

impl Queue {
    /// A queue that knows no kind yet.
    #[must_use]
    pub fn new(db: Db, clock: Clock, nudge: Nudge) -> Self {
        Self {
            db,
            clock,
            kinds: HashMap::new(),
            nudge,
            stop: Stop::default(),
        }
    }

    /// Lets the queue claim nothing more once `stop` is asked for.
    #[must_use]
    pub fn until(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// Lets the queue run jobs of the kind `J`.
    #[must_use]
    pub fn with<J: Job>(mut self, context: J::Context) -> Self {
        let run: Run = Arc::new(move |tenant, payload| {
            let context = context.clone();
            Box::pin(async move {
                let job: J = serde_json::from_value(payload).map_err(JobError::fail)?;
                job.run(&context, tenant).await
            })
        });
        self.kinds.insert(
            J::KIND,
            Kind {
                run,
                give_up: give_up::<J>,
            },
        );
        self
    }

    /// Wakes this queue's worker.
    #[must_use]
    pub fn nudge(&self) -> Nudge {
        self.nudge.clone()
    }

    /// Claims what is due and runs it, and claims more whenever a place is free, until nothing is due or runs: a job
    /// that takes long holds up no other.
    ///
    /// # Errors
    /// When the database does not answer. A job's own failure is kept with the job.
    pub async fn step(&self) -> anyhow::Result<Worked> {
        let mut running = JoinSet::new();
        let mut outcome = Ok(Worked::Idle);
        loop {
            if outcome.is_ok() && !self.stop.is_stopped() {
                match self.claim(PLACES.saturating_sub(running.len())).await {
                    Ok(claimed) => {
                        for job in claimed {
                            let queue = self.clone();
                            running.spawn(async move { queue.run(job).await });
                            outcome = Ok(Worked::More);
                        }
                    }
                    // Those that run still end.
                    Err(error) => outcome = Err(error.into()),
                }
            }
            tokio::select! {
                ended = running.join_next() => match ended {
                    Some(Ok(Ok(()))) => {}
                    Some(Ok(Err(error))) => outcome = Err(error),
                    // Its lease ends, and with it this attempt.
                    Some(Err(error)) => outcome = Err(error.into()),
                    None => return outcome,
                },
                () = self.nudge.nudged() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    async fn claim(&self, places: usize) -> Result<Vec<job::Model>, DbErr> {
        if places == 0 {
            return Ok(Vec::new());
        }
        #[expect(clippy::disallowed_methods, reason = "one worker serves all tenants")]
        let (reads, writes) = (self.db.across_tenants(), self.db.write_across_tenants());
        let now = self.clock.now();
        let due = Condition::any()
            .add(job::Column::State.eq(JobState::Queued).and(job::Column::RunAt.lte(now)))
            .add(
                job::Column::State
                    .eq(JobState::Running)
                    .and(job::Column::LeaseUntil.lte(now)),
            );
        let candidates = job::Entity::find()
            .filter(due.clone())
            .filter(job::Column::Kind.is_in(self.kinds.keys().copied()))
            .order_by_asc(job::Column::RunAt)
            .limit(places as u64)
            .all(reads)
            .await?;
        let mut claimed = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let taken = job::Entity::update_many()
                .col_expr(job::Column::State, Expr::value(JobState::Running))
                .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
                .col_expr(job::Column::LeaseToken, Expr::value(Uuid::new_v4()))
                .col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE))
                // What is asked for from here on may be something that this run has not seen.
                .col_expr(job::Column::DedupKey, Expr::value(None::<String>))
                .filter(job::Column::TenantId.eq(candidate.tenant_id))
                .filter(job::Column::Id.eq(candidate.id))
                .filter(due.clone())
                .exec_with_returning(writes)
                .await;
            match taken {
                Ok(taken) => claimed.extend(taken),
                Err(error) if claimed.is_empty() => return Err(error),
                // Those that are claimed already run now; nobody else could before their leases end.
                Err(error) => {
                    tracing::warn!(%error, "not all jobs that are due could be claimed");
                    break;
                }
            }
        }
        Ok(claimed)
    }

    async fn run(&self, job: job::Model) -> anyhow::Result<()> {
        let now = self.clock.now();
        let Some(kind) = self.kinds.get(job.kind.as_str()) else {
            return Ok(());
        };
        let ended = if job.attempts > job.max_attempts {
            // Its last holder vanished without a word, each time.
            Err(JobError::Fail(anyhow::anyhow!(
                "given up after {} attempts that did not end",
                job.max_attempts
            )))
        } else {
            (kind.run)(job.tenant_id, job.payload.clone()).await
        };
        let mut given_up = None;
        let finished = [(job::Column::FinishedAt, Expr::value(Some(self.clock.now())))];
        let changes = match ended {
            Ok(()) => finished
                .into_iter()
                .chain([(job::Column::State, Expr::value(JobState::Done))])
                .collect::<Vec<_>>(),
            Err(JobError::Retry(error)) if job.attempts < job.max_attempts => {
                tracing::warn!(kind = job.kind, job = %job.id, error = format!("{error:#}"), "a job will be tried again");
                vec![
                    (job::Column::State, Expr::value(JobState::Queued)),
                    (job::Column::RunAt, Expr::value(now + pause(job.attempts))),
                    (job::Column::LastError, Expr::value(format!("{error:#}"))),
                ]
            }
            Err(JobError::Retry(error) | JobError::Fail(error)) => {
                let reason = given_up.insert(format!("{error:#}"));
                tracing::error!(kind = job.kind, job = %job.id, error = reason, "a job failed for good");
                finished
                    .into_iter()
                    .chain([
                        (job::Column::State, Expr::value(JobState::Dead)),
                        (job::Column::LastError, Expr::value(reason.clone())),
                    ])
                    .collect()
            }
        };
        let mine = job::Column::Id
            .eq(job.id)
            .and(job::Column::LeaseToken.eq(job.lease_token));
        let rows = self.db.begin(job.tenant_id).await?;
        if rows.update_where::<job::Entity>(mine, changes).await? == 0 {
            tracing::warn!(kind = job.kind, job = %job.id, "a job's lease had ended before the job did");
            return Ok(());
        }
        if let Some(reason) = given_up {
            (kind.give_up)(&rows, &job, &reason).await?;
        }
        Ok(rows.commit().await?)
    }
}

fn give_up<'a, J: Job>(rows: &'a Tenant<'a>, job: &'a job::Model, reason: &'a str) -> Told<'a> {
    Box::pin(async move {
        // Of a payload that nobody understands nothing can be told.
        match serde_json::from_value::<J>(job.payload.clone()) {
            Ok(job) => job.give_up(rows, reason).await,
            Err(_) => Ok(()),
        }
    })
}

/// Two seconds, then twice as long each time, up to ten minutes.
fn pause(attempts: i32) -> Duration {
    Duration::seconds(1_i64 << attempts.clamp(1, 9)).min(Duration::minutes(10))
}

#[cfg(test)]
mod tests;
