//! All own images, how far Contabo is with those that it fetches, and how much room each account has for them.

use leptos::prelude::*;

use super::{Arrival, room};
use crate::{
    admin::things::{Happening, Kept, LIVE_THINGS, happening, kept_tabs, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Card, Cell, Column, EmptyState, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live, Meter,
        Table,
    },
};

/// One image.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub description: String,
    pub account: String,
    /// `Linux` or `Windows`, with its version.
    pub system: String,
    pub arrival: Arrival,
}

/// The room that an account has for its own images.
#[derive(Clone, Debug)]
pub struct Room {
    pub account: String,
    pub images: Option<i64>,
    /// MB.
    pub used: u64,
    pub size: u64,
}

/// The page. `may_manage`: the visitor may have one fetched.
#[component]
pub fn ImageList(images: Vec<Row>, rooms: Vec<Room>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage.then(
        || view! { <LinkButton label=t("image-new") href="/admin/images/new" icon=Icon::Plus kind=Kind::Primary/> },
    );
    let content = match images.is_empty() {
        true => {
            view! { <EmptyState title=t("images-none") text=t("images-none-text") icon=Icon::Document/> }.into_any()
        }
        false => table(images).into_any(),
    };
    view! {
        <Layout title=t("images") lead=t("images-lead") actions=add.into_any()>
            {kept_tabs(Kept::Images)}
            <Live id=LIVE_THINGS>
                <div class="stack">
                    <Card flush=true>{content}</Card>
                    {rooms_card(rooms)}
                </div>
            </Live>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(images: Vec<Row>) -> impl IntoView {
    let (name, state) = (t("image-name"), t("list-state"));
    let (system, account) = (t("server-system"), t("contabo-account"));
    let columns = [name, state, system, account].map(Column::text).into();
    let rows = images.into_iter().map(|row| {
        let description = (!row.description.is_empty()).then(|| view! { <small>{row.description}</small> });
        let (badge, progress) = (row.arrival.badge(), row.arrival.progress());
        let error = row
            .arrival
            .error
            .map(|error| view! { <small class="reason">{error}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=row.href>{row.name}</a>{description}</span></HeadCell>
                <Cell of=state><span class="two-lines">{badge}{progress}{error}</span></Cell>
                <Cell of=system>{row.system}</Cell>
                <Cell of=account>{row.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("images") columns=columns>{rows}</Table> }
}

fn rooms_card(rooms: Vec<Room>) -> impl IntoView {
    (!rooms.is_empty()).then(|| {
        let rows = rooms.into_iter().map(|one| {
            let content = match one.size {
                0 => view! { <span class="muted">{t("image-room-none")}</span> }.into_any(),
                _ => {
                    let shown = t_with(
                        "image-arrived",
                        &[("arrived", room(one.used).into()), ("size", room(one.size).into())],
                    );
                    let (used, size) = (one.used as f64, one.size as f64);
                    view! { <Meter label=t("image-room") value=used max=size high=size * 0.9 shown=shown/> }.into_any()
                }
            };
            let count = one
                .images
                .map(|count| t_with("image-count", &[("count", count.into())]));
            view! { <KeyValue label=one.account>{content}" "<span class="muted small">{count}</span></KeyValue> }
        });
        let rows = rows.collect_view();
        view! { <Card title=t("image-room")><KeyValues>{rows}</KeyValues></Card> }
    })
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, status: &str, error: bool| Row {
        href: "/admin/images/1".to_owned(),
        name: text.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        system: format!("Linux {text}"),
        arrival: Arrival {
            status: status.to_owned(),
            arrived: Some(if status == "downloaded" { 2_252 } else { 800 }),
            size: Some(2_252),
            error: error.then(|| text.to_owned()),
        },
    };
    let rooms = |text: &str| {
        vec![
            Room {
                account: text.to_owned(),
                images: Some(2),
                used: 2_252,
                size: 25_000,
            },
            Room {
                account: format!("{text} 2"),
                images: None,
                used: 0,
                size: 0,
            },
        ]
    };
    vec![
        Sample::new("images", page(), move || {
            let rows = vec![
                row("hardened", "downloaded", false),
                row("router", "downloading", false),
            ];
            view! { <ImageList images=rows rooms=rooms("Munich") may_manage=true what_happens=sample_happening("router")/> }
        }),
        Sample::new("images-none", page(), || {
            view! { <ImageList images=Vec::new() rooms=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("images-hostile", page(), move || {
            let rows = vec![row(HOSTILE, HOSTILE, true), row(HOSTILE, HOSTILE, false)];
            view! { <ImageList images=rows rooms=rooms(HOSTILE) may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
