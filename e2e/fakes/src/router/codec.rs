//! The fake router's own words and sentences on the wire. Deliberately shares nothing with the
//! client in `server/gateways/routeros`.
//!
//! Source: <https://help.mikrotik.com/docs/spaces/ROS/pages/47579160/API>.

use std::fmt;

/// No client of ours has a reason to send more in one sentence, in octets.
const SENTENCE_CEILING: usize = 64 * 1024;

/// Why a sentence can't be read; the connection is then closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A first byte of `0xF8` or more is reserved by the protocol.
    ControlByte(u8),
    /// The announced length is beyond what a router would take.
    TooLong(usize),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlByte(byte) => write!(f, "reserved control byte {byte:#04x}"),
            Self::TooLong(length) => write!(f, "sentence too long ({length} bytes)"),
        }
    }
}

/// Appends one word with its length before it.
pub(crate) fn push_word(out: &mut Vec<u8>, word: &[u8]) {
    push_length(out, word.len());
    out.extend_from_slice(word);
}

/// Ends a sentence.
pub(crate) fn push_end(out: &mut Vec<u8>) {
    out.push(0);
}

/// Appends `=name=value` as one word.
pub(crate) fn push_attribute(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    push_length(out, name.len() + value.len() + 2);
    out.push(b'=');
    out.extend_from_slice(name.as_bytes());
    out.push(b'=');
    out.extend_from_slice(value);
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    let bytes = (length as u64).to_be_bytes();
    match length {
        0..0x80 => out.push(bytes[7]),
        0x80..0x4000 => out.extend_from_slice(&[bytes[6] | 0x80, bytes[7]]),
        0x4000..0x20_0000 => out.extend_from_slice(&[bytes[5] | 0xc0, bytes[6], bytes[7]]),
        0x20_0000..0x1000_0000 => {
            out.extend_from_slice(&[bytes[4] | 0xe0, bytes[5], bytes[6], bytes[7]]);
        }
        _ => out.extend_from_slice(&[0xf0, bytes[4], bytes[5], bytes[6], bytes[7]]),
    }
}

/// Collects octets as they come in and gives out whole sentences.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// What was received and not yet given out. Filled by the connection.
    pub(crate) buffer: Vec<u8>,
}

impl Decoder {
    /// The next whole sentence, without its end. Empty sentences are skipped.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<Vec<u8>>>, Refused> {
        loop {
            let mut words = Vec::new();
            let mut at = 0;
            loop {
                let Some((length, prefix)) = length(&self.buffer[at..])? else {
                    return Ok(None);
                };
                let end = at + prefix + length;
                if end > SENTENCE_CEILING {
                    return Err(Refused::TooLong(end));
                }
                if self.buffer.len() < end {
                    return Ok(None);
                }
                let word = self.buffer[at + prefix..end].to_vec();
                at = end;
                if word.is_empty() {
                    break;
                }
                words.push(word);
            }
            self.buffer.drain(..at);
            if !words.is_empty() {
                return Ok(Some(words));
            }
        }
    }
}

/// The length at the beginning of `bytes` and how many octets it takes, or `None` when more are
/// needed. Longer forms than necessary are accepted, as routers do.
fn length(bytes: &[u8]) -> Result<Option<(usize, usize)>, Refused> {
    let Some(&first) = bytes.first() else {
        return Ok(None);
    };
    let (high, following) = match first {
        0x00..=0x7f => (first, 0),
        0x80..=0xbf => (first & 0x3f, 1),
        0xc0..=0xdf => (first & 0x1f, 2),
        0xe0..=0xef => (first & 0x0f, 3),
        0xf0..=0xf7 => (0, 4),
        _ => return Err(Refused::ControlByte(first)),
    };
    let Some(rest) = bytes.get(1..=following) else {
        return Ok(None);
    };
    let length = rest
        .iter()
        .fold(usize::from(high), |sum, byte| sum << 8 | usize::from(*byte));
    Ok(Some((length, following + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8]) -> Result<Option<Vec<Vec<u8>>>, Refused> {
        Decoder { buffer: bytes.to_vec() }.next()
    }

    #[test]
    fn lengths_take_the_documented_forms() {
        for (length, prefix) in [
            (0x7f, vec![0x7f]),
            (0x80, vec![0x80, 0x80]),
            (0x3fff, vec![0xbf, 0xff]),
            (0x4000, vec![0xc0, 0x40, 0x00]),
            (0x1f_ffff, vec![0xdf, 0xff, 0xff]),
            (0x20_0000, vec![0xe0, 0x20, 0x00, 0x00]),
            (0xfff_ffff, vec![0xef, 0xff, 0xff, 0xff]),
            (0x1000_0000, vec![0xf0, 0x10, 0x00, 0x00, 0x00]),
        ] {
            let mut out = Vec::new();
            push_length(&mut out, length);
            assert_eq!(out, prefix);
            assert_eq!(super::length(&out), Ok(Some((length, prefix.len()))));
        }
    }

    #[test]
    fn a_length_longer_than_necessary_is_accepted() {
        let bytes = b"\xf0\x00\x00\x00\x05!done\x00";
        assert_eq!(decode(bytes), Ok(Some(vec![b"!done".to_vec()])));
    }

    #[test]
    fn control_bytes_and_giants_are_refused() {
        assert_eq!(decode(b"\xf8"), Err(Refused::ControlByte(0xf8)));
        assert!(matches!(decode(b"\xf0\x10\x00\x00\x00"), Err(Refused::TooLong(_))));
    }

    proptest! {
        #[test]
        fn sentences_survive_any_split(
            sentences in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(any::<u8>(), 1..300), 1..6), 1..4),
            chunk in 1usize..50,
        ) {
            let mut wire = vec![0];
            for sentence in &sentences {
                for word in sentence {
                    push_word(&mut wire, word);
                }
                push_end(&mut wire);
            }
            let mut decoder = Decoder::default();
            let mut seen = Vec::new();
            for piece in wire.chunks(chunk) {
                decoder.buffer.extend_from_slice(piece);
                while let Some(sentence) = decoder.next().expect("well-formed") {
                    seen.push(sentence);
                }
            }
            prop_assert_eq!(seen, sentences);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut decoder = Decoder { buffer: bytes };
            while let Ok(Some(_)) = decoder.next() {}
        }
    }
}
