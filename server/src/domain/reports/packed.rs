//! A document as it is kept: JSON, deflated, with a digest of the JSON.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sha2::{Digest, Sha256};

use super::{Document, document::FORMAT};

/// No document comes near it: what unpacks to more is none.
const LONGEST: u64 = 64 << 20;

/// Why a stored document can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("its bytes can't be unpacked")]
    Packing(#[from] std::io::Error),
    #[error("it is no report")]
    Json(#[from] serde_json::Error),
    #[error("it is of format {0}, which this version of Mainstay does not know")]
    Format(u16),
    #[error("it is not what its digest was taken of")]
    Changed,
}

/// Packs `document`; the same gives the same bytes and the same digest.
///
/// # Errors
/// Never for a document that was drawn up; by its types alone JSON might not hold it.
pub fn pack(document: &Document) -> Result<(Vec<u8>, [u8; 32]), Unreadable> {
    let json = serde_json::to_vec(document)?;
    let mut packed = DeflateEncoder::new(Vec::with_capacity(json.len() / 3), Compression::default());
    packed.write_all(&json)?;
    Ok((packed.finish()?, Sha256::digest(&json).into()))
}

/// The JSON that [`pack`] packed, to the byte: what its digest was taken of.
///
/// # Errors
/// When it is something else, or not what its digest says.
pub fn json(bytes: &[u8], digest: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut json = Vec::new();
    DeflateDecoder::new(bytes).take(LONGEST).read_to_end(&mut json)?;
    if Sha256::digest(&json).as_slice() != digest {
        return Err(Unreadable::Changed);
    }
    Ok(json)
}

/// Unpacks what [`pack`] packed.
///
/// # Errors
/// When it is something else, or not what its digest says.
pub fn unpack(bytes: &[u8], digest: &[u8]) -> Result<Document, Unreadable> {
    let document: Document = serde_json::from_slice(&json(bytes, digest)?)?;
    match document.format {
        FORMAT => Ok(document),
        other => Err(Unreadable::Format(other)),
    }
}
