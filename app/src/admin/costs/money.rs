//! What things cost in a month, what clients pay for them, and what is left.

use leptos::prelude::*;

use super::{View, tabs};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, KeyValue, KeyValues, Layout, LinkButton,
        ListState, Notice, NumberCell, Pagination, SelectField, Table, Tone,
    },
};

/// What one client's things come to, or those that nobody has, or all.
#[derive(Clone, Debug)]
pub struct Share {
    /// Name and address of the client; none: nobody's.
    pub client: Option<(String, String)>,
    pub servers: u64,
    pub storages: u64,
    /// One amount a currency, as it is shown.
    pub cost: Vec<String>,
    pub sales: Vec<String>,
    /// None: it is not known.
    pub left: Option<String>,
    /// How many things have no price.
    pub unknown: u64,
}

/// The month, and which there are.
#[derive(Clone, Debug)]
pub struct Months {
    pub chosen: String,
    pub all: Vec<(String, String)>,
}

/// The page. `lacking`: products without a price, with how many things there are of each.
#[component]
pub fn CostsPage(
    list: ListState,
    months: Months,
    rows: Vec<Share>,
    total: Share,
    lacking: Vec<(String, u64)>,
    csv_href: String,
) -> impl IntoView {
    let actions = view! { <LinkButton label=t("costs-csv") href=csv_href icon=Icon::Download download=true/> };
    let actions = actions.into_any();
    let choices = months
        .all
        .into_iter()
        .map(|(month, name)| Choice::new(month, name))
        .collect();
    let body = match rows.is_empty() {
        true => view! { <EmptyState title=t("costs-none") text=t("costs-none-text") icon=Icon::Server/> }.into_any(),
        false => table(rows).into_any(),
    };
    let why = lacking_card(lacking);
    let (servers, storages) = (total.servers.to_string(), total.storages.to_string());
    view! {
        <Layout title=t("nav-costs") lead=t("costs-lead") actions=actions>
            {tabs(View::Money)}
            <FilterBar list=list.clone()>
                <SelectField name="month" label=t("costs-month") choices=choices value=months.chosen required=true/>
            </FilterBar>
            <Card title=t("costs-total")>
                <KeyValues>
                    <KeyValue label=t("costs-servers")>{servers}</KeyValue>
                    <KeyValue label=t("costs-storages")>{storages}</KeyValue>
                    <KeyValue label=t("costs-cost")>{amounts(total.cost)}</KeyValue>
                    <KeyValue label=t("costs-sales")>{amounts(total.sales)}</KeyValue>
                    <KeyValue label=t("costs-left")>{left(total.left)}</KeyValue>
                </KeyValues>
            </Card>
            {why}
            <Card flush=true>{body}<Pagination list=list/></Card>
        </Layout>
    }
}

fn amounts(all: Vec<String>) -> impl IntoView {
    let text: Text = if all.is_empty() {
        "–".into()
    } else {
        all.join(" + ").into()
    };
    view! { <span class="figure">{text}</span> }
}

fn left(left: Option<String>) -> impl IntoView {
    match left {
        Some(left) => view! { <span class="figure">{left}</span> }.into_any(),
        None => view! { <span class="muted">{t("costs-not-known")}</span> }.into_any(),
    }
}

fn table(rows: Vec<Share>) -> impl IntoView {
    let (client, servers, storages, cost, sales, rest) = (
        t("costs-client"),
        t("costs-servers"),
        t("costs-storages"),
        t("costs-cost"),
        t("costs-sales"),
        t("costs-left"),
    );
    let columns = vec![
        Column::text(client),
        Column::number(servers),
        Column::number(storages),
        Column::number(cost),
        Column::number(sales),
        Column::number(rest),
    ];
    let rows = rows.into_iter().map(|row| {
        let name = match row.client {
            Some((name, href)) => view! { <a href=href>{name}</a> }.into_any(),
            None => t("costs-nobody").into_any(),
        };
        let unknown = (row.unknown > 0).then(|| view! { <small>{t_count("costs-unknown", row.unknown)}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines">{name}{unknown}</span></HeadCell>
                <NumberCell of=servers>{row.servers.to_string()}</NumberCell>
                <NumberCell of=storages>{row.storages.to_string()}</NumberCell>
                <NumberCell of=cost>{amounts(row.cost)}</NumberCell>
                <NumberCell of=sales>{amounts(row.sales)}</NumberCell>
                <NumberCell of=rest>{left(row.left)}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("costs") columns=columns>{rows}</Table> }
}

fn lacking_card(lacking: Vec<(String, u64)>) -> Option<impl IntoView> {
    let some = !lacking.is_empty();
    let rows = lacking.into_iter().map(|(product, count)| {
        view! {
            <tr>
                <HeadCell>{product}</HeadCell>
                <Cell of=t("costs-things")>{count.to_string()}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    some.then(|| {
        let columns = [t("costs-product"), t("costs-things")].map(Column::text).into();
        let actions = view! { <LinkButton label=t("nav-products") href="/admin/products"/> }.into_any();
        view! {
            <Notice tone=Tone::Warning>{t("costs-lacking-text")}</Notice>
            <Card title=t("costs-lacking") actions=actions flush=true><Table caption=t("costs-lacking") columns=columns>{rows}</Table></Card>
        }
    })
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "costs",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/costs".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let share = |name: Option<&str>, unknown: u64| Share {
        client: name.map(|name| (name.to_owned(), "/admin/clients/1".to_owned())),
        servers: 4,
        storages: 1,
        cost: vec!["EUR\u{a0}28.00".to_owned()],
        sales: vec!["EUR\u{a0}48.00".to_owned()],
        left: (unknown == 0).then(|| "EUR\u{a0}20.00".to_owned()),
        unknown,
    };
    let months = |name: &str| Months {
        chosen: "2026-11".to_owned(),
        all: vec![("2026-11".to_owned(), name.to_owned())],
    };
    let csv = || "/admin/costs/items.csv?month=2026-11".to_owned();
    vec![
        Sample::new("costs", page(), move || {
            let rows = vec![share(Some("Acme Logistics GmbH"), 0), share(None, 2)];
            let lacking = vec![("Cloud VPS 6".to_owned(), 2)];
            view! { <CostsPage list=list(2) months=months("November 2026") rows=rows total=share(None, 0) lacking=lacking csv_href=csv()/> }
        }),
        Sample::new("costs-empty", page(), move || {
            let none = Share {
                cost: Vec::new(),
                sales: Vec::new(),
                ..share(None, 0)
            };
            view! { <CostsPage list=list(0) months=months("November 2026") rows=vec![] total=none lacking=vec![] csv_href=csv()/> }
        }),
        Sample::new("costs-hostile", page(), move || {
            let lacking = vec![(HOSTILE.to_owned(), 1)];
            let rows = vec![Share {
                cost: vec![HOSTILE.to_owned()],
                ..share(Some(HOSTILE), 1)
            }];
            view! { <CostsPage list=list(1) months=months(HOSTILE) rows=rows total=share(Some(HOSTILE), 1) lacking=lacking csv_href=csv()/> }
        }),
    ]
}
