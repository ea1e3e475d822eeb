//! Templates for cloud-init: texts that a new system reads when it first boots, with places for values.
//!
//! A template is kept version by version, as SLA profiles are: a change of the text or of the variables is a new one,
//! and what was made with an old one goes on to say so. Values come out of a form, are put in so that they can't become
//! anything but values ([`render()`]), and are kept nowhere. What cloud-init does with a text is not known here, beyond
//! the keys that it reads ([`modules`]).

pub mod check;
pub mod diff;
mod holes;
mod modules;
mod render;
pub mod shipped;
mod store;
pub mod variables;
mod yaml;

pub use self::{
    modules::Shape,
    render::Unfit,
    store::{
        Made, Offered, RenderError, Template, Version, archive, change, create, list, offered, one, preview, render,
        version, versions,
    },
    variables::{Values, Variable},
    yaml::{NotYaml, Why},
};

use self::check::Finding;
use super::typed::{BadText, ChangeError, Checks, Rejected, line};

/// Why a template was not changed.
pub type Error = ChangeError<Reason>;

/// Characters of a description.
const MOST_DESCRIPTION: usize = 1_000;

/// What may be wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// Another template has the name.
    NameTaken,
    /// What is wrong with the text, and what looks so.
    Findings(Vec<Finding>),
    Variable(variables::Reason),
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A template as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    pub description: String,
    pub clients_may_use: bool,
    pub text: String,
    /// As many as there are rows in the form, those that are empty too.
    pub variables: Vec<variables::Draft>,
}

/// A template as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    name: String,
    description: String,
    clients_may_use: bool,
    text: String,
    variables: Vec<Variable>,
}

impl Draft {
    /// What was typed, if all of it can be taken.
    ///
    /// # Errors
    /// What can't, by field: `name`, `description`, `text`, those of [`variables::FIELDS`].
    pub fn check(&self) -> Result<Details, Rejected<Reason>> {
        let mut checks = Checks::default();
        let name = checks.keep("name", line(&self.name, 120));
        let description = checks.keep("description", super::typed::block(&self.description, MOST_DESCRIPTION));
        let (variables, wrong) = self.variables();
        let text = self.text();
        // About variables that are not right themselves there is nothing to say yet.
        if wrong.0.is_empty() {
            let found = check::template(&text, &variables);
            if found.iter().any(Finding::is_error) {
                checks.reject("text", Reason::Findings(found));
            }
        }
        let wrong = wrong
            .0
            .into_iter()
            .map(|(field, reason)| (field, Reason::Variable(reason)));
        let rejected: Vec<_> = checks.rejected().0.into_iter().chain(wrong).collect();
        match (name, description) {
            (Some(name), Some(description)) if rejected.is_empty() => Ok(Details {
                name,
                description,
                clients_may_use: self.clients_may_use,
                text,
                variables,
            }),
            _ => Err(Rejected(rejected)),
        }
    }

    /// The text with the line ends that files have, and one at its end.
    fn text(&self) -> String {
        let text = self.text.replace("\r\n", "\n");
        let text = text.trim_end();
        if text.is_empty() {
            String::new()
        } else {
            format!("{text}\n")
        }
    }

    /// The variables that can be taken, and what is wrong with the others.
    fn variables(&self) -> (Vec<Variable>, Rejected<variables::Reason>) {
        let (mut checks, mut taken) = (Checks::default(), Vec::<Variable>::new());
        for (draft, fields) in self.variables.iter().zip(&variables::FIELDS) {
            if draft.is_empty() {
                continue;
            }
            let Some(variable) = draft.check(fields, &mut checks) else {
                continue;
            };
            match taken.iter().any(|there| there.name == variable.name) {
                true => checks.reject(fields.name, variables::Reason::NameTaken),
                false => taken.push(variable),
            }
        }
        (taken, checks.rejected())
    }
}

impl Details {
    /// Of a template that comes with Mainstay.
    #[must_use]
    pub fn of_shipped(shipped: &shipped::Shipped) -> Self {
        Self {
            name: shipped.name.to_owned(),
            description: shipped.description.to_owned(),
            clients_may_use: false,
            text: shipped.text.to_owned(),
            variables: shipped.variables.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn draft() -> Draft {
        Draft {
            name: "Web".to_owned(),
            description: "A web server".to_owned(),
            text: "#cloud-config\r\nhostname: {{host}}\r\n".to_owned(),
            variables: vec![
                variables::Draft::default(),
                variables::Draft {
                    name: "host".to_owned(),
                    label: "Host".to_owned(),
                    kind: "host_name".to_owned(),
                    required: true,
                    ..variables::Draft::default()
                },
            ],
            ..Draft::default()
        }
    }

    #[test]
    fn a_draft_is_read_with_its_variables() {
        let details = draft().check().unwrap();
        assert_eq!(details.text, "#cloud-config\nhostname: {{host}}\n");
        assert_eq!(details.variables.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_said_by_field() {
        let mut bad = draft();
        bad.variables.push(variables::Draft {
            label: "Again".to_owned(),
            ..bad.variables[1].clone()
        });
        let fields: Vec<_> = bad.check().unwrap_err().0.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name-3"]);
        let bad = Draft {
            name: String::new(),
            text: "hostname: {{host}}".to_owned(),
            ..draft()
        };
        let wrong = bad.check().unwrap_err();
        let fields: Vec<_> = wrong.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "text"]);
        assert!(matches!(&wrong.0[1].1, Reason::Findings(found) if found.len() == 1));
    }
}
