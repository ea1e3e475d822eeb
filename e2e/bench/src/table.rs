//! A table that reads well in a terminal and in Markdown.

use std::{fmt, time::Duration};

/// Rows under headings. The first column is words, the others are figures.
#[derive(Debug)]
pub(crate) struct Table {
    title: String,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    pub(crate) fn new(title: impl Into<String>, head: &[&'static str]) -> Self {
        Self {
            title: title.into(),
            head: head.to_vec(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.rows.push(cells.into());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A sentence below the table.
    pub(crate) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            let cells = cells.map(|cell| cell.chars().count());
            cells.chain([self.head[column].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.head.len()).map(wide).collect();
        writeln!(f, "### {}\n", self.title)?;
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            for (column, (cell, width)) in cells.zip(&widths).enumerate() {
                match column {
                    0 => write!(f, "| {cell:<width$} ")?,
                    _ => write!(f, "| {cell:>width$} ")?,
                }
            }
            writeln!(f, "|")
        };
        line(&mut self.head.iter().copied())?;
        let rules: Vec<String> = widths
            .iter()
            .enumerate()
            .map(|(column, width)| "-".repeat(width - usize::from(column > 0)) + if column > 0 { ":" } else { "" })
            .collect();
        line(&mut rules.iter().map(String::as_str))?;
        for row in &self.rows {
            line(&mut row.iter().map(String::as_str))?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        Ok(())
    }
}

/// A target, and whether `value` is within it.
pub(crate) fn verdict(value: f64, most: f64, unit: &str) -> String {
    if value <= most {
        format!("≤ {most} {unit}: reached")
    } else {
        format!("≤ {most} {unit}: MISSED, {:.1} ×", value / most)
    }
}

pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new("Pages", &["page", "ms"]);
        table.row(["links of a tenant".to_owned(), "0.5".to_owned()]);
        table.note("Measured.");
        let text = table.to_string();
        assert_eq!(
            text,
            "### Pages\n\n| page              |  ms |\n| ----------------- | --: |\n| links of a tenant | 0.5 |\n\nMeasured.\n"
        );
    }

    #[test]
    fn a_target_is_reached_up_to_its_last_bit() {
        assert_eq!(verdict(0.6, 0.6, "ms"), "≤ 0.6 ms: reached");
        assert_eq!(verdict(0.9, 0.6, "ms"), "≤ 0.6 ms: MISSED, 1.5 ×");
    }
}
