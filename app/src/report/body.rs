//! The whole of a report, between the heading and the footer of whichever page it is on.

use leptos::prelude::*;

use super::{Report, calendar, head, method, months, outages, taken_out};
use crate::{
    measured::measurements::MeasurementGraphs,
    t,
    ui::{Bytes, Card, KeyValue, KeyValues, Rate},
};

/// All of it. `check` stands by the digests, `samples` is where those of the month are.
#[component]
pub fn ReportBody(report: Report, samples: Option<String>, #[prop(optional)] check: Option<AnyView>) -> impl IntoView {
    let measured = report.measured.clone();
    let traffic = report.traffic;
    let samples = samples.map(|href| {
        view! { <p class="muted small">{t("report-samples-proof")}" "<a href=href download="">{t("report-samples-file")}</a></p> }
    });
    view! {
        {head::notices(&report)}
        {head::summary(&report)}
        {head::figures(&report)}
        <div class="columns">{head::promises(&report)}{calendar::days(&report)}</div>
        {outages::outages(&report)}
        {time_and_months(&report)}
        <Card title=t("report-graphs")>
            <KeyValues>
                <KeyValue label=t("report-volume")><Bytes value=traffic.download/>" / "<Bytes value=traffic.upload/></KeyValue>
                <KeyValue label=t("report-95")><Rate value=traffic.download_95/>" / "<Rate value=traffic.upload_95/></KeyValue>
                <KeyValue label=t("report-billed")><Rate value=traffic.billed_95/></KeyValue>
            </KeyValues>
            {samples}
            <MeasurementGraphs measured=measured/>
        </Card>
        {method::revisions(&report)}
        <div class="columns">{head::about(&report)}{method::method(&report)}</div>
        {method::digests(&report, check)}
    }
}

/// What became of the time, and beside it whatever there is of other months and of a credit; alone, it has the whole
/// width.
fn time_and_months(report: &Report) -> impl IntoView + use<> {
    let (months, credit) = (months::months(report), head::credit(report));
    let taken_out = taken_out::taken_out(report);
    match months.is_some() || credit.is_some() {
        true => {
            view! { <div class="columns">{taken_out}<div class="stack wide">{months}{credit}</div></div> }.into_any()
        }
        false => taken_out.into_any(),
    }
}
