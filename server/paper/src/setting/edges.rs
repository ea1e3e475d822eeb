//! What is on every page: the header, and the footer with the page's number.

use super::{hairline, kinds};
use crate::{
    block::Align,
    colour::HAIRLINE,
    document::Document,
    page::Canvas,
    text::{Line, Words},
};

/// Draws header and footer on all pages.
pub(super) fn draw(document: &Document, words: &Words<'_>, canvas: &mut Canvas, digest: &str) {
    let paper = document.paper;
    let (left, width) = (paper.side, paper.measure());
    let kind = kinds::EDGE;
    let line = |text: &str, share: f32| words.line(&text.replace('\n', " "), kind.style, width * share);
    let header = (line(&document.header.left, 0.48), line(&document.header.right, 0.48));
    let footer = line(&document.footer.left, 0.7);
    let below = line(&document.footer.below.replace("{digest}", digest), 1.0);
    let pages = canvas.pages.len();
    let put = |canvas: &mut Canvas, line: &Line, align: Align, top: f32| {
        canvas.text(line, kind.style.size, kind.colour, align, (left, width), kind.base(top));
    };
    for page in 0..pages {
        let has_masthead = canvas.pages[page].has_masthead;
        let number = document.footer.page.replace("{pages}", &pages.to_string());
        let number = line(&number.replace("{page}", &(page + 1).to_string()), 0.28);
        canvas.on_page(page, |canvas| {
            canvas.artifact(|canvas| {
                let has_header = header.0.width > 0.0 || header.1.width > 0.0;
                if has_header && !has_masthead {
                    let top = paper.top - 32.0;
                    put(canvas, &header.0, Align::Start, top);
                    put(canvas, &header.1, Align::End, top);
                    hairline(canvas, HAIRLINE, left, top + 15.0, width);
                }
                let top = paper.height - paper.bottom + 18.0;
                hairline(canvas, HAIRLINE, left, top, width);
                put(canvas, &footer, Align::Start, top + 5.0);
                put(canvas, &number, Align::End, top + 5.0);
                put(canvas, &below, Align::Start, top + 5.0 + kind.leading);
            });
        });
    }
}
