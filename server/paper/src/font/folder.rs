//! What is in the font folders: families of upright text faces, in the order in which they are asked.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use harfrust::{Font, Tag, font::attribute::Style, font::name::NameId};

use super::face::{Directory, Face, Whole, lazy_font};

/// Deeper folders and more files than this are not a system's fonts.
const DEEPEST: usize = 8;
const MOST_FILES: usize = 20_000;
const MOST_FACES: u32 = 64;
const MOST_TABLES: u16 = 256;

/// The weights of one family.
#[derive(Debug)]
pub(super) struct Family {
    pub(super) name: String,
    regular: Option<Arc<Face>>,
    bold: Option<Arc<Face>>,
}

impl Family {
    /// The weight that is asked for, or the one there is.
    pub(super) fn face(&self, bold: bool) -> Option<&Arc<Face>> {
        if bold {
            self.bold.as_ref().or(self.regular.as_ref())
        } else {
            self.regular.as_ref().or(self.bold.as_ref())
        }
    }

    /// Both weights must have it, or a heading would lack what a text has.
    pub(super) fn covers(&self, character: char) -> bool {
        let mut faces = self.regular.iter().chain(&self.bold).peekable();
        faces.peek().is_some() && faces.all(|face| face.covers(character))
    }
}

/// The families in `folders`, best first: in the folders' order, plain Noto Sans before other sans-serifs before the rest,
/// and by name, so that the same machine always chooses the same.
pub(super) fn families(folders: &[PathBuf]) -> Vec<Family> {
    let mut families = BTreeMap::new();
    let mut left = MOST_FILES;
    for (place, folder) in folders.iter().enumerate() {
        for path in files(folder, DEEPEST, &mut left) {
            for found in faces(&path) {
                let key = (place, rank(&found.family), found.family.clone());
                let family = families.entry(key).or_insert_with(|| Family {
                    name: found.family,
                    regular: None,
                    bold: None,
                });
                let slot = if found.face.weight == 700 {
                    &mut family.bold
                } else {
                    &mut family.regular
                };
                slot.get_or_insert_with(|| Arc::new(found.face));
            }
        }
    }
    tracing::debug!(families = families.len(), "read the font folders");
    families.into_values().collect()
}

fn rank(family: &str) -> u8 {
    let beside = ["Serif", "Mono", "UI", "Display", "Looped", "Symbols", "Math"];
    let plain = !beside.iter().any(|word| family.contains(word));
    match (plain, family.starts_with("Noto Sans"), family.contains("Sans")) {
        (true, true, _) => 0,
        (true, false, true) => 1,
        (true, false, false) => 2,
        (false, _, _) => 3,
    }
}

/// Font files below `folder`, sorted; folders that can't be read hold none.
fn files(folder: &Path, deepest: usize, left: &mut usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            if deepest > 0 {
                files.extend(self::files(&path, deepest - 1, left));
            }
            continue;
        }
        let extension = path
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        let is_font = ["ttf", "otf", "ttc", "otc"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known));
        if is_font && *left > 0 {
            *left -= 1;
            files.push(path);
        }
    }
    files
}

struct Found {
    family: String,
    face: Face,
}

/// The faces of a file that text can be set in.
fn faces(path: &Path) -> Vec<Found> {
    let Some(directories) = directories(path) else {
        return Vec::new();
    };
    let whole = Whole::default();
    let faces = directories.into_iter().zip(0..).filter_map(|(directory, index)| {
        let has = |tag: &[u8; 4]| directory.iter().any(|(other, _, _)| *other == Tag::new(tag));
        // Bitmap fonts have no outlines, and nothing here cuts CFF2 down.
        if !(has(b"glyf") || has(b"CFF ")) || !has(b"cmap") {
            return None;
        }
        let font = lazy_font(path.to_owned(), directory)?;
        let attributes = font.default_attributes();
        let weight = attributes.weight.value() as u16;
        let fixed = font.style_metrics().is_fixed_pitch.unwrap_or(false);
        if attributes.style != Style::Normal || attributes.width.ratio() != 1.0 || !matches!(weight, 400 | 700) || fixed
        {
            return None;
        }
        let family = name(&font, NameId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(&font, NameId::FAMILY_NAME))?;
        let own = name(&font, NameId::POSTSCRIPT_NAME).unwrap_or_else(|| family.clone());
        Some(Found {
            face: Face::in_file(path.to_owned(), whole.clone(), index, font, &own, weight),
            family,
        })
    });
    faces.collect()
}

fn name(font: &Font, id: NameId) -> Option<String> {
    let name = font
        .names()
        .get(id)?
        .english_or_first()?
        .name()
        .chars()
        .take(100)
        .collect::<String>();
    (!name.is_empty()).then_some(name)
}

/// Where the tables of each face of a file are.
fn directories(path: &Path) -> Option<Vec<Directory>> {
    let mut file = File::open(path).ok()?;
    let mut head = [0; 12];
    file.read_exact(&mut head).ok()?;
    if &head[..4] != b"ttcf" {
        return Some(vec![directory(&mut file, 0)?]);
    }
    let count = u32::from_be_bytes(head[8..].try_into().ok()?).min(MOST_FACES);
    let mut offsets = vec![0; count as usize * 4];
    file.read_exact(&mut offsets).ok()?;
    let offsets = offsets
        .chunks_exact(4)
        .filter_map(|bytes| bytes.try_into().ok())
        .map(u32::from_be_bytes);
    offsets.map(|offset| directory(&mut file, offset)).collect()
}

fn directory(file: &mut File, offset: u32) -> Option<Directory> {
    let mut head = [0; 12];
    file.seek(SeekFrom::Start(u64::from(offset))).ok()?;
    file.read_exact(&mut head).ok()?;
    let tables = u16::from_be_bytes([head[4], head[5]]).min(MOST_TABLES);
    let mut records = vec![0; usize::from(tables) * 16];
    file.read_exact(&mut records).ok()?;
    let records = records.chunks_exact(16).map(|record| {
        let number = |at: usize| Some(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?));
        let tag: [u8; 4] = record.get(..4)?.try_into().ok()?;
        Some((Tag::new(&tag), number(8)?, number(12)?))
    });
    records.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_fonts_are_passed_over() {
        let folder = tempfile::tempdir().expect("folder");
        for (name, bytes) in [
            ("empty.ttf", &b""[..]),
            ("short.otf", b"OTTO\0\xff"),
            ("wild.ttc", b"ttcf\0\x01\0\0\xff\xff\xff\xff"),
            ("text.txt", b"text"),
        ] {
            fs::write(folder.path().join(name), bytes).expect(name);
        }
        assert!(families(&[folder.path().to_owned(), PathBuf::from("/nowhere")]).is_empty());
    }

    #[test]
    fn a_font_file_is_found_by_its_family_and_weight() {
        let folder = tempfile::tempdir().expect("folder");
        fs::create_dir(folder.path().join("deep")).expect("deep");
        fs::write(folder.path().join("deep/a.TTF"), notosans::REGULAR_TTF).expect("regular");
        fs::write(folder.path().join("b.ttf"), notosans::BOLD_TTF).expect("bold");
        fs::write(folder.path().join("c.ttf"), notosans::ITALIC_TTF).expect("italic");
        let families = families(&[folder.path().to_owned()]);
        let [family] = &families[..] else {
            panic!("{families:?}")
        };
        assert_eq!(family.name, "Noto Sans");
        assert!(family.covers('é') && !family.covers('漢'));
        assert_eq!(family.face(true).map(|face| face.weight), Some(700));
        assert_eq!(family.face(false).map(|face| face.weight), Some(400));
    }
}
