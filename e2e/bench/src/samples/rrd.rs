//! RRDtool, a program that is asked over a pipe: one file a link with the same values as our samples.

use std::{
    io::{BufReader, Lines, Write},
    path::{Path, PathBuf},
    process::{ChildStdin, ChildStdout, Command},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use entity::{LinkId, TenantId, sample};
use sea_orm::{ActiveModelTrait, Iterable, Value};
use server::domain::links::{slot::Slot, store};

use super::{
    bar,
    past::{self, Past},
    report::{Range, Reading, Report},
};
use crate::{
    child::{Process, Took},
    scratch::Scratch,
};

/// Files whose current state is asked for.
const FILES: usize = 1_000;

/// Slots of one command.
const AT_ONCE: usize = 48;

/// Slots that a file keeps as they are: 366 days, as ours for a graph of a year.
const KEPT: usize = 366 * 288;

/// How long each reading is repeated.
const READING: Duration = Duration::from_secs(2);

/// The program at the other end of the pipe.
struct Rrd {
    process: Process,
    lines: Lines<BufReader<ChildStdout>>,
    input: ChildStdin,
}

impl Rrd {
    fn start() -> anyhow::Result<Self> {
        let mut command = Command::new("rrdtool");
        command.arg("-");
        let mut process =
            Process::start("rrdtool", &mut command).context("RRDtool is missing (Debian: apt-get install rrdtool)")?;
        let (lines, input) = process.pipes()?;
        Ok(Self { process, lines, input })
    }

    /// Lines of the answer.
    fn ask(&mut self, command: &str) -> anyhow::Result<usize> {
        writeln!(self.input, "{command}")?;
        let mut lines = 0;
        loop {
            let line = self.lines.next().context("RRDtool has ended")??;
            if line.starts_with("OK ") {
                return Ok(lines);
            }
            if line.starts_with("ERROR") {
                bail!("RRDtool: {line}");
            }
            lines += 1;
        }
    }

    fn create(&mut self, file: &Path, from: Slot, kept: usize) -> anyhow::Result<()> {
        let sources = columns().map(|column| format!("DS:{}:GAUGE:600:U:U", sea_orm::IdenStatic::as_str(&column)));
        // Two hours and a day are the buckets of a month and of a year.
        let hours = ["AVERAGE", "MIN", "MAX"].map(|of| format!("RRA:{of}:0.5:24:{}", kept.div_ceil(24)));
        let days = ["AVERAGE", "MIN", "MAX"].map(|of| format!("RRA:{of}:0.5:288:{}", kept.div_ceil(288)));
        let parts: Vec<String> = sources
            .chain([format!("RRA:AVERAGE:0.5:1:{kept}")])
            .chain(hours)
            .chain(days)
            .collect();
        let start = from.start().timestamp();
        self.ask(&format!(
            "create {} --step 300 --start {start} {}",
            file.display(),
            parts.join(" ")
        ))?;
        Ok(())
    }

    fn update(&mut self, file: &Path, slots: &[i32], seed: usize) -> anyhow::Result<()> {
        for some in slots.chunks(AT_ONCE) {
            let values: Vec<String> = some.iter().map(|slot| values(*slot, seed)).collect();
            self.ask(&format!("update {} {}", file.display(), values.join(" ")))?;
        }
        Ok(())
    }

    fn repeat(&mut self, mut each: impl FnMut(&mut Self) -> anyhow::Result<()>) -> anyhow::Result<Reading> {
        each(self)?;
        let (cpu, begun) = (self.process.cpu()?, Instant::now());
        let mut times = Vec::new();
        while begun.elapsed() < READING {
            let begun = Instant::now();
            each(self)?;
            times.push(begun.elapsed());
        }
        Ok(Reading {
            each: times,
            cpu: self.process.cpu()? - cpu,
            cpu_asked: None,
        })
    }
}

pub(super) fn measure(report: &mut Report, past: &Past) -> anyhow::Result<()> {
    let scratch = Scratch::new("rrd")?;
    let mut rrd = Rrd::start()?;
    let file = scratch.path().join("year.rrd");
    let mut slots: Vec<i32> = past
        .year()
        .into_iter()
        .chain([past.day])
        .flat_map(super::slots)
        .collect();
    slots.extend(past.today());
    let first = Slot::from_number(*slots.first().context("there are slots")?);
    rrd.create(&file, first, KEPT)?;
    rrd.update(&file, &slots, 0)?;
    let (bytes, values) = (std::fs::metadata(&file)?.len(), (KEPT * columns().count()) as u64);
    report.size("RRDtool, a file that keeps 366 days", bytes, KEPT as u64, values, false);
    for range in Range::ALL {
        let command = export(&file, past, range);
        let reading = rrd.repeat(|rrd| rrd.ask(&command).map(drop))?;
        report.their_reading(range, "RRDtool", &reading);
    }
    state(report, &mut rrd, &scratch, past)?;
    import(report, &mut rrd, &scratch, past)
}

fn export(file: &Path, past: &Past, range: Range) -> String {
    let noon = past.now.timestamp();
    let (end, length, step) = match range {
        Range::SealedDay => (past.day.last_slot().end().timestamp(), 86_400, 300),
        Range::Day => (noon, 86_400, 300),
        Range::Month => (noon, 30 * 86_400, 7_200),
        Range::Year => (noon, 365 * 86_400, 86_400),
    };
    // A slot has one value; only longer buckets have a least and a greatest one.
    let all = if step == 300 {
        &["AVERAGE"][..]
    } else {
        &["AVERAGE", "MIN", "MAX"]
    };
    let mut parts = Vec::new();
    for column in ["rx_octets", "tx_octets", "latency_avg_us", "sent", "received"] {
        for of in all {
            parts.push(format!(
                "DEF:{column}{of}={}:{column}:{of} XPORT:{column}{of}",
                file.display()
            ));
        }
    }
    let start = end - length;
    format!(
        "xport --json --maxrows 1000 --start {start} --end {end} --step {step} {}",
        parts.join(" ")
    )
}

fn state(report: &mut Report, rrd: &mut Rrd, scratch: &Scratch, past: &Past) -> anyhow::Result<()> {
    let bar = bar("files", "RRDtool", FILES);
    let newest = *past.today().collect::<Vec<_>>().last().context("there are slots")?;
    let mut files: Vec<PathBuf> = Vec::new();
    for seed in 0..FILES {
        let file = scratch.path().join(format!("{seed}.rrd"));
        rrd.create(&file, Slot::from_number(newest - 1), 288)?;
        rrd.update(&file, &[newest], seed)?;
        files.push(file);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let reading = rrd.repeat(|rrd| {
        for file in &files {
            rrd.ask(&format!("lastupdate {}", file.display()))?;
        }
        Ok(())
    })?;
    report.now(&format!("RRDtool, `lastupdate` of {FILES} files"), &reading);
    Ok(())
}

fn import(report: &mut Report, rrd: &mut Rrd, scratch: &Scratch, past: &Past) -> anyhow::Result<()> {
    let slots: Vec<i32> = past.imported().into_iter().flat_map(super::slots).collect();
    let first = Slot::from_number(*slots.first().context("there are slots")?);
    let links = super::LINKS_EACH..2 * super::LINKS_EACH;
    let lines = links.len() * slots.len();
    let (cpu, begun) = (rrd.process.cpu()?, Instant::now());
    for seed in links {
        let file = scratch.path().join(format!("imported-{seed}.rrd"));
        rrd.create(&file, first, KEPT)?;
        rrd.update(&file, &slots, seed)?;
    }
    let took = Took {
        wall: begun.elapsed(),
        cpu: rrd.process.cpu()? - cpu,
    };
    report.import("RRDtool", lines, took, None);
    Ok(())
}

/// What a sample has besides its link and its slot.
fn columns() -> impl Iterator<Item = sample::Column> {
    sample::Column::iter().skip_while(|column| !matches!(column, sample::Column::State))
}

/// A sample as `update` takes it, at the end of its slot.
fn values(slot: i32, seed: usize) -> String {
    let row = store::to_row(TenantId::new(), LinkId::new(), &past::sample(slot, seed));
    let text = |column| match row.get(column).into_value() {
        Some(Value::BigInt(Some(number))) => number.to_string(),
        Some(Value::Int(Some(number))) => number.to_string(),
        Some(Value::SmallInt(Some(number))) => number.to_string(),
        _ => "U".to_owned(),
    };
    let end = Slot::from_number(slot).end().timestamp();
    std::iter::once(end.to_string())
        .chain(columns().map(text))
        .collect::<Vec<_>>()
        .join(":")
}
