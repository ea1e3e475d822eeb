//! The other side of `cycle`: librouteros from PyPI, in a virtual environment below `target/`.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, ensure};

use crate::{child, seed::Reached};

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
    let python = python()?;
    let mut process = Command::new(python)
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

/// The interpreter of an environment that has librouteros.
fn python() -> anyhow::Result<PathBuf> {
    let own = child::binary("mainstay-bench")?;
    let target = own.parent().and_then(Path::parent).context("no target folder")?;
    let environment = target.join("bench-venv");
    let python = environment.join("bin/python");
    let has = |python: &Path| {
        let probe = Command::new(python)
            .args(["-c", "import librouteros"])
            .stderr(Stdio::null())
            .status();
        probe.is_ok_and(|status| status.success())
    };
    if !has(&python) {
        let made = Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&environment)
            .status()?;
        ensure!(
            made.success(),
            "no virtual environment (Debian: apt-get install python3-venv)"
        );
        let installed = Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", VERSION])
            .status()?;
        ensure!(
            installed.success(),
            "pip can't install {VERSION}: it needs a package index"
        );
    }
    Ok(python)
}
