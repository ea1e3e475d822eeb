//! `fake-smtp`: a mail server for curious people and for journeys. It delivers nothing.
//!
//! Prints one JSON line and then `ready`. Reads control lines (the words are those of [`fakes::smtp::control`]) and
//! answers each with `ok …` or `error …`. Ends when its input ends, or on SIGTERM.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use fakes::smtp::{MailServer, MailServerSpec, Privacy, control};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// Takes mail and keeps it.
#[derive(Debug, Parser)]
struct Arguments {
    /// 0 takes any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How the port is kept private.
    #[arg(long, default_value = "none")]
    security: Security,
    /// The account without which it takes no mail.
    #[arg(long, requires = "password")]
    user: Option<String>,
    /// Its password.
    #[arg(long, requires = "user")]
    password: Option<String>,
    /// Folder into which each mail is written as a file, too.
    #[arg(long)]
    keep_in: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Security {
    None,
    Starttls,
    Tls,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let mut terminated = signal(SignalKind::terminate())?;
    let server = MailServer::start(MailServerSpec {
        port: arguments.port,
        privacy: match arguments.security {
            Security::None => Privacy::None,
            Security::Starttls => Privacy::Starttls,
            Security::Tls => Privacy::Tls,
        },
        account: arguments.user.zip(arguments.password),
        keep_in: arguments.keep_in,
    })
    .await?;
    let about = serde_json::json!({
        "address": server.address().to_string(),
        "certificate": server.certificate_pem(),
    });
    say(&about.to_string())?;
    say("ready")?;
    let mut lines = read_lines();
    loop {
        tokio::select! {
            _ = terminated.recv() => return Ok(()),
            line = lines.recv() => {
                let Some(line) = line else { return Ok(()) };
                match control::apply(&server, &line).await {
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
