//! Pages of signed-in visitors, by the real binary on both databases, each beside [`hello`] with a body of its size.

use std::{net::SocketAddr, process::Command, time::Duration};

use anyhow::ensure;

use crate::{
    child::{self, Process},
    hello,
    postgres::Postgres,
    scratch::Scratch,
    seed,
    table::{Table, millis, verdict},
    visitor,
    wrk::{self, Load},
};

/// Seconds of load before the measured ones: caches fill, connections to the database open.
const WARM_UP: u32 = 2;

/// Milliseconds within which 99 of 100 answers should be there.
const P99: f64 = 10.0;

/// A page to be measured.
struct Page {
    what: &'static str,
    path: String,
    /// Whose; none: nobody's.
    cookie: Option<String>,
    /// CPU in milliseconds that it may cost; none where nothing was promised.
    target: Option<f64>,
}

/// Measures each page for so many seconds.
pub(crate) async fn measure(seconds: u32) -> anyhow::Result<Table> {
    let mut table = Table::new(
        format!("Pages, {} connections", wrk::CONNECTIONS),
        &[
            "page",
            "KB",
            "CPU ms",
            "floor ms",
            "× floor",
            "p50 ms",
            "p99 ms",
            "floor p99",
            "req/s",
            "CPU to reach",
            "p99 to reach",
        ],
    );
    table.note(
        "CPU is utime + stime of the one process per answer, without that of PostgreSQL and of wrk. The floor is a \
         plain actix-web that answers as many bytes, asked for just before.",
    );
    let scratch = Scratch::new("sqlite")?;
    let url = scratch.sqlite_url();
    on_database(&mut table, "SQLite", &scratch, &url, 0.8, seconds).await?;
    let postgres = Postgres::start()?;
    let scratch = Scratch::new("data")?;
    on_database(&mut table, "PostgreSQL", &scratch, postgres.url(), 0.6, seconds).await?;
    postgres.stop()?;
    Ok(table)
}

async fn on_database(
    table: &mut Table,
    database: &str,
    scratch: &Scratch,
    url: &str,
    list_target: f64,
    seconds: u32,
) -> anyhow::Result<()> {
    let link = {
        let site = seed::open(scratch.path(), url).await?;
        seed::pages(&site).await?
    };
    let (server, address) = serve(scratch, url)?;
    let staff = visitor::sign_in(address, "/admin/sign-in", seed::STAFF_MAIL, seed::PASSWORD)?;
    let client = visitor::sign_in(address, "/portal/sign-in", seed::CLIENT_MAIL, seed::PASSWORD)?;
    let page = |what, path: String, cookie: Option<&String>, target| Page {
        what,
        path,
        cookie: cookie.cloned(),
        target,
    };
    let pages = [
        page("sign-in, nobody signed in", "/portal/sign-in".to_owned(), None, None),
        page("staff user's profile", "/admin/profile".to_owned(), Some(&staff), None),
        page(
            "list of 100 links",
            "/admin/links".to_owned(),
            Some(&staff),
            Some(list_target),
        ),
        page(
            "client's list of 100 links",
            "/portal/links".to_owned(),
            Some(&client),
            None,
        ),
        page("link, 24 h", format!("/portal/links/{link}"), Some(&client), None),
    ];
    for page in pages {
        let row = one(&server, address, database, &page, seconds)?;
        table.row(row);
    }
    server.stop("-TERM")
}

/// The real binary, without workers: what the page costs is not to be mixed with what the collector costs.
fn serve(scratch: &Scratch, url: &str) -> anyhow::Result<(Process, SocketAddr)> {
    let address = child::free_address()?;
    let mut command = Command::new(child::binary("mainstay")?);
    command
        .args(["serve", "--no-workers", "--database-url", url])
        .args(["--listen", &address.to_string(), "--data"])
        .arg(scratch.path());
    let mut server = Process::start("mainstay serve", &mut command)?;
    server.wait_until(Duration::from_secs(30), || {
        visitor::get(address, "/readyz", None).is_ok_and(|answer| answer.status == 200)
    })?;
    Ok((server, address))
}

fn one(
    server: &Process,
    address: SocketAddr,
    database: &str,
    page: &Page,
    seconds: u32,
) -> anyhow::Result<Vec<String>> {
    let cookie = page.cookie.as_deref();
    let answer = visitor::get(address, &page.path, cookie)?;
    ensure!(answer.status == 200, "{} answered {}", page.path, answer.status);
    let size = answer.body.len();
    let (floor, floor_url) = hello::start(size)?;
    let (floor_load, floor_cpu) = under_load(&floor, &floor_url, None, seconds)?;
    drop(floor);
    let url = format!("http://{address}{}", page.path);
    let (load, cpu) = under_load(server, &url, cookie, seconds)?;
    Ok(vec![
        format!("{}, {database}", page.what),
        format!("{:.1}", size as f64 / 1e3),
        format!("{cpu:.3}"),
        format!("{floor_cpu:.3}"),
        format!("{:.0}", cpu / floor_cpu),
        format!("{:.2}", load.p50),
        format!("{:.2}", load.p99),
        format!("{:.2}", floor_load.p99),
        format!("{:.0}", load.per_second),
        page.target
            .map_or_else(|| "–".to_owned(), |most| verdict(cpu, most, "ms")),
        verdict(load.p99, P99, "ms"),
    ])
}

/// What `wrk` saw, and milliseconds of CPU per answer.
fn under_load(server: &Process, url: &str, cookie: Option<&str>, seconds: u32) -> anyhow::Result<(Load, f64)> {
    wrk::load(url, cookie, WARM_UP)?;
    let before = server.cpu()?;
    let load = wrk::load(url, cookie, seconds)?;
    let cpu = server.cpu()? - before;
    let each = millis(cpu) / load.requests as f64;
    Ok((load, each))
}
