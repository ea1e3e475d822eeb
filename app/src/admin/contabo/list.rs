//! The accounts at Contabo with their health.

use leptos::prelude::*;

use super::{Account, Health, next, sample_account, when};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Button, Card, Cell, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, StateBadge,
        Table,
    },
};

/// The page. `may_manage`: the visitor may add accounts, and have one read now.
#[component]
pub fn ContaboAccounts(accounts: Vec<Account>, may_manage: bool) -> impl IntoView {
    let add = may_manage.then(|| {
        view! { <LinkButton label=t("contabo-add") href="/admin/contabo/new" icon=Icon::Plus kind=Kind::Primary/> }
    });
    if accounts.is_empty() {
        return view! {
            <Layout title=t("contabo-accounts")>
                <Card><EmptyState title=t("contabo-none") text=t("contabo-none-text") icon=Icon::Server>{add}</EmptyState></Card>
            </Layout>
        }
        .into_any();
    }
    view! {
        <Layout title=t("contabo-accounts") lead=t("contabo-accounts-lead") actions=add.into_any()>
            <Card flush=true><Live id="contabo-accounts">{table(accounts, may_manage)}</Live></Card>
        </Layout>
    }
    .into_any()
}

fn table(accounts: Vec<Account>, may_manage: bool) -> impl IntoView {
    let (name, health, read) = (t("contabo-account"), t("contabo-health"), t("contabo-last-read"));
    let (following, failures, servers) = (t("contabo-next"), t("contabo-failures"), t("contabo-servers"));
    let columns = vec![
        Column::text(name),
        Column::text(health),
        Column::text(read),
        Column::text(following),
        Column::number(failures),
        Column::number(servers),
        Column::text(""),
    ];
    let rows = accounts.into_iter().map(|account| {
        let read_now = (may_manage && account.health != Health::Off).then(|| {
            let action = format!("{}/read", account.href);
            view! { <form method="post" action=action><Button label=t("contabo-read-now") icon=Icon::Refresh kind=Kind::Quiet/></form> }
        });
        let (at, coming) = (when(account.read_at), next(&account));
        view! {
            <tr>
                <HeadCell><span class="two-lines"><a href=account.href>{account.name}</a><small>{account.client_id}</small></span></HeadCell>
                <Cell of=health><StateBadge state=account.health.state() label=account.health.word()/>{account.error.map(|error| view! { <small class="reason">{error}</small> })}</Cell>
                <Cell of=read>{at}</Cell>
                <Cell of=following>{coming}</Cell>
                <NumberCell of=failures>{account.failures}</NumberCell>
                <NumberCell of=servers>{account.servers}</NumberCell>
                <Cell of="">{read_now}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("contabo-accounts") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let accounts = |text: &str| {
        let healths = [Health::Read, Health::Failing, Health::Late, Health::New, Health::Off];
        healths.map(|health| sample_account(text, health)).into()
    };
    vec![
        Sample::new("contabo-accounts", page(), move || {
            view! { <ContaboAccounts accounts=accounts("Contabo Munich") may_manage=true/> }
        }),
        Sample::new("contabo-accounts-none", page(), || {
            view! { <ContaboAccounts accounts=Vec::new() may_manage=true/> }
        }),
        Sample::new("contabo-accounts-hostile", page(), move || {
            view! { <ContaboAccounts accounts=accounts(HOSTILE) may_manage=false/> }
        }),
    ]
}
