//! The rules of a firewall, as rows of a form: each a rule, an empty one none. All of them are sent together.

use leptos::prelude::*;

use super::{Beginning, crumbs, sample_beginnings};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    t, t_with,
    ui::{
        Button, Card, Cell, Column, Crumb, FormActions, HeadCell, Kind, Layout, LinkButton, Notice, Table, Tone,
        encode, field,
    },
};

/// One row as it was typed, with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// `tcp`, `udp`, `icmp` or `any`.
    pub protocol: String,
    pub ports: String,
    pub sources: String,
    pub name: String,
    pub is_active: bool,
    /// Fields and what is wrong with them.
    pub errors: Vec<(&'static str, String)>,
}

/// The page, posting to its own path.
#[component]
pub fn RulesPage(
    name: String,
    href: String,
    ready: Vec<Beginning>,
    rows: Vec<Row>,
    refused: Option<String>,
) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href.clone()));
    let is_wrong = rows.iter().any(|row| !row.errors.is_empty());
    let wrong = is_wrong.then(|| view! { <Notice tone=Tone::Danger>{t("firewall-rules-wrong")}</Notice> });
    let refused = refused.map(|why| view! { <Notice tone=Tone::Danger>{why}</Notice> });
    let beginning = format!("{href}/rules?add=");
    let ready = ready.into_iter().map(move |one| {
        let mut href = beginning.clone();
        encode(&one.key, &mut href);
        view! { <LinkButton label=one.label() href=href kind=Kind::Quiet/> }
    });
    let (protocol, ports) = (t("firewall-protocol"), t("firewall-ports"));
    let (sources, name, on) = (t("firewall-sources"), t("firewall-rule-name"), t("firewall-in-force"));
    let columns = [protocol, ports, sources, name, on].map(Column::text).into();
    let rows = rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| fields(at, row))
        .collect_view();
    view! {
        <Layout title=t("firewall-edit-rules") lead=t("firewall-rules-lead") crumbs=crumbs>
            {wrong}
            {refused}
            <Card title=t("firewall-ready")><p class="muted">{t("firewall-ready-text")}</p><div class="server-buttons">{ready.collect_view()}</div></Card>
            <form method="post" class="stack">
                <Card flush=true>
                    <Table caption=t("firewall-rules") columns=columns>{rows}</Table>
                    <p class="card-note muted">{t("firewall-rules-hint")}</p>
                </Card>
                <FormActions>
                    <Button label=t("save") kind=Kind::Primary/>
                    <LinkButton label=t("cancel") href=href/>
                </FormActions>
            </form>
        </Layout>
    }
}

/// In the place of the form where it would lose rules that are there.
#[component]
pub fn RulesUnfit(name: String, href: String) -> impl IntoView {
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new(name, href));
    view! {
        <Layout title=t("firewall-edit-rules") crumbs=crumbs>
            <Notice tone=Tone::Warning>{t("firewall-rules-unfit")}</Notice>
        </Layout>
    }
}

fn fields(at: usize, row: Row) -> impl IntoView {
    let (protocol, ports) = (t("firewall-protocol"), t("firewall-ports"));
    let (sources, name, on) = (t("firewall-sources"), t("firewall-rule-name"), t("firewall-in-force"));
    let options = ["tcp", "udp", "icmp", "any"].map(|value| {
        let word = super::protocol(if value == "any" { "" } else { value });
        view! { <option value=value selected=row.protocol == value>{word}</option> }
    });
    let chosen = Field::of(at, "protocol", protocol, &row.errors);
    let select = view! { {name_of(&chosen)}<select id=chosen.id.clone() name=chosen.id aria-invalid=chosen.invalid>{options.collect_view()}</select>{chosen.error} };
    let ports_input = input(Field::of(at, "ports", ports, &row.errors), row.ports, true);
    let sources_input = input(Field::of(at, "sources", sources, &row.errors), row.sources, true);
    let name_input = input(Field::of(at, "name", name, &row.errors), row.name, false);
    let ticked = Field::of(at, "is_active", on, &row.errors);
    let is_active = row.is_active;
    let tick = view! { {name_of(&ticked)}<input id=ticked.id.clone() name=ticked.id type="checkbox" value="yes" checked=is_active/> };
    view! {
        <tr>
            <HeadCell>{select}</HeadCell>
            <Cell of=ports>{ports_input}</Cell>
            <Cell of=sources>{sources_input}</Cell>
            <Cell of=name>{name_input}</Cell>
            <Cell of=on>{tick}</Cell>
        </tr>
    }
}

/// One field of a row: its names, and what is wrong with it.
struct Field {
    /// As it is posted: `3.ports`.
    id: String,
    label: String,
    invalid: Option<&'static str>,
    error: AnyView,
}

impl Field {
    fn of(at: usize, name: &'static str, label: &'static str, errors: &[(&'static str, String)]) -> Self {
        let id = format!("{at}.{name}");
        let found = errors.iter().find(|(field, _)| *field == name);
        let text = found.map(|(_, error)| error.clone().into());
        Self {
            label: t_with(
                "firewall-field-of",
                &[("field", label.into()), ("row", (at + 1).to_string().into())],
            ),
            invalid: text.is_some().then_some("true"),
            error: field::error_line(&id, text).into_any(),
            id,
        }
    }
}

/// Its label, for those who do not see the head of the column.
fn name_of(of: &Field) -> impl IntoView + use<> {
    let (id, label) = (of.id.clone(), of.label.clone());
    view! { <label for=id class="hidden">{label}</label> }
}

fn input(of: Field, value: String, mono: bool) -> impl IntoView {
    let name = name_of(&of);
    view! {
        {name}
        <input id=of.id.clone() name=of.id type="text" value=value autocomplete="off" aria-invalid=of.invalid
            class=mono.then_some("mono")/>
        {of.error}
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "networks",
        ..samples::page(Area::Admin)
    };
    let row = |protocol: &str, text: &str| Row {
        protocol: protocol.to_owned(),
        ports: text.to_owned(),
        sources: text.to_owned(),
        name: text.to_owned(),
        is_active: true,
        errors: Vec::new(),
    };
    let href = || "/admin/firewalls/1".to_owned();
    vec![
        Sample::new("firewall-rules", page(), move || {
            let rows = vec![row("tcp", "22"), row("icmp", ""), Row::default()];
            view! { <RulesPage name="web".to_owned() href=href() ready=sample_beginnings("DNS") rows=rows refused=None/> }
        }),
        Sample::new("firewall-rules-hostile", page(), move || {
            let wrong = Row {
                errors: ["protocol", "ports", "sources", "name"]
                    .map(|field| (field, HOSTILE.to_owned()))
                    .into(),
                ..row("any", HOSTILE)
            };
            view! { <RulesPage name=HOSTILE.to_owned() href=href() ready=sample_beginnings(HOSTILE) rows=vec![wrong] refused=Some(HOSTILE.to_owned())/> }
        }),
        Sample::new("firewall-rules-unfit", page(), move || {
            view! { <RulesUnfit name=HOSTILE.to_owned() href=href()/> }
        }),
    ]
}
