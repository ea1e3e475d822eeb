//! A report as staff see it: as its client does, and what only they may do with it.

use leptos::prelude::*;

use super::{
    again::{Again, AgainCard},
    crumb,
};
use crate::{
    page::{Area, Page},
    portal::reports::Files,
    report::{Report, ReportBody, SharesCard, Verdict, VerdictBadge, sample_data, shares::Shares},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{Kind, Layout, LinkButton, Notice, Tone},
};

/// What was found of the samples under a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// They are those that it was made from.
    Unchanged,
    Changed,
    /// They were deleted as old.
    NoLongerKept,
}

/// What staff may do with the report.
#[derive(Clone, Debug)]
pub struct Staff {
    /// None: it was not asked.
    pub checked: Option<Checked>,
    /// Where that is asked.
    pub check_href: Text,
    /// For those who may make it again.
    pub again: Option<Again>,
    /// Where its credit is decided on.
    pub decide_href: Option<Text>,
    /// For those who may share it.
    pub shares: Option<Shares>,
}

/// The page.
#[component]
pub fn ReportShow(report: Report, files: Files, staff: Staff) -> impl IntoView {
    let title = t_with(
        "report-title",
        &[("link", report.link.clone().into()), ("month", report.month().into())],
    );
    let verdict = report.verdict;
    let badge = view! { <VerdictBadge verdict=verdict/> }.into_any();
    let decide = staff
        .decide_href
        .map(|href| view! { <LinkButton label=t("credit-decide") href=href kind=Kind::Primary/> });
    let samples = files.samples.clone();
    let actions = view! { {files.buttons()}{decide} }.into_any();
    let check = match staff.checked {
        Some(Checked::Unchanged) => view! { <Notice tone=Tone::Success>{t("report-check-same")}</Notice> }.into_any(),
        Some(Checked::NoLongerKept) => view! { <Notice>{t("report-check-gone")}</Notice> }.into_any(),
        Some(Checked::Changed) => view! { <Notice tone=Tone::Warning>{t("report-check-changed")}</Notice> }.into_any(),
        None => view! { <div><LinkButton label=t("report-check") href=staff.check_href/></div> }.into_any(),
    };
    // Of samples that are gone, another revision would know nothing.
    let again = staff.again.filter(|_| staff.checked != Some(Checked::NoLongerKept));
    let again = again.map(|again| view! { <AgainCard again=again/> });
    view! {
        <Layout title=title crumbs=vec![crumb()] badge=badge actions=actions>
            <ReportBody report=report samples=samples check=check/>
            {staff.shares.map(|shares| view! { <SharesCard shares=shares/> })}
            {again}
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "reports",
        ..samples::page(Area::Admin)
    };
    let staff = |checked, again| Staff {
        checked,
        check_href: "/admin/reports/1?check=yes".into(),
        again: Some(again),
        decide_href: Some("/admin/reports/1/credit".into()),
        shares: Some(sample_data::shares(None)),
    };
    vec![
        Sample::new("admin-report", page(), move || {
            view! { <ReportShow report=sample_data::report(None, Verdict::Met) files=Files::sample() staff=staff(None, Again::sample(None))/> }
        }),
        Sample::new("admin-report-unchanged", page(), move || {
            view! { <ReportShow report=sample_data::report(None, Verdict::NotAgreed) files=Files::sample() staff=staff(Some(Checked::Unchanged), Again { differences: Vec::new(), ..Again::sample(None) })/> }
        }),
        Sample::new("admin-report-hostile", page(), move || {
            view! { <ReportShow report=sample_data::report(Some(HOSTILE), Verdict::Breached) files=Files::sample() staff=staff(Some(Checked::Changed), Again::sample(Some(HOSTILE)))/> }
        }),
    ]
}
