//! Reports that could not be made, and why.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::{Section, sections};
use crate::{
    page::{Area, Page},
    report::facts::month_name,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Button, Card, Cell, Column, EmptyState, HeadCell, Icon, Layout, ListState, Pagination, Table, When},
};

/// A report that is lacking.
#[derive(Clone, Debug)]
pub struct Row {
    pub link: String,
    pub href: String,
    pub begin: DateTime<Utc>,
    pub zone: Tz,
    /// As `2026-10`.
    pub month: String,
    pub at: DateTime<Utc>,
    pub reason: String,
    /// The link's id, to try again; none where the visitor may not.
    pub again: Option<String>,
}

/// The page. Its buttons post `link` and `month` to its own address.
#[component]
pub fn Troubles(list: ListState, rows: Vec<Row>) -> impl IntoView {
    let count = list.total;
    let content = if rows.is_empty() {
        view! { <EmptyState title=t("troubles-none") text=t("troubles-none-text") icon=Icon::Check/> }.into_any()
    } else {
        let columns = vec![
            Column::text(t("report-link")),
            Column::text(t("report-month")),
            Column::text(t("troubles-reason")),
            Column::text(t("troubles-at")),
            Column::text(t("profile-action")),
        ];
        let rows = rows.into_iter().map(row).collect_view();
        view! { <Table caption=t("reports-troubles") columns=columns>{rows}</Table><Pagination list=list/> }.into_any()
    };
    view! {
        <Layout title=t("reports-troubles") lead=t("reports-troubles-lead")>
            {sections(Section::Troubles, count)}
            <Card flush=true>{content}</Card>
        </Layout>
    }
}

fn row(row: Row) -> impl IntoView {
    let month = row.month;
    let again = row.again.map(|link| {
        view! {
            <form method="post">
                <input type="hidden" name="link" value=link/><input type="hidden" name="month" value=month/>
                <Button label=t("troubles-again") icon=Icon::Refresh/>
            </form>
        }
    });
    view! {
        <tr>
            <HeadCell><a href=row.href>{row.link}</a></HeadCell>
            <Cell of=t("report-month")>{month_name(row.begin, row.zone)}</Cell>
            <Cell of=t("troubles-reason")>{row.reason}</Cell>
            <Cell of=t("troubles-at")><When at=row.at/></Cell>
            <Cell of=t("profile-action")>{again}</Cell>
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
        path: "/admin/reports/troubles".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    let rows = |text: &str| {
        vec![Row {
            link: text.to_owned(),
            href: "/admin/links/1".to_owned(),
            begin: samples::now(),
            zone: chrono_tz::Europe::Berlin,
            month: "2026-10".to_owned(),
            at: samples::now(),
            reason: text.to_owned(),
            again: Some("1".to_owned()),
        }]
    };
    vec![
        Sample::new("admin-troubles", page(), move || {
            view! { <Troubles list=list(1) rows=rows("its samples can't be read: the day is damaged")/> }
        }),
        Sample::new(
            "admin-troubles-none",
            page(),
            move || view! { <Troubles list=list(0) rows=Vec::new()/> },
        ),
        Sample::new(
            "admin-troubles-hostile",
            page(),
            move || view! { <Troubles list=list(101) rows=rows(HOSTILE)/> },
        ),
    ]
}
