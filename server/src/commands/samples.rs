//! `mainstay samples`: carries samples in and out as CSV.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use entity::{Db, LinkId, TenantId, link, sample};
use sea_orm::{ColumnTrait, Order};
use serde_json::json;

use super::progress::bar;
use crate::{
    clock::Clock,
    config::Given,
    domain::{
        audit::{self, Actor, Subject},
        links::{
            block::Day,
            csv::{COLUMNS, Header, OPTIONAL, line},
            days,
            slot::{Sample, Slot},
            store,
        },
    },
    site::Site,
};

/// Bad lines that are shown; the rest is counted.
const SHOWN: usize = 50;

#[derive(Args, Debug)]
pub(super) struct Samples {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in samples of links that exist; a slot that has the same sample already is left alone
    Import(Box<Import>),
    /// Write the samples of links to a file, or to standard output
    Export(Box<Export>),
}

#[derive(Args, Debug)]
struct Import {
    #[command(flatten)]
    given: Given,
    /// The tenant's short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Take in the good lines although others are bad
    #[arg(long)]
    skip_bad: bool,
    /// The CSV file; its first line names the columns
    file: PathBuf,
}

#[derive(Args, Debug)]
struct Export {
    #[command(flatten)]
    given: Given,
    /// The tenant's short name
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// This link alone: its name, reference or id; may be repeated
    #[arg(long, value_name = "LINK")]
    link: Vec<String>,
    /// First UTC day, as 2026-11-01; without it from the beginning
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Last UTC day, as 2026-11-30; without it to the end
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// The file to write; it must not exist. Without it standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Samples {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Import(import) => import.run().await,
            Command::Export(export) => export.run().await,
        }
    }
}

/// The links of a tenant by what people call them.
struct Links {
    names: HashMap<String, LinkId>,
    references: HashMap<String, Vec<LinkId>>,
    ids: HashSet<LinkId>,
}

impl Links {
    async fn load(db: &Db, tenant: TenantId) -> anyhow::Result<Self> {
        let rows = db.tenant(tenant).find::<link::Entity>().all().await?;
        let mut references: HashMap<String, Vec<LinkId>> = HashMap::new();
        for row in &rows {
            if let Some(reference) = &row.reference {
                references.entry(reference.clone()).or_default().push(row.id);
            }
        }
        Ok(Self {
            ids: rows.iter().map(|row| row.id).collect(),
            names: rows.into_iter().map(|row| (row.name, row.id)).collect(),
            references,
        })
    }

    fn find(&self, called: &str) -> Result<LinkId, String> {
        if let Some(id) = self.names.get(called) {
            return Ok(*id);
        }
        match self.references.get(called).map(Vec::as_slice) {
            Some([one]) => return Ok(*one),
            Some(_) => return Err(format!("several links have the reference `{called}`: use their names")),
            None => {}
        }
        let id = called.parse().ok().filter(|id| self.ids.contains(id));
        id.ok_or_else(|| format!("there is no link `{called}`"))
    }
}

impl Import {
    async fn run(self) -> anyhow::Result<()> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        let links = Links::load(&site.db, tenant).await?;
        let now = site.clock.now();

        let mut check = Check::new(&site.db, tenant, now);
        let mut bad = 0_usize;
        let mut lines = 0_usize;
        read(&self.file, "Checking", &links, async |number, read| {
            lines += 1;
            let wrong = match read {
                Ok((link, sample)) => check.wrong(link, &sample).await?,
                Err(wrong) => Some(wrong),
            };
            if let Some(wrong) = wrong {
                bad += 1;
                if bad <= SHOWN {
                    eprintln!("line {number}: {wrong}");
                }
            }
            Ok(())
        })
        .await?;
        if bad > SHOWN {
            eprintln!("… and {} more", bad - SHOWN);
        }
        if bad > 0 && !self.skip_bad {
            bail!(
                "{bad} of {lines} lines are bad: nothing was imported. Correct them, or leave them out with --skip-bad"
            );
        }

        let mut check = Check::new(&site.db, tenant, now);
        let mut days: BTreeMap<(LinkId, Day), Vec<Sample>> = BTreeMap::new();
        let mut into = Intake {
            site: &site,
            tenant,
            now,
            imported: 0,
        };
        into.record(&self.file, lines - bad, bad).await?;
        let mut there = 0_usize;
        read(&self.file, "Importing", &links, async |_, read| {
            let Ok((link, sample)) = read else { return Ok(()) };
            if check.wrong(link, &sample).await?.is_some() {
                return Ok(());
            }
            if check.is_there(link, &sample) {
                there += 1;
                return Ok(());
            }
            let day = Day::of(sample.slot);
            // Files go by time or by link: when a link's next day begins, the one before is whole.
            let others: Vec<_> = days
                .range((link, Day::from_number(i32::MIN))..=(link, Day::from_number(i32::MAX)))
                .map(|(key, _)| *key)
                .filter(|key| key.1 != day)
                .collect();
            for key in others {
                if let Some(samples) = days.remove(&key) {
                    into.put(key, samples).await?;
                }
            }
            days.entry((link, day)).or_default().push(sample);
            Ok(())
        })
        .await?;
        for (key, samples) in days {
            into.put(key, samples).await?;
        }
        println!(
            "{} samples imported, {there} were there already, {bad} bad lines left out.",
            into.imported,
        );
        Ok(())
    }
}

/// Reads a file line by line with a bar, and tells each line's number and what it says or what is wrong with it.
///
/// A line is a record, since no value has a line break in it: so a quote that nothing closes spoils its own line alone,
/// and numbers are those that an editor shows.
async fn read(
    path: &Path,
    doing: &'static str,
    links: &Links,
    mut each: impl AsyncFnMut(u64, Result<(LinkId, Sample), String>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("{} can't be opened", path.display()))?;
    let bar = bar(doing, file.metadata()?.len());
    let mut file = bar.wrap_read(BufReader::new(file));
    let mut line = Vec::new();
    let mut header = None;
    for number in 1.. {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let record = record(&line);
        let Some((header, columns)) = &header else {
            let record = record.map_err(anyhow::Error::msg).context("line 1")?;
            let record = record.context("line 1 is empty: it must name the columns")?;
            header = Some((Header::of(&record).context("line 1")?, record.len()));
            continue;
        };
        let read = match record {
            Ok(None) => continue,
            Ok(Some(record)) if record.len() != *columns => {
                Err(format!("{} values where the first line names {columns}", record.len()))
            }
            Ok(Some(record)) => match header.read(&record) {
                Ok((called, sample)) => links.find(called).map(|link| (link, sample)),
                Err(wrong) => Err(wrong.to_string()),
            },
            Err(wrong) => Err(wrong),
        };
        each(number, read).await?;
    }
    bar.finish_and_clear();
    if header.is_none() {
        bail!("{} is empty: its first line must name the columns", path.display());
    }
    Ok(())
}

/// The values of a line, if it has any.
fn record(line: &[u8]) -> Result<Option<StringRecord>, String> {
    let mut record = StringRecord::new();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .buffer_capacity(line.len())
        .from_reader(line);
    match reader.read_record(&mut record) {
        Ok(there) => Ok(there.then_some(record)),
        Err(error) if matches!(error.kind(), ErrorKind::Utf8 { .. }) => Err("it is not UTF-8".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What a line can be wrong about besides itself: slots that are twice in the file, or have another sample.
struct Check<'a> {
    db: &'a Db,
    tenant: TenantId,
    now: DateTime<Utc>,
    /// A bit for each slot of a link's day that was in the file.
    seen: HashMap<(LinkId, Day), [u64; 5]>,
    /// What is stored of the day that was last asked for, by link.
    stored: HashMap<LinkId, (Day, HashMap<Slot, Sample>)>,
}

impl<'a> Check<'a> {
    fn new(db: &'a Db, tenant: TenantId, now: DateTime<Utc>) -> Self {
        Self {
            db,
            tenant,
            now,
            seen: HashMap::new(),
            stored: HashMap::new(),
        }
    }

    async fn wrong(&mut self, link: LinkId, sample: &Sample) -> anyhow::Result<Option<String>> {
        // The slot that runs is the collector's, which adds each of its polls to what is there.
        if sample.slot >= Slot::from_instant(self.now) {
            return Ok(Some("this slot is not over yet".to_owned()));
        }
        let day = Day::of(sample.slot);
        let at = (sample.slot.number() - day.first_slot().number()) as usize;
        let seen = &mut self.seen.entry((link, day)).or_default()[at / 64];
        if *seen & (1 << (at % 64)) != 0 {
            return Ok(Some("this slot of the link was in a line before".to_owned()));
        }
        *seen |= 1 << (at % 64);
        if self.stored.get(&link).is_none_or(|(of, _)| *of != day) {
            let tenant = self.db.tenant(self.tenant);
            let samples = store::samples(&tenant, link, day.first_slot(), day.last_slot()).await?;
            let by_slot = samples.into_iter().map(|sample| (sample.slot, sample)).collect();
            self.stored.insert(link, (day, by_slot));
        }
        let differs = self.of_slot(link, sample).is_some_and(|stored| stored != sample);
        Ok(differs.then(|| "this slot has another sample already: what was measured is never overwritten".to_owned()))
    }

    /// Whether the same is stored; asked after [`Check::wrong`].
    fn is_there(&self, link: LinkId, sample: &Sample) -> bool {
        self.of_slot(link, sample) == Some(sample)
    }

    fn of_slot(&self, link: LinkId, sample: &Sample) -> Option<&Sample> {
        self.stored.get(&link)?.1.get(&sample.slot)
    }
}

/// Where samples go.
struct Intake<'a> {
    site: &'a Site,
    tenant: TenantId,
    now: DateTime<Utc>,
    imported: usize,
}

impl Intake<'_> {
    /// Leaves in the audit log that samples come from elsewhere, before the first of them does.
    async fn record(&self, file: &Path, good: usize, bad: usize) -> anyhow::Result<()> {
        let rows = self.site.db.begin(self.tenant).await?;
        let tenant = rows.own().await?;
        let subject = Subject {
            kind: "tenant",
            id: Some(self.tenant.0),
            name: &tenant.name,
        };
        let what = json!({ "file": file.display().to_string(), "lines": good, "bad_lines": bad });
        let actor = Actor::system("command line");
        audit::record(&rows, &actor, self.now, "samples.import", subject, None, Some(what)).await?;
        rows.commit().await?;
        Ok(())
    }

    /// Puts a day of a link in, in one transaction, and seals it if it is over.
    async fn put(&mut self, (link, day): (LinkId, Day), samples: Vec<Sample>) -> anyhow::Result<()> {
        let rows = self.site.db.begin(self.tenant).await?;
        if day < days::sealed_before(self.now) {
            days::seal_with(&rows, link, day, &samples, self.now).await?;
        } else {
            days::open(&rows, link, day).await?;
            let new = samples.iter().map(|sample| store::to_row(self.tenant, link, sample));
            rows.insert_all::<sample::Entity, _>(new.collect::<Vec<_>>()).await?;
        }
        rows.commit().await?;
        self.imported += samples.len();
        Ok(())
    }
}

impl Export {
    async fn run(self) -> anyhow::Result<()> {
        let site = Site::open(super::settings(self.given)?, Clock::system(), true).await?;
        let tenant = super::find_tenant(&site.db, self.tenant.as_deref()).await?;
        let known = Links::load(&site.db, tenant).await?;
        let mut wanted = Vec::new();
        for called in &self.link {
            wanted.push(known.find(called).map_err(anyhow::Error::msg)?);
        }
        let rows = site.db.tenant(tenant);
        let mut links = rows.find::<link::Entity>().order_by(link::Column::Name, Order::Asc);
        if !wanted.is_empty() {
            links = links.filter(link::Column::Id.is_in(wanted));
        }
        let links = links.all().await?;
        let day = |date: NaiveDate| Day::from_number((date - NaiveDate::default()).num_days() as i32);
        let today = Day::of(Slot::from_instant(site.clock.now()));
        let last = self.to.map_or(today, day).min(today);
        let output: Box<dyn Write> = match &self.output {
            Some(path) => {
                Box::new(File::create_new(path).with_context(|| format!("{} can't be made", path.display()))?)
            }
            None => Box::new(std::io::stdout()),
        };
        let mut csv = csv::Writer::from_writer(BufWriter::new(output));
        csv.write_record(COLUMNS.iter().chain(&OPTIONAL))?;
        let mut spans = Vec::new();
        for link in links {
            if let Some(oldest) = store::oldest(&rows, link.id).await? {
                let first = Day::of(oldest).max(self.from.map_or(Day::of(oldest), day));
                spans.push((link, first));
            }
        }
        let days = spans
            .iter()
            .map(|(_, first)| (last.number() - first.number() + 1).max(0) as u64);
        let bar = bar("Writing", days.sum());
        let mut written = 0;
        for (link, first) in &spans {
            for day in first.number()..=last.number() {
                let day = Day::from_number(day);
                for sample in store::samples(&rows, link.id, day.first_slot(), day.last_slot()).await? {
                    csv.write_record(line(&link.name, &sample))?;
                    written += 1;
                }
                bar.inc(1);
            }
        }
        csv.flush()?;
        bar.finish_and_clear();
        eprintln!("{written} samples of {} links written.", spans.len());
        Ok(())
    }
}
