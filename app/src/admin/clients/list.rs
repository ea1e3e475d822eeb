//! All clients, with how their links stand.

use leptos::prelude::*;

use super::{LinkCountBadges, LinkCounts};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Kind, Layout, LinkButton, ListState,
        NumberCell, Pagination, SelectField, State, Table,
    },
};

/// One client.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub reference: Option<String>,
    pub links: LinkCounts,
    pub users: usize,
    pub archived: bool,
}

/// The page. `add_href` is there if the visitor may add one.
#[component]
pub fn Clients(list: ListState, rows: Vec<Row>, add_href: Option<Text>, users_href: Text) -> impl IntoView {
    let add = add_href.clone().map(|href| {
        view! { <LinkButton label=t("clients-add") href=href icon=Icon::Plus kind=Kind::Primary/> }
    });
    let actions =
        view! { <LinkButton label=t("people-client-users") href=users_href icon=Icon::Users/>{add} }.into_any();
    let body = if rows.is_empty() && !list.is_filtered() {
        view! {
            <Card>
                <EmptyState title=t("clients-none") text=t("clients-none-text") icon=Icon::Client>
                    {add_href.map(|href| view! { <LinkButton label=t("clients-add") href=href icon=Icon::Plus/> })}
                </EmptyState>
            </Card>
        }
        .into_any()
    } else {
        table(list, rows).into_any()
    };
    view! { <Layout title=t("clients") lead=t("clients-lead") actions=actions>{body}</Layout> }
}

fn table(list: ListState, rows: Vec<Row>) -> impl IntoView {
    let columns = vec![
        Column::text(t("clients-name")).sorted_by("name"),
        Column::text(t("clients-reference")).sorted_by("reference"),
        Column::text(t("clients-links")).sorted_by("links"),
        Column::number(t("clients-users")),
    ];
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <HeadCell>
                    <a href=row.href>{row.name}</a>
                    {row.archived.then(|| view! { " "<span class="muted small">{t("clients-archived")}</span> })}
                </HeadCell>
                <Cell of=t("clients-reference")><span class="figure">{row.reference}</span></Cell>
                <Cell of=t("clients-links")><LinkCountBadges counts=row.links/></Cell>
                <NumberCell of=t("clients-users")>{row.users}</NumberCell>
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
            <FilterBar list=list.clone() search_label=t("clients-search")>
                <SelectField name="state" label=t("clients-shown") choices=states value=chosen empty=t("clients-shown-active") required=true/>
            </FilterBar>
            <Table caption=t("clients") columns=columns list=list.clone()>{rows.collect_view()}</Table>
            {empty.then(|| view! { <EmptyState title=t("list-no-match") text=t("list-no-match-text") icon=Icon::Search/> })}
            <Pagination list=list/>
        </Card>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let list = |total, q: &str| ListState {
        path: "/admin/clients".to_owned(),
        filters: vec![("q", q.to_owned()), ("state", String::new())],
        sort: Some(("name", crate::ui::Direction::Ascending)),
        page: 1,
        per_page: 50,
        total,
    };
    let row = |name: &str, reference: Option<&str>, links: &[(State, usize)], users| Row {
        href: "/admin/clients/1".to_owned(),
        name: name.to_owned(),
        reference: reference.map(ToOwned::to_owned),
        links: LinkCounts(links.to_vec()),
        users,
        archived: users == 0,
    };
    let add = || Some("/admin/clients/new".into());
    let users: Text = "/admin/client-users".into();
    vec![
        Sample::new("clients", page(), {
            let users = users.clone();
            move || {
                let rows = vec![
                    row(
                        "Acme Logistics GmbH",
                        Some("K-10021"),
                        &[(State::Down, 1), (State::Up, 11)],
                        4,
                    ),
                    row("Bergmann & Söhne", Some("K-10007"), &[(State::Up, 2)], 1),
                    row(
                        "City of Lübeck",
                        None,
                        &[(State::Degraded, 2), (State::Maintenance, 3), (State::Up, 40)],
                        12,
                    ),
                    row("Old Harbour Ltd", Some("K-9001"), &[], 0),
                ];
                view! { <Clients list=list(4, "") rows=rows add_href=add() users_href=users/> }
            }
        }),
        Sample::new("clients-none", page(), {
            let users = users.clone();
            move || view! { <Clients list=list(0, "") rows=vec![] add_href=add() users_href=users/> }
        }),
        Sample::new("clients-no-match", page(), {
            let users = users.clone();
            move || view! { <Clients list=list(0, "zzz") rows=vec![] add_href=None users_href=users/> }
        }),
        Sample::new("clients-hostile", page(), move || {
            let rows = vec![row(HOSTILE, Some(HOSTILE), &[(State::Up, 1)], 1)];
            view! { <Clients list=list(1, HOSTILE) rows=rows add_href=add() users_href=users/> }
        }),
    ]
}
