//! YAML as a tree that knows where each part stands in the text.
//!
//! Read by the events of a parser that follows the specification. What cloud-init would not take, though it is YAML, is
//! refused here: several documents, keys that are there twice, tags that its safe loader does not know. References to
//! anchors are kept as what they are and never followed, so that no small text becomes a huge one.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

/// How many lists and mappings may lie in each other.
const DEEPEST: usize = 40;

/// Why a text can't be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotYaml {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// In the parser's words.
    Syntax(String),
    /// A second document begins.
    SecondDocument,
    /// The key is in its mapping already.
    Twice(String),
    /// More lists and mappings in each other than anybody writes.
    TooDeep,
    /// A tag that cloud-init does not take.
    Tag(String),
}

/// One part of a document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) data: Data,
    /// From 1.
    pub(super) line: usize,
    /// Where it begins and ends, in characters. A block begins with its `|` or `>`, and ends somewhere behind its lines.
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Data {
    Text {
        value: String,
        style: Style,
    },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// What an anchor stands for.
    Alias,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is: it may mean a number, a yes or nothing.
    Plain,
    Quoted,
    /// Lines below a `|` or `>`.
    Block,
}

impl Node {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text { value, .. } => Some(value),
            Data::List(_) | Data::Map(_) | Data::Alias => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Data::Map(pairs) = &self.data else { return None };
        let found = pairs.iter().find(|(name, _)| name.text() == Some(key));
        found.map(|(_, value)| value)
    }

    /// Calls `each` with this part and all below it, as they follow each other.
    pub(super) fn walk<'n>(&'n self, each: &mut impl FnMut(&'n Self)) {
        each(self);
        match &self.data {
            Data::Text { .. } | Data::Alias => {}
            Data::List(items) => items.iter().for_each(|item| item.walk(each)),
            Data::Map(pairs) => {
                for (key, value) in pairs {
                    key.walk(each);
                    value.walk(each);
                }
            }
        }
    }
}

/// A list or mapping whose end was not read yet.
struct Open {
    is_map: bool,
    parts: Vec<Node>,
    line: usize,
    start: usize,
}

impl Open {
    fn close(self, end: usize) -> Result<Node, NotYaml> {
        let data = if self.is_map {
            let mut pairs: Vec<(Node, Node)> = Vec::with_capacity(self.parts.len() / 2);
            let mut parts = self.parts.into_iter();
            while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
                if let Some(name) = key.text()
                    && pairs.iter().any(|(there, _)| there.text() == Some(name))
                {
                    let why = Why::Twice(name.to_owned());
                    return Err(NotYaml {
                        line: key.line,
                        column: 1,
                        why,
                    });
                }
                pairs.push((key, value));
            }
            Data::Map(pairs)
        } else {
            Data::List(self.parts)
        };
        Ok(Node {
            data,
            line: self.line,
            start: self.start,
            end,
        })
    }
}

/// Reads one document; nothing where there is none.
pub(super) fn read(text: &str) -> Result<Option<Node>, NotYaml> {
    let mut parser = Parser::new_from_str(text);
    let signs: Vec<char> = text.chars().collect();
    let (mut open, mut whole, mut documents) = (Vec::<Open>::new(), None, 0);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| at(error.marker(), Why::Syntax(error.info().to_owned())))?;
        let (line, start, end) = (span.start.line(), span.start.index(), span.end.index());
        let node = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(at(&span.start, Why::SecondDocument));
                }
                continue;
            }
            Event::SequenceStart(_, ref tag) | Event::MappingStart(_, ref tag) => {
                known(tag.as_ref(), &span.start)?;
                if open.len() >= DEEPEST {
                    return Err(at(&span.start, Why::TooDeep));
                }
                let is_map = matches!(event, Event::MappingStart(..));
                open.push(Open {
                    is_map,
                    parts: Vec::new(),
                    line,
                    start,
                });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(open) => open.close(end)?,
                None => continue,
            },
            Event::Scalar(value, style, _, tag) => {
                known(tag.as_ref(), &span.start)?;
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let place = Place { line, start, end }.of(style, &signs);
                Node {
                    data: Data::Text {
                        value: value.into_owned(),
                        style,
                    },
                    line: place.line,
                    start: place.start,
                    end: place.end,
                }
            }
            Event::Alias(_) => Node {
                data: Data::Alias,
                line,
                start,
                end,
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => continue,
        };
        match open.last_mut() {
            Some(open) => open.parts.push(node),
            None => whole = Some(node),
        }
    }
    Ok(whole)
}

/// Where a text stands.
struct Place {
    line: usize,
    start: usize,
    end: usize,
}

impl Place {
    /// The parser has quoted texts end before what follows, comments included, and blocks begin with their first line.
    fn of(self, style: Style, signs: &[char]) -> Self {
        let better = match style {
            Style::Plain => None,
            Style::Quoted => self.to_closing_quote(signs),
            Style::Block => self.with_header(signs),
        };
        better.unwrap_or(self)
    }

    fn to_closing_quote(&self, signs: &[char]) -> Option<Self> {
        let quote = *signs.get(self.start).filter(|sign| matches!(sign, '"' | '\''))?;
        let mut at = self.start + 1;
        loop {
            let (sign, next) = (*signs.get(at)?, signs.get(at + 1));
            let is_pair = (quote == '"' && sign == '\\') || (quote == '\'' && sign == '\'' && next == Some(&'\''));
            if !is_pair && sign == quote {
                return Some(Self { end: at + 1, ..*self });
            }
            at += if is_pair { 2 } else { 1 };
        }
    }

    fn with_header(&self, signs: &[char]) -> Option<Self> {
        let (mut end, mut line) = (self.start, self.line);
        loop {
            // The line before, as long as there is nothing in it.
            end = signs.get(..end)?.iter().rposition(|sign| *sign == '\n')?;
            line -= 1;
            let begin = signs
                .get(..end)?
                .iter()
                .rposition(|sign| *sign == '\n')
                .map_or(0, |at| at + 1);
            let header = signs.get(begin..end)?;
            if header.iter().all(|sign| sign.is_whitespace()) {
                continue;
            }
            let is_start = |at: &usize| {
                at.checked_sub(1)
                    .and_then(|before| header.get(before))
                    .is_none_or(|sign| *sign == ' ')
            };
            let found = (0..header.len())
                .filter(is_start)
                .find(|at| header.get(*at..).is_some_and(is_header))?;
            let start = begin + found;
            return Some(Self { line, start, ..*self });
        }
    }
}

/// Whether a line's rest announces a block: `|` or `>`, what becomes of the last line's end, perhaps a comment.
fn is_header(rest: &[char]) -> bool {
    let Some(('|' | '>', rest)) = rest.split_first().map(|(sign, rest)| (*sign, rest)) else {
        return false;
    };
    let marks = rest
        .iter()
        .take_while(|sign| matches!(sign, '+' | '-' | '1'..='9'))
        .count();
    let rest = rest.get(marks..).unwrap_or_default();
    let spaces = rest.iter().take_while(|sign| **sign == ' ').count();
    match rest.get(spaces) {
        None => true,
        Some(sign) => *sign == '#' && spaces > 0,
    }
}

fn at(mark: &Marker, why: Why) -> NotYaml {
    NotYaml {
        line: mark.line(),
        column: mark.col() + 1,
        why,
    }
}

/// That a tag is one that any reader of YAML takes.
fn known(tag: Option<&Cow<'_, Tag>>, mark: &Marker) -> Result<(), NotYaml> {
    const TAKEN: [&str; 8] = ["null", "bool", "int", "float", "binary", "str", "seq", "map"];
    match tag {
        Some(tag) if !tag.is_yaml_core_schema() || !TAKEN.contains(&tag.suffix.as_str()) => {
            Err(at(mark, Why::Tag(tag.suffix.clone())))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_knows_its_line_and_place() {
        let text = "a: one\nb:\n  - \"tw\\\"o\" # said\n  - |\n\n    three\n    four\nc: {d: e, f: 'it''s' }\n";
        let whole = read(text).unwrap().unwrap();
        let of = |node: &Node| {
            text.chars()
                .skip(node.start)
                .take(node.end - node.start)
                .collect::<String>()
        };
        let one = whole.get("a").unwrap();
        assert_eq!((one.text(), one.line, of(one)), (Some("one"), 1, "one".to_owned()));
        let Data::List(items) = &whole.get("b").unwrap().data else {
            panic!()
        };
        assert_eq!((items[0].line, of(&items[0])), (3, "\"tw\\\"o\"".to_owned()));
        assert_eq!((items[1].text(), items[1].line), (Some("\nthree\nfour\n"), 4));
        assert!(of(&items[1]).starts_with("|\n"));
        assert_eq!(of(whole.get("c").unwrap().get("f").unwrap()), "'it''s'");
        assert_eq!(whole.get("c").unwrap().get("d").unwrap().text(), Some("e"));
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        let syntax = read("a: b\nc: [1, 2\n").unwrap_err();
        assert!(matches!(syntax.why, Why::Syntax(_)) && syntax.line >= 2, "{syntax:?}");
        let twice = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!((twice.line, twice.why), (3, Why::Twice("a".to_owned())));
        assert_eq!(read("a: 1\n---\nb: 2\n").unwrap_err().why, Why::SecondDocument);
        let deep = "[".repeat(50);
        assert_eq!(read(&deep).unwrap_err().why, Why::TooDeep);
        assert!(matches!(
            read("a: !!python/object:os.system x\n").unwrap_err().why,
            Why::Tag(_)
        ));
        assert!(read("a: !!binary aGk=\n").is_ok());
        assert!(read("# nothing\n").unwrap().is_none_or(|node| node.text().is_some()));
    }

    #[test]
    fn an_alias_is_not_followed() {
        let whole = read("a: &x [1, 2]\nb: [*x, *x]\n").unwrap().unwrap();
        let Data::List(items) = &whole.get("b").unwrap().data else {
            panic!()
        };
        assert!(items.iter().all(|item| matches!(item.data, Data::Alias)));
    }
}
