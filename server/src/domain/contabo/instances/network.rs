//! An instance's network as its system's own configuration, for whoever has to write it by hand.
//!
//! Name servers are not in it: Contabo does not say them, and those that a system has can stay.

use std::{fmt::Write, net::IpAddr};

use super::{Address, Details};

/// The interface's name, as Contabo's images have it.
const INTERFACE: &str = "eth0";

/// What an instance has beside its own addresses.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Its addresses in each private network, with the lengths of their prefixes.
    pub private: Vec<Vec<(IpAddr, u8)>>,
    /// Further addresses that are noted for it.
    pub noted: Vec<IpAddr>,
}

impl Beside {
    /// Each private network with the name of its interface, as Contabo's images have them.
    fn interfaces(&self) -> impl Iterator<Item = (String, &Vec<(IpAddr, u8)>)> {
        let networks = self.private.iter().filter(|addresses| !addresses.is_empty());
        networks
            .enumerate()
            .map(|(at, addresses)| (format!("eth{}", at + 1), addresses))
    }

    /// The noted addresses that are not among the instance's own.
    fn further<'a>(&'a self, own: &'a [&Address]) -> impl Iterator<Item = IpAddr> + 'a {
        let further = self.noted.iter().copied();
        further.filter(|ip| !own.iter().any(|address| address.ip == *ip))
    }
}

/// The length of the prefix of a single address.
fn whole(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

/// For netplan (`/etc/netplan/…`), as Ubuntu has it; none while no address is known.
#[must_use]
pub fn netplan(details: &Details, beside: &Beside) -> Option<String> {
    let addresses = addresses(details)?;
    let mut text = format!("network:\n  version: 2\n  ethernets:\n    {INTERFACE}:\n");
    // Writing to a string cannot fail.
    if let Some(mac) = mac(details) {
        let _ = write!(
            text,
            "      match:\n        macaddress: \"{mac}\"\n      set-name: {INTERFACE}\n"
        );
    }
    text.push_str("      dhcp4: false\n      dhcp6: false\n      addresses:\n");
    for address in &addresses {
        let _ = writeln!(text, "        - \"{}/{}\"", address.ip, address.prefix);
    }
    for ip in beside.further(&addresses) {
        let _ = writeln!(text, "        - \"{ip}/{}\"", whole(ip));
    }
    let mut routes = String::new();
    for (address, gateway) in gateways(details) {
        let to = if gateway.is_ipv4() { "0.0.0.0/0" } else { "::/0" };
        let _ = writeln!(routes, "        - to: \"{to}\"\n          via: \"{gateway}\"");
        if !is_inside(address, gateway) {
            routes.push_str("          on-link: true\n");
        }
    }
    if !routes.is_empty() {
        text.push_str("      routes:\n");
        text.push_str(&routes);
    }
    for (interface, addresses) in beside.interfaces() {
        let _ = write!(
            text,
            "    {interface}:\n      dhcp4: false\n      dhcp6: false\n      addresses:\n"
        );
        for (ip, prefix) in addresses {
            let _ = writeln!(text, "        - \"{ip}/{prefix}\"");
        }
    }
    Some(text)
}

/// For ifupdown (`/etc/network/interfaces`), as Debian has it; none while no address is known.
#[must_use]
pub fn ifupdown(details: &Details, beside: &Beside) -> Option<String> {
    let addresses = addresses(details)?;
    let mut text = format!("auto {INTERFACE}\n");
    for address in &addresses {
        stanza(&mut text, INTERFACE, address.ip, address.prefix);
        let gateway = gateways(details).into_iter().find(|(own, _)| own == address);
        let _ = match gateway {
            None => Ok(()),
            // ifupdown takes no gateway outside of the network, but for one that every IPv6 link has.
            Some((_, gateway)) if gateway.is_ipv4() && !is_inside(address, gateway) => writeln!(
                text,
                "    up ip route add {gateway} dev {INTERFACE}\n    up ip route add default via {gateway} dev {INTERFACE}"
            ),
            Some((_, gateway)) => writeln!(text, "    gateway {gateway}"),
        };
    }
    for ip in beside.further(&addresses) {
        stanza(&mut text, INTERFACE, ip, whole(ip));
    }
    for (interface, addresses) in beside.interfaces() {
        let _ = write!(text, "\nauto {interface}\n");
        for (ip, prefix) in addresses {
            stanza(&mut text, &interface, *ip, *prefix);
        }
    }
    Some(text)
}

fn stanza(text: &mut String, interface: &str, ip: IpAddr, prefix: u8) {
    let family = if ip.is_ipv4() { "inet" } else { "inet6" };
    // Writing to a string cannot fail.
    let _ = write!(text, "\niface {interface} {family} static\n    address {ip}/{prefix}\n");
}

fn addresses(details: &Details) -> Option<Vec<&Address>> {
    let all: Vec<&Address> = details.addresses().collect();
    (!all.is_empty()).then_some(all)
}

/// The ways out: one a family, that of the main address.
fn gateways(details: &Details) -> Vec<(&Address, IpAddr)> {
    let main = details.main_addresses();
    main.filter_map(|address| Some((address, address.gateway?))).collect()
}

/// The card's address, if it is one: what Contabo says goes into a file that is run as root.
fn mac(details: &Details) -> Option<&str> {
    let mac = details.mac.as_deref()?;
    let parts: Vec<&str> = mac.split(':').collect();
    let is_byte = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    (parts.len() == 6 && parts.iter().all(is_byte)).then_some(mac)
}

fn is_inside(address: &Address, gateway: IpAddr) -> bool {
    ipnet::IpNet::new(address.ip, address.prefix).is_ok_and(|net| net.contains(&gateway))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(ip: &str, prefix: u8, gateway: &str) -> Address {
        Address {
            ip: ip.parse().unwrap(),
            prefix,
            gateway: gateway.parse().ok(),
        }
    }

    fn details() -> Details {
        Details {
            ipv4: Some(address("203.0.113.20", 22, "203.0.112.1")),
            ipv6: Some(address("2001:0db8:0000:0000:0000:0000:0000:0020", 64, "fe80::1")),
            additional: vec![address("198.51.100.9", 32, "")],
            mac: Some("00:50:56:aa:bb:cc".to_owned()),
            ..Details::default()
        }
    }

    #[test]
    fn netplan_has_every_address_and_a_way_out_of_each_family() {
        let expected = "\
network:
  version: 2
  ethernets:
    eth0:
      match:
        macaddress: \"00:50:56:aa:bb:cc\"
      set-name: eth0
      dhcp4: false
      dhcp6: false
      addresses:
        - \"203.0.113.20/22\"
        - \"2001:db8::20/64\"
        - \"198.51.100.9/32\"
      routes:
        - to: \"0.0.0.0/0\"
          via: \"203.0.112.1\"
        - to: \"::/0\"
          via: \"fe80::1\"
          on-link: true
";
        assert_eq!(netplan(&details(), &Beside::default()).as_deref(), Some(expected));
    }

    #[test]
    fn ifupdown_has_a_stanza_an_address() {
        let expected = "\
auto eth0

iface eth0 inet static
    address 203.0.113.20/22
    gateway 203.0.112.1

iface eth0 inet6 static
    address 2001:db8::20/64
    gateway fe80::1

iface eth0 inet static
    address 198.51.100.9/32
";
        assert_eq!(ifupdown(&details(), &Beside::default()).as_deref(), Some(expected));
        let apart = Details {
            ipv4: Some(address("203.0.113.20", 32, "198.51.100.1")),
            ..Details::default()
        };
        let text = ifupdown(&apart, &Beside::default()).unwrap();
        assert!(
            text.contains("up ip route add default via 198.51.100.1 dev eth0"),
            "{text}"
        );
        assert!(netplan(&apart, &Beside::default()).unwrap().contains("on-link: true"));
    }

    #[test]
    fn what_is_no_address_is_left_out() {
        assert_eq!(netplan(&Details::default(), &Beside::default()), None);
        let hostile = Details {
            mac: Some("00:50:56:aa:bb:cc\"\nrenderer: x".to_owned()),
            ..details()
        };
        assert!(!netplan(&hostile, &Beside::default()).unwrap().contains("match"));
    }

    #[test]
    fn private_networks_have_interfaces_of_their_own_and_noted_addresses_stand_with_the_others() {
        let beside = Beside {
            private: vec![
                vec![("10.0.0.2".parse().unwrap(), 22)],
                Vec::new(),
                vec![("10.0.4.2".parse().unwrap(), 22)],
            ],
            noted: vec!["198.51.100.77".parse().unwrap(), "198.51.100.9".parse().unwrap()],
        };
        let text = netplan(&details(), &beside).unwrap();
        assert!(text.contains("- \"198.51.100.77/32\""), "{text}");
        assert_eq!(text.matches("198.51.100.9/").count(), 1, "{text}");
        assert!(text.ends_with(
            "    eth1:\n      dhcp4: false\n      dhcp6: false\n      addresses:\n        - \"10.0.0.2/22\"\n    eth2:\n      dhcp4: false\n      dhcp6: false\n      addresses:\n        - \"10.0.4.2/22\"\n"
        ));
        let text = ifupdown(&details(), &beside).unwrap();
        assert!(
            text.contains("\nauto eth1\n\niface eth1 inet static\n    address 10.0.0.2/22\n"),
            "{text}"
        );
    }
}
