//! The three areas, each with a cookie and a guard of its own: a session of one is worth nothing in another.

use entity::TenantId;

use super::route;
use crate::domain::identity::Scope;

/// Which part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    /// Client users.
    Portal,
    /// Staff users.
    Admin,
    /// Whoever runs the installation.
    Operator,
}

impl Area {
    /// All areas.
    pub const ALL: [Self; 3] = [Self::Portal, Self::Admin, Self::Operator];

    /// The area that a path lies in, if in any.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let first = path.strip_prefix('/')?.split('/').next();
        Self::ALL.into_iter().find(|area| first == Some(area.name()))
    }

    /// The first segment of its paths.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Admin => "admin",
            Self::Operator => "operator",
        }
    }

    /// The name of its cookie. Over https the `__Host-` prefix binds it to the host: no sub-domain can set it.
    #[must_use]
    pub fn cookie(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Portal, false) => "mainstay_portal",
            (Self::Admin, false) => "mainstay_admin",
            (Self::Operator, false) => "mainstay_operator",
            (Self::Portal, true) => "__Host-mainstay_portal",
            (Self::Admin, true) => "__Host-mainstay_admin",
            (Self::Operator, true) => "__Host-mainstay_operator",
        }
    }

    /// What a session of this area is good for; none where the area needs a tenant and there is none.
    #[must_use]
    pub fn scope(self, tenant: Option<TenantId>) -> Option<Scope> {
        match self {
            Self::Portal => tenant.map(Scope::Portal),
            Self::Admin => tenant.map(Scope::Admin),
            Self::Operator => Some(Scope::Operator),
        }
    }

    /// Its first page.
    #[must_use]
    pub fn home(self) -> String {
        match self {
            Self::Portal => route::Portal.to_string(),
            Self::Admin => route::Admin.to_string(),
            Self::Operator => route::Operator.to_string(),
        }
    }

    /// Where one signs in.
    #[must_use]
    pub fn sign_in(self) -> String {
        match self {
            Self::Portal => route::PortalSignIn.to_string(),
            Self::Admin => route::AdminSignIn.to_string(),
            Self::Operator => route::OperatorSignIn.to_string(),
        }
    }

    /// Where one signs out, by POST.
    #[must_use]
    pub fn sign_out(self) -> String {
        match self {
            Self::Portal => route::PortalSignOut.to_string(),
            Self::Admin => route::AdminSignOut.to_string(),
            Self::Operator => route::OperatorSignOut.to_string(),
        }
    }

    /// Where one ends all of one's sessions, by POST.
    #[must_use]
    pub fn sign_out_everywhere(self) -> String {
        match self {
            Self::Portal => route::PortalSignOutEverywhere.to_string(),
            Self::Admin => route::AdminSignOutEverywhere.to_string(),
            Self::Operator => route::OperatorSignOutEverywhere.to_string(),
        }
    }

    /// Where one ends one of one's other sessions, by POST.
    #[must_use]
    pub fn end_session(self) -> String {
        match self {
            Self::Portal => route::PortalEndSession.to_string(),
            Self::Admin => route::AdminEndSession.to_string(),
            Self::Operator => route::OperatorEndSession.to_string(),
        }
    }

    /// Where one changes one's password.
    #[must_use]
    pub fn password(self) -> String {
        match self {
            Self::Portal => route::PortalPassword.to_string(),
            Self::Admin => route::AdminPassword.to_string(),
            Self::Operator => route::OperatorPassword.to_string(),
        }
    }

    /// One's own page.
    #[must_use]
    pub fn profile(self) -> String {
        match self {
            Self::Portal => route::PortalProfile.to_string(),
            Self::Admin => route::AdminProfile.to_string(),
            Self::Operator => route::OperatorProfile.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_the_first_segment_and_nothing_less() {
        assert_eq!(Area::of("/portal"), Some(Area::Portal));
        assert_eq!(Area::of("/admin/routers"), Some(Area::Admin));
        assert_eq!(Area::of("/administrator"), None);
        assert_eq!(Area::of("/"), None);
    }
}
