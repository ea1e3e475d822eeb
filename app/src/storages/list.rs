//! All object storages that the visitor sees.

use leptos::prelude::*;

use super::{Status, Use};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Layout, ListState, Pagination, SelectField,
        Table,
    },
};

/// One storage.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    /// Whose it is, where that is worth saying.
    pub client: Option<String>,
    /// The account at Contabo, for staff.
    pub account: Option<String>,
    pub region: String,
    pub status: Status,
    pub used: Use,
}

/// The page; `for_staff`: with what they alone see.
#[component]
pub fn Storages(list: ListState, rows: Vec<Row>, for_staff: bool) -> impl IntoView {
    let body = if rows.is_empty() && !list.is_filtered() {
        let text = if for_staff {
            t("storages-none-staff")
        } else {
            t("storages-none-text")
        };
        view! { <Card><EmptyState title=t("storages-none") text=text icon=Icon::Server/></Card> }.into_any()
    } else {
        table(list, rows, for_staff).into_any()
    };
    view! { <Layout title=t("storages")>{body}</Layout> }
}

fn table(list: ListState, rows: Vec<Row>, for_staff: bool) -> impl IntoView {
    let with_client = for_staff || rows.iter().any(|row| row.client.is_some());
    let (name, state, client, account, region, used, objects) = (
        t("storage-name"),
        t("storage-state"),
        t("storage-client"),
        t("storage-account"),
        t("storage-region"),
        t("storage-used"),
        t("storage-objects"),
    );
    let mut columns = vec![Column::text(name), Column::text(state)];
    columns.extend(with_client.then(|| Column::text(client)));
    columns.extend(for_staff.then(|| Column::text(account)));
    columns.extend([Column::text(region), Column::text(used), Column::text(objects)]);
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let nobody = || t("storage-nobodys").to_owned();
        let client_cell = with_client.then(|| view! { <Cell of=client>{row.client.unwrap_or_else(nobody)}</Cell> });
        let account_cell = for_staff.then(|| view! { <Cell of=account>{row.account.unwrap_or_default()}</Cell> });
        let (meter, counted) = (row.used.meter(), row.used.objects());
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.name}</a></HeadCell>
                <Cell of=state>{row.status.badge()}</Cell>
                {client_cell}
                {account_cell}
                <Cell of=region>{row.region}</Cell>
                <Cell of=used>{meter}</Cell>
                <Cell of=objects>{counted}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let filter = for_staff.then(|| {
        let chosen = list.filter("of");
        let choices = vec![
            Choice::new("clients", t("storages-of-clients")),
            Choice::new("nobody", t("storages-of-nobody")),
        ];
        view! { <SelectField name="of" label=t("storages-of") choices=choices value=chosen empty=t("storages-of-all") required=true/> }
    });
    view! {
        <Card flush=true>
            <FilterBar list=list.clone() search_label=t("storages-search")>{filter}</FilterBar>
            <Table caption=t("storages") columns=columns list=list.clone()>{rows}</Table>
            {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
            <Pagination list=list/>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = |area| Page {
        current: "storages",
        ..samples::page(area)
    };
    let list = |total| ListState {
        path: "/admin/storages".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let row = |text: Option<&str>, status, used| {
        let named = |usual: &str| text.unwrap_or(usual).to_owned();
        Row {
            href: "/admin/storages/1".to_owned(),
            name: named("customer-backups"),
            client: Some(named("Acme Logistics GmbH")),
            account: Some(named("main account")),
            region: named("European Union"),
            status,
            used: Use {
                size: Some(1_000_000_000_000),
                used,
                objects: Some(41_200),
            },
        }
    };
    vec![
        Sample::new("storages", page(Area::Admin), move || {
            let rows = vec![
                row(None, Status::Ready, Some(940_000_000_000)),
                row(None, Status::BeingMade, None),
                row(None, Status::Growing, Some(10_000_000_000)),
                row(None, Status::Awaiting, None),
                row(None, Status::Full, Some(1_000_000_000_000)),
                row(None, Status::Cancelled, None),
                row(None, Status::Failed, None),
            ];
            view! { <Storages list=list(7) rows=rows for_staff=true/> }
        }),
        Sample::new("storages-none", page(Area::Portal), move || {
            view! { <Storages list=list(0) rows=Vec::new() for_staff=false/> }
        }),
        Sample::new("storages-hostile", page(Area::Portal), move || {
            let rows = vec![row(Some(HOSTILE), Status::Other(HOSTILE.to_owned()), Some(0))];
            view! { <Storages list=list(1) rows=rows for_staff=false/> }
        }),
    ]
}
