//! A letter as plain text, for programs without HTML and for whoever prefers it: lines that fit a terminal, tables that
//! stand in columns, each address on a line of its own.

use super::{Frame, Letter, Part, Table};

/// Characters of a line, as far as words allow.
const WIDTH: usize = 76;

pub(super) fn paint(frame: &Frame<'_>, letter: &Letter) -> String {
    let mut blocks = vec![
        frame.tenant.to_owned(),
        format!("{}\n{}", letter.title, "=".repeat(width(&letter.title).min(WIDTH))),
    ];
    blocks.extend(letter.parts.iter().map(|part| match part {
        Part::Paragraph(text) => wrapped(text),
        Part::Facts(facts) => {
            let lines: Vec<_> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            lines.join("\n")
        }
        Part::Table(table) => in_columns(table),
        Part::Links(links) => {
            let lines: Vec<_> = links.iter().map(|(label, url)| format!("{label}:\n{url}")).collect();
            lines.join("\n")
        }
        Part::Button { label, url } => format!("{label}:\n{url}"),
    }));
    blocks.push("-".repeat(WIDTH));
    blocks.push(wrapped(frame.why));
    blocks.extend(frame.links.iter().map(|(label, url)| format!("{label}:\n{url}")));
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Breaks lines between words. A word that is longer than a line stays whole: it may be an address.
fn wrapped(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut filled = String::new();
        let mut used = 0;
        for word in line.split_whitespace() {
            let wide = width(word);
            if used > 0 && used + 1 + wide > WIDTH {
                filled.push('\n');
                used = 0;
            } else if used > 0 {
                filled.push(' ');
                used += 1;
            }
            filled.push_str(word);
            used += wide;
        }
        filled
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn in_columns(table: &Table) -> String {
    let widths: Vec<usize> = (table.columns.iter().enumerate())
        .map(|(at, column)| {
            let cells = table.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| width(cell)).fold(width(&column.title), usize::max)
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(&table.columns).zip(&widths).map(|((cell, column), wide)| {
            let space = " ".repeat(wide.saturating_sub(width(cell)));
            if column.number {
                space + cell
            } else {
                cell.to_owned() + &space
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(&mut table.columns.iter().map(|column| column.title.as_str()))];
    let rules: Vec<_> = widths.iter().map(|wide| "-".repeat(*wide)).collect();
    lines.push(rules.join("  "));
    lines.extend(table.rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    lines.join("\n")
}
