//! Schedules against a Contabo on purpose: once for each time, late is skipped, and no snapshot goes before the next one is
//! there.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    ClientId, ScheduleId, action,
    action::ActionState,
    job,
    schedule::{self, Scheduled},
    schedule_run::{self, Outcome},
    snapshot, task,
};
use sea_orm::Order;

use super::{tests::Ground, *};
use crate::{
    domain::{
        audit::Actor,
        contabo::{
            actions::Asked,
            features::{self, Feature},
            instances,
            quotas::{self, Quota},
            schedules::{self, Error, Plan, Reason, Times},
        },
        tasks,
        typed::{ChangeError, Rejected},
    },
    work::queue::Queue,
    work::runner::Nudge,
};

/// Every day at 12:00 in Berlin, which is 10:00 UTC in May, when the tests' clocks begin.
fn plan(what: Scheduled, keep: i32) -> Plan {
    Plan {
        what,
        keep,
        times: Times {
            minute: 12 * 60,
            weekdays: 127,
            zone: chrono_tz::Europe::Berlin,
        },
    }
}

async fn make(ground: &Ground, client: Option<ClientId>, plan: Plan) -> Result<ScheduleId, Error> {
    let (site, actor) = (&ground.site, Actor::system("test"));
    let instance = ground.instance().await.id;
    schedules::create(
        &site.db,
        ground.tenant,
        &actor,
        site.clock.now(),
        instance,
        client,
        plan,
    )
    .await
}

async fn due(ground: &Ground, id: ScheduleId) -> Option<DateTime<Utc>> {
    let rows = ground.site.db.tenant(ground.tenant);
    rows.get::<schedule::Entity>(id).await.unwrap().unwrap().next_at
}

async fn runs(ground: &Ground) -> Vec<schedule_run::Model> {
    let rows = ground.site.db.tenant(ground.tenant);
    let all = rows.find::<schedule_run::Entity>();
    let all = all.order_by(schedule_run::Column::DueAt, Order::Asc);
    all.all().await.unwrap()
}

async fn snapshots(ground: &Ground) -> Vec<String> {
    let rows = ground.site.db.tenant(ground.tenant);
    let all = rows.find::<snapshot::Entity>().all().await.unwrap();
    let mut names: Vec<String> = all.into_iter().map(|row| row.name).collect();
    names.sort_unstable();
    names
}

async fn actions_there(ground: &Ground) -> Vec<action::Model> {
    let rows = ground.site.db.tenant(ground.tenant);
    rows.find::<action::Entity>().all().await.unwrap()
}

async fn open_tasks(ground: &Ground) -> Vec<task::Model> {
    tasks::list(&ground.site.db.tenant(ground.tenant), true).await.unwrap()
}

/// Lets both clocks stand at the schedule's next time, and what is due be done until nothing is under way.
async fn next_time(ground: &Ground, id: ScheduleId, late: TimeDelta) {
    let at = due(ground, id).await.unwrap() + late;
    ground.pass((at - ground.site.clock.now()).num_seconds());
    settle(ground).await;
}

async fn settle(ground: &Ground) {
    for _ in 0..400 {
        ground.work().await;
        let open = actions_there(ground).await;
        let is_open = |row: &action::Model| matches!(row.state, ActionState::Queued | ActionState::Running);
        if !open.iter().any(is_open) && !rotates(ground).await {
            return;
        }
        ground.pass(5);
    }
    panic!("something never ended");
}

async fn rotates(ground: &Ground) -> bool {
    let jobs = ground.site.db.tenant(ground.tenant);
    let jobs = jobs.find::<job::Entity>().all().await.unwrap();
    let waits = |row: &job::Model| row.finished_at.is_none() && row.kind == "contabo.rotate_snapshots";
    jobs.iter().any(waits)
}

#[tokio::test]
async fn snapshots_are_taken_by_the_clock_and_the_oldest_of_the_schedules_own_go() {
    let ground = Ground::larger().await;
    let by_hand = ground
        .ask(Asked::TakeSnapshot {
            name: "by hand".to_owned(),
            description: String::new(),
        })
        .await;
    ground.finish(by_hand).await;
    let id = make(&ground, None, plan(Scheduled::Snapshots, 1)).await.unwrap();
    assert_eq!(
        due(&ground, id).await.unwrap().to_rfc3339(),
        "2026-05-16T10:00:00+00:00"
    );
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!(snapshots(&ground).await, ["auto 2026-05-16 12-00", "by hand"]);
    next_time(&ground, id, TimeDelta::minutes(59)).await;
    assert_eq!(
        snapshots(&ground).await,
        ["auto 2026-05-17 12-00", "by hand"],
        "only its own goes"
    );
    let rows = actions_there(&ground).await;
    let taken = rows
        .iter()
        .find(|row| row.arguments["name"] == "auto 2026-05-17 12-00")
        .unwrap();
    let gone = rows.iter().find(|row| row.kind == "delete_snapshot").unwrap();
    assert!(
        gone.asked_at >= taken.ended_at.unwrap(),
        "not before the new one was there"
    );
    assert_eq!(
        (taken.asked_by, taken.asked_by_name.as_str()),
        (None, "schedule (test)")
    );
    let runs = runs(&ground).await;
    assert!(
        runs.len() == 2
            && runs
                .iter()
                .all(|run| run.outcome == Outcome::Asked && run.action_id.is_some())
    );
}

#[tokio::test]
async fn nothing_old_goes_while_nothing_new_came() {
    let ground = Ground::larger().await;
    let id = make(&ground, None, plan(Scheduled::Snapshots, 1)).await.unwrap();
    next_time(&ground, id, TimeDelta::zero()).await;
    let first = snapshots(&ground).await;
    ground.contabo.inject(
        fakes::contabo::Rule::at(
            "createSnapshot",
            fakes::contabo::Fault::Refuse(400, "Not now".to_owned()),
        )
        .once(),
    );
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!(snapshots(&ground).await, first);
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!(snapshots(&ground).await, ["auto 2026-05-18 12-00"]);
}

#[tokio::test]
async fn what_is_an_hour_late_is_skipped_and_said_and_the_next_comes_in_time() {
    let ground = Ground::new().await;
    let id = make(&ground, None, plan(Scheduled::Stop, 0)).await.unwrap();
    // Mainstay does not run for three days.
    next_time(&ground, id, TimeDelta::days(3) + TimeDelta::minutes(61)).await;
    let seen = runs(&ground).await;
    assert_eq!((seen.len(), seen[0].outcome), (1, Outcome::Missed));
    assert_eq!(seen[0].due_at.to_rfc3339(), "2026-05-16T10:00:00+00:00");
    assert_eq!(ground.sent("stop"), 0);
    assert_eq!(
        due(&ground, id).await.unwrap().to_rfc3339(),
        "2026-05-20T10:00:00+00:00"
    );
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!((runs(&ground).await.len(), ground.sent("stop")), (2, 1));
    // It is off already: nothing to do, and that is no failure.
    next_time(&ground, id, TimeDelta::zero()).await;
    let seen = runs(&ground).await;
    assert_eq!(
        (seen[2].outcome, seen[2].detail.as_deref()),
        (Outcome::Needless, Some("stopped"))
    );
    assert_eq!(ground.sent("stop"), 1);
}

#[tokio::test]
async fn a_time_is_run_once_whoever_tries_and_however_often() {
    let ground = Ground::new().await;
    let id = make(&ground, None, plan(Scheduled::Restart, 0)).await.unwrap();
    let due_at = due(&ground, id).await.unwrap();
    ground.pass((due_at - ground.site.clock.now()).num_seconds());
    let site = &ground.site;
    let run = || schedules::run(&site.db, &site.keyring, ground.tenant, due_at, id, due_at);
    let (one, other) = tokio::join!(run(), run());
    one.unwrap();
    other.unwrap();
    // And a third, as after a crash that lost only the end of the job.
    run().await.unwrap();
    assert_eq!(runs(&ground).await.len(), 1);
    settle(&ground).await;
    assert_eq!((runs(&ground).await.len(), ground.sent("restart")), (1, 1));
}

#[tokio::test]
async fn a_change_moves_the_next_time_and_the_old_alarm_does_nothing() {
    let ground = Ground::new().await;
    let id = make(&ground, None, plan(Scheduled::Stop, 0)).await.unwrap();
    let (site, actor) = (&ground.site, Actor::system("test"));
    let mut later = plan(Scheduled::Stop, 0);
    later.times.minute = 13 * 60;
    let change = schedules::change(&site.db, ground.tenant, &actor, site.clock.now(), id, None, later);
    change.await.unwrap();
    assert_eq!(
        due(&ground, id).await.unwrap().to_rfc3339(),
        "2026-05-15T11:00:00+00:00"
    );
    let rest = async |rests| {
        let now = site.clock.now();
        schedules::set_resting(&site.db, ground.tenant, &actor, now, id, None, rests)
            .await
            .unwrap();
    };
    rest(true).await;
    ground.pass(86_400);
    settle(&ground).await;
    assert!(runs(&ground).await.is_empty(), "it rests");
    rest(false).await;
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!((runs(&ground).await.len(), ground.sent("stop")), (1, 1));
}

#[tokio::test]
async fn what_keeps_a_run_from_being_made_is_kept_with_it() {
    let ground = Ground::new().await;
    let client = ground.give().await;
    let (site, tenant, actor) = (&ground.site, ground.tenant, Actor::system("test"));
    let id = make(&ground, Some(client), plan(Scheduled::Snapshots, 1))
        .await
        .unwrap();
    let instance = ground.instance().await.id;
    let now = || site.clock.now();
    instances::lock(&site.db, tenant, &actor, now(), instance, "Unpaid")
        .await
        .unwrap();
    next_time(&ground, id, TimeDelta::zero()).await;
    instances::unlock(&site.db, tenant, &actor, now(), instance)
        .await
        .unwrap();
    let none = Quota {
        snapshots: Some(0),
        ..Quota::default()
    };
    quotas::set(&site.db, tenant, &actor, now(), Some(client), none)
        .await
        .unwrap();
    next_time(&ground, id, TimeDelta::zero()).await;
    for feature in [Feature::Snapshots, Feature::Schedules] {
        let off = [(feature, Some(false))];
        features::set(&site.db, tenant, &actor, now(), Some(client), &off)
            .await
            .unwrap();
        next_time(&ground, id, TimeDelta::zero()).await;
        let on = [(feature, None)];
        features::set(&site.db, tenant, &actor, now(), Some(client), &on)
            .await
            .unwrap();
    }
    let came: Vec<_> = runs(&ground)
        .await
        .into_iter()
        .map(|run| (run.outcome, run.detail))
        .collect();
    let expected = [
        (Outcome::Locked, Some("Unpaid".to_owned())),
        (Outcome::Full, Some("0".to_owned())),
        (Outcome::SwitchedOff, None),
        (Outcome::SwitchedOff, None),
    ];
    assert_eq!(came, expected);
    assert!(snapshots(&ground).await.is_empty() && actions_there(&ground).await.is_empty());
    // Its own lock and switches are told the client on its page; that there was no room is for staff, too.
    let open = open_tasks(&ground).await;
    let brief: Vec<_> = open.iter().map(|row| (row.kind.as_str(), row.times)).collect();
    assert_eq!(brief, [("schedule", 1)]);
    assert!(open[0].reason.contains("no room for a snapshot"), "{}", open[0].reason);
    // Whoever gets the server next does not get the schedule with it.
    instances::assign(&site.db, tenant, &actor, now(), instance, None)
        .await
        .unwrap();
    let rows = site.db.tenant(tenant);
    assert_eq!(rows.find::<schedule::Entity>().count().await.unwrap(), 0);
    assert!(runs(&ground).await.is_empty());
    assert!(open_tasks(&ground).await.is_empty(), "nor its task");
}

#[tokio::test]
async fn what_was_missed_refused_or_failed_is_one_task_until_the_schedule_comes_right() {
    let ground = Ground::new().await;
    let id = make(&ground, None, plan(Scheduled::Stop, 0)).await.unwrap();
    next_time(&ground, id, TimeDelta::minutes(61)).await;
    let open = open_tasks(&ground).await;
    let instance = ground.instance().await;
    assert_eq!(
        (
            open.len(),
            open[0].kind.as_str(),
            open[0].what.as_str(),
            open[0].subject_id
        ),
        (1, "schedule", "stop", Some(instance.id.0))
    );
    assert!(
        open[0].reason.starts_with("2026-05-16 12:00 CEST: it was too late"),
        "{}",
        open[0].reason
    );
    let busy = fakes::contabo::Fault::Refuse(409, "busy".to_owned());
    ground.contabo.inject(fakes::contabo::Rule::at("stop", busy).once());
    next_time(&ground, id, TimeDelta::zero()).await;
    let open = open_tasks(&ground).await;
    assert_eq!((open.len(), open[0].times, open[0].what.as_str()), (1, 2, "stop"));
    assert!(open[0].reason.contains("busy"), "{}", open[0].reason);
    next_time(&ground, id, TimeDelta::zero()).await;
    assert_eq!(ground.instance().await.status, "stopped");
    let rows = ground.site.db.tenant(ground.tenant);
    let all = tasks::list(&rows, false).await.unwrap();
    assert_eq!(all.len(), 1);
    assert!(
        all[0].settled_at.is_some() && all[0].settled_by_name.is_none(),
        "it came right by itself"
    );

    // That there is nothing to do is right as well; and what is deleted is no trouble any more.
    for ends in ["needless", "deleted"] {
        next_time(&ground, id, TimeDelta::minutes(61)).await;
        assert_eq!(open_tasks(&ground).await.len(), 1, "{ends}");
        if ends == "needless" {
            next_time(&ground, id, TimeDelta::zero()).await;
        } else {
            let (site, actor) = (&ground.site, Actor::system("test"));
            schedules::delete(&site.db, ground.tenant, &actor, site.clock.now(), id, None)
                .await
                .unwrap();
        }
        assert!(open_tasks(&ground).await.is_empty(), "{ends}");
    }
}

#[tokio::test]
async fn a_client_schedules_what_it_may_and_no_more_than_fits() {
    let ground = Ground::new().await;
    let client = ground.give().await;
    let (site, tenant, actor) = (&ground.site, ground.tenant, Actor::system("test"));
    let two = Quota {
        snapshots: Some(2),
        ..Quota::default()
    };
    quotas::set(&site.db, tenant, &actor, site.clock.now(), Some(client), two)
        .await
        .unwrap();
    let full = make(&ground, Some(client), plan(Scheduled::Snapshots, 2)).await;
    let expected = [("keep", Reason::TooManyKept(2))];
    assert!(
        matches!(full, Err(Error::Change(ChangeError::Rejected(Rejected(why)))) if why == expected),
        "there must be room for the next one"
    );
    make(&ground, Some(client), plan(Scheduled::Snapshots, 1))
        .await
        .unwrap();
    let others = make(&ground, Some(ClientId::new()), plan(Scheduled::Stop, 0)).await;
    assert!(matches!(others, Err(Error::Change(ChangeError::NotFound))));
    let off = [(Feature::Power, Some(false))];
    features::set(&site.db, tenant, &actor, site.clock.now(), None, &off)
        .await
        .unwrap();
    let refused = make(&ground, Some(client), plan(Scheduled::Stop, 0)).await;
    assert!(matches!(refused, Err(Error::SwitchedOff)));
    for _ in 0..9 {
        make(&ground, None, plan(Scheduled::Stop, 0)).await.unwrap();
    }
    let eleventh = make(&ground, None, plan(Scheduled::Stop, 0)).await;
    assert!(matches!(eleventh, Err(Error::Change(ChangeError::Rejected(_)))));
}

#[tokio::test]
async fn a_killed_process_leaves_the_time_to_the_next_one() {
    let ground = Ground::new().await;
    let id = make(&ground, None, plan(Scheduled::Stop, 0)).await.unwrap();
    let at = due(&ground, id).await.unwrap();
    ground.pass((at - ground.site.clock.now()).num_seconds());
    // The job is claimed, and whoever claimed it dies before it did anything.
    let rows = ground.site.db.tenant(ground.tenant);
    let claimed = [
        (
            job::Column::State,
            sea_orm::sea_query::Expr::value(job::JobState::Running),
        ),
        (
            job::Column::LeaseUntil,
            sea_orm::sea_query::Expr::value(at + TimeDelta::minutes(2)),
        ),
        (job::Column::DedupKey, sea_orm::sea_query::Expr::value(None::<String>)),
    ];
    let alarm = sea_orm::ColumnTrait::eq(&job::Column::Kind, "contabo.run_schedule");
    assert_eq!(rows.update_where::<job::Entity>(alarm, claimed).await.unwrap(), 1);
    ground.work().await;
    assert!(runs(&ground).await.is_empty());
    ground.pass(180);
    settle(&ground).await;
    assert_eq!((runs(&ground).await.len(), ground.sent("stop")), (1, 1));
    let queue = Queue::new(ground.site.db.clone(), ground.site.clock.clone(), Nudge::default());
    queue.with::<RunSchedule>(ground.site.clone()).step().await.unwrap();
    assert_eq!(runs(&ground).await.len(), 1);
}
