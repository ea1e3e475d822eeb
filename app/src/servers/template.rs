//! Choosing a template for what a new system is told, and the fields for what it asks for. Beside forms of servers, which
//! are read and checked elsewhere.

use leptos::prelude::*;

use super::values::{Wanted, sample_values, value_fields};
use crate::{
    t, t_with,
    ui::{Button, Card, Choice, FormState, SelectField, TextAreaField},
};

/// A template that was chosen, and what it asks for.
#[derive(Clone, Debug)]
pub struct Template {
    pub id: String,
    pub name: String,
    pub version: i32,
    pub description: String,
    pub wanted: Vec<Wanted>,
}

/// Which template: asked for by itself, as it decides what the form below asks for. `templates` are ids and names;
/// `kept` is what the address says besides.
pub(crate) fn template_choice(
    templates: &[(String, String)],
    chosen: Option<String>,
    kept: Vec<(&'static str, String)>,
) -> Option<impl IntoView + use<>> {
    let choices: Vec<_> = templates
        .iter()
        .map(|(id, name)| Choice::new(id.clone(), name.clone()))
        .collect();
    let kept = kept
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let kept = kept.collect_view();
    (!choices.is_empty()).then(|| {
        view! {
            <form method="get" class="stack wide">
                {kept}
                <Card>
                    <SelectField name="template" label=t("server-template") hint=t("server-template-hint") choices=choices
                        value=chosen empty=t("server-template-none") required=true/>
                    <div class="form-actions"><Button label=t("server-template-choose")/></div>
                </Card>
            </form>
        }
    })
}

/// What the new system is told: the values of a template, or a text.
pub(crate) fn told(template: Option<Template>, text_hint: &'static str, form: &FormState) -> AnyView {
    let Some(template) = template else {
        return view! {
            <TextAreaField name="user_data" label=t("server-user-data") hint=text_hint rows=8
                value=form.value("user_data") error=form.error("user_data")/>
        }
        .into_any();
    };
    let Template {
        id,
        name,
        version,
        description,
        wanted,
    } = template;
    let title = t_with(
        "server-template-is",
        &[("name", name.into()), ("version", version.into())],
    );
    view! {
        <div class="template-values">
            <p><strong>{title}</strong></p>
            <p class="field-hint">{description}</p>
            <input type="hidden" name="template" value=id/>
            <input type="hidden" name="template_version" value=version.to_string()/>
            {value_fields(wanted, form)}
        </div>
    }
    .into_any()
}

/// A template for samples of pages; `text`: in place of what is usual.
pub(crate) fn sample_template(text: Option<&str>) -> Template {
    Template {
        id: "8".to_owned(),
        name: text.unwrap_or("Hardened Ubuntu").to_owned(),
        version: 2,
        description: text.unwrap_or("SSH with keys alone.").to_owned(),
        wanted: sample_values(text),
    }
}
