//! The macro that makes a struct of an answer's object, so that each resource is a list of its fields.

use super::{Answer, Fault};
use serde_json::{Map, Value};

/// A struct with the named fields and its [`Answer`]. A field is read from the member that has its name
/// in camel case, or the one that is given: `size: Option<f64> = "totalPurchasedSpaceTB"`.
macro_rules! answer {
    ($(#[$about:meta])* $name:ident {
        $($(#[$field_about:meta])* $field:ident: $type:ty $(= $json:literal)?,)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[$field_about])* pub $field: $type,)*
        }

        impl $crate::decode::Answer for $name {
            fn read(value: &serde_json::Value) -> Result<Self, $crate::decode::Fault> {
                let members = $crate::decode::members(value)?;
                Ok(Self {
                    $($field: $crate::decode::member(members, &answer!(@name $field $($json)?))?,)*
                })
            }

            fn is_blank(value: &serde_json::Value) -> bool {
                match value {
                    serde_json::Value::Null => true,
                    serde_json::Value::String(text) => text.is_empty(),
                    serde_json::Value::Array(items) => items.is_empty(),
                    serde_json::Value::Object(members) => members.is_empty(),
                    _ => false,
                }
            }
        }
    };
    (@name $field:ident $json:literal) => {
        std::borrow::Cow::Borrowed($json)
    };
    (@name $field:ident) => {
        $crate::decode::camel_case(stringify!($field))
    };
}
pub(crate) use answer;

/// The members of an object.
pub(crate) fn members(value: &Value) -> Result<&Map<String, Value>, Fault> {
    value.as_object().ok_or_else(|| Fault::expected("an object", value))
}

/// One member of an object, where it may be left out if its type allows that.
pub(crate) fn member<T: Answer>(members: &Map<String, Value>, name: &str) -> Result<T, Fault> {
    match members.get(name) {
        Some(value) if !value.is_null() => T::read(value).map_err(|fault| fault.within(name)),
        _ => T::unsaid().ok_or_else(|| Fault::new("is missing").within(name)),
    }
}

/// `instance_id` as Contabo writes it: `instanceId`.
pub(crate) fn camel_case(name: &str) -> std::borrow::Cow<'_, str> {
    if !name.contains('_') {
        return name.into();
    }
    let mut camel = String::with_capacity(name.len());
    let mut raise = false;
    for letter in name.chars() {
        if letter == '_' {
            raise = true;
        } else if raise {
            camel.push(letter.to_ascii_uppercase());
            raise = false;
        } else {
            camel.push(letter);
        }
    }
    camel.into()
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "what the macro makes is public, as the crate needs it")]
mod tests {
    use super::*;
    use serde_json::json;

    answer! {
        /// A thing.
        Thing {
            thing_id: i64,
            name: String,
            size_tb: Option<f64> = "sizeTB",
            parts: Vec<Part>,
            best_part: Option<Part>,
        }
    }
    answer! {
        /// A part of it.
        Part {
            label: String,
            weight: Option<i64>,
        }
    }

    #[test]
    fn only_the_id_is_needed() {
        let thing = Thing::read(&json!({"thingId": 7})).unwrap();
        assert_eq!(
            thing,
            Thing {
                thing_id: 7,
                name: String::new(),
                size_tb: None,
                parts: vec![],
                best_part: None,
            }
        );
        let fault = Thing::read(&json!({"name": "x"})).unwrap_err();
        assert_eq!(fault.to_string(), "thingId: is missing");
        assert!(Thing::read(&json!({"thingId": null})).is_err());
    }

    #[test]
    fn null_and_empty_are_not_said() {
        for nothing in [json!(null), json!(""), json!([]), json!({})] {
            let thing = Thing::read(&json!({"thingId": 7, "parts": nothing, "bestPart": nothing})).unwrap();
            assert!(thing.parts.is_empty() && thing.best_part.is_none(), "{nothing}");
        }
        let thing = Thing::read(&json!({"thingId": 7, "sizeTB": "", "parts": [null, {"label": "a"}]})).unwrap();
        assert_eq!((thing.size_tb, thing.parts.len()), (None, 1));
    }

    #[test]
    fn a_wrong_shape_is_a_fault_with_its_place() {
        let fault = Thing::read(&json!({"thingId": 7, "parts": [{}, {"weight": {"kg": 1}}]})).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "parts[1].weight: an object instead of a whole number"
        );
    }
}
