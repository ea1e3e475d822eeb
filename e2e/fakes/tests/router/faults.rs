//! Each switch does what it says, and nothing else.

use std::time::{Duration, Instant};

use fakes::router::{Fault, Rule, control};
use fakes::traffic::Both;
use tokio::net::TcpStream;

use crate::peer::{MARCH, Peer, Sentence, spec, start, traffic};

const PRINT: &str = "/interface/print";

fn kinds(answer: &[Sentence]) -> Vec<&str> {
    answer.iter().map(Sentence::kind).collect()
}

#[tokio::test]
async fn the_connection_ends_in_the_middle_of_a_table() {
    let (router, _) = start(spec()).await;
    for fault in [Fault::Eof, Fault::Cut] {
        router.clear();
        router.inject(Rule::at(PRINT, fault).after_rows(2).once());
        let mut peer = Peer::signed_in(&router).await;
        assert_eq!(kinds(&peer.ask(&[PRINT]).await), ["!re", "!re"]);
        peer.ends().await;
        assert_eq!(Peer::signed_in(&router).await.interfaces().await.len(), 3);
    }
}

#[tokio::test]
async fn a_table_breaks_with_a_trap_or_a_fatal() {
    let (router, _) = start(spec()).await;
    let trap = Fault::Trap {
        category: Some(4),
        message: "failure: timeout".to_owned(),
    };
    router.inject(Rule::at(PRINT, trap).after_rows(1).once());
    let fatal = Fault::Fatal("out of memory".to_owned());
    router.inject(Rule::at(PRINT, fatal).after_rows(1));
    let mut peer = Peer::signed_in(&router).await;
    let answer = peer.ask(&[PRINT, ".tag=9"]).await;
    assert_eq!(kinds(&answer), ["!re", "!trap", "!done"]);
    assert_eq!(answer[1].tag(), Some("9"));
    let answer = peer.ask(&[PRINT, ".tag=9"]).await;
    assert_eq!(answer[1].0, ["!fatal", "out of memory"]);
    peer.ends().await;
}

#[tokio::test]
async fn a_router_hangs_at_a_command_and_other_routers_do_not_care() {
    let (router, _) = start(spec()).await;
    let (other, _) = start(spec()).await;
    router.inject(Rule::at("/ping", Fault::Hang));
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&["/ping", "=address=10.0.0.1", "=count=1"]).await;
    peer.hears_nothing().await;
    peer.send(&[PRINT]).await;
    peer.hears_nothing().await;
    assert_eq!(Peer::signed_in(&other).await.interfaces().await.len(), 3);
}

#[tokio::test]
async fn a_router_hangs_from_the_beginning() {
    let (router, _) = start(spec()).await;
    router.hang(true);
    let mut peer = Peer::connect(&router).await;
    peer.send(&["/login", "=name=mainstay", "=password=secret"]).await;
    peer.hears_nothing().await;
    drop(peer);
    let mut activity = router.activity();
    assert!(activity.wait_for(|seen| seen.sessions == 0).await.is_ok());
}

#[tokio::test]
async fn a_slow_router_drips_and_still_says_everything() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    router.drip(Some(Duration::from_millis(1)));
    let began = Instant::now();
    let answer = peer.ask(&["/system/identity/print"]).await;
    assert_eq!(kinds(&answer), ["!re", "!done"]);
    // 24 octets, one a millisecond.
    assert!(began.elapsed() >= Duration::from_millis(23));
}

#[tokio::test]
async fn a_lying_router_announces_giants_and_speaks_garbage() {
    let (router, _) = start(spec()).await;
    router.inject(Rule::at(PRINT, Fault::HugePrefix).once());
    router.inject(Rule::at(PRINT, Fault::Garbage));
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&[PRINT]).await;
    assert_eq!(peer.raw(5).await, b"\xf0\x10\x00\x00\x00");
    let mut peer = Peer::signed_in(&router).await;
    peer.send(&[PRINT]).await;
    assert_eq!(peer.raw(5).await, b"\xffHTTP");
}

#[tokio::test]
async fn counters_lie_and_go_round() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let octets = Both {
        rx: (1 << 32) + 5,
        tx: u64::MAX,
    };
    router.set_counters("ether2", octets).expect("ether2");
    let row = peer.interfaces().await[1].clone();
    assert_eq!(row.number("tx-byte"), u64::MAX);
    router.counters_32_bit(true);
    assert_eq!(peer.interfaces().await[1].number("rx-byte"), 5);
    router.lie_about_counters(Some("2.5Mbps"));
    let row = peer.interfaces().await[1].clone();
    assert_eq!(row.get("rx-byte"), Some("2.5Mbps"));
}

#[tokio::test]
async fn a_reboot_resets_uptime_and_counters_together() {
    let (router, hands) = start(spec()).await;
    hands.advance_ms(600_000);
    let mut peer = Peer::signed_in(&router).await;
    assert!(peer.interfaces().await[0].number("rx-byte") > 0);
    router.reboot();
    peer.ends().await;
    hands.advance_ms(5_000);
    let mut peer = Peer::signed_in(&router).await;
    let resource = peer.ask(&["/system/resource/print"]).await;
    assert_eq!(resource[0].get("uptime"), Some("5s"));
    let since = traffic().octets_between(MARCH + 600_000, MARCH + 605_000);
    assert_eq!(peer.interfaces().await[0].number("rx-byte"), since.rx);
}

#[tokio::test]
async fn counters_reset_without_a_reboot() {
    let (router, hands) = start(spec()).await;
    hands.advance_ms(600_000);
    let mut peer = Peer::signed_in(&router).await;
    let answer = peer.ask(&["/interface/reset-counters", "=numbers=ether1"]).await;
    assert_eq!(kinds(&answer), ["!done"]);
    assert_eq!(peer.interfaces().await[0].number("rx-byte"), 0);
    let resource = peer.ask(&["/system/resource/print"]).await;
    assert_eq!(resource[0].get("uptime"), Some("1h10m"));
    hands.advance_ms(10_000);
    router.reset_counters(None).expect("all");
    assert_eq!(peer.interfaces().await[0].number("rx-byte"), 0);
}

#[tokio::test]
async fn a_flap_between_polls_leaves_its_count_and_stamps() {
    let (router, hands) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let before = peer.interfaces().await[0].clone();
    assert_eq!(before.get("last-link-down-time"), None);
    hands.advance_ms(120_000);
    router.flap("ether1", Duration::from_secs(20)).expect("ether1");
    let after = peer.interfaces().await[0].clone();
    assert_eq!(after.number("link-downs"), before.number("link-downs") + 1);
    assert_eq!(after.get("running"), Some("true"));
    assert_eq!(after.get("last-link-down-time"), Some("2026-03-01 00:01:40"));
    assert_eq!(after.get("last-link-up-time"), Some("2026-03-01 00:02:00"));
}

#[tokio::test]
async fn nothing_flows_while_a_link_is_down_or_disabled() {
    let (router, hands) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    hands.advance_ms(60_000);
    router.set_running("ether1", false).expect("ether1");
    let down = peer.interfaces().await[0].clone();
    assert_eq!(down.get("running"), Some("false"));
    assert_eq!(down.get("disabled"), Some("false"));
    hands.advance_ms(60_000);
    let still = peer.interfaces().await[0].clone();
    assert_eq!(still.number("rx-byte"), down.number("rx-byte"));
    router.set_running("ether1", true).expect("ether1");
    hands.advance_ms(60_000);
    router.set_disabled("ether1", true).expect("ether1");
    let disabled = peer.interfaces().await[0].clone();
    assert_eq!(disabled.get("disabled"), Some("true"));
    let flown = traffic().octets_between(MARCH, MARCH + 60_000).rx
        + traffic().octets_between(MARCH + 120_000, MARCH + 180_000).rx;
    assert_eq!(disabled.number("rx-byte"), flown);
    assert_eq!(disabled.number("link-downs"), 2);
}

#[tokio::test]
async fn an_unreachable_router_closes_its_port_and_comes_back_to_it() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    router.set_reachable(false).await;
    peer.ends().await;
    assert!(TcpStream::connect(router.address()).await.is_err());
    router.set_reachable(true).await;
    Peer::signed_in(&router).await;
}

#[tokio::test]
async fn a_stopped_router_is_gone() {
    let (router, _) = start(spec()).await;
    let address = router.address();
    let mut peer = Peer::signed_in(&router).await;
    router.stop().await;
    peer.ends().await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn every_switch_has_its_words() {
    let (router, _) = start(spec()).await;
    for line in [
        "login refuse",
        "login allow",
        "password other",
        "max-sessions 3",
        "max-sessions off",
        "hang on",
        "hang off",
        "reachable off",
        "reachable on",
        "hang-up",
        "drip 5ms",
        "drip off",
        "reboot",
        "certificate",
        "skew -30",
        "listen flood",
        "listen allow",
        "counters 32",
        "counters 2.5Mbps",
        "counters 64",
        "reset-counters",
        "reset-counters ether1",
        "flap ether1 20s",
        "down ether1",
        "up ether1",
        "disable ether1",
        "enable ether1",
        "rename ether3 spare",
        "comment spare not in use",
        "remove spare",
        "ping 10.0.0.1 9ms",
        "ping 10.0.0.1 silent",
        "ping 10.0.0.1 late",
        "ping 10.0.0.1 duplicate",
        "ping 10.0.0.1 unreachable",
        "fail /interface/print hang",
        "fail /interface/print eof after 2",
        "fail /interface/print cut after 2 once",
        "fail /ping fatal once",
        "fail /ping trap",
        "fail /ping huge",
        "fail /ping garbage",
        "clear",
    ] {
        assert_eq!(control::apply(&router, line).await, Ok(String::new()), "{line}");
    }
    for (line, reason) in [
        ("dance", "not understood: dance"),
        ("down ether9", "no interface ether9"),
        ("hang maybe", "on or off, not maybe"),
        ("drip slowly", "not a duration: slowly"),
    ] {
        let answer = control::apply(&router, line).await;
        assert_eq!(answer, Err(reason.to_owned()));
    }
}
