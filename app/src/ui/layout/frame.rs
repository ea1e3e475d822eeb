//! What stands around the content: brand, navigation, the visitor's menu.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::{Icon, NavItem, Pictogram};
use crate::{
    page::{Page, Theme, Visitor},
    t,
};

/// A card in the middle of an empty page.
pub(super) fn public(page: &Arc<Page>, main: AnyView) -> impl IntoView {
    let class = match page.wide {
        true => "frame-public frame-wide",
        false => "frame-public",
    };
    view! { <div class=class>{brand(page, "/")}{main}</div> }
}

/// A bar at the top, and room.
pub(super) fn portal(page: &Arc<Page>, main: AnyView) -> impl IntoView {
    view! {
        <header class="top-bar">
            <div class="top-bar-inner">
                {brand(page, home(page))}
                <nav class="top-nav" aria-label=t("nav-label")>{entries(page)}</nav>
                <div class="top-bar-end">{live_marker(page)}{visitor_menu(page)}</div>
            </div>
        </header>
        <div class="frame-portal">{main}{footer(page)}</div>
    }
}

/// Navigation at the side; on a phone it is a drawer, opened by the browser itself (`popover`), no script needed.
pub(super) fn console(page: &Arc<Page>, main: AnyView) -> impl IntoView {
    view! {
        <div class="frame-console">
            <header class="console-bar">
                <button type="button" class="button button-quiet nav-open" popovertarget="side-nav" aria-label=t("nav-open")>
                    <Pictogram icon=Icon::Menu/>
                </button>
                {brand(page, home(page))}
                <div class="top-bar-end">{live_marker(page)}{visitor_menu(page)}</div>
            </header>
            <nav class="side-nav" id="side-nav" popover="auto" aria-label=t("nav-label")>{entries(page)}</nav>
            <div class="console-main">{main}{footer(page)}</div>
        </div>
    }
}

/// The first entry of the navigation is the area's home.
fn home(page: &Page) -> String {
    page.nav
        .first()
        .map_or_else(|| "/".to_owned(), |item| item.href.to_string())
}

fn brand(page: &Page, href: impl Into<String>) -> impl IntoView {
    let name = if page.tenant.name.is_empty() {
        "Mainstay".to_owned()
    } else {
        page.tenant.name.clone()
    };
    let logo = match &page.tenant.logo_url {
        Some(url) => view! { <img class="brand-logo" src=url.clone() alt=""/> }.into_any(),
        None => {
            let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
            view! { <span class="brand-mark" aria-hidden="true">{initial}</span> }.into_any()
        }
    };
    view! { <a class="brand" href=href.into()>{logo}<span class="brand-name">{name}</span></a> }
}

fn entries(page: &Page) -> impl IntoView {
    let entry = |item: &NavItem| {
        let here = (item.id == page.current).then_some("page");
        let group = item
            .group
            .map(|key| view! { <li class="nav-group">{page.lang.t(key)}</li> });
        let label = page.lang.t(item.label);
        view! {
            {group}
            <li><a href=item.href.clone() aria-current=here><Pictogram icon=item.icon/><span>{label}</span></a></li>
        }
    };
    view! { <ul>{page.nav.iter().map(entry).collect_view()}</ul> }
}

/// Says whether the page is being kept up to date. The script shows it: without one, nothing is.
fn live_marker(page: &Page) -> Option<impl IntoView> {
    page.live_url.is_some().then(|| {
        view! {
            <span class="live-marker" data-live-marker="" data-on=t("live-on") data-off=t("live-off") role="status" hidden=true>
                <span class="live-dot" aria-hidden="true"></span><span data-live-word="">{t("live-off")}</span>
            </span>
        }
    })
}

fn visitor_menu(page: &Arc<Page>) -> Option<impl IntoView> {
    let Visitor {
        name,
        mail,
        role,
        profile_url,
        sign_out_url,
    } = page.visitor.clone()?;
    let initials: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    let label = name.clone();
    Some(view! {
        <details class="menu" data-menu="">
            <summary>
                <span class="avatar" aria-hidden="true">{initials}</span><span class="hidden">{t("visitor-menu")}" "</span><span class="menu-name">{label}</span><Pictogram icon=Icon::Down/>
            </summary>
            <div class="menu-panel">
                <div class="menu-who"><strong>{name}</strong><span>{mail}</span><span class="menu-role">{role}</span></div>
                {profile_url.map(|url| view! { <a class="menu-item" href=url><Pictogram icon=Icon::User/><span>{t("profile")}</span></a> })}
                {theme_switch(page)}
                <form method="post" action=sign_out_url>
                    <button type="submit" class="menu-item"><Pictogram icon=Icon::SignOut/><span>{t("sign-out")}</span></button>
                </form>
            </div>
        </details>
    })
}

fn theme_switch(page: &Page) -> Option<impl IntoView + use<>> {
    let url = page.theme_url.clone()?;
    let current = page.theme;
    let choices = [
        (Theme::Auto, t("theme-auto")),
        (Theme::Light, t("theme-light")),
        (Theme::Dark, t("theme-dark")),
    ];
    let buttons = choices.map(|(theme, label)| {
        let pressed = if theme == current { "true" } else { "false" };
        view! { <button type="submit" name="theme" value=theme.name() aria-pressed=pressed>{label}</button> }
    });
    Some(view! {
        <form class="theme-switch segments" method="post" action=url data-theme-switch="" aria-label=t("theme-label")>{buttons.collect_view()}</form>
    })
}

fn footer(page: &Page) -> impl IntoView {
    view! {
        <footer class="page-footer">
            <span>{t("footer-zone")}" "{page.zone.name()}</span>
        </footer>
    }
}
