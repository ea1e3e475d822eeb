//! Putting values into a template, so that no value can become anything but a value.
//!
//! The template is read as YAML first. Each text with a place in it is written anew, quoted as YAML wants it; the rest
//! stays as it is, comments and all. At the end the result is read again: it must be the same document, part by part,
//! with the values in their places. If it is not, nothing comes out.

use super::{
    holes::{self, Into, Piece},
    variables::{Value, Values},
    yaml::{self, Data, Node, Style},
};

/// Why nothing came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The template itself is no YAML, or names what there is not.
    #[error("the template can't be read")]
    Template,
    /// A place where no value can be put without becoming something else.
    #[error("a value can't be put where the template wants it")]
    Place,
    /// More characters than may be sent.
    #[error("the text is too long")]
    TooLong,
}

/// The text with the values in it, of at most `most` characters.
pub(super) fn fill(text: &str, values: &Values, most: usize) -> Result<String, Unfit> {
    let hidden = holes::disguised(text);
    let tree = yaml::read(&hidden).map_err(|_| Unfit::Template)?;
    let Some(tree) = tree else {
        return Ok(holes::undisguised(&hidden));
    };
    let signs: Vec<char> = hidden.chars().collect();
    let (mut out, mut from, mut failed) = (String::with_capacity(text.len()), 0, None);
    tree.walk(&mut |node| {
        let Data::Text { value, style } = &node.data else {
            return;
        };
        let Some(pieces) = holes::pieces(value) else { return };
        match written(node, *style, &pieces, values, &signs) {
            Ok((end, new)) if node.start >= from => {
                out.extend(signs.get(from..node.start).unwrap_or_default());
                out.push_str(&new);
                from = end;
            }
            Ok(_) => failed = Some(Unfit::Place),
            Err(unfit) => failed = Some(unfit),
        }
    });
    if let Some(unfit) = failed {
        return Err(unfit);
    }
    out.extend(signs.get(from..).unwrap_or_default());
    let out = holes::undisguised(&out);
    if out.chars().count() > most {
        return Err(Unfit::TooLong);
    }
    let made = yaml::read(&out).map_err(|_| Unfit::Place)?.ok_or(Unfit::Place)?;
    if is_filled(&tree, &made, values) {
        Ok(out)
    } else {
        Err(Unfit::Place)
    }
}

/// A text as it shall be written, and where the one in its place ends.
fn written(
    node: &Node,
    style: Style,
    pieces: &[Piece],
    values: &Values,
    signs: &[char],
) -> Result<(usize, String), Unfit> {
    if style == Style::Block {
        let text = filled(pieces, values)?;
        let block = Block::at(node.start, signs).ok_or(Unfit::Place)?;
        let new = block.written(&text).unwrap_or_else(|| quoted(&text));
        return Ok((block.end, new));
    }
    let new = match (style, pieces) {
        (Style::Plain, [Piece::Hole(hole)]) if hole.into == Into::Value => {
            match values.of(&hole.name).ok_or(Unfit::Template)? {
                Value::Nothing => "null".to_owned(),
                Value::Text(text) => quoted(text),
                Value::Number(number) => number.to_string(),
                Value::YesNo(yes) => yes.to_string(),
                Value::List(items) => {
                    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
                    format!("[{}]", items.join(", "))
                }
            }
        }
        _ => quoted(&filled(pieces, values)?),
    };
    Ok((node.end, new))
}

/// The text of the pieces.
fn filled(pieces: &[Piece], values: &Values) -> Result<String, Unfit> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Hole(hole) => {
                let value = match values.of(&hole.name).ok_or(Unfit::Template)? {
                    Value::Nothing => String::new(),
                    Value::Text(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::YesNo(yes) => yes.to_string(),
                    Value::List(items) => items.join("\n"),
                };
                match hole.into {
                    Into::Value => text.push_str(&value),
                    Into::ShellWord => text.push_str(&shell_word(&value)),
                    Into::Unknown(_) => return Err(Unfit::Template),
                }
            }
        }
    }
    Ok(text)
}

/// One word of a shell's command: nothing means anything between single quotes.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Between double quotes, with all that is not plainly visible written as its number.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(sign),
            sign if sign.is_alphanumeric() => out.push(sign),
            sign if u32::from(sign) > 0xFFFF => out.push_str(&format!("\\U{:08X}", u32::from(sign))),
            sign => out.push_str(&format!("\\u{:04X}", u32::from(sign))),
        }
    }
    out.push('"');
    out
}

/// A block of lines below a `|` or `>`.
struct Block {
    /// Spaces before each line.
    indent: usize,
    /// Where it ends, in characters: behind its last line.
    end: usize,
}

impl Block {
    fn at(start: usize, signs: &[char]) -> Option<Self> {
        let after = signs.get(start..)?;
        let header = after.iter().position(|sign| *sign == '\n')?;
        let mut at = start + header;
        let (mut indent, mut end) = (None, at);
        // Line by line, as long as they are empty or as far from the left as the first that is not.
        while let Some('\n') = signs.get(at) {
            let line: &[char] = signs.get(at + 1..)?;
            let length = line.iter().position(|sign| *sign == '\n').unwrap_or(line.len());
            let line = line.get(..length)?;
            let spaces = line.iter().take_while(|sign| **sign == ' ').count();
            if spaces < length {
                if spaces < *indent.get_or_insert(spaces) {
                    break;
                }
                end = at + 1 + length;
            }
            at += 1 + length;
        }
        Some(Self { indent: indent?, end })
    }

    /// The text as such a block; nothing where a block can't say it.
    fn written(&self, text: &str) -> Option<String> {
        let body = text.trim_end_matches('\n');
        let more = text.len() - body.len();
        let first = body.lines().find(|line| !line.is_empty())?;
        let is_plain = |sign: char| {
            matches!(sign, '\n' | '\t') || !(sign.is_control() || "\u{2028}\u{2029}\u{FEFF}".contains(sign))
        };
        if self.indent == 0 || first.starts_with([' ', '\t']) || !text.chars().all(is_plain) {
            return None;
        }
        let mut out = String::from(match more {
            0 => "|-",
            1 => "|",
            _ => "|+",
        });
        for line in body.split('\n') {
            out.push('\n');
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', self.indent));
                out.push_str(line);
            }
        }
        out.extend(std::iter::repeat_n('\n', more.saturating_sub(1)));
        Some(out)
    }
}

/// Whether `made` is `template` with the values in their places, and nothing else.
fn is_filled(template: &Node, made: &Node, values: &Values) -> bool {
    match (&template.data, &made.data) {
        (Data::Alias, Data::Alias) => true,
        (Data::List(all), Data::List(others)) => {
            all.len() == others.len() && all.iter().zip(others).all(|(one, other)| is_filled(one, other, values))
        }
        (Data::Map(all), Data::Map(others)) => {
            let same = |(one, other): (&(Node, Node), &(Node, Node))| {
                is_filled(&one.0, &other.0, values) && is_filled(&one.1, &other.1, values)
            };
            all.len() == others.len() && all.iter().zip(others).all(same)
        }
        (Data::Text { value, style }, data) => {
            let Some(pieces) = holes::pieces(value) else {
                return matches!(data, Data::Text { value: other, style: others } if other == value && others == style);
            };
            let is_text =
                |text: &str| matches!(data, Data::Text { value, style } if value == text && *style != Style::Plain);
            let is_plain = |text: &str| matches!(data, Data::Text { value, style: Style::Plain } if value == text);
            match (style, pieces.as_slice()) {
                (Style::Plain, [Piece::Hole(hole)]) if hole.into == Into::Value => match values.of(&hole.name) {
                    Some(Value::Nothing) => is_plain("null"),
                    Some(Value::Text(text)) => is_text(text),
                    Some(Value::Number(number)) => is_plain(&number.to_string()),
                    Some(Value::YesNo(yes)) => is_plain(if *yes { "true" } else { "false" }),
                    Some(Value::List(items)) => match data {
                        Data::List(made) => {
                            made.len() == items.len()
                                && made.iter().zip(items).all(|(made, item)| made.text() == Some(item))
                        }
                        _ => false,
                    },
                    None => false,
                },
                (_, pieces) => filled(pieces, values).is_ok_and(|text| is_text(&text)),
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(pairs: &[(&str, Value)]) -> Values {
        Values {
            by_name: pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            ..Values::default()
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    const TEMPLATE: &str = "#cloud-config\n# for {{x}}\nhostname: {{ x }}  # why\nfqdn: '{{x}}.example'\nport: {{n}}\non: {{y}}\n\
        keys: {{k}}\nwrite_files:\n- path: \"/etc/{{x}}\"\n  content: |\n    name = {{x}}\n\n    {{k}}\n    \"{{x|shell}}\"\n\n- path: /b\n  \
        content: >-\n      folded\n      {{x}}\nruncmd:\n  - echo {{x}} && {{.Go}}\n  - [sh, -c, {{x}}]\nk_{{x}}: last\n";

    #[test]
    fn values_stand_where_they_shall_and_the_rest_stays() {
        let keys = Value::List(vec!["ssh-rsa A b".to_owned(), "ssh-rsa C \"d\"".to_owned()]);
        let values = values(&[
            ("x", text("web")),
            ("n", Value::Number(-1)),
            ("y", Value::YesNo(false)),
            ("k", keys),
        ]);
        let made = fill(TEMPLATE, &values, 10_000).unwrap();
        let expected = "#cloud-config\n# for {{x}}\nhostname: \"web\"  # why\nfqdn: \"web.example\"\nport: -1\non: false\n\
            keys: [\"ssh-rsa A b\", \"ssh-rsa C \\\"d\\\"\"]\nwrite_files:\n- path: \"/etc/web\"\n  content: |\n    name = web\n\n    \
            ssh-rsa A b\n    ssh-rsa C \"d\"\n    \"'web'\"\n\n- path: /b\n  content: |-\n      folded web\nruncmd:\n  \
            - \"echo web && {{.Go}}\"\n  - [sh, -c, \"web\"]\n\"k_web\": last\n";
        assert_eq!(made, expected);
    }

    #[test]
    fn no_value_becomes_anything_else() {
        let hostile = [
            "\" : injected",
            "a\": b\nruncmd: [reboot]",
            "a\n  - b",
            "x # not a comment",
            "{a: b}",
            "[1, 2]",
            "*alias",
            "&anchor x",
            "!!python/object:os.system",
            "| literal",
            "> folded",
            "%YAML 1.2",
            "---",
            "...",
            "- dash",
            "? key",
            "'single' \"double\" \\n \\",
            "yes",
            "null",
            "hostname",
            "0x10",
            "1e3",
            "",
            "   spaces   ",
            " leading",
            "\ttab",
            "ü ß 漢字 🦀 \u{a0} \u{85}",
            "{{n}} {{x|shell}}",
            "$(reboot); `reboot`",
            "it's",
            "line one\n\nline three\n",
            "\n\n  deeper\nback",
        ];
        for value in hostile {
            let keys = Value::List(vec![value.to_owned()]);
            let values = values(&[
                ("x", text(value)),
                ("n", Value::Number(1)),
                ("y", Value::YesNo(true)),
                ("k", keys),
            ]);
            let made = fill(TEMPLATE, &values, 10_000).unwrap_or_else(|unfit| panic!("{value:?}: {unfit}"));
            let tree = yaml::read(&made).unwrap().unwrap();
            assert_eq!(tree.get("hostname").unwrap().text(), Some(value), "{made}");
            let Data::Map(pairs) = &tree.data else { panic!() };
            assert_eq!(pairs.len(), 8, "{made}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_can_be_typed_breaks_out(value in "\\PC{0,60}", other in "([ \\t\\n:#'\"{}\\[\\]|>&*!%@`,?-]|[a-z]){0,40}") {
            for value in [value, other] {
                let list = Value::List(vec![value.clone()]);
                let values = values(&[("x", text(&value)), ("n", Value::Number(1)), ("y", Value::YesNo(true)), ("k", list)]);
                if !holes::has_disguise(&value) {
                    // What can't be put in is refused, never changed: reading it again is part of filling it.
                    let made = fill(TEMPLATE, &values, 10_000);
                    prop_assert!(made.is_ok(), "{:?}", value);
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_or_too_long_gives_nothing() {
        assert_eq!(fill("a: {{x}}\n", &Values::default(), 100), Err(Unfit::Template));
        assert_eq!(
            fill("a: [{{x}}\n", &values(&[("x", text("1"))]), 100),
            Err(Unfit::Template)
        );
        assert_eq!(
            fill("a: {{x}}\n", &values(&[("x", text("1234567"))]), 10),
            Err(Unfit::TooLong)
        );
        assert_eq!(fill("# {{x}}\n", &Values::default(), 100).as_deref(), Ok("# {{x}}\n"));
    }

    #[test]
    fn a_shell_word_is_one_word() {
        assert_eq!(shell_word("a'; rm -rf / #"), r"'a'\''; rm -rf / #'");
    }
}
