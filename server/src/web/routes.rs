//! Every route, once: its method, its path, what one needs for it, and its handler.
//!
//! The same list registers the routes with actix and is walked by a test as nobody, as each role and as another
//! tenant's user. There is no other way to register a route, and none without saying what it needs.

use actix_web::{
    FromRequest, Handler, Resource, Responder, guard as actix_guard,
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use crate::startup::Parts;

use super::{
    account::{password, profile, sign_in, sign_out, theme},
    area::Area,
    assets,
    guard::{self, Needs},
    home, machines, operator,
    route::{self, Route},
};

/// Routes for machines, which every process has.
fn machines(to: &mut impl Routes) {
    to.get::<route::Healthz, _, _>(Needs::Nothing, machines::healthz);
    to.get::<route::Readyz, _, _>(Needs::Nothing, machines::readyz);
    to.get::<route::Metrics, _, _>(Needs::Nothing, machines::metrics);
}

/// Routes for people.
fn people(to: &mut impl Routes) {
    to.get::<route::Asset, _, _>(Needs::Nothing, assets::hashed);
    to.get::<route::Favicon, _, _>(Needs::Nothing, assets::named);
    to.get::<route::Manifest, _, _>(Needs::Nothing, assets::named);

    to.get::<route::Home, _, _>(Needs::Nothing, home::get);
    to.post::<route::Theme, _, _>(Needs::Nothing, theme::post);

    to.get::<route::PortalSignIn, _, _>(Needs::Tenant, sign_in::get);
    to.post::<route::PortalSignIn, _, _>(Needs::Tenant, sign_in::post);
    to.post::<route::PortalSignOut, _, _>(Needs::SignedIn(Area::Portal), sign_out::here);
    to.post::<route::PortalSignOutEverywhere, _, _>(Needs::SignedIn(Area::Portal), sign_out::everywhere);
    to.get::<route::PortalPassword, _, _>(Needs::SignedIn(Area::Portal), password::get);
    to.post::<route::PortalPassword, _, _>(Needs::SignedIn(Area::Portal), password::post);
    to.get::<route::PortalProfile, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::get);
    to.post::<route::PortalProfile, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::post);
    to.post::<route::PortalEndSession, _, _>(Needs::Client(guard::ClientPermission::OwnProfile), profile::end_session);

    // The client's pages.

    to.get::<route::AdminSignIn, _, _>(Needs::Tenant, sign_in::get);
    to.post::<route::AdminSignIn, _, _>(Needs::Tenant, sign_in::post);
    to.post::<route::AdminSignOut, _, _>(Needs::SignedIn(Area::Admin), sign_out::here);
    to.post::<route::AdminSignOutEverywhere, _, _>(Needs::SignedIn(Area::Admin), sign_out::everywhere);
    to.get::<route::AdminPassword, _, _>(Needs::SignedIn(Area::Admin), password::get);
    to.post::<route::AdminPassword, _, _>(Needs::SignedIn(Area::Admin), password::post);
    to.get::<route::AdminProfile, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::get);
    to.post::<route::AdminProfile, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::post);
    to.post::<route::AdminEndSession, _, _>(Needs::Staff(guard::StaffPermission::OwnProfile), profile::end_session);

    // The staff's pages.

    to.get::<route::OperatorSignIn, _, _>(Needs::Nothing, sign_in::get);
    to.post::<route::OperatorSignIn, _, _>(Needs::Nothing, sign_in::post);
    to.post::<route::OperatorSignOut, _, _>(Needs::SignedIn(Area::Operator), sign_out::here);
    to.post::<route::OperatorSignOutEverywhere, _, _>(Needs::SignedIn(Area::Operator), sign_out::everywhere);
    to.get::<route::OperatorPassword, _, _>(Needs::SignedIn(Area::Operator), password::get);
    to.post::<route::OperatorPassword, _, _>(Needs::SignedIn(Area::Operator), password::post);
    to.get::<route::OperatorProfile, _, _>(Needs::Operator, profile::get);
    to.post::<route::OperatorProfile, _, _>(Needs::Operator, profile::post);
    to.post::<route::OperatorEndSession, _, _>(Needs::Operator, profile::end_session);
    to.get::<route::Operator, _, _>(Needs::Operator, operator::home);
    to.get::<route::OperatorTenants, _, _>(Needs::Operator, operator::tenants);
}

/// What the list is written into.
trait Routes {
    /// Adds one route. Call [`Routes::get`] or [`Routes::post`] instead.
    fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static;

    /// A page. It answers HEAD too, as monitors ask.
    fn get<R: Route, H, Args>(&mut self, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.add(Method::GET, R::PATH, needs, handler);
    }

    /// A change.
    fn post<R: Route, H, Args>(&mut self, needs: Needs, handler: H)
    where
        H: Handler<Args>,
        Args: FromRequest + 'static,
        H::Output: Responder + 'static,
    {
        self.add(Method::POST, R::PATH, needs, handler);
    }
}

/// A route as the walk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    pub method: Method,
    /// With parameters in braces.
    pub path: &'static str,
    pub needs: Needs,
}

/// Every route, for the walk.
#[must_use]
pub fn list() -> Vec<RouteSpec> {
    struct List(Vec<RouteSpec>);
    impl Routes for List {
        fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, _: H)
        where
            H: Handler<Args>,
            Args: FromRequest + 'static,
            H::Output: Responder + 'static,
        {
            self.0.push(RouteSpec { method, path, needs });
        }
    }
    let mut list = List(Vec::new());
    machines(&mut list);
    people(&mut list);
    list.0
}

/// Registers every route, its guard before its handler. A path without the method asked for answers 405.
pub(super) fn register(config: &mut ServiceConfig, parts: Parts) {
    struct Register(Vec<(&'static str, Resource)>);
    impl Routes for Register {
        fn add<H, Args>(&mut self, method: Method, path: &'static str, needs: Needs, handler: H)
        where
            H: Handler<Args>,
            Args: FromRequest + 'static,
            H::Output: Responder + 'static,
        {
            let answers = if method == Method::GET {
                web::route().guard(actix_guard::Any(actix_guard::Get()).or(actix_guard::Head()))
            } else {
                web::method(method)
            };
            let route = answers
                .to(handler)
                .wrap(from_fn(move |request, next| guard::admit(needs, request, next)));
            let at = self.0.iter().position(|(known, _)| *known == path);
            let resource = match at {
                Some(at) => self.0.remove(at).1,
                None => web::resource(path),
            };
            self.0.push((path, resource.route(route)));
        }
    }
    let mut register = Register(Vec::new());
    machines(&mut register);
    if parts != Parts::WorkersOnly {
        people(&mut register);
    }
    for (_, resource) in register.0 {
        config.service(resource);
    }
}
