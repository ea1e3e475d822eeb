//! Writes sample reports: `report FOLDER` makes `short.pdf` and `long.pdf` in it; `report --measure` says what a document
//! of two pages costs.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{path::PathBuf, time::Instant};

use paper::{Fonts, typeset};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let argument = std::env::args().nth(1).ok_or("a folder, or --measure")?;
    let fonts = Fonts::load(&[]);
    if argument == "--measure" {
        let document = sample::two_pages();
        let first = Instant::now();
        let paper = typeset(&document, &fonts)?;
        println!(
            "{} pages, {} bytes, first {:?}",
            paper.pages,
            paper.bytes.len(),
            first.elapsed()
        );
        let runs = 200;
        let start = Instant::now();
        for _ in 0..runs {
            typeset(&document, &fonts)?;
        }
        println!("{runs} more: {:?} each", start.elapsed() / runs);
        return Ok(());
    }
    let folder = PathBuf::from(argument);
    std::fs::create_dir_all(&folder)?;
    for (name, document) in [
        ("short", sample::one_page()),
        ("two", sample::two_pages()),
        ("long", sample::twelve_pages()),
    ] {
        let paper = typeset(&document, &fonts)?;
        println!(
            "{name}: {} pages, {} bytes, {}",
            paper.pages,
            paper.bytes.len(),
            paper.digest
        );
        std::fs::write(folder.join(name).with_extension("pdf"), paper.bytes)?;
    }
    Ok(())
}
