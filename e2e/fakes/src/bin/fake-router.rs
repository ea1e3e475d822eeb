//! `fake-router`: routers for benchmarks, browser journeys and curious people.
//!
//! Prints one JSON line a router and then `ready`. Reads lines `router N WORDS…` (the words are
//! those of [`fakes::router::control`]) and answers each with `ok …` or `error …`. Ends when its
//! input ends, or on SIGTERM.

use std::io::{self, BufRead, Write};

use clap::Parser;
use fakes::clock::Clock;
use fakes::router::{Fleet, FleetSpec, control};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// Serves the RouterOS API as many routers would.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many routers.
    #[arg(long, default_value_t = 1)]
    routers: u32,
    /// Interfaces on each.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u8).range(..=200))]
    interfaces: u8,
    /// The same seed makes the same routers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// TLS ports instead of plain ones.
    #[arg(long)]
    tls: bool,
    /// Port of the first router, the others follow; 0 takes any free ports.
    #[arg(long, default_value_t = 0)]
    first_port: u16,
    /// The account on each router.
    #[arg(long, default_value = "mainstay")]
    user: String,
    /// Its password.
    #[arg(long, default_value = "secret")]
    password: String,
}

// One thread is enough for a thousand routers, and leaves the others to who is measured.
#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let spec = FleetSpec {
        routers: arguments.routers,
        links: arguments.interfaces,
        seed: arguments.seed,
        tls: arguments.tls,
        first_port: arguments.first_port,
        user: arguments.user,
        password: arguments.password,
    };
    let mut terminated = signal(SignalKind::terminate())?;
    let fleet = Fleet::start(&spec, Clock::system()).await?;
    announce(&fleet, &spec)?;
    let mut lines = read_lines();
    loop {
        tokio::select! {
            _ = terminated.recv() => return Ok(()),
            line = lines.recv() => {
                let Some(line) = line else { return Ok(()) };
                match obey(&fleet, &line).await {
                    Ok(answer) => say(format!("ok {answer}").trim_end())?,
                    Err(reason) => say(&format!("error {reason}"))?,
                }
            }
        }
    }
}

fn announce(fleet: &Fleet, spec: &FleetSpec) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for router in fleet.routers() {
        let sha256 = router.certificate_sha256().map(|sum| {
            let digits = sum.iter().map(|byte| format!("{byte:02x}"));
            digits.collect::<String>()
        });
        let line = serde_json::json!({
            "address": router.address().to_string(),
            "name": router.identity(),
            "user": spec.user,
            "password": spec.password,
            "tls": spec.tls,
            "certificate_sha256": sha256,
        });
        writeln!(out, "{line}")?;
    }
    writeln!(out, "ready")?;
    out.flush()
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Reads standard input on a thread of its own, since it can't be waited for otherwise. The
/// thread ends with the process.
fn read_lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

async fn obey(fleet: &Fleet, line: &str) -> Result<String, String> {
    let rest = line.trim().strip_prefix("router ");
    let (index, words) = rest
        .and_then(|rest| rest.split_once(' '))
        .ok_or("a line begins with: router N")?;
    let index: usize = index.parse().map_err(|_| "the router's number is no number")?;
    let router = fleet.routers().get(index);
    let router = router.ok_or_else(|| format!("no router {index}; the first is 0"))?;
    control::apply(router, words).await
}
