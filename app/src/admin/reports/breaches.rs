//! Breached months, and the credits that are proposed for them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::{Section, sections};
use crate::{
    page::{Area, Page},
    report::{
        Verdict, VerdictBadge,
        facts::{Earlier, month_name},
    },
    samples::{self, HOSTILE, Sample},
    t,
    ui::{
        Card, Cell, Choice, Column, EmptyState, FilterBar, HeadCell, Icon, Layout, LinkButton, ListState, NumberCell,
        Pagination, SelectField, State, StateBadge, Table,
    },
};

/// What became of the credit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// None is proposed.
    Nothing,
    Open,
    /// With the amount.
    Approved(String),
    Declined,
}

/// A breached month.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub begin: DateTime<Utc>,
    pub zone: Tz,
    pub link: String,
    pub client: String,
    pub verdict: Verdict,
    /// Percent, cut off.
    pub uptime: Option<String>,
    /// With its currency; none where none is proposed.
    pub proposed: Option<String>,
    pub decided: Decided,
    /// On other revisions of the month.
    pub earlier: Vec<Earlier>,
    /// Where it is decided, if it is open and the visitor may.
    pub decide_href: Option<String>,
}

/// The page. Its filters are `month` and `credit`.
#[component]
pub fn Breaches(list: ListState, months: Vec<(String, String)>, rows: Vec<Row>, troubles: u64) -> impl IntoView {
    let choices = months
        .into_iter()
        .map(|(value, name)| Choice::new(value, name))
        .collect();
    let open = vec![Choice::new("open", t("breaches-open"))];
    let (month, credit) = (list.filter("month"), list.filter("credit"));
    let filters = view! {
        <FilterBar list=list.clone()>
            <SelectField name="month" label=t("report-month") choices=choices value=month empty=t("filter-any")/>
            <SelectField name="credit" label=t("breaches-decision") choices=open value=credit empty=t("filter-any")/>
        </FilterBar>
    };
    let content = if rows.is_empty() && list.is_filtered() {
        let clear = list.path.clone();
        view! {
            <EmptyState title=t("reports-none-match") text=t("reports-none-match-text") icon=Icon::Search>
                <LinkButton label=t("filter-clear") href=clear/>
            </EmptyState>
        }
        .into_any()
    } else if rows.is_empty() {
        view! { <EmptyState title=t("breaches-none") text=t("breaches-none-text") icon=Icon::Check/> }.into_any()
    } else {
        let columns = vec![
            Column::text(t("report-month")),
            Column::text(t("report-link")),
            Column::text(t("report-client")),
            Column::text(t("report-verdict")),
            Column::number(t("report-uptime")),
            Column::number(t("breaches-proposed")),
            Column::text(t("breaches-decision")),
        ];
        let rows = rows.into_iter().map(row).collect_view();
        let pages = list.clone();
        view! { <Table caption=t("reports-breaches") columns=columns list=list>{rows}</Table><Pagination list=pages/> }
            .into_any()
    };
    view! {
        <Layout title=t("reports-breaches") lead=t("breaches-lead")>
            {sections(Section::Breaches, troubles)}
            <Card flush=true>{filters}{content}</Card>
        </Layout>
    }
}

fn row(row: Row) -> impl IntoView {
    let uptime = row
        .uptime
        .map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
    let (state, word, amount) = match row.decided {
        Decided::Nothing => (State::Disabled, t("breaches-nothing"), None),
        Decided::Open => (State::Degraded, t("breaches-open"), None),
        Decided::Approved(amount) => (State::Up, t("breaches-approved"), Some(amount)),
        Decided::Declined => (State::Disabled, t("breaches-declined"), None),
    };
    let earlier = row.earlier.into_iter().map(Earlier::sentence);
    let earlier = earlier
        .map(|sentence| view! { <small class="muted">{sentence}</small> })
        .collect_view();
    let decide = row
        .decide_href
        .map(|href| view! { " "<LinkButton label=t("breaches-decide") href=href/> });
    let of_link = [", ", &row.link].concat();
    view! {
        <tr>
            <HeadCell><a href=row.href>{month_name(row.begin, row.zone)}<span class="hidden">{of_link}</span></a></HeadCell>
            <Cell of=t("report-link")>{row.link}</Cell>
            <Cell of=t("report-client")>{row.client}</Cell>
            <Cell of=t("report-verdict")><VerdictBadge verdict=row.verdict/></Cell>
            <NumberCell of=t("report-uptime")><span class="figure">{uptime}</span></NumberCell>
            <NumberCell of=t("breaches-proposed")><span class="figure">{row.proposed.unwrap_or_else(|| "–".to_owned())}</span></NumberCell>
            <Cell of=t("breaches-decision")><span class="row"><StateBadge state=state label=word/>{amount.map(|amount| view! { <span class="figure">{amount}</span> })}{decide}</span>{earlier}</Cell>
        </tr>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "reports",
        ..samples::page(Area::Admin)
    };
    let list = |total: u64| ListState {
        path: "/admin/reports/breaches".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let rows = |text: &str| {
        let row = |decided: Decided| Row {
            href: "/admin/reports/1".to_owned(),
            begin: samples::now(),
            zone: chrono_tz::Europe::Berlin,
            link: text.to_owned(),
            client: text.to_owned(),
            verdict: Verdict::Breached,
            uptime: Some("99.812".to_owned()),
            proposed: (decided != Decided::Nothing).then(|| "EUR\u{a0}24.95".to_owned()),
            decide_href: (decided == Decided::Open).then(|| "/admin/reports/1/credit".to_owned()),
            earlier: vec![Earlier {
                revision: 1,
                approved: (decided == Decided::Open).then(|| "EUR\u{a0}60.00".to_owned()),
            }],
            decided,
        };
        vec![
            row(Decided::Open),
            row(Decided::Approved("EUR\u{a0}24.95".to_owned())),
            row(Decided::Declined),
            row(Decided::Nothing),
        ]
    };
    vec![
        Sample::new("admin-breaches", page(), move || {
            view! { <Breaches list=list(4) months=Vec::new() rows=rows("Acme · Berlin HQ") troubles=0/> }
        }),
        Sample::new("admin-breaches-none", page(), move || {
            view! { <Breaches list=list(0) months=Vec::new() rows=Vec::new() troubles=1/> }
        }),
        Sample::new("admin-breaches-none-match", page(), move || {
            let filters = vec![("credit", "open".to_owned())];
            let list = ListState { filters, ..list(0) };
            view! { <Breaches list=list months=Vec::new() rows=Vec::new() troubles=0/> }
        }),
        Sample::new("admin-breaches-hostile", page(), move || {
            let months = vec![(HOSTILE.to_owned(), HOSTILE.to_owned())];
            view! { <Breaches list=list(4) months=months rows=rows(HOSTILE) troubles=1/> }
        }),
    ]
}
