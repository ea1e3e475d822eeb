//! All tenants of the installation.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Column, EmptyState, HeadCell, Icon, Layout, NumberCell, Table, When},
};

/// One provider.
#[derive(Clone, Debug)]
pub struct Row {
    pub slug: String,
    pub name: String,
    /// None where every host leads to it.
    pub host: Option<String>,
    pub zone: String,
    /// What is archived or disabled is not counted.
    pub links: i64,
    pub routers: i64,
    pub users: i64,
    pub created_at: DateTime<Utc>,
}

/// The page.
#[component]
pub fn Tenants(rows: Vec<Row>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <Layout title=t("tenants")>
                <EmptyState icon=Icon::Client title=t("tenants-none") text=t("tenants-none-text")/>
            </Layout>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(t("tenants-name")),
        Column::text(t("tenants-slug")),
        Column::text(t("tenants-host")),
        Column::text(t("tenants-zone")),
        Column::number(t("tenants-links")),
        Column::number(t("tenants-routers")),
        Column::number(t("tenants-users")),
        Column::text(t("tenants-since")),
    ];
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <HeadCell>{row.name}</HeadCell>
                <Cell of=t("tenants-slug")>{row.slug}</Cell>
                <Cell of=t("tenants-host")>{row.host.unwrap_or_else(|| t("tenants-any-host").to_owned())}</Cell>
                <Cell of=t("tenants-zone")>{row.zone}</Cell>
                <NumberCell of=t("tenants-links")>{row.links}</NumberCell>
                <NumberCell of=t("tenants-routers")>{row.routers}</NumberCell>
                <NumberCell of=t("tenants-users")>{row.users}</NumberCell>
                <Cell of=t("tenants-since")><When at=row.created_at/></Cell>
            </tr>
        }
    });
    view! {
        <Layout title=t("tenants")>
            <Card flush=true><Table caption=t("tenants") columns=columns>{rows.collect_view()}</Table></Card>
        </Layout>
    }
    .into_any()
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let sample = |name, text: Option<&'static str>| {
        let page = samples::page(Area::Operator);
        let now = page.now;
        Sample::new(name, page, move || {
            let row = |text: &str| Row {
                slug: text.to_owned(),
                name: text.to_owned(),
                host: Some(text.to_owned()),
                zone: text.to_owned(),
                links: 1_204,
                routers: 86,
                users: 310,
                created_at: now,
            };
            view! { <Tenants rows=text.map(row).into_iter().collect()/> }
        })
    };
    vec![
        sample("tenants", Some("northbridge")),
        sample("tenants-none", None),
        sample("tenants-hostile", Some(HOSTILE)),
    ]
}
