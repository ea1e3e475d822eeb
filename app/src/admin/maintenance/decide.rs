//! Approving, withdrawing or cancelling a window: what will happen, and the reason where the past is changed.

use leptos::prelude::*;

use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Crumb, DangerConfirm, ErrorSummary, FormState, Layout, TextAreaField},
};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve,
    Withdraw,
    Cancel,
}

/// The page, posting `reason` to its own address; `past`: the window has begun, so that a reason is needed.
#[component]
pub fn DecideWindow(
    decision: Decision,
    window: String,
    past: bool,
    form: FormState,
    action: String,
    cancel_href: String,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("maintenance"), "/admin/maintenance"),
        Crumb::new(window.clone(), cancel_href.clone()),
    ];
    let name = || [("name", window.clone().into())];
    let (question, consequence, label) = match decision {
        Decision::Approve => (
            t_with("windows-approve-question", &name()),
            t("windows-approve-text"),
            t("windows-approve"),
        ),
        Decision::Withdraw => (
            t_with("windows-withdraw-question", &name()),
            t("windows-withdraw-text"),
            t("windows-withdraw"),
        ),
        Decision::Cancel => (
            t_with("windows-cancel-question", &name()),
            t("windows-cancel-text"),
            t("windows-cancel"),
        ),
    };
    let consequence = match past {
        true => [consequence, " ", t("windows-past-text")].concat(),
        false => consequence.to_owned(),
    };
    let reason = past.then(|| {
        view! {
            <ErrorSummary form=form.clone() labels=&[("reason", "windows-reason")]/>
            <TextAreaField name="reason" label=t("windows-reason") value=form.value("reason") error=form.error("reason")
                hint=t("windows-reason-hint") required=true max_length=1000/>
        }
    });
    view! {
        <Layout title=label crumbs=crumbs>
            <DangerConfirm question=question consequence=consequence label=label action=action cancel_href=cancel_href>{reason}</DangerConfirm>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "maintenance",
        ..samples::page(Area::Admin)
    };
    let sample = move |name, decision, past, text: &'static str, form: FormState| {
        Sample::new(name, page(), move || {
            view! {
                <DecideWindow decision=decision window=text.to_owned() past=past form=form
                    action="/admin/maintenance/1/here".to_owned() cancel_href="/admin/maintenance/1".to_owned()/>
            }
        })
    };
    let mut hostile = FormState::new().with("reason", HOSTILE);
    hostile.reject("reason", HOSTILE);
    vec![
        sample(
            "windows-approve",
            Decision::Approve,
            false,
            "Fibre work",
            FormState::new(),
        ),
        sample(
            "windows-withdraw",
            Decision::Withdraw,
            false,
            "Fibre work",
            FormState::new(),
        ),
        sample(
            "windows-cancel-past",
            Decision::Cancel,
            true,
            "Fibre work",
            FormState::new(),
        ),
        sample("windows-decide-hostile", Decision::Withdraw, true, HOSTILE, hostile),
    ]
}
