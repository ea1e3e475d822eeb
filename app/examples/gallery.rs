//! Writes every sample of every page as an HTML file, to be looked at in a browser:
//! `cargo run -p mainstay-app --example gallery -- target/gallery`, then serve the repository's root
//! with any static web server and open `/target/gallery/`.
//!
//! The addresses of styles and icons start at the root, as they do in the product.

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    fs::create_dir_all(&folder)?;
    // Every sheet of the kit, in any order: each file names its cascade layer.
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut sheets = Vec::new();
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        sheets.push(format!("/style/{name}").into());
    }
    sheets.sort();
    for mut sample in app::samples::all() {
        sample.page.assets.css_urls.clone_from(&sheets);
        fs::write(folder.join(sample.name).with_extension("html"), sample.html())?;
    }
    Ok(())
}
