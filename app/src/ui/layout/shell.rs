//! The document: its head, and what the script needs to know on its body.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    t,
};

/// `<!DOCTYPE html>` and all of it. No inline script or style, so the content security policy is constant.
pub(super) fn document<B: IntoView>(page: &Page, title: &str, body: B) -> impl IntoView + use<B> {
    let Page {
        lang,
        theme,
        assets,
        tenant,
        ..
    } = page;
    let area = match page.area {
        Area::Portal => "portal",
        Area::Admin => "admin",
        Area::Operator => "operator",
        Area::Public => "public",
    };
    let title = if tenant.name.is_empty() {
        title.to_owned()
    } else {
        [title, " · ", &tenant.name].concat()
    };
    let sheets = assets
        .css_urls
        .iter()
        .cloned()
        .map(|url| view! { <link rel="stylesheet" href=url/> })
        .collect_view();
    let own_sheet = tenant
        .stylesheet_url
        .clone()
        .map(|url| view! { <link rel="stylesheet" href=url/> });
    let shortcuts = page
        .nav
        .iter()
        .map(|item| format!("{}={}", item.shortcut, item.href))
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() data-theme=theme.name()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                {sheets}
                {own_sheet}
                <link rel="icon" href=assets.favicon_url.clone() type="image/svg+xml"/>
                <link rel="manifest" href=assets.manifest_url.clone()/>
                <script type="module" src=assets.js_url.clone()></script>
                {page.again_after.map(|seconds| view! { <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript> })}
            </head>
            <body class=["area-", area].concat() data-live-url=page.live_url.clone() data-lang=lang.code() data-zone=page.zone.name()
                data-again-after=page.again_after.map(|seconds| seconds.to_string())
                data-now=page.now.timestamp_millis().to_string()
                data-shortcuts=shortcuts data-text-close=t("close") data-text-shortcuts=t("shortcuts-title")
                data-text-search=t("shortcut-search") data-text-help=t("shortcut-help")>{body}</body>
        </html>
    }
}
