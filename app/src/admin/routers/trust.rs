//! Trusting another certificate: both fingerprints side by side, and what to compare them with.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    page::Area,
    samples::{self, HOSTILE, Sample},
    t,
    ui::{Button, Card, Code, Crumb, FormActions, KeyValue, KeyValues, Kind, Layout, LinkButton, Notice, Tone, When},
};

/// What the router shows when it is asked now.
#[derive(Clone, Debug)]
pub enum Shown {
    /// This certificate.
    Certificate {
        /// SHA-256 in hexadecimal.
        fingerprint: String,
        subject: String,
        issuer: String,
        until: Option<DateTime<Utc>>,
    },
    /// None: it could not be asked, for this reason.
    Nothing(String),
}

/// Posts `sha256` (of the certificate shown here, so that no other is trusted by mistake) to the page's own address.
#[component]
pub fn RouterTrust(
    name: String,
    href: String,
    pinned: Option<String>,
    shown: Shown,
    /// The certificate that was compared is no longer the one that is shown.
    #[prop(optional)]
    changed: bool,
) -> impl IntoView {
    let crumbs = vec![
        Crumb::new(t("nav-routers"), "/admin/routers"),
        Crumb::new(name, href.clone()),
    ];
    let old = pinned.clone();
    let body = match shown {
        Shown::Nothing(reason) => view! {
            <Notice tone=Tone::Danger title=t("router-trust-nothing")>{reason}</Notice>
            <FormActions><LinkButton label=t("back") href=href/></FormActions>
        }
        .into_any(),
        Shown::Certificate { fingerprint, .. } if pinned.as_ref() == Some(&fingerprint) => view! {
            <Notice tone=Tone::Success>{t("router-trust-same")}</Notice>
            <FormActions><LinkButton label=t("back") href=href/></FormActions>
        }
        .into_any(),
        Shown::Certificate {
            fingerprint,
            subject,
            issuer,
            until,
        } => {
            let value = fingerprint.clone();
            view! {
                <Notice tone=Tone::Warning title=t("router-trust-warning")>{t("router-trust-warning-text")}</Notice>
                <Card>
                    <KeyValues>
                        <KeyValue label=t("router-trust-old")>{match old {
                            Some(old) => view! { <Code text=old/> }.into_any(),
                            None => view! { <span class="muted">{t("router-trust-none")}</span> }.into_any(),
                        }}</KeyValue>
                        <KeyValue label=t("router-trust-new")><Code text=fingerprint/></KeyValue>
                        <KeyValue label=t("router-trust-subject")>{subject}</KeyValue>
                        <KeyValue label=t("router-trust-issuer")>{issuer}</KeyValue>
                        <KeyValue label=t("router-trust-until")>{until.map(|at| view! { <When at=at/> })}</KeyValue>
                    </KeyValues>
                    <p class="muted">{t("router-trust-compare")}" "<Code text="/certificate print detail"/></p>
                    <form method="post">
                        <input type="hidden" name="sha256" value=value/>
                        <FormActions>
                            <Button label=t("router-trust-do") kind=Kind::Danger/>
                            <LinkButton label=t("cancel") href=href/>
                        </FormActions>
                    </form>
                </Card>
            }
            .into_any()
        }
    };
    let changed = changed.then(|| view! { <Notice tone=Tone::Danger>{t("problem-trust-changed")}</Notice> });
    view! { <Layout title=t("router-trust") crumbs=crumbs>{changed}{body}</Layout> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || crate::Page {
        current: "routers",
        ..samples::page(Area::Admin)
    };
    let view = |text: &str, shown| {
        let (name, href) = (text.to_owned(), "/admin/routers/1".to_owned());
        view! { <RouterTrust name=name href=href pinned=Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned()) shown=shown/> }
    };
    let certificate = |text: &str| Shown::Certificate {
        fingerprint: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752".to_owned(),
        subject: format!("CN={text}"),
        issuer: format!("CN={text}"),
        until: Some(samples::now()),
    };
    vec![
        Sample::new("admin-router-trust", page(), move || {
            view("edge-ber-1", certificate("edge-ber-1"))
        }),
        Sample::new("admin-router-trust-nothing", page(), move || {
            view(
                "edge-ber-1",
                Shown::Nothing("no answer within 5 s while connecting".to_owned()),
            )
        }),
        Sample::new("admin-router-trust-hostile", page(), move || {
            view(HOSTILE, certificate(HOSTILE))
        }),
    ]
}
