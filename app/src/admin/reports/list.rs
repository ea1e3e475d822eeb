//! The reports of all clients.

use leptos::prelude::*;

use super::{Section, sections};
use crate::{
    page::{Area, Page},
    report::{
        ReportTable,
        list::{Choices, Row},
        sample_data,
    },
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Card, Layout, ListState},
};

/// The page.
#[component]
pub fn ReportList(
    list: ListState,
    choices: Choices,
    rows: Vec<Row>,
    month_pdf: Option<String>,
    troubles: u64,
) -> impl IntoView {
    view! {
        <Layout title=t("nav-reports") lead=t("reports-lead")>
            {sections(Section::All, troubles)}
            <Card flush=true><ReportTable list=list choices=choices rows=rows month_pdf=month_pdf/></Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "reports",
        ..samples::page(Area::Admin)
    };
    let list = |total: u64| ListState {
        path: "/admin/reports".to_owned(),
        page: 1,
        per_page: 100,
        total,
        ..ListState::default()
    };
    vec![
        Sample::new("admin-reports", page(), move || {
            view! { <ReportList list=list(5) choices=sample_data::choices("Depot") rows=sample_data::rows(None, true) troubles=2 month_pdf=Some("/portal/reports/of/1/2026-10.pdf".to_owned())/> }
        }),
        Sample::new("admin-reports-hostile", page(), move || {
            view! { <ReportList list=list(5) choices=sample_data::choices(HOSTILE) rows=sample_data::rows(Some(HOSTILE), true) troubles=0 month_pdf=None/> }
        }),
    ]
}
