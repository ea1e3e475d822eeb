//! Fields for the values of a template: what cloud-init shall be told on this server.

use leptos::prelude::*;

use crate::{
    t,
    text::Text,
    ui::{Choice, FormState, NumberField, PasswordField, SelectField, TextAreaField, TextField},
};

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Text,
    Number,
    YesNo,
    Choice,
    HostName,
    SshKeys,
    Password,
    TimeZone,
}

impl ValueKind {
    /// All of them, with the words of their forms.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Text, "text"),
        (Self::Number, "number"),
        (Self::YesNo, "yes_no"),
        (Self::Choice, "choice"),
        (Self::HostName, "host_name"),
        (Self::SshKeys, "ssh_keys"),
        (Self::Password, "password"),
        (Self::TimeZone, "time_zone"),
    ];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => t("value-text"),
            Self::Number => t("value-number"),
            Self::YesNo => t("value-yes-no"),
            Self::Choice => t("value-choice"),
            Self::HostName => t("value-host-name"),
            Self::SshKeys => t("value-ssh-keys"),
            Self::Password => t("value-password"),
            Self::TimeZone => t("value-time-zone"),
        }
    }
}

/// A value that is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The field of the form.
    pub field: &'static str,
    pub label: String,
    pub kind: ValueKind,
    pub required: bool,
    /// Of a choice.
    pub choices: Vec<String>,
}

/// The fields, filled with what the form has.
pub fn value_fields(wanted: Vec<Wanted>, form: &FormState) -> impl IntoView + use<> {
    wanted.into_iter().map(|one| field(one, form)).collect_view()
}

fn field(wanted: Wanted, form: &FormState) -> AnyView {
    let Wanted {
        field,
        label,
        kind,
        required,
        choices,
    } = wanted;
    let (value, error) = (form.value(field), form.error(field));
    let choose = |choices: Vec<Choice>, empty: Option<Text>| {
        view! { <SelectField name=field label=label.clone() choices=choices value=value.clone() empty=empty required=required error=error.clone()/> }
            .into_any()
    };
    match kind {
        ValueKind::Text => {
            view! { <TextField name=field label=label value=value required=required error=error max_length=1000/> }.into_any()
        }
        ValueKind::Number => {
            view! { <NumberField name=field label=label value=value required=required error=error/> }.into_any()
        }
        ValueKind::YesNo => {
            let choices = vec![Choice::new("yes", t("yes")), Choice::new("no", t("no"))];
            choose(choices, Some(t("value-choose").into()))
        }
        ValueKind::Choice => {
            let choices = choices.into_iter().map(|choice| Choice::new(choice.clone(), choice)).collect();
            choose(choices, Some(t("value-choose").into()))
        }
        ValueKind::HostName => {
            view! { <TextField name=field label=label value=value required=required error=error mono=true max_length=253 hint=t("value-host-name-hint")/> }
                .into_any()
        }
        ValueKind::SshKeys => {
            view! { <TextAreaField name=field label=label value=value required=required error=error rows=3 hint=t("value-ssh-keys-hint")/> }.into_any()
        }
        ValueKind::Password => {
            view! { <PasswordField name=field label=label error=error autocomplete="new-password" hint=t("value-password-hint")/> }.into_any()
        }
        ValueKind::TimeZone => {
            view! { <TextField name=field label=label value=value required=required error=error max_length=60 hint=t("value-time-zone-hint")/> }
                .into_any()
        }
    }
}

/// One of each kind, for samples.
pub(crate) fn sample_values(hostile: Option<&str>) -> Vec<Wanted> {
    const FIELDS: [&str; 8] = [
        "value-1", "value-2", "value-3", "value-4", "value-5", "value-6", "value-7", "value-8",
    ];
    let one = |(at, (kind, word)): (usize, (ValueKind, &str))| {
        Some(Wanted {
            field: FIELDS.get(at).copied()?,
            label: hostile.unwrap_or(word).to_owned(),
            kind,
            required: at % 2 == 0,
            choices: vec![hostile.unwrap_or("small").to_owned(), "large".to_owned()],
        })
    };
    ValueKind::ALL.into_iter().enumerate().filter_map(one).collect()
}
