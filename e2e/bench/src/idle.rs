//! What the demo takes when nobody looks, beside a plain actix-web that has nothing to do.

use std::{process::Command, thread, time::Duration};

use crate::{
    child::{self, Process},
    hello,
    scratch::Scratch,
    table::{Table, mebibytes, verdict},
};

/// From when the demo answers to when its memory is read, and how long its CPU time is counted from then on.
const A_MINUTE: Duration = Duration::from_secs(60);

/// Resident memory of the idle demo, MiB.
const MOST_MEMORY: f64 = 80.0;

pub(crate) fn measure() -> anyhow::Result<Table> {
    let mut table = Table::new(
        "Idle, a minute after the start",
        &["process", "resident MiB", "peak MiB", "CPU s a minute", "to reach"],
    );
    let scratch = Scratch::new("demo")?;
    let ready = scratch.path().join("ready.json");
    let mut command = Command::new(child::binary("mainstay")?);
    command
        .args(["demo", "--listen", &child::free_address()?.to_string(), "--data"])
        .arg(scratch.path())
        .arg("--ready-file")
        .arg(&ready);
    let mut demo = Process::start("mainstay demo", &mut command)?;
    // It goes on talking into this pipe.
    let _pipes = demo.pipes()?;
    demo.wait_until(Duration::from_secs(600), || ready.exists())?;
    let (floor, _) = hello::start(0)?;
    thread::sleep(A_MINUTE);
    table.row(idles("mainstay demo", &demo, Some(MOST_MEMORY))?);
    table.row(idles("hello in plain actix-web", &floor, None)?);
    table.note("The demo holds its fake routers, too, and has just written 60 days of history.");
    demo.stop("-TERM")?;
    Ok(table)
}

/// A minute of a process, and what it may have in memory.
fn idles(name: &str, process: &Process, most: Option<f64>) -> anyhow::Result<Vec<String>> {
    let (memory, before) = (process.memory()?, process.cpu()?);
    thread::sleep(A_MINUTE);
    let cpu = process.cpu()? - before;
    let resident = mebibytes(memory.resident);
    Ok(vec![
        name.to_owned(),
        format!("{resident:.1}"),
        format!("{:.1}", mebibytes(memory.peak)),
        format!("{:.2}", cpu.as_secs_f64()),
        most.map_or_else(|| "–".to_owned(), |most| verdict(resident, most, "MiB")),
    ])
}
