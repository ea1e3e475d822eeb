//! What routers answer to the questions that the portal asks, as captured from real ones.

use crate::peer::{Peer, signed_in};
use chrono::NaiveDate;
use routeros::{Client, Error, InterfaceChange, InterfaceFilter, Options, Ping, PingRequest, Table};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A router that answers the only command with these rows, and gives the command's words.
async fn answering(rows: &'static [&'static [&'static str]]) -> (Client, JoinHandle<Vec<String>>) {
    signed_in(Options::default(), async move |mut peer: Peer| {
        let asked = peer.asked().await;
        for row in rows {
            peer.reply(&asked.tag, &[&["!re"], *row].concat()).await;
        }
        peer.reply(&asked.tag, &["!done"]).await;
        asked.words
    })
    .await
}

const ETHER3: &[&str] = &[
    "=.id=*3",
    "=name=ether3",
    "=default-name=ether3",
    "=type=ether",
    "=mtu=1500",
    "=actual-mtu=1500",
    "=mac-address=D4:CA:6D:26:05:F8",
    "=last-link-down-time=oct/04/2017 21:18:35",
    "=last-link-up-time=oct/04/2017 20:11:03",
    "=link-downs=83",
    "=rx-byte=38784330741",
    "=tx-byte=18446744073709551615",
    "=rx-error=0",
    "=running=false",
    "=disabled=false",
];

#[tokio::test]
async fn an_interface_is_read_as_it_is() {
    let never_up: &[&str] = &["=.id=*4", "=name=ether4", "=running=false", "=disabled=true"];
    let rows: &'static [&'static [&'static str]] = Box::leak(Box::new([ETHER3, never_up]));
    let (client, served) = answering(rows).await;
    let found = client.interfaces(&InterfaceFilter::All).await.unwrap();
    let stamp = |h, m, s| NaiveDate::from_ymd_opt(2017, 10, 4)?.and_hms_opt(h, m, s);

    let ether3 = &found[0];
    assert_eq!(ether3.id, "*3");
    assert_eq!(ether3.name.as_str(), "ether3");
    assert_eq!(ether3.kind.as_deref(), Some("ether"));
    assert_eq!((ether3.running, ether3.disabled), (Some(false), Some(false)));
    assert_eq!(ether3.counters.rx_bytes, Some(38_784_330_741));
    assert_eq!(ether3.counters.tx_bytes, Some(u64::MAX));
    assert_eq!(ether3.counters.rx_errors, Some(0));
    assert_eq!(ether3.counters.tx_errors, None, "absent is not zero");
    assert_eq!(ether3.link_downs, Some(83));
    assert_eq!(ether3.last_link_up, stamp(20, 11, 3));
    assert_eq!(ether3.last_link_down, stamp(21, 18, 35));

    let ether4 = &found[1];
    assert_eq!(ether4.disabled, Some(true));
    assert_eq!((ether4.last_link_up, ether4.last_link_down), (None, None));
    assert_eq!(ether4.counters, routeros::Counters::default());

    let words = served.await.unwrap();
    let expected = "=.proplist=.id,name,default-name,type,running,disabled,link-downs,\
        last-link-up-time,last-link-down-time,actual-mtu,mac-address,comment,rx-byte,tx-byte,\
        rx-packet,tx-packet,rx-error,tx-error,rx-drop,tx-drop,tx-queue-drop";
    assert_eq!(words[..2], ["/interface/print", expected]);
}

#[tokio::test]
async fn several_interfaces_are_asked_for_in_one_query() {
    let (client, served) = answering(&[]).await;
    let filter = InterfaceFilter::names(["ether1", "a=b", "ether3"]);
    assert_eq!(client.counters(&filter).await.unwrap(), []);
    let words = served.await.unwrap();
    let query = ["?name=ether1", "?name=a=b", "?#|", "?name=ether3", "?#|"];
    assert_eq!(words[2..7], query);
}

#[tokio::test]
async fn asking_for_no_interface_does_not_give_all() {
    let (client, served) = answering(&[]).await;
    let none: [&str; 0] = [];
    let found = client.interfaces(&InterfaceFilter::names(none)).await;
    assert_eq!(found.unwrap(), []);
    served.abort();
}

#[tokio::test]
async fn a_value_that_is_no_number_is_refused_and_not_guessed_at() {
    let (client, served) = answering(&[&["=.id=*1", "=name=a", "=rx-byte=2.5M"]]).await;
    let error = client.counters(&InterfaceFilter::All).await.unwrap_err();
    let expected = Error::UnexpectedValue {
        property: "rx-byte".to_owned(),
        value: "2.5M".to_owned(),
    };
    assert_eq!(error, expected);
    served.await.unwrap();
}

#[tokio::test]
async fn an_interface_that_is_not_there_is_not_down() {
    let (client, served) = answering(&[]).await;
    let error = client.is_up(b"ether9").await.unwrap_err();
    assert_eq!(error.to_string(), "the router has no interface ether9");
    served.await.unwrap();
}

#[tokio::test]
async fn a_link_is_up_when_it_runs_and_is_not_switched_off() {
    let (client, served) = answering(&[ETHER3]).await;
    assert!(!client.is_up(b"ether3").await.unwrap());
    served.await.unwrap();
    let up: &[&[&str]] = &[&["=.id=*1", "=name=a", "=running=true", "=disabled=false"]];
    let (client, served) = answering(up).await;
    assert!(client.is_up(b"a").await.unwrap());
    served.await.unwrap();
}

#[tokio::test]
async fn resources_are_read() {
    let (client, served) = answering(&[&[
        "=uptime=1w4d23h26m9s",
        "=version=7.4 (stable)",
        "=cpu=ARM64",
        "=cpu-count=4",
        "=cpu-load=3",
        "=free-memory=3950641152",
        "=total-memory=4227858432",
        "=architecture-name=arm64",
        "=board-name=RB5009",
    ]])
    .await;
    let resources = client.resources().await.unwrap();
    assert_eq!(resources.uptime, Duration::from_secs(1_034_769));
    assert_eq!(resources.version, "7.4 (stable)");
    assert_eq!(resources.board.as_deref(), Some("RB5009"));
    assert_eq!(resources.cpu_count, Some(4));
    assert_eq!(resources.cpu_load, Some(3));
    assert_eq!(resources.free_memory, Some(3_950_641_152));
    assert_eq!(resources.free_disk, None);
    served.await.unwrap();
}

#[tokio::test]
async fn the_clock_is_read_on_both_generations() {
    let (client, served) = answering(&[&[
        "=time=20:11:03",
        "=date=oct/04/2017",
        "=time-zone-name=Asia/Kolkata",
        "=gmt-offset=+05:30",
    ]])
    .await;
    let clock = client.clock().await.unwrap();
    assert_eq!(clock.local.to_string(), "2017-10-04 20:11:03");
    assert_eq!(clock.offset, Some(19_800));
    served.await.unwrap();
    let (client, served) = answering(&[&["=time=12:37:06", "=date=2022-07-19"]]).await;
    let clock = client.clock().await.unwrap();
    assert_eq!(clock.local.to_string(), "2022-07-19 12:37:06");
    assert_eq!(clock.offset, None);
    served.await.unwrap();
}

#[tokio::test]
async fn current_rates_are_read_in_one_request() {
    let (client, served) = answering(&[
        &["=name=a", "=rx-bits-per-second=1000", "=tx-bits-per-second=0"],
        &["=name=b", "=rx-bits-per-second=1", "=tx-bits-per-second=2"],
    ])
    .await;
    let rates = client.monitor_traffic(&["a", "b"]).await.unwrap();
    assert_eq!((rates[0].rx_bits, rates[1].tx_bits), (1000, 2));
    assert_eq!(rates[0].rx_drops, None);
    let words = served.await.unwrap();
    let expected = ["/interface/monitor-traffic", "=interface=a,b", "=once="];
    assert_eq!(words[..3], expected);
}

#[tokio::test]
async fn a_rate_with_a_unit_is_refused() {
    let row: &[&[&str]] = &[&["=name=a", "=rx-bits-per-second=2.5Mbps", "=tx-bits-per-second=0"]];
    let (client, served) = answering(row).await;
    let error = client.monitor_traffic(&["a"]).await.unwrap_err();
    assert_eq!(error.code(), "unexpected_value");
    served.await.unwrap();
}

async fn ping(rows: &'static [&'static [&'static str]]) -> Result<Ping, Error> {
    let (client, served) = answering(rows).await;
    let outcome = client.ping(&PingRequest::new("192.0.2.1")).await;
    served.await.unwrap();
    outcome
}

#[tokio::test]
async fn a_ping_takes_the_cumulative_statistics_of_its_last_row() {
    let ping = ping(&[
        &[
            "=seq=0",
            "=time=9ms445us",
            "=sent=1",
            "=received=1",
            "=packet-loss=0",
            "=min-rtt=9ms445us",
            "=avg-rtt=9ms445us",
            "=max-rtt=9ms445us",
        ],
        &[
            "=seq=1",
            "=host=192.0.2.1",
            "=status=timeout",
            "=sent=2",
            "=received=1",
            "=packet-loss=50",
            "=min-rtt=9ms445us",
            "=avg-rtt=9ms445us",
            "=max-rtt=9ms445us",
        ],
        &[
            "=seq=2",
            "=time=559us",
            "=sent=3",
            "=received=2",
            "=packet-loss=33",
            "=min-rtt=559us",
            "=avg-rtt=5ms2us",
            "=max-rtt=9ms445us",
        ],
    ])
    .await
    .unwrap();
    let us = |us| Some(Duration::from_micros(us));
    assert_eq!((ping.sent, ping.received), (3, 2));
    assert_eq!(ping.rtts, [us(9445), None, us(559)]);
    assert_eq!((ping.min, ping.avg, ping.max), (us(559), us(5002), us(9445)));
    assert_eq!(ping.statuses.len(), 1);
    assert_eq!(ping.statuses[0].seq, 1);
    assert_eq!(ping.statuses[0].status.as_str(), "timeout");
}

#[tokio::test]
async fn a_ping_without_any_reply_has_no_times() {
    let ping = ping(&[
        &[
            "=seq=0",
            "=host=198.51.100.1",
            "=status=net unreachable",
            "=sent=1",
            "=received=0",
        ],
        &[
            "=seq=1",
            "=status=timeout",
            "=sent=2",
            "=received=0",
            "=packet-loss=100",
        ],
    ])
    .await
    .unwrap();
    assert_eq!((ping.sent, ping.received), (2, 0));
    assert_eq!(ping.rtts, [None, None]);
    assert_eq!((ping.min, ping.avg, ping.max), (None, None, None));
    let host = ping.statuses[0].host.as_ref().unwrap();
    assert_eq!(host.as_str(), "198.51.100.1");
}

#[tokio::test]
async fn duplicates_do_not_make_more_replies_than_probes() {
    let ping = ping(&[
        &["=seq=0", "=time=1ms", "=sent=1", "=received=1", "=packet-loss=0"],
        &["=seq=0", "=time=3ms", "=sent=1", "=received=4", "=packet-loss=-300"],
    ])
    .await
    .unwrap();
    assert_eq!((ping.sent, ping.received), (1, 1));
    assert_eq!(ping.rtts, [Some(Duration::from_millis(1))]);
}

#[tokio::test]
async fn a_router_that_claims_more_probes_than_were_asked_for_is_refused() {
    let error = ping(&[&["=seq=0", "=sent=4000000000", "=received=1"]]).await;
    assert_eq!(error.unwrap_err().code(), "unexpected_value");
    assert_eq!(ping(&[]).await.unwrap_err().code(), "missing");
}

#[tokio::test]
async fn a_ping_is_asked_for_with_its_interval_source_and_table() {
    let (client, served) = answering(&[&["=sent=2", "=received=0"]]).await;
    let request = PingRequest {
        count: 2,
        interval: Duration::from_millis(200),
        source: Some([192, 0, 2, 9].into()),
        table: Some(Table::Vrf("customers".to_owned())),
        ..PingRequest::new("192.0.2.1")
    };
    client.ping(&request).await.unwrap();
    let expected = [
        "/ping",
        "=address=192.0.2.1",
        "=count=2",
        "=interval=200ms",
        "=src-address=192.0.2.9",
        "=vrf=customers",
    ];
    assert_eq!(served.await.unwrap()[..6], expected);
}

#[tokio::test]
async fn many_pings_run_a_few_at_a_time_and_one_trap_harms_no_other() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        // Two are under way before any is answered, and a third comes only then.
        let mut begun = vec![peer.asked().await, peer.asked().await];
        for number in 0..5 {
            let asked = begun.remove(0);
            assert!(asked.has(&format!("=address=192.0.2.{number}")));
            if number == 1 {
                peer.reply(&asked.tag, &["!trap", "=message=no route to host"]).await;
            } else {
                peer.reply(&asked.tag, &["!re", "=seq=0", "=sent=1", "=received=0"])
                    .await;
            }
            peer.reply(&asked.tag, &["!done"]).await;
            if number < 3 {
                begun.push(peer.asked().await);
            }
        }
    })
    .await;
    let batch: Vec<_> = (0..5)
        .map(|number| PingRequest::new(format!("192.0.2.{number}")))
        .collect();
    let outcomes = client.pings(&batch, 2).await;
    let worked: Vec<_> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(worked, [true, false, true, true, true]);
    served.await.unwrap();
}

#[tokio::test]
async fn a_senseless_ping_is_refused_here() {
    let (client, served) = answering(&[]).await;
    let request = PingRequest {
        count: 0,
        ..PingRequest::new("192.0.2.1")
    };
    let error = client.ping(&request).await.unwrap_err();
    assert_eq!(error.code(), "invalid_request");
    served.abort();
}

#[tokio::test]
async fn changes_of_interfaces_come_as_they_happen() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/interface/listen").await;
        let row = ["!re", "=.id=*3", "=name=ether3", "=running=false"];
        peer.reply(&tag, &row).await;
        peer.reply(&tag, &["!re", "=.id=*4", "=.dead=yes"]).await;
        peer.expect("/cancel").await;
        peer.reply(&tag, &["!trap", "=category=2", "=message=interrupted"])
            .await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    let mut changes = client.listen_interfaces().await.unwrap();
    let Some(Ok(InterfaceChange::Seen(change))) = changes.next().await else {
        panic!("no change");
    };
    assert_eq!((change.id.as_str(), change.running), ("*3", Some(false)));
    assert_eq!(change.disabled, None);
    let gone = InterfaceChange::Gone { id: "*4".to_owned() };
    assert_eq!(changes.next().await, Some(Ok(gone)));
    changes.cancel().await.unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_is_tried_in_one_go() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        for _ in 0..3 {
            let asked = peer.asked().await;
            let row: &[&str] = match asked.path() {
                "/system/identity/print" => &["!re", "=name=edge-1"],
                "/system/resource/print" => &["!re", "=uptime=01:22:53", "=version=6.49.10"],
                _ => &["!re", "=.id=*1", "=name=ether1"],
            };
            peer.reply(&asked.tag, row).await;
            peer.reply(&asked.tag, &["!done"]).await;
        }
    })
    .await;
    let check = client.test().await.unwrap();
    assert_eq!(check.identity.as_str(), "edge-1");
    assert_eq!(check.resources.version, "6.49.10");
    assert_eq!(check.interfaces.len(), 1);
    served.await.unwrap();
}
