//! The code with which another registrar takes a domain over: the question, and the code, which is shown once.

use leptos::prelude::*;

use super::crumbs_of;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{Card, CopyField, DangerConfirm, Layout, LinkButton, Notice, Tone},
};

/// The question before one is made; `refused`: why there is none.
#[component]
pub fn AskCode(name: String, href: String, refused: Option<String>) -> impl IntoView {
    let question = t_with("domain-code-question", &[("name", name.clone().into())]);
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger title=t("domain-code-unread")>{why}</Notice> });
    let action = format!("{href}/code");
    view! {
        <Layout title=t("domain-code") crumbs=crumbs_of(name, href.clone())>
            {refused}
            <DangerConfirm question=question consequence=t("domain-code-text") label=t("domain-code-make") action=action cancel_href=href/>
        </Layout>
    }
}

/// The code. It is kept nowhere.
#[component]
pub fn ShowCode(name: String, href: String, code: String) -> impl IntoView {
    let back = href.clone();
    view! {
        <Layout title=t("domain-code") crumbs=crumbs_of(name, href)>
            <Card>
                <div class="stack">
                    <Notice tone=Tone::Warning>{t("domain-code-once")}</Notice>
                    <CopyField id="transfer-code" label=t("domain-code") value=code/>
                    <div class="form-actions"><LinkButton label=t("back") href=back/></div>
                </div>
            </Card>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let href = || "/admin/domains/1".to_owned();
    vec![
        Sample::new("domain-code-ask", page(), move || {
            view! { <AskCode name="example.net".to_owned() href=href() refused=None/> }
        }),
        Sample::new("domain-code-ask-hostile", page(), move || {
            view! { <AskCode name=HOSTILE.to_owned() href=href() refused=Some(HOSTILE.to_owned())/> }
        }),
        Sample::new("domain-code-hostile", page(), move || {
            view! { <ShowCode name=HOSTILE.to_owned() href=href() code=HOSTILE.to_owned()/> }
        }),
    ]
}
