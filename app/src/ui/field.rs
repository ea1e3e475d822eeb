//! Form fields. Each has its label, hint and error, keeps what was typed, and is found by its `name`.
//!
//! Values and errors come from a [`super::FormState`]; nothing is checked here. `required` and the like
//! only help a browser to help its visitor, the server checks everything again.

use leptos::prelude::*;

use super::{Icon, OptionalText, Pictogram};
use crate::{t, text::Text};

/// What stands around an input.
pub(super) struct Labelled {
    name: &'static str,
    label: Text,
    hint: Option<Text>,
    error: Option<Text>,
    required: bool,
}

/// What ties an input to its hint and its error.
pub(super) struct Aria {
    pub(super) described_by: Option<String>,
    pub(super) invalid: Option<&'static str>,
}

impl Labelled {
    pub(super) fn new(
        name: &'static str,
        label: Text,
        hint: OptionalText,
        error: OptionalText,
        required: bool,
    ) -> (Self, Aria) {
        let (hint, error) = (hint.0, error.0);
        let described_by = match (&hint, &error) {
            (None, None) => None,
            (Some(_), None) => Some(format!("{name}-hint")),
            (None, Some(_)) => Some(format!("{name}-error")),
            (Some(_), Some(_)) => Some(format!("{name}-error {name}-hint")),
        };
        let aria = Aria {
            described_by,
            invalid: error.is_some().then_some("true"),
        };
        (
            Self {
                name,
                label,
                hint,
                error,
                required,
            },
            aria,
        )
    }

    pub(super) fn around(self, input: impl IntoView) -> impl IntoView {
        let Self {
            name,
            label,
            hint,
            error,
            required,
        } = self;
        view! {
            <div class="field">
                <label for=name>{label}{optional_mark(required)}</label>
                {input}
                {error_line(name, error)}
                {hint_line(name, hint)}
            </div>
        }
    }
}

/// Most fields are needed, so those that are not say so.
pub(crate) fn optional_mark(required: bool) -> Option<impl IntoView> {
    (!required).then(|| view! { " "<span class="field-optional">{t("field-optional")}</span> })
}

fn hint_line(name: &'static str, hint: Option<Text>) -> Option<impl IntoView> {
    hint.map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> })
}

/// What is wrong with the field of this id, which points to it as `ID-error`.
pub(crate) fn error_line(field: &str, error: Option<Text>) -> Option<impl IntoView + use<>> {
    error.map(|error| {
        view! { <p class="field-error" id=format!("{field}-error")><Pictogram icon=Icon::Warning/><span>{error}</span></p> }
    })
}

/// One line of text. `kind` is the input's type (`text`, `email`, `url`, `search`); `unit` stands behind it.
#[component]
pub fn TextField(
    name: &'static str,
    #[prop(into)] label: Text,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] max_length: Option<u32>,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] mono: bool,
    #[prop(optional, into)] placeholder: OptionalText,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    labelled.around(view! {
        <input id=name name=name type=kind value=value.0 required=required autocomplete=autocomplete.unwrap_or("off")
            autofocus=autofocus maxlength=max_length.map(|n| n.to_string()) placeholder=placeholder.0 class=mono.then_some("mono")
            aria-describedby=aria.described_by aria-invalid=aria.invalid/>
    })
}

/// A number with its unit. The value is text, because what was typed may not be one.
#[component]
pub fn NumberField(
    name: &'static str,
    #[prop(into)] label: Text,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] unit: OptionalText,
    #[prop(optional)] decimals: bool,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    // `type=number` drops what it cannot read and changes values on a scroll, so the keyboard alone is asked for.
    let keyboard = if decimals { "decimal" } else { "numeric" };
    labelled.around(view! {
        <div class="field-joined field-short">
            <input id=name name=name type="text" inputmode=keyboard class="number" value=value.0 required=required autocomplete="off"
                aria-describedby=aria.described_by aria-invalid=aria.invalid/>
            {unit.0.map(|unit| view! { <span class="field-unit">{unit}</span> })}
        </div>
    })
}

/// A secret. It is never filled in again after an error.
#[component]
pub fn PasswordField(
    name: &'static str,
    #[prop(into)] label: Text,
    /// `current-password`, `new-password` or `off`.
    autocomplete: &'static str,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    labelled.around(view! {
        <input id=name name=name type="password" required=required autocomplete=autocomplete autofocus=autofocus
            aria-describedby=aria.described_by aria-invalid=aria.invalid/>
    })
}

/// A date and time on the wall clock of `zone`, as `2026-11-21T09:30`.
#[component]
pub fn DateTimeField(
    name: &'static str,
    #[prop(into)] label: Text,
    /// Shown behind the field, so that nobody has to guess.
    #[prop(into)]
    zone: Text,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    labelled.around(view! {
        <div class="field-joined">
            <input id=name name=name type="datetime-local" value=value.0 required=required
                aria-describedby=aria.described_by aria-invalid=aria.invalid/>
            <span class="field-unit">{zone}</span>
        </div>
    })
}

/// One of several values.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: Text,
    pub label: Text,
    /// A further sentence, for radio buttons.
    pub hint: OptionalText,
}

impl Choice {
    /// A choice that posts `value` and reads `label`.
    pub fn new(value: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: OptionalText(None),
        }
    }

    /// With a sentence below its label.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<OptionalText>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// One of many. `value` is the chosen one; with `empty` there is a first choice that stands for none.
///
/// `required` only says that nothing is optional about it. Browsers are not told: they would refuse the first choice
/// wherever it is an answer, as in "any" or "nobody", and where it is none, whoever reads the form says so.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: Text,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] empty: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, required);
    let chosen = value.0.unwrap_or_default();
    let options = choices.into_iter().map(|choice| {
        let selected = choice.value == chosen;
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    });
    labelled.around(view! {
        <select id=name name=name aria-describedby=aria.described_by aria-invalid=aria.invalid>
            {empty.0.map(|empty| view! { <option value="">{empty}</option> })}
            {options.collect_view()}
        </select>
    })
}

/// Yes or no. A browser posts `value` when it is ticked and nothing when it is not.
#[component]
pub fn Checkbox(
    name: &'static str,
    #[prop(into)] label: Text,
    #[prop(optional)] checked: bool,
    #[prop(default = "yes".into(), into)] value: Text,
    /// Needed where several boxes share a name.
    #[prop(optional, into)]
    id: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, true);
    let id = id.0.unwrap_or_else(|| name.into());
    let label_for = id.clone();
    view! {
        <div class="field field-check">
            <input id=id name=name type="checkbox" value=value checked=checked
                aria-describedby=aria.described_by aria-invalid=aria.invalid/>
            <label for=label_for>{labelled.label}</label>
            {error_line(name, labelled.error)}
            {hint_line(name, labelled.hint)}
        </div>
    }
}

/// One of a few, all visible.
#[component]
pub fn RadioGroup(
    name: &'static str,
    #[prop(into)] label: Text,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: OptionalText,
    #[prop(optional, into)] hint: OptionalText,
    #[prop(optional, into)] error: OptionalText,
) -> impl IntoView {
    let (labelled, aria) = Labelled::new(name, label, hint, error, true);
    let chosen = value.0.unwrap_or_default();
    let choices = choices.into_iter().enumerate().map(|(at, choice)| {
        // The first has the field's own id, which the summary of errors leads to.
        let id = if at == 0 {
            name.to_owned()
        } else {
            format!("{name}-{at}")
        };
        let (label_for, checked) = (id.clone(), choice.value == chosen);
        view! {
            <div class="field-check">
                <input id=id name=name type="radio" value=choice.value checked=checked/>
                <label for=label_for>{choice.label}</label>
                {choice.hint.0.map(|hint| view! { <p class="field-hint">{hint}</p> })}
            </div>
        }
    });
    view! {
        <fieldset class="field" aria-describedby=aria.described_by aria-invalid=aria.invalid>
            <legend>{labelled.label}</legend>
            {choices.collect_view()}
            {error_line(name, labelled.error)}
            {hint_line(name, labelled.hint)}
        </fieldset>
    }
}
