//! A report for whoever has its link, the question for its password, and what a link says that has ended.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::{Area, Page, page},
    report::{Report, ReportBody, Verdict, VerdictBadge, sample_data},
    samples::{self, HOSTILE, Sample},
    t, t_count, t_with,
    ui::{Button, Icon, Kind, Layout, LinkButton, Notice, PasswordField, Tone, time},
};

/// The report.
#[component]
pub fn SharedReport(report: Report, pdf: String, expires_at: DateTime<Utc>) -> impl IntoView {
    let title = t_with(
        "report-title",
        &[("link", report.link.clone().into()), ("month", report.month().into())],
    );
    let until = time::absolute(expires_at, page().zone);
    let lead = t_with(
        "shared-lead",
        &[
            ("provider", report.provider.clone().into()),
            ("client", report.client.clone().into()),
            ("until", until.into()),
        ],
    );
    let verdict = report.verdict;
    let badge = view! { <VerdictBadge verdict=verdict/> }.into_any();
    let actions = view! { <LinkButton label=t("report-pdf") href=pdf icon=Icon::Download download=true/> }.into_any();
    view! { <Layout title=title lead=lead badge=badge actions=actions><ReportBody report=report samples=None/></Layout> }
}

/// Why the question is here again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locked {
    Wrong,
    /// Too many tries; this many minutes to wait.
    TooMany {
        minutes: u32,
    },
}

/// Asks for the password; posts to its own address.
#[component]
pub fn ShareLocked(why: Option<Locked>) -> impl IntoView {
    let why = why.map(|why| {
        let text = match why {
            Locked::Wrong => t("shared-wrong").into(),
            Locked::TooMany { minutes } => t_count("sign-in-too-many", minutes.into()),
        };
        view! { <Notice tone=Tone::Danger>{text}</Notice> }
    });
    view! {
        <Layout title=t("shared-locked") lead=t("shared-locked-text")>
            {why}
            <form method="post" class="stack">
                <PasswordField name="password" label=t("field-password") autocomplete="off" required=true autofocus=true/>
                <Button label=t("shared-open") kind=Kind::Primary/>
            </form>
        </Layout>
    }
}

/// It has expired or was taken back: which of the two is nobody's business.
#[component]
pub fn ShareOver() -> impl IntoView {
    view! { <Layout title=t("shared-over")><p class="muted">{t("shared-over-text")}</p></Layout> }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "",
        ..samples::page(Area::Public)
    };
    let wide = move || Page { wide: true, ..page() };
    let report = |hostile: Option<&str>| {
        let mut report = sample_data::report(hostile, Verdict::Met);
        report.months.clear();
        report.revisions.clear();
        report.credit = None;
        report.current_href = None;
        report
    };
    vec![
        Sample::new("shared-report", wide(), move || {
            view! { <SharedReport report=report(None) pdf="/share/x.pdf".into() expires_at=samples::now()/> }
        }),
        Sample::new("shared-report-superseded", wide(), move || {
            let mut report = report(None);
            report.superseded = true;
            view! { <SharedReport report=report pdf="/share/x.pdf".into() expires_at=samples::now()/> }
        }),
        Sample::new("shared-report-hostile", wide(), move || {
            view! { <SharedReport report=report(Some(HOSTILE)) pdf="/share/x.pdf".into() expires_at=samples::now()/> }
        }),
        Sample::new("shared-locked", page(), || view! { <ShareLocked why=None/> }),
        Sample::new(
            "shared-locked-wrong",
            page(),
            || view! { <ShareLocked why=Some(Locked::TooMany { minutes: 4 })/> },
        ),
        Sample::new("shared-over", page(), || view! { <ShareOver/> }),
    ]
}
