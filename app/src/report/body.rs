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
    // A report that was shared has neither, and no room is left for them.
    let (months, credit) = (months::months(&report), head::credit(&report));
    let beside =
        (months.is_some() || credit.is_some()).then(|| view! { <div class="stack wide">{months}{credit}</div> });
    view! {
        {head::notices(&report)}
        {head::summary(&report)}
        {head::figures(&report)}
        <div class="columns">{head::promises(&report)}{calendar::days(&report)}</div>
        {outages::outages(&report)}
        <div class="columns">{taken_out::taken_out(&report)}{beside}</div>
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
