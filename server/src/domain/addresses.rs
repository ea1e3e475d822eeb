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

// The ranges below are those of <https://www.iana.org/assignments/iana-ipv4-special-registry> and
// <https://www.iana.org/assignments/iana-ipv6-special-registry> that are not for everybody to reach.

/// Networks that are nobody's but their owner's: RFC 1918, RFC 6598 (carrier-grade NAT), RFC 2544 (measuring), RFC 5737
/// (examples, which some people use).
const PRIVATE_V4: [Ipv4Net; 8] = [
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(198, 18, 0, 0), 15),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 0, 2, 0), 24),
    Ipv4Net::new_assert(Ipv4Addr::new(198, 51, 100, 0), 24),
    Ipv4Net::new_assert(Ipv4Addr::new(203, 0, 113, 0), 24),
];

/// RFC 4193, the site-local addresses before it, and the examples of RFC 3849 and RFC 9637.
const PRIVATE_V6: [Ipv6Net; 4] = [
    Ipv6Net::new_assert(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
    Ipv6Net::new_assert(Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10),
    Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    Ipv6Net::new_assert(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// What no machine is called by: this network; protocols' own and the relays of 6to4; groups, what is reserved, and the
/// broadcast.
const NO_HOST_V4: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(0, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 0, 0, 0), 24),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 88, 99, 0), 24),
    Ipv4Net::new_assert(Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Machines have addresses in here alone (RFC 4291), but for private ones. Outside are groups, and translators whose
/// IPv4 address can't be told from the IPv6 one: 64:ff9b:1::/48 (RFC 8215) has it in one of several places.
const HOSTS_V6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Protocols' own, in the midst of them: Teredo, ORCHID and the like (RFC 2928).
const PROTOCOLS_V6: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23);

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
    /// Not the address of one machine, or not to be told of which.
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
                if NO_HOST_V4.iter().any(|range| range.contains(&v4)) {
                    return Err(Refused::NotAHost);
                }
                PRIVATE_V4.iter().any(|range| range.contains(&v4))
            }
            IpAddr::V6(v6) => {
                if v6.is_unicast_link_local() {
                    return Err(Refused::LinkLocal);
                }
                let private = PRIVATE_V6.iter().any(|range| range.contains(&v6));
                if !private && (!HOSTS_V6.contains(&v6) || PROTOCOLS_V6.contains(&v6)) {
                    return Err(Refused::NotAHost);
                }
                private
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
            "2001:200::1",
            "2a00::1",
            "64:ff9b::8.8.8.8",
            "192.0.1.1",
            "192.88.98.1",
            "198.17.255.255",
            "198.20.0.1",
            "100.63.255.255",
            "172.32.0.1",
            "223.255.255.1",
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
            "192.0.2.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "fd13::1",
            "fec0::1",
            "2001:db8::1",
            "3fff::1",
            "2002:a02:1::1",
            "64:ff9b::192.168.0.1",
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
            ("192.0.0.8", Refused::NotAHost),
            ("192.88.99.1", Refused::NotAHost),
            ("240.0.0.1", Refused::NotAHost),
            ("::192.168.0.1", Refused::NotAHost),
            ("::ffff:0:192.168.0.1", Refused::NotAHost),
            ("64:ff9b:1::169.254.169.254", Refused::NotAHost),
            ("64:ff9b:1:a9fe:a9:fe00::", Refused::NotAHost),
            ("100::1", Refused::NotAHost),
            ("2001::1", Refused::NotAHost),
            ("2001:2::1", Refused::NotAHost),
            ("2001:20::1", Refused::NotAHost),
            ("5f00::1", Refused::NotAHost),
            ("64:ff9b::127.0.0.1", Refused::Loopback),
            ("2002:7f00:1::1", Refused::Loopback),
            ("64:ff9b::169.254.169.254", Refused::LinkLocal),
            ("64:ff9b::100.100.100.200", Refused::Metadata),
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
