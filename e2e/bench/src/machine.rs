//! Where the figures were taken: without it they say little.

use std::{fs, thread};

use server::clock::Clock;

/// A heading that names the machine, how busy it was, and when.
pub(crate) fn describe() -> anyhow::Result<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("CPU", |model| model.trim_start_matches([' ', '\t', ':']));
    let cores = thread::available_parallelism()?;
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(format!(
        "{}: {cores} × {model}, Linux {}, load {load} before\n",
        time_stamp(),
        kernel.trim()
    ))
}

/// Now, fit for a file's name.
pub(crate) fn time_stamp() -> String {
    Clock::system().now().format("%Y-%m-%dT%H-%M-%SZ").to_string()
}
