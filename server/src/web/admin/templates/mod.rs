//! `/admin/templates`: what new systems are told at their first start.

pub(in crate::web) mod archive;
pub(in crate::web) mod edit;
pub(in crate::web) mod list;
pub(in crate::web) mod new;
pub(in crate::web) mod preview;
pub(in crate::web) mod show;
pub(in crate::web) mod words;

use app::{
    admin::templates::Found,
    text::{Lang, Text},
    ui::FormState,
};
use entity::TemplateId;

use super::{asked::Typed, text_complaint};
use crate::{
    domain::{
        templates::{
            self, Draft, Reason, Template, Variable,
            check::Finding,
            variables::{self, FIELDS},
        },
        typed::Rejected,
    },
    web::{Error, guard::Staff, servers::values},
};

/// The entry of the navigation.
const AT: &str = "templates";

/// The template, if it is one of the tenant's.
async fn find(staff: &Staff, id: TemplateId) -> Result<Template, Error> {
    templates::one(&staff.tenant.rows(), id).await?.ok_or(Error::NotFound)
}

fn draft(typed: &Typed) -> Draft {
    let variables = FIELDS.iter().map(|fields| variables::Draft {
        name: typed.text(fields.name),
        label: typed.text(fields.label),
        kind: typed.text(fields.kind),
        default: typed.text(fields.default),
        required: typed.is_ticked(fields.required),
        choices: typed.text(fields.choices),
    });
    Draft {
        name: typed.text("name"),
        description: typed.text("description"),
        clients_may_use: typed.is_ticked("clients"),
        text: typed.text("text"),
        variables: variables.collect(),
    }
}

/// The form as it was typed.
fn typed_form(typed: &Typed) -> FormState {
    let mut form = typed.shown(&["name", "description", "clients", "text"]);
    for fields in &FIELDS {
        for field in [
            fields.name,
            fields.label,
            fields.kind,
            fields.default,
            fields.required,
            fields.choices,
        ] {
            form.set(field, typed.exactly(field));
        }
    }
    form
}

/// The form with what is kept.
fn kept_form(name: &str, description: &str, clients: bool, text: &str, variables: &[Variable]) -> FormState {
    let ticked = |yes: bool| if yes { "yes" } else { "" };
    let mut form = FormState::new()
        .with("name", name)
        .with("description", description)
        .with("clients", ticked(clients))
        .with("text", text);
    for (variable, fields) in variables.iter().zip(&FIELDS) {
        form.set(fields.name, variable.name.clone());
        form.set(fields.label, variable.label.clone());
        form.set(fields.kind, variable.kind.name());
        form.set(fields.default, variable.default.clone());
        form.set(fields.required, ticked(variable.required));
        form.set(fields.choices, variable.choices.join(", "));
    }
    form
}

/// Puts what can't be taken by the fields of the form, and answers with what was found in the text.
fn reject(form: &mut FormState, rejected: Rejected<Reason>, lang: Lang) -> Vec<Found> {
    let mut all = Vec::new();
    for (field, reason) in rejected.0 {
        let row = FIELDS
            .iter()
            .position(|row| [row.name, row.label, row.kind, row.default, row.choices].contains(&field));
        let wrong = complaint(lang, reason, &mut all);
        match row {
            // Each row has the same labels, so what is wrong says which it is about.
            Some(row) => {
                let label = lang.t_with("template-variable-number", &[("number", (row + 1).into())]);
                let values = [("label", label.into()), ("wrong", wrong.as_ref().into())];
                form.reject(field, lang.t_with("value-of", &values));
            }
            None => form.reject(field, wrong),
        }
    }
    words::found(lang, all)
}

fn complaint(lang: Lang, reason: Reason, all: &mut Vec<Finding>) -> Text {
    match reason {
        Reason::Text(bad) => text_complaint(lang, bad),
        Reason::NameTaken => lang.t("name-taken").into(),
        Reason::Findings(found) => {
            all.extend(found);
            lang.t("template-wrong-text").into()
        }
        Reason::Variable(reason) => values::of_variable(lang, reason),
    }
}

#[cfg(test)]
mod tests {
    use app::admin::templates::form::ROWS;

    use super::*;

    #[test]
    fn the_form_has_the_fields_that_are_read() {
        for (row, fields) in ROWS.iter().zip(&FIELDS) {
            let shown = [row.name, row.label, row.kind, row.default, row.required, row.choices];
            let read = [
                fields.name,
                fields.label,
                fields.kind,
                fields.default,
                fields.required,
                fields.choices,
            ];
            assert_eq!(shown, read);
        }
        assert_eq!(ROWS.len(), FIELDS.len());
    }
}
