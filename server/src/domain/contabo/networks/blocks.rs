//! Blocks of addresses: what is in one, its parts, and which others it overlaps with. Pure arithmetic.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Parts that are listed at a time.
pub const MOST_PARTS: usize = 256;

/// Why what was typed is no block, or can't be split so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBlock {
    #[error("this is no block of addresses")]
    NotABlock,
    #[error("parts are smaller than the whole")]
    NotSmaller,
}

/// A block as people type it: `10.0.0.0/22`, `10.0.0.0 255.255.252.0`, or one address. Bits of hosts are left out.
///
/// # Errors
/// [`BadBlock::NotABlock`].
pub fn parse(typed: &str) -> Result<IpNet, BadBlock> {
    let typed = typed.trim();
    let (address, length) = match typed.split_once(['/', ' ']) {
        Some((address, length)) => (address, Some(length.trim())),
        None => (typed, None),
    };
    let address: IpAddr = address.trim().parse().map_err(|_| BadBlock::NotABlock)?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let length = match length {
        None => whole,
        Some(length) => match (length.parse::<u8>(), address, length.parse::<Ipv4Addr>()) {
            (Ok(length), ..) => length,
            (_, IpAddr::V4(_), Ok(mask)) => ipnet::ipv4_mask_to_prefix(mask).map_err(|_| BadBlock::NotABlock)?,
            _ => return Err(BadBlock::NotABlock),
        },
    };
    let block = IpNet::new(address, length).map_err(|_| BadBlock::NotABlock)?;
    Ok(block.trunc())
}

/// What is in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inside {
    pub block: IpNet,
    /// IPv4 alone has one.
    pub mask: Option<Ipv4Addr>,
    pub broadcast: Option<Ipv4Addr>,
    /// The first and the last that a machine can have.
    pub first: IpAddr,
    pub last: IpAddr,
    /// Addresses that machines can have; none: more than can be counted in 128 bits.
    pub usable: Option<u128>,
}

/// What is in it. Of an IPv4 block the network's own address and the broadcast are nobody's, but where there is no
/// room for that (RFC 3021).
#[must_use]
pub fn inside(block: IpNet) -> Inside {
    let bits = u32::from(block.max_prefix_len() - block.prefix_len());
    let all = 1_u128.checked_shl(bits);
    match block {
        IpNet::V4(v4) if v4.prefix_len() < 31 => {
            let next = |address: Ipv4Addr, by: i64| {
                let number = i64::from(u32::from(address)) + by;
                Ipv4Addr::from(u32::try_from(number).unwrap_or_default())
            };
            Inside {
                block,
                mask: Some(v4.netmask()),
                broadcast: Some(v4.broadcast()),
                first: next(v4.network(), 1).into(),
                last: next(v4.broadcast(), -1).into(),
                usable: all.map(|all| all - 2),
            }
        }
        IpNet::V4(v4) => Inside {
            block,
            mask: Some(v4.netmask()),
            broadcast: None,
            first: block.network(),
            last: block.broadcast(),
            usable: all,
        },
        IpNet::V6(_) => Inside {
            block,
            mask: None,
            broadcast: None,
            first: block.network(),
            last: block.broadcast(),
            usable: all,
        },
    }
}

/// The parts with this length of prefix: the first [`MOST_PARTS`] of them, and how many there are; none: more than can
/// be counted.
///
/// # Errors
/// [`BadBlock::NotSmaller`] when the parts are no parts.
pub fn split(block: IpNet, length: u8) -> Result<(Vec<IpNet>, Option<u128>), BadBlock> {
    if length < block.prefix_len() || length > block.max_prefix_len() {
        return Err(BadBlock::NotSmaller);
    }
    let parts = block.subnets(length).map_err(|_| BadBlock::NotSmaller)?;
    let all = 1_u128.checked_shl(u32::from(length - block.prefix_len()));
    Ok((parts.take(MOST_PARTS).collect(), all))
}

/// How two blocks that overlap lie to each other: blocks can't overlap in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    Same,
    /// The first lies inside of the second.
    Inside,
    /// The first lies around the second.
    Around,
}

/// How `one` lies to `other`; none: they have no address in common.
#[must_use]
pub fn overlap(one: IpNet, other: IpNet) -> Option<Overlap> {
    let (one, other) = (one.trunc(), other.trunc());
    if one == other {
        Some(Overlap::Same)
    } else if other.contains(&one) {
        Some(Overlap::Inside)
    } else if one.contains(&other) {
        Some(Overlap::Around)
    } else {
        None
    }
}

/// The first part of `within` with this length that overlaps with none of `taken`, if there is one.
#[must_use]
pub fn first_free(within: IpNet, length: u8, taken: &[IpNet]) -> Option<IpNet> {
    if length < within.prefix_len() || length > within.max_prefix_len() {
        return None;
    }
    let mut at = IpNet::new(within.network(), length).ok()?;
    loop {
        let Some(in_the_way) = taken.iter().find(|other| overlap(at, **other).is_some()) else {
            return Some(at);
        };
        // On behind what is in the way: as far as it reaches, or as far as this part does.
        let behind = std::cmp::max(in_the_way.broadcast(), at.broadcast());
        at = part_behind(behind, length).filter(|next| within.contains(next))?;
    }
}

/// The first part of this length behind an address.
fn part_behind(address: IpAddr, length: u8) -> Option<IpNet> {
    Some(match address {
        IpAddr::V4(v4) => {
            let next = u32::from(v4).checked_add(1)?;
            IpNet::V4(Ipv4Net::new(next.into(), length).ok()?)
        }
        IpAddr::V6(v6) => {
            let next = u128::from(v6).checked_add(1)?;
            IpNet::V6(Ipv6Net::new(next.into(), length).ok()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn block(text: &str) -> IpNet {
        parse(text).unwrap()
    }

    #[test]
    fn a_block_is_read_in_the_ways_that_people_write_it() {
        for text in [
            "10.0.0.0/22",
            " 10.0.3.7/22 ",
            "10.0.0.0 255.255.252.0",
            "10.0.0.0/255.255.252.0",
        ] {
            assert_eq!(block(text).to_string(), "10.0.0.0/22", "{text}");
        }
        assert_eq!(block("192.0.2.1").to_string(), "192.0.2.1/32");
        assert_eq!(block("2001:db8::1/64").to_string(), "2001:db8::/64");
        for text in [
            "",
            "10.0.0/22",
            "10.0.0.0/33",
            "10.0.0.0 255.0.255.0",
            "2001:db8:: 255.0.0.0",
            "x/8",
        ] {
            assert_eq!(parse(text), Err(BadBlock::NotABlock), "{text}");
        }
    }

    #[test]
    fn what_is_inside_leaves_out_the_two_that_are_nobodys() {
        let net = inside(block("10.0.0.0/22"));
        assert_eq!(
            (net.first.to_string(), net.last.to_string()),
            ("10.0.0.1".into(), "10.0.3.254".into())
        );
        assert_eq!(net.usable, Some(1_022));
        assert_eq!(net.mask.unwrap().to_string(), "255.255.252.0");
        assert_eq!(inside(block("10.0.0.0/31")).usable, Some(2));
        assert_eq!(inside(block("10.0.0.9/32")).usable, Some(1));
        assert_eq!(inside(block("0.0.0.0/0")).usable, Some((1 << 32) - 2));
        assert_eq!(inside(block("::/0")).usable, None);
    }

    #[test]
    fn a_block_is_split_and_not_into_larger_ones() {
        let (parts, all) = split(block("10.0.0.0/22"), 24).unwrap();
        assert_eq!((parts.len(), all), (4, Some(4)));
        assert_eq!(parts[3].to_string(), "10.0.3.0/24");
        let (parts, all) = split(block("::/0"), 128).unwrap();
        assert_eq!((parts.len(), all), (MOST_PARTS, None));
        assert_eq!(split(block("10.0.0.0/22"), 21), Err(BadBlock::NotSmaller));
        assert_eq!(split(block("10.0.0.0/22"), 33), Err(BadBlock::NotSmaller));
    }

    fn any_block() -> impl Strategy<Value = IpNet> {
        prop_oneof![
            (any::<u32>(), 0_u8..=32)
                .prop_map(|(address, length)| { IpNet::new(Ipv4Addr::from(address).into(), length).unwrap().trunc() }),
            // Close to each other, so that they meet.
            (0_u32..1 << 12, 22_u8..=32).prop_map(|(address, length)| {
                IpNet::new(Ipv4Addr::from(0x0a00_0000 + address).into(), length)
                    .unwrap()
                    .trunc()
            }),
            (any::<u128>(), 0_u8..=128)
                .prop_map(|(address, length)| { IpNet::V6(Ipv6Net::new(address.into(), length).unwrap()).trunc() }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(block in any_block()) {
            prop_assert_eq!(parse(&block.to_string()), Ok(block));
        }

        #[test]
        fn the_first_and_the_last_are_inside_in_this_order(block in any_block()) {
            let net = inside(block);
            prop_assert!(block.contains(&net.first) && block.contains(&net.last));
            prop_assert!(net.first <= net.last);
        }

        #[test]
        fn overlapping_has_two_sides_and_means_a_common_address(one in any_block(), other in any_block()) {
            let back = overlap(other, one);
            match overlap(one, other) {
                None => prop_assert!(back.is_none() && !one.contains(&other.network()) && !other.contains(&one.network())),
                Some(Overlap::Same) => prop_assert_eq!(back, Some(Overlap::Same)),
                Some(Overlap::Inside) => prop_assert_eq!(back, Some(Overlap::Around)),
                Some(Overlap::Around) => prop_assert_eq!(back, Some(Overlap::Inside)),
            }
        }

        #[test]
        fn parts_are_inside_lie_side_by_side_and_overlap_nowhere(block in any_block(), more in 0_u8..6) {
            let length = (block.prefix_len() + more).min(block.max_prefix_len());
            let (parts, all) = split(block, length).unwrap();
            prop_assert_eq!(all, Some(parts.len() as u128));
            for (at, part) in parts.iter().enumerate() {
                prop_assert!(block.contains(part));
                prop_assert!(parts[at + 1..].iter().all(|other| overlap(*part, *other).is_none()));
            }
        }

        #[test]
        fn what_is_free_is_inside_overlaps_with_nothing_and_nothing_before_it_is(
            taken in proptest::collection::vec(any_block(), 0..12), length in 22_u8..=28,
        ) {
            let within = block("10.0.0.0/20");
            let parts: Vec<IpNet> = within.subnets(length).unwrap().collect();
            let is_free = |part: &&IpNet| !taken.iter().any(|other| overlap(**part, *other).is_some());
            prop_assert_eq!(first_free(within, length, &taken), parts.iter().find(is_free).copied());
        }
    }
}
