//! Which addresses a tenant may make this installation connect to: routers first, later webhooks and the like.
//!
//! It judges one address. Resolving a name, asking for each address that it has and connecting to no other is what the
//! client of the outside system does, with [`AddressPolicy::guard`].

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Arc,
};

use entity::tenant;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::config::Settings;

/// Networks that are nobody's but their owner's: RFC 1918, RFC 6598 (carrier-grade NAT).
const PRIVATE_V4: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
];

/// RFC 4193 and the site-local addresses before it.
const PRIVATE_V6: [Ipv6Net; 2] = [
    Ipv6Net::new_assert(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    Ipv6Net::new_assert(Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10),
];

/// Where clouds answer their machines with secrets, besides the link-local 169.254.169.254: Alibaba, Oracle, Azure, AWS,
/// Google.
const METADATA: [IpAddr; 5] = [
    IpAddr::V4(Ipv4Addr::new(100, 100, 100, 200)),
    IpAddr::V4(Ipv4Addr::new(192, 0, 0, 192)),
    IpAddr::V4(Ipv4Addr::new(168, 63, 129, 16)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)),
    IpAddr::V6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)),
];

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// This machine itself.
    Loopback,
    /// Only ever on the same wire.
    LinkLocal,
    /// Secrets of a cloud's machines.
    Metadata,
    /// Not the address of one machine.
    NotAHost,
    /// In a private range that the operator has not opened to the tenant.
    Private,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Loopback => "it is this machine itself",
            Self::LinkLocal => "it is link-local",
            Self::Metadata => "it is a cloud's metadata service",
            Self::NotAHost => "it is not the address of one machine",
            Self::Private => "it is private, and the operator has not opened this range",
        })
    }
}

/// What one tenant may connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressPolicy {
    loopback: bool,
    private: Private,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Private {
    All,
    Ranges(Vec<IpNet>),
}

impl AddressPolicy {
    /// What `tenant` may, in an installation with so many `tenants`: alone, it may use every private range. A range of
    /// the tenant's that is no CIDR opens nothing.
    #[must_use]
    pub fn of_tenant(settings: &Settings, tenant: &tenant::Model, tenants: u64) -> Self {
        let own = tenant.private_ranges.iter().flat_map(|text| text.split_whitespace());
        Self {
            loopback: settings.allow_loopback,
            private: match tenants {
                0 | 1 => Private::All,
                _ => Private::Ranges(
                    (settings.private_ranges.iter().copied())
                        .chain(own.filter_map(|range| range.parse().ok()))
                        .collect(),
                ),
            },
        }
    }

    /// What whoever has a shell on this machine may: everything but clouds' secrets and what is no machine.
    #[must_use]
    pub fn of_the_operator() -> Self {
        Self {
            loopback: true,
            private: Private::All,
        }
    }

    /// Whether `address` may be connected to.
    ///
    /// # Errors
    /// Why not. No setting opens metadata services and link-local addresses.
    pub fn check(&self, address: IpAddr) -> Result<(), Refused> {
        let address = unwrapped(address);
        if METADATA.contains(&address) {
            return Err(Refused::Metadata);
        }
        if address.is_loopback() {
            return if self.loopback { Ok(()) } else { Err(Refused::Loopback) };
        }
        let private = match address {
            IpAddr::V4(v4) => {
                if v4.is_link_local() {
                    return Err(Refused::LinkLocal);
                }
                // 0/8 is "this network"; from 224 on are groups, what is reserved, and the broadcast.
                if v4.octets()[0] == 0 || v4.octets()[0] >= 224 {
                    return Err(Refused::NotAHost);
                }
                PRIVATE_V4.iter().any(|range| range.contains(&v4))
            }
            IpAddr::V6(v6) => {
                if v6.is_unicast_link_local() {
                    return Err(Refused::LinkLocal);
                }
                if v6.is_unspecified() || v6.is_multicast() {
                    return Err(Refused::NotAHost);
                }
                PRIVATE_V6.iter().any(|range| range.contains(&v6))
            }
        };
        match &self.private {
            Private::Ranges(open) if private && !open.iter().any(|range| range.contains(&address)) => {
                Err(Refused::Private)
            }
            _ => Ok(()),
        }
    }

    /// The same as the RouterOS client asks it.
    #[must_use]
    pub fn guard(&self) -> routeros::Guard {
        let policy = self.clone();
        Arc::new(move |address| policy.check(address).map_err(|refused| refused.to_string()))
    }
}

/// The IPv4 address that an IPv6 one leads to: mapped, through NAT64 (RFC 6052) or 6to4 (RFC 3056).
fn unwrapped(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        IpAddr::V4(Ipv4Addr::new(a, b, c, d))
    };
    match v6.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(ranges: &[&str]) -> AddressPolicy {
        AddressPolicy {
            loopback: false,
            private: Private::Ranges(ranges.iter().map(|range| range.parse().unwrap()).collect()),
        }
    }

    fn check(policy: &AddressPolicy, address: &str) -> Result<(), Refused> {
        policy.check(address.parse().unwrap())
    }

    #[test]
    fn public_addresses_are_open_to_all() {
        for address in [
            "8.8.8.8",
            "2001:4860:4860::8888",
            "198.51.100.7",
            "100.63.255.255",
            "172.32.0.1",
        ] {
            assert_eq!(check(&policy(&[]), address), Ok(()), "{address}");
        }
    }

    #[test]
    fn private_addresses_are_open_where_the_operator_opened_them() {
        let one = policy(&["10.1.0.0/16", "fd12::/16"]);
        for address in ["10.1.2.3", "fd12::1", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3"] {
            assert_eq!(check(&one, address), Ok(()), "{address}");
        }
        for address in [
            "10.2.0.1",
            "192.168.0.1",
            "172.31.0.1",
            "100.64.0.1",
            "fd13::1",
            "2002:a02:1::1",
        ] {
            assert_eq!(check(&one, address), Err(Refused::Private), "{address}");
        }
    }

    #[test]
    fn nothing_opens_what_is_never_a_router() {
        let wide = policy(&["0.0.0.0/0", "::/0"]);
        for (address, refused) in [
            ("127.0.0.1", Refused::Loopback),
            ("::1", Refused::Loopback),
            ("::ffff:127.0.0.1", Refused::Loopback),
            ("169.254.169.254", Refused::LinkLocal),
            ("::ffff:169.254.169.254", Refused::LinkLocal),
            ("fe80::1", Refused::LinkLocal),
            ("100.100.100.200", Refused::Metadata),
            ("fd00:ec2::254", Refused::Metadata),
            ("0.0.0.0", Refused::NotAHost),
            ("::", Refused::NotAHost),
            ("224.0.0.1", Refused::NotAHost),
            ("255.255.255.255", Refused::NotAHost),
            ("ff02::1", Refused::NotAHost),
        ] {
            assert_eq!(check(&wide, address), Err(refused), "{address}");
        }
        assert_eq!(check(&AddressPolicy::of_the_operator(), "127.0.0.1"), Ok(()));
        assert_eq!(
            check(&AddressPolicy::of_the_operator(), "169.254.169.254"),
            Err(Refused::LinkLocal)
        );
    }
}
