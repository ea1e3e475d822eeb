//! Writing words.

/// The length prefix of a word of `length` bytes: the bytes and how many of them count.
///
/// One to five bytes, big-endian, the shortest form that fits.
pub fn length_prefix(length: u32) -> ([u8; 5], usize) {
    let [a, b, c, d] = length.to_be_bytes();
    match length {
        0..=0x7F => ([d, 0, 0, 0, 0], 1),
        0x80..=0x3FFF => ([c | 0x80, d, 0, 0, 0], 2),
        0x4000..=0x1F_FFFF => ([b | 0xC0, c, d, 0, 0], 3),
        0x20_0000..=0x0FFF_FFFF => ([a | 0xE0, b, c, d, 0], 4),
        0x1000_0000.. => ([0xF0, a, b, c, d], 5),
    }
}

/// Appends one word, made of `parts` joined, to `out`. No parts, or only empty ones, write the empty
/// word that ends a sentence.
///
/// A word beyond 4 GiB cannot be framed; callers stay below [`super::MAX_WORD`].
pub fn push_word(out: &mut Vec<u8>, parts: &[&[u8]]) {
    let length = parts.iter().map(|part| part.len()).sum::<usize>();
    let (prefix, size) = length_prefix(u32::try_from(length).unwrap_or(u32::MAX));
    out.extend_from_slice(&prefix[..size]);
    for part in parts {
        out.extend_from_slice(part);
    }
}
