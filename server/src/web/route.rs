//! Every path as a type: links and redirects are built from these, never from strings.
//!
//! A parameter in a path is named for what it is (`{router}`, `{link}`), so that the route walk knows what to put there.
//! Who may go where is in `routes`.

/// A path of the site. Its `Display` is the address of one page.
pub trait Route: std::fmt::Display {
    /// As actix matches it, parameters in braces.
    const PATH: &'static str;
}

/// Makes the type of one path.
macro_rules! path {
    ($(#[$doc:meta])* $name:ident, $path:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Route for $name {
            const PATH: &'static str = $path;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($path)
            }
        }
    };
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ }, $path:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $(pub $field: $kind),+
        }

        impl Route for $name {
            const PATH: &'static str = $path;
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let path = $path.to_owned();
                $(let path = path.replace(concat!("{", stringify!($field), "}"), &self.$field.to_string());)+
                f.write_str(&path)
            }
        }
    };
}

path!(/// Whether the process lives.
    Healthz, "/healthz");
path!(/// Whether it can serve.
    Readyz, "/readyz");
path!(/// Its figures.
    Metrics, "/metrics");

path!(/// An embedded file.
    Asset { asset: String }, "/assets/{asset}");
path!(/// The icon, where browsers look for it.
    Favicon, "/favicon.svg");
path!(/// What a phone needs to keep the site beside its applications.
    Manifest, "/manifest.webmanifest");

path!(/// Leads on to an area.
    Home, "/");
path!(/// Takes the choice of light or dark.
    Theme, "/theme");

path!(/// The client's dashboard.
    Portal, "/portal");
path!(PortalSignIn, "/portal/sign-in");
path!(PortalSignOut, "/portal/sign-out");
path!(PortalSignOutEverywhere, "/portal/sign-out-everywhere");
path!(PortalPassword, "/portal/password");
path!(PortalProfile, "/portal/profile");
path!(PortalEndSession, "/portal/profile/end-session");

path!(/// The staff's dashboard.
    Admin, "/admin");
path!(AdminSignIn, "/admin/sign-in");
path!(AdminSignOut, "/admin/sign-out");
path!(AdminSignOutEverywhere, "/admin/sign-out-everywhere");
path!(AdminPassword, "/admin/password");
path!(AdminProfile, "/admin/profile");
path!(AdminEndSession, "/admin/profile/end-session");

path!(/// The operator's first page: the tenants.
    Operator, "/operator");
path!(OperatorTenants, "/operator/tenants");
path!(OperatorSignIn, "/operator/sign-in");
path!(OperatorSignOut, "/operator/sign-out");
path!(OperatorSignOutEverywhere, "/operator/sign-out-everywhere");
path!(OperatorPassword, "/operator/password");
path!(OperatorProfile, "/operator/profile");
path!(OperatorEndSession, "/operator/profile/end-session");

#[cfg(test)]
mod tests {
    use super::*;

    path!(Pair { router: u8, link: u8 }, "/admin/routers/{router}/links/{link}");

    #[test]
    fn parameters_are_filled_in() {
        let pair = Pair { router: 3, link: 7 };
        assert_eq!(pair.to_string(), "/admin/routers/3/links/7");
        assert_eq!(Pair::PATH, "/admin/routers/{router}/links/{link}");
    }
}
