//! Load, by `wrk`: a program that asks for one address as fast as it is answered.

use std::process::Command;

use anyhow::{Context, ensure};

/// Connections at once.
pub(crate) const CONNECTIONS: u32 = 8;

/// What `wrk` saw.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Load {
    pub(crate) requests: u64,
    pub(crate) per_second: f64,
    /// Milliseconds.
    pub(crate) p50: f64,
    /// Milliseconds.
    pub(crate) p99: f64,
}

/// Asks for `url` with this cookie for so many seconds.
pub(crate) fn load(url: &str, cookie: Option<&str>, seconds: u32) -> anyhow::Result<Load> {
    let mut wrk = Command::new("wrk");
    wrk.args([
        "-t1",
        &format!("-c{CONNECTIONS}"),
        &format!("-d{seconds}s"),
        "--latency",
    ]);
    if let Some(cookie) = cookie {
        wrk.args(["-H", &format!("cookie: {cookie}")]);
    }
    let output = wrk
        .arg(url)
        .output()
        .context("wrk can't be started (Debian: apt-get install wrk)")?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "wrk failed: {text}");
    ensure!(!text.contains("Non-2xx"), "{url} answered errors: {text}");
    ensure!(!text.contains("Socket errors"), "{url} broke connections: {text}");
    read(&text).with_context(|| format!("wrk said something unknown: {text}"))
}

fn read(text: &str) -> Option<Load> {
    let after = |name: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(name))?;
        line.trim_start().strip_prefix(name).map(str::trim)
    };
    let requests = text.lines().find(|line| line.contains(" requests in "))?;
    Some(Load {
        requests: requests.split_whitespace().next()?.parse().ok()?,
        per_second: after("Requests/sec:")?.parse().ok()?,
        p50: milliseconds(after("50%")?)?,
        p99: milliseconds(after("99%")?)?,
    })
}

fn milliseconds(text: &str) -> Option<f64> {
    let units = [("us", 1e-3), ("ms", 1.0), ("s", 1e3)];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_report_is_read() {
        let text = "Running 8s test @ http://127.0.0.1:1/\n  1 threads and 8 connections\n  Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   651.93us  140.59us   9.11ms   90.66%\n    Req/Sec    12.27k   461.39    12.99k    70.37%\n  Latency Distribution\n     50%  636.00us\n     75%  690.00us\n     90%  757.00us\n     99%    1.11ms\n  98894 requests in 8.10s, 2.69GB read\nRequests/sec:  12209.56\nTransfer/sec:    340.43MB\n";
        let load = read(text).unwrap();
        assert_eq!(load.requests, 98_894);
        assert!((load.per_second - 12_209.56).abs() < 1e-9);
        assert!(
            (load.p50 - 0.636).abs() < 1e-9 && (load.p99 - 1.11).abs() < 1e-9,
            "{load:?}"
        );
    }
}
