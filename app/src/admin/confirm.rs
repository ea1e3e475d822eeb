//! The page before something that cuts somebody off or can't be taken back: what will happen, and a button.

use leptos::prelude::*;

use super::{clients::show::archive_consequence, metrics_tokens, people::first_password::Among};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    text::Text,
    ui::{Crumb, DangerConfirm, Layout},
};

/// What is asked. Each names the thing that it is about.
#[derive(Clone, Debug)]
pub enum Question {
    ArchiveClient { client: String, links: usize, users: usize },
    RestoreClient { client: String },
    ResetPassword { who: String, among: Among },
    Disable { who: String, among: Among },
    Enable { who: String, among: Among },
    EndSessions { who: String, among: Among, sessions: usize },
    RemoveFromStaff { who: String },
    ArchiveProfile { profile: String },
    EndWindow { window: String },
    ApproveSeries { series: String },
    EndSeries { series: String },
    RevokeToken { token: String },
    ArchiveTemplate { template: String },
}

/// The page, posting to its own address.
#[component]
pub fn Confirm(question: Question, action: String, cancel_href: String) -> impl IntoView {
    let named = |key: &'static str, name: String| t_with(key, &[("name", name.into())]);
    let text = |key: &'static str| Text::from(t(key));
    let clients = || Crumb::new(t("clients"), "/admin/clients");
    let profiles = || Crumb::new(t("sla-profiles"), "/admin/sla-profiles");
    let windows = || Crumb::new(t("maintenance"), "/admin/maintenance");
    let (up, name, question, consequence, label) = match question {
        Question::ArchiveClient { client, links, users } => (
            clients(),
            client.clone(),
            named("clients-archive-question", client),
            archive_consequence(links, users).into(),
            t("clients-archive"),
        ),
        Question::RestoreClient { client } => (
            clients(),
            client.clone(),
            named("clients-restore-question", client),
            text("clients-restore-text"),
            t("clients-restore"),
        ),
        Question::ResetPassword { who, among } => (
            among.crumb(),
            who.clone(),
            named("people-reset-question", who),
            text("people-reset-text"),
            t("people-reset-password"),
        ),
        Question::Disable { who, among } => (
            among.crumb(),
            who.clone(),
            named("people-disable-question", who),
            text("people-disable-text"),
            t("people-disable"),
        ),
        Question::Enable { who, among } => (
            among.crumb(),
            who.clone(),
            named("people-enable-question", who),
            text("people-enable-text"),
            t("people-enable"),
        ),
        Question::EndSessions { who, among, sessions } => (
            among.crumb(),
            who.clone(),
            named("people-end-question", who),
            t_with("people-end-text", &[("count", sessions.into())]).into(),
            t("people-end-sessions"),
        ),
        Question::RemoveFromStaff { who } => (
            Among::Staff.crumb(),
            who.clone(),
            named("people-remove-question", who),
            text("people-remove-text"),
            t("people-remove-staff"),
        ),
        Question::ArchiveProfile { profile } => (
            profiles(),
            profile.clone(),
            named("sla-archive-question", profile),
            text("sla-archive-text"),
            t("sla-archive"),
        ),
        Question::EndWindow { window } => (
            windows(),
            window.clone(),
            named("windows-end-question", window),
            text("windows-end-text"),
            t("windows-end"),
        ),
        Question::ApproveSeries { series } => (
            windows(),
            series.clone(),
            named("windows-approve-question", series),
            text("series-approve-text"),
            t("windows-approve"),
        ),
        Question::EndSeries { series } => (
            windows(),
            series.clone(),
            named("series-end-question", series),
            text("series-end-text"),
            t("series-end"),
        ),
        Question::RevokeToken { token } => (
            metrics_tokens::crumb(),
            token.clone(),
            named("tokens-revoke-question", token),
            text("tokens-revoke-text"),
            t("tokens-revoke"),
        ),
        Question::ArchiveTemplate { template } => (
            Crumb::new(t("templates"), "/admin/templates"),
            template.clone(),
            named("template-archive-question", template),
            text("template-archive-text"),
            t("template-archive"),
        ),
    };
    view! {
        <Layout title=name crumbs=vec![up]>
            <DangerConfirm question=question consequence=consequence label=label action=action cancel_href=cancel_href/>
        </Layout>
    }
}

/// The page as it could be served, with each question.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "clients",
        ..samples::page(Area::Admin)
    };
    let sample = |name, question: Question| {
        Sample::new(name, page(), move || {
            view! { <Confirm question=question action="/here".to_owned() cancel_href="/back".to_owned()/> }
        })
    };
    let who = || "Bob Reyes".to_owned();
    let among = Among::Staff;
    vec![
        sample(
            "confirm-archive-client",
            Question::ArchiveClient {
                client: "Acme".to_owned(),
                links: 12,
                users: 1,
            },
        ),
        sample(
            "confirm-restore-client",
            Question::RestoreClient {
                client: "Acme".to_owned(),
            },
        ),
        sample("confirm-reset", Question::ResetPassword { who: who(), among }),
        sample("confirm-disable", Question::Disable { who: who(), among }),
        sample(
            "confirm-enable",
            Question::Enable {
                who: who(),
                among: Among::ClientUsers,
            },
        ),
        sample(
            "confirm-end",
            Question::EndSessions {
                who: who(),
                among,
                sessions: 2,
            },
        ),
        sample("confirm-remove", Question::RemoveFromStaff { who: who() }),
        sample(
            "confirm-archive-profile",
            Question::ArchiveProfile {
                profile: "Gold".to_owned(),
            },
        ),
        sample(
            "confirm-end-window",
            Question::EndWindow {
                window: "Fibre work".to_owned(),
            },
        ),
        sample(
            "confirm-approve-series",
            Question::ApproveSeries {
                series: "Nightly backups of the exchange".to_owned(),
            },
        ),
        sample(
            "confirm-revoke-token",
            Question::RevokeToken {
                token: "Grafana".to_owned(),
            },
        ),
        sample(
            "confirm-archive-template",
            Question::ArchiveTemplate {
                template: "Web server".to_owned(),
            },
        ),
        sample(
            "confirm-hostile",
            Question::EndSeries {
                series: HOSTILE.to_owned(),
            },
        ),
    ]
}
