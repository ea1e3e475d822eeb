//! One own image: what it is, how far it is, and what is made of it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{Arrival, crumbs, room};
use crate::{
    admin::{
        Subject,
        things::{Happening, LIVE_THINGS, happening, sample_happening},
    },
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Code, KeyValue, KeyValues, Layout, LinkButton, Live, Notice, Tone, When},
};

/// Everything of one image.
#[derive(Clone, Debug)]
pub struct Image {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    pub contabo_id: String,
    pub system: String,
    pub version: String,
    pub arrival: Arrival,
    pub created_at: Option<DateTime<Utc>>,
    /// Servers that were installed from it, and orders that will be.
    pub uses: Vec<Subject>,
    /// Tags that it has, with their pages.
    pub tags: Vec<Subject>,
    pub may_manage: bool,
    pub happening: Happening,
}

/// The page.
#[component]
pub fn ImagePage(image: Image) -> impl IntoView {
    let href = image.href.clone();
    let actions = image.may_manage.then(|| {
        view! {
            <LinkButton label=t("edit") href=format!("{href}/edit")/>
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let error = image
        .arrival
        .error
        .clone()
        .map(|why| view! { <Notice tone=Tone::Danger title=t("image-failed")>{why}</Notice> });
    let (badge, progress) = (image.arrival.badge(), image.arrival.progress());
    let size = image.arrival.size.map_or_else(|| t("server-not-said").to_owned(), room);
    let created = image
        .created_at
        .map(|at| view! { <KeyValue label=t("server-created")><When at=at/></KeyValue> });
    let said = |text: String| {
        if text.is_empty() {
            t("server-not-said").to_owned()
        } else {
            text
        }
    };
    view! {
        <Layout title=image.name lead=image.description crumbs=crumbs() actions=actions.into_any()>
            <Live id=LIVE_THINGS>
                <div class="stack">
                    {error}
                    <Card title=t("image-facts")>
                        <KeyValues>
                            <KeyValue label=t("list-state")>{badge}{progress}</KeyValue>
                            <KeyValue label=t("image-size")>{size}</KeyValue>
                            <KeyValue label=t("server-system")>{said(image.system)}</KeyValue>
                            <KeyValue label=t("image-version")>{said(image.version)}</KeyValue>
                            {created}
                            <KeyValue label=t("contabo-account")>{image.account}</KeyValue>
                            <KeyValue label=t("server-own-id")><Code text=image.contabo_id/></KeyValue>
                            <KeyValue label=t("tags")>{links(image.tags, t("tags-on-none"))}</KeyValue>
                        </KeyValues>
                    </Card>
                    <Card title=t("image-uses")>{links(image.uses, t("image-uses-none"))}</Card>
                </div>
            </Live>
            {happening(image.happening, None)}
        </Layout>
    }
}

fn links(all: Vec<Subject>, none: &'static str) -> AnyView {
    if all.is_empty() {
        return view! { <span class="muted">{none}</span> }.into_any();
    }
    let items = all
        .into_iter()
        .map(|one| view! { <li><a href=one.href>{one.name}</a></li> });
    view! { <ul>{items.collect_view()}</ul> }.into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let subject = |text: &str| Subject {
        name: text.to_owned(),
        href: "/admin/servers/1".to_owned(),
    };
    let image = move |text: &str, status: &str| Image {
        href: "/admin/images/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        contabo_id: text.to_owned(),
        system: "Linux".to_owned(),
        version: text.to_owned(),
        arrival: Arrival {
            status: status.to_owned(),
            arrived: Some(800),
            size: Some(2_252),
            error: (text == HOSTILE).then(|| text.to_owned()),
        },
        created_at: Some(samples::now()),
        uses: vec![subject(text), subject("web-2")],
        tags: vec![subject(text)],
        may_manage: true,
        happening: sample_happening(text),
    };
    vec![
        Sample::new("image", page(), move || {
            view! { <ImagePage image=image("router", "downloading")/> }
        }),
        Sample::new("image-quiet", page(), move || {
            let image = Image {
                uses: Vec::new(),
                tags: Vec::new(),
                may_manage: false,
                description: String::new(),
                created_at: None,
                happening: Happening::default(),
                ..image("router", "")
            };
            view! { <ImagePage image=image/> }
        }),
        Sample::new("image-hostile", page(), move || {
            view! { <ImagePage image=image(HOSTILE, HOSTILE)/> }
        }),
    ]
}
