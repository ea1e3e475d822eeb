//! Tables, and keys with their values.

use std::rc::Rc;

use super::{
    Setter, hairline, kinds, mark,
    row::{self, Around, Column},
};
use crate::{
    block::{self, Align, KeyValues, Table},
    colour::{HAIRLINE, INK, RULE, Tone},
    page::{Kind, NodeId, Piece, Repeated},
};

/// Between columns.
const GUTTER: f32 = 12.0;
/// More columns are not read by anybody.
const MOST_COLUMNS: usize = 24;

impl Setter<'_> {
    pub(super) fn table(&mut self, table: &Table, parent: NodeId) -> Vec<Piece> {
        let columns: Vec<&block::Column> = table.columns.iter().take(MOST_COLUMNS).collect();
        if columns.is_empty() {
            return Vec::new();
        }
        let rooms = rooms(&columns, self.left, self.width);
        let node = self.tree.add(parent, Kind::Table);
        let mut pieces = Vec::new();
        let head = self.head(&columns, &rooms, node, &mut pieces);
        let around = Around {
            padding: 3.6,
            space: 0.0,
            rule: Some(HAIRLINE),
            head: Some(head),
        };
        if table.rows.is_empty() && !table.empty.is_empty() {
            let row = self.tree.add(node, Kind::TableRow);
            let cell = Column {
                x: self.left,
                width: self.width,
                align: Align::Start,
                stack: self.stack(&table.empty, kinds::NOTE, self.width),
                tone: Tone::Plain,
                node: Some(self.tree.add(row, Kind::DataCell)),
            };
            pieces.extend(self.row(vec![cell], &around));
        }
        let count = table.rows.len();
        for (at, row) in table.rows.iter().enumerate() {
            let row_node = self.tree.add(node, Kind::TableRow);
            let kind = if row.strong { kinds::CELL_BOLD } else { kinds::CELL };
            let mut cells = Vec::with_capacity(columns.len());
            for (at, (column, (x, width))) in columns.iter().zip(&rooms).enumerate() {
                let cell_node = self.tree.add(row_node, Kind::DataCell);
                let Some(cell) = row.cells.get(at) else { continue };
                let room = if cell.tone == Tone::Plain {
                    *width
                } else {
                    width - mark::ROOM
                };
                cells.push(Column {
                    x: *x,
                    width: *width,
                    align: column.align,
                    stack: self.stack(&cell.text, kind, room.max(1.0)),
                    tone: cell.tone,
                    node: Some(cell_node),
                });
            }
            let mut around = around.clone();
            if table.rows.get(at + 1).is_some_and(|next| next.strong) {
                around.rule = Some(RULE);
            }
            let mut row = self.row(cells, &around);
            // No page with a header and one row, nor one with the last alone.
            if let Some(last) = row.last_mut() {
                last.stays = at + 1 < count && (at == 0 || at + 2 == count);
            }
            pieces.extend(row);
        }
        pieces
    }

    /// Adds the header, and returns what is repeated of it.
    fn head(
        &mut self,
        columns: &[&block::Column],
        rooms: &[(f32, f32)],
        node: NodeId,
        pieces: &mut Vec<Piece>,
    ) -> Rc<Repeated> {
        let row = self.tree.add(node, Kind::TableRow);
        let mut cells = Vec::with_capacity(columns.len());
        for (column, (x, width)) in columns.iter().zip(rooms) {
            let cell = self.tree.add(row, Kind::HeaderCell);
            cells.push(Column {
                x: *x,
                width: *width,
                align: column.align,
                stack: self.stack_up_to(&column.title, kinds::CELL_HEAD, *width, 4),
                tone: Tone::Plain,
                node: Some(cell),
            });
        }
        let deepest = cells.iter().map(|cell| cell.stack.height()).fold(0.0, f32::max);
        let height = deepest + 7.0;
        let (left, width) = (self.left, self.width);
        let draw = move |cells: &[Column], canvas: &mut crate::page::Canvas, top: f32| {
            for cell in cells {
                // Titles stand on the rule.
                row::draw(canvas, cell, top + 2.0 + deepest - cell.stack.height());
            }
            hairline(canvas, INK, left, top + height, width);
        };
        let artifacts: Vec<Column> = cells
            .iter()
            .map(|cell| Column {
                node: None,
                ..cell.clone()
            })
            .collect();
        let first = Piece::new(height, 10.0, move |canvas, top| draw(&cells, canvas, top));
        pieces.push(first.staying(true));
        Rc::new(Repeated {
            height,
            draw: Box::new(move |canvas, top| draw(&artifacts, canvas, top)),
        })
    }

    pub(super) fn key_values(&mut self, values: &KeyValues, parent: NodeId) -> Vec<Piece> {
        let columns = values.columns.clamp(1, 4);
        let width = (self.width - GUTTER * 1.5 * (columns - 1) as f32) / columns as f32;
        let mut pieces = Vec::new();
        for (at, pairs) in values.pairs.chunks(columns).enumerate() {
            let mut cells = Vec::with_capacity(columns);
            for (at, pair) in pairs.iter().enumerate() {
                let key = self.stack(&pair.key, kinds::LABEL, width);
                let stack = self.stacked(key, self.stack(&pair.value, kinds::BODY, width));
                cells.push(Column {
                    x: self.left + at as f32 * (width + GUTTER * 1.5),
                    width,
                    align: Align::Start,
                    stack,
                    tone: Tone::Plain,
                    node: Some(self.tree.add(parent, Kind::Paragraph)),
                });
            }
            let around = Around {
                padding: 3.0,
                space: if at == 0 { 8.0 } else { 2.0 },
                rule: None,
                head: None,
            };
            pieces.extend(self.row(cells, &around));
        }
        pieces
    }
}

/// Where each column is, and how wide.
fn rooms(columns: &[&block::Column], left: f32, width: f32) -> Vec<(f32, f32)> {
    let share = |column: &block::Column| match column.share.is_finite() && column.share > 0.0 {
        true => column.share.clamp(0.01, 1_000.0),
        false => 1.0,
    };
    let sum: f32 = columns.iter().map(|column| share(column)).sum();
    let free = width - GUTTER * (columns.len() - 1) as f32;
    let mut x = left;
    let rooms = columns.iter().map(|column| {
        let room = (x, share(column) / sum * free);
        x += room.1 + GUTTER;
        room
    });
    rooms.collect()
}
