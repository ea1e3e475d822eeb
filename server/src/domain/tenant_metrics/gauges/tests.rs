use std::sync::Arc;

use entity::LinkId;

use super::*;
use crate::{
    domain::board::Board,
    testing::{scratch_db, scratch_link, scratch_tenant},
};

#[test]
fn labels_are_escaped_and_empty_ones_left_out() {
    let mut labels = String::new();
    label(&mut labels, "link", Some("a\\b \"c\"\nd"));
    label(&mut labels, "reference", Some(""));
    label(&mut labels, "kind", None);
    label(&mut labels, "client", Some("Müller"));
    assert_eq!(labels, "link=\"a\\\\b \\\"c\\\"\\nd\",client=\"Müller\"");
}

#[tokio::test]
async fn ten_thousand_links_are_a_line_each() {
    let (db, _scratch) = scratch_db().await;
    let tenant = scratch_tenant(&db, "north").await;
    let link = scratch_link(&db, tenant).await;
    let board = Board::new(db);
    let now = DateTime::UNIX_EPOCH;
    let mut board = Snapshot::clone(&*board.snapshot(tenant, now).await.unwrap());
    let one = board.links[&link].clone();
    let state = |link_id| link_state::Model {
        tenant_id: tenant,
        link_id,
        state: LinkCondition::Up,
        since: now,
        known: None,
        edge_at: None,
        problem: None,
        slot: Some(0),
        sampled_at: Some(now),
        rx_bps: Some(12_345_678),
        tx_bps: Some(987_654_321),
        rates_at: Some(now),
        latency_us: Some(4_270),
        sent: Some(5),
        received: Some(4),
        reading: None,
        seq: 1,
    };
    for _ in 0..10_000 {
        let id = LinkId::new();
        let link = link::Model {
            id,
            name: id.to_string(),
            ..link::Model::clone(&one.link)
        };
        let link = LinkNow {
            link: Arc::new(link),
            state: Some(state(id)),
        };
        board.links.insert(id, Arc::new(link));
    }
    let text = text(&board, now);
    let lines = |name: &str| text.lines().filter(|line| line.starts_with(name)).count();
    assert_eq!(lines("mainstay_link_state{"), 10_001);
    assert_eq!(lines("mainstay_link_up{"), 10_000);
}
