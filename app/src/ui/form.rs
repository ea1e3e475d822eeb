//! A form between what was typed and what is wrong with it.
//!
//! The server parses and judges; [`FormState`] carries the result to the page, which shows it again with
//! status 422. Secrets are never put in.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{Notice, Tone};
use crate::{t, t_count, t_with, text::Text};

/// What is wrong with one field, in the visitor's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub message: Text,
}

/// The values of a form by field name, and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<&'static str, String>,
    errors: Vec<FieldError>,
    general: Option<Text>,
}

impl FormState {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a value, either typed before or proposed.
    #[must_use]
    pub fn with(mut self, field: &'static str, value: impl Into<String>) -> Self {
        self.set(field, value);
        self
    }

    /// Keeps a value.
    pub fn set(&mut self, field: &'static str, value: impl Into<String>) {
        self.values.insert(field, value.into());
    }

    /// Says what is wrong with a field. The first message of a field is the one shown beside it.
    pub fn reject(&mut self, field: &'static str, message: impl Into<Text>) {
        self.errors.push(FieldError {
            field,
            message: message.into(),
        });
    }

    /// Says what is wrong with the form as a whole ("Someone else changed this router meanwhile.").
    pub fn reject_all(&mut self, message: impl Into<Text>) {
        self.general = Some(message.into());
    }

    /// What to show in a field.
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What to show beside a field.
    pub fn error(&self, field: &str) -> Option<Text> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.clone())
    }

    /// All that is wrong with its fields.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Nothing was rejected.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty() && self.general.is_none()
    }
}

/// What is wrong with a field, by its name: `labels` are the fields of the form with the keys of their labels.
pub(crate) fn complaint(labels: &[(&str, &'static str)], error: &FieldError) -> String {
    let label = labels.iter().find(|(field, _)| *field == error.field);
    match label {
        Some((_, key)) => {
            let values = [("field", t(key).into()), ("error", error.message.as_ref().into())];
            t_with("form-error", &values)
        }
        None => error.message.clone().into_owned(),
    }
}

/// Stands above a rejected form: how many fields to correct, each named and a link to its field. Nothing while the form
/// is fine. `labels` are the fields as they follow each other, with the keys of their labels.
#[component]
pub fn ErrorSummary(form: FormState, labels: &'static [(&'static str, &'static str)]) -> impl IntoView {
    (!form.is_valid()).then(|| {
        let count = form.errors.len() as u64;
        let title = (count > 0).then(|| t_count("form-errors", count));
        // As one meets them on the page.
        let mut errors = form.errors;
        errors.sort_by_key(|error| labels.iter().position(|(field, _)| *field == error.field));
        let errors = errors.into_iter().map(|error| {
            view! { <li><a href=format!("#{}", error.field)>{complaint(labels, &error)}</a></li> }
        });
        let general = form.general.map(|general| view! { <p>{general}</p> });
        let errors = (count > 0).then(|| view! { <ul>{errors.collect_view()}</ul> });
        error_frame(title, view! { {general}{errors} })
    })
}

/// What stands around all that is wrong: the script leads to it.
pub(crate) fn error_frame(title: Option<Text>, errors: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="error-summary" tabindex="-1" data-error-summary="">
            <Notice tone=Tone::Danger title=title>{errors}</Notice>
        </div>
    }
}

/// The buttons at the end of a form.
#[component]
pub fn FormActions(children: Children) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_its_values_and_places_the_first_error_of_a_field() {
        let mut form = FormState::new().with("name", "r1");
        assert!(form.is_valid());
        form.reject("name", "Taken.");
        form.reject("name", "Too short.");
        assert_eq!(form.value("name"), "r1");
        assert_eq!(form.error("name").as_deref(), Some("Taken."));
        assert_eq!(form.error("address"), None);
        assert!(!form.is_valid());
    }
}
