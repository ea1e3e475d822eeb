//! Prepares `style/` and `public/` for embedding: one style sheet, hashed names, compressed beforehand.

#![expect(clippy::expect_used, reason = "a build script tells of its failures by panicking")]

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

/// Style sheets that must come first, in this order; the others follow by name.
const FIRST: [&str; 3] = ["tokens.css", "base.css", "layout.css"];

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut files = vec![("style.css".to_owned(), style_sheet(&root.join("style")))];
    collect(&root.join("public"), "", &mut files);
    let entries: String = files.iter().map(|(name, bytes)| entry(&out, name, bytes)).collect();
    fs::write(
        out.join("files.rs"),
        format!("pub static FILES: &[Asset] = &[{entries}];"),
    )
    .expect("OUT_DIR is ours");
}

/// All of `style/` in one sheet.
fn style_sheet(folder: &Path) -> Vec<u8> {
    let mut names: Vec<String> = names(folder)
        .into_iter()
        .filter(|name| name.ends_with(".css"))
        .collect();
    names.sort_by_key(|name| {
        (
            FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len()),
            name.clone(),
        )
    });
    let mut sheet = Vec::new();
    for name in names {
        sheet.extend(fs::read(folder.join(name)).expect("listed above"));
        sheet.push(b'\n');
    }
    sheet
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else {
            files.push((format!("{prefix}{name}"), fs::read(&path).expect("listed above")));
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// The Rust text of one file's entry, after writing its variants.
fn entry(out: &Path, name: &str, bytes: &[u8]) -> String {
    let digest: String = Sha256::digest(bytes)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let hashed = format!("{stem}-{digest}.{extension}");
    let file = hashed.replace('/', "_");
    let write = |suffix: &str, bytes: &[u8]| {
        let path = out.join(format!("{file}{suffix}"));
        fs::write(&path, bytes).expect("OUT_DIR is ours");
        format!("include_bytes!({:?})", path.display().to_string())
    };
    let plain = write("", bytes);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("memory takes it");
    let gzip = gzip.finish().expect("memory takes it");
    let mut brotli = Vec::new();
    let params = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &params).expect("memory takes it");
    let smaller = |suffix: &str, packed: &[u8]| {
        if packed.len() < bytes.len() {
            format!("Some({})", write(suffix, packed))
        } else {
            "None".to_owned()
        }
    };
    format!(
        "Asset {{ name: {name:?}, hashed: {hashed:?}, content_type: {:?}, plain: {plain}, gzip: {}, brotli: {} }},\n",
        content_type(extension),
        smaller(".gz", &gzip),
        smaller(".br", &brotli),
    )
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
