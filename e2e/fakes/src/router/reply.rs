//! What the router answers: rows, their end, and the faults that break in between.

use std::borrow::Cow;

use super::codec::{push_attribute, push_end, push_word};
use super::faults::{Fault, Rule};

/// One row of a table: properties in the router's order. Values are bytes, since operators write
/// comments in whatever code page their machine has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row(Vec<(&'static str, Vec<u8>)>);

impl Row {
    pub(crate) fn push(&mut self, name: &'static str, value: impl Into<Vec<u8>>) {
        self.0.push((name, value.into()));
    }

    pub(crate) fn push_number(&mut self, name: &'static str, value: impl ToString) {
        self.push(name, value.to_string());
    }

    pub(crate) fn value(&self, name: &str) -> Option<&[u8]> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_slice())
    }

    pub(crate) fn replace(&mut self, name: &str, value: &str) {
        if let Some(found) = self.0.iter_mut().find(|(known, _)| *known == name) {
            found.1 = value.as_bytes().to_vec();
        }
    }

    /// Only the properties of the list; names that the row does not have are passed over, as
    /// routers do. No list means everything.
    pub(crate) fn keep(&mut self, proplist: Option<&[String]>) {
        if let Some(wanted) = proplist {
            self.0.retain(|(name, _)| wanted.iter().any(|one| one == name));
        }
    }
}

/// Why a command failed, with the category of the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trap {
    pub(crate) category: Option<u8>,
    pub(crate) message: Cow<'static, str>,
}

impl Trap {
    /// Category 0: no such item or command.
    pub(crate) fn missing(message: &'static str) -> Self {
        Self {
            category: Some(0),
            message: Cow::Borrowed(message),
        }
    }

    /// Category 1: the value of an argument.
    pub(crate) fn argument(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            category: Some(1),
            message: message.into(),
        }
    }

    /// No category, as for a refused login.
    pub(crate) fn plain(message: &'static str) -> Self {
        Self {
            category: None,
            message: Cow::Borrowed(message),
        }
    }
}

/// How a reply ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    /// `!done` with `=ret=`.
    Return(Vec<u8>),
    /// `!empty` before `!done`: no rows, said by 7.18 and later.
    Empty,
    Trap(Trap),
}

/// A whole answer that is known at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) rows: Vec<Row>,
    pub(crate) end: End,
}

impl Reply {
    pub(crate) fn end(end: End) -> Self {
        Self { rows: Vec::new(), end }
    }
}

/// What happens to the connection once the bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// More of this command follows.
    More,
    /// The command has ended.
    Finished,
    /// The router closes the connection.
    Close,
    /// The router keeps the connection and never says anything again.
    Silence,
}

/// A piece of an answer, ready for the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Emission {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
}

/// Writes the answer to one command, and breaks it where a fault says so.
#[derive(Clone, Debug)]
pub(crate) struct Emitter {
    tag: Option<Vec<u8>>,
    tag_last: bool,
    fault: Option<Rule>,
    rows: usize,
}

impl Emitter {
    /// `tag_last` puts the tag behind the attributes: both orders are legal.
    pub(crate) fn new(tag: Option<Vec<u8>>, tag_last: bool, fault: Option<Rule>) -> Self {
        Self {
            tag,
            tag_last,
            fault,
            rows: 0,
        }
    }

    /// A whole answer, up to the fault if there is one.
    pub(crate) fn reply(&mut self, reply: &Reply) -> Emission {
        let mut bytes = Vec::new();
        for row in &reply.rows {
            let piece = self.row(row);
            bytes.extend(piece.bytes);
            if piece.then != Then::More {
                return Emission {
                    bytes,
                    then: piece.then,
                };
            }
        }
        let piece = self.end(&reply.end);
        bytes.extend(piece.bytes);
        Emission {
            bytes,
            then: piece.then,
        }
    }

    pub(crate) fn row(&mut self, row: &Row) -> Emission {
        let whole = self.sentence("!re", |out| {
            for (name, value) in &row.0 {
                push_attribute(out, name, value);
            }
        });
        let due = self
            .fault
            .take_if(|rule| rule.after_rows.is_some_and(|rows| rows <= self.rows));
        if let Some(rule) = due {
            return self.strike(&rule.fault, &whole);
        }
        self.rows += 1;
        Emission {
            bytes: whole,
            then: Then::More,
        }
    }

    pub(crate) fn end(&mut self, end: &End) -> Emission {
        let whole = self.ending(end);
        match self.fault.take() {
            Some(rule) => self.strike(&rule.fault, &whole),
            None => Emission {
                bytes: whole,
                then: Then::Finished,
            },
        }
    }

    /// `!trap` alone, for the order in which `/cancel` answers.
    pub(crate) fn trap(&self, trap: &Trap) -> Vec<u8> {
        self.sentence("!trap", |out| {
            if let Some(category) = trap.category {
                push_attribute(out, "category", category.to_string().as_bytes());
            }
            push_attribute(out, "message", trap.message.as_bytes());
        })
    }

    pub(crate) fn done(&self) -> Vec<u8> {
        self.sentence("!done", |_| {})
    }

    fn ending(&self, end: &End) -> Vec<u8> {
        match end {
            End::Done => self.done(),
            End::Return(value) => self.sentence("!done", |out| push_attribute(out, "ret", value)),
            End::Empty => {
                let mut bytes = self.sentence("!empty", |_| {});
                bytes.extend(self.done());
                bytes
            }
            End::Trap(trap) => {
                let mut bytes = self.trap(trap);
                bytes.extend(self.done());
                bytes
            }
        }
    }

    /// The fault instead of the sentence that was about to be written.
    fn strike(&mut self, fault: &Fault, next: &[u8]) -> Emission {
        let (bytes, then) = match fault {
            Fault::Hang => (Vec::new(), Then::Silence),
            Fault::Eof => (Vec::new(), Then::Close),
            Fault::Cut => (next[..next.len() / 2].to_vec(), Then::Close),
            Fault::Fatal(reason) => (fatal(reason), Then::Close),
            Fault::Trap { category, message } => {
                let trap = Trap {
                    category: *category,
                    message: message.clone().into(),
                };
                (self.ending(&End::Trap(trap)), Then::Finished)
            }
            Fault::HugePrefix => (b"\xf0\x10\x00\x00\x00!re".to_vec(), Then::Silence),
            Fault::Garbage => (b"\xffHTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), Then::Silence),
        };
        Emission { bytes, then }
    }

    fn sentence(&self, kind: &str, attributes: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        push_word(&mut out, kind.as_bytes());
        let tag = self.tag.as_ref().map(|tag| [b".tag=", &tag[..]].concat());
        if let Some(tag) = tag.as_ref().filter(|_| !self.tag_last) {
            push_word(&mut out, tag);
        }
        attributes(&mut out);
        if let Some(tag) = tag.as_ref().filter(|_| self.tag_last) {
            push_word(&mut out, tag);
        }
        push_end(&mut out);
        out
    }
}

/// `!fatal` and its reason: never with a tag.
pub(crate) fn fatal(reason: &str) -> Vec<u8> {
    let mut out = Vec::new();
    push_word(&mut out, b"!fatal");
    push_word(&mut out, reason.as_bytes());
    push_end(&mut out);
    out
}
