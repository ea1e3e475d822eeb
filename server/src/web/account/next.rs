//! Where to go on after signing in: an address that came from outside, believed only as far as it stays here.

use crate::web::area::Area;

/// `next` if it is a page of this area that one can be sent to, else the area's first page.
pub(super) fn within(area: Area, next: &str) -> String {
    if is_local(next) && Area::of(path(next)) == Some(area) && path(next) != area.sign_in() {
        next.to_owned()
    } else {
        area.home()
    }
}

/// Whether it can't lead to another host: browsers read `//host`, `/\host` and control characters generously.
pub(super) fn is_local(address: &str) -> bool {
    let starts_here = address.starts_with('/') && !address.starts_with("//");
    starts_here && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_a_page_of_the_area_and_nowhere_else() {
        for fine in ["/admin/routers?page=2", "/admin"] {
            assert_eq!(within(Area::Admin, fine), fine);
        }
        for foul in [
            "",
            "//evil.example/admin",
            "/\\evil.example",
            "https://evil.example/admin",
            "/admin/\r\nSet-Cookie: a=b",
            "/portal",
            "/administrator",
            "/admin/sign-in?next=%2Fadmin",
        ] {
            assert_eq!(within(Area::Admin, foul), "/admin", "{foul:?}");
        }
    }
}
