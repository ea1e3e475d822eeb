//! The tables, and how their rows are filled.

use std::time::Duration;

use crate::{
    child::Took,
    table::{Table, mebibytes, millis, verdict},
};

/// What is promised: bytes a value, and milliseconds for a graph of a day and of a year.
const MOST_BYTES: f64 = 2.0;
const MOST_FOR_A_DAY: f64 = 0.1;
const MOST_FOR_A_YEAR: f64 = 5.0;

/// A graph's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// A UTC day that is over.
    SealedDay,
    /// The last 24 hours at noon.
    Day,
    Month,
    Year,
}

impl Range {
    pub(super) const ALL: [Self; 4] = [Self::SealedDay, Self::Day, Self::Month, Self::Year];

    fn name(self) -> &'static str {
        match self {
            Self::SealedDay => "a finished day",
            Self::Day => "24 h at noon",
            Self::Month => "30 d",
            Self::Year => "1 y",
        }
    }

    fn most(self) -> Option<f64> {
        match self {
            Self::SealedDay | Self::Day => Some(MOST_FOR_A_DAY),
            Self::Month => None,
            Self::Year => Some(MOST_FOR_A_YEAR),
        }
    }
}

/// How long the same reading took, again and again.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) each: Vec<Duration>,
    /// Of all of them: in the process that asks, and in that which is asked, if there is one.
    pub(super) cpu: Duration,
    pub(super) cpu_asked: Option<Duration>,
}

#[derive(Debug)]
pub(super) struct Report {
    size: Table,
    sealing: Table,
    reading: Table,
    now: Table,
    import: Table,
}

impl Report {
    pub(super) fn new(links: usize) -> Self {
        let mut size = Table::new(
            format!("Size of a day's samples of {links} links"),
            &["kept as", "MiB", "samples", "bytes/sample", "bytes/value", "to reach"],
        );
        size.note(
            "A value is a slot's number, its state or another column of a sample that is not null; the tenant's and the \
             link's id are none. Tables are counted with their indexes, after VACUUM.",
        );
        let sealing = Table::new(
            format!("Sealing a day of {links} links"),
            &["where", "wall s", "CPU s", "database's CPU s", "ms CPU/link"],
        );
        let mut reading = Table::new(
            "Reading one link for a graph",
            &[
                "range, by whom",
                "p50 ms",
                "p99 ms",
                "CPU ms",
                "database's CPU ms",
                "p50 to reach",
            ],
        );
        reading.note(
            "Mainstay reads what the link's page shows, through the page's own call but past its memory: buckets with \
             least, mean and greatest values, outages, and exact 95th percentiles. Plain rows are asked for the same \
             with three statements (buckets, percentiles, slots that were not up) over the same driver. RRDtool gives \
             what it consolidated: no percentiles and no outages. Files are in the system's memory.",
        );
        let now = Table::new(
            format!("The current state of {links} links"),
            &["from", "p50 ms", "p99 ms", "CPU ms", "database's CPU ms"],
        );
        let import = Table::new(
            "Importing samples of ten links",
            &["into", "lines", "wall s", "CPU s", "database's CPU s", "µs CPU/line"],
        );
        Self {
            size,
            sealing,
            reading,
            now,
            import,
        }
    }

    pub(super) fn tables(self) -> Vec<Table> {
        vec![self.size, self.sealing, self.reading, self.now, self.import]
    }

    pub(super) fn size(&mut self, what: &str, bytes: u64, samples: u64, values: u64, promised: bool) {
        let each = bytes as f64 / values as f64;
        self.size.row([
            what.to_owned(),
            format!("{:.1}", mebibytes(bytes)),
            samples.to_string(),
            format!("{:.1}", bytes as f64 / samples as f64),
            format!("{each:.2}"),
            if promised {
                verdict(each, MOST_BYTES, "B")
            } else {
                "–".to_owned()
            },
        ]);
    }

    pub(super) fn sealing(&mut self, place: &str, took: Took, asked: Option<Duration>, links: usize) {
        let cpu = took.cpu + asked.unwrap_or_default();
        self.sealing.row([
            place.to_owned(),
            format!("{:.1}", took.wall.as_secs_f64()),
            format!("{:.1}", took.cpu.as_secs_f64()),
            seconds(asked),
            format!("{:.2}", millis(cpu) / links as f64),
        ]);
    }

    /// What Mainstay took, which is what was promised.
    pub(super) fn reading(&mut self, range: Range, database: &str, reading: &Reading) {
        let p50 = millis(reading.quantile(0.5));
        let most = range.most().map(|most| verdict(p50, most, "ms"));
        self.read_by(range, &format!("Mainstay, {database}"), reading, most);
    }

    /// What something else took.
    pub(super) fn their_reading(&mut self, range: Range, who: &str, reading: &Reading) {
        self.read_by(range, who, reading, None);
    }

    fn read_by(&mut self, range: Range, who: &str, reading: &Reading, verdict: Option<String>) {
        let mut cells = reading.cells(format!("{}, {who}", range.name()));
        cells.push(verdict.unwrap_or_else(|| "–".to_owned()));
        self.reading.row(cells);
    }

    pub(super) fn now(&mut self, who: &str, reading: &Reading) {
        self.now.row(reading.cells(who.to_owned()));
    }

    pub(super) fn import(&mut self, into: &str, lines: usize, took: Took, asked: Option<Duration>) {
        let cpu = took.cpu + asked.unwrap_or_default();
        self.import.row([
            into.to_owned(),
            lines.to_string(),
            format!("{:.2}", took.wall.as_secs_f64()),
            format!("{:.2}", took.cpu.as_secs_f64()),
            asked.map_or_else(|| "–".to_owned(), |cpu| format!("{:.2}", cpu.as_secs_f64())),
            format!("{:.1}", cpu.as_secs_f64() * 1e6 / lines as f64),
        ]);
    }
}

impl Reading {
    fn quantile(&self, part: f64) -> Duration {
        let mut each = self.each.clone();
        each.sort_unstable();
        let at = (each.len() as f64 * part) as usize;
        each.get(at.min(each.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }

    fn cells(&self, name: String) -> Vec<String> {
        let each = |cpu: Duration| format!("{:.3}", millis(cpu) / self.each.len() as f64);
        vec![
            name,
            format!("{:.3}", millis(self.quantile(0.5))),
            format!("{:.3}", millis(self.quantile(0.99))),
            each(self.cpu),
            self.cpu_asked.map_or_else(|| "–".to_owned(), each),
        ]
    }
}

fn seconds(cpu: Option<Duration>) -> String {
    cpu.map_or_else(|| "–".to_owned(), |cpu| format!("{:.1}", cpu.as_secs_f64()))
}
