//! Where each area's navigation leads.
//!
//! The server leaves out what a visitor's role may not see. The addresses are the ones in its route list.

use super::Icon;
use crate::text::Text;

/// One entry.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// What [`crate::Page::current`] names.
    pub id: &'static str,
    /// The label's key in the catalogue.
    pub label: &'static str,
    pub icon: Icon,
    pub href: Text,
    /// The key of the heading above it, where a group begins.
    pub group: Option<&'static str>,
    /// `g` and then this letter goes there.
    pub shortcut: char,
}

fn item(id: &'static str, label: &'static str, icon: Icon, href: &'static str, shortcut: char) -> NavItem {
    NavItem {
        id,
        label,
        icon,
        href: href.into(),
        group: None,
        shortcut,
    }
}

fn under(group: &'static str, item: NavItem) -> NavItem {
    NavItem {
        group: Some(group),
        ..item
    }
}

/// Client users. Servers are left out where there can be none.
pub fn portal() -> Vec<NavItem> {
    vec![
        item("dashboard", "nav-dashboard", Icon::Home, "/portal", 'd'),
        item("links", "nav-links", Icon::Link, "/portal/links", 'l'),
        item("servers", "nav-servers", Icon::Server, "/portal/servers", 's'),
        item("storages", "nav-storages", Icon::Storage, "/portal/storages", 'j'),
        item("reports", "nav-reports", Icon::Document, "/portal/reports", 'r'),
    ]
}

/// Staff users.
pub fn admin() -> Vec<NavItem> {
    vec![
        item("dashboard", "nav-dashboard", Icon::Home, "/admin", 'd'),
        item("tasks", "nav-tasks", Icon::Check, "/admin/tasks", 'q'),
        under(
            "nav-group-network",
            item("routers", "nav-routers", Icon::Router, "/admin/routers", 'r'),
        ),
        item("links", "nav-links", Icon::Link, "/admin/links", 'l'),
        item("outages", "nav-outages", Icon::Alert, "/admin/outages", 'o'),
        item(
            "maintenance",
            "nav-maintenance",
            Icon::Maintenance,
            "/admin/maintenance",
            'm',
        ),
        item(
            "sla-profiles",
            "nav-sla-profiles",
            Icon::Shield,
            "/admin/sla-profiles",
            'p',
        ),
        item("reports", "nav-reports", Icon::Graph, "/admin/reports", 't'),
        under(
            "nav-group-hosting",
            item("servers", "nav-servers", Icon::Server, "/admin/servers", 'v'),
        ),
        item("storages", "nav-storages", Icon::Storage, "/admin/storages", 'j'),
        item("networks", "nav-networks", Icon::Network, "/admin/networks", 'n'),
        item("orders", "nav-orders", Icon::Order, "/admin/orders", 'x'),
        item("products", "nav-products", Icon::Price, "/admin/products", 'k'),
        item("costs", "nav-costs", Icon::Graph, "/admin/costs", 'z'),
        item("templates", "nav-templates", Icon::Template, "/admin/templates", 'y'),
        item("images", "nav-images", Icon::Lock, "/admin/images", 'h'),
        item("contabo", "nav-contabo", Icon::Cloud, "/admin/contabo", 'b'),
        under(
            "nav-group-customers",
            item("clients", "nav-clients", Icon::Client, "/admin/clients", 'c'),
        ),
        under(
            "nav-group-provider",
            item("staff", "nav-staff", Icon::Users, "/admin/staff", 's'),
        ),
        item("mail", "nav-mail", Icon::Mail, "/admin/mail", 'i'),
        item("audit", "nav-audit", Icon::Log, "/admin/audit", 'a'),
        item("settings", "nav-settings", Icon::Settings, "/admin/settings", 'e'),
    ]
}

/// Operators.
pub fn operator() -> Vec<NavItem> {
    vec![item("tenants", "nav-tenants", Icon::Client, "/operator", 't')]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_shortcut_leads_to_one_place() {
        for items in [portal(), admin(), operator()] {
            let mut seen = HashSet::new();
            for item in items {
                assert!(seen.insert(item.shortcut), "{} has a letter of another", item.id);
            }
        }
    }
}
