//! The catalogue: every text a visitor reads, by key, in the language of the page.
//!
//! Texts are Fluent files in `app/locales/<language>/`; a further language is a further folder, and a key
//! that it lacks is shown in English. Texts without values are resolved once and then only looked up.
//! Not here: what a tenant typed, and messages of logs and commands, which are English.

use std::{
    borrow::Cow,
    cell::Cell,
    collections::HashMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use fluent_templates::{LanguageIdentifier, Loader, static_loader};

/// A value for [`t_with`]: made with `.into()` from numbers and strings.
pub use fluent_templates::fluent_bundle::FluentValue;

/// A text that is shown: a catalogue text as it is, or an owned string.
pub type Text = Cow<'static, str>;

static_loader! {
    static CATALOGUE = {
        locales: "./locales",
        fallback_language: "en",
        // The marks that isolate values for right-to-left texts show up in copied addresses and in CSV files.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The languages there are, English first, then by name.
static LANGUAGES: LazyLock<Vec<(String, LanguageIdentifier)>> = LazyLock::new(|| {
    let mut all: Vec<_> = CATALOGUE.locales().map(|id| (id.to_string(), id.clone())).collect();
    all.sort_by_key(|(name, _)| (name != "en", name.clone()));
    all
});

/// Texts by language, key and count, each resolved once. They live as long as the process: keys are
/// written in the source and counts end at 99, so the map cannot grow without end.
type Resolved = HashMap<(Lang, &'static str, Option<u8>), &'static str>;
static RESOLVED: LazyLock<RwLock<Resolved>> = LazyLock::new(RwLock::default);

thread_local! {
    /// The language of the page that this thread renders; [`crate::page::render`] sets it. A page looks up
    /// hundreds of texts, so this is a cell and not a walk through the component tree.
    static CURRENT: Cell<Lang> = const { Cell::new(Lang::ENGLISH) };
}

/// One of the catalogue's languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lang(u8);

impl Default for Lang {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl Lang {
    /// The language that always exists.
    pub const ENGLISH: Self = Self(0);

    /// The language of a code as in `Accept-Language` or a profile (`de`, `de-AT`), if there is a folder for it.
    pub fn parse(code: &str) -> Option<Self> {
        let base = code.split(['-', '_']).next().unwrap_or(code);
        let find = |wanted: &str| LANGUAGES.iter().position(|(name, _)| name.eq_ignore_ascii_case(wanted));
        find(code)
            .or_else(|| find(base))
            .and_then(|at| u8::try_from(at).ok())
            .map(Self)
    }

    /// The code for the `lang` attribute.
    pub fn code(self) -> &'static str {
        LANGUAGES
            .get(usize::from(self.0))
            .map_or("en", |(name, _)| name.as_str())
    }

    /// The text of `key`. A key that does not exist is shown as itself; a test keeps that from happening.
    pub fn t(self, key: &'static str) -> &'static str {
        self.resolved(key, None)
    }

    /// The text of `key` with its plural for `count`, which the text calls `$count`.
    pub fn t_count(self, key: &'static str, count: u64) -> Text {
        match u8::try_from(count) {
            Ok(small) if small < 100 => Cow::Borrowed(self.resolved(key, Some(small))),
            _ => Cow::Owned(self.t_with(key, &[("count", count.into())])),
        }
    }

    /// The text of `key` with values. Formatting costs microseconds: for rows of a table use [`Lang::t`] or [`Lang::t_count`].
    pub fn t_with(self, key: &'static str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let values: HashMap<_, _> = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        self.lookup(key, Some(&values))
    }

    /// What a page may tell of what was just done: the text of a key that begins with `done-`. The key comes back from
    /// the visitor's browser, so it can name no other text.
    pub fn done(self, key: &str) -> Option<String> {
        let shown = self.lookup(key, None);
        (key.starts_with("done-") && shown != key).then_some(shown)
    }

    fn resolved(self, key: &'static str, count: Option<u8>) -> &'static str {
        let at = (self, key, count);
        if let Some(text) = RESOLVED.read().unwrap_or_else(PoisonError::into_inner).get(&at) {
            return text;
        }
        let text = match count {
            None => self.lookup(key, None),
            Some(count) => self.t_with(key, &[("count", count.into())]),
        };
        let mut map = RESOLVED.write().unwrap_or_else(PoisonError::into_inner);
        map.entry(at).or_insert_with(|| Box::leak(text.into_boxed_str()))
    }

    fn lookup(self, key: &str, values: Option<&HashMap<Text, FluentValue<'_>>>) -> String {
        let lang = LANGUAGES
            .get(usize::from(self.0))
            .map_or_else(|| CATALOGUE.fallback(), |(_, id)| id);
        CATALOGUE
            .try_lookup_complete(lang, key, values)
            .unwrap_or_else(|| key.to_owned())
    }
}

/// The language of the page that is being rendered; English outside of one.
pub fn current() -> Lang {
    CURRENT.get()
}

/// Renders with `lang` as the current language, and restores the one before.
pub fn in_language<T>(lang: Lang, render: impl FnOnce() -> T) -> T {
    /// Puts the language back even if rendering panics, because the thread goes on to serve others.
    struct Restore(Lang);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _restore = Restore(CURRENT.replace(lang));
    render()
}

/// The text of `key` in the page's language. About as cheap as a map look-up.
pub fn t(key: &'static str) -> &'static str {
    current().t(key)
}

/// The text of `key` with its plural for `count`, in the page's language.
pub fn t_count(key: &'static str, count: u64) -> Text {
    current().t_count(key, count)
}

/// The text of `key` with values, in the page's language: `t_with("error-request", &[("id", id.into())])`.
pub fn t_with(key: &'static str, values: &[(&'static str, FluentValue<'_>)]) -> String {
    current().t_with(key, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn files(folder: &Path, extension: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn keys(folder: &str) -> BTreeSet<String> {
        let mut texts = Vec::new();
        files(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(folder),
            "ftl",
            &mut texts,
        );
        texts
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .collect()
    }

    fn sources() -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut texts = Vec::new();
        for folder in [root.join("src"), root.join("../server/src")] {
            files(&folder, "rs", &mut texts);
        }
        texts.join("\n")
    }

    /// The keys in calls whose key is written out. A call on its own name only: `format(` is not one.
    fn called(source: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for call in ["t(", "t_count(", "t_with("] {
            for (at, _) in source.match_indices(call) {
                let before = source[..at].chars().next_back().unwrap_or(' ');
                let rest = source[at + call.len()..].trim_start();
                if let (false, Some(literal)) = (before.is_alphanumeric() || before == '_', rest.strip_prefix('"')) {
                    let key = literal.split('"').next().unwrap_or_default();
                    // The calls that this very file searches for are not keys.
                    if key.starts_with(|c: char| c.is_ascii_lowercase()) {
                        found.insert(key.to_owned());
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_key_that_is_used_exists() {
        let known = keys("en");
        let missing: Vec<_> = called(&sources())
            .into_iter()
            .filter(|key| !known.contains(key) && !key.starts_with("no-such"))
            .collect();
        assert!(missing.is_empty(), "not in app/locales/en: {missing:?}");
    }

    #[test]
    fn every_key_is_used() {
        let source = sources();
        let unused: Vec<_> = keys("en")
            .into_iter()
            .filter(|key| !source.contains(&format!("\"{key}\"")))
            .collect();
        assert!(unused.is_empty(), "no source names: {unused:?}");
    }

    #[test]
    fn every_language_translates_only_keys_that_english_has() {
        let english = keys("en");
        for (name, _) in LANGUAGES.iter() {
            let unknown: Vec<_> = keys(name).difference(&english).cloned().collect();
            assert!(unknown.is_empty(), "{name}: {unknown:?}");
        }
    }

    #[test]
    fn a_plural_follows_its_count() {
        assert_eq!(t_count("ago-minutes", 1), "1 min ago");
        assert_eq!(t_count("form-errors", 1), "Please correct one field.");
        assert_eq!(t_count("form-errors", 3), "Please correct 3 fields.");
    }

    #[test]
    fn an_unknown_key_shows_itself_and_an_unknown_language_is_none() {
        assert_eq!(t("no-such-key"), "no-such-key");
        assert_eq!(Lang::parse("tlh"), None);
        assert_eq!(Lang::ENGLISH.done("done-no-such-key"), None);
        assert_eq!(Lang::ENGLISH.done("save"), None);
        assert_eq!(Lang::parse("en-GB"), Some(Lang::ENGLISH));
    }
}
