//! The values of a template's variables, as fields of a form: for a server's new system, and for trying a template out.

use app::{
    servers::{
        template::Template,
        values::{ValueKind, Wanted},
    },
    text::{Lang, Text},
    ui::FormState,
};

use entity::Tenant;

use crate::{
    domain::{
        templates::{
            self, Made, Offered, RenderError, Unfit, Values, Variable,
            variables::{FIELDS, Kind, Reason},
        },
        typed::Typed,
    },
    web::{Error, admin::text_complaint},
};

pub(in crate::web) fn kind(kind: Kind) -> ValueKind {
    match kind {
        Kind::Text => ValueKind::Text,
        Kind::Number => ValueKind::Number,
        Kind::YesNo => ValueKind::YesNo,
        Kind::Choice => ValueKind::Choice,
        Kind::HostName => ValueKind::HostName,
        Kind::SshKeys => ValueKind::SshKeys,
        Kind::Password => ValueKind::Password,
        Kind::TimeZone => ValueKind::TimeZone,
    }
}

/// What is asked for.
pub(in crate::web) fn wanted(variables: &[Variable]) -> Vec<Wanted> {
    let wanted = variables.iter().zip(&FIELDS).map(|(variable, fields)| Wanted {
        field: fields.value,
        label: variable.label.clone(),
        kind: kind(variable.kind),
        required: variable.required,
        choices: variable.choices.clone(),
    });
    wanted.collect()
}

/// Puts what a template proposes into a form.
pub(in crate::web) fn propose(form: &mut FormState, variables: &[Variable]) {
    for (variable, fields) in variables.iter().zip(&FIELDS) {
        form.set(fields.value, variable.default.clone());
    }
}

/// Puts what was typed into a form, but for passwords.
pub(in crate::web) fn show(form: &mut FormState, variables: &[Variable], typed: &Typed) {
    for (variable, fields) in variables.iter().zip(&FIELDS) {
        if variable.kind != Kind::Password {
            form.set(fields.value, typed.exactly(fields.value));
        }
    }
}

/// What was typed; nothing after the form was told what is wrong.
pub(in crate::web) fn read(form: &mut FormState, variables: &[Variable], typed: &Typed, lang: Lang) -> Option<Values> {
    let field = |at: usize| FIELDS.get(at).map(|fields| fields.value);
    match Values::read(variables, |at, _| field(at).map_or("", |field| typed.exactly(field))) {
        Ok(values) => Some(values),
        Err(rejected) => {
            for (field, reason) in rejected.0 {
                let variable = variables.iter().zip(&FIELDS).find(|(_, fields)| fields.value == field);
                let label = variable.map_or("", |(variable, _)| variable.label.as_str());
                let wrong = of_variable(lang, reason);
                // The summary has no word of its own for a field that the template named.
                let values = [("label", label.into()), ("wrong", wrong.as_ref().into())];
                form.reject(field, lang.t_with("value-of", &values));
            }
            None
        }
    }
}

/// The template that was chosen, as a form shows it.
pub(in crate::web) fn chosen(offered: Offered) -> Template {
    Template {
        wanted: wanted(&offered.variables),
        id: offered.id.to_string(),
        name: offered.name,
        version: offered.version,
        description: offered.description,
    }
}

/// What a template became with the values that were typed; the form with what is wrong with them otherwise.
pub(in crate::web) async fn made(
    rows: &Tenant<'_>,
    chosen: &Offered,
    typed: &Typed,
    lang: Lang,
    mut form: FormState,
    for_client: bool,
) -> Result<Result<Made, FormState>, Error> {
    if typed.get("template_version") != chosen.version.to_string() {
        form.reject_all(lang.t("server-template-changed"));
        return Ok(Err(form));
    }
    let Some(values) = read(&mut form, &chosen.variables, typed, lang) else {
        return Ok(Err(form));
    };
    match templates::render(rows, chosen.id, chosen.version, &values, for_client).await {
        Ok(made) => Ok(Ok(made)),
        Err(RenderError::NotFound) => Err(Error::NotFound),
        Err(RenderError::Unfit(unfit)) => {
            form.reject_all(of_unfit(lang, unfit));
            Ok(Err(form))
        }
        Err(RenderError::Database(error)) => Err(error.into()),
    }
}

/// Why nothing came out of a template.
pub(in crate::web) fn of_unfit(lang: Lang, unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::TooLong => lang.t("template-too-long"),
        Unfit::Template | Unfit::Place => lang.t("template-left-values"),
    }
}

/// What is wrong with a variable, or with what was typed for it.
pub(in crate::web) fn of_variable(lang: Lang, reason: Reason) -> Text {
    let key = match reason {
        Reason::Text(bad) => return text_complaint(lang, bad),
        Reason::NotAName => "value-not-a-name",
        Reason::NameTaken => "name-taken",
        Reason::NotANumber => "value-not-a-number",
        Reason::NotAHostName => "value-not-a-host-name",
        Reason::NotAKey(line) => return lang.t_with("value-not-a-key", &[("line", line.into())]).into(),
        Reason::NotAZone => "value-not-a-zone",
        Reason::NotAChoice => "not-a-choice",
        Reason::TooFewChoices => "value-too-few-choices",
        Reason::TooShort => "value-too-short",
    };
    lang.t(key).into()
}
