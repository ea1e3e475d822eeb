//! Reads a request's body field by field and collects what is wrong with it, in the words of the framework that Contabo
//! uses: all complaints at once, as a list.

use serde_json::Value;

use super::call::{Refusal, is_uuid};

/// A body that is being read.
pub(crate) struct Form<'a> {
    body: &'a Value,
    complaints: Vec<String>,
}

impl<'a> Form<'a> {
    pub(crate) fn of(body: &'a Value) -> Self {
        Self {
            body,
            complaints: Vec::new(),
        }
    }

    /// Fails with everything that was wrong.
    pub(crate) fn finish(self) -> Result<(), Refusal> {
        if self.complaints.is_empty() {
            return Ok(());
        }
        Err(Refusal::complaints(self.complaints))
    }

    /// A field; one that is null was not given.
    pub(crate) fn value(&self, name: &str) -> Option<&'a Value> {
        self.body.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn complain(&mut self, complaint: impl Into<String>) {
        self.complaints.push(complaint.into());
    }

    pub(crate) fn text(&mut self, name: &str, shortest: usize, longest: usize) -> Option<String> {
        let value = self.value(name)?;
        let Some(text) = value.as_str() else {
            self.complain(format!("{name} must be a string"));
            return None;
        };
        let letters = text.chars().count();
        if letters < shortest {
            self.complain(format!("{name} must be longer than or equal to {shortest} characters"));
        } else if letters > longest {
            self.complain(format!("{name} must be shorter than or equal to {longest} characters"));
        }
        Some(text.to_owned())
    }

    pub(crate) fn required_text(&mut self, name: &str, shortest: usize, longest: usize) -> String {
        self.require(name);
        self.text(name, shortest, longest).unwrap_or_default()
    }

    pub(crate) fn choice(&mut self, name: &str, choices: &[&str]) -> Option<String> {
        let text = self.text(name, 0, usize::MAX)?;
        if !choices.contains(&text.as_str()) {
            self.complain(format!(
                "{name} must be one of the following values: {}",
                choices.join(", ")
            ));
        }
        Some(text)
    }

    pub(crate) fn required_choice(&mut self, name: &str, choices: &[&str]) -> String {
        self.require(name);
        self.choice(name, choices).unwrap_or_default()
    }

    pub(crate) fn uuid(&mut self, name: &str) -> Option<String> {
        let text = self.text(name, 0, usize::MAX)?;
        if !is_uuid(&text) {
            self.complain(format!("{name} must be a UUID"));
        }
        Some(text.to_ascii_lowercase())
    }

    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let number = self.value(name)?.as_i64();
        if number.is_none() {
            self.complain(format!("{name} must be an integer number"));
        }
        number
    }

    pub(crate) fn required_integer(&mut self, name: &str) -> i64 {
        self.require(name);
        self.integer(name).unwrap_or_default()
    }

    pub(crate) fn decimal(&mut self, name: &str) -> Option<f64> {
        let number = self.value(name)?.as_f64();
        if number.is_none() {
            self.complain(format!("{name} must be a number"));
        }
        number
    }

    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let flag = self.value(name)?.as_bool();
        if flag.is_none() {
            self.complain(format!("{name} must be a boolean value"));
        }
        flag
    }

    pub(crate) fn required_flag(&mut self, name: &str) -> bool {
        self.require(name);
        self.flag(name).unwrap_or_default()
    }

    pub(crate) fn integers(&mut self, name: &str) -> Option<Vec<i64>> {
        let value = self.value(name)?;
        let numbers: Option<Vec<i64>> = value
            .as_array()
            .and_then(|list| list.iter().map(Value::as_i64).collect());
        if numbers.is_none() {
            self.complain(format!("each value in {name} must be an integer number"));
        }
        numbers
    }

    /// Complains if the field is not there.
    pub(crate) fn require(&mut self, name: &str) {
        if self.value(name).is_none() {
            self.complain(format!("{name} should not be empty"));
        }
    }
}
