//! Jobs that are claimed once, end, fail and are tried again.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use sea_orm::ConnectionTrait;
use serde::Deserialize;

use super::*;
use crate::testing::{scratch_db, scratch_tenant};

#[derive(Serialize, Deserialize)]
struct Count {
    fails: bool,
}

impl Job for Count {
    const KIND: &'static str = "count";
    const ATTEMPTS: i32 = 2;
    type Context = Arc<AtomicUsize>;

    async fn run(&self, ran: &Self::Context, _: TenantId) -> Result<(), JobError> {
        ran.fetch_add(1, Ordering::SeqCst);
        if self.fails {
            Err(JobError::retry(anyhow::anyhow!("not yet")))
        } else {
            Ok(())
        }
    }
}

async fn drain(queue: &Queue) {
    while queue.step().await.unwrap() == Worked::More {}
}

#[tokio::test]
async fn many_workers_run_each_job_once() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let tenant = scratch_tenant(&db, "one").await;
    let ran = Arc::new(AtomicUsize::new(0));
    let begun = db.begin(tenant).await.unwrap();
    for _ in 0..40 {
        enqueue(&begun, &Count { fails: false }, clock.now(), None)
            .await
            .unwrap();
    }
    begun.commit().await.unwrap();
    let queue = Queue::new(db, clock, Nudge::default()).with::<Count>(ran.clone());
    let workers = (0..4).map(|_| {
        let queue = queue.clone();
        tokio::spawn(async move { drain(&queue).await })
    });
    for worker in futures_util::future::join_all(workers).await {
        worker.unwrap();
    }
    drain(&queue).await;
    assert_eq!(ran.load(Ordering::SeqCst), 40);
}

#[tokio::test]
async fn a_claim_that_fails_halfway_keeps_what_it_has() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let rows = db.tenant(scratch_tenant(&db, "one").await);
    let ran = Arc::new(AtomicUsize::new(0));
    for _ in 0..2 {
        enqueue(&rows, &Count { fails: false }, clock.now(), None)
            .await
            .unwrap();
    }
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    let connection = db.write_across_tenants();
    let one_runs = "CREATE UNIQUE INDEX one_runs ON job (state) WHERE state = 'running'";
    connection.execute_unprepared(one_runs).await.unwrap();
    let queue = Queue::new(db.clone(), clock, Nudge::default()).with::<Count>(ran);
    assert_eq!(queue.claim(PLACES).await.unwrap().len(), 1);
    queue.claim(PLACES).await.unwrap_err();
}

#[derive(Serialize, Deserialize)]
struct Meet;

impl Job for Meet {
    const KIND: &'static str = "meet";
    type Context = Arc<tokio::sync::Barrier>;

    async fn run(&self, met: &Self::Context, _: TenantId) -> Result<(), JobError> {
        met.wait().await;
        Ok(())
    }
}

#[tokio::test]
async fn a_job_that_takes_long_holds_up_no_other() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let rows = db.tenant(scratch_tenant(&db, "one").await);
    let queue =
        Queue::new(db.clone(), clock.clone(), Nudge::default()).with::<Meet>(Arc::new(tokio::sync::Barrier::new(2)));
    enqueue(&rows, &Meet, clock.now(), Some("k".to_owned())).await.unwrap();
    let other = async {
        while rows
            .find::<job::Entity>()
            .filter(job::Column::State.eq(JobState::Running))
            .count()
            .await
            .unwrap()
            == 0
        {
            tokio::task::yield_now().await;
        }
        assert!(
            enqueue(&rows, &Meet, clock.now(), Some("k".to_owned())).await.unwrap(),
            "the first runs already"
        );
        queue.nudge().nudge();
    };
    assert_eq!(tokio::join!(queue.step(), other).0.unwrap(), Worked::More);
}

#[derive(Serialize, Deserialize)]
struct Outlive;

impl Job for Outlive {
    const KIND: &'static str = "outlive";
    type Context = (Db, Nudge);

    /// Lets the queue look for more while there is no table to look into.
    async fn run(&self, (db, nudge): &Self::Context, _: TenantId) -> Result<(), JobError> {
        #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
        let connection = db.write_across_tenants();
        let rename = async |sql| connection.execute_unprepared(sql).await.map_err(JobError::fail);
        rename("ALTER TABLE job RENAME TO elsewhere").await?;
        // The queue takes another nudge only once it has looked.
        for _ in 0..2 {
            nudge.nudge();
            while nudge.nudged().now_or_never().is_some() {
                nudge.nudge();
                tokio::task::yield_now().await;
            }
        }
        rename("ALTER TABLE elsewhere RENAME TO job").await?;
        Ok(())
    }
}

#[tokio::test]
async fn a_job_that_runs_outlives_a_claim_that_fails() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let rows = db.tenant(scratch_tenant(&db, "one").await);
    enqueue(&rows, &Outlive, clock.now(), None).await.unwrap();
    let nudge = Nudge::default();
    let queue = Queue::new(db.clone(), clock, nudge.clone()).with::<Outlive>((db.clone(), nudge));
    queue.step().await.unwrap_err();
    let job = rows.find::<job::Entity>().one().await.unwrap().unwrap();
    assert_eq!((job.state, job.last_error), (JobState::Done, None));
}

#[tokio::test]
async fn a_failing_job_is_tried_again_later_and_then_given_up() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let tenant = scratch_tenant(&db, "one").await;
    let ran = Arc::new(AtomicUsize::new(0));
    enqueue(
        &db.tenant(tenant),
        &Count { fails: true },
        clock.now(),
        Some("k".to_owned()),
    )
    .await
    .unwrap();
    let again = enqueue(
        &db.tenant(tenant),
        &Count { fails: true },
        clock.now(),
        Some("k".to_owned()),
    )
    .await
    .unwrap();
    assert!(!again, "the same key waits already");
    let queue = Queue::new(db.clone(), clock.clone(), Nudge::default()).with::<Count>(ran.clone());
    drain(&queue).await;
    assert_eq!(ran.load(Ordering::SeqCst), 1, "the second try has to wait");
    let job = db.tenant(tenant).find::<job::Entity>().one().await.unwrap().unwrap();
    assert_eq!(job.dedup_key, None, "a new one may be queued once this one ran");
    clock.advance(Duration::minutes(1));
    drain(&queue).await;
    clock.advance(Duration::hours(1));
    drain(&queue).await;
    assert_eq!(ran.load(Ordering::SeqCst), 2);
    let job = db.tenant(tenant).find::<job::Entity>().one().await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Dead);
    assert_eq!(job.last_error.as_deref(), Some("not yet"));
}

#[tokio::test]
async fn a_job_whose_worker_vanished_is_claimed_again() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let tenant = scratch_tenant(&db, "one").await;
    let ran = Arc::new(AtomicUsize::new(0));
    enqueue(&db.tenant(tenant), &Count { fails: false }, clock.now(), None)
        .await
        .unwrap();
    let queue = Queue::new(db, clock.clone(), Nudge::default()).with::<Count>(ran.clone());
    assert_eq!(queue.claim(PLACES).await.unwrap().len(), 1);
    drain(&queue).await;
    assert_eq!(ran.load(Ordering::SeqCst), 0, "somebody holds it");
    clock.advance(LEASE);
    drain(&queue).await;
    assert_eq!(ran.load(Ordering::SeqCst), 1);
}

#[derive(Serialize, Deserialize)]
struct Tell;

impl Job for Tell {
    const KIND: &'static str = "tell";
    const ATTEMPTS: i32 = 1;
    type Context = ();

    async fn run(&self, (): &(), _: TenantId) -> Result<(), JobError> {
        Err(JobError::retry(anyhow::anyhow!("nobody listens")))
    }

    /// Where it can be seen: as another job.
    async fn give_up(&self, rows: &Tenant<'_>, reason: &str) -> Result<(), DbErr> {
        let key = Some(reason.to_owned());
        enqueue(rows, &Meet, DateTime::UNIX_EPOCH, key).await.map(drop)
    }
}

#[tokio::test]
async fn what_waits_for_a_job_is_told_when_it_is_given_up() {
    let (db, _keep) = scratch_db().await;
    let clock = Clock::fixed(DateTime::UNIX_EPOCH);
    let rows = db.tenant(scratch_tenant(&db, "one").await);
    let queue = Queue::new(db.clone(), clock.clone(), Nudge::default()).with::<Tell>(());
    let told = async || {
        let rows = rows.find::<job::Entity>().filter(job::Column::Kind.eq(Meet::KIND));
        let told = rows.all().await.unwrap().into_iter();
        let mut told: Vec<_> = told.filter_map(|job| job.dedup_key).collect();
        told.sort_unstable_by(|one, other| other.cmp(one));
        told
    };
    enqueue(&rows, &Tell, clock.now(), None).await.unwrap();
    drain(&queue).await;
    assert_eq!(told().await, ["nobody listens"]);
    // Its worker vanished, and left nobody to tell.
    enqueue(&rows, &Tell, clock.now(), None).await.unwrap();
    assert_eq!(queue.claim(PLACES).await.unwrap().len(), 1);
    clock.advance(LEASE);
    drain(&queue).await;
    assert_eq!(
        told().await,
        ["nobody listens", "given up after 1 attempts that did not end"]
    );
}
