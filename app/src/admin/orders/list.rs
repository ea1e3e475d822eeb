//! All orders, the newest first.

use leptos::prelude::*;

use super::{Order, Progress, What, sample_order};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState, Live,
        NumberCell, Pagination, SelectField, StateBadge, Table, When,
    },
};

/// The page. `accounts`: values with names to filter by. `may_order`: the visitor may order.
#[component]
pub fn OrderList(
    list: ListState,
    rows: Vec<Order>,
    accounts: Vec<(String, String)>,
    is_empty: bool,
    may_order: bool,
) -> impl IntoView {
    let quotas = view! { <LinkButton label=t("quotas") href="/admin/quotas"/> };
    if is_empty {
        return view! {
            <Layout title=t("nav-orders") lead=t("orders-lead") actions=quotas.into_any()>
                <Card><EmptyState title=t("orders-none") text=t("orders-none-text") icon=Icon::Order>{buttons(may_order)}</EmptyState></Card>
            </Layout>
        }
        .into_any();
    }
    let actions = view! { {quotas}{buttons(may_order)} }.into_any();
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {table(&list, rows)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("nav-orders") lead=t("orders-lead") actions=actions>
            <Card flush=true>{filter_bar(list, accounts)}<Live id="orders">{body}</Live></Card>
        </Layout>
    }
    .into_any()
}

fn buttons(may_order: bool) -> impl IntoView {
    may_order.then(|| {
        view! {
            <LinkButton label=What::Storage.title() href="/admin/orders/new?what=storage" icon=Icon::Plus/>
            <LinkButton label=What::Instance.title() href="/admin/orders/new?what=instance" icon=Icon::Plus kind=Kind::Primary/>
        }
    })
}

fn filter_bar(list: ListState, accounts: Vec<(String, String)>) -> impl IntoView {
    let states = vec![
        Choice::new("open", t("orders-state-open")),
        Choice::new("draft", t("order-draft")),
        Choice::new("done", t("order-done")),
        Choice::new("failed", t("order-failed")),
    ];
    let accounts = accounts.into_iter().map(|(id, name)| Choice::new(id, name)).collect();
    let [state, account] = ["state", "account"].map(|name| list.filter(name));
    view! {
        <FilterBar list=list search_label=t("orders-search")>
            <SelectField name="state" label=t("list-state") choices=states value=state empty=t("list-any") required=true/>
            <SelectField name="account" label=t("contabo-account") choices=accounts value=account empty=t("list-any") required=true/>
        </FilterBar>
    }
}

fn table(list: &ListState, rows: Vec<Order>) -> impl IntoView + use<> {
    let (name, what, client, state) = (t("order-name"), t("order-what"), t("client"), t("list-state"));
    let (cost, at) = (t("product-cost"), t("order-at"));
    let columns = vec![
        Column::text(name),
        Column::text(what),
        Column::text(client),
        Column::text(state),
        Column::number(cost),
        Column::text(at),
    ];
    let rows = rows.into_iter().map(|row| {
        let whose = match row.client {
            Some(client) => view! { <a href=client.href>{client.name}</a> }.into_any(),
            None => view! { <span class="muted">{t("fleet-nobody")}</span> }.into_any(),
        };
        let more = row
            .says
            .or(row.error)
            .map(|more| view! { <small class="reason">{more}</small> });
        let (state_of, word) = (row.progress.state(), row.progress.word());
        view! {
            <tr>
                <HeadCell><a href=row.href>{row.name}</a></HeadCell>
                <Cell of=what><span class="two-lines">{row.what}<small>{row.account}</small></span></Cell>
                <Cell of=client>{whose}</Cell>
                <Cell of=state><span class="two-lines"><StateBadge state=state_of label=word/>{more}</span></Cell>
                <NumberCell of=cost>{row.cost.unwrap_or_else(|| t("product-no-price").to_owned())}</NumberCell>
                <Cell of=at><span class="two-lines"><When at=row.at compact=true/><small>{row.by}</small></span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("nav-orders") columns=columns list=list.clone()>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "orders",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/orders".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let rows = |text: &str| {
        let all = [
            Progress::Draft,
            Progress::Queued,
            Progress::Unclear,
            Progress::UnderWay,
            Progress::Awaiting,
            Progress::Done,
            Progress::Failed,
            Progress::Withdrawn,
        ];
        let mut rows: Vec<Order> = all.iter().map(|progress| sample_order(text, *progress)).collect();
        rows[0].client = None;
        rows
    };
    let accounts = |text: &str| vec![("1".to_owned(), text.to_owned())];
    vec![
        Sample::new("orders", page(), move || {
            view! { <OrderList list=list(8) rows=rows("web-01") accounts=accounts("Main") is_empty=false may_order=true/> }
        }),
        Sample::new("orders-none", page(), move || {
            view! { <OrderList list=list(0) rows=Vec::new() accounts=Vec::new() is_empty=true may_order=true/> }
        }),
        Sample::new("orders-hostile", page(), move || {
            view! { <OrderList list=list(8) rows=rows(HOSTILE) accounts=accounts(HOSTILE) is_empty=false may_order=false/> }
        }),
    ]
}
