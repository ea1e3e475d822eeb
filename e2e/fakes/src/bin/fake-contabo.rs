//! `fake-contabo`: Contabo's API and identity server for curious people and for journeys. It orders nothing.
//!
//! Prints one JSON line with the addresses and credentials and then `ready`. Reads control lines (the words are those
//! of [`fakes::contabo::control`]) and answers each with `ok …` or `error …`. Ends when its input ends, or on SIGTERM.

use std::io::{self, BufRead, Write};

use clap::{Parser, ValueEnum};
use fakes::contabo::{AccountSpec, ContaboSpec, FakeContabo, Seed, control};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// Pretends to be Contabo.
#[derive(Debug, Parser)]
struct Arguments {
    /// Of the API; 0 takes any free port. The identity server takes the one after it.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// What the account has at the start.
    #[arg(long, default_value = "demo")]
    seed: Contents,
    /// So many plain instances besides.
    #[arg(long, default_value_t = 0)]
    instances: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Contents {
    Demo,
    Empty,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let mut terminated = signal(SignalKind::terminate())?;
    let account = AccountSpec {
        seed: match arguments.seed {
            Contents::Demo => Seed::Demo,
            Contents::Empty => Seed::Empty,
        },
        instances: arguments.instances,
        ..AccountSpec::default()
    };
    let contabo = FakeContabo::start(ContaboSpec {
        port: arguments.port,
        sign_in_port: if arguments.port == 0 {
            0
        } else {
            arguments.port.saturating_add(1)
        },
        accounts: vec![account.clone()],
        ..ContaboSpec::default()
    })
    .await?;
    let about = serde_json::json!({
        "api": contabo.api(),
        "signIn": contabo.sign_in(),
        "clientId": account.client_id,
        "clientSecret": account.client_secret,
        "user": account.user,
        "password": account.password,
    });
    say(&about.to_string())?;
    say("ready")?;
    let mut lines = read_lines();
    loop {
        tokio::select! {
            _ = terminated.recv() => return Ok(()),
            line = lines.recv() => {
                let Some(line) = line else { return Ok(()) };
                match control::apply(&contabo, &line).await {
                    Ok(answer) => say(format!("ok {answer}").trim_end())?,
                    Err(reason) => say(&format!("error {reason}"))?,
                }
            }
        }
    }
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Reads standard input on a thread of its own, since it can't be waited for otherwise. The thread ends with the
/// process.
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
