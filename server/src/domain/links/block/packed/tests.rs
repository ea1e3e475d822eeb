//! What was packed is read back; whatever else is read is an error.

use proptest::prelude::*;

use super::*;

fn unpacked(bytes: &[u8]) -> Result<Vec<Vec<Option<i64>>>, Unreadable> {
    let packed = Packed::open(bytes)?;
    let column = |place| -> Result<Vec<_>, _> {
        let values = packed.values(place)?;
        Ok((0..packed.rows()).map(|row| values.get(row)).collect())
    };
    (0..packed.columns()).map(column).collect()
}

/// Columns as they come: noise, slow changes, constants, counters, with gaps or without.
fn columns() -> impl Strategy<Value = Vec<Vec<Option<i64>>>> {
    (0..=MOST_ROWS, 0..6_usize).prop_flat_map(|(rows, count)| prop::collection::vec(column(rows), count))
}

fn column(rows: usize) -> impl Strategy<Value = Vec<Option<i64>>> {
    let value = prop_oneof![
        any::<i64>().boxed(),
        (0..1000_i64).boxed(),
        (1_000_000..1_100_000_i64).boxed(),
        Just(i64::MIN).boxed(),
    ];
    prop_oneof![
        prop::collection::vec(prop::option::of(any::<i64>()), rows),
        prop::collection::vec(value.prop_map(Some), rows),
        any::<Option<i64>>().prop_map(move |value| vec![value; rows]),
        any::<i64>().prop_map(move |first| (0..rows).map(|row| Some(first.wrapping_add(row as i64))).collect()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_packed_is_read_back(columns in columns()) {
        let bytes = pack(&columns);
        prop_assert_eq!(unpacked(&bytes).unwrap(), columns.clone());
        prop_assert_eq!(pack(&columns), bytes, "the same columns, other bytes");
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = unpacked(&bytes);
    }

    /// The checksum keeps accidents out; this is what would get past it.
    #[test]
    fn bytes_with_a_right_checksum_are_a_table_or_an_error(columns in columns(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = pack(&columns);
        bytes.truncate(bytes.len() - CHECKSUM);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        let _ = unpacked(&bytes);
    }

    #[test]
    fn one_flipped_bit_is_noticed(columns in columns(), at in any::<prop::sample::Index>(), bit in 0..8) {
        let mut bytes = pack(&columns);
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        prop_assert!(Packed::open(&bytes).is_err());
    }

    #[test]
    fn a_part_is_noticed(columns in columns(), length in any::<prop::sample::Index>()) {
        let bytes = pack(&columns);
        prop_assert!(Packed::open(&bytes[..length.index(bytes.len())]).is_err());
    }
}

#[test]
fn a_newer_version_says_so() {
    let mut bytes = pack(&[vec![Some(1)]]);
    bytes[0] = 2;
    assert_eq!(Packed::open(&bytes).unwrap_err(), Unreadable::Version(2));
}

/// Written once and never again: whoever changes the format has to keep reading this.
#[test]
fn version_1_stays_readable() {
    let noise = |row: i64| Some(row * 7_919 % 1_009);
    let columns = vec![
        (0..288).map(|row| Some(1_000 + row)).collect(),
        vec![Some(5); 288],
        (0..288).map(noise).collect::<Vec<_>>(),
        (0..288).map(|row| noise(row).filter(|_| row % 9 != 0)).collect(),
        vec![None; 288],
    ];
    let written = include_bytes!("version-1.bin");
    assert_eq!(unpacked(written).unwrap(), columns);
}
