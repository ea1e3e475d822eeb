//! The floor: a plain actix-web that answers the same bytes to everybody. What a page costs above it is ours.

use std::{net::Ipv4Addr, process::Command};

use actix_web::{
    App, HttpResponse, HttpServer,
    web::{self, Bytes, Data},
};
use anyhow::Context;
use clap::Args;

use crate::child::{self, Process};

#[derive(Args, Debug)]
pub(crate) struct Hello {
    /// Size of the answer's body
    #[arg(long)]
    bytes: usize,
}

impl Hello {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let body = Data::new(Bytes::from(vec![b'x'; self.bytes]));
        let server = HttpServer::new(move || App::new().app_data(body.clone()).default_service(web::to(answer)))
            .tcp_nodelay(true)
            .bind((Ipv4Addr::LOCALHOST, 0))?;
        println!("{}", server.addrs().first().context("no address")?);
        server.run().await?;
        Ok(())
    }
}

async fn answer(body: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(Bytes::clone(&body))
}

/// Starts it; gives its address as a URL, too.
pub(crate) fn start(bytes: usize) -> anyhow::Result<(Process, String)> {
    let mut command = Command::new(child::binary("mainstay-bench")?);
    command.args(["hello", "--bytes", &bytes.to_string()]);
    let mut process = Process::start("hello", &mut command)?;
    let (mut lines, _input) = process.pipes()?;
    let address = lines.next().context("hello said nothing")??;
    Ok((process, format!("http://{address}/")))
}
