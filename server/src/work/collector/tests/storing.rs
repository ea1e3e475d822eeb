//! A database that fails: nothing that a poll found is lost while its slot lasts, and never the reading to count from.

use entity::router::TlsMode;
use fakes::{router::Router, traffic::Both};
use sea_orm::ConnectionTrait;

use super::*;

async fn rename_table(world: &World, from: &str, to: &str) {
    #[expect(clippy::disallowed_methods, reason = "tables are all tenants'")]
    let connection = world.site.db.across_tenants();
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    connection.execute_unprepared(&sql).await.unwrap();
}

/// Polled once; then the table of samples is gone, and there is something new to store.
async fn broken() -> (World, Router, LinkId, Held) {
    let world = World::new().await;
    let fake = world.fake(ports(1)).await;
    let router = world.add_router(fake.address(), TlsMode::Off).await;
    let link = world.add_link(router, "ether1", None).await;
    let mut held = world.poller(router).await;
    held.poll().await;
    world.pass(300);
    fake.set_counters("ether1", Both { rx: 100, tx: 100 }).unwrap();
    rename_table(&world, "sample", "sample_away").await;
    (world, fake, link, held)
}

async fn polled_while<F: Future<Output = ()>>(held: &mut Held, repair: F) -> Polled {
    let failures = held.poller.common.figures.store_failures.clone();
    let repair = async {
        until("a try to store failed", || {
            let failures = failures.clone();
            async move { failures.get() > 0 }
        })
        .await;
        repair.await;
    };
    tokio::join!(held.poll(), repair).0
}

#[tokio::test]
async fn what_can_not_be_stored_is_tried_again() {
    let (world, _fake, link, mut held) = broken().await;
    let polled = polled_while(&mut held, rename_table(&world, "sample_away", "sample")).await;
    assert_eq!(polled, Polled::Stored);
    let last = world.samples(link).await.pop().unwrap();
    assert_eq!((last.rx_octets, last.rate_seconds), (Some(100), Some(300)));
}

#[tokio::test]
async fn once_the_slot_is_over_the_next_poll_counts_from_the_last_that_was_stored() {
    let (world, fake, link, mut held) = broken().await;
    assert_eq!(
        polled_while(&mut held, async { world.pass(300) }).await,
        Polled::GivenUp
    );
    rename_table(&world, "sample_away", "sample").await;
    fake.set_counters("ether1", Both { rx: 250, tx: 250 }).unwrap();
    assert_eq!(held.poll().await, Polled::Stored);
    let samples = world.samples(link).await;
    assert_eq!(samples.len(), 2);
    assert_eq!((samples[1].rx_octets, samples[1].rate_seconds), (Some(250), Some(600)));
    assert_eq!(world.changes(Some(link)).await, ["unknown>up"], "nothing half stored");
}
