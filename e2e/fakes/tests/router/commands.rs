//! What the commands answer.

use std::time::Duration;

use fakes::router::{Behaviour, Board, RouterSpec, Version};
use fakes::traffic::{Both, Latency};

use crate::peer::{MARCH, Peer, Sentence, spec, start, traffic};

fn names(rows: &[Sentence]) -> Vec<&str> {
    rows.iter().filter_map(|row| row.get("name")).collect()
}

#[tokio::test]
async fn counters_follow_the_traffic_exactly() {
    let (router, hands) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let before = peer.interfaces().await[0].number("rx-byte");
    for seconds in [1, 299, 300, 7] {
        hands.advance_ms(seconds * 1_000);
        peer.interfaces().await;
    }
    let row = peer.interfaces().await[0].clone();
    let flown = traffic().octets_between(MARCH, MARCH + 607_000);
    assert_eq!(row.number("rx-byte") - before, flown.rx);
    assert_eq!(row.number("tx-byte"), flown.tx);
    assert_eq!(row.number("rx-packet"), traffic().packets(flown.rx));
    assert_eq!(router.octets("ether1"), Some(flown));
}

#[tokio::test]
async fn counters_go_on_from_a_history() {
    let mut spec = spec();
    let since = MARCH - 60 * 86_400_000;
    spec.interfaces[0].counted_from_ms = Some(since);
    let (router, _) = start(spec).await;
    let history: u64 = (since / 300_000..MARCH / 300_000)
        .map(|slot| traffic().slot_octets(slot).tx)
        .sum();
    assert_eq!(router.octets("ether1").expect("ether1").tx, history);
}

#[tokio::test]
async fn a_proplist_chooses_and_passes_over_strangers() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let words = ["/interface/print", "=.proplist=name,nonsense,.id"];
    let answer = peer.ask(&words).await;
    assert_eq!(answer[0].0, ["!re", "=.id=*1", "=name=ether1"]);
    assert_eq!(answer.len(), 4);
}

#[tokio::test]
async fn queries_ids_and_counts_choose_rows() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let words = ["/interface/print", "?name=ether1", "?name=ether3", "?#|"];
    assert_eq!(names(&peer.ask(&words).await), ["ether1", "ether3"]);
    let words = ["/interface/print", "=.id=*2,*3"];
    assert_eq!(names(&peer.ask(&words).await), ["ether2", "ether3"]);
    let words = ["/interface/getall", "=count-only=", "?type=ether"];
    assert_eq!(peer.ask(&words).await[0].0, ["!done", "=ret=3"]);
    let answer = peer.ask(&["/interface/print", "=.id=*9"]).await;
    assert_eq!(answer[0].0, ["!trap", "=category=0", "=message=no such item"]);
}

#[tokio::test]
async fn only_new_versions_say_that_nothing_was_found() {
    for (version, kinds) in [
        (Version::V7_4, vec!["!done"]),
        (Version::V7_18, vec!["!empty", "!done"]),
    ] {
        let (router, _) = start(RouterSpec { version, ..spec() }).await;
        let mut peer = Peer::signed_in(&router).await;
        let answer = peer.ask(&["/interface/print", "?name=x"]).await;
        let said: Vec<_> = answer.iter().map(Sentence::kind).collect();
        assert_eq!(said, kinds);
    }
}

#[tokio::test]
async fn versions_and_boards_show_different_properties() {
    let rows = async |version, board| {
        let spec = RouterSpec {
            version,
            board,
            ..spec()
        };
        let (router, _) = start(spec).await;
        Peer::signed_in(&router).await.interfaces().await[0].clone()
    };
    let old = rows(Version::V6_49, Board::ccr2004()).await;
    assert_eq!(old.get("tx-queue-drop"), None);
    assert_eq!(old.get("last-link-up-time"), Some("feb/28/2026 23:00:09"));
    let new = rows(Version::V7_18, Board::crs326()).await;
    assert_eq!((new.get("rx-error"), new.get("rx-drop")), (None, None));
    assert_eq!(new.get("tx-queue-drop"), Some("0"));
    assert_eq!(new.get("last-link-up-time"), Some("2026-02-28 23:00:09"));
}

#[tokio::test]
async fn wrong_commands_and_arguments_are_trapped() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    for (words, category, message) in [
        (vec!["/no/such"], "0", "no such command prefix"),
        (vec!["/interface/print", "=colour=red"], "0", "unknown parameter"),
        (
            vec!["/interface/monitor-traffic", "=interface=x", "=once="],
            "1",
            "input does not match any value of interface",
        ),
        (
            vec!["/ping", "=address=nowhere"],
            "1",
            "invalid value for argument address",
        ),
        (
            vec!["/ping", "=address=10.0.0.1", "=routing-table=main"],
            "0",
            "unknown parameter",
        ),
    ] {
        let answer = peer.ask(&words).await;
        assert_eq!(answer[0].get("category"), Some(category), "{words:?}");
        assert_eq!(answer[0].get("message"), Some(message), "{words:?}");
        assert_eq!(answer[1].kind(), "!done");
    }
}

#[tokio::test]
async fn the_system_tells_who_it_is_and_what_time_it_has() {
    let (router, hands) = start(RouterSpec {
        gmt_offset_minutes: 330,
        ..spec()
    })
    .await;
    hands.advance_ms(61_000);
    router.skew_clock(-3_600_000);
    let mut peer = Peer::signed_in(&router).await;
    let identity = peer.ask(&["/system/identity/print"]).await;
    assert_eq!(identity[0].0, ["!re", "=name=edge"]);
    let resource = peer.ask(&["/system/resource/print"]).await;
    assert_eq!(resource[0].get("uptime"), Some("1h1m1s"));
    assert_eq!(resource[0].get("version"), Some("7.18.2 (stable)"));
    let clock = peer.ask(&["/system/clock/print"]).await;
    assert_eq!(clock[0].get("date"), Some("2026-03-01"));
    assert_eq!(clock[0].get("time"), Some("04:31:01"));
    assert_eq!(clock[0].get("gmt-offset"), Some("+05:30"));
}

#[tokio::test]
async fn pings_add_up_and_show_every_misfortune() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let mut ping = async |address: &str| {
        let address = format!("=address={address}");
        peer.ask(&["/ping", &address, "=count=2", "=interval=10ms"]).await
    };

    let good = ping("10.0.0.1").await;
    assert_eq!(good[1].get("time"), Some("1ms445us"));
    assert_eq!(good[1].get("avg-rtt"), Some("1ms445us"));
    assert_eq!((good[1].number("sent"), good[1].number("received")), (2, 2));
    assert_eq!(good[2].kind(), "!done");

    let silent = ping("10.9.9.9").await;
    assert_eq!(silent[1].get("status"), Some("timeout"));
    assert_eq!(silent[1].get("packet-loss"), Some("100"));
    assert!(silent[1].get("time").is_none() && silent[1].get("avg-rtt").is_none());

    router.set_ping(
        "10.0.0.2",
        Behaviour::Duplicates {
            latency: Latency::constant(500),
            copies: 4,
        },
    );
    let doubled = ping("10.0.0.2").await;
    assert_eq!(doubled[3].get("packet-loss"), Some("-300"));
    assert_eq!(doubled[7].number("received"), 8);

    router.set_ping(
        "10.0.0.3",
        Behaviour::Unreachable {
            status: "net unreachable".to_owned(),
            from: "192.0.2.1".to_owned(),
        },
    );
    let refused = ping("10.0.0.3").await;
    assert_eq!(refused[0].get("status"), Some("net unreachable"));
    assert_eq!(refused[0].get("host"), Some("192.0.2.1"));

    router.set_ping("10.0.0.4", Behaviour::Late);
    assert_eq!(ping("10.0.0.4").await[0].get("status"), Some("timeout"));

    router.set_running("ether1", false).expect("ether1");
    assert_eq!(ping("10.0.0.1").await[0].get("status"), Some("timeout"));
}

#[tokio::test]
async fn an_old_router_pings_in_whole_milliseconds() {
    let version = Version::V6_49;
    let (router, _) = start(RouterSpec { version, ..spec() }).await;
    let mut peer = Peer::signed_in(&router).await;
    let words = ["/ping", "=address=10.0.0.1", "=count=1", "=routing-table=main"];
    let answer = peer.ask(&words).await;
    assert_eq!(answer[0].get("time"), Some("1ms"));
}

#[tokio::test]
async fn commands_run_side_by_side_and_can_be_cancelled() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&["/interface/listen", ".tag=ear"]).await;
    peer.send(&["/ping", ".tag=p", "=address=10.0.0.1", "=interval=10ms"])
        .await;
    peer.send(&["/interface/monitor-traffic", "=interface=ether1", ".tag=m"])
        .await;
    peer.send(&["/system/identity/print", ".tag=i"]).await;

    let mut seen = std::collections::BTreeSet::new();
    while seen.len() < 3 {
        let sentence = peer.next().await.expect("more");
        seen.insert(sentence.tag().expect("a tag").to_owned());
    }
    assert!(seen.is_superset(&["p", "m", "i"].map(str::to_owned).into()));

    router.set_running("ether2", false).expect("ether2");
    let change = loop {
        let sentence = peer.next().await.expect("more");
        if sentence.tag() == Some("ear") {
            break sentence;
        }
    };
    assert_eq!(change.get("name"), Some("ether2"));
    assert_eq!(change.get("running"), Some("false"));

    peer.send(&["/cancel", "=tag=p", ".tag=c"]).await;
    let mut ending = Vec::new();
    while ending.len() < 3 {
        let sentence = peer.next().await.expect("more");
        if sentence.kind() != "!re" {
            ending.push(format!("{} {}", sentence.kind(), sentence.tag().expect("a tag")));
        }
    }
    ending.retain(|one| one != "!done i");
    assert_eq!(ending, ["!trap p", "!done c", "!done p"]);
    peer.send(&["/cancel", ".tag=all"]).await;
    let mut done = 0;
    while done < 3 {
        done += usize::from(peer.next().await.expect("more").kind() == "!done");
    }
    peer.hears_nothing().await;
}

#[tokio::test]
async fn listening_tells_of_renamed_and_removed_interfaces() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&["/interface/listen", "=.proplist=name", ".tag=1"]).await;
    // The answer to a later command proves that the router listens by now.
    peer.send(&["/system/identity/print", ".tag=2"]).await;
    peer.answer().await;
    router.rename("ether2", "customer").expect("ether2");
    let renamed = peer.next().await.expect("a change");
    assert_eq!(renamed.0, ["!re", ".tag=1", "=name=customer"]);
    router.remove("customer").expect("customer");
    let removed = peer.next().await.expect("a change");
    assert_eq!(removed.get(".dead"), Some("yes"));
    assert!(router.remove("customer").is_err());
}

#[tokio::test]
async fn a_flood_tells_of_what_did_not_change_until_it_ends() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&["/interface/listen", "=.proplist=name", ".tag=1"]).await;
    peer.send(&["/system/identity/print", ".tag=2"]).await;
    peer.answer().await;
    router.flood_listeners(true);
    for _ in 0..500 {
        let told = peer.next().await.expect("a row");
        assert_eq!(told.0, ["!re", ".tag=1", "=name=ether1"]);
    }
    router.flood_listeners(false);
    peer.send(&["/cancel", "=tag=1", ".tag=3"]).await;
    while peer.next().await.expect("an end").kind() == "!re" {}
}

#[tokio::test]
async fn rates_ports_and_watched_hosts_can_be_read() {
    let (router, hands) = start(spec()).await;
    hands.advance_ms(100_000);
    let mut peer = Peer::signed_in(&router).await;
    let words = ["/interface/monitor-traffic", "=interface=ether1", "=once="];
    let rates = peer.ask(&words).await;
    let Both { rx, .. } = traffic().rates_at(MARCH + 100_000);
    assert_eq!(rates[0].number("rx-bits-per-second"), rx);

    let words = ["/interface/ethernet/monitor", "=numbers=ether1", "=once="];
    assert_eq!(peer.ask(&words).await[0].get("status"), Some("link-ok"));
    let ports = peer.ask(&["/interface/ethernet/print", "=stats="]).await;
    assert_eq!(ports[0].get("rx-fcs-error"), Some("0"));
    let watched = peer.ask(&["/tool/netwatch/print"]).await;
    assert_eq!(watched[0].number("done-tests"), 10);
    assert_eq!(watched[0].get("rtt-avg"), Some("1445"));
}

#[tokio::test]
async fn a_poll_can_be_waited_for() {
    let (router, _) = start(spec()).await;
    let mut activity = router.activity();
    let polling = tokio::spawn({
        let mut peer = Peer::signed_in(&router).await;
        async move { peer.interfaces().await.len() }
    });
    let waited = activity.wait_for(|seen| seen.interface_prints == 1);
    let waited = tokio::time::timeout(Duration::from_secs(10), waited).await;
    assert!(waited.is_ok_and(|seen| seen.is_ok()));
    assert_eq!(router.commands_served("/interface/print"), 1);
    assert_eq!(polling.await.expect("polled"), 3);
}
