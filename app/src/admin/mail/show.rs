//! One mail: what became of it, and what it said.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::{MailKind, MailState};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_count,
    ui::{Button, Card, Code, Crumb, Icon, KeyValue, KeyValues, Kind, Layout, Notice, Tone, When},
};

/// A mail.
#[derive(Clone, Debug)]
pub struct Mail {
    pub subject: String,
    pub to_name: String,
    pub to_address: String,
    pub kind: MailKind,
    pub state: MailState,
    pub attempts: u64,
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub message_id: String,
    pub files: u64,
    /// The plain text.
    pub text: String,
}

/// The page. With `again_action` it can be sent again.
#[component]
pub fn MailPage(mail: Mail, again_action: Option<String>) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("mail"), "/admin/mail")];
    let badge = mail.state.badge().into_any();
    let again = again_action.map(|action| {
        let kind = if mail.state == MailState::Failed {
            Kind::Primary
        } else {
            Kind::Secondary
        };
        view! {
            <form method="post" action=action><Button label=t("mail-again") icon=Icon::Refresh kind=kind/></form>
        }
    });
    let actions = view! { {again} }.into_any();
    let error = mail.last_error.map(|error| {
        let (tone, title) = match mail.state {
            MailState::Failed => (Tone::Danger, t("mail-failed-title")),
            MailState::Queued | MailState::Retrying | MailState::Sent => (Tone::Warning, t("mail-retrying-title")),
        };
        view! { <Notice tone=tone title=title>{error}</Notice> }
    });
    let sent = mail
        .sent_at
        .map(|at| view! { <KeyValue label=t("mail-sent")><When at=at/></KeyValue> });
    let files = (mail.files > 0)
        .then(|| view! { <KeyValue label=t("mail-files")>{t_count("mail-files-count", mail.files)}</KeyValue> });
    view! {
        <Layout title=mail.subject crumbs=crumbs badge=badge actions=actions>
            {error}
            <Card>
                <KeyValues>
                    <KeyValue label=t("mail-to")>{mail.to_name}" "<span class="muted">{mail.to_address}</span></KeyValue>
                    <KeyValue label=t("mail-kind")>{mail.kind.word()}</KeyValue>
                    <KeyValue label=t("mail-written")><When at=mail.created_at/></KeyValue>
                    {sent}
                    <KeyValue label=t("mail-attempts")>{mail.attempts.to_string()}</KeyValue>
                    {files}
                    <KeyValue label=t("mail-message-id")><Code text=mail.message_id/></KeyValue>
                </KeyValues>
            </Card>
            <Card title=t("mail-text")><pre class="mail-text" tabindex="0" role="region" aria-label=t("mail-text")>{mail.text}</pre></Card>
        </Layout>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "mail",
        ..samples::page(Area::Admin)
    };
    let mail = |text: &str, state, error: Option<&str>| Mail {
        subject: text.to_owned(),
        to_name: "Alice Hartmann".to_owned(),
        to_address: "alice@acme.example".to_owned(),
        kind: MailKind::Report,
        state,
        attempts: 3,
        last_error: error.map(ToOwned::to_owned),
        created_at: samples::now(),
        sent_at: (state == MailState::Sent).then(samples::now),
        message_id: "<0199f3a2-6c1e-7b40-9d53-2f6c7b1e8a04@northbridge.example>".to_owned(),
        files: 1,
        text: format!(
            "Northbridge Fibre\n\n{text}\n=================\n\nLink            Uptime\n--------------  ------\nAcme · Berlin    100 %\n"
        ),
    };
    let again = || Some("/admin/mail/1/again".to_owned());
    vec![
        Sample::new(
            "mail-sent",
            page(),
            move || view! { <MailPage mail=mail("Service report for October 2026", MailState::Sent, None) again_action=again()/> },
        ),
        Sample::new("mail-failed", page(), move || {
            let error = Some("permanent error (550): 5.1.1 there is no such mailbox");
            view! { <MailPage mail=mail("Service report for October 2026", MailState::Failed, error) again_action=again()/> }
        }),
        Sample::new("mail-retrying", page(), move || {
            let error = Some("transient error (450): 4.7.1 greylisted, try again later");
            view! { <MailPage mail=mail("Service report for October 2026", MailState::Retrying, error) again_action=None/> }
        }),
        Sample::new("mail-one-hostile", page(), move || {
            let hostile = Mail {
                to_name: HOSTILE.to_owned(),
                to_address: HOSTILE.to_owned(),
                message_id: HOSTILE.to_owned(),
                ..mail(HOSTILE, MailState::Failed, Some(HOSTILE))
            };
            view! { <MailPage mail=hostile again_action=Some(HOSTILE.to_owned())/> }
        }),
    ]
}
