//! What every page knows beside its own props, and the one function that turns a view into HTML.
//!
//! [`Page`] is plain data that the server makes for each request. It is not a place for a page's own
//! content, and nothing in it decides what a visitor may do: guards have run before.

use std::{borrow::Cow, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use crate::{
    text::{self, Lang},
    ui::NavItem,
};

/// Which part of the product a page belongs to; it chooses the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area {
    /// Client users.
    Portal,
    /// Staff users.
    Admin,
    /// Operators of the installation.
    Operator,
    /// Nobody in particular: sign-in pages, shared reports, errors.
    #[default]
    Public,
}

/// The colour theme that the visitor chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the visitor's device says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The value in forms, cookies and the `data-theme` attribute.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name, or `None`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
    }
}

/// Addresses of the embedded files, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Stylesheets in order.
    pub css_urls: Vec<Cow<'static, str>>,
    pub js_url: Cow<'static, str>,
    /// `icons.svg`; a symbol's name follows after `#`.
    pub sprite_url: Cow<'static, str>,
    pub favicon_url: Cow<'static, str>,
    pub manifest_url: Cow<'static, str>,
}

/// The provider whose pages these are.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    pub name: String,
    pub logo_url: Option<String>,
    /// The small sheet that sets `--accent-light` and `--accent-dark`, if the tenant has colours.
    pub stylesheet_url: Option<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub name: String,
    pub mail: String,
    /// In words, as the menu shows it: "Owner".
    pub role: String,
    pub profile_url: Option<Cow<'static, str>>,
    /// Takes a POST.
    pub sign_out_url: Cow<'static, str>,
}

/// The circumstances of one rendered page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub lang: Lang,
    /// The zone in which this visitor reads times.
    pub zone: Tz,
    /// The time of the request; "3 min ago" is counted from it.
    pub now: DateTime<Utc>,
    pub theme: Theme,
    /// Takes a POST with `theme`; without it there is no theme switch.
    pub theme_url: Option<Cow<'static, str>>,
    pub request_id: String,
    pub assets: Assets,
    pub area: Area,
    /// A public page that is a document and not a form.
    pub wide: bool,
    pub tenant: Tenant,
    pub visitor: Option<Visitor>,
    /// What this visitor may go to: [`crate::ui::nav`] has each area's list, the server leaves out what the role may not see.
    pub nav: Vec<NavItem>,
    /// The [`NavItem::id`] of the page's own entry.
    pub current: &'static str,
    /// The address of the page's event stream, if it has live parts.
    pub live_url: Option<String>,
    /// Seconds after which a browser without scripts, or one with scripts and no stream, asks for the page again:
    /// something on it is about to change. Scripts put the live parts alone in their place, where it has some.
    pub again_after: Option<u8>,
    /// One sentence about what was just done ("Link created.").
    pub flash: Option<String>,
}

/// The page that is being rendered. Outside of [`render`] it is an empty one, in English and UTC.
pub fn page() -> Arc<Page> {
    use_context::<Arc<Page>>().unwrap_or_default()
}

/// Renders a whole document, or one live fragment in the circumstances of its page. Its data is loaded already, so this is synchronous and cannot fail.
pub fn render<V: IntoView>(page: Page, view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(None);
    let html = text::in_language(page.lang, || {
        owner.with(|| {
            provide_context(Arc::new(page));
            view().into_view().to_html()
        })
    });
    owner.unset_with_forced_cleanup();
    without_markers(&html)
}

/// Leptos parts neighbouring texts with `<!>`, which validators refuse and nothing here needs. Text of
/// visitors cannot hold it, because its `<` is escaped.
///
/// It looks for the one rare character: with `str::replace` this was a tenth of a long list.
fn without_markers(html: &str) -> String {
    let mut clean = String::with_capacity(html.len());
    let mut kept = 0;
    for (at, _) in html.match_indices('!') {
        if html[..at].ends_with('<') && html[at + 1..].starts_with('>') {
            clean.push_str(&html[kept..at - 1]);
            kept = at + 2;
        }
    }
    clean.push_str(&html[kept..]);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_taken_out_and_nothing_else() {
        for html in [
            "",
            "!",
            "<!>",
            "<!><!>",
            "<!DOCTYPE html>a<!>b",
            "wow!<!>!",
            "ä<!>ö <!",
            "<b>!></b>",
        ] {
            assert_eq!(without_markers(html), html.replace("<!>", ""), "{html}");
        }
    }
}
