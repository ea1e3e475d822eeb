//! One zone: its records.

use leptos::prelude::*;

use super::crumbs;
use crate::{
    admin::things::{Happening, LIVE_THINGS, happening, sample_happening},
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Cell, Code, Column, EmptyState, HeadCell, Icon, Kind, Layout, LinkButton, Live, NumberCell, Table},
};

/// Everything of one zone.
#[derive(Clone, Debug)]
pub struct Zone {
    pub href: String,
    pub name: String,
    pub account: String,
    pub records: Vec<Record>,
    pub may_manage: bool,
    pub happening: Happening,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// A record.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: i64,
    pub name: String,
    pub kind: String,
    /// With what goes before it: a priority, a weight, a port, a flag.
    pub data: String,
    pub ttl: Option<i64>,
}

/// The page.
#[component]
pub fn ZonePage(zone: Zone) -> impl IntoView {
    let href = zone.href.clone();
    let actions = zone.may_manage.then(|| {
        view! {
            <LinkButton label=t("deed-add-record") href=format!("{href}/records/new") icon=Icon::Plus kind=Kind::Primary/>
            <LinkButton label=t("deed-delete") href=format!("{href}/delete") confirm=true/>
        }
    });
    let content = match zone.records.is_empty() {
        true => {
            view! { <EmptyState title=t("records-none") text=t("records-none-text") icon=Icon::Document/> }.into_any()
        }
        false => table(&zone.href, zone.may_manage, zone.records).into_any(),
    };
    view! {
        <Layout title=zone.name lead=zone.account crumbs=crumbs() actions=actions.into_any()>
            <Card title=t("zone-records") flush=true><Live id=LIVE_THINGS>{content}</Live></Card>
            {happening(zone.happening, zone.refused)}
        </Layout>
    }
}

fn table(href: &str, may_manage: bool, records: Vec<Record>) -> impl IntoView + use<> {
    let (name, kind, data, ttl) = (t("record-name"), t("record-type"), t("record-data"), t("record-ttl"));
    let columns = vec![
        Column::text(name),
        Column::text(kind),
        Column::text(data),
        Column::number(ttl),
        Column::text(""),
    ];
    let rows = records.into_iter().map(|record| {
        let buttons = may_manage.then(|| {
            let of = format!("{href}/records/{}", record.id);
            view! {
                <LinkButton label=t("edit") href=of.clone() kind=Kind::Quiet/>
                <LinkButton label=t("deed-delete") href=format!("{of}/delete") kind=Kind::Quiet confirm=true/>
            }
        });
        view! {
            <tr>
                <HeadCell>{record.name}</HeadCell>
                <Cell of=kind>{record.kind}</Cell>
                <Cell of=data><Code text=record.data/></Cell>
                <NumberCell of=ttl>{record.ttl}</NumberCell>
                <Cell of=""><span class="server-buttons">{buttons}</span></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t("zone-records") columns=columns>{rows}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        live_url: Some("/admin/live".to_owned()),
        ..samples::page(Area::Admin)
    };
    let zone = |text: &str, records: Vec<Record>| Zone {
        href: "/admin/dns/1".to_owned(),
        name: text.to_owned(),
        account: text.to_owned(),
        records,
        may_manage: true,
        happening: sample_happening(text),
        refused: (text == HOSTILE).then(|| text.to_owned()),
    };
    let record = |text: &str, kind: &str| Record {
        id: 880_001,
        name: text.to_owned(),
        kind: kind.to_owned(),
        data: format!("10 mail.{text}"),
        ttl: Some(86_400),
    };
    vec![
        Sample::new("zone", page(), move || {
            let records = vec![record("example.net", "MX"), record("www.example.net", "CNAME")];
            view! { <ZonePage zone=zone("example.net", records)/> }
        }),
        Sample::new("zone-empty", page(), move || {
            view! { <ZonePage zone=zone("example.net", Vec::new())/> }
        }),
        Sample::new("zone-hostile", page(), move || {
            view! { <ZonePage zone=zone(HOSTILE, vec![record(HOSTILE, HOSTILE)])/> }
        }),
    ]
}
