//! Reading sentences from bytes that arrive in pieces of any size.

use super::{MAX_SENTENCE, MAX_WORD, Sentence};

/// Why the bytes are not the RouterOS API. The connection can't be used any further after any of them,
/// because nobody knows where the next word starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A first byte of `0xF8` and above is reserved for control bytes, which no router is known to send.
    #[error("reserved control byte {0:#04x} where a word should start")]
    ControlByte(u8),
    /// The prefix announces more than [`MAX_WORD`]. Nothing was allocated for it.
    #[error("a word of {0} bytes was announced, more than the {MAX_WORD} that are accepted")]
    WordTooLong(u32),
    /// The words of the sentence add up to more than [`MAX_SENTENCE`].
    #[error("a sentence of more than {MAX_SENTENCE} bytes")]
    SentenceTooLong,
}

/// An incremental decoder: feed it what arrived, and it hands out sentences as they become whole.
///
/// It holds at most one unfinished sentence, and memory only for bytes that did arrive, whatever a
/// prefix announces. After an error it must not be fed again.
#[derive(Debug, Default)]
pub struct Decoder {
    sentence: Sentence,
    /// Bytes of the unfinished sentence as sent, prefixes included.
    taken: usize,
    state: State,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Prefix { value: u32, missing: u8, begun: bool },
    Body { missing: usize },
}

impl Default for State {
    fn default() -> Self {
        Self::Prefix {
            value: 0,
            missing: 0,
            begun: false,
        }
    }
}

impl Decoder {
    /// True when nothing of a next sentence has arrived yet: the only place where a peer may close
    /// the connection without cutting something off.
    pub fn is_between_sentences(&self) -> bool {
        self.taken == 0
    }

    /// Takes bytes from the front of `input` until one sentence is whole or `input` is empty.
    ///
    /// Non-minimal prefixes are accepted, as some peers send them. Empty sentences are skipped.
    ///
    /// # Errors
    /// See [`DecodeError`].
    pub fn feed(&mut self, input: &mut &[u8]) -> Result<Option<Sentence>, DecodeError> {
        while !input.is_empty() {
            match self.state {
                State::Prefix { value, missing, begun } => {
                    let byte = input[0];
                    *input = &input[1..];
                    self.count(1)?;
                    let (value, missing) = if begun {
                        (value << 8 | u32::from(byte), missing - 1)
                    } else {
                        first_byte(byte)?
                    };
                    self.state = State::Prefix {
                        value,
                        missing,
                        begun: true,
                    };
                    if missing == 0
                        && let Some(sentence) = self.begin_word(value)?
                    {
                        return Ok(Some(sentence));
                    }
                }
                State::Body { missing } => {
                    let (now, later) = input.split_at(missing.min(input.len()));
                    *input = later;
                    self.count(now.len())?;
                    self.sentence.bytes.extend_from_slice(now);
                    if now.len() == missing {
                        self.sentence.end_word();
                        self.state = State::default();
                    } else {
                        self.state = State::Body {
                            missing: missing - now.len(),
                        };
                    }
                }
            }
        }
        Ok(None)
    }

    fn begin_word(&mut self, length: u32) -> Result<Option<Sentence>, DecodeError> {
        let missing = length as usize;
        if missing > MAX_WORD {
            return Err(DecodeError::WordTooLong(length));
        }
        if missing > 0 {
            if self.taken + missing > MAX_SENTENCE {
                return Err(DecodeError::SentenceTooLong);
            }
            self.state = State::Body { missing };
            return Ok(None);
        }
        self.state = State::default();
        self.taken = 0;
        if self.sentence.is_empty() {
            return Ok(None);
        }
        Ok(Some(std::mem::take(&mut self.sentence)))
    }

    fn count(&mut self, bytes: usize) -> Result<(), DecodeError> {
        self.taken += bytes;
        if self.taken > MAX_SENTENCE {
            return Err(DecodeError::SentenceTooLong);
        }
        Ok(())
    }
}

/// The part of the length in the first byte, and how many bytes of it follow.
fn first_byte(byte: u8) -> Result<(u32, u8), DecodeError> {
    Ok(match byte {
        0x00..=0x7F => (u32::from(byte), 0),
        0x80..=0xBF => (u32::from(byte & 0x3F), 1),
        0xC0..=0xDF => (u32::from(byte & 0x1F), 2),
        0xE0..=0xEF => (u32::from(byte & 0x0F), 3),
        // The manual gives `0xF0` exactly; the three bits that it leaves unused are ignored.
        0xF0..=0xF7 => (0, 4),
        0xF8..=0xFF => return Err(DecodeError::ControlByte(byte)),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{length_prefix, push_word};
    use super::*;
    use proptest::prelude::*;

    fn decode_all(mut input: &[u8]) -> Result<Vec<Vec<Vec<u8>>>, DecodeError> {
        let mut decoder = Decoder::default();
        let mut sentences = Vec::new();
        while let Some(sentence) = decoder.feed(&mut input)? {
            sentences.push(sentence.words().map(<[u8]>::to_vec).collect());
        }
        Ok(sentences)
    }

    fn encode(sentences: &[Vec<Vec<u8>>]) -> Vec<u8> {
        let mut out = Vec::new();
        for words in sentences {
            for word in words {
                push_word(&mut out, &[word]);
            }
            push_word(&mut out, &[]);
        }
        out
    }

    #[test]
    fn prefixes_are_those_of_the_manual() {
        let cases: [(u32, &[u8]); 11] = [
            (0, &[0x00]),
            (0x7F, &[0x7F]),
            (0x80, &[0x80, 0x80]),
            (0x87, &[0x80, 0x87]),
            (0x3FFF, &[0xBF, 0xFF]),
            (0x4000, &[0xC0, 0x40, 0x00]),
            (0x1F_FFFF, &[0xDF, 0xFF, 0xFF]),
            (0x20_0000, &[0xE0, 0x20, 0x00, 0x00]),
            (0x0FFF_FFFF, &[0xEF, 0xFF, 0xFF, 0xFF]),
            (0x1000_0000, &[0xF0, 0x10, 0x00, 0x00, 0x00]),
            (0xFFFF_FFFF, &[0xF0, 0xFF, 0xFF, 0xFF, 0xFF]),
        ];
        for (length, expected) in cases {
            let (bytes, size) = length_prefix(length);
            assert_eq!(&bytes[..size], expected, "{length:#x}");
        }
    }

    #[test]
    fn prefixes_longer_than_needed_are_accepted() {
        let words = vec![vec![b"!done".to_vec()]];
        for prefix in [
            &[0x05][..],
            &[0x80, 0x05],
            &[0xC0, 0x00, 0x05],
            &[0xE0, 0x00, 0x00, 0x05],
            &[0xF0, 0x00, 0x00, 0x00, 0x05],
        ] {
            let bytes = [prefix, b"!done", &[0x00]].concat();
            assert_eq!(decode_all(&bytes).as_ref(), Ok(&words), "{prefix:x?}");
        }
    }

    #[test]
    fn a_non_minimal_zero_ends_a_sentence_too() {
        let words = vec![vec![b"a".to_vec()]];
        assert_eq!(decode_all(&[1, b'a', 0x80, 0x00]), Ok(words));
    }

    #[test]
    fn control_bytes_are_refused() {
        for byte in 0xF8..=0xFF {
            assert_eq!(decode_all(&[byte]), Err(DecodeError::ControlByte(byte)));
        }
    }

    #[test]
    fn an_absurd_prefix_is_refused_at_once_and_allocates_nothing() {
        let mut decoder = Decoder::default();
        let refused = decoder.feed(&mut &[0xEF, 0xFF, 0xFF, 0xFF][..]);
        assert_eq!(refused, Err(DecodeError::WordTooLong(0x0FFF_FFFF)));
        assert_eq!(decoder.sentence.bytes.capacity(), 0);
    }

    #[test]
    fn an_accepted_prefix_allocates_nothing_before_bytes_arrive() {
        let mut decoder = Decoder::default();
        let (prefix, size) = length_prefix(u32::try_from(MAX_WORD).unwrap());
        assert_eq!(decoder.feed(&mut &prefix[..size]), Ok(None));
        assert_eq!(decoder.sentence.bytes.capacity(), 0);
        assert!(!decoder.is_between_sentences());
    }

    #[test]
    fn a_sentence_of_too_many_words_is_refused() {
        let word = [&length_prefix(0x8_0000).0[..3], &vec![b'x'; 0x8_0000]].concat();
        let bytes = word.repeat(8);
        assert_eq!(decode_all(&bytes), Err(DecodeError::SentenceTooLong));
    }

    #[test]
    fn a_sentence_without_its_end_is_not_a_sentence() {
        assert_eq!(decode_all(b"\x05!done"), Ok(vec![]));
    }

    #[test]
    fn attributes_keep_their_bytes_and_equal_signs() {
        let mut decoder = Decoder::default();
        let mut bytes = Vec::new();
        push_word(&mut bytes, &[b"!re"]);
        push_word(&mut bytes, &[b"=comment=a=b\xE9"]);
        push_word(&mut bytes, &[b"=empty="]);
        push_word(&mut bytes, &[b"=bare"]);
        push_word(&mut bytes, &[]);
        let sentence = decoder.feed(&mut &bytes[..]).unwrap().unwrap();
        assert_eq!(sentence.attribute(b"comment"), Some(&b"a=b\xE9"[..]));
        assert_eq!(sentence.attribute(b"empty"), Some(&b""[..]));
        assert_eq!(sentence.attribute(b"bare"), Some(&b""[..]));
        assert_eq!(sentence.attribute(b"absent"), None);
    }

    fn sentences() -> impl Strategy<Value = Vec<Vec<Vec<u8>>>> {
        let word = prop_oneof![
            4 => prop::collection::vec(any::<u8>(), 1..40),
            1 => prop::collection::vec(any::<u8>(), 0x7E..0x90),
            1 => (0x3FF0_usize..0x4010).prop_map(|size| vec![b'w'; size]),
        ];
        prop::collection::vec(prop::collection::vec(word, 1..6), 0..5)
    }

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded_however_it_is_cut(
            sentences in sentences(),
            cuts in prop::collection::vec(1_usize..200, 1..20),
        ) {
            let bytes = encode(&sentences);
            let mut decoder = Decoder::default();
            let mut found = Vec::new();
            let mut rest = &bytes[..];
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (mut piece, later) = rest.split_at((*cut).min(rest.len()));
                rest = later;
                while let Some(sentence) = decoder.feed(&mut piece).unwrap() {
                    found.push(sentence.words().map(<[u8]>::to_vec).collect::<Vec<_>>());
                }
            }
            prop_assert!(decoder.is_between_sentences());
            prop_assert_eq!(found, sentences);
        }

        #[test]
        fn any_bytes_are_read_without_panic_and_in_bounded_memory(
            bytes in prop::collection::vec(any::<u8>(), 0..4096),
        ) {
            let mut decoder = Decoder::default();
            let mut input = &bytes[..];
            while let Ok(Some(_)) = decoder.feed(&mut input) {}
            prop_assert!(decoder.sentence.bytes.capacity() <= 2 * bytes.len() + 64);
        }
    }
}
