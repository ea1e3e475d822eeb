//! What is said of outages, and what that changes of figures.

use entity::{Db, LinkId, TenantId, audit_entry, sample};
use proptest::prelude::*;

use super::*;
use crate::{
    domain::{
        audit::Actor,
        board::Board,
        links::{block, slot::Sample},
    },
    testing::{scratch_db, scratch_link, scratch_tenant},
};

/// A slot in November 2026.
const FIRST: i32 = 5_984_200;

fn slot(number: i32) -> Slot {
    Slot::from_number(FIRST + number)
}

/// Slots side by side: `d`own, `u`p, `?` without a sample.
fn states(text: &str) -> Vec<(Interval, SampleState)> {
    let mut states = Vec::new();
    for (number, state) in (0..).zip(text.chars()) {
        let state = match state {
            'd' => SampleState::Down,
            'u' => SampleState::Up,
            _ => continue,
        };
        block::push_state(&mut states, slot(number).interval(), state);
    }
    states
}

fn terms(slots: i32) -> Terms {
    Terms::over(Interval::new(
        slot(0).interval().start(),
        slot(slots).interval().start(),
    ))
}

#[test]
fn an_excluded_outage_is_listed_and_counts_nothing() {
    let states = states("uudduu?duu");
    let mut terms = terms(10);
    let before = measured(&terms, &states, &[]);
    assert_eq!(before.len(), 2);
    terms.exclusions = Interval::new(slot(2).interval().start(), slot(3).interval().end()).into();
    let after = measured(&terms, &states, &[]);
    let shown: Vec<_> = after
        .iter()
        .map(|one| (one.counted.span, one.counted.counted_seconds, one.otherwise_seconds))
        .collect();
    assert_eq!(
        shown,
        [(before[0].counted.span, 0, 600), (before[1].counted.span, 300, 300)]
    );
    let uptime = Uptime::measure(&terms, states.iter().copied(), &[]);
    assert_eq!((uptime.excluded, uptime.down, uptime.accountable), (600, 300, 2400));
    let without = Uptime::measure(&terms.without_exclusions(), states.iter().copied(), &[]);
    assert_eq!((without.excluded, without.down, without.accountable), (0, 900, 3000));
}

proptest! {
    #[test]
    fn excluding_an_outage_takes_it_out_of_both_sides_and_nothing_else(
        text in "[uud?]{4,60}",
        pick: prop::sample::Index,
    ) {
        let states = states(&text);
        let mut terms = terms(text.len() as i32);
        let before = measured(&terms, &states, &[]);
        prop_assume!(!before.is_empty());
        let one = pick.get(&before).counted;
        let figures = |terms: &Terms| Uptime::measure(terms, states.iter().copied(), &[]);
        let with_it = figures(&terms);
        terms.exclusions = one.span.into();
        let without_it = figures(&terms);
        prop_assert_eq!(with_it.down - without_it.down, one.counted_seconds);
        prop_assert_eq!(with_it.accountable - without_it.accountable, one.span.seconds());
        prop_assert_eq!(with_it.up, without_it.up);
        for (before, after) in before.iter().zip(measured(&terms, &states, &[])) {
            let excluded = before.counted.span == one.span;
            prop_assert_eq!(after.otherwise_seconds, before.counted.counted_seconds);
            prop_assert_eq!(after.counted.counted_seconds, if excluded { 0 } else { before.counted.counted_seconds });
        }
        prop_assert_eq!(figures(&terms.without_exclusions()), with_it);
    }
}

#[test]
fn what_is_typed_needs_a_reason_where_it_changes_figures() {
    let wrong = |kind: &str, reason: &str| {
        let (kind, reason) = (kind.to_owned(), reason.to_owned());
        ExclusionDraft { kind, reason }.check().map_err(|rejected| rejected.0)
    };
    assert!(wrong("client", "They dug").is_ok());
    assert_eq!(
        wrong("weather", " "),
        Err(vec![
            ("kind", Reason::NotAChoice),
            ("reason", Reason::Text(BadText::Missing))
        ])
    );
    let empty = NoteDraft::default().check().unwrap();
    assert_eq!((empty.cause, empty.comment, empty.internal_note), (None, None, None));
}

/// A link with samples.
struct Scene {
    db: Db,
    tenant: TenantId,
    link: LinkId,
    board: Board,
}

impl Scene {
    async fn new(db: Db, text: &str) -> Self {
        let tenant = scratch_tenant(&db, "north").await;
        let link = scratch_link(&db, tenant).await;
        let board = Board::new(db.clone());
        let scene = Self {
            db,
            tenant,
            link,
            board,
        };
        scene.store(0, text).await;
        scene
    }

    async fn store(&self, from: i32, text: &str) {
        let samples = (from..).zip(text.chars()).map(|(number, state)| {
            let state = if state == 'd' {
                SampleState::Down
            } else {
                SampleState::Up
            };
            samples::to_row(self.tenant, self.link, &Sample::new(slot(number), state))
        });
        let key = [sample::Column::LinkId, sample::Column::Slot];
        let rows = self.db.tenant(self.tenant);
        rows.upsert_all::<sample::Entity, _>(samples.collect::<Vec<_>>(), &key)
            .await
            .unwrap();
    }

    fn now() -> DateTime<Utc> {
        slot(40).start()
    }

    async fn board(&self) -> std::sync::Arc<Snapshot> {
        self.board.refresh(self.tenant).await.unwrap();
        self.board.snapshot(self.tenant, Self::now()).await.unwrap()
    }

    async fn find(&self, number: i32) -> Option<Outage> {
        let board = self.board().await;
        let rows = self.db.tenant(self.tenant);
        let at = slot(number).interval().start() + 7;
        find(&rows, &board, &board.links[&self.link].link, at, Self::now())
            .await
            .unwrap()
    }
}

fn said(cause: &str) -> Note {
    let draft = NoteDraft {
        cause: cause.to_owned(),
        ..NoteDraft::default()
    };
    draft.check().unwrap()
}

fn excluding() -> Excluding {
    let draft = ExclusionDraft {
        kind: "client".to_owned(),
        reason: "They pulled the plug".to_owned(),
    };
    draft.check().unwrap()
}

#[tokio::test]
async fn an_outage_is_spoken_of_excluded_and_counted_again() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db, "uudduuddd").await;
    let (db, now, actor) = (&scene.db, Scene::now(), Actor::system("test"));
    assert!(scene.find(0).await.is_none());
    let outage = scene.find(3).await.unwrap();
    assert_eq!(
        (outage.starts_at(), outage.ends_at()),
        (slot(2).start(), slot(4).start())
    );
    assert!(outage.is_over && outage.is_as_excluded() && outage.notes.is_empty());

    let board = scene.board().await;
    change_note(db, &board, &actor, now, &outage, said("A digger"))
        .await
        .unwrap();
    let again = change_note(db, &board, &actor, now, &outage, said("Another")).await;
    assert!(
        matches!(again, Err(Error::Conflict)),
        "of an outage of which somebody spoke meanwhile"
    );
    let outage = scene.find(3).await.unwrap();
    assert_eq!(outage.note().unwrap().cause.as_deref(), Some("A digger"));
    exclude(db, &board, &actor, now, &outage, excluding()).await.unwrap();
    let outage = scene.find(3).await.unwrap();
    assert_eq!((outage.counted_seconds, outage.otherwise_seconds), (0, 600));
    assert!(outage.is_as_excluded() && outage.exclusion().is_some());
    let twice = exclude(db, &board, &actor, now, &outage, excluding()).await;
    assert!(matches!(twice, Err(Error::Conflict)));

    include_again(db, &board, &actor, now, &outage).await.unwrap();
    let outage = scene.find(3).await.unwrap();
    assert_eq!((outage.counted_seconds, outage.otherwise_seconds), (600, 600));
    assert_eq!(outage.note().unwrap().cause.as_deref(), Some("A digger"), "words stay");
    let rows = db.tenant(scene.tenant);
    let log = rows.find::<audit_entry::Entity>().all().await.unwrap();
    let mut done: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    done.sort_unstable();
    assert_eq!(done, ["outage.change", "outage.exclude", "outage.include"]);

    let open = scene.find(7).await.unwrap();
    assert!(!open.is_over);
    let refused = exclude(db, &board, &actor, now, &open, excluding()).await;
    assert!(matches!(refused, Err(Error::Conflict)), "what goes on is not excluded");
}

#[tokio::test]
async fn what_was_excluded_stays_so_when_late_samples_move_the_outage() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db, "uudduuuu").await;
    let (db, now, actor) = (&scene.db, Scene::now(), Actor::system("test"));
    let (board, outage) = (scene.board().await, scene.find(3).await.unwrap());
    exclude(db, &board, &actor, now, &outage, excluding()).await.unwrap();
    scene.store(4, "d").await;
    let outage = scene.find(4).await.unwrap();
    assert_eq!(outage.span.seconds(), 900);
    assert_eq!((outage.counted_seconds, outage.is_as_excluded()), (300, false));
    // Words about it do not move what is excluded.
    let board = scene.board().await;
    change_note(db, &board, &actor, now, &outage, said("A digger"))
        .await
        .unwrap();
    assert_eq!(scene.find(4).await.unwrap().counted_seconds, 300);
    scene.store(2, "uuu").await;
    let gone = scene.find(3).await.unwrap();
    assert!(!gone.is_measured && !gone.is_as_excluded() && gone.exclusion().is_some());
    include_again(db, &board, &actor, now, &gone).await.unwrap();
    assert!(scene.find(3).await.unwrap().exclusion().is_none());
}

#[tokio::test]
async fn the_list_is_of_links_that_were_down_whole_and_the_newest_first() {
    let (db, _scratch) = scratch_db().await;
    let scene = Scene::new(db, "uuddduuduuu").await;
    let board = scene.board().await;
    let rows = scene.db.tenant(scene.tenant);
    let range = Interval::new(slot(4).interval().start(), slot(40).interval().start());
    let found = list::outages(&rows, &board, range, Scene::now(), |_| true)
        .await
        .unwrap();
    let spans: Vec<_> = found.iter().map(|one| (one.starts_at(), one.span.seconds())).collect();
    assert_eq!(spans, [(slot(7).start(), 300), (slot(2).start(), 900)]);
    let none = list::outages(&rows, &board, range, Scene::now(), |_| false)
        .await
        .unwrap();
    assert!(none.is_empty());
    let later = Interval::new(slot(9).interval().start(), slot(40).interval().start());
    let found = list::outages(&rows, &board, later, Scene::now(), |_| true)
        .await
        .unwrap();
    assert!(found.is_empty(), "{found:?}");
}
