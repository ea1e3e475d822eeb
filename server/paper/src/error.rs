//! Why a document could not be made. What a reader wrote into it is never the reason: any text and any figure can be set.

/// A document that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the document has more than {most} pages")]
    TooLong { most: usize },
    #[error("a margin leaves no room on the page")]
    NoRoom,
    #[error("the font {name} could not be cut down to the glyphs in use")]
    Subset {
        name: String,
        #[source]
        source: subsetter::Error,
    },
    #[error("the file of the font {name} could not be read")]
    FontFile {
        name: String,
        #[source]
        source: std::io::Error,
    },
    #[error("the file could not be written")]
    Write(#[source] std::io::Error),
}
