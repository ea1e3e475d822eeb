//! The other side of `cycle`: librouteros from PyPI, in a virtual environment below `target/`.

use std::{
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, ensure};

use crate::{python, seed::Reached};

const VERSION: &str = "librouteros==4.1.1";

/// Some of the routers are enough to know what one costs; a thread for each of a thousand would measure Python's
/// threads.
const ROUTERS: usize = 50;

/// What librouteros took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Theirs {
    pub(crate) routers: usize,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    /// CPU for one router.
    pub(crate) cpu_each: Duration,
    /// Most resident memory, bytes.
    pub(crate) peak: u64,
}

#[derive(serde::Deserialize)]
struct Said {
    wall: f64,
    cpu: f64,
    peak: u64,
}

/// Asks some of the routers once, for so many links on each.
pub(crate) fn measure(routers: &[Reached], links_each: usize) -> anyhow::Result<Theirs> {
    let mut process = Command::new(python::with("librouteros", VERSION)?)
        .args(["-c", include_str!("librouteros.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = process.stdin.take().context("no input")?;
    let asked = &routers[..ROUTERS.min(routers.len())];
    for (number, router) in asked.iter().enumerate() {
        let (ip, port) = (router.address.ip(), router.address.port());
        let (user, password) = (&router.user, &router.password);
        writeln!(input, "{ip} {port} {user} {password} {links_each} {number}")?;
    }
    drop(input);
    let output = process.wait_with_output()?;
    ensure!(output.status.success(), "librouteros failed");
    let said: Said = serde_json::from_slice(&output.stdout)?;
    let cpu = Duration::from_secs_f64(said.cpu);
    Ok(Theirs {
        routers: asked.len(),
        wall: Duration::from_secs_f64(said.wall),
        cpu,
        cpu_each: cpu / u32::try_from(asked.len())?,
        peak: said.peak,
    })
}
