//! The question before something at Contabo is deleted.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Crumb, DangerConfirm, Layout, Notice, Tone},
};

/// What is deleted: it decides what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doomed {
    Network,
    Firewall,
    Zone,
    Record,
}

impl Doomed {
    fn consequence(self) -> &'static str {
        match self {
            Self::Network => t("network-delete-text"),
            Self::Firewall => t("firewall-delete-text"),
            Self::Zone => t("zone-delete-text"),
            Self::Record => t("record-delete-text"),
        }
    }

    /// The list that it is in.
    fn crumb(self) -> Crumb {
        match self {
            Self::Network => Crumb::new(t("networks"), "/admin/networks"),
            Self::Firewall => Crumb::new(t("firewalls"), "/admin/firewalls"),
            Self::Zone | Self::Record => Crumb::new(t("dns"), "/admin/dns"),
        }
    }
}

/// The page, posting to its own path. `href` is the page of the thing; `action` of this one.
#[component]
pub fn DeletePage(
    doomed: Doomed,
    name: String,
    href: String,
    action: String,
    refused: Option<String>,
) -> impl IntoView {
    let question = t_with("thing-delete-question", &[("name", name.clone().into())]);
    let crumbs = vec![doomed.crumb(), Crumb::new(name, href.clone())];
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    view! {
        <Layout title=question.clone() crumbs=crumbs>
            {refused}
            <DangerConfirm question=question consequence=doomed.consequence() label=t("deed-delete") action=action cancel_href=href/>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, doomed, text: &'static str| {
        let page = Page {
            current: "networks",
            ..samples::page(Area::Admin)
        };
        Sample::new(name, page, move || {
            let (href, action) = ("/admin/networks/1".to_owned(), "/admin/networks/1/delete".to_owned());
            let refused = (text == HOSTILE).then(|| text.to_owned());
            view! { <DeletePage doomed=doomed name=text.to_owned() href=href action=action refused=refused/> }
        })
    };
    vec![
        sample("network-delete", Doomed::Network, "backend"),
        sample("firewall-delete", Doomed::Firewall, "web"),
        sample("zone-delete", Doomed::Zone, "example.net"),
        sample("record-delete-hostile", Doomed::Record, HOSTILE),
    ]
}
