//! Where an answer can't be read, and why. It names places and kinds, never values: a value may be a secret.

use serde_json::Value;
use std::fmt;

/// What is wrong with an answer, and at which place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    place: String,
    what: String,
}

impl Fault {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            place: String::new(),
            what: what.into(),
        }
    }

    /// `wanted` should stand where `found` stands.
    pub(crate) fn expected(wanted: &str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self::new(format!("{found} instead of {wanted}"))
    }

    /// The same fault, seen from the object whose member `name` it is in.
    pub(crate) fn within(mut self, name: &str) -> Self {
        let joint = if self.place.is_empty() || self.place.starts_with('[') {
            ""
        } else {
            "."
        };
        self.place = format!("{name}{joint}{}", self.place);
        self
    }

    /// The same fault, seen from the list whose item it is in.
    pub(crate) fn within_item(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// Where: `data[3].ipConfig.v4`, or nothing for the whole answer.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.what),
            place => write!(f, "{place}: {}", self.what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_its_place_from_the_outside_in() {
        let fault = Fault::expected("a number", &Value::Bool(true))
            .within("netmaskCidr")
            .within("v4")
            .within_item(3)
            .within("data");
        assert_eq!(fault.place(), "data[3].v4.netmaskCidr");
        assert_eq!(
            fault.to_string(),
            "data[3].v4.netmaskCidr: true or false instead of a number"
        );
    }
}
