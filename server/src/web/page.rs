//! From a handler to a page: the circumstances of the request, and the answer around the markup.
//!
//! The markup itself is in the `app` crate.

use std::{
    future::{Ready, ready},
    sync::{Arc, LazyLock},
};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
};
use app::{
    page::{self, Assets},
    public::error_page::{ErrorPage, Problem},
    text::Lang,
    ui::{NavItem, nav},
};
use leptos::prelude::*;

use super::{
    Error,
    account::theme,
    area::Area,
    assets,
    context::Context,
    flash,
    guard::{Admitted, HasServers, TurnedAway},
    route,
};
use crate::domain::{
    identity::{ClientRole, StaffPermission, StaffRole, Visitor, Who},
    settings::accent::Accent,
};

/// The page that a request will get: what every page shows beside its own content. An extractor.
#[derive(Clone, Debug)]
pub struct Page {
    page: page::Page,
    /// Which the address belongs to, whoever asks.
    area: Option<Area>,
}

static FILES: LazyLock<Assets> = LazyLock::new(|| Assets {
    css_urls: vec![assets::url("style.css").into()],
    js_url: assets::url("mainstay.js").into(),
    sprite_url: assets::url("icons.svg").into(),
    favicon_url: assets::url("favicon.svg").into(),
    manifest_url: assets::url("manifest.webmanifest").into(),
});

impl Page {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let theme = theme::chosen(request);
        let extensions = request.extensions();
        let Some(context) = extensions.get::<Arc<Context>>() else {
            return Self {
                page: page::Page::default(),
                area: None,
            };
        };
        let admitted = extensions.get::<Admitted>().map(|Admitted(visitor)| visitor.as_ref());
        let turned_away = extensions
            .get::<TurnedAway>()
            .map(|TurnedAway(visitor)| visitor.as_ref());
        let visitor = admitted.or(turned_away);
        // Whoever must change the password first can go nowhere else.
        let at_home = visitor
            .filter(|visitor| !visitor.must_change_password)
            .zip(context.area);
        let lang = language(request);
        // Operators work for all tenants: whose host they came by is not to be seen.
        let tenant = context.tenant.as_ref().filter(|_| context.area != Some(Area::Operator));
        let tenant_zone = tenant.and_then(|tenant| tenant.zone.parse().ok());
        let zone = visitor.and_then(|visitor| visitor.zone).or(tenant_zone);
        let page = page::Page {
            lang,
            zone: zone.unwrap_or(chrono_tz::UTC),
            now: context.site.clock.now(),
            theme,
            theme_url: Some(route::Theme.to_string().into()),
            request_id: context.request_id.clone(),
            assets: FILES.clone(),
            area: at_home.map_or(page::Area::Public, |(_, area)| area.into()),
            tenant: page::Tenant {
                name: tenant.map_or_else(String::new, |tenant| tenant.name.clone()),
                logo_url: tenant.and_then(|tenant| assets::logo_url(tenant)),
                stylesheet_url: tenant.and_then(|tenant| {
                    let style = Accent::sheet_name_of(tenant.accent.as_deref()?);
                    Some(route::TenantStyle { style }.to_string())
                }),
            },
            visitor: at_home.map(|(visitor, area)| shown(visitor, area, lang)),
            nav: at_home.map_or_else(Vec::new, |(visitor, area)| {
                navigation(visitor, area, extensions.get::<HasServers>().is_some())
            }),
            flash: flash::told(request),
            ..page::Page::default()
        };
        Self {
            page,
            area: context.area,
        }
    }

    /// As the entry of the navigation with this id (see `app::ui::nav`).
    #[must_use]
    pub fn at(mut self, current: &'static str) -> Self {
        self.page.current = current;
        self
    }

    /// With the address of the event stream that keeps it up to date.
    #[must_use]
    pub fn live(mut self, url: impl ToString) -> Self {
        self.page.live_url = Some(url.to_string());
        self
    }

    /// Asked for again after so many seconds where there are no scripts, or no stream for them.
    #[must_use]
    pub fn again_after(mut self, seconds: u8) -> Self {
        self.page.again_after = Some(seconds);
        self
    }

    /// Read in this zone: what is a document reads the same for everybody.
    #[must_use]
    pub fn in_zone(mut self, zone: chrono_tz::Tz) -> Self {
        self.page.zone = zone;
        self
    }

    /// With all the width, though nobody is signed in.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.page.wide = true;
        self
    }

    /// The zone in which the visitor reads times.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.page.zone
    }

    /// The visitor's language, for texts that are made outside of the page.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.page.lang
    }

    /// The circumstances themselves, to render a fragment of the page with.
    #[must_use]
    pub fn into_inner(self) -> page::Page {
        self.page
    }

    /// The page.
    pub fn ok<V: IntoView>(self, view: impl FnOnce() -> V) -> HttpResponse {
        self.with_status(StatusCode::OK, view)
    }

    /// The same page again, with what is wrong with its form.
    pub fn unprocessable<V: IntoView>(self, view: impl FnOnce() -> V) -> HttpResponse {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY, view)
    }

    /// The page with another status.
    pub fn with_status<V: IntoView>(self, status: StatusCode, view: impl FnOnce() -> V) -> HttpResponse {
        let tells = self.page.flash.is_some();
        let response = HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(app::render(self.page, view));
        if tells { flash::forget(response) } else { response }
    }

    /// The page of an error.
    pub(super) fn problem(self, problem: Problem) -> String {
        let home = self.area.map_or_else(|| route::Home.to_string(), Area::home);
        app::render(self.page, move || view! { <ErrorPage problem=problem home=home/> })
    }
}

/// The language that the browser likes best of those there is a catalogue for.
fn language(request: &HttpRequest) -> Lang {
    let wanted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let mut ranked: Vec<(&str, f32)> = wanted
        .unwrap_or_default()
        .split(',')
        .filter_map(|part| {
            let (code, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            Some((code.trim(), weight.trim().parse().ok()?))
        })
        .collect();
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    ranked
        .into_iter()
        .find_map(|(code, _)| Lang::parse(code))
        .unwrap_or_default()
}

impl FromRequest for Page {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl From<Area> for page::Area {
    fn from(area: Area) -> Self {
        match area {
            Area::Portal => Self::Portal,
            Area::Admin => Self::Admin,
            Area::Operator => Self::Operator,
        }
    }
}

fn shown(visitor: &Visitor, area: Area, lang: Lang) -> page::Visitor {
    let role = match &visitor.who {
        Who::Staff { role, .. } => match role {
            StaffRole::Viewer => "role-viewer",
            StaffRole::Operator => "role-operator",
            StaffRole::Admin => "role-admin",
            StaffRole::Owner => "role-owner",
        },
        // With roles at several clients, the strongest: the menu is no place for a list.
        Who::Client { memberships, .. } => match memberships.iter().map(|membership| membership.role).max() {
            Some(ClientRole::Owner) => "role-owner",
            Some(ClientRole::Operator) => "role-operator",
            Some(ClientRole::Viewer) | None => "role-viewer",
        },
        Who::Operator(_) => "role-runs-installation",
    };
    page::Visitor {
        name: visitor.name.clone(),
        mail: visitor.mail.clone(),
        role: lang.t(role).into(),
        profile_url: Some(area.profile().into()),
        sign_out_url: area.sign_out().into(),
    }
}

/// The area's navigation without what the role may not see.
fn navigation(visitor: &Visitor, area: Area, has_servers: bool) -> Vec<NavItem> {
    match (area, &visitor.who) {
        (Area::Portal, _) => {
            let mut items = nav::portal();
            items.retain(|item| has_servers || !["servers", "storages"].contains(&item.id));
            items
        }
        (Area::Operator, _) => nav::operator(),
        (Area::Admin, Who::Staff { role, .. }) => {
            let mut items = nav::admin();
            items.retain(|item| entry_needs(item.id).is_none_or(|permission| role.allows(permission)));
            items
        }
        (Area::Admin, Who::Client { .. } | Who::Operator(_)) => Vec::new(),
    }
}

/// What the page behind an entry of the staff's navigation needs, as `routes.rs` says.
fn entry_needs(id: &str) -> Option<StaffPermission> {
    match id {
        "dashboard" => Some(StaffPermission::SeeDashboard),
        "routers" => Some(StaffPermission::SeeRouters),
        "links" => Some(StaffPermission::SeeLinks),
        "outages" => Some(StaffPermission::SeeOutages),
        "maintenance" => Some(StaffPermission::SeeMaintenance),
        "reports" => Some(StaffPermission::SeeReports),
        "sla-profiles" => Some(StaffPermission::SeeSlaProfiles),
        "servers" | "storages" | "networks" | "images" | "templates" | "contabo" | "orders" | "products" | "costs"
        | "tasks" => Some(StaffPermission::SeeServers),
        "clients" => Some(StaffPermission::SeeClients),
        "staff" => Some(StaffPermission::SeeStaff),
        "mail" => Some(StaffPermission::SeeMail),
        "audit" => Some(StaffPermission::SeeAudit),
        "settings" => Some(StaffPermission::SeeSettings),
        _ => None,
    }
}

/// The page for a status; none for one that is no failure.
pub(super) fn problem(status: StatusCode) -> Option<Problem> {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Some(Problem::Forbidden),
        StatusCode::CONFLICT => Some(Problem::Conflict),
        StatusCode::PAYLOAD_TOO_LARGE => Some(Problem::TooLarge),
        StatusCode::TOO_MANY_REQUESTS => Some(Problem::TooMany),
        StatusCode::SERVICE_UNAVAILABLE => Some(Problem::Unavailable),
        status if status.is_server_error() => Some(Problem::Internal),
        // Whatever else the visitor's program did wrong: there is no page for it.
        status if status.is_client_error() => Some(Problem::NotFound),
        _ => None,
    }
}

/// After a change: the browser asks for this page with GET.
pub fn see_other(to: impl ToString) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to.to_string()))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_staffs_navigation_has_its_permission() {
        for item in nav::admin() {
            assert!(entry_needs(item.id).is_some(), "{}", item.id);
        }
    }
}
