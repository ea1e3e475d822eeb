//! What the router's sentences mean: rows, ends, traps.

use crate::codec::Sentence;
use crate::row::{Row, shorten};
use crate::{Category, Error, value};

/// A whole reply: the router said `!done`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    pub rows: Vec<Row>,
    /// `=ret=` of `!done`: the answer to `add` and `count-only`.
    pub ret: Option<Vec<u8>>,
}

impl Reply {
    /// The only row of a command that answers with one.
    ///
    /// # Errors
    /// [`Error::Missing`] if there is none.
    pub fn first(&self, what: &str) -> Result<&Row, Error> {
        self.rows.first().ok_or_else(|| Error::missing(what))
    }
}

/// One sentence of the router, told by its first word.
pub(crate) enum Word {
    Row(Row),
    Done {
        ret: Option<Vec<u8>>,
    },
    Trap(Error),
    Fatal(Error),
    /// `!empty` of 7.18 and later, or a reply of some future version. A `!done` follows.
    Other,
}

/// Reads a sentence's kind and tag. We send numbers as tags; anything else is none of ours.
///
/// # Errors
/// [`Error::Malformed`] when it is no reply at all.
pub(crate) fn parse(sentence: Sentence) -> Result<(Word, Option<u64>), Error> {
    let tag = sentence
        .words()
        .find_map(|word| word.strip_prefix(b".tag="))
        .and_then(value::counter);
    let word = match sentence.first() {
        b"!re" => Word::Row(Row::new(sentence)),
        b"!done" => Word::Done {
            ret: sentence.attribute(b"ret").map(<[u8]>::to_vec),
        },
        b"!trap" => Word::Trap(Error::Trap {
            category: sentence.attribute(b"category").and_then(Category::parse),
            message: shorten(sentence.attribute(b"message").unwrap_or(b"no reason given")),
        }),
        b"!fatal" => Word::Fatal(fatal(&sentence)),
        other if other.starts_with(b"!") => Word::Other,
        other => {
            return Err(Error::malformed(format!(
                "a reply can't start with \"{}\"",
                shorten(other)
            )));
        }
    };
    Ok((word, tag))
}

/// The reason of a `!fatal` is a bare word. Some peers send it as an attribute.
fn fatal(sentence: &Sentence) -> Error {
    let reason = sentence
        .attribute(b"message")
        .or_else(|| sentence.words().skip(1).find(|w| !w.starts_with(b".tag=")))
        .unwrap_or(b"no reason given");
    if reason == b"not logged in" {
        return Error::NotLoggedIn;
    }
    Error::Fatal {
        reason: shorten(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Decoder, push_word};
    use proptest::prelude::*;

    fn sentence(words: &[&[u8]]) -> Sentence {
        let mut bytes = Vec::new();
        for word in words.iter().chain([&&b""[..]]) {
            push_word(&mut bytes, &[word]);
        }
        Decoder::default().feed(&mut &bytes[..]).unwrap().unwrap()
    }

    #[test]
    fn a_fatals_reason_is_its_bare_word_wherever_the_tag_stands() {
        for words in [
            &[&b"!fatal"[..], b"too bad"][..],
            &[b"!fatal", b".tag=1", b"too bad"],
            &[b"!fatal", b"=message=too bad"],
        ] {
            let Ok((Word::Fatal(error), _)) = parse(sentence(words)) else {
                panic!("not fatal");
            };
            let reason = "too bad".to_owned();
            assert_eq!(error, Error::Fatal { reason });
        }
    }

    #[test]
    fn a_long_message_is_cut_and_cleaned() {
        let message = [b"=message=\x1b[31m".as_slice(), &[b'x'; 5000]].concat();
        let Ok((Word::Trap(Error::Trap { message, .. }), _)) = parse(sentence(&[b"!trap", &message])) else {
            panic!("not a trap");
        };
        assert!(message.starts_with("[31mxx") && message.ends_with('…'));
        assert!(message.chars().count() <= 201);
    }

    proptest! {
        #[test]
        fn any_sentence_is_read_without_panic(
            first in prop::sample::select(vec!["!re", "!done", "!trap", "!fatal", "!empty", "!x", "x"]),
            words in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..30), 0..8),
        ) {
            let words: Vec<&[u8]> = std::iter::once(first.as_bytes())
                .chain(words.iter().map(Vec::as_slice))
                .collect();
            prop_assert_eq!(parse(sentence(&words)).is_ok(), first != "x");
        }
    }
}
