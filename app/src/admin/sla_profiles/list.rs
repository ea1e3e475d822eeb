//! All SLA profiles with what they promise.

use leptos::prelude::*;

use super::{Promise, promised, sample_promise};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState,
        NumberCell, Pagination, SelectField, Table,
    },
};

/// One profile.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub promise: Promise,
    pub version: i32,
    /// Links that have it and are not archived.
    pub links: usize,
    pub archived: bool,
}

/// The page.
#[component]
pub fn SlaProfiles(list: ListState, rows: Vec<Row>, add_href: Option<Text>) -> impl IntoView {
    let add = add_href
        .clone()
        .map(|href| view! { <LinkButton label=t("sla-add") href=href icon=Icon::Plus kind=Kind::Primary/> });
    let actions = view! { {add} }.into_any();
    let body = if rows.is_empty() && !list.is_filtered() {
        view! {
            <Card>
                <EmptyState title=t("sla-none") text=t("sla-none-text") icon=Icon::Document>
                    {add_href.map(|href| view! { <LinkButton label=t("sla-add") href=href icon=Icon::Plus/> })}
                </EmptyState>
            </Card>
        }
        .into_any()
    } else {
        table(list, rows).into_any()
    };
    view! { <Layout title=t("sla-profiles") lead=t("sla-lead") actions=actions>{body}</Layout> }
}

fn table(list: ListState, rows: Vec<Row>) -> impl IntoView {
    let columns = vec![
        Column::text(t("sla-name")).sorted_by("name"),
        Column::number(t("sla-uptime")).sorted_by("uptime"),
        Column::number(t("sla-latency")),
        Column::number(t("sla-loss")),
        Column::text(t("sla-hours")),
        Column::number(t("sla-version")),
        Column::number(t("sla-links")).sorted_by("links"),
    ];
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let Promise {
            uptime,
            latency,
            loss,
            hours,
            ..
        } = row.promise;
        let days = hours.map(|days| days.iter().filter(|day| !day.is_empty()).count() as u64);
        let hours = days.map_or_else(|| t("sla-always").into(), |days| t_count("sla-days", days));
        view! {
            <tr>
                <HeadCell>
                    <a href=row.href>{row.name}</a>
                    {row.archived.then(|| view! { " "<span class="muted small">{t("clients-archived")}</span> })}
                </HeadCell>
                <NumberCell of=t("sla-uptime")>{promised(Some(uptime), "%")}</NumberCell>
                <NumberCell of=t("sla-latency")>{promised(latency, "ms")}</NumberCell>
                <NumberCell of=t("sla-loss")>{promised(loss, "%")}</NumberCell>
                <Cell of=t("sla-hours")>{hours}</Cell>
                <NumberCell of=t("sla-version")>{row.version}</NumberCell>
                <NumberCell of=t("sla-links")>{row.links}</NumberCell>
            </tr>
        }
    });
    let chosen = list.filter("state");
    let states = vec![
        Choice::new("archived", t("clients-shown-archived")),
        Choice::new("all", t("clients-shown-all")),
    ];
    view! {
        <Card flush=true>
            <FilterBar list=list.clone() search_label=t("sla-search")>
                <SelectField name="state" label=t("clients-shown") choices=states value=chosen empty=t("clients-shown-active") required=true/>
            </FilterBar>
            <Table caption=t("sla-profiles") columns=columns list=list.clone()>{rows.collect_view()}</Table>
            {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
            <Pagination list=list/>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "sla-profiles",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/sla-profiles".to_owned(),
        page: 1,
        per_page: 50,
        total,
        ..ListState::default()
    };
    let row = |name: &str, promise: Promise, links| Row {
        href: "/admin/sla-profiles/1".to_owned(),
        name: name.to_owned(),
        promise,
        version: 3,
        links,
        archived: links == 0,
    };
    vec![
        Sample::new("sla-profiles", page(), move || {
            let gold = Promise {
                uptime: "99.999".to_owned(),
                hours: None,
                ..sample_promise()
            };
            let basic = Promise {
                uptime: "98".to_owned(),
                latency: None,
                loss: None,
                ..sample_promise()
            };
            let rows = vec![
                row("Gold", gold, 12),
                row("Business hours", sample_promise(), 40),
                row("Basic", basic, 0),
            ];
            view! { <SlaProfiles list=list(3) rows=rows add_href=Some("/admin/sla-profiles/new".into())/> }
        }),
        Sample::new("sla-profiles-none", page(), move || {
            view! { <SlaProfiles list=list(0) rows=vec![] add_href=Some("/admin/sla-profiles/new".into())/> }
        }),
        Sample::new("sla-profiles-hostile", page(), move || {
            let promise = Promise {
                uptime: HOSTILE.to_owned(),
                ..sample_promise()
            };
            view! { <SlaProfiles list=list(1) rows=vec![row(HOSTILE, promise, 1)] add_href=None/> }
        }),
    ]
}
