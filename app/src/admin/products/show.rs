//! One product: what it is, what it costs and brings, and every price that it had or will have.

use leptos::prelude::*;

use super::{Price, Product, When, crumbs, place_word, sample_product, size, term_word};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Code, Column, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, NumberCell,
        Rate, Table, time,
    },
};

/// The page. `servers`: how many servers of the tenant run on it.
#[component]
pub fn ProductPage(product: Product, prices: Vec<Price>, servers: usize, may_manage: bool) -> impl IntoView {
    let href = product.href.clone();
    let actions = may_manage.then(|| {
        let (value, label) = match product.orderable {
            true => ("no", t("product-switch-off")),
            false => ("yes", t("product-switch-on")),
        };
        let switch = product.can_be_ordered.then(|| {
            view! { <form method="post" action=[&href, "/orderable"].concat()><Button label=label name="orderable" value=value/></form> }
        });
        view! {
            {switch}
            <LinkButton label=t("product-edit") href=[&href, "/edit"].concat() icon=Icon::Edit/>
            <LinkButton label=t("product-new-price") href=[&href, "/price"].concat() icon=Icon::Plus kind=Kind::Primary/>
        }
    });
    let actions = actions.into_any();
    let title = product.name.clone();
    view! {
        <Layout title=title crumbs=crumbs() actions=actions>
            {facts(product, servers)}
            {history(prices)}
        </Layout>
    }
}

fn facts(product: Product, servers: usize) -> impl IntoView {
    let size = size(&product);
    let orderable = match product.orderable {
        true => t("product-on"),
        false => t("product-off"),
    };
    let id = product
        .contabo_id
        .map(|id| view! { <KeyValue label=t("product-id")><Code text=id/></KeyValue> });
    let port = product
        .port
        .map(|port| view! { <KeyValue label=t("product-port")><Rate value=port/></KeyValue> });
    let snapshots = product
        .snapshots
        .map(|count| view! { <KeyValue label=t("product-snapshots")>{count}</KeyValue> });
    let size = (!size.is_empty()).then(|| view! { <KeyValue label=t("product-size")>{size}</KeyValue> });
    view! {
        <Card title=t("product-facts")>
            <KeyValues>
                {id}
                <KeyValue label=t("product-family")>{product.family}</KeyValue>
                {size}
                {port}
                {snapshots}
                <KeyValue label=t("product-orders")>{orderable}</KeyValue>
                <KeyValue label=t("product-servers")>{servers}</KeyValue>
            </KeyValues>
        </Card>
    }
}

fn history(prices: Vec<Price>) -> impl IntoView {
    if prices.is_empty() {
        return view! { <Card title=t("product-prices")><p class="muted">{t("product-prices-none")}</p></Card> }
            .into_any();
    }
    let (from, region, term) = (t("price-from"), t("price-region"), t("price-term"));
    let (cost, sales, by) = (t("product-cost"), t("product-price"), t("price-by"));
    let columns = vec![
        Column::text(from),
        Column::text(region),
        Column::text(term),
        Column::number(cost),
        Column::number(sales),
        Column::text(by),
    ];
    let rows = prices.into_iter().map(|price| {
        let when = match price.when {
            When::Past => view! { <small>{t("price-past")}</small> }.into_any(),
            When::Now => view! { <small><strong>{t("price-now")}</strong></small> }.into_any(),
            When::Coming => view! { <small>{t("price-coming")}</small> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell><span class="two-lines"><span class="nowrap">{time::day(price.valid_from)}</span>{when}</span></HeadCell>
                <Cell of=region>{place_word(&price.region)}</Cell>
                <Cell of=term>{term_word(price.months)}</Cell>
                <NumberCell of=cost>{amounts(price.cost)}</NumberCell>
                <NumberCell of=sales>{amounts(price.sales)}</NumberCell>
                <Cell of=by>{price.by}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=t("product-prices") flush=true><Table caption=t("product-prices") columns=columns>{rows}</Table></Card> }
        .into_any()
}

/// Each month, and once below it.
fn amounts(amounts: Option<(String, String)>) -> AnyView {
    match amounts {
        None => view! { <span class="muted">{t("product-no-price")}</span> }.into_any(),
        Some((month, setup)) => {
            view! { <span class="two-lines"><span class="figure">{month}</span><small>{t("price-setup")}" "{setup}</small></span> }
                .into_any()
        }
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "products",
        ..samples::page(Area::Admin)
    };
    let price = |text: &str, when, region: &str, months| Price {
        region: region.to_owned(),
        months,
        valid_from: samples::now().date_naive(),
        cost: Some(("EUR 4.50".to_owned(), "EUR 0.00".to_owned())),
        sales: (when != When::Past).then(|| ("EUR 9.00".to_owned(), "EUR 5.00".to_owned())),
        by: text.to_owned(),
        when,
    };
    let prices = move |text: &str| {
        vec![
            price(text, When::Coming, "", 0),
            price(text, When::Now, "JPN", 12),
            price(text, When::Past, "", 1),
        ]
    };
    vec![
        Sample::new("product", page(), move || {
            view! { <ProductPage product=sample_product("Cloud VPS 4") prices=prices("Alice") servers=7 may_manage=true/> }
        }),
        Sample::new("product-off", page(), move || {
            let product = Product {
                orderable: false,
                cores: None,
                ram: None,
                disk: None,
                ..sample_product("Cloud VPS 10")
            };
            view! { <ProductPage product=product prices=Vec::new() servers=0 may_manage=false/> }
        }),
        Sample::new("product-hostile", page(), move || {
            view! { <ProductPage product=sample_product(HOSTILE) prices=prices(HOSTILE) servers=1 may_manage=true/> }
        }),
    ]
}
