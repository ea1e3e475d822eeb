//! One tag: what has it, and what else it can be put on.

use leptos::prelude::*;

use super::{crumbs, swatch};
use crate::{
    admin::things::{Happening, LIVE_THINGS, happening, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Choice, Code, Column, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Live,
        Notice, SelectField, Table, Tone,
    },
};

/// Everything of one tag.
#[derive(Clone, Debug)]
pub struct Tag {
    pub href: String,
    pub name: String,
    pub color: String,
    pub description: String,
    pub account: String,
    pub on: Vec<Tagged>,
    /// What else it can be put on: what the form sends, and a name.
    pub others: Vec<(String, String)>,
    pub may_manage: bool,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// A thing that has it.
#[derive(Clone, Debug)]
pub struct Tagged {
    /// What the form sends to take it off.
    pub value: String,
    /// What kind of thing.
    pub kind: String,
    pub name: String,
    pub href: Option<String>,
}

/// The page.
#[component]
pub fn TagPage(tag: Tag) -> impl IntoView {
    let href = tag.href.clone();
    let actions = tag.may_manage.then(|| {
        view! {
            <LinkButton label=t("edit") href=format!("{href}/edit")/>
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let put = (tag.may_manage && !tag.others.is_empty()).then(|| put_card(&tag.href, tag.others));
    let binds = tag
        .may_manage
        .then(|| view! { <Notice tone=Tone::Info>{t("tag-roles-text")}</Notice> });
    view! {
        <Layout title=tag.name lead=tag.description crumbs=crumbs() actions=actions.into_any()>
            {binds}
            <Live id=LIVE_THINGS>
                <div class="stack">
                    <Card title=t("tag-facts")>
                        <KeyValues>
                            <KeyValue label=t("tag-color")>{swatch(&tag.color)}" "<Code text=tag.color/></KeyValue>
                            <KeyValue label=t("contabo-account")>{tag.account}</KeyValue>
                        </KeyValues>
                    </Card>
                    {on_card(&tag.href, tag.may_manage, tag.on)}
                    {put}
                </div>
            </Live>
            {happening(tag.happening, tag.refused)}
        </Layout>
    }
}

fn on_card(href: &str, may_manage: bool, on: Vec<Tagged>) -> AnyView {
    let title = t("tag-on");
    if on.is_empty() {
        return view! { <Card title=title><p class="muted">{t("tag-on-none")}</p></Card> }.into_any();
    }
    let (name, kind) = (t("tag-thing"), t("tag-kind"));
    let columns = [name, kind, ""].map(Column::text).into();
    let rows = on.into_iter().map(|one| {
        let take = may_manage.then(|| {
            let action = format!("{href}/take");
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="what" value=one.value/>
                    <Button label=t("deed-take-off") kind=Kind::Quiet/>
                </form>
            }
        });
        let shown = match one.href {
            Some(href) => view! { <a href=href>{one.name}</a> }.into_any(),
            None => one.name.into_any(),
        };
        view! { <tr><HeadCell>{shown}</HeadCell><Cell of=kind>{one.kind}</Cell><Cell of="">{take}</Cell></tr> }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

fn put_card(href: &str, others: Vec<(String, String)>) -> impl IntoView + use<> {
    let action = format!("{href}/put");
    let choices = others.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    view! {
        <Card title=t("deed-put-on")>
            <form method="post" action=action class="stack">
                <SelectField name="what" label=t("tag-thing") choices=choices required=true/>
                <div class="form-actions"><Button label=t("tag-put") icon=Icon::Plus/></div>
            </form>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "images",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let tag = |text: &str, may_manage| Tag {
        href: "/admin/tags/1".to_owned(),
        name: text.to_owned(),
        color: "#0A78C3".to_owned(),
        description: text.to_owned(),
        account: text.to_owned(),
        on: vec![
            Tagged {
                value: "instance:1".to_owned(),
                kind: "Server".to_owned(),
                name: text.to_owned(),
                href: Some("/admin/servers/1".to_owned()),
            },
            Tagged {
                value: "image:1".to_owned(),
                kind: text.to_owned(),
                name: text.to_owned(),
                href: None,
            },
        ],
        others: vec![("instance:2".to_owned(), text.to_owned())],
        may_manage,
        happening: sample_happening(text),
        refused: (!may_manage).then(|| text.to_owned()),
    };
    vec![
        Sample::new("tag", page(), move || {
            view! { <TagPage tag=tag("production", true)/> }
        }),
        Sample::new("tag-empty", page(), move || {
            let tag = Tag {
                on: Vec::new(),
                others: Vec::new(),
                refused: None,
                ..tag("production", true)
            };
            view! { <TagPage tag=tag/> }
        }),
        Sample::new("tag-hostile", page(), move || {
            let tag = Tag {
                color: HOSTILE.to_owned(),
                ..tag(HOSTILE, false)
            };
            view! { <TagPage tag=tag/> }
        }),
    ]
}
