//! The outages of a month over all links.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use crate::{
    admin::Subject,
    measured::outages::Why,
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, Duration, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState,
        NumberCell, Pagination, SelectField, State, StateBadge, Table, When,
    },
};

/// One outage of the list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub starts_at: DateTime<Utc>,
    /// None while it goes on.
    pub ends_at: Option<DateTime<Utc>>,
    pub link: Subject,
    pub client: String,
    /// Until now, while it goes on.
    pub lasted: TimeDelta,
    pub counted: TimeDelta,
    pub cause: Option<String>,
    /// Whose doing, if it does not count.
    pub excluded: Option<Why>,
}

/// What may be filtered by: values with their names.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// The newest first.
    pub months: Vec<(String, String)>,
    pub clients: Vec<(String, String)>,
    pub links: Vec<(String, String)>,
}

/// The page.
#[component]
pub fn OutageList(list: ListState, rows: Vec<Row>, filters: Filters) -> impl IntoView {
    let pairs = |pairs: Vec<(String, String)>| {
        let choices = pairs.into_iter().map(|(value, name)| Choice::new(value, name));
        choices.collect::<Vec<_>>()
    };
    let [month, client, link] = ["month", "client", "link"].map(|name| list.filter(name));
    let any = t("list-any");
    let clear = list.path.clone();
    let body = if rows.is_empty() {
        view! { <EmptyState title=t("outages-none") text=t("outages-none-text") icon=Icon::Check><LinkButton label=t("filter-clear") href=clear/></EmptyState> }
            .into_any()
    } else {
        view! { {table(rows)}<Pagination list=list.clone()/> }.into_any()
    };
    view! {
        <Layout title=t("outage-title") lead=t("outages-lead")>
            <Card flush=true>
                <FilterBar list=list search_label=t("outages-search")>
                    <SelectField name="month" label=t("outages-month") choices=pairs(filters.months) value=month required=true/>
                    <SelectField name="client" label=t("client") choices=pairs(filters.clients) value=client empty=any required=true/>
                    <SelectField name="link" label=t("link") choices=pairs(filters.links) value=link empty=any required=true/>
                </FilterBar>
                {body}
            </Card>
        </Layout>
    }
}

fn table(rows: Vec<Row>) -> impl IntoView {
    let (began, link, lasted, counted) = (t("outage-began"), t("link"), t("outage-lasted"), t("outage-counted"));
    let (cause, excluded) = (t("outage-cause"), t("outage-not-counted"));
    let columns = vec![
        Column::text(began),
        Column::text(link),
        Column::number(lasted),
        Column::number(counted),
        Column::text(cause),
        Column::text(excluded),
    ];
    let rows = rows.into_iter().map(move |row| {
        let ongoing = row.ends_at.is_none();
        let ongoing = ongoing.then(|| view! { " "<StateBadge state=State::Down label=t("outage-ongoing")/> });
        view! {
            <tr>
                <HeadCell><a href=row.href><When at=row.starts_at/></a>{ongoing}</HeadCell>
                <Cell of=link><span class="two-lines"><a href=row.link.href>{row.link.name}</a><small>{row.client}</small></span></Cell>
                <NumberCell of=lasted><Duration span=row.lasted/></NumberCell>
                <NumberCell of=counted><Duration span=row.counted/></NumberCell>
                <Cell of=cause>{row.cause.unwrap_or_else(|| "–".to_owned())}</Cell>
                <Cell of=excluded>{row.excluded.map_or("–", Why::word)}</Cell>
            </tr>
        }
    });
    view! { <Table caption=t("outage-title") columns=columns>{rows.collect_view()}</Table> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "outages",
        ..samples::page(Area::Admin)
    };
    let list = |total| ListState {
        path: "/admin/outages".to_owned(),
        filters: vec![("month", "2026-11".to_owned())],
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let filters = |text: &str| Filters {
        months: vec![
            ("2026-11".to_owned(), "November 2026".to_owned()),
            ("2026-10".to_owned(), text.to_owned()),
        ],
        clients: vec![("1".to_owned(), text.to_owned())],
        links: vec![("1".to_owned(), text.to_owned())],
    };
    let row = |text: &str, hours: i64, minutes: Option<i64>, excluded: Option<Why>| {
        let starts_at = samples::now() - TimeDelta::hours(hours);
        let ends_at = minutes.map(|minutes| starts_at + TimeDelta::minutes(minutes));
        let lasted = ends_at.unwrap_or_else(samples::now) - starts_at;
        Row {
            href: "/admin/links/1/outages/1795254000".to_owned(),
            starts_at,
            ends_at,
            link: Subject {
                name: [text, " – headquarters"].concat(),
                href: "/admin/links/1".to_owned(),
            },
            client: text.to_owned(),
            lasted,
            counted: if excluded.is_some() { TimeDelta::zero() } else { lasted },
            cause: minutes.map(|_| text.to_owned()),
            excluded,
        }
    };
    let rows = move |text: &str| {
        vec![
            row(text, 1, None, None),
            row(text, 40, Some(55), Some(Why::Client)),
            row(text, 90, Some(5), None),
            row(text, 300, Some(730), Some(Why::ForceMajeure)),
        ]
    };
    vec![
        Sample::new("outages", page(), move || {
            view! { <OutageList list=list(4) rows=rows("Acme Logistics GmbH") filters=filters("Acme Logistics GmbH")/> }
        }),
        Sample::new("outages-none", page(), move || {
            view! { <OutageList list=list(0) rows=Vec::new() filters=Filters::default()/> }
        }),
        Sample::new("outages-hostile", page(), move || {
            let list = ListState {
                filters: vec![("q", HOSTILE.to_owned())],
                ..list(4)
            };
            view! { <OutageList list=list rows=rows(HOSTILE) filters=filters(HOSTILE)/> }
        }),
    ]
}
