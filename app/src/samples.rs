//! Example pages with their circumstances, for the tests that render everything and for the gallery.
//!
//! The values are believable, never random. Not for the product: the demo makes its own data.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::{Area, Assets, Page, Tenant, Theme, Visitor, render},
    ui::nav,
};

/// What someone would type to break a page. Each page has a sample with it in every text.
pub const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'&<img src=x>";

/// One page as it could be served.
pub struct Sample {
    /// Names the file in the gallery: `sign-in-wrong`.
    pub name: &'static str,
    pub page: Page,
    view: Box<dyn FnOnce() -> AnyView>,
}

impl Sample {
    /// A sample from its circumstances and its view.
    pub fn new<V: IntoView + 'static>(name: &'static str, page: Page, view: impl FnOnce() -> V + 'static) -> Self {
        Self {
            name,
            page,
            view: Box::new(move || view().into_any()),
        }
    }

    /// The document.
    pub fn html(self) -> String {
        render(self.page, self.view)
    }
}

/// The moment at which all samples are looked at: Saturday 21 November 2026, 09:41:30 UTC.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_254_090, 0).unwrap_or_default()
}

/// A page of an area, seen by a visitor who belongs there.
pub fn page(area: Area) -> Page {
    let visitor = |name: &str, mail: &str, role: &str, sign_out_url: &'static str| Visitor {
        name: name.to_owned(),
        mail: mail.to_owned(),
        role: role.to_owned(),
        profile_url: Some("/profile".into()),
        sign_out_url: sign_out_url.into(),
    };
    Page {
        zone: chrono_tz::Europe::Berlin,
        now: now(),
        theme: Theme::Auto,
        theme_url: Some("/theme".into()),
        request_id: "0199f3a2-6c1e-7b40-9d53-2f6c7b1e8a04".to_owned(),
        assets: Assets {
            css_urls: ["tokens", "base", "layout"]
                .map(|name| format!("/style/{name}.css").into())
                .into(),
            js_url: "/public/mainstay.js".into(),
            sprite_url: "/public/icons.svg".into(),
            favicon_url: "/public/favicon.svg".into(),
            manifest_url: "/public/manifest.webmanifest".into(),
        },
        area,
        tenant: Tenant {
            name: "Northbridge Fibre".to_owned(),
            ..Tenant::default()
        },
        visitor: match area {
            Area::Portal => Some(visitor(
                "Alice Hartmann",
                "alice@acme.example",
                "Owner",
                "/portal/sign-out",
            )),
            Area::Admin => Some(visitor(
                "Bob Reyes",
                "bob@northbridge.example",
                "Admin",
                "/admin/sign-out",
            )),
            Area::Operator => Some(visitor(
                "Olga Lind",
                "olga@mainstay.example",
                "Operator",
                "/operator/sign-out",
            )),
            Area::Public => None,
        },
        nav: match area {
            Area::Portal => nav::portal(),
            Area::Admin => nav::admin(),
            Area::Operator => nav::operator(),
            Area::Public => Vec::new(),
        },
        current: "links",
        ..Page::default()
    }
}

/// Every sample of every page.
pub fn all() -> Vec<Sample> {
    [
        crate::admin::samples(),
        crate::public::sign_in::samples(),
        crate::public::change_password::samples(),
        crate::public::error_page::samples(),
        crate::public::share::samples(),
        crate::portal::dashboard::samples(),
        crate::portal::links::samples(),
        crate::portal::link::samples(),
        crate::portal::reports::samples(),
        crate::measured::table::samples(),
        crate::portal::notifications::samples(),
        crate::servers::samples(),
        crate::storages::samples(),
        crate::public::profile::samples(),
        crate::public::unsubscribe::samples(),
        crate::operator::tenants::samples(),
        crate::dev::components::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
