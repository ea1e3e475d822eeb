//! Which font has a character: the two built in, then whatever the font folders hold.
//!
//! Once per process. The folders are read when the first character comes that the built-in fonts lack, and of each file
//! only the tables that are asked for; a whole file only when its glyphs are put into a document.

mod face;
mod folder;

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

pub(crate) use face::Face;
use folder::Family;

/// Where Debian's packages and people put fonts.
const SYSTEM_FOLDERS: [&str; 2] = ["/usr/share/fonts", "/usr/local/share/fonts"];

/// The fonts of a process.
#[derive(Debug)]
pub struct Fonts {
    regular: Arc<Face>,
    bold: Arc<Face>,
    folders: Vec<PathBuf>,
    families: OnceLock<Vec<Family>>,
    /// Which family has a character, by its region's form; `None`: none has it.
    known: Mutex<HashMap<(char, Region), Option<usize>>>,
}

impl Fonts {
    /// The built-in fonts, and those in `folders` before the system's.
    pub fn load(folders: &[PathBuf]) -> Self {
        let mut all = folders.to_vec();
        all.extend(SYSTEM_FOLDERS.map(PathBuf::from));
        Self::of(all)
    }

    /// The built-in fonts alone.
    pub fn built_in() -> Self {
        Self::of(Vec::new())
    }

    fn of(folders: Vec<PathBuf>) -> Self {
        Self {
            regular: Arc::new(Face::built_in("NotoSans-Regular", notosans::REGULAR_TTF, 400)),
            bold: Arc::new(Face::built_in("NotoSans-Bold", notosans::BOLD_TTF, 700)),
            folders,
            families: OnceLock::new(),
            known: Mutex::new(HashMap::new()),
        }
    }

    pub(crate) fn built_in_face(&self, bold: bool) -> &Arc<Face> {
        if bold { &self.bold } else { &self.regular }
    }

    /// A font that has all of `cluster`, or at least what it begins with. `None`: no font has it.
    pub(crate) fn face(&self, cluster: &str, bold: bool, region: Region) -> Option<&Arc<Face>> {
        let built_in = self.built_in_face(bold);
        let mut seen = cluster.chars().filter(|character| !is_ignorable(*character));
        let Some(first) = seen.next() else {
            return Some(built_in);
        };
        let rest: Vec<char> = seen.collect();
        if built_in.covers(first) && rest.iter().all(|character| built_in.covers(*character)) {
            return Some(built_in);
        }
        let found = self.family(first, &rest, region).and_then(|family| family.face(bold));
        // A font that has the letter and not its accents is better than none.
        found.or_else(|| built_in.covers(first).then_some(built_in))
    }

    fn family(&self, first: char, rest: &[char], region: Region) -> Option<&Family> {
        let families = self.families.get_or_init(|| folder::families(&self.folders));
        let known = |character| {
            // A poisoned map is a cache all the same.
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            *known
                .entry((character, region))
                .or_insert_with(|| Self::first_with(families, character, region))
        };
        let has_all = |family: &&Family| rest.iter().all(|character| family.covers(*character));
        let of_first = known(first).and_then(|index| families.get(index))?;
        if has_all(&of_first) {
            return Some(of_first);
        }
        let other = families.iter().find(|family| family.covers(first) && has_all(family));
        Some(other.unwrap_or(of_first))
    }

    fn first_with(families: &[Family], character: char, region: Region) -> Option<usize> {
        let mut with = (0..families.len())
            .filter(|index| families[*index].covers(character))
            .peekable();
        let any = with.peek().copied();
        with.find(|index| families[*index].name.ends_with(region.suffix()))
            .or(any)
    }
}

/// Whose form of a shared Chinese character to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    Simplified,
    Traditional,
    Japan,
    Korea,
}

impl Region {
    /// As a document's language says, or as the text itself gives away by kana or hangul.
    pub(crate) fn of(language: &str, text: &str) -> Self {
        let language = language.to_ascii_lowercase();
        let kana = |character| matches!(character, '\u{3040}'..='\u{30ff}');
        let hangul = |character| matches!(character, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}');
        if text.contains(kana) {
            Self::Japan
        } else if text.contains(hangul) {
            Self::Korea
        } else if language.starts_with("ja") {
            Self::Japan
        } else if language.starts_with("ko") {
            Self::Korea
        } else if language.starts_with("zh") && ["hant", "tw", "hk", "mo"].iter().any(|part| language.contains(part)) {
            Self::Traditional
        } else {
            Self::Simplified
        }
    }

    /// How Noto and Source Han end the names of their regional families.
    fn suffix(self) -> &'static str {
        match self {
            Self::Simplified => " SC",
            Self::Traditional => " TC",
            Self::Japan => " JP",
            Self::Korea => " KR",
        }
    }
}

/// Characters that are not meant to be seen, whether a font has them or not.
fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_fonts_have_latin_greek_and_cyrillic_in_both_weights() {
        let fonts = Fonts::built_in();
        for bold in [false, true] {
            for cluster in ["A", "ß", "ő", "Ω", "Ж", "€", "–", "…", "−", "×"] {
                let face = fonts.face(cluster, bold, Region::Simplified).expect(cluster);
                assert!(Arc::ptr_eq(face, fonts.built_in_face(bold)), "{cluster}");
            }
        }
    }

    #[test]
    fn what_no_font_has_is_in_none_and_what_is_not_to_be_seen_is_in_any() {
        let fonts = Fonts::built_in();
        assert!(fonts.face("漢", false, Region::Simplified).is_none());
        assert!(fonts.face("\u{202e}", false, Region::Simplified).is_some());
    }

    #[test]
    fn a_text_with_kana_is_japanese_whatever_its_document_is() {
        assert_eq!(Region::of("en", "東京タワー"), Region::Japan);
        assert_eq!(Region::of("en", "서울"), Region::Korea);
        assert_eq!(Region::of("zh-Hant-TW", "臺北"), Region::Traditional);
        assert_eq!(Region::of("en", "北京"), Region::Simplified);
        assert_eq!(Region::of("ja", "東京"), Region::Japan);
    }
}
