//! Reading what Contabo answers: forgiving where its answers are known to stray from its description,
//! and never guessing where a value could mean two things.
//!
//! What is null, absent or empty is "not said". A number may come as text and text as a number. What has
//! a wrong shape is a [`Fault`] that says where it stands. This is no general decoder: requests are
//! written by serde.

mod answer;
mod fault;
mod scalar;
mod words;

pub(crate) use answer::{answer, camel_case, member, members};
pub use fault::Fault;
pub(crate) use scalar::{text, whole};
pub(crate) use words::words;

use serde_json::Value;

/// A type that can be read from a part of an answer.
pub trait Answer: Sized {
    /// Reads the value, which is neither absent nor null.
    ///
    /// # Errors
    ///
    /// Says where the value differs from what this type can hold.
    fn read(value: &Value) -> Result<Self, Fault>;

    /// What stands for a value that was not said. Types without such a value are required.
    fn unsaid() -> Option<Self> {
        None
    }

    /// Whether the value says nothing, so that an `Option` of this type is `None`.
    fn is_blank(value: &Value) -> bool {
        value.is_null() || value.as_str().is_some_and(str::is_empty)
    }
}

impl<T: Answer> Answer for Option<T> {
    fn read(value: &Value) -> Result<Self, Fault> {
        if T::is_blank(value) {
            return Ok(None);
        }
        T::read(value).map(Some)
    }

    fn unsaid() -> Option<Self> {
        Some(None)
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn read(value: &Value) -> Result<Self, Fault> {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            // An empty object or text in the place of an empty list.
            Value::Object(members) if members.is_empty() => &[],
            Value::String(text) if text.is_empty() => &[],
            other => return Err(Fault::expected("a list", other)),
        };
        items
            .iter()
            .enumerate()
            .filter(|(_, item)| !item.is_null())
            .map(|(index, item)| T::read(item).map_err(|fault| fault.within_item(index)))
            .collect()
    }

    fn unsaid() -> Option<Self> {
        Some(Self::new())
    }

    fn is_blank(value: &Value) -> bool {
        value.is_null()
    }
}

impl<T: Answer> Answer for Box<T> {
    fn read(value: &Value) -> Result<Self, Fault> {
        T::read(value).map(Self::new)
    }

    fn unsaid() -> Option<Self> {
        T::unsaid().map(Self::new)
    }

    fn is_blank(value: &Value) -> bool {
        T::is_blank(value)
    }
}
