//! A report as PDF: ours, and WeasyPrint's of an equal document.

use std::{
    io::Write,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, ensure};
use app::text::Lang;
use server::{
    domain::reports::Document,
    print::{self, Brand, Sheet},
};

use super::html;
use crate::{child, python};

const WEASYPRINT: &str = "weasyprint==70.0";

/// How often each is printed after the first time.
const OURS: u32 = 300;
const THEIRS: u32 = 5;

/// What printing took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printed {
    pub(super) pages: usize,
    pub(super) bytes: usize,
    /// CPU time of the first time, and of each after it.
    pub(super) first: Duration,
    pub(super) each: Duration,
}

pub(super) fn ours(fonts: &print::Fonts, document: &Document) -> anyhow::Result<Printed> {
    let (brand, digest) = (Brand::default(), [7; 32]);
    let sheets = [Sheet {
        document,
        digest: &digest,
        is_superseded: false,
    }];
    let options = print::Options {
        lang: Lang::ENGLISH,
        audience: print::Audience::Ours,
        left_out: 0,
    };
    let once = || print::print(fonts, &brand, &sheets, options);
    let begun = child::own_cpu()?;
    let paper = once()?;
    let first = child::own_cpu()? - begun;
    let begun = child::own_cpu()?;
    for _ in 0..OURS {
        once()?;
    }
    Ok(Printed {
        pages: paper.pages,
        bytes: paper.bytes.len(),
        first,
        each: (child::own_cpu()? - begun) / OURS,
    })
}

#[derive(serde::Deserialize)]
struct Said {
    /// Seconds.
    cpu: Vec<f64>,
    pages: usize,
    bytes: usize,
}

pub(super) fn theirs(document: &Document) -> anyhow::Result<Printed> {
    let mut process = Command::new(python::with("weasyprint", WEASYPRINT)?)
        .args(["-c", include_str!("weasyprint.py"), &THEIRS.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = process.stdin.take().context("no input")?;
    input.write_all(html::page(document).as_bytes())?;
    drop(input);
    let output = process.wait_with_output()?;
    ensure!(
        output.status.success(),
        "WeasyPrint failed (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)"
    );
    let said: Said = serde_json::from_slice(&output.stdout)?;
    let (first, following) = said.cpu.split_first().context("it printed nothing")?;
    Ok(Printed {
        pages: said.pages,
        bytes: said.bytes,
        first: Duration::from_secs_f64(*first),
        each: Duration::from_secs_f64(following.iter().sum::<f64>() / f64::from(THEIRS)),
    })
}
