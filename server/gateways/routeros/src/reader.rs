//! Sentences from the reading half of a connection.

use crate::Error;
use crate::codec::{Decoder, Sentence};
use crate::target::BoxStream;
use tokio::io::{AsyncReadExt, ReadHalf};

/// Bytes taken from the socket at once. Thousands of routers each hold one such buffer.
const PIECE: usize = 8 * 1024;

pub(crate) struct Reader {
    stream: ReadHalf<BoxStream>,
    decoder: Decoder,
    piece: Box<[u8]>,
    begin: usize,
    end: usize,
}

impl Reader {
    pub(crate) fn new(stream: ReadHalf<BoxStream>) -> Self {
        Self {
            stream,
            decoder: Decoder::default(),
            piece: vec![0; PIECE].into_boxed_slice(),
            begin: 0,
            end: 0,
        }
    }

    /// The next sentence. Dropping the future loses nothing: what arrived stays here.
    ///
    /// # Errors
    /// [`Error::Lost`] at the end of the connection, wherever it comes; [`Error::Malformed`] and
    /// [`Error::TooLarge`] for what can't be decoded.
    pub(crate) async fn next(&mut self) -> Result<Sentence, Error> {
        loop {
            let mut rest = &self.piece[self.begin..self.end];
            let decoded = self.decoder.feed(&mut rest);
            self.begin = self.end - rest.len();
            if let Some(sentence) = decoded.map_err(undecodable)? {
                return Ok(sentence);
            }
            self.begin = 0;
            self.end = 0;
            self.end = match self.stream.read(&mut self.piece).await {
                Ok(0) if self.decoder.is_between_sentences() => {
                    return Err(Error::lost("the router closed it"));
                }
                Ok(0) => return Err(Error::lost("the router closed it in the middle of a reply")),
                Ok(size) => size,
                Err(error) => return Err(Error::lost(error.to_string())),
            };
        }
    }
}

fn undecodable(error: crate::codec::DecodeError) -> Error {
    use crate::codec::{DecodeError, MAX_SENTENCE, MAX_WORD};
    match error {
        DecodeError::WordTooLong(_) => Error::TooLarge {
            what: "a word of the router's reply",
            limit: MAX_WORD,
        },
        DecodeError::SentenceTooLong => Error::TooLarge {
            what: "a sentence of the router's reply",
            limit: MAX_SENTENCE,
        },
        DecodeError::ControlByte(_) => Error::malformed(error.to_string()),
    }
}
