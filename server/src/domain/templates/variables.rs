//! The variables of a template: what they are called, what can be typed for them, and what becomes of that.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::holes;
use crate::domain::{
    contabo::actions,
    typed::{BadText, Checks, Rejected, line},
};

/// How many variables a template may have.
pub const MOST: usize = 12;

/// Characters of one value.
const MOST_VALUE: usize = 1_000;

/// Characters of all keys together.
const MOST_KEYS: usize = 8_000;

/// What can be typed for a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Text,
    /// A whole number.
    Number,
    YesNo,
    /// One of those that the template names.
    Choice,
    HostName,
    /// Public keys, one a line.
    SshKeys,
    /// Typed, or made up if nothing is typed. Never kept.
    Password,
    TimeZone,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Number,
        Self::YesNo,
        Self::Choice,
        Self::HostName,
        Self::SshKeys,
        Self::Password,
        Self::TimeZone,
    ];

    /// The name in forms and in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::YesNo => "yes_no",
            Self::Choice => "choice",
            Self::HostName => "host_name",
            Self::SshKeys => "ssh_keys",
            Self::Password => "password",
            Self::TimeZone => "time_zone",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A variable as it is kept with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// As in `{{name}}`.
    pub name: String,
    /// What a form calls it.
    pub label: String,
    pub kind: Kind,
    /// What a form begins with; empty: nothing. A password has none.
    #[serde(default)]
    pub default: String,
    #[serde(default)]
    pub required: bool,
    /// Of a choice alone.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// What may be wrong with what was typed for a variable, or of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// Small letters, digits and underscores, beginning with a letter.
    NotAName,
    /// Another variable of the template is called so.
    NameTaken,
    NotANumber,
    NotAHostName,
    /// This line is no public key.
    NotAKey(usize),
    NotAZone,
    NotAChoice,
    /// A choice between less than two.
    TooFewChoices,
    /// A password of less than eight characters.
    TooShort,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A variable as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    pub label: String,
    pub kind: String,
    pub default: String,
    pub required: bool,
    /// One a line, or with commas between.
    pub choices: String,
}

/// The names of one variable's fields in a form.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: &'static str,
    pub default: &'static str,
    pub required: &'static str,
    pub choices: &'static str,
    /// Where its value is typed, in the form that asks for values.
    pub value: &'static str,
}

macro_rules! fields {
    ($($number:literal)+) => {
        [$(Fields {
            name: concat!("name-", $number),
            label: concat!("label-", $number),
            kind: concat!("kind-", $number),
            default: concat!("default-", $number),
            required: concat!("required-", $number),
            choices: concat!("choices-", $number),
            value: concat!("value-", $number),
        }),+]
    };
}

/// The fields of each variable in forms, in the order of the template.
pub const FIELDS: [Fields; MOST] = fields!(1 2 3 4 5 6 7 8 9 10 11 12);

impl Draft {
    /// Whether nothing at all was typed into its row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.label, &self.default, &self.choices]
            .iter()
            .all(|text| text.trim().is_empty())
    }

    /// What was typed, after noting what can't be taken of it.
    pub(super) fn check(&self, fields: &Fields, checks: &mut Checks<Reason>) -> Option<Variable> {
        let name = self.name.trim();
        let is_name = name.starts_with(|sign: char| sign.is_ascii_lowercase())
            && name.len() <= 40
            && name
                .chars()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
        let name = checks.keep(
            fields.name,
            if is_name {
                Ok(name.to_owned())
            } else {
                Err(Reason::NotAName)
            },
        );
        let label = checks.keep(fields.label, line(&self.label, 80));
        let kind = checks.keep(fields.kind, Kind::named(&self.kind).ok_or(Reason::NotAChoice))?;
        let choices: Vec<String> = match kind {
            Kind::Choice => self
                .choices
                .split(['\n', ','])
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        if kind == Kind::Choice {
            if choices.len() < 2 {
                checks.reject(fields.choices, Reason::TooFewChoices);
            }
            if let Some(bad) = choices.iter().find_map(|choice| one_line(choice).err()) {
                checks.reject(fields.choices, bad);
            }
        }
        let mut variable = Variable {
            name: name?,
            label: label?,
            kind,
            default: String::new(),
            required: self.required,
            choices,
        };
        let default = self.default.replace("\r\n", "\n");
        if kind != Kind::Password && !default.trim().is_empty() {
            checks.keep(fields.default, variable.value(default.trim()))?;
            default.trim().clone_into(&mut variable.default);
        }
        Some(variable)
    }
}

/// What is put into a template for a variable.
#[derive(Clone)]
pub(super) enum Value {
    /// Nothing was typed, nor is needed.
    Nothing,
    Text(String),
    Number(i64),
    YesNo(bool),
    List(Vec<String>),
}

impl Variable {
    /// What is meant by what was typed. Nothing typed is nothing, whether it is required or not.
    pub(super) fn value(&self, typed: &str) -> Result<Value, Reason> {
        let text = typed.trim();
        if text.is_empty() {
            return Ok(Value::Nothing);
        }
        match self.kind {
            Kind::Text => one_line(text).map(Value::Text),
            Kind::Number => i64::from_str(text).map(Value::Number).map_err(|_| Reason::NotANumber),
            Kind::YesNo => match text {
                "yes" => Ok(Value::YesNo(true)),
                "no" => Ok(Value::YesNo(false)),
                _ => Err(Reason::NotAChoice),
            },
            Kind::Choice => match self.choices.iter().any(|choice| choice == text) {
                true => Ok(Value::Text(text.to_owned())),
                false => Err(Reason::NotAChoice),
            },
            Kind::HostName => match is_host_name(text) {
                true => Ok(Value::Text(text.to_owned())),
                false => Err(Reason::NotAHostName),
            },
            Kind::SshKeys => keys(text).map(Value::List),
            Kind::Password => {
                let text = one_line(text)?;
                if text.chars().count() < 8 {
                    Err(Reason::TooShort)
                } else {
                    Ok(Value::Text(text))
                }
            }
            Kind::TimeZone => match chrono_tz::Tz::from_str(text) {
                Ok(zone) => Ok(Value::Text(zone.name().to_owned())),
                Err(_) => Err(Reason::NotAZone),
            },
        }
    }

    /// A value to try the template with.
    pub(super) fn sample(&self) -> Value {
        match self.value(&self.default) {
            Ok(Value::Nothing) | Err(_) => {}
            Ok(value) => return value,
        }
        match self.kind {
            Kind::Number => Value::Number(8080),
            Kind::YesNo => Value::YesNo(true),
            Kind::SshKeys => Value::List(vec!["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8P sample".to_owned()]),
            Kind::Choice => Value::Text(self.choices.first().cloned().unwrap_or_default()),
            Kind::HostName => Value::Text("server.example".to_owned()),
            Kind::TimeZone => Value::Text("Europe/Berlin".to_owned()),
            Kind::Text | Kind::Password => Value::Text("sample: \"text\" # 'x'".to_owned()),
        }
    }
}

/// The values of all variables of a version.
#[derive(Clone, Default)]
pub struct Values {
    pub(super) by_name: Vec<(String, Value)>,
    /// Passwords that were made up, by the labels of their variables.
    pub made_up: Vec<(String, SecretString)>,
    /// All passwords, typed or made up: what must not be shown.
    pub(super) secret: Vec<String>,
}

impl std::fmt::Debug for Values {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Values(hidden)")
    }
}

impl Values {
    /// What was typed for each variable, in their order, by `typed`. A password for which nothing was typed is made up.
    ///
    /// # Errors
    /// What can't be taken, by the field of [`FIELDS`].
    pub fn read<'t>(
        variables: &[Variable],
        typed: impl Fn(usize, &Variable) -> &'t str,
    ) -> Result<Self, Rejected<Reason>> {
        let (mut checks, mut values) = (Checks::default(), Self::default());
        for (at, (variable, fields)) in variables.iter().zip(&FIELDS).enumerate() {
            let Some(value) = checks.keep(fields.value, variable.value(typed(at, variable))) else {
                continue;
            };
            let value = match (value, variable.kind) {
                (Value::Nothing, Kind::Password) => match actions::generate() {
                    Ok(made) => {
                        use secrecy::ExposeSecret;
                        let text = made.expose_secret().to_owned();
                        values.made_up.push((variable.label.clone(), made));
                        Value::Text(text)
                    }
                    Err(_) => {
                        checks.reject(fields.value, BadText::Missing);
                        continue;
                    }
                },
                (Value::Nothing, _) if variable.required => {
                    checks.reject(fields.value, BadText::Missing);
                    continue;
                }
                (value, _) => value,
            };
            if let (Value::Text(text), Kind::Password) = (&value, variable.kind) {
                values.secret.push(text.clone());
            }
            values.by_name.push((variable.name.clone(), value));
        }
        let rejected = checks.rejected();
        if rejected.0.is_empty() {
            Ok(values)
        } else {
            Err(rejected)
        }
    }

    /// Values to try a template with.
    pub(super) fn sample(variables: &[Variable]) -> Self {
        let by_name = variables
            .iter()
            .map(|variable| (variable.name.clone(), variable.sample()));
        Self {
            by_name: by_name.collect(),
            ..Self::default()
        }
    }

    /// Leaves stars where there are passwords.
    pub(super) fn hide_passwords(&mut self) {
        for (_, value) in &mut self.by_name {
            if let Value::Text(text) = value
                && self.secret.contains(text)
            {
                "********".clone_into(text);
            }
        }
    }

    pub(super) fn of(&self, name: &str) -> Option<&Value> {
        self.by_name
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }
}

/// One line without signs that some readers take for the end of one.
fn one_line(text: &str) -> Result<String, Reason> {
    let text = line(text, MOST_VALUE)?;
    if text.contains(['\u{2028}', '\u{2029}', '\u{FEFF}']) || holes::has_disguise(&text) {
        return Err(BadText::Unprintable.into());
    }
    Ok(text)
}

fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// Public keys, one a line.
fn keys(text: &str) -> Result<Vec<String>, Reason> {
    if text.chars().count() > MOST_KEYS {
        return Err(BadText::TooLong { most: MOST_KEYS }.into());
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, key)| {
            let key = one_line(key)?;
            if is_key(&key) {
                Ok(key)
            } else {
                Err(Reason::NotAKey(at + 1))
            }
        })
        .collect()
}

/// A public key as OpenSSH writes it: its kind, which its content names again, and perhaps a comment.
fn is_key(key: &str) -> bool {
    const KINDS: [&str; 7] = [
        "ssh-ed25519",
        "ssh-rsa",
        "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384",
        "ecdsa-sha2-nistp521",
        "sk-ssh-ed25519@openssh.com",
        "sk-ecdsa-sha2-nistp256@openssh.com",
    ];
    let mut words = key.split_ascii_whitespace();
    let (Some(kind), Some(content)) = (words.next(), words.next()) else {
        return false;
    };
    let Ok(content) = STANDARD.decode(content) else {
        return false;
    };
    let named = content.get(4..4 + kind.len());
    KINDS.contains(&kind) && named == Some(kind.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvkO0v7xXrYmTe2bXc5cZQmZkq7w0hJ0sB8y2nqv5Jd alice@laptop";

    fn variable(kind: Kind) -> Variable {
        Variable {
            name: "it".to_owned(),
            label: "It".to_owned(),
            kind,
            default: String::new(),
            required: true,
            choices: vec!["one".to_owned(), "two words".to_owned()],
        }
    }

    #[test]
    fn each_kind_takes_what_it_means_and_nothing_else() {
        let takes = |kind, text: &str| variable(kind).value(text).is_ok();
        for (kind, good, bad) in [
            (Kind::Text, "any: text \"#'", "two\nlines"),
            (Kind::Text, "ü", "a\u{2028}b"),
            (Kind::Number, "-8080", "8080; reboot"),
            (Kind::YesNo, "no", "off"),
            (Kind::Choice, "two words", "three"),
            (Kind::HostName, "web-1.example.org", "web_1; rm"),
            (Kind::HostName, "a", "-a"),
            (Kind::SshKeys, KEY, "ssh-ed25519 AAAA\nrm -rf /"),
            (Kind::SshKeys, "", "command=\"sh\" ssh-ed25519 AAAA"),
            (Kind::Password, "longer than 8", "short"),
            (Kind::TimeZone, "Europe/Berlin", "Europe/Atlantis"),
        ] {
            assert!(takes(kind, good), "{kind:?} {good}");
            assert!(!takes(kind, bad), "{kind:?} {bad}");
        }
    }

    #[test]
    fn what_is_required_must_be_there_and_a_password_is_made_up() {
        let variables = [
            variable(Kind::Text),
            Variable {
                name: "pass".to_owned(),
                ..variable(Kind::Password)
            },
        ];
        let missing = Values::read(&variables, |_, _| "").unwrap_err();
        assert_eq!(missing, Rejected::one("value-1", Reason::Text(BadText::Missing)));
        let values = Values::read(&variables, |at, _| if at == 0 { "x" } else { "" }).unwrap();
        assert_eq!((values.made_up.len(), values.secret.len()), (1, 1));
        let typed = Values::read(&variables, |at, _| if at == 0 { "x" } else { "hunter2hunter2" }).unwrap();
        assert_eq!((typed.made_up.len(), typed.secret.len()), (0, 1));
        assert_eq!(format!("{typed:?}"), "Values(hidden)");
    }

    #[test]
    fn a_draft_says_what_is_wrong_with_it() {
        let draft = Draft {
            name: "Port".to_owned(),
            label: String::new(),
            kind: "choice".to_owned(),
            choices: "one".to_owned(),
            ..Draft::default()
        };
        let mut checks = Checks::default();
        assert!(draft.check(&FIELDS[2], &mut checks).is_none());
        let fields: Vec<_> = checks.rejected().0.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name-3", "label-3", "choices-3"]);
        let draft = Draft {
            name: "port".to_owned(),
            label: "Port".to_owned(),
            kind: "number".to_owned(),
            default: "80 ".to_owned(),
            ..Draft::default()
        };
        let mut checks = Checks::default();
        assert_eq!(draft.check(&FIELDS[0], &mut checks).unwrap().default, "80");
    }
}
