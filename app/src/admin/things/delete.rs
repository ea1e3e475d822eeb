//! The question before something at Contabo is deleted.

use leptos::prelude::*;

use crate::{
    admin::Subject,
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
    DomainContact,
    Image,
    Secret,
    Tag,
    User,
    Role,
}

impl Doomed {
    fn consequence(self) -> &'static str {
        match self {
            Self::Network => t("network-delete-text"),
            Self::Firewall => t("firewall-delete-text"),
            Self::Zone => t("zone-delete-text"),
            Self::Record => t("record-delete-text"),
            Self::DomainContact => t("contact-delete-text"),
            Self::Image => t("image-delete-text"),
            Self::Secret => t("secret-delete-text"),
            Self::Tag => t("tag-delete-text"),
            Self::User => t("contabo-user-delete-text"),
            Self::Role => t("contabo-role-delete-text"),
        }
    }

    /// The list that it is in.
    fn crumb(self) -> Crumb {
        match self {
            Self::Network => Crumb::new(t("networks"), "/admin/networks"),
            Self::Firewall => Crumb::new(t("firewalls"), "/admin/firewalls"),
            Self::DomainContact => Crumb::new(t("domain-contacts"), "/admin/domains/contacts"),
            Self::Image => Crumb::new(t("images"), "/admin/images"),
            Self::Secret => Crumb::new(t("secrets"), "/admin/secrets"),
            Self::Tag => Crumb::new(t("tags"), "/admin/tags"),
            Self::User | Self::Role => Crumb::new(t("contabo-accounts"), "/admin/contabo"),
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
    /// What uses it, which is said before.
    #[prop(optional)]
    uses: Vec<Subject>,
) -> impl IntoView {
    let question = t_with("thing-delete-question", &[("name", name.clone().into())]);
    let crumbs = vec![doomed.crumb(), Crumb::new(name, href.clone())];
    let uses = (!uses.is_empty()).then(|| {
        let items = uses
            .into_iter()
            .map(|one| view! { <li><a href=one.href>{one.name}</a></li> });
        let items = items.collect_view();
        view! { <Notice tone=Tone::Warning title=t("thing-delete-uses")><ul>{items}</ul></Notice> }
    });
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    view! {
        <Layout title=question.clone() crumbs=crumbs>
            {refused}
            {uses}
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
        sample("domain-contact-delete", Doomed::DomainContact, "Example Networks"),
        sample("secret-delete", Doomed::Secret, "Alice's laptop"),
        sample("contabo-user-delete", Doomed::User, "bob@north.test"),
        sample("contabo-role-delete", Doomed::Role, "Backups"),
        sample("tag-delete-hostile", Doomed::Tag, HOSTILE),
        Sample::new("image-delete-hostile", samples::page(Area::Admin), || {
            let href = || "/admin/images/1".to_owned();
            let uses = vec![Subject {
                name: HOSTILE.to_owned(),
                href: "/admin/servers/1".to_owned(),
            }];
            view! { <DeletePage doomed=Doomed::Image name=HOSTILE.to_owned() href=href() action=href() refused=None uses=uses/> }
        }),
    ]
}
