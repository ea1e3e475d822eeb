//! Numbers that look random and depend on nothing but a seed and a position, so that any moment
//! of a simulated year can be computed without the moments before it. Not for secrets.

/// 64 well-mixed bits for position `n` of the series `seed` (the finaliser of `SplitMix64`).
pub(crate) fn hash(seed: u64, n: u64) -> u64 {
    let mut z = seed ^ n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number in `0..limit` for position `n` of the series `seed`; 0 when `limit` is 0.
pub(crate) fn below(seed: u64, n: u64, limit: u64) -> u64 {
    // The high half of a product spreads evenly without a division.
    let wide = u128::from(hash(seed, n)) * u128::from(limit);
    (wide >> 64) as u64
}
