//! Adding a template for cloud-init, or making a new version of one.

use leptos::prelude::*;

use super::{Found, findings};
use crate::{
    page::{Area, Page},
    samples::{self, HOSTILE, Sample},
    servers::values::ValueKind,
    t, t_with,
    text::Text,
    ui::{
        Button, Card, Checkbox, Choice, Crumb, ErrorSummary, FormActions, FormState, Kind, Layout, LinkButton, Notice,
        SelectField, TextAreaField, TextField,
    },
};

/// The names of one variable's fields.
#[derive(Clone, Copy, Debug)]
pub struct RowFields {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: &'static str,
    pub default: &'static str,
    pub required: &'static str,
    pub choices: &'static str,
}

macro_rules! rows {
    ($($number:literal)+) => {
        /// The fields of each variable.
        pub const ROWS: [RowFields; 12] = [$(RowFields {
            name: concat!("name-", $number),
            label: concat!("label-", $number),
            kind: concat!("kind-", $number),
            default: concat!("default-", $number),
            required: concat!("required-", $number),
            choices: concat!("choices-", $number),
        }),+];

        /// The fields and the keys of their labels.
        const LABELS: [(&str, &str); 3 + 5 * 12] = [
            ("name", "template-name"),
            ("description", "template-description"),
            ("text", "template-text-label"),
            $(
                (concat!("name-", $number), "template-variable-name"),
                (concat!("label-", $number), "template-variable-label"),
                (concat!("kind-", $number), "template-variable-kind"),
                (concat!("choices-", $number), "template-variable-choices"),
                (concat!("default-", $number), "template-variable-default"),
            )+
        ];
    };
}

rows!(1 2 3 4 5 6 7 8 9 10 11 12);

/// Rows for variables that are not there yet.
const SPARE: usize = 3;

/// A template that is changed.
#[derive(Clone, Debug)]
pub struct Changed {
    pub name: String,
    /// The version that the form began with.
    pub version: i32,
}

/// The form, posting to the page's own address. `found`: what was found in the text that was typed.
#[component]
pub fn TemplateForm(
    form: FormState,
    changed: Option<Changed>,
    /// Which of those that come with Mainstay it is a copy of.
    shipped: Option<String>,
    found: Vec<Found>,
    cancel_href: Text,
) -> impl IntoView {
    let mut crumbs = vec![Crumb::new(t("templates"), "/admin/templates")];
    let title = match &changed {
        Some(changed) => {
            crumbs.push(Crumb::new(changed.name.clone(), cancel_href.clone()));
            t_with("template-edit-title", &[("name", changed.name.clone().into())])
        }
        None => t("template-add").to_owned(),
    };
    let note = changed.as_ref().map(|changed| {
        let text = t_with("template-edit-note", &[("next", (changed.version + 1).into())]);
        view! { <Notice>{text}</Notice> }
    });
    let save = if changed.is_some() {
        t("save")
    } else {
        t("template-add")
    };
    let version =
        changed.map(|changed| view! { <input type="hidden" name="version" value=changed.version.to_string()/> });
    let shipped = shipped.map(|key| view! { <input type="hidden" name="from" value=key/> });
    let (variables, about, text) = (variables(&form), about(&form), text(&form));
    view! {
        <Layout title=title crumbs=crumbs>
            <form method="post" class="stack">
                {note}
                <ErrorSummary form=form labels=&LABELS/>
                {findings(found)}
                {version}{shipped}
                {about}{text}
                <Card title=t("template-variables")>
                    <p class="muted">{t("template-variables-hint")}</p>
                    {variables}
                </Card>
                <FormActions><Button label=save kind=Kind::Primary/><LinkButton label=t("cancel") href=cancel_href/></FormActions>
            </form>
        </Layout>
    }
}

fn about(form: &FormState) -> impl IntoView + use<> {
    let checked = !form.value("clients").is_empty();
    let fields = view! {
        <TextField name="name" label=t("template-name") required=true max_length=120 value=form.value("name") error=form.error("name")/>
        <TextAreaField name="description" label=t("template-description") rows=2 max_length=1000
            value=form.value("description") error=form.error("description")/>
        <Checkbox name="clients" label=t("template-clients") hint=t("template-clients-hint") checked=checked/>
    };
    view! { <Card>{fields}</Card> }
}

fn text(form: &FormState) -> impl IntoView + use<> {
    let field = view! {
        <TextAreaField name="text" label=t("template-text-label") rows=24 required=true hint=t("template-text-hint")
            value=form.value("text") error=form.error("text")/>
    };
    view! { <Card title=t("template-text")><div class="template-text">{field}</div></Card> }
}

fn variables(form: &FormState) -> impl IntoView + use<> {
    let is_used = |row: &RowFields| {
        [row.name, row.label, row.default, row.choices]
            .iter()
            .any(|field| !form.value(field).is_empty())
    };
    let used = ROWS.iter().rposition(is_used).map_or(0, |last| last + 1);
    let rows = ROWS
        .iter()
        .take(used + SPARE)
        .zip(1..)
        .map(|(row, number)| variable(row, number, form));
    rows.collect_view()
}

fn variable(row: &RowFields, number: i32, form: &FormState) -> impl IntoView + use<> {
    let kinds = ValueKind::ALL
        .map(|(kind, word)| Choice::new(word, kind.label()))
        .into();
    let checked = !form.value(row.required).is_empty();
    let legend = t_with("template-variable-number", &[("number", number.into())]);
    view! {
        <fieldset class="template-variable">
            <legend>{legend}</legend>
            <TextField name=row.name label=t("template-variable-name") mono=true max_length=40
                value=form.value(row.name) error=form.error(row.name)/>
            <TextField name=row.label label=t("template-variable-label") max_length=80
                value=form.value(row.label) error=form.error(row.label)/>
            <SelectField name=row.kind label=t("template-variable-kind") choices=kinds required=true
                value=form.value(row.kind) error=form.error(row.kind)/>
            <TextField name=row.default label=t("template-variable-default") value=form.value(row.default) error=form.error(row.default)/>
            <TextField name=row.choices label=t("template-variable-choices") hint=t("template-variable-choices-hint")
                value=form.value(row.choices) error=form.error(row.choices)/>
            <Checkbox name=row.required label=t("template-variable-required") checked=checked/>
        </fieldset>
    }
}

/// The page as it could be served.
pub fn samples() -> Vec<Sample> {
    let page = || Page {
        current: "templates",
        ..samples::page(Area::Admin)
    };
    vec![
        Sample::new("template-add", page(), || {
            view! { <TemplateForm form=FormState::new() changed=None shipped=None found=Vec::new() cancel_href="/admin/templates".into()/> }
        }),
        Sample::new("template-edit-hostile", page(), || {
            let mut form = FormState::new()
                .with("clients", "yes")
                .with("required-1", "yes")
                .with("kind-1", "choice");
            for field in [
                "name",
                "description",
                "text",
                "name-1",
                "label-1",
                "default-1",
                "choices-1",
            ] {
                form.set(field, HOSTILE);
            }
            form.reject("text", "Some of the text is not right.");
            form.reject("name-1", "Variable 1: Use small letters.");
            let found = |line, is_error| Found {
                line,
                text: HOSTILE.into(),
                is_error,
            };
            let changed = Some(Changed {
                name: HOSTILE.to_owned(),
                version: 4,
            });
            let found = vec![found(Some(3), true), found(None, false)];
            view! { <TemplateForm form=form changed=changed shipped=Some(HOSTILE.to_owned()) found=found cancel_href="/admin/templates/1".into()/> }
        }),
    ]
}
