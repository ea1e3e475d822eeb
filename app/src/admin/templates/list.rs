//! All templates for cloud-init, and those that come with Mainstay to be copied.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState,
        NumberCell, Pagination, SelectField, Table,
    },
};

/// One template.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub description: String,
    pub version: i32,
    pub clients_may_use: bool,
    pub archived: bool,
}

/// One that comes with Mainstay.
#[derive(Clone, Debug)]
pub struct ShippedRow {
    pub name: String,
    pub description: String,
    pub version: i32,
    /// Where it is copied, for those who may.
    pub copy_href: Option<String>,
}

/// The page.
#[component]
pub fn Templates(list: ListState, rows: Vec<Row>, shipped: Vec<ShippedRow>, add_href: Option<Text>) -> impl IntoView {
    let add = add_href
        .clone()
        .map(|href| view! { <LinkButton label=t("template-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let body = if rows.is_empty() && !list.is_filtered() {
        view! { <Card><EmptyState title=t("template-none") text=t("template-none-text") icon=Icon::Document/></Card> }
            .into_any()
    } else {
        table(list, rows).into_any()
    };
    view! { <Layout title=t("templates") lead=t("templates-lead") actions=actions>{body}{shipped_card(shipped)}</Layout> }
}

fn table(list: ListState, rows: Vec<Row>) -> impl IntoView {
    let columns = vec![
        Column::text(t("template-name")).sorted_by("name"),
        Column::number(t("template-version")),
        Column::text(t("template-for-clients")),
    ];
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let description = (!row.description.is_empty()).then(|| view! { <small>{row.description}</small> });
        let archived = row.archived.then(|| view! { " "<span class="muted small">{t("clients-archived")}</span> });
        view! {
            <tr>
                <HeadCell><span class="two-lines"><span><a href=row.href>{row.name}</a>{archived}</span>{description}</span></HeadCell>
                <NumberCell of=t("template-version")>{row.version}</NumberCell>
                <Cell of=t("template-for-clients")>{if row.clients_may_use { t("yes") } else { t("no") }}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let chosen = list.filter("state");
    let states = vec![
        Choice::new("archived", t("clients-shown-archived")),
        Choice::new("all", t("clients-shown-all")),
    ];
    view! {
        <Card flush=true>
            <FilterBar list=list.clone() search_label=t("template-search")>
                <SelectField name="state" label=t("clients-shown") choices=states value=chosen empty=t("clients-shown-active") required=true/>
            </FilterBar>
            <Table caption=t("templates") columns=columns list=list.clone()>{rows}</Table>
            {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
            <Pagination list=list/>
        </Card>
    }
}

fn shipped_card(shipped: Vec<ShippedRow>) -> impl IntoView {
    let columns = vec![
        Column::text(t("template-name")),
        Column::number(t("template-version")),
        Column::text(t("template-copy")),
    ];
    let rows = shipped.into_iter().map(|row| {
        let copy = row
            .copy_href
            .map(|href| view! { <LinkButton label=t("template-copy") href=href/> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{row.name}<small>{row.description}</small></span></HeadCell>
                <NumberCell of=t("template-version")>{row.version}</NumberCell>
                <Cell of=t("template-copy")>{copy}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Card title=t("template-shipped") flush=true>
            <p class="muted card-line">{t("template-shipped-text")}</p>
            <Table caption=t("template-shipped") columns=columns>{rows}</Table>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "templates",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/templates".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let row = |name: &str, description: &str, archived: bool| Row {
        href: "/admin/templates/1".to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        version: 3,
        clients_may_use: !archived,
        archived,
    };
    let shipped = |name: &str| {
        vec![ShippedRow {
            name: name.to_owned(),
            description: "SSH with keys alone, and a firewall.".to_owned(),
            version: 1,
            copy_href: Some("/admin/templates/new?from=hardened-ubuntu".to_owned()),
        }]
    };
    vec![
        Sample::new("templates", page(), move || {
            let rows = vec![
                row("Hardened Ubuntu", "SSH with keys alone.", false),
                row("Old web server", "", true),
            ];
            view! { <Templates list=list(2) rows=rows shipped=shipped("Docker host") add_href=Some("/admin/templates/new".into())/> }
        }),
        Sample::new("templates-none", page(), move || {
            view! { <Templates list=list(0) rows=Vec::new() shipped=shipped("Docker host") add_href=None/> }
        }),
        Sample::new("templates-hostile", page(), move || {
            let rows = vec![row(HOSTILE, HOSTILE, false)];
            view! { <Templates list=list(1) rows=rows shipped=shipped(HOSTILE) add_href=None/> }
        }),
    ]
}
