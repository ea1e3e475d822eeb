//! `mainstay health`: asks a running Mainstay whether it lives, for containers that have no other program to ask with.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, ensure};
use clap::Args;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long the answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Args, Debug)]
pub(super) struct Health {
    /// Address and port that it answers on
    #[arg(
        long,
        env = "MAINSTAY_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS:PORT"
    )]
    listen: SocketAddr,
}

impl Health {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let mut address = self.listen;
        if address.ip().is_unspecified() {
            address.set_ip([127, 0, 0, 1].into());
        }
        let answer = tokio::time::timeout(PATIENCE, ask(address)).await;
        let answer = answer
            .context("no answer in time")?
            .with_context(|| format!("nothing answers on {address}"))?;
        ensure!(
            answer.starts_with("HTTP/1.1 200 "),
            "it is not well: {}",
            answer.lines().next().unwrap_or_default()
        );
        Ok(())
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .await?;
    let mut answer = Vec::new();
    stream.take(4096).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
