//! The tables, and how their rows are filled.

use std::time::Duration;

use server::{domain::reports::Document, print::Fonts};

use super::paper::{self, Printed};
use crate::{
    table::{Table, millis, verdict},
    work::Work,
};

/// What is promised: CPU seconds for the month of ten thousand links, CPU milliseconds and bytes for a report on paper.
const MOST_FOR_A_MONTH: f64 = 5.0;
const MOST_FOR_PAPER: f64 = 8.0;
const MOST_BYTES: usize = 120_000;

const LINKS: f64 = 10_000.0;

#[derive(Debug)]
pub(super) struct Figures {
    month: Table,
    made: Table,
    paper: Table,
}

impl Figures {
    pub(super) fn new() -> Self {
        let mut month = Table::new(
            "The SLA month of a link, from sealed days",
            &[
                "by whom",
                "links",
                "wall s",
                "CPU s",
                "database's CPU s",
                "ms CPU/link",
                "s CPU/10,000 links",
                "to reach",
            ],
        );
        month.note(
            "Mainstay calculates through the call of `mainstay sla calculate`; its CPU is held against the target, the \
             database's is beside it. Plain rows are asked for the figures and the outages with two statements over the \
             same driver.",
        );
        let made = Table::new(
            "Making and keeping a report",
            &[
                "database",
                "reports",
                "ms CPU/report",
                "database's ms CPU",
                "bytes kept",
            ],
        );
        let mut paper = Table::new(
            "Printing a report",
            &[
                "by whom",
                "pages",
                "bytes",
                "first, CPU ms",
                "each after it, CPU ms",
                "to reach",
            ],
        );
        paper.note("WeasyPrint prints an equal document: the same tables, and graphs with the same points as SVG.");
        Self { month, made, paper }
    }

    pub(super) fn tables(self) -> Vec<Table> {
        vec![self.month, self.made, self.paper]
    }

    pub(super) fn month(&mut self, who: &str, work: Work) {
        let each = |cpu: Duration| cpu.as_secs_f64() / work.done as f64;
        let all = work.cpu + work.cpu_asked.unwrap_or_default();
        let reached = match who.starts_with("Mainstay") {
            true => verdict(each(work.cpu) * LINKS, MOST_FOR_A_MONTH, "s"),
            false => "–".to_owned(),
        };
        self.month.row([
            who.to_owned(),
            work.done.to_string(),
            format!("{:.2}", work.wall.as_secs_f64()),
            format!("{:.2}", work.cpu.as_secs_f64()),
            asked(work.cpu_asked.map(|cpu| cpu.as_secs_f64())),
            format!("{:.3}", each(all) * 1e3),
            format!("{:.2}", each(all) * LINKS),
            reached,
        ]);
    }

    pub(super) fn made(&mut self, database: &str, work: Work, bytes: u64) {
        let each = |cpu: Duration| millis(cpu) / work.done as f64;
        self.made.row([
            database.to_owned(),
            work.done.to_string(),
            format!("{:.2}", each(work.cpu)),
            asked(work.cpu_asked.map(each)),
            bytes.to_string(),
        ]);
    }

    /// Prints `document` and adds what it took.
    pub(super) fn paper(&mut self, document: &Document) -> anyhow::Result<()> {
        let ours = paper::ours(&Fonts::load(&[]), document)?;
        let size = match ours.bytes < MOST_BYTES {
            true => "< 120 KB: reached",
            false => "< 120 KB: MISSED",
        };
        let reached = format!("{}, {size}", verdict(millis(ours.each), MOST_FOR_PAPER, "ms"));
        self.printed("Mainstay", ours, reached);
        self.printed("WeasyPrint", paper::theirs(document)?, "–".to_owned());
        Ok(())
    }

    fn printed(&mut self, who: &str, printed: Printed, reached: String) {
        self.paper.row([
            who.to_owned(),
            printed.pages.to_string(),
            printed.bytes.to_string(),
            format!("{:.1}", millis(printed.first)),
            format!("{:.2}", millis(printed.each)),
            reached,
        ]);
    }
}

fn asked(cpu: Option<f64>) -> String {
    cpu.map_or_else(|| "–".to_owned(), |cpu| format!("{cpu:.2}"))
}
