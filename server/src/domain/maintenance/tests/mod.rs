//! What may be done with a window and when, and what is kept of it.

use entity::{Db, MaintenanceWindowId, TenantId, maintenance_change::ChangeKind, maintenance_window};
use sea_orm::ColumnTrait;

use super::*;
use crate::{
    domain::{audit::Actor, board::Board, calendar::Month, sla::terms},
    testing::{scratch_db, scratch_link, scratch_tenant},
};

mod repeated;

/// 21 November 2026, 09:00 UTC, which is 10:00 in Berlin.
fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_251_600, 0).unwrap()
}

fn draft(starts: &str, ends: &str) -> Draft {
    Draft {
        title: "Fibre work".to_owned(),
        starts: starts.to_owned(),
        ends: ends.to_owned(),
        covers: "all".to_owned(),
        ..Draft::default()
    }
}

/// By somebody who may approve.
fn approved(starts: &str, ends: &str) -> Draft {
    Draft {
        approves: true,
        ..draft(starts, ends)
    }
}

fn decides(reason: &str) -> Decision {
    Decision {
        reason: reason.to_owned(),
        approves: true,
    }
}

/// A tenant with a link that counts, and what is taken out of its figures.
struct Scene {
    db: Db,
    tenant: TenantId,
    link: entity::LinkId,
    board: Board,
}

impl Scene {
    async fn new(db: Db) -> Self {
        let tenant = scratch_tenant(&db, "north").await;
        let link = scratch_link(&db, tenant).await;
        let board = Board::new(db.clone());
        Self {
            db,
            tenant,
            link,
            board,
        }
    }

    async fn board(&self) -> std::sync::Arc<Snapshot> {
        self.board.refresh(self.tenant).await.unwrap();
        self.board.snapshot(self.tenant, now()).await.unwrap()
    }

    /// The hours that are taken out of November 2026.
    async fn hours_out(&self) -> i64 {
        let board = self.board().await;
        let november = "2026-11".parse::<Month>().unwrap().period(board.zone);
        let terms = terms::of_link(&board, &board.links[&self.link].link, november);
        let out = terms.maintenance.intersect(&november.into());
        assert_eq!(out.seconds() % 3600, 0);
        out.seconds() / 3600
    }

    async fn create(&self, draft: Draft) -> Result<MaintenanceWindowId, Error> {
        let plan = draft.check(&*self.board().await, now()).unwrap();
        create(&self.db, self.tenant, &Actor::system("test"), now(), plan).await
    }

    async fn changes(&self) -> Vec<after_the_fact::Change> {
        let board = self.board().await;
        let november = "2026-11".parse::<Month>().unwrap().period(board.zone);
        let rows = self.db.tenant(self.tenant);
        after_the_fact::changes(&rows, &board.links[&self.link].link, november)
            .await
            .unwrap()
    }
}

fn lacks_a_reason<T: std::fmt::Debug>(outcome: Result<T, Error>) -> bool {
    let missing = Rejected::one("reason", Reason::Text(BadText::Missing));
    matches!(outcome, Err(Error::Rejected(rejected)) if rejected == missing)
}

#[tokio::test]
async fn a_window_counts_once_it_is_approved_and_no_longer_than_that() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let (db, tenant, actor) = (&scene.db, scene.tenant, Actor::system("test"));
    let id = scene
        .create(draft("2026-11-22T10:00", "2026-11-22T12:00"))
        .await
        .unwrap();
    assert_eq!(scene.hours_out().await, 0, "a proposal");
    let by_an_operator = approve(db, tenant, &actor, now(), id, Decision::default()).await;
    assert!(matches!(by_an_operator, Err(Error::Conflict)));
    approve(db, tenant, &actor, now(), id, decides("")).await.unwrap();
    assert_eq!(scene.hours_out().await, 2);
    let twice = approve(db, tenant, &actor, now(), id, decides("")).await;
    assert!(matches!(twice, Err(Error::Conflict)));
    withdraw(db, tenant, &actor, now(), id, decides("")).await.unwrap();
    assert_eq!(scene.hours_out().await, 0);
    // Who may approve does so by saving; what others save is a proposal again.
    let board = scene.board().await;
    let plan = |draft: Draft| draft.check(&board, now()).unwrap();
    let longer = plan(approved("2026-11-22T10:00", "2026-11-22T13:00"));
    change(db, tenant, &actor, now(), id, longer).await.unwrap();
    assert_eq!(scene.hours_out().await, 3);
    let by_others = plan(draft("2026-11-22T10:00", "2026-11-22T14:00"));
    change(db, tenant, &actor, now(), id, by_others).await.unwrap();
    assert_eq!(scene.hours_out().await, 0);
    assert!(scene.changes().await.is_empty(), "nothing of it was after the fact");
}

#[tokio::test]
async fn the_past_is_changed_with_a_reason_that_is_kept() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let (db, tenant, actor) = (&scene.db, scene.tenant, Actor::system("test"));
    let yesterday = |reason: &str, ends: &str| Draft {
        reason: reason.to_owned(),
        ..approved("2026-11-20T10:00", ends)
    };
    assert!(lacks_a_reason(scene.create(yesterday(" ", "2026-11-20T11:00")).await));
    let id = scene.create(yesterday("Forgotten", "2026-11-20T11:00")).await.unwrap();
    assert_eq!(scene.hours_out().await, 1);
    let board = scene.board().await;
    let plan = |draft: Draft| draft.check(&board, now()).unwrap();
    let unexplained = change(db, tenant, &actor, now(), id, plan(yesterday("", "2026-11-20T13:00"))).await;
    assert!(lacks_a_reason(unexplained));
    // Other words alone change nothing that was measured.
    let words = Draft {
        title: "Fibre works".to_owned(),
        ..yesterday("", "2026-11-20T11:00")
    };
    change(db, tenant, &actor, now(), id, plan(words)).await.unwrap();
    let longer = plan(yesterday("It took longer", "2026-11-20T13:00"));
    change(db, tenant, &actor, now(), id, longer).await.unwrap();
    assert!(lacks_a_reason(
        withdraw(db, tenant, &actor, now(), id, decides("")).await
    ));
    withdraw(db, tenant, &actor, now(), id, decides("Too early"))
        .await
        .unwrap();
    assert_eq!(scene.hours_out().await, 0);
    approve(db, tenant, &actor, now(), id, decides("After all"))
        .await
        .unwrap();
    assert_eq!(scene.hours_out().await, 3);
    assert!(lacks_a_reason(cancel(db, tenant, &actor, now(), id, decides("")).await));
    cancel(db, tenant, &actor, now(), id, decides("It was another link"))
        .await
        .unwrap();
    assert_eq!(scene.hours_out().await, 0);
    let hours = |counted: &Option<after_the_fact::Counted>| {
        counted
            .as_ref()
            .map_or(0, |one| (one.ends_at - one.starts_at).num_hours())
    };
    let kept = scene.changes().await;
    let kept: Vec<_> = kept
        .iter()
        .map(|one| (one.kind, one.reason.as_str(), hours(&one.old), hours(&one.new)))
        .collect();
    assert_eq!(
        kept,
        [
            (ChangeKind::Recorded, "Forgotten", 0, 1),
            (ChangeKind::Changed, "It took longer", 1, 3),
            (ChangeKind::Cancelled, "Too early", 3, 0),
            (ChangeKind::Recorded, "After all", 0, 3),
            (ChangeKind::Cancelled, "It was another link", 3, 0),
        ]
    );
    let rows = db.tenant(tenant);
    let link = &board.links[&scene.link].link;
    let october = "2026-10".parse::<Month>().unwrap().period(board.zone);
    let of_october = after_the_fact::changes(&rows, link, october).await.unwrap();
    assert!(of_october.is_empty(), "and of no other month");
}

#[tokio::test]
async fn seconds_that_no_form_shows_are_not_changed_by_one() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let id = scene
        .create(approved("2026-11-21T10:00", "2026-11-21T12:00"))
        .await
        .unwrap();
    let (db, tenant, actor) = (&scene.db, scene.tenant, Actor::system("test"));
    let ended = now() + TimeDelta::seconds(1_817);
    end_now(db, tenant, &actor, ended, id).await.unwrap();
    let words = Draft {
        title: "Fibre works".to_owned(),
        before: Some((now(), ended)),
        ..approved("2026-11-21T10:00", "2026-11-21T10:30")
    };
    let plan = words.check(&*scene.board().await, ended).unwrap();
    change(db, tenant, &actor, ended, id, plan).await.unwrap();
    let window = db
        .tenant(tenant)
        .get::<maintenance_window::Entity>(id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((window.title.as_str(), window.ends_at), ("Fibre works", ended));
    assert!(scene.changes().await.is_empty());
}

#[tokio::test]
async fn a_window_of_a_client_is_of_all_its_links_and_of_no_others() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let other = scratch_link(&scene.db, scene.tenant).await;
    let board = scene.board().await;
    let client = board.links[&scene.link].link.client_id;
    let of_client = Draft {
        covers: "clients".to_owned(),
        clients: vec![client.to_string()],
        ..approved("2026-11-22T10:00", "2026-11-22T12:00")
    };
    scene.create(of_client).await.unwrap();
    assert_eq!(scene.hours_out().await, 2);
    let board = scene.board().await;
    let [window] = board.maintenance.as_slice() else {
        panic!("one window")
    };
    let covers = Covers::of(&window.scopes);
    assert_eq!(covers, Covers::Clients(vec![client]));
    for (link, covered) in [(scene.link, true), (other, false)] {
        let link = &board.links[&link].link;
        assert_eq!((window.covers(link), covers.is_of(link)), (covered, covered));
    }
}

#[tokio::test]
async fn what_clients_are_told_of_is_taken_once() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db).await;
    let id = scene
        .create(approved("2026-11-22T10:00", "2026-11-22T12:00"))
        .await
        .unwrap();
    let board = scene.board().await;
    let client = board.links[&scene.link].link.client_id;
    let take = async || {
        let rows = scene.db.begin(scene.tenant).await.unwrap();
        let taken = announce::take(&rows, &board, id, now()).await.unwrap();
        rows.commit().await.unwrap();
        taken.map(|taken| taken.news)
    };
    let rows = scene.db.tenant(scene.tenant);
    let candidate = announce::Candidate { id, series_id: None };
    assert_eq!(announce::candidates(&rows, now()).await.unwrap(), [candidate]);
    assert_eq!(take().await, Some(vec![(client, announce::News::Planned)]));
    assert_eq!(take().await, None);
    cancel(&scene.db, scene.tenant, &Actor::system("test"), now(), id, decides(""))
        .await
        .unwrap();
    assert_eq!(take().await, Some(vec![(client, announce::News::Cancelled)]));
    assert_eq!(take().await, None);
}

#[tokio::test]
async fn what_was_typed_is_checked_against_the_clock_and_the_board() {
    let (db, _scratch) = scratch_db().await;
    let tenant = scratch_tenant(&db, "north").await;
    let board = Board::new(db).snapshot(tenant, now()).await.unwrap();
    let wrong = |draft: Draft| draft.check(&board, now()).unwrap_err().0;
    assert!(
        draft("2026-11-21T10:00", "2026-11-21T11:00")
            .check(&board, now())
            .is_ok()
    );
    assert_eq!(
        wrong(draft("2026-11-21T09:00", "2026-11-21T11:00")),
        [("starts", Reason::Past)]
    );
    assert_eq!(
        wrong(draft("2026-11-22T09:00", "2026-11-22T09:00")),
        [("ends", Reason::Backwards)]
    );
    assert_eq!(
        wrong(draft("2026-12-01T00:00", "2027-02-01T00:00")),
        [("ends", Reason::TooLong)]
    );
    assert_eq!(
        wrong(draft("2026-12-01T00:00", "")),
        [("ends", Reason::Text(BadText::Missing))]
    );
    let gap = wrong(draft("2027-03-28T02:30", "2027-03-28T05:00"));
    assert!(
        matches!(gap.as_slice(), [("starts", Reason::Skipped { .. })]),
        "{gap:?}"
    );
    let stranger = Draft {
        covers: "links".to_owned(),
        links: vec![entity::LinkId::new().to_string()],
        ..draft("2026-12-01T00:00", "2026-12-01T01:00")
    };
    assert_eq!(wrong(stranger.clone()), [("links", Reason::NotAChoice)]);
    assert_eq!(
        wrong(Draft {
            links: vec![],
            ..stranger
        }),
        [("links", Reason::NothingChosen)]
    );
}

#[tokio::test]
async fn a_window_is_changed_before_it_begins_ended_while_it_runs_and_then_left_alone() {
    let (db, _scratch) = scratch_db().await;
    let tenant = scratch_tenant(&db, "north").await;
    let actor = Actor::system("test");
    let board = Board::new(db.clone());
    let seen = board.snapshot(tenant, now()).await.unwrap();
    let plan = |ends: &str| approved("2026-11-21T11:00", ends).check(&seen, now()).unwrap();
    let id = create(&db, tenant, &actor, now(), plan("2026-11-21T12:00"))
        .await
        .unwrap();
    assert!(matches!(
        end_now(&db, tenant, &actor, now(), id).await,
        Err(Error::Conflict)
    ));
    change(&db, tenant, &actor, now(), id, plan("2026-11-21T13:00"))
        .await
        .unwrap();
    let begun = now() + TimeDelta::minutes(90);
    board.refresh(tenant).await.unwrap();
    let during = board.snapshot(tenant, begun).await.unwrap();
    assert_eq!(list::windows(&during, "FIBRE", begun).now.len(), 1);
    let by_others = draft("2026-11-21T11:00", "2026-11-21T14:00")
        .check(&seen, now())
        .unwrap();
    let changed = change(&db, tenant, &actor, begun, id, by_others).await;
    assert!(matches!(changed, Err(Error::Conflict)));
    assert!(matches!(
        cancel(&db, tenant, &actor, begun, id, Decision::default()).await,
        Err(Error::Conflict)
    ));
    end_now(&db, tenant, &actor, begun, id).await.unwrap();
    board.refresh(tenant).await.unwrap();
    let ended = board.snapshot(tenant, begun).await.unwrap();
    assert_eq!(list::windows(&ended, "", begun).past.len(), 1);
    assert!(matches!(
        end_now(&db, tenant, &actor, begun, id).await,
        Err(Error::Conflict)
    ));
}

#[tokio::test]
async fn a_cancelled_window_is_gone_from_the_board() {
    let (db, _scratch) = scratch_db().await;
    let tenant = scratch_tenant(&db, "north").await;
    let actor = Actor::system("test");
    let board = Board::new(db.clone());
    let seen = board.snapshot(tenant, now()).await.unwrap();
    let plan = draft("2026-11-22T11:00", "2026-11-22T12:00")
        .check(&seen, now())
        .unwrap();
    let id = create(&db, tenant, &actor, now(), plan).await.unwrap();
    cancel(&db, tenant, &actor, now(), id, Decision::default())
        .await
        .unwrap();
    board.refresh(tenant).await.unwrap();
    assert!(board.snapshot(tenant, now()).await.unwrap().maintenance.is_empty());
    let stranger = MaintenanceWindowId::new();
    assert!(matches!(
        cancel(&db, tenant, &actor, now(), stranger, Decision::default()).await,
        Err(Error::NotFound)
    ));
}
