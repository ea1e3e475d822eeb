//! Days that are sealed, opened and sealed again: nothing is lost and nothing is there twice.

use chrono::TimeZone;
use entity::{Db, TenantId};
use sea_orm::sea_query::Expr;

use super::{
    super::slot::{Counters, Latency, SampleState, Slot},
    *,
};
use crate::testing::{Scratch, scratch_db, scratch_link, scratch_tenant};

const DAY: i32 = 20_700;

struct Kept {
    db: Db,
    tenant: TenantId,
    link: LinkId,
    _scratch: Scratch,
}

impl Kept {
    /// A link with samples in these slots, counted from the first of [`DAY`].
    async fn with(slots: impl IntoIterator<Item = i32>) -> Self {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "ours").await;
        let link = scratch_link(&db, tenant).await;
        let kept = Self {
            db,
            tenant,
            link,
            _scratch,
        };
        kept.put(slots).await;
        kept
    }

    async fn put(&self, slots: impl IntoIterator<Item = i32>) {
        let rows = slots
            .into_iter()
            .map(|slot| store::to_row(self.tenant, self.link, &sample(slot)));
        let rows = rows.collect::<Vec<_>>();
        self.db.tenant(self.tenant).insert_all(rows).await.unwrap();
    }

    async fn seal(&self, day: i32) -> usize {
        let rows = self.db.begin(self.tenant).await.unwrap();
        let sealed = seal(&rows, self.link, Day::from_number(day), now()).await.unwrap();
        rows.commit().await.unwrap();
        sealed
    }

    async fn open(&self, day: i32) -> Result<(), DaysError> {
        let rows = self.db.begin(self.tenant).await.unwrap();
        open(&rows, self.link, Day::from_number(day)).await?;
        rows.commit().await?;
        Ok(())
    }

    async fn read(&self) -> Vec<Sample> {
        let (first, last) = (Day::from_number(DAY - 1), Day::from_number(DAY + 2));
        let tenant = self.db.tenant(self.tenant);
        store::samples(&tenant, self.link, first.first_slot(), last.last_slot())
            .await
            .unwrap()
    }

    async fn rows(&self) -> u64 {
        self.db
            .tenant(self.tenant)
            .find::<sample::Entity>()
            .count()
            .await
            .unwrap()
    }

    async fn blocks(&self) -> Vec<sample_block::Model> {
        self.db
            .tenant(self.tenant)
            .find::<sample_block::Entity>()
            .all()
            .await
            .unwrap()
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
}

fn sample(slot: i32) -> Sample {
    Sample {
        counters: Counters {
            rx_octets: Some(1_000_000 + u64::from(slot.unsigned_abs()) * 7_919 % 90_000),
            rx_errors: Some(0),
            ..Counters::default()
        },
        rate_seconds: Some(300),
        latency: Some(Latency {
            min_us: 900,
            avg_us: 1_000,
            max_us: 1_500,
        }),
        probes_sent: 5,
        probes_received: 5,
        ..Sample::new(Slot::from_number(DAY * block::SLOTS + slot), SampleState::Up)
    }
}

#[tokio::test]
async fn a_sealed_day_is_read_as_it_was_and_its_rows_are_gone() {
    let kept = Kept::with((0..300).filter(|slot| slot % 50 != 7)).await;
    let before = kept.read().await;
    assert_eq!(kept.seal(DAY).await, 282);
    assert_eq!(kept.rows().await, 12, "those of the next day");
    assert_eq!(kept.read().await, before);
    assert_eq!(kept.seal(DAY).await, 0, "there is nothing left to seal");
    assert_eq!(kept.blocks().await.len(), 1);
}

#[tokio::test]
async fn a_part_of_a_sealed_day_is_that_part() {
    let kept = Kept::with(0..600).await;
    kept.seal(DAY).await;
    kept.seal(DAY + 1).await;
    let tenant = kept.db.tenant(kept.tenant);
    let (first, last) = (sample(280).slot, sample(290).slot);
    let states = store::states(&tenant, kept.link, first, last).await.unwrap();
    let slots: Vec<_> = states.iter().map(|(slot, _)| *slot).collect();
    assert_eq!(slots, (280..=290).map(|slot| sample(slot).slot).collect::<Vec<_>>());
    let measured = store::measurements(&tenant, kept.link, first, last).await.unwrap();
    assert_eq!(measured[0].latency, sample(280).latency);
}

#[tokio::test]
async fn a_late_sample_opens_its_day_and_the_day_is_sealed_anew() {
    let kept = Kept::with((0..288).filter(|slot| *slot != 100)).await;
    kept.seal(DAY).await;
    let digest = kept.blocks().await[0].digest.clone();
    kept.open(DAY).await.unwrap();
    kept.put([100]).await;
    assert_eq!(kept.read().await, (0..288).map(sample).collect::<Vec<_>>());
    assert_eq!(kept.seal(DAY).await, 288);
    assert_eq!(kept.read().await, (0..288).map(sample).collect::<Vec<_>>());
    assert_ne!(kept.blocks().await[0].digest, digest);
    assert_eq!(kept.rows().await, 0);
}

#[tokio::test]
async fn a_day_that_is_opened_and_sealed_again_has_the_same_bytes() {
    let kept = Kept::with(0..288).await;
    kept.seal(DAY).await;
    let first = kept.blocks().await;
    kept.open(DAY).await.unwrap();
    kept.open(DAY).await.unwrap();
    assert_eq!(kept.rows().await, 288, "opening twice is opening once");
    kept.seal(DAY).await;
    assert_eq!(kept.blocks().await, first);
}

/// A clock that was a day ahead had the day sealed before it was over.
#[tokio::test]
async fn rows_beside_a_block_are_read_with_it_and_sealed_into_it() {
    let kept = Kept::with(0..100).await;
    kept.seal(DAY).await;
    kept.put(100..288).await;
    let whole: Vec<_> = (0..288).map(sample).collect();
    assert_eq!(kept.read().await, whole);
    assert_eq!(kept.seal(DAY).await, 288);
    assert_eq!(kept.read().await, whole);
    assert_eq!(kept.rows().await, 0);
}

#[tokio::test]
async fn opening_puts_back_what_the_rows_beside_the_block_lack() {
    let kept = Kept::with(0..100).await;
    kept.seal(DAY).await;
    kept.put(100..101).await;
    kept.open(DAY).await.unwrap();
    assert_eq!(kept.rows().await, 101);
}

#[tokio::test]
async fn a_block_that_cannot_be_read_is_said_and_kept() {
    let kept = Kept::with(0..288).await;
    kept.seal(DAY).await;
    let broken = [(sample_block::Column::Bytes, Expr::value(vec![1_u8, 2, 3]))];
    let all = sample_block::Column::Day.eq(DAY);
    let tenant = kept.db.tenant(kept.tenant);
    tenant.update_where::<sample_block::Entity>(all, broken).await.unwrap();
    let error = kept.open(DAY).await.unwrap_err();
    assert!(matches!(error, DaysError::Unreadable { .. }), "{error}");
    assert_eq!(kept.blocks().await.len(), 1);
    assert_eq!(kept.rows().await, 0);
}

#[tokio::test]
async fn what_was_not_committed_changed_nothing() {
    let kept = Kept::with(0..288).await;
    let rows = kept.db.begin(kept.tenant).await.unwrap();
    seal(&rows, kept.link, Day::from_number(DAY), now()).await.unwrap();
    drop(rows);
    assert_eq!(kept.rows().await, 288);
    assert!(kept.blocks().await.is_empty());
}

#[tokio::test]
async fn two_that_seal_and_open_at_once_lose_nothing() {
    let kept = Kept::with((0..288).filter(|slot| slot % 3 != 0)).await;
    for late in (0..288).step_by(96) {
        let write = async {
            let rows = kept.db.begin(kept.tenant).await.unwrap();
            open(&rows, kept.link, Day::from_number(DAY)).await.unwrap();
            let row = store::to_row(kept.tenant, kept.link, &sample(late));
            rows.insert_all::<sample::Entity, _>([row]).await.unwrap();
            rows.commit().await.unwrap();
        };
        tokio::join!(kept.seal(DAY), write, kept.seal(DAY));
    }
    let expected: Vec<_> = (0..288)
        .filter(|slot| slot % 3 != 0 || slot % 96 == 0)
        .map(sample)
        .collect();
    assert_eq!(kept.read().await, expected);
    kept.seal(DAY).await;
    assert_eq!(kept.read().await, expected);
}

#[tokio::test]
async fn a_sealed_day_says_what_it_comes_to() {
    let kept = Kept::with(0..288).await;
    kept.seal(DAY).await;
    let tenant = kept.db.tenant(kept.tenant);
    let (first, last) = (Day::from_number(DAY - 5), Day::from_number(DAY + 5));
    let days = totals(&tenant, kept.link, first, last).await.unwrap();
    let samples: Vec<_> = (0..288).map(sample).collect();
    assert_eq!((days.len(), days[0].day), (1, Day::from_number(DAY)));
    assert_eq!(days[0].sums, Totals::of(&samples));
    let course = block::read_course(&days[0].course, days[0].day).unwrap();
    assert_eq!(course, Course::of(&samples).cut());
}

#[test]
fn a_day_has_a_column_for_each_total() {
    assert_eq!(totals_columns().count(), Total::ALL.len());
}
