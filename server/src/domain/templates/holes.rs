//! The places of a template that values are put into: `{{name}}`, or `{{name|shell}}` for one word of a shell's command.
//!
//! For reading the template as YAML each is disguised as letters of the same number, so that places in the disguised
//! text are places in the template. What does not name anything, such as the `{{.Names}}` of other programs, is text.

/// Stand for a brace that opens, one that closes, and a space between them. No text that is kept has them.
const DISGUISE: [char; 3] = ['\u{E000}', '\u{E001}', '\u{E002}'];

/// A place for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole {
    /// The variable's name, as it was written.
    pub(super) name: String,
    pub(super) into: Into,
}

/// What the value is made into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Into {
    /// Itself.
    Value,
    /// One word of a shell's command, whatever is in it.
    ShellWord,
    /// Nobody knows this.
    Unknown(String),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Hole(Hole),
}

/// Whether a text has signs in it that are needed for the disguise.
pub(super) fn has_disguise(text: &str) -> bool {
    text.contains(DISGUISE)
}

/// The text with its holes disguised.
pub(super) fn disguised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match hole_at(from) {
            Some((_, length)) => {
                let (hole, after) = from.split_at(length);
                out.extend(hole.chars().map(|sign| match sign {
                    '{' => DISGUISE[0],
                    '}' => DISGUISE[1],
                    ' ' => DISGUISE[2],
                    other => other,
                }));
                rest = after;
            }
            None => {
                let (brace, after) = from.split_at(1);
                out.push_str(brace);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// As it was before.
pub(super) fn undisguised(text: &str) -> String {
    let sign = |sign| match sign {
        sign if sign == DISGUISE[0] => '{',
        sign if sign == DISGUISE[1] => '}',
        sign if sign == DISGUISE[2] => ' ',
        other => other,
    };
    text.chars().map(sign).collect()
}

/// The pieces of a disguised text; none: it has no hole.
pub(super) fn pieces(disguised: &str) -> Option<Vec<Piece>> {
    if !disguised.contains(DISGUISE[0]) {
        return None;
    }
    let (plain, mut pieces) = (undisguised(disguised), Vec::new());
    // What is disguised is a hole; other braces look the same again, and are told apart by the disguise.
    let is_hole: Vec<usize> = disguised
        .char_indices()
        .filter(|(_, sign)| *sign == DISGUISE[0])
        .step_by(2)
        .map(|(at, _)| undisguised(disguised.get(..at).unwrap_or_default()).len())
        .collect();
    let mut from = 0;
    for at in is_hole {
        let Some((hole, length)) = plain.get(at..).and_then(hole_at) else {
            continue;
        };
        let before = plain.get(from..at).unwrap_or_default();
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Hole(hole));
        from = at + length;
    }
    let after = plain.get(from..).unwrap_or_default();
    if !after.is_empty() {
        pieces.push(Piece::Text(after.to_owned()));
    }
    Some(pieces)
}

/// The hole that a text begins with, and how many bytes it has.
fn hole_at(text: &str) -> Option<(Hole, usize)> {
    let inner = text.strip_prefix("{{")?;
    let (inner, _) = inner.split_once("}}")?;
    let allowed = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | ' ' | '|');
    if inner.len() > 80 || !inner.chars().all(allowed) {
        return None;
    }
    let (name, filter) = match inner.split_once('|') {
        Some((name, filter)) => (name.trim(), Some(filter.trim())),
        None => (inner.trim(), None),
    };
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let into = match filter {
        None => Into::Value,
        Some("shell") => Into::ShellWord,
        Some(other) => Into::Unknown(other.to_owned()),
    };
    let name = name.to_owned();
    Some((Hole { name, into }, inner.len() + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole(name: &str, into: Into) -> Piece {
        Piece::Hole(Hole {
            name: name.to_owned(),
            into,
        })
    }

    #[test]
    fn a_disguised_text_is_as_long_and_comes_back() {
        let text = "a: {{ name }} # {{name}}\nb: \"x{{name|shell}}y\" {{.Names}} {{}} {{ ü }} {{{name}}";
        let hidden = disguised(text);
        assert_eq!(hidden.chars().count(), text.chars().count());
        assert_eq!(undisguised(&hidden), text);
        assert!(hidden.contains("{{.Names}} {{}} {{ ü }} {"));
    }

    #[test]
    fn the_pieces_are_text_and_holes() {
        let of = |text: &str| pieces(&disguised(text));
        assert_eq!(of("no {{.Hole}}"), None);
        assert_eq!(of("{{ a }}"), Some(vec![hole("a", Into::Value)]));
        let all = of("é {{ x }} {{a|shell}}{{b | loud}} {{.N}} {{a}}").unwrap();
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            all,
            [
                text("é "),
                hole("x", Into::Value),
                text(" "),
                hole("a", Into::ShellWord),
                hole("b", Into::Unknown("loud".to_owned())),
                text(" {{.N}} "),
                hole("a", Into::Value),
            ]
        );
    }

    #[test]
    fn a_brace_more_before_a_hole_is_text() {
        let all = pieces(&disguised("{{{a}}}")).unwrap();
        assert_eq!(all.len(), 3, "{all:?}");
    }
}
