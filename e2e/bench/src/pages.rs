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

/// Who asks.
#[derive(Clone, Copy, Debug)]
enum Visitor {
    Nobody,
    Staff,
    Client,
}

/// A page to be measured: what it is, its path, and who asks for it.
type Page = (&'static str, &'static str, Visitor);

const PAGES: [Page; 6] = [
    ("sign-in, nobody signed in", "/portal/sign-in", Visitor::Nobody),
    ("staff user's profile", "/admin/profile", Visitor::Staff),
    (LIST, "/admin/links", Visitor::Staff),
    ("client's list of 100 links", "/portal/links", Visitor::Client),
    (SERVERS, "/portal/servers", Visitor::Client),
    ("link, 24 h", "/portal/links/{link}", Visitor::Client),
];

/// The pages of which it was promised what they cost.
const LIST: &str = "list of 100 links";
const SERVERS: &str = "client's list of 100 servers";

/// Milliseconds of CPU that [`SERVERS`] may cost.
const SERVERS_TARGET: f64 = 0.8;

/// A database, and milliseconds of CPU that [`LIST`] may cost on it.
#[derive(Clone, Copy, Debug)]
struct Database<'a> {
    name: &'static str,
    url: &'a str,
    list_target: f64,
}

impl Database<'_> {
    /// The page's name in the table.
    fn name_of(&self, page: &Page) -> String {
        format!("{}, {}", page.0, self.name)
    }
}

/// Measures each page whose name contains `only` for so many seconds.
pub(crate) async fn measure(seconds: u32, only: &str) -> anyhow::Result<Table> {
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
         plain actix-web that answers as many bytes, asked for just before. Latencies are those of a server that is \
         asked for more than it can do, by a wrk on the same cores. wrk takes answers as they are; compressing them, \
         as browsers want it, comes on top.",
    );
    let scratch = Scratch::new("sqlite")?;
    let url = scratch.sqlite_url();
    let database = Database {
        name: "SQLite",
        url: &url,
        list_target: 0.8,
    };
    on_database(&mut table, database, &scratch, only, seconds).await?;
    let postgres = Postgres::start()?;
    let scratch = Scratch::new("data")?;
    let database = Database {
        name: "PostgreSQL",
        url: postgres.url(),
        list_target: 0.6,
    };
    on_database(&mut table, database, &scratch, only, seconds).await?;
    postgres.stop()?;
    ensure!(!table.is_empty(), "no page's name contains {only:?}");
    Ok(table)
}

async fn on_database(
    table: &mut Table,
    database: Database<'_>,
    scratch: &Scratch,
    only: &str,
    seconds: u32,
) -> anyhow::Result<()> {
    let wanted = |page: &&Page| database.name_of(page).contains(only);
    let pages: Vec<&Page> = PAGES.iter().filter(wanted).collect();
    if pages.is_empty() {
        return Ok(());
    }
    let link = {
        let site = seed::open(scratch.path(), database.url).await?;
        seed::pages(&site).await?
    };
    let (server, address) = serve(scratch, database.url)?;
    let staff = visitor::sign_in(address, "/admin/sign-in", seed::STAFF_MAIL, seed::PASSWORD)?;
    let client = visitor::sign_in(address, "/portal/sign-in", seed::CLIENT_MAIL, seed::PASSWORD)?;
    for page in pages {
        let (what, path, by) = *page;
        let asked = Asked {
            path: path.replace("{link}", &link.to_string()),
            cookie: match by {
                Visitor::Nobody => None,
                Visitor::Staff => Some(&staff),
                Visitor::Client => Some(&client),
            },
            target: match what {
                LIST => Some(database.list_target),
                SERVERS => Some(SERVERS_TARGET),
                _ => None,
            },
        };
        let mut row = vec![database.name_of(page)];
        row.extend(one(&server, address, &asked, seconds)?);
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

/// What is asked for.
struct Asked<'a> {
    path: String,
    /// Whose; none: nobody's.
    cookie: Option<&'a str>,
    /// CPU in milliseconds that it may cost; none where nothing was promised.
    target: Option<f64>,
}

fn one(server: &Process, address: SocketAddr, asked: &Asked<'_>, seconds: u32) -> anyhow::Result<Vec<String>> {
    let page = || -> anyhow::Result<usize> {
        let answer = visitor::get(address, &asked.path, asked.cookie)?;
        ensure!(answer.status == 200, "{} answered {}", asked.path, answer.status);
        Ok(answer.body.len())
    };
    let size = page()?;
    let (floor, floor_url) = hello::start(size)?;
    let (floor_load, floor_cpu) = under_load(&floor, &floor_url, None, seconds)?;
    drop(floor);
    let url = format!("http://{address}{}", asked.path);
    let (load, cpu) = under_load(server, &url, asked.cookie, seconds)?;
    // wrk takes being sent to sign in for an answer like any other.
    page()?;
    Ok(vec![
        format!("{:.1}", size as f64 / 1e3),
        format!("{cpu:.3}"),
        format!("{floor_cpu:.3}"),
        format!("{:.0}", cpu / floor_cpu),
        format!("{:.2}", load.p50),
        format!("{:.2}", load.p99),
        format!("{:.2}", floor_load.p99),
        format!("{:.0}", load.per_second),
        asked
            .target
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
