//! librouteros, which knows nothing of this project, talks to the fake router and judges it.
//!
//! Needs python3 with venv and pip, and installs librouteros into `target/` once. Where that can't
//! be had, `MAINSTAY_SKIP_PYTHON=1` leaves the test out knowingly; it is never left out silently.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fakes::clock::Clock;
use fakes::router::{Behaviour, Fault, InterfaceSpec, PingTarget, Router, RouterSpec, Rule, Version};
use fakes::traffic::{Latency, Shape};

const LIBROUTEROS: &str = "librouteros==4.1.1";

// The routers go on serving on the other threads while this one waits for Python.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_independent_client_accepts_the_fake_router() {
    if std::env::var("MAINSTAY_SKIP_PYTHON").is_ok_and(|value| value == "1") {
        eprintln!("left out: MAINSTAY_SKIP_PYTHON=1");
        return;
    }
    let python = python_with_librouteros();
    let router = start(Version::V7_18).await;
    let old = start(Version::V6_40).await;
    let breaks = start(Version::V7_18).await;
    let dies = start(Version::V7_4).await;
    let cut = Rule::at("/interface/print", Fault::Eof).after_rows(1);
    breaks.inject(cut);
    let fatal = Fault::Fatal("out of memory".to_owned());
    dies.inject(Rule::at("/system/identity/print", fatal));

    let mut check = Command::new(python);
    check.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/librouteros_check.py"));
    for router in [&router, &old, &breaks, &dies] {
        check.arg(router.address().port().to_string());
    }
    let output = check.output().expect("the check can be started");
    assert!(output.status.success(), "{}", said(&output));
    assert!(router.logins() > 0 && old.logins() > 0);
}

async fn start(version: Version) -> Router {
    let answers = Behaviour::Answers(Latency::constant(9_445));
    // Loses about every second echo, the same ones at every run of a standing clock.
    let lossy = Behaviour::Answers(Latency {
        seed: 5,
        loss_ppm: 500_000,
        shape: Shape::Idle,
        ..Latency::constant(1_000)
    });
    let target = |address: &str, behaviour| PingTarget {
        address: address.to_owned(),
        behaviour,
        via: None,
        netwatch: false,
    };
    let spec = RouterSpec {
        version,
        interfaces: vec![
            InterfaceSpec {
                comment: b"Caf\xe9 Z\xfcrich".to_vec(),
                ..InterfaceSpec::ether(1)
            },
            InterfaceSpec::ether(2),
            InterfaceSpec::ether(3),
        ],
        targets: vec![target("10.0.0.1", answers), target("10.0.0.2", lossy)],
        ..RouterSpec::new("checked")
    };
    let (clock, _) = Clock::manual(1_772_323_200_000);
    Router::start(spec, clock).await.expect("a loopback port is free")
}

/// The interpreter of a virtual environment under `target/` that has librouteros.
fn python_with_librouteros() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let environment = target.join("librouteros-venv");
    let python = environment.join("bin/python");
    if has_librouteros(&python) {
        return python;
    }
    let mut venv = Command::new("python3");
    venv.args(["-m", "venv", "--clear"]).arg(&environment);
    run(venv, "python3 -m venv (Debian: apt-get install python3-venv)");
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", LIBROUTEROS]);
    run(pip, "pip install librouteros (needs a package index)");
    python
}

fn has_librouteros(python: &Path) -> bool {
    let mut probe = Command::new(python);
    probe.args(["-c", "import librouteros"]);
    let output = probe.output();
    output.is_ok_and(|output| output.status.success())
}

fn run(mut command: Command, what: &str) {
    let hint = "or set MAINSTAY_SKIP_PYTHON=1 to leave this test out";
    match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("{what} failed; mend it {hint}\n{}", said(&output)),
        Err(error) => panic!("{what} can't be started ({error}); install it {hint}"),
    }
}

fn said(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}
