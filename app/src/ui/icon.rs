//! Icons from the sprite `public/icons.svg`, which is of our own drawing.

use leptos::prelude::*;

use super::Markup;
use crate::page::{Page, page};

macro_rules! icons {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// A symbol of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Icon { $($variant),* }

        impl Icon {
            /// All of them, for the page of components and for the test against the sprite.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The symbol's id.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

icons! {
    Home = "home", Link = "link", Router = "router", Client = "client", Users = "users", User = "user",
    Settings = "settings", Alert = "alert", Maintenance = "maintenance", Graph = "graph", Document = "document",
    Search = "search", Plus = "plus", Check = "check", Close = "close", Right = "right", Left = "left", Down = "down",
    ArrowUp = "arrow-up", ArrowDown = "arrow-down", Sort = "sort", Warning = "warning", Info = "info", Clock = "clock",
    Download = "download", Menu = "menu", Theme = "theme", External = "external", Copy = "copy", Delete = "delete",
    Edit = "edit", Lock = "lock", SignOut = "sign-out", Refresh = "refresh", Server = "server", Shield = "shield",
    Storage = "storage", Network = "network", Order = "order", Price = "price", Template = "template", Cloud = "cloud",
    Log = "log", Keyboard = "keyboard", Mail = "mail",
    StateUp = "state-up", StateDegraded = "state-degraded", StateDown = "state-down", StateUnknown = "state-unknown",
    StateDisabled = "state-disabled", StateMaintenance = "state-maintenance",
}

/// One icon. It is decoration: the word beside it, or the label of its button, says what it means.
#[component]
pub fn Pictogram(icon: Icon) -> impl IntoView {
    let mut html = Markup::default();
    html.icon(&page(), icon);
    html.into_view()
}

impl Markup {
    /// A [`Pictogram`].
    pub fn icon(&mut self, page: &Page, icon: Icon) -> &mut Self {
        self.raw("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"")
            .text(&page.assets.sprite_url)
            .raw("#")
            .raw(icon.name())
            .raw("\"/></svg>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_has_every_icon_and_no_other() {
        let sprite = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/icons.svg")).unwrap();
        for icon in Icon::ALL {
            assert!(
                sprite.contains(&format!("id=\"{}\"", icon.name())),
                "{} is missing",
                icon.name()
            );
        }
        assert_eq!(sprite.matches("<symbol").count(), Icon::ALL.len());
    }
}
