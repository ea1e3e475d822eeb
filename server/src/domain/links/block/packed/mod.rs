//! A table of whole numbers in few bytes: columns of equal length, with values that may be missing.
//!
//! It knows nothing of samples: which column is what is said by whoever packs. The numbers are compressed by pco
//! (<https://github.com/pcodec/pcodec>), which keeps reading its older formats; what surrounds them is ours and carries
//! a version. All integers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version of this format, 1 |
//! | 2 | rows, at most [`MOST_ROWS`] |
//! | 1 | columns |
//! | 1 | masks |
//! | ⌈rows / 8⌉ each | masks: which rows of a column have a value, lowest bit first |
//! | 4 each | columns: mask, kind, length of what it keeps (2) |
//! | 1, then so many | header of pco, with its length before it |
//! | … | what the columns keep, one after the other |
//! | 4 | CRC-32 of everything before |
//!
//! A mask is 0 where no row has a value, 1 where all have one, and else 2 more than its place. A kind is one of
//! [`Kind`].

use pco::{
    ChunkConfig, DeltaSpec, ModeSpec,
    metadata::{DeltaEncoding, Mode},
    wrapped::{FileCompressor, FileDecompressor},
};

/// Rows that a table may have: more than slots in a day, and few enough that no bytes can ask for much memory.
pub(super) const MOST_ROWS: usize = 512;

const VERSION: u8 = 1;
const CHECKSUM: usize = 4;

/// How the values of a column are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    /// There are none.
    Nothing = 0,
    /// All are equal: eight bytes.
    Constant = 1,
    /// Each is one more than the one before: the first, in eight bytes.
    Counting = 2,
    /// A chunk of pco with one page.
    Compressed = 3,
}

/// Bytes that are no packed table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("ends too early or has more than it says")]
    Length,
    #[error("is of version {0}, which this program does not know: a newer one wrote it")]
    Version(u8),
    #[error("was changed since it was written: its checksum is another")]
    Checksum,
    #[error("says something impossible: {0}")]
    Impossible(&'static str),
    #[error("has a column that can't be decompressed: {0}")]
    Column(String),
}

/// Packs columns of equal length. The same columns always give the same bytes.
///
/// # Panics
/// When there are more than [`MOST_ROWS`] rows or 255 columns, or the columns differ in length: mistakes of the caller.
#[must_use]
pub(super) fn pack(columns: &[Vec<Option<i64>>]) -> Vec<u8> {
    let rows = columns.first().map_or(0, Vec::len);
    assert!(rows <= MOST_ROWS && columns.len() <= 255 && columns.iter().all(|column| column.len() == rows));
    let mut masks: Vec<Vec<u8>> = Vec::new();
    let mut directory = Vec::with_capacity(columns.len() * 4);
    let mut kept = Vec::new();
    for column in columns {
        let values: Vec<i64> = column.iter().copied().flatten().collect();
        let mask = match values.len() {
            0 => 0,
            all if all == rows => 1,
            _ => 2 + place(&mut masks, mask(column)),
        };
        let before = kept.len();
        let kind = keep(&values, &mut kept);
        directory.extend([mask, kind as u8]);
        directory.extend(((kept.len() - before) as u16).to_le_bytes());
    }
    let header = into_vec(|to| FileCompressor::default().write_header(to).map(drop));
    let mut packed = vec![VERSION];
    packed.extend((rows as u16).to_le_bytes());
    packed.extend([columns.len() as u8, masks.len() as u8]);
    packed.extend(masks.concat());
    packed.extend(directory);
    packed.push(header.len() as u8);
    packed.extend(header);
    packed.extend(kept);
    packed.extend(crc32fast::hash(&packed).to_le_bytes());
    packed
}

/// Which rows have a value.
fn mask(column: &[Option<i64>]) -> Vec<u8> {
    let mut mask = vec![0; column.len().div_ceil(8)];
    for (row, _) in column.iter().enumerate().filter(|(_, value)| value.is_some()) {
        mask[row / 8] |= 1 << (row % 8);
    }
    mask
}

/// The place of `mask` among those that are kept; columns that miss the same rows share one.
fn place(masks: &mut Vec<Vec<u8>>, mask: Vec<u8>) -> u8 {
    let known = masks.iter().position(|known| *known == mask);
    known.unwrap_or_else(|| {
        masks.push(mask);
        masks.len() - 1
    }) as u8
}

fn keep(values: &[i64], to: &mut Vec<u8>) -> Kind {
    let Some(&first) = values.first() else {
        return Kind::Nothing;
    };
    let every_step = |step: i64| values.windows(2).all(|pair| pair[1].wrapping_sub(pair[0]) == step);
    if every_step(0) {
        to.extend(first.to_le_bytes());
        return Kind::Constant;
    }
    if every_step(1) {
        to.extend(first.to_le_bytes());
        return Kind::Counting;
    }
    // What changes slowly is smaller as differences, what is noise is not: both are tried, so that the choice
    // depends on nothing but the values.
    let plain = compressed(values, DeltaSpec::NoOp);
    let differences = compressed(values, DeltaSpec::TryConsecutive(1));
    to.extend(if differences.len() < plain.len() {
        differences
    } else {
        plain
    });
    Kind::Compressed
}

fn compressed(values: &[i64], delta: DeltaSpec) -> Vec<u8> {
    let config = ChunkConfig::default()
        .with_mode_spec(ModeSpec::Classic)
        .with_delta_spec(delta);
    into_vec(|to| {
        let mut chunk = FileCompressor::default().chunk_compressor(values, &config)?;
        chunk.write_meta(&mut *to)?;
        chunk.write_page(0, to).map(drop)
    })
}

/// What pco writes; it can fail for wrong settings and for a full disk only, and there is neither.
fn into_vec(write: impl FnOnce(&mut Vec<u8>) -> pco::errors::PcoResult<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = write(&mut bytes) {
        unreachable!("pco refused numbers in memory: {error}");
    }
    bytes
}

/// A packed table whose bytes are whole. Its columns are decompressed one by one, as they are asked for.
#[derive(Clone, Debug)]
pub(super) struct Packed<'a> {
    rows: usize,
    masks: Vec<&'a [u8]>,
    columns: Vec<Column<'a>>,
    header: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
struct Column<'a> {
    mask: u8,
    kind: Kind,
    kept: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Checks the bytes and finds the columns.
    ///
    /// # Errors
    /// When they are not what [`pack`] writes.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (body, checksum) = bytes
            .len()
            .checked_sub(CHECKSUM)
            .and_then(|at| bytes.split_at_checked(at))
            .ok_or(Unreadable::Length)?;
        let mut rest = Rest(body);
        // The version first: a newer format may end in another checksum.
        match rest.byte()? {
            VERSION => {}
            other => return Err(Unreadable::Version(other)),
        }
        if crc32fast::hash(body).to_le_bytes() != checksum {
            return Err(Unreadable::Checksum);
        }
        let rows = usize::from(rest.word()?);
        if rows > MOST_ROWS {
            return Err(Unreadable::Impossible("more rows than a table may have"));
        }
        let (columns, masks) = (rest.byte()?, rest.byte()?);
        let masks = (0..masks)
            .map(|_| rest.take(rows.div_ceil(8)))
            .collect::<Result<Vec<_>, _>>()?;
        let directory = (0..columns)
            .map(|_| Ok((rest.byte()?, Kind::of(rest.byte()?)?, usize::from(rest.word()?))))
            .collect::<Result<Vec<_>, Unreadable>>()?;
        let header = rest.byte()?;
        let header = rest.take(header.into())?;
        let columns = directory
            .into_iter()
            .map(|(mask, kind, length)| {
                if usize::from(mask) >= masks.len() + 2 {
                    return Err(Unreadable::Impossible("a mask that is not there"));
                }
                let kept = rest.take(length)?;
                Ok(Column { mask, kind, kept })
            })
            .collect::<Result<Vec<_>, _>>()?;
        if !rest.0.is_empty() {
            return Err(Unreadable::Length);
        }
        Ok(Self {
            rows,
            masks,
            columns,
            header,
        })
    }

    /// How many rows each column has.
    #[must_use]
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns there are.
    #[must_use]
    pub(super) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The values of the column at `place`.
    ///
    /// # Errors
    /// When there is no such column, or it can't be decompressed.
    pub(super) fn values(&self, place: usize) -> Result<Values, Unreadable> {
        let column = self
            .columns
            .get(place)
            .ok_or(Unreadable::Impossible("fewer columns than it should have"))?;
        let mask = match column.mask {
            0 => None,
            1 => return self.present(column, self.rows).map(Values::Each),
            mask => Some(self.masks[usize::from(mask) - 2]),
        };
        let has = |row: usize| mask.is_some_and(|mask| mask[row / 8] & (1 << (row % 8)) != 0);
        let count = (0..self.rows).filter(|row| has(*row)).count();
        let mut values = self.present(column, count)?.into_iter();
        let values = (0..self.rows).map(|row| if has(row) { values.next() } else { None });
        Ok(Values::Some(values.collect()))
    }

    /// The values of the rows that have one, of which there are so many.
    fn present(&self, column: &Column<'_>, count: usize) -> Result<Vec<i64>, Unreadable> {
        let first = || {
            let bytes = column.kept.try_into().map_err(|_| Unreadable::Length)?;
            Ok(i64::from_le_bytes(bytes))
        };
        match column.kind {
            Kind::Nothing if count == 0 && column.kept.is_empty() => Ok(Vec::new()),
            Kind::Nothing => Err(Unreadable::Impossible("values in a column that has none")),
            Kind::Constant => Ok(vec![first()?; count]),
            Kind::Counting => {
                let first: i64 = first()?;
                Ok((0..count).map(|step| first.wrapping_add(step as i64)).collect())
            }
            Kind::Compressed => self.decompressed(column.kept, count),
        }
    }

    fn decompressed(&self, kept: &[u8], count: usize) -> Result<Vec<i64>, Unreadable> {
        let unreadable = |error: pco::errors::PcoError| Unreadable::Column(error.to_string());
        // The lowest four bits of a chunk name its mode. That of a dictionary reserves as much as it asks for before
        // it looks whether it is there; nothing that is written here uses one.
        if kept.first().is_none_or(|first| first & 0x0f != 0) {
            return Err(Unreadable::Impossible("a mode that is not used"));
        }
        let (file, _) = FileDecompressor::new(self.header).map_err(unreadable)?;
        let (mut chunk, page) = file.chunk_decompressor::<i64, _>(kept).map_err(unreadable)?;
        // Looking back would reserve a window of any size as well.
        let simple = matches!(
            chunk.meta().delta_encoding,
            DeltaEncoding::NoOp | DeltaEncoding::Consecutive { .. }
        );
        if !simple || chunk.meta().mode != Mode::Classic {
            return Err(Unreadable::Impossible("an encoding that is not used"));
        }
        let mut values = vec![0; count];
        let mut page = chunk.page_decompressor(page, count).map_err(unreadable)?;
        let read = page.read(&mut values).map_err(unreadable)?;
        if !read.finished || !page.into_src().is_empty() {
            return Err(Unreadable::Length);
        }
        Ok(values)
    }
}

/// The values of a column by its rows.
#[derive(Clone, Debug)]
pub(super) enum Values {
    /// No row has one.
    Nothing,
    /// Some rows have none.
    Some(Vec<Option<i64>>),
    /// All rows have one.
    Each(Vec<i64>),
}

impl Values {
    pub(super) fn get(&self, row: usize) -> Option<i64> {
        match self {
            Self::Nothing => None,
            Self::Some(values) => values.get(row).copied().flatten(),
            Self::Each(values) => values.get(row).copied(),
        }
    }

    /// Replaces each value by what `each` makes of its row and it.
    pub(super) fn each(&mut self, each: impl Fn(usize, i64) -> i64) {
        match self {
            Self::Nothing => {}
            Self::Some(values) => {
                for (row, value) in values.iter_mut().enumerate() {
                    *value = value.map(|value| each(row, value));
                }
            }
            Self::Each(values) => {
                for (row, value) in values.iter_mut().enumerate() {
                    *value = each(row, *value);
                }
            }
        }
    }
}

impl Kind {
    fn of(byte: u8) -> Result<Self, Unreadable> {
        [Self::Nothing, Self::Constant, Self::Counting, Self::Compressed]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
            .ok_or(Unreadable::Impossible("a kind of column that is not known"))
    }
}

/// The bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Unreadable::Length)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Unreadable> {
        Ok(self.take(1)?[0])
    }

    fn word(&mut self) -> Result<u16, Unreadable> {
        let bytes = self.take(2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }
}

#[cfg(test)]
mod tests;
