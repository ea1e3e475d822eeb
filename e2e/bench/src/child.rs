//! The processes that are measured: started, read from `/proc`, and stopped by their id.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Lines},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

/// `/proc` counts CPU time in these on every architecture that Linux has.
const TICKS_A_SECOND: u64 = 100;

/// How long a process may take to stop by itself.
const PATIENCE: Duration = Duration::from_secs(20);

/// A process of the measurement. It is killed when dropped.
#[derive(Debug)]
pub(crate) struct Process {
    name: &'static str,
    child: Child,
}

/// What a process has in memory, bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) resident: u64,
    /// The most it ever was.
    pub(crate) peak: u64,
}

impl Process {
    /// Starts `command` with its output in a pipe and its errors in our own.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> anyhow::Result<Self> {
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} can't be started"))?;
        Ok(Self { name, child })
    }

    /// What it prints, and what it reads: it may end when that is dropped.
    pub(crate) fn pipes(&mut self) -> anyhow::Result<(Lines<BufReader<ChildStdout>>, ChildStdin)> {
        let out = self.child.stdout.take().context("its output is taken")?;
        let input = self.child.stdin.take().context("its input is taken")?;
        Ok((BufReader::new(out).lines(), input))
    }

    /// CPU time of all its threads so far.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        let stat = Stat::of(&self.child.id().to_string()).with_context(|| format!("{} has ended", self.name))?;
        Ok(stat.own)
    }

    /// The same with that of the processes that it started, whether they run or have ended.
    pub(crate) fn family_cpu(&self) -> anyhow::Result<Duration> {
        let parent = Stat::of(&self.child.id().to_string()).with_context(|| format!("{} has ended", self.name))?;
        let mut cpu = parent.own + parent.of_ended_children;
        for process in fs::read_dir("/proc")?.flatten() {
            let name = process.file_name();
            let Some(id) = name
                .to_str()
                .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
            else {
                continue;
            };
            // It may have ended since the folder was read.
            if let Ok(stat) = Stat::of(id)
                && stat.parent == self.child.id()
            {
                cpu += stat.own + stat.of_ended_children;
            }
        }
        Ok(cpu)
    }

    pub(crate) fn memory(&self) -> anyhow::Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let field = |name: &str| -> anyhow::Result<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib = line.and_then(|line| line.split_whitespace().next());
            Ok(kib.with_context(|| format!("no {name} in status"))?.parse::<u64>()? * 1024)
        };
        Ok(Memory {
            resident: field("VmRSS:")?,
            peak: field("VmHWM:")?,
        })
    }

    /// Fails when it has ended: what `/proc` says of it then is of no use.
    pub(crate) fn runs(&mut self) -> anyhow::Result<()> {
        match self.child.try_wait()? {
            Some(status) => bail!("{} ended early: {status}", self.name),
            None => Ok(()),
        }
    }

    /// Calls `ready` until it is true.
    pub(crate) fn wait_until(&mut self, most: Duration, mut ready: impl FnMut() -> bool) -> anyhow::Result<()> {
        let begun = Instant::now();
        while !ready() {
            self.runs()?;
            ensure!(begun.elapsed() < most, "{} is not ready after {most:?}", self.name);
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Asks it to stop with `signal`, and waits until it has.
    pub(crate) fn stop(mut self, signal: &str) -> anyhow::Result<()> {
        Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()?;
        let begun = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(begun.elapsed() < PATIENCE, "{} does not stop", self.name);
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// CPU time of this process so far.
pub(crate) fn own_cpu() -> anyhow::Result<Duration> {
    Ok(Stat::of("self")?.own)
}

/// CPU time of the processes that this one started and waited for.
pub(crate) fn ended_cpu() -> anyhow::Result<Duration> {
    Ok(Stat::of("self")?.of_ended_children)
}

/// CPU time of `command` from its start to its end, and the time that it took.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<Took> {
    let (before, begun) = (ended_cpu()?, Instant::now());
    let status = command
        .status()
        .with_context(|| format!("{command:?} can't be started"))?;
    ensure!(status.success(), "{command:?} failed");
    Ok(Took {
        wall: begun.elapsed(),
        cpu: ended_cpu()? - before,
    })
}

/// What a piece of work took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

/// CPU times of `/proc/ID/stat`.
struct Stat {
    parent: u32,
    own: Duration,
    /// Of those that were waited for.
    of_ended_children: Duration,
}

impl Stat {
    fn of(id: &str) -> anyhow::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name stands in parentheses and may hold spaces; after it come the state, the parent and, from the 12th on,
        // utime, stime, cutime and cstime.
        let (_, rest) = stat.rsplit_once(')').context("no name in stat")?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let field = |at: usize| -> anyhow::Result<u64> { Ok(fields.get(at).context("stat is short")?.parse()?) };
        let time = |at| {
            anyhow::Ok(Duration::from_millis(
                (field(at)? + field(at + 1)?) * 1_000 / TICKS_A_SECOND,
            ))
        };
        Ok(Self {
            parent: field(1)?.try_into()?,
            own: time(11)?,
            of_ended_children: time(13)?,
        })
    }
}

/// Builds what is measured, with the profile of this binary. It costs nothing when there is nothing new.
pub(crate) fn build() -> anyhow::Result<()> {
    if cfg!(debug_assertions) {
        eprintln!("This is a debug build: its figures mean nothing.");
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "-p", "mainstay", "-p", "mainstay-fakes"]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let status = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .context("cargo can't be started")?;
    ensure!(status.success(), "what is to be measured does not build");
    Ok(())
}

/// The path of a binary of this project: they all lie beside this one.
pub(crate) fn binary(name: &str) -> anyhow::Result<PathBuf> {
    let own = env::current_exe()?;
    let path = own.with_file_name(name);
    ensure!(path.exists(), "{} is missing", path.display());
    Ok(path)
}

/// A command that may open as many files as the system lets it: a thousand connections are more than the usual 1,024.
pub(crate) fn with_many_files(program: PathBuf) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n \"$(ulimit -H -n)\" && exec \"$0\" \"$@\""])
        .arg(program);
    command
}

/// A port that nobody listens on just now.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
