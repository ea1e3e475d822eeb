//! The SLA reports of the visitor's clients: the list, and a report with its files.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    report::{
        Report, ReportBody, ReportTable, SharesCard, Verdict, VerdictBadge,
        list::{Choices, Row},
        sample_data,
        shares::Shares,
    },
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Card, Crumb, Icon, Layout, LinkButton, ListState},
};

/// Where the files of a report are, and what else leads on from it.
#[derive(Clone, Debug)]
pub struct Files {
    pub pdf: String,
    pub csv: String,
    pub json: String,
    /// The link as it is now; none where it is no longer the visitor's.
    pub link: Option<String>,
    /// The link's samples of the month; none for who may not download them.
    pub samples: Option<String>,
}

impl Files {
    pub(crate) fn sample() -> Self {
        Self {
            pdf: "/portal/reports/1.pdf".to_owned(),
            csv: "/portal/reports/1.csv".to_owned(),
            json: "/portal/reports/1.json".to_owned(),
            link: Some("/portal/links/1".to_owned()),
            samples: Some("/portal/links/1/samples.csv?from=2026-09-30T22:00Z&to=2026-10-31T23:00Z".to_owned()),
        }
    }

    /// As buttons.
    pub(crate) fn buttons(self) -> impl IntoView {
        let link = self
            .link
            .map(|href| view! { <LinkButton label=t("report-link-page") href=href icon=Icon::Link/> });
        view! {
            {link}
            <LinkButton label=t("report-json") href=self.json icon=Icon::Download download=true/>
            <LinkButton label=t("report-csv") href=self.csv icon=Icon::Download download=true/>
            <LinkButton label=t("report-pdf") href=self.pdf icon=Icon::Download download=true/>
        }
    }
}

/// The list.
#[component]
pub fn Reports(list: ListState, choices: Choices, rows: Vec<Row>, month_pdf: Option<String>) -> impl IntoView {
    view! {
        <Layout title=t("nav-reports") lead=t("reports-lead")>
            <Card flush=true><ReportTable list=list choices=choices rows=rows month_pdf=month_pdf/></Card>
        </Layout>
    }
}

/// A report.
#[component]
pub fn ReportPage(
    report: Report,
    files: Files,
    /// For those who may share it.
    shares: Option<Shares>,
) -> impl IntoView {
    let title = t_with(
        "report-title",
        &[("link", report.link.clone().into()), ("month", report.month().into())],
    );
    let verdict = report.verdict;
    let badge = view! { <VerdictBadge verdict=verdict/> }.into_any();
    let crumbs = vec![Crumb::new(t("nav-reports"), "/portal/reports")];
    let samples = files.samples.clone();
    let actions = files.buttons().into_any();
    view! {
        <Layout title=title crumbs=crumbs badge=badge actions=actions>
            <ReportBody report=report samples=samples/>
            {shares.map(|shares| view! { <SharesCard shares=shares/> })}
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "reports",
        ..samples::page(Area::Portal)
    };
    let list = |filters: Vec<(&'static str, String)>, total: u64| ListState {
        path: "/portal/reports".to_owned(),
        filters,
        sort: None,
        page: 1,
        per_page: 25,
        total,
    };
    vec![
        Sample::new("portal-reports", page(), move || {
            view! { <Reports list=list(Vec::new(), 31) choices=sample_data::choices("Depot") rows=sample_data::rows(None, false) month_pdf=Some("/portal/reports/of/1/2026-10.pdf".to_owned())/> }
        }),
        Sample::new("portal-reports-none", page(), move || {
            view! { <Reports list=list(Vec::new(), 0) choices=Choices::default() rows=Vec::new() month_pdf=None/> }
        }),
        Sample::new("portal-reports-none-match", page(), move || {
            let filters = vec![("verdict", "breached".to_owned())];
            view! { <Reports list=list(filters, 0) choices=sample_data::choices("Depot") rows=Vec::new() month_pdf=None/> }
        }),
        Sample::new("portal-reports-hostile", page(), move || {
            let filters = vec![("month", HOSTILE.to_owned())];
            view! { <Reports list=list(filters, 5) choices=sample_data::choices(HOSTILE) rows=sample_data::rows(Some(HOSTILE), true) month_pdf=None/> }
        }),
        Sample::new("portal-report", page(), move || {
            view! { <ReportPage report=sample_data::report(None, Verdict::Met) files=Files::sample() shares=Some(sample_data::shares(None))/> }
        }),
        Sample::new("portal-report-no-data", page(), move || {
            view! { <ReportPage report=sample_data::report(None, Verdict::NoData) files=Files::sample() shares=None/> }
        }),
        Sample::new("portal-report-hostile", page(), move || {
            view! { <ReportPage report=sample_data::report(Some(HOSTILE), Verdict::Breached) files=Files::sample() shares=Some(sample_data::shares(Some(HOSTILE)))/> }
        }),
    ]
}
