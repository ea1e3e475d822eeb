//! Text that must not show: passwords, keys and one-time links in requests and answers.

use crate::decode::{Answer, Fault};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::fmt;

/// Secret text. It is wiped when dropped and prints nothing of itself; whoever needs it asks for it.
#[derive(Clone)]
pub struct Hidden(SecretString);

impl Hidden {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Hidden {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

impl PartialEq for Hidden {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Answer for Hidden {
    fn read(value: &Value) -> Result<Self, Fault> {
        String::read(value).map(Self::from)
    }
}

/// Written into a request's body, which is the one place for it.
impl serde::Serialize for Hidden {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}
