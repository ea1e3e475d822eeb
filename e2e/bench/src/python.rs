//! The interpreter of those that Mainstay is measured beside: a virtual environment below `target/`, filled from PyPI.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};

use crate::child;

/// An interpreter that can import `module`, which `version` of a package brings, as `librouteros==4.1.1`.
pub(crate) fn with(module: &str, version: &str) -> anyhow::Result<PathBuf> {
    let own = child::binary("mainstay-bench")?;
    let target = own.parent().and_then(Path::parent).context("no target folder")?;
    let environment = target.join("bench-venv");
    let python = environment.join("bin/python");
    let works = |what: &str| {
        let probe = Command::new(&python).args(["-c", what]).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    };
    if !works("") {
        let made = Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&environment)
            .status()?;
        ensure!(
            made.success(),
            "no virtual environment (Debian: apt-get install python3-venv)"
        );
    }
    if !works(&format!("import {module}")) {
        let installed = Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", version])
            .status()?;
        ensure!(
            installed.success(),
            "pip can't install {version}: it needs a package index"
        );
    }
    Ok(python)
}
