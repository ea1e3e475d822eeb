//! All links of the visitor's clients as a table: to search, filter and sort.

use leptos::prelude::*;

use super::{link_card::LinkSummary, month::MonthLine, sample_data, standing::StandingBadge};
use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, Direction, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState,
        Live, NumberCell, Pagination, Rate, SelectField, State, Table, When,
    },
};

/// The id of the page's live part.
pub const LIVE: &str = "link-rows";

/// What can be chosen beside the states, which are always the same.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub kinds: Vec<String>,
    /// Ids and names; of more than one client only.
    pub clients: Vec<(String, String)>,
}

/// The page. Filters are `q`, `state`, `kind` and `client`.
#[component]
pub fn Links(list: ListState, choices: Choices, rows: Vec<LinkSummary>) -> impl IntoView {
    let with_client = !choices.clients.is_empty();
    let filters = filters(&list, choices);
    let content = if rows.is_empty() && list.is_filtered() {
        let clear = list.path.clone();
        view! {
            <EmptyState title=t("links-none-match") text=t("links-none-match-text") icon=Icon::Search>
                <LinkButton label=t("filter-clear") href=clear/>
            </EmptyState>
        }
        .into_any()
    } else if rows.is_empty() {
        view! { <EmptyState title=t("dashboard-empty") text=t("dashboard-empty-text") icon=Icon::Link/> }.into_any()
    } else {
        let columns = [
            Some(Column::text(t("links-name")).sorted_by("name")),
            with_client.then(|| Column::text(t("links-client")).sorted_by("client")),
            Some(Column::text(t("links-kind")).sorted_by("kind")),
            Some(Column::text(t("links-state")).sorted_by("state")),
            Some(Column::text(t("links-changed")).sorted_by("since")),
            Some(Column::number(t("download")).sorted_by("download")),
            Some(Column::number(t("upload")).sorted_by("upload")),
            Some(Column::number(t("links-month"))),
        ];
        let rows = rows.into_iter().map(|link| row(link, with_client)).collect_view();
        let pages = list.clone();
        view! {
            <Live id=LIVE>
                <Table caption=t("nav-links") columns=columns.into_iter().flatten().collect() list=list>{rows}</Table>
            </Live>
            <Pagination list=pages/>
        }
        .into_any()
    };
    view! { <Layout title=t("nav-links")><Card flush=true>{filters}{content}</Card></Layout> }
}

fn filters(list: &ListState, choices: Choices) -> impl IntoView + use<> {
    let states = State::ALL
        .iter()
        .map(|state| Choice::new(state.name(), state.word()))
        .chain([Choice::new("inactive", t("standing-inactive"))])
        .collect();
    let kinds: Vec<_> = choices
        .kinds
        .into_iter()
        .map(|kind| Choice::new(kind.clone(), kind))
        .collect();
    let clients: Vec<_> = choices
        .clients
        .into_iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect();
    let (state, kind, client) = (list.filter("state"), list.filter("kind"), list.filter("client"));
    view! {
        <FilterBar list=list.clone() search_label=t("links-search")>
            <SelectField name="state" label=t("links-state") choices=states value=state empty=t("filter-any")/>
            {(kinds.len() > 1).then(|| view! { <SelectField name="kind" label=t("links-kind") choices=kinds value=kind empty=t("filter-any")/> })}
            {(!clients.is_empty()).then(|| view! { <SelectField name="client" label=t("links-client") choices=clients value=client empty=t("filter-any")/> })}
        </FilterBar>
    }
}

fn row(link: LinkSummary, with_client: bool) -> impl IntoView {
    let reference = link
        .reference
        .map(|reference| view! { <span class="muted small row-note">{reference}</span> });
    let since = match link.standing.since() {
        Some(since) => view! { <When at=since compact=true/> }.into_any(),
        None => view! { "–" }.into_any(),
    };
    view! {
        <tr>
            <HeadCell><a href=link.href>{link.name}</a>{reference}</HeadCell>
            {with_client.then(|| view! { <Cell of=t("links-client")>{link.client.unwrap_or_default()}</Cell> })}
            <Cell of=t("links-kind")>{link.kind}</Cell>
            <Cell of=t("links-state")><StandingBadge standing=link.standing/></Cell>
            <Cell of=t("links-changed")>{since}</Cell>
            <NumberCell of=t("download")><Rate value=link.download/></NumberCell>
            <NumberCell of=t("upload")><Rate value=link.upload/></NumberCell>
            <NumberCell of=t("links-month")><MonthLine month=link.month/></NumberCell>
        </tr>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || samples::page(Area::Portal);
    let list = |filters: Vec<(&'static str, String)>, total: u64| ListState {
        path: "/portal/links".to_owned(),
        filters,
        sort: Some(("state", Direction::Ascending)),
        page: 1,
        per_page: 25,
        total,
    };
    let choices = |text: &str| Choices {
        kinds: vec!["ILL".to_owned(), "MPLS".to_owned(), text.to_owned()],
        clients: vec![
            ("1".to_owned(), "Acme Logistics GmbH".to_owned()),
            ("2".to_owned(), text.to_owned()),
        ],
    };
    vec![
        Sample::new("portal-links", page(), move || {
            view! { <Links list=list(Vec::new(), 31) choices=choices("Broadband") rows=sample_data::links(None)/> }
        }),
        Sample::new("portal-links-hostile", page(), move || {
            let filters = vec![("q", HOSTILE.to_owned()), ("state", HOSTILE.to_owned())];
            view! { <Links list=list(filters, 5) choices=choices(HOSTILE) rows=sample_data::links(Some(HOSTILE))/> }
        }),
        Sample::new("portal-links-none-match", page(), move || {
            view! { <Links list=list(vec![("q", "Atlantis".to_owned())], 0) choices=Choices::default() rows=Vec::new()/> }
        }),
    ]
}
