//! All tags.

use leptos::prelude::*;

use super::swatch;
use crate::{
    admin::things::{Happening, Kept, LIVE_THINGS, happening, kept_tabs, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, Table},
};

/// One tag.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub color: String,
    pub description: String,
    pub account: String,
    /// How many things have it.
    pub on: usize,
}

/// The page. `may_manage`: the visitor may make one.
#[component]
pub fn TagList(tags: Vec<Row>, may_manage: bool, what_happens: Happening) -> impl IntoView {
    let add = may_manage
        .then(|| view! { <LinkButton label=t("tag-new") href="/admin/tags/new" icon=Icon::Plus kind=Kind::Primary/> });
    let content = match tags.is_empty() {
        true => view! { <EmptyState title=t("tags-none") text=t("tags-none-text") icon=Icon::Document/> }.into_any(),
        false => table(tags).into_any(),
    };
    view! {
        <Layout title=t("tags") lead=t("tags-lead") actions=add.into_any()>
            {kept_tabs(Kept::Tags)}
            <Card flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(what_happens, None)}
        </Layout>
    }
}

fn table(tags: Vec<Row>) -> impl IntoView {
    let (name, on, account) = (t("tag-name"), t("tag-on"), t("contabo-account"));
    let columns = vec![Column::text(name), Column::number(on), Column::text(account)];
    let rows = tags.into_iter().map(|row| {
        let description = (!row.description.is_empty()).then(|| view! { <small>{row.description}</small> });
        view! {
            <tr>
                <HeadCell>
                    <span class="two-lines"><span>{swatch(&row.color)}" "<a href=row.href>{row.name}</a></span>{description}</span>
                </HeadCell>
                <NumberCell of=on>{row.on}</NumberCell>
                <Cell of=account>{row.account}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("tags") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, color: &str| Row {
        href: "/admin/tags/1".to_owned(),
        name: text.to_owned(),
        color: color.to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        on: 3,
    };
    vec![
        Sample::new("tags", page(), move || {
            let rows = vec![row("production", "#0A78C3"), row("lab", "#abc")];
            view! { <TagList tags=rows may_manage=true what_happens=sample_happening("lab")/> }
        }),
        Sample::new("tags-none", page(), || {
            view! { <TagList tags=Vec::new() may_manage=false what_happens=Happening::default()/> }
        }),
        Sample::new("tags-hostile", page(), move || {
            let rows = vec![row(HOSTILE, HOSTILE)];
            view! { <TagList tags=rows may_manage=true what_happens=sample_happening(HOSTILE)/> }
        }),
    ]
}
