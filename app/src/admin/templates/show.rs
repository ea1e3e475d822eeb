//! One template for cloud-init: what it says now or said in a version before, and what differs.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::{SAMPLE_TEXT, text_card};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::values::ValueKind,
    t, t_with,
    ui::{
        Card, Cell, Column, Crumb, HeadCell, Icon, KeyValue, KeyValues, Kind, Layout, LinkButton, Notice, Table, Tone,
        When,
    },
};

/// The template, and one version of it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub name: String,
    pub description: String,
    pub clients_may_use: bool,
    pub archived_at: Option<DateTime<Utc>>,
    /// What it was copied from, with its version there.
    pub shipped: Option<(String, i32)>,
    /// The version that Mainstay has of that by now, if it is a newer one.
    pub newer: Option<i32>,
    pub current: i32,
    /// The version that is looked at.
    pub version: i32,
    pub text: String,
    pub variables: Vec<VariableRow>,
    /// From the version before to the one that is looked at; none: it is the first.
    pub difference: Option<Vec<Changed>>,
    /// All, the newest first.
    pub versions: Vec<VersionRow>,
}

/// A variable of the version.
#[derive(Clone, Debug)]
pub struct VariableRow {
    pub name: String,
    pub label: String,
    pub kind: ValueKind,
    pub default: String,
    pub required: bool,
    pub choices: Vec<String>,
}

/// A line of the difference.
#[derive(Clone, Debug)]
pub enum Changed {
    Same(String),
    Gone(String),
    New(String),
}

/// A version in the history.
#[derive(Clone, Debug)]
pub struct VersionRow {
    pub number: i32,
    pub href: String,
    pub created_at: DateTime<Utc>,
    /// None: Mainstay itself.
    pub created_by: Option<String>,
}

/// Where the buttons lead; those that the visitor may not press are not there.
#[derive(Clone, Debug, Default)]
pub struct Hrefs {
    pub preview: Option<String>,
    pub edit: Option<String>,
    pub archive: Option<String>,
}

/// The page.
#[component]
pub fn TemplatePage(shown: Shown, hrefs: Hrefs) -> impl IntoView {
    let crumbs = vec![Crumb::new(t("templates"), "/admin/templates")];
    let actions = view! {
        {hrefs.preview.map(|href| view! { <LinkButton label=t("template-preview") href=href kind=Kind::Primary/> })}
        {hrefs.edit.map(|href| view! { <LinkButton label=t("edit") href=href icon=Icon::Edit/> })}
        {hrefs.archive.map(|href| view! { <LinkButton label=t("template-archive") href=href confirm=true/> })}
    }
    .into_any();
    let archived = shown.archived_at.map(|at| {
        view! { <Notice tone=Tone::Warning title=t("template-is-archived")>{t("template-is-archived-text")}" "<When at=at/></Notice> }
    });
    let newer = shown.newer.map(|newer| {
        let text = t_with("template-newer", &[("version", newer.into())]);
        view! { <Notice>{text}</Notice> }
    });
    let older = (shown.version != shown.current).then(|| {
        let values = [("version", shown.version.into()), ("current", shown.current.into())];
        view! { <Notice>{t_with("template-old-version", &values)}</Notice> }
    });
    let from = shown.shipped.map(|(name, version)| {
        let text = t_with(
            "template-from-version",
            &[("name", name.into()), ("version", version.into())],
        );
        view! { <KeyValue label=t("template-from")>{text}</KeyValue> }
    });
    let clients = if shown.clients_may_use { t("yes") } else { t("no") };
    let title = t_with("template-text-of", &[("version", shown.version.into())]);
    let text = text_card(title.into(), t("template-text"), &shown.text);
    view! {
        <Layout title=shown.name crumbs=crumbs actions=actions>
            {archived}{newer}{older}
            <Card>
                <KeyValues>
                    <KeyValue label=t("template-description")>{shown.description}</KeyValue>
                    <KeyValue label=t("template-for-clients")>{clients}</KeyValue>
                    {from}
                </KeyValues>
            </Card>
            {variables_card(shown.variables)}
            {text}
            {shown.difference.map(difference_card)}
            {versions_card(shown.versions, shown.version)}
        </Layout>
    }
}

fn variables_card(variables: Vec<VariableRow>) -> impl IntoView {
    let title = t("template-variables");
    if variables.is_empty() {
        return view! { <Card title=title><p class="muted">{t("template-no-variables")}</p></Card> }.into_any();
    }
    let (name, label, kind, default) = (
        t("template-variable-name"),
        t("template-variable-label"),
        t("template-variable-kind"),
        t("template-variable-default"),
    );
    let columns = [name, label, kind, default].map(Column::text).into();
    let rows = variables.into_iter().map(|one| {
        let choices = (!one.choices.is_empty()).then(|| view! { <small>{one.choices.join(", ")}</small> });
        let required = one
            .required
            .then(|| view! { <small>{t("template-variable-required")}</small> });
        view! {
            <tr>
                <HeadCell><code>{one.name}</code></HeadCell>
                <Cell of=label><span class="two-lines">{one.label}{required}</span></Cell>
                <Cell of=kind><span class="two-lines">{one.kind.label()}{choices}</span></Cell>
                <Cell of=default>{if one.default.is_empty() { "–".to_owned() } else { one.default }}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }.into_any()
}

fn difference_card(difference: Vec<Changed>) -> impl IntoView {
    let lines = difference.into_iter().map(|line| {
        let (class, sign, word, text) = match line {
            Changed::Same(text) => (None, " ", None, text),
            Changed::Gone(text) => (Some("line-gone"), "−", Some(t("template-line-gone")), text),
            Changed::New(text) => (Some("line-new"), "+", Some(t("template-line-new")), text),
        };
        // A sign for the eye, a word for the ear.
        let word = word.map(|word| view! { <span class="hidden">{word}" "</span> });
        view! { <li class=class>{word}<span class="line-sign" aria-hidden="true">{sign}</span><code>{text}</code></li> }
    });
    let lines = lines.collect_view();
    let title = t("template-difference");
    view! {
        <Card title=title flush=true>
            <div class="text-lines text-difference" tabindex="0" role="region" aria-label=title><ol>{lines}</ol></div>
        </Card>
    }
}

fn versions_card(versions: Vec<VersionRow>, shown: i32) -> impl IntoView {
    let (title, version, made, by) = (
        t("template-versions"),
        t("template-version"),
        t("template-made"),
        t("template-made-by"),
    );
    let columns = [version, made, by].map(Column::text).into();
    let rows = versions.into_iter().map(|row| {
        let current = (row.number == shown).then_some("true");
        view! {
            <tr>
                <HeadCell><a href=row.href aria-current=current>{row.number}</a></HeadCell>
                <Cell of=made><When at=row.created_at compact=true/></Cell>
                <Cell of=by>{row.created_by.unwrap_or_else(|| t("sla-made-by-system").to_owned())}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Card title=title flush=true><Table caption=title columns=columns>{rows}</Table></Card> }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "templates",
        ..samples::page(Area::Admin)
    };
    let shown = |text: Option<&str>| {
        let named = |usual: &str| text.unwrap_or(usual).to_owned();
        let row = |number: i32| VersionRow {
            number,
            href: format!("/admin/templates/1?version={number}"),
            created_at: samples::now() - TimeDelta::days(100 - 10 * i64::from(number)),
            created_by: (number > 1).then(|| named("Bob Reyes")),
        };
        Shown {
            name: named("Web server"),
            description: named("nginx with the firewall open for it."),
            clients_may_use: true,
            archived_at: text.map(|_| samples::now()),
            shipped: Some((named("Hardened Ubuntu"), 1)),
            newer: Some(2),
            current: 3,
            version: 2,
            text: named(SAMPLE_TEXT),
            variables: vec![VariableRow {
                name: named("host_name"),
                label: named("Host name"),
                kind: ValueKind::Choice,
                default: named("web"),
                required: true,
                choices: vec![named("web"), named("mail")],
            }],
            difference: Some(vec![
                Changed::Same(named("#cloud-config")),
                Changed::Gone(named("hostname: web")),
                Changed::New(named("hostname: {{host_name}}")),
            ]),
            versions: vec![row(3), row(2), row(1)],
        }
    };
    let hrefs = || Hrefs {
        preview: Some("/preview".to_owned()),
        edit: Some("/edit".to_owned()),
        archive: Some("/archive".to_owned()),
    };
    vec![
        Sample::new(
            "template",
            page(),
            move || view! { <TemplatePage shown=shown(None) hrefs=hrefs()/> },
        ),
        Sample::new("template-first", page(), move || {
            let shown = Shown {
                variables: Vec::new(),
                difference: None,
                newer: None,
                version: 3,
                ..shown(None)
            };
            view! { <TemplatePage shown=shown hrefs=Hrefs::default()/> }
        }),
        Sample::new("template-hostile", page(), move || {
            view! { <TemplatePage shown=shown(Some(HOSTILE)) hrefs=hrefs()/> }
        }),
    ]
}
