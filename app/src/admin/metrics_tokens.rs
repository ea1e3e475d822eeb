//! The tokens with which programs read the tenant's figures.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::settings;
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t,
    text::Text,
    ui::{
        Button, Card, Cell, Code, Column, CopyField, Crumb, EmptyState, ErrorSummary, FormActions, FormState, HeadCell,
        Icon, Kind, Layout, LinkButton, Notice, Table, TextField, Tone, When,
    },
};

/// The fields and the keys of their labels.
const LABELS: [(&str, &str); 1] = [("name", "tokens-name")];

/// A token that is there.
#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    /// Its first characters.
    pub begins: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoke_href: String,
}

pub(super) fn crumb() -> Crumb {
    Crumb::new(t("tokens"), "/admin/settings/metrics-tokens")
}

/// The page. `url` is where programs read; without a form there are as many tokens as there may be.
#[component]
pub fn MetricsTokens(rows: Vec<Row>, form: Option<FormState>, url: String) -> impl IntoView {
    let adding = match form {
        Some(form) => view! {
            <Card title=t("tokens-add")>
                <form method="post" class="stack">
                    <ErrorSummary form=form.clone() labels=&LABELS/>
                    <TextField name="name" label=t("tokens-name") value=form.value("name") error=form.error("name") hint=t("tokens-name-hint")
                        placeholder="Grafana" required=true max_length=80/>
                    <FormActions><Button label=t("tokens-make") kind=Kind::Primary/></FormActions>
                </form>
            </Card>
        }
        .into_any(),
        None => view! { <Notice>{t("tokens-full")}</Notice> }.into_any(),
    };
    view! {
        <Layout title=t("tokens") lead=t("tokens-lead") crumbs=vec![settings::crumb()]>
            <div class="stack">
                {list(rows)}
                {adding}
                <Card title=t("tokens-reading")>
                    <div class="stack">
                        <p class="muted">{t("tokens-reading-text")}</p>
                        <CopyField id="metrics-url" label=t("tokens-url") value=url/>
                    </div>
                </Card>
            </div>
        </Layout>
    }
}

fn list(rows: Vec<Row>) -> AnyView {
    if rows.is_empty() {
        return view! { <Card><EmptyState title=t("tokens-none") text=t("tokens-none-text") icon=Icon::Document/></Card> }
            .into_any();
    }
    let columns = vec![
        Column::text(t("tokens-name")),
        Column::text(t("tokens-begins")),
        Column::text(t("tokens-created")),
        Column::text(t("tokens-used")),
        Column::text(t("profile-action")),
    ];
    let rows = rows.into_iter().map(|row| {
        let used = match row.last_used_at {
            Some(at) => view! { <When at=at/> }.into_any(),
            None => view! { <span class="muted">{t("tokens-never")}</span> }.into_any(),
        };
        view! {
            <tr>
                <HeadCell>{row.name}</HeadCell>
                <Cell of=t("tokens-begins")><Code text=format!("{}…", row.begins)/></Cell>
                <Cell of=t("tokens-created")><When at=row.created_at/></Cell>
                <Cell of=t("tokens-used")>{used}</Cell>
                <Cell of=t("profile-action")><LinkButton label=t("tokens-revoke") href=row.revoke_href confirm=true/></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card flush=true><Table caption=t("tokens") columns=columns>{rows}</Table></Card> }.into_any()
}

/// The page that answers the form: reloading it does not bring the token back.
#[component]
pub fn NewToken(name: String, token: String, url: String, done_href: Text) -> impl IntoView {
    view! {
        <Layout title=name crumbs=vec![settings::crumb(), crumb()]>
            <Card>
                <div class="stack">
                    <Notice tone=Tone::Warning title=t("tokens-once")>{t("tokens-once-text")}</Notice>
                    <CopyField id="metrics-token" label=t("tokens-token") value=token/>
                    <CopyField id="metrics-url" label=t("tokens-url") value=url/>
                    <div><LinkButton label=t("people-password-done") href=done_href kind=Kind::Primary/></div>
                </div>
            </Card>
        </Layout>
    }
}

/// The pages as they could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "settings",
        ..samples::page(Area::Admin)
    };
    let row = |text: &str, used: bool| Row {
        name: text.to_owned(),
        begins: "mst_k7mw".to_owned(),
        created_at: samples::now(),
        last_used_at: used.then(samples::now),
        revoke_href: "/admin/settings/metrics-tokens/1/revoke".to_owned(),
    };
    let url = || "https://portal.northbridge.example/metrics/tenant".to_owned();
    vec![
        Sample::new("metrics-tokens", page(), move || {
            let rows = vec![row("Grafana", true), row("Prometheus in Hamburg", false)];
            view! { <MetricsTokens rows=rows form=Some(FormState::new()) url=url()/> }
        }),
        Sample::new(
            "metrics-tokens-none",
            page(),
            move || view! { <MetricsTokens rows=vec![] form=Some(FormState::new()) url=url()/> },
        ),
        Sample::new(
            "metrics-tokens-full",
            page(),
            move || view! { <MetricsTokens rows=vec![row("Grafana", true)] form=None url=url()/> },
        ),
        Sample::new("metrics-tokens-hostile", page(), move || {
            let mut form = FormState::new().with("name", HOSTILE);
            form.reject("name", HOSTILE);
            view! { <MetricsTokens rows=vec![row(HOSTILE, false)] form=Some(form) url=HOSTILE.to_owned()/> }
        }),
        Sample::new("metrics-token-new", page(), move || {
            view! {
                <NewToken name=HOSTILE.to_owned() token="mst_k7mwp3xqzt9bhrdvn4cyk7mwp3xqzt9bhrdvn4cyabc".to_owned() url=url()
                    done_href="/admin/settings/metrics-tokens".into()/>
            }
        }),
    ]
}
