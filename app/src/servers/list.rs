//! All servers of the visitor's clients.
//!
//! A client may have hundreds, so the rows are written as markup.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{sample_data, words::Status};
use crate::{
    page::{Area, Page, page},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    text::Text,
    ui::{Card, Column, EmptyState, Icon, Layout, ListState, Live, Markup, Pagination, Table, time},
};

use super::words::{Act, size};

/// The id of the page's live part.
pub const LIVE: &str = "server-rows";

/// One server.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub title: String,
    /// Contabo's own name, where the title is another.
    pub name: Option<String>,
    /// Whose it is, for those who see more than one client's.
    pub client: Option<String>,
    pub status: Status,
    /// What is under way on it.
    pub doing: Option<Act>,
    pub place: String,
    pub addresses: Vec<String>,
    pub product: String,
    pub cores: Option<u32>,
    /// MiB.
    pub ram: Option<u64>,
    /// MiB.
    pub disk: Option<u64>,
    pub system: String,
    /// The name of what is installed, where it is known.
    pub image: Option<String>,
    pub cancels_on: Option<NaiveDate>,
}

/// The page.
#[component]
pub fn Servers(list: ListState, with_client: bool, rows: Vec<Row>) -> impl IntoView {
    let content = if rows.is_empty() {
        view! { <EmptyState title=t("servers-none") text=t("servers-none-text") icon=Icon::Server/> }.into_any()
    } else {
        let pages = list.clone();
        view! { {table(list, with_client, &rows)}<Pagination list=pages/> }.into_any()
    };
    view! { <Layout title=t("nav-servers")><Card flush=true><Live id=LIVE>{content}</Live></Card></Layout> }
}

/// The columns' names, looked up once a page and not once a cell.
struct Labels {
    client: &'static str,
    state: &'static str,
    place: &'static str,
    addresses: &'static str,
    specification: &'static str,
    system: &'static str,
    cancelled: &'static str,
}

fn table(list: ListState, with_client: bool, rows: &[Row]) -> impl IntoView + use<> {
    let of = Labels {
        client: t("servers-client"),
        state: t("servers-state"),
        place: t("servers-place"),
        addresses: t("servers-addresses"),
        specification: t("servers-specification"),
        system: t("servers-system"),
        cancelled: t("servers-cancelled-on"),
    };
    // Nobody needs a column of nothing.
    let with_cancelled = rows.iter().any(|row| row.cancels_on.is_some());
    let columns = [
        Some(Column::text(t("servers-name"))),
        with_client.then(|| Column::text(of.client)),
        Some(Column::text(of.state)),
        Some(Column::text(of.addresses)),
        Some(Column::text(of.specification)),
        Some(Column::text(of.system)),
        Some(Column::text(of.place)),
        with_cancelled.then(|| Column::text(of.cancelled)),
    ];
    let page = page();
    let mut html = Markup::with_capacity(rows.len() * 1_200);
    for row in rows {
        one(&mut html, &page, &of, row, (with_client, with_cancelled));
    }
    let columns = columns.into_iter().flatten().collect();
    view! { <Table caption=t("nav-servers") columns=columns list=list>{html.into_view()}</Table> }
}

fn one(html: &mut Markup, page: &Page, of: &Labels, row: &Row, (with_client, with_cancelled): (bool, bool)) {
    html.raw("<tr><th scope=\"row\"><span class=\"two-lines\"><a href=\"")
        .text(&row.href)
        .raw("\">")
        .text(&row.title)
        .raw("</a>");
    if let Some(name) = &row.name {
        html.raw("<small>").text(name).raw("</small>");
    }
    html.raw("</span></th>");
    if with_client {
        html.cell(of.client, |html| {
            html.text(row.client.as_deref().unwrap_or_default());
        });
    }
    html.cell(of.state, |html| {
        html.raw("<span class=\"two-lines\">")
            .badge(page, row.status.state(), &row.status.word());
        if let Some(act) = row.doing {
            html.raw("<small>").text(act.doing()).raw("</small>");
        }
        html.raw("</span>");
    });
    html.cell(of.addresses, |html| lines(html, "addresses mono", &row.addresses));
    html.cell(of.specification, |html| {
        html.raw("<span class=\"two-lines\">").text(&row.product);
        html.raw("<small>").text(&specification(row)).raw("</small></span>");
    });
    html.cell(of.system, |html| match &row.image {
        Some(image) => {
            html.raw("<span class=\"two-lines\">").text(image);
            html.raw("<small>").text(&row.system).raw("</small></span>");
        }
        None => {
            html.text(&row.system);
        }
    });
    html.cell(of.place, |html| {
        html.text(&row.place);
    });
    if with_cancelled {
        html.cell(of.cancelled, |html| {
            html.figure(row.cancels_on.map(time::day).as_deref());
        });
    }
    html.raw("</tr>");
}

fn lines(html: &mut Markup, class: &'static str, lines: &[String]) {
    html.raw("<span class=\"").raw(class).raw("\">");
    for line in lines {
        html.raw("<span>").text(line).raw("</span>");
    }
    html.raw("</span>");
}

/// "4 cores · 8 GiB RAM · 100 GiB disk", as much of it as is known.
fn specification(row: &Row) -> String {
    let parts: [Option<Text>; 3] = [
        row.cores.map(|cores| t_count("servers-cores", cores.into())),
        row.ram.map(|ram| with_size("servers-ram", ram)),
        row.disk.map(|disk| with_size("servers-disk", disk)),
    ];
    let parts: Vec<Text> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn with_size(key: &'static str, mib: u64) -> Text {
    t_with(key, &[("size", size(mib).into())]).into()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "servers",
        ..samples::page(Area::Portal)
    };
    let list = |total| ListState {
        path: "/portal/servers".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("portal-servers", page(), move || {
            view! { <Servers list=list(6) with_client=false rows=sample_data::rows(None)/> }
        }),
        Sample::new("portal-servers-none", page(), move || {
            view! { <Servers list=list(0) with_client=false rows=Vec::new()/> }
        }),
        Sample::new("portal-servers-hostile", page(), move || {
            view! { <Servers list=list(6) with_client=true rows=sample_data::rows(Some(HOSTILE))/> }
        }),
    ]
}
