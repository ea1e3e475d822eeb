//! Reports as a list, to filter and to go through.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::{Verdict, VerdictBadge, facts::month_name};
use crate::{
    t, t_with,
    ui::{
        Cell, Choice, Column, Duration, EmptyState, FilterBar, HeadCell, Icon, LinkButton, ListState, NumberCell,
        Pagination, Pictogram, SelectField, Table,
    },
};

/// A report in a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub href: String,
    pub pdf_href: String,
    pub begin: DateTime<Utc>,
    pub zone: Tz,
    pub link: String,
    pub reference: Option<String>,
    /// For those who see more than one client's.
    pub client: Option<String>,
    pub verdict: Verdict,
    /// Percent, cut off.
    pub uptime: Option<String>,
    pub down: TimeDelta,
    pub outages: u32,
    pub revision: i32,
}

/// What can be chosen: values with their names.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub months: Vec<(String, String)>,
    pub links: Vec<(String, String)>,
    /// Of more than one client only.
    pub clients: Vec<(String, String)>,
}

fn choices_of(pairs: Vec<(String, String)>) -> Vec<Choice> {
    let choices = pairs.into_iter().map(|(value, name)| Choice::new(value, name));
    choices.collect()
}

/// The list with its filters `month`, `link`, `client` and `verdict`.
#[component]
pub fn ReportTable(
    list: ListState,
    choices: Choices,
    rows: Vec<Row>,
    /// All of the month in one document, where the list is of one month and client.
    month_pdf: Option<String>,
) -> impl IntoView {
    let with_client = rows.iter().any(|row| row.client.is_some());
    let verdicts = Verdict::ALL
        .map(|verdict| Choice::new(verdict.name(), verdict.word()))
        .into();
    let [month, link, client, verdict] = ["month", "link", "client", "verdict"].map(|name| list.filter(name));
    let (links, clients) = (choices_of(choices.links), choices_of(choices.clients));
    let filters = view! {
        <FilterBar list=list.clone()>
            <SelectField name="month" label=t("report-month") choices=choices_of(choices.months) value=month empty=t("filter-any")/>
            {is_offered(&links, &link).then(|| view! { <SelectField name="link" label=t("report-link") choices=links value=link empty=t("filter-any")/> })}
            {is_offered(&clients, &client).then(|| view! { <SelectField name="client" label=t("report-client") choices=clients value=client empty=t("filter-any")/> })}
            <SelectField name="verdict" label=t("report-verdict") choices=verdicts value=verdict empty=t("filter-any")/>
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
        view! { <EmptyState title=t("reports-none") text=t("reports-none-text") icon=Icon::Document/> }.into_any()
    } else {
        let columns = [
            Some(Column::text(t("report-month"))),
            Some(Column::text(t("report-link"))),
            with_client.then(|| Column::text(t("report-client"))),
            Some(Column::text(t("report-verdict"))),
            Some(Column::number(t("report-uptime"))),
            Some(Column::number(t("report-down"))),
            Some(Column::text(t("report-file"))),
        ];
        let rows = rows.into_iter().map(|row| self::row(row, with_client)).collect_view();
        let pages = list.clone();
        view! {
            <Table caption=t("nav-reports") columns=columns.into_iter().flatten().collect() list=list>{rows}</Table>
            <Pagination list=pages/>
        }
        .into_any()
    };
    let month_pdf = month_pdf.map(|href| {
        view! { <p class="card-line"><LinkButton label=t("reports-month-pdf") href=href icon=Icon::Download download=true/></p> }
    });
    view! { {filters}{month_pdf}{content} }
}

/// One thing is no choice, unless it is what the list is filtered by.
fn is_offered(choices: &[Choice], chosen: &str) -> bool {
    choices.len() > usize::from(chosen.is_empty())
}

fn row(row: Row, with_client: bool) -> impl IntoView {
    let month = month_name(row.begin, row.zone);
    let revision = (row.revision > 1).then(|| {
        let revision = t_with("report-revision-note", &[("revision", row.revision.into())]);
        view! { <span class="muted small row-note">{revision}</span> }
    });
    let reference = row.reference;
    let reference = reference.map(|reference| view! { <span class="muted small row-note">{reference}</span> });
    let uptime = row
        .uptime
        .map_or_else(|| "–".to_owned(), |uptime| format!("{uptime}\u{a0}%"));
    let of_link = [", ", &row.link].concat();
    let outages = crate::t_count("report-outage-count", row.outages.into());
    let pdf = t_with(
        "report-pdf-of",
        &[("link", row.link.clone().into()), ("month", month.clone().into())],
    );
    view! {
        <tr>
            <HeadCell><a href=row.href>{month}<span class="hidden">{of_link}</span></a>{revision}</HeadCell>
            <Cell of=t("report-link")><span>{row.link}{reference}</span></Cell>
            {with_client.then(|| view! { <Cell of=t("report-client")>{row.client.unwrap_or_default()}</Cell> })}
            <Cell of=t("report-verdict")><VerdictBadge verdict=row.verdict/></Cell>
            <NumberCell of=t("report-uptime")><span class="figure">{uptime}</span></NumberCell>
            <NumberCell of=t("report-down")><span class="two-lines"><Duration span=row.down/><small>{outages}</small></span></NumberCell>
            <Cell of=t("report-file")><a class="file-link" href=row.pdf_href download=""><Pictogram icon=Icon::Download/><span aria-hidden="true">"PDF"</span><span class="hidden">{pdf}</span></a></Cell>
        </tr>
    }
}
