//! A private PostgreSQL: in a fresh folder, on a free port, as an unprivileged user, stopped at the end.

use std::{
    env, fs,
    io::{BufWriter, Write},
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, ensure};

use crate::{
    child::{self, Process},
    scratch::Scratch,
};

/// A running PostgreSQL with nothing in it.
#[derive(Debug)]
pub(crate) struct Postgres {
    server: Process,
    programs: PathBuf,
    url: String,
    #[expect(dead_code, reason = "dropping it removes the files")]
    scratch: Scratch,
}

impl Postgres {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let programs = programs()?;
        let scratch = Scratch::new("postgres")?;
        let user = unprivileged()?;
        if let Some((uid, gid)) = user {
            chown(scratch.path(), Some(uid), Some(gid))?;
        }
        let command = |program: &str| {
            let mut command = Command::new(programs.join(program));
            if let Some((uid, gid)) = user {
                command.gid(gid).uid(uid);
            }
            command.current_dir(scratch.path());
            command
        };
        let data = scratch.path().join("data");
        let made = command("initdb")
            .args(["--username=bench", "--auth=trust", "--encoding=UTF8", "--locale=C"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        ensure!(made.success(), "initdb failed");
        let port = child::free_address()?.port().to_string();
        let mut server = Process::start(
            "PostgreSQL",
            command("postgres")
                .args([
                    "-p",
                    &port,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "log_min_messages=error",
                ])
                .arg("-c")
                .arg(format!("unix_socket_directories={}", scratch.path().display()))
                .arg("-D")
                .arg(&data)
                .stderr(Stdio::null()),
        )?;
        server.wait_until(Duration::from_secs(30), || {
            let asked = Command::new(programs.join("pg_isready"))
                .args(["--quiet", "-h", "127.0.0.1", "-p", &port])
                .status();
            asked.is_ok_and(|status| status.success())
        })?;
        Ok(Self {
            server,
            programs,
            url: format!("postgres://bench@127.0.0.1:{port}/postgres"),
            scratch,
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// CPU time of all its processes so far.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        self.server.family_cpu()
    }

    /// Fills the columns of a table, as `sample (slot, state)`, with lines of tab-separated values, through `psql`.
    pub(crate) fn copy(&self, into: &str, lines: impl Iterator<Item = String>) -> anyhow::Result<()> {
        let mut psql = Command::new(self.programs.join("psql"))
            .args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command"])
            .args([&format!("\\copy {into} from stdin"), &self.url])
            .stdin(Stdio::piped())
            .spawn()
            .context("psql can't be started")?;
        let mut input = BufWriter::new(psql.stdin.take().context("no input")?);
        for line in lines {
            writeln!(input, "{line}")?;
        }
        drop(input);
        ensure!(psql.wait()?.success(), "psql could not fill {into}");
        Ok(())
    }

    /// Stops it, whoever is still connected.
    pub(crate) fn stop(self) -> anyhow::Result<()> {
        self.server.stop("-INT")
    }
}

/// The folder of its programs: that which MAINSTAY_POSTGRES_BIN names, or the newest version's where Debian keeps them.
fn programs() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("MAINSTAY_POSTGRES_BIN") {
        return Ok(folder.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").context("no PostgreSQL (Debian: apt-get install postgresql)")?;
    let versions = versions.flatten().filter_map(|version| {
        let number: u32 = version.file_name().to_str()?.parse().ok()?;
        let folder = version.path().join("bin");
        folder.join("initdb").exists().then_some((number, folder))
    });
    let newest = versions
        .max()
        .context("no PostgreSQL (Debian: apt-get install postgresql)")?;
    Ok(newest.1)
}

/// Whom to run as: PostgreSQL refuses to be root. None when we are nobody special.
fn unprivileged() -> anyhow::Result<Option<(u32, u32)>> {
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let found = users.lines().find_map(|line| {
        let mut fields = line.strip_prefix("postgres:")?.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    found.context("no user postgres to run PostgreSQL as").map(Some)
}
