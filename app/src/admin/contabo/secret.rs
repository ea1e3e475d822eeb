//! The question before Contabo makes a new client secret; or what became of one that was asked for.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::crumbs_of;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Button, Card, DangerConfirm, FormActions, Layout, LinkButton, Notice, Tone, When},
};

/// What is asked, of which account.
#[derive(Clone, Debug)]
pub struct Question {
    pub name: String,
    /// The account's page.
    pub href: String,
    /// When one was asked for, while nobody knows what became of it.
    pub asked_at: Option<DateTime<Utc>>,
    /// Why what was just tried was not done.
    pub refused: Option<String>,
}

/// The page, posting to its own address.
#[component]
pub fn AccountSecret(question: Question) -> impl IntoView {
    let Question {
        name,
        href,
        asked_at,
        refused,
    } = question;
    let crumbs = crumbs_of(name.clone(), href.clone());
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let action = format!("{href}/secret");
    let body = match asked_at {
        Some(at) => view! {
            {lost(at)}
            <Card>
                <form method="post" action=action>
                    <FormActions>
                        <Button label=t("contabo-secret-look")/>
                        <LinkButton label=t("contabo-credentials-change") href=format!("{href}/credentials")/>
                    </FormActions>
                </form>
            </Card>
        }
        .into_any(),
        None => {
            let question = t_with("contabo-secret-question", &[("name", name.into())]);
            view! { <DangerConfirm question=question consequence=t("contabo-secret-text") label=t("contabo-secret") action=action cancel_href=href/> }
                .into_any()
        }
    };
    view! { <Layout title=t("contabo-secret") crumbs=crumbs>{refused}{body}</Layout> }
}

/// That nobody knows which secret holds.
pub(super) fn lost(asked_at: DateTime<Utc>) -> impl IntoView {
    view! {
        <Notice tone=Tone::Danger title=t("contabo-secret-lost")>
            <p>{t("contabo-secret-asked")}" "<When at=asked_at/></p>
            <p>{t("contabo-secret-lost-text")}</p>
        </Notice>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "contabo",
        ..samples::page(Area::Admin)
    };
    let question = |text: &str, is_lost: bool, refused: Option<&str>| Question {
        name: text.to_owned(),
        href: "/admin/contabo/1".to_owned(),
        asked_at: is_lost.then(samples::now),
        refused: refused.map(str::to_owned),
    };
    vec![
        Sample::new("contabo-secret", page(), move || {
            view! { <AccountSecret question=question("Munich", false, None)/> }
        }),
        Sample::new("contabo-secret-lost", page(), move || {
            view! { <AccountSecret question=question("Munich", true, None)/> }
        }),
        Sample::new("contabo-secret-hostile", page(), move || {
            view! { <AccountSecret question=question(HOSTILE, false, Some(HOSTILE))/> }
        }),
    ]
}
