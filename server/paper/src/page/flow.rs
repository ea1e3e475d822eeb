//! How a document flows over pages: pieces in a column, each whole, some of which stay with the next.

use std::rc::Rc;

use super::canvas::Canvas;
use crate::{document::Paper, error::Error};

/// More pages than anybody prints.
const MOST_PAGES: usize = 5_000;

type Draw = Box<dyn FnOnce(&mut Canvas, f32)>;
type DrawAgain = Box<dyn Fn(&mut Canvas, f32)>;

/// A strip over the whole width that no page break goes through.
pub(crate) struct Piece {
    pub(crate) height: f32,
    /// Free above it, but not at the top of a page.
    pub(crate) space: f32,
    /// Not parted from the next piece where a page has room for both.
    pub(crate) stays: bool,
    /// Drawn again at the top of a page that this piece opens.
    pub(crate) head: Option<Rc<Repeated>>,
    pub(crate) opens_page: bool,
    /// Draws it, given where its top is.
    pub(crate) draw: Draw,
}

/// What is repeated: the header of a table.
pub(crate) struct Repeated {
    pub(crate) height: f32,
    pub(crate) draw: DrawAgain,
}

impl Piece {
    pub(crate) fn new(height: f32, space: f32, draw: impl FnOnce(&mut Canvas, f32) + 'static) -> Self {
        Self {
            height,
            space,
            stays: false,
            head: None,
            opens_page: false,
            draw: Box::new(draw),
        }
    }

    /// A page break.
    pub(crate) fn page_break() -> Self {
        let mut piece = Self::new(0.0, 0.0, |_, _| {});
        piece.opens_page = true;
        piece
    }

    pub(crate) fn staying(mut self, stays: bool) -> Self {
        self.stays = stays;
        self
    }
}

/// Makes all but the last of `pieces` stay with the next.
pub(crate) fn together(pieces: &mut [Piece]) {
    let last = pieces.len().saturating_sub(1);
    for piece in &mut pieces[..last] {
        piece.stays = true;
    }
}

/// Puts pieces on pages.
pub(crate) struct Flow {
    top: f32,
    bottom: f32,
    y: f32,
    /// Whether nothing is on the page yet.
    fresh: bool,
    /// Whether a page break was asked for. It is made when something follows.
    due: bool,
}

impl Flow {
    pub(crate) fn new(paper: &Paper) -> Self {
        Self {
            top: paper.top,
            bottom: paper.top + paper.depth(),
            y: paper.top,
            fresh: true,
            due: false,
        }
    }

    pub(crate) fn run(mut self, canvas: &mut Canvas, pieces: Vec<Piece>) -> Result<(), Error> {
        canvas.start_page();
        let reaches = reaches(&pieces);
        let depth = self.bottom - self.top;
        for (piece, reach) in pieces.into_iter().zip(reaches) {
            if piece.opens_page {
                self.due = !self.fresh;
                continue;
            }
            if self.due {
                self.turn(canvas)?;
            }
            let head = piece.head.as_ref().map_or(0.0, |head| head.height);
            // What stays with the next is asked for room for all, unless no page has that.
            let wanted = if reach + head <= depth { reach } else { piece.height };
            let space = if self.fresh { 0.0 } else { piece.space };
            if !self.fresh && self.y + space + wanted > self.bottom + 0.01 {
                self.turn(canvas)?;
                if let Some(head) = &piece.head {
                    (head.draw)(canvas, self.y);
                    self.y += head.height;
                }
            } else {
                self.y += space;
            }
            (piece.draw)(canvas, self.y);
            self.y += piece.height;
            self.fresh = false;
        }
        Ok(())
    }

    fn turn(&mut self, canvas: &mut Canvas) -> Result<(), Error> {
        if canvas.pages.len() >= MOST_PAGES {
            return Err(Error::TooLong { most: MOST_PAGES });
        }
        canvas.start_page();
        (self.y, self.fresh, self.due) = (self.top, true, false);
        Ok(())
    }
}

/// How far down each piece reaches with those that it stays with.
fn reaches(pieces: &[Piece]) -> Vec<f32> {
    let mut reaches = vec![0.0; pieces.len()];
    let mut below = 0.0;
    for (at, piece) in pieces.iter().enumerate().rev() {
        reaches[at] = piece.height + if piece.stays { below } else { 0.0 };
        below = if piece.opens_page {
            0.0
        } else {
            reaches[at] + piece.space
        };
    }
    reaches
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    type Seen = Rc<RefCell<Vec<(usize, char)>>>;

    fn piece(seen: &Seen, name: char, height: f32) -> Piece {
        let seen = seen.clone();
        Piece::new(height, 0.0, move |canvas, _| {
            seen.borrow_mut().push((canvas.pages.len(), name))
        })
    }

    fn flow(pieces: impl FnOnce(&Seen) -> Vec<Piece>) -> Vec<(usize, char)> {
        let seen = Seen::default();
        let paper = Paper {
            width: 300.0,
            height: 300.0,
            side: 20.0,
            top: 20.0,
            bottom: 30.0,
        };
        let pieces = pieces(&seen);
        Flow::new(&paper)
            .run(&mut Canvas::new(paper.height), pieces)
            .expect("pages");
        seen.take()
    }

    #[test]
    fn a_heading_goes_to_the_next_page_with_what_it_heads() {
        let seen = flow(|seen| {
            vec![
                piece(seen, 'a', 200.0),
                piece(seen, 'h', 20.0).staying(true),
                piece(seen, 'b', 40.0),
            ]
        });
        assert_eq!(seen, [(1, 'a'), (2, 'h'), (2, 'b')]);
    }

    #[test]
    fn what_no_page_can_keep_together_is_parted() {
        let long = |seen: &Seen, name| piece(seen, name, 150.0).staying(true);
        let seen = flow(|seen| vec![long(seen, 'a'), long(seen, 'b'), piece(seen, 'c', 10.0)]);
        assert_eq!(seen, [(1, 'a'), (2, 'b'), (2, 'c')]);
    }

    #[test]
    fn a_head_is_repeated_where_its_rows_go_on() {
        let seen = flow(|seen| {
            let again = seen.clone();
            let head = Rc::new(Repeated {
                height: 20.0,
                draw: Box::new(move |canvas, _| again.borrow_mut().push((canvas.pages.len(), 'H'))),
            });
            let row = |name| {
                let mut row = piece(seen, name, 100.0);
                row.head = Some(head.clone());
                row
            };
            vec![row('a'), row('b'), row('c')]
        });
        assert_eq!(seen, [(1, 'a'), (1, 'b'), (2, 'H'), (2, 'c')]);
    }

    #[test]
    fn breaks_that_follow_each_other_make_no_empty_page() {
        let seen = flow(|seen| {
            vec![
                Piece::page_break(),
                piece(seen, 'a', 1.0),
                Piece::page_break(),
                Piece::page_break(),
                piece(seen, 'b', 1.0),
                Piece::page_break(),
            ]
        });
        assert_eq!(seen, [(1, 'a'), (2, 'b')]);
    }
}
