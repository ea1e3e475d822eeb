//! Many routers at once, in a process and as a program.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use fakes::clock::Clock;
use fakes::router::{Fleet, FleetSpec};

use crate::peer::Peer;

#[tokio::test]
async fn a_fleet_serves_and_follows_its_seed() {
    let spec = FleetSpec {
        routers: 100,
        links: 10,
        seed: 4,
        tls: false,
        first_port: 0,
        user: "mainstay".to_owned(),
        password: "secret".to_owned(),
    };
    let (clock, _) = Clock::manual(crate::peer::MARCH);
    let fleet = Fleet::start(&spec, clock.clone()).await.expect("free ports");
    let twin = Fleet::start(&spec, clock).await.expect("free ports");
    for (one, other) in fleet.routers().iter().zip(twin.routers()) {
        let rows = Peer::signed_in(one).await.interfaces().await;
        assert_eq!(rows.len(), 10);
        assert_eq!(rows, Peer::signed_in(other).await.interfaces().await);
    }
}

#[test]
fn the_program_announces_its_routers_and_obeys_lines() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fake-router"))
        .args(["--routers", "2", "--interfaces", "3", "--tls"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = program.stdin.take().expect("an input");
    let mut lines = BufReader::new(program.stdout.take().expect("an output")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    for name in ["edge-0000", "edge-0001"] {
        let router: serde_json::Value = serde_json::from_str(&next()).expect("JSON");
        assert_eq!(router["name"], name);
        let digest = router["certificate_sha256"].as_str();
        assert_eq!(digest.map(str::len), Some(64));
    }
    assert_eq!(next(), "ready");
    for (line, answer) in [
        ("router 1 flap ether1 20s", "ok"),
        ("router 0 hang on", "ok"),
        ("router 7 reboot", "error no router 7; the first is 0"),
        ("router 1 down ether9", "error no interface ether9"),
    ] {
        writeln!(input, "{line}").expect("written");
        assert_eq!(next(), answer);
    }
    drop(input);
    assert!(program.wait().expect("an end").success());
}
