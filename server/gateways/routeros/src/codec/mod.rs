//! The RouterOS API's framing, without any input or output: words with a length in front, sentences
//! ended by an empty word.
//!
//! It deals in bytes only. What a sentence means, and where the bytes come from, is not its business. Source: MikroTik's manual, "API", section "Protocol".

mod decode;
mod encode;

pub use decode::{DecodeError, Decoder};
pub use encode::{length_prefix, push_word};

/// Longest word that is accepted, in bytes. A prefix can announce up to 4 GiB.
pub const MAX_WORD: usize = 1024 * 1024;
/// Longest sentence that is accepted, in bytes, prefixes included.
pub const MAX_SENTENCE: usize = 4 * 1024 * 1024;

/// One complete sentence: at least one word, none of them empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    bytes: Vec<u8>,
    /// Where each word ends in `bytes`.
    ends: Vec<u32>,
}

impl Sentence {
    /// The words in the order in which they came.
    pub fn words(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let end = *end as usize;
            let word = &self.bytes[start..end];
            start = end;
            word
        })
    }

    /// The first word, which says what the sentence is.
    pub fn first(&self) -> &[u8] {
        let end = self.ends.first().map_or(0, |end| *end as usize);
        &self.bytes[..end]
    }

    /// The value of the first word `=name=value`. It may hold `=` and any byte, and may be empty.
    pub fn attribute(&self, name: &[u8]) -> Option<&[u8]> {
        self.attributes()
            .find_map(|(found, value)| (found == name).then_some(value))
    }

    /// All `=name=value` words as pairs. A word `=name` without a second `=` has an empty value.
    pub fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.words().filter_map(|word| {
            let word = word.strip_prefix(b"=")?;
            let end = word.iter().position(|byte| *byte == b'=');
            Some(match end {
                Some(end) => (&word[..end], &word[end + 1..]),
                None => (word, &word[..0]),
            })
        })
    }

    /// About how much memory the sentence takes, for ceilings on whole replies.
    pub fn cost(&self) -> usize {
        64 + self.bytes.len() + 16 * self.ends.len()
    }

    fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn end_word(&mut self) {
        // The decoder's ceiling keeps a sentence far below 4 GiB.
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }
}

impl std::fmt::Debug for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.words().map(String::from_utf8_lossy))
            .finish()
    }
}
