//! The price list: all products with what they cost and bring today.

use leptos::prelude::*;

use super::{Product, or_unknown, sample_product, size};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState,
        NumberCell, Pagination, Rate, SelectField, Table,
    },
};

/// The page. `is_empty`: there is nothing at all, whatever is looked for. `may_manage`: the visitor may change the list. `shows_prices`: clients read what their servers cost.
#[component]
pub fn ProductList(
    list: ListState,
    rows: Vec<Product>,
    families: Vec<String>,
    is_empty: bool,
    may_manage: bool,
    shows_prices: bool,
) -> impl IntoView {
    if is_empty {
        return view! {
            <Layout title=t("nav-products") lead=t("products-lead")>
                <Card><EmptyState title=t("products-none") text=t("products-none-text") icon=Icon::Document>{buttons(may_manage)}</EmptyState></Card>
            </Layout>
        }
        .into_any();
    }
    let actions = view! {
        <LinkButton label=t("products-csv") href="/admin/products/prices.csv" icon=Icon::Download download=true/>
        {buttons(may_manage)}
    }
    .into_any();
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {table(&list, rows)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("nav-products") lead=t("products-lead") actions=actions>
            <Card flush=true>{filter_bar(list, families)}{body}</Card>
            {switch(may_manage, shows_prices)}
        </Layout>
    }
    .into_any()
}

/// What adds products.
fn buttons(may_manage: bool) -> impl IntoView {
    may_manage.then(|| {
        view! {
            <form method="post" action="/admin/products/known"><Button label=t("products-known")/></form>
            <LinkButton label=t("products-add") href="/admin/products/new" icon=Icon::Plus kind=Kind::Primary/>
        }
    })
}

/// Whether clients read prices.
fn switch(may_manage: bool, shows: bool) -> impl IntoView {
    let text = match shows {
        true => t("products-shown"),
        false => t("products-hidden"),
    };
    let button = may_manage.then(|| {
        let (value, label) = match shows {
            true => ("no", t("products-hide")),
            false => ("yes", t("products-show")),
        };
        view! { <form method="post" action="/admin/products/show-prices"><Button label=label name="show" value=value/></form> }
    });
    let button = button.into_any();
    view! { <Card title=t("products-to-clients") actions=button><p>{text}</p></Card> }
}

fn filter_bar(list: ListState, families: Vec<String>) -> impl IntoView {
    let families = families
        .into_iter()
        .map(|family| Choice::new(family.clone(), family))
        .collect();
    let states = vec![
        Choice::new("off", t("products-state-off")),
        Choice::new("all", t("products-state-all")),
    ];
    let [family, state] = ["family", "state"].map(|name| list.filter(name));
    view! {
        <FilterBar list=list search_label=t("products-search")>
            <SelectField name="family" label=t("product-family") choices=families value=family empty=t("list-any") required=true/>
            <SelectField name="state" label=t("list-state") choices=states value=state empty=t("products-state-on") required=true/>
        </FilterBar>
    }
}

fn table(list: &ListState, rows: Vec<Product>) -> impl IntoView + use<> {
    let (name, family, sizes, port) = (
        t("product-name"),
        t("product-family"),
        t("product-size"),
        t("product-port"),
    );
    let (snapshots, cost, price) = (t("product-snapshots"), t("product-cost"), t("product-price"));
    let columns = vec![
        Column::text(name),
        Column::text(family),
        Column::text(sizes),
        Column::number(port),
        Column::number(snapshots),
        Column::number(cost),
        Column::number(price),
    ];
    let rows = rows.into_iter().map(|row| {
        let size = size(&row);
        let off = (!row.orderable).then(|| view! { <small>{t("product-off")}</small> });
        let id = row.contabo_id.map(|id| view! { <small>{id}</small> });
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=row.href>{row.name}</a>{id}{off}</span></HeadCell>
                <Cell of=family>{row.family}</Cell>
                <Cell of=sizes>{size}</Cell>
                <NumberCell of=port>{row.port.map(|port| view! { <Rate value=port/> })}</NumberCell>
                <NumberCell of=snapshots>{row.snapshots}</NumberCell>
                <NumberCell of=cost>{or_unknown(row.cost)}</NumberCell>
                <NumberCell of=price>{or_unknown(row.price)}</NumberCell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("nav-products") columns=columns list=list.clone()>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "products",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/products".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let rows = |text: &str| {
        vec![
            sample_product(text),
            Product {
                price: None,
                orderable: false,
                ..sample_product(text)
            },
            Product {
                contabo_id: None,
                cores: None,
                ram: None,
                disk: None,
                port: None,
                snapshots: None,
                cost: None,
                price: None,
                ..sample_product("Automatic backup")
            },
        ]
    };
    let families = |text: &str| vec!["Cloud VPS".to_owned(), text.to_owned()];
    vec![
        Sample::new("products", page(), move || {
            view! { <ProductList list=list(3) rows=rows("Cloud VPS 4") families=families("VDS") is_empty=false may_manage=true shows_prices=false/> }
        }),
        Sample::new("products-none", page(), move || {
            view! { <ProductList list=list(0) rows=Vec::new() families=Vec::new() is_empty=true may_manage=true shows_prices=false/> }
        }),
        Sample::new("products-hostile", page(), move || {
            let list = ListState {
                filters: vec![("q", HOSTILE.to_owned())],
                ..list(3)
            };
            view! { <ProductList list=list rows=rows(HOSTILE) families=families(HOSTILE) is_empty=false may_manage=false shows_prices=true/> }
        }),
    ]
}
