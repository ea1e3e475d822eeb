//! Which interface of the router a link is. Routers give an interface a new `.id` when it is made anew, and people
//! give it new names.

use routeros::{Interface, InterfaceFilter};

use super::setup::Chosen;

/// What was asked for, among what was answered.
///
/// The `.id` outlives a rename, so it comes first; but one that now carries another factory name was given to another
/// port. RouterOS makes dynamic interfaces (`<pppoe-alice>`) anew with each connection, and may give their `.id` to
/// the next customer: those are known by their name alone.
pub(super) fn find<'i>(chosen: &Chosen, last_id: Option<&str>, interfaces: &'i [Interface]) -> Option<&'i Interface> {
    let factory = chosen.default_name.as_deref();
    let same_port = |interface: &&Interface| {
        let theirs = interface.default_name.as_ref().map(|name| name.as_str());
        factory.is_none() || theirs.is_none() || factory == theirs
    };
    let id = last_id
        .or(chosen.id.as_deref())
        .filter(|_| !chosen.name.starts_with('<'));
    let by_id = interfaces
        .iter()
        .find(|interface| Some(interface.id.as_str()) == id)
        .filter(same_port);
    let by_name = || {
        let mut named = interfaces
            .iter()
            .filter(|interface| interface.name.as_str() == chosen.name);
        named.find(same_port)
    };
    let by_port = || {
        let theirs = |interface: &&Interface| interface.default_name.as_ref().map(|name| name.as_str()) == factory;
        factory.and_then(|_| interfaces.iter().find(theirs))
    };
    by_id.or_else(by_name).or_else(by_port)
}

/// One question that gets all that may be meant.
pub(super) fn filter<'c>(links: impl Iterator<Item = (&'c Chosen, Option<&'c str>)>) -> InterfaceFilter {
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    for (chosen, last_id) in links {
        ids.extend(last_id.or(chosen.id.as_deref()).map(|id| id.as_bytes().to_vec()));
        names.push(chosen.name.as_bytes().to_vec());
        let factory = chosen.default_name.as_ref().filter(|name| **name != chosen.name);
        names.extend(factory.map(|name| name.as_bytes().to_vec()));
    }
    InterfaceFilter::Known { ids, names }
}

#[cfg(test)]
mod tests {
    use super::*;
    use routeros::{CodePage, Counters, Text};

    fn interface(id: &str, name: &str, default_name: Option<&str>) -> Interface {
        let text = |text: &str| Text::new(text.as_bytes(), CodePage::default());
        Interface {
            id: id.to_owned(),
            name: text(name),
            default_name: default_name.map(text),
            kind: None,
            running: Some(true),
            disabled: Some(false),
            counters: Counters::default(),
            link_downs: None,
            last_link_up: None,
            last_link_down: None,
            actual_mtu: None,
            mac_address: None,
            comment: None,
        }
    }

    fn chosen(id: Option<&str>, name: &str, default_name: Option<&str>) -> Chosen {
        Chosen {
            id: id.map(str::to_owned),
            name: name.to_owned(),
            default_name: default_name.map(str::to_owned),
        }
    }

    fn found(chosen: &Chosen, interfaces: &[Interface]) -> Option<String> {
        find(chosen, None, interfaces).map(|interface| interface.id.clone())
    }

    #[test]
    fn a_renamed_interface_is_followed_and_a_new_one_of_the_old_name_is_not_taken_for_it() {
        let there = [interface("*3", "uplink", None), interface("*9", "vlan7", None)];
        assert_eq!(found(&chosen(Some("*3"), "vlan7", None), &there).as_deref(), Some("*3"));
        assert_eq!(found(&chosen(None, "vlan7", None), &there).as_deref(), Some("*9"));
        assert_eq!(
            found(&chosen(Some("*4"), "vlan7", None), &there).as_deref(),
            Some("*9"),
            "made anew"
        );
        assert_eq!(found(&chosen(Some("*4"), "vlan8", None), &there), None);
    }

    #[test]
    fn a_port_is_known_by_its_factory_name_when_the_ids_were_dealt_anew() {
        let there = [
            interface("*1", "b", Some("ether2")),
            interface("*2", "a", Some("ether1")),
        ];
        assert_eq!(
            found(&chosen(Some("*1"), "a", Some("ether1")), &there).as_deref(),
            Some("*2")
        );
        assert_eq!(
            found(&chosen(Some("*7"), "c", Some("ether2")), &there).as_deref(),
            Some("*1")
        );
    }

    #[test]
    fn a_dynamic_interface_is_its_name() {
        let there = [
            interface("*F01", "<pppoe-bob>", None),
            interface("*F02", "<pppoe-alice>", None),
        ];
        assert_eq!(
            found(&chosen(Some("*F01"), "<pppoe-alice>", None), &there).as_deref(),
            Some("*F02")
        );
        assert_eq!(found(&chosen(Some("*F01"), "<pppoe-carol>", None), &there), None);
    }
}
