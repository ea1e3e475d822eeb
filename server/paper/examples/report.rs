//! Writes sample reports: `report FOLDER` makes `short.pdf` and `long.pdf` in it; `report --measure` says what a document
//! of two pages costs.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::path::PathBuf;

use paper::{Document, Fonts, typeset};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let argument = std::env::args().nth(1).ok_or("a folder, or --measure")?;
    let fonts = Fonts::load(&[]);
    if argument == "--measure" {
        measure("two pages", &sample::two_pages(), &fonts)?;
        measure(
            "two pages of many scripts",
            &sample::two_pages_of_many_scripts(),
            &fonts,
        )?;
        return measure("twelve pages", &sample::twelve_pages(), &fonts);
    }
    let folder = PathBuf::from(argument);
    std::fs::create_dir_all(&folder)?;
    for (name, document) in [
        ("short", sample::one_page()),
        ("two", sample::two_pages()),
        ("scripts", sample::two_pages_of_many_scripts()),
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

fn measure(name: &str, document: &Document, fonts: &Fonts) -> Result<(), Box<dyn std::error::Error>> {
    let start = processor_time()?;
    let paper = typeset(document, fonts)?;
    let first = processor_time()? - start;
    let runs = 200;
    let start = processor_time()?;
    for _ in 0..runs {
        typeset(document, fonts)?;
    }
    let each = (processor_time()? - start) / f64::from(runs);
    let size = paper.bytes.len();
    println!(
        "{name}: {} pages, {size} bytes; CPU: first {first:.1} ms, then {each:.2} ms each",
        paper.pages
    );
    Ok(())
}

/// What this thread has used of a processor, in milliseconds: the clock on the wall counts others too.
fn processor_time() -> Result<f64, Box<dyn std::error::Error>> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let used: f64 = times.split(' ').next().ok_or("no time")?.parse()?;
    Ok(used / 1e6)
}
