//! What Contabo said, out of the many shapes in which its parts say it. Pure; what it means is decided
//! where the call was made.

use serde_json::Value;

/// More reasons than this are left out, and longer ones cut: they are shown and stored.
const MOST: usize = 20;
const LONGEST: usize = 500;

/// The reasons in an error's body: `message` (a text or a list of them), `errors`, or the identity
/// server's `error` and `error_description`. What is not JSON has none.
pub(crate) fn reasons(body: &[u8]) -> Vec<String> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for name in ["message", "errors"] {
        collect(body.get(name), &mut found);
    }
    if found.is_empty() {
        found.extend(sign_in_reason(&body));
    }
    found.truncate(MOST);
    found
}

fn collect(value: Option<&Value>, found: &mut Vec<String>) {
    match value {
        Some(Value::String(text)) if !text.is_empty() => found.push(cut(text)),
        Some(Value::Array(items)) => {
            for item in items.iter().take(MOST) {
                collect(Some(item), found);
            }
        }
        // A validation message with its own parts.
        Some(Value::Object(members)) => {
            for name in ["message", "code"] {
                collect(members.get(name), found);
            }
        }
        _ => {}
    }
}

fn sign_in_reason(body: &Value) -> Option<String> {
    let error = body.get("error").and_then(Value::as_str);
    let description = body.get("error_description").and_then(Value::as_str);
    match (error, description) {
        (Some(error), Some(description)) => Some(cut(&format!("{error}: {description}"))),
        (Some(only), None) | (None, Some(only)) => Some(cut(only)),
        (None, None) => None,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(body: &str) -> Vec<String> {
        reasons(body.as_bytes())
    }

    #[test]
    fn every_known_shape_is_read() {
        assert_eq!(says(r#"{"statusCode":404,"message":"not there"}"#), ["not there"]);
        assert_eq!(
            says(r#"{"message":["imageId must be a UUID","period is wrong"],"error":"Bad Request","statusCode":400}"#),
            ["imageId must be a UUID", "period is wrong"]
        );
        // The gateway.
        assert_eq!(
            says(r#"{"message":"failure to get a peer from the ring-balancer"}"#),
            ["failure to get a peer from the ring-balancer"]
        );
        // The region change.
        assert_eq!(says(r#"{"errors":["invalid_token"]}"#), ["invalid_token"]);
        // The identity server.
        assert_eq!(
            says(r#"{"error":"invalid_grant","error_description":"Invalid user credentials"}"#),
            ["invalid_grant: Invalid user credentials"]
        );
        assert_eq!(says(r#"{"error":"Unauthorized"}"#), ["Unauthorized"]);
        assert_eq!(says(r#"{"message":{"message":"deep","code":"E1"}}"#), ["deep", "E1"]);
    }

    #[test]
    fn what_says_nothing_says_nothing() {
        for body in ["", "<html><h1>502</h1></html>", "[]", "7", r#"{"message":null}"#, "{"] {
            assert!(says(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn long_reasons_are_cut() {
        let body = serde_json::json!({"message": vec!["ä".repeat(9000); 90]}).to_string();
        let found = says(&body);
        assert_eq!(found.len(), MOST);
        assert!(found.iter().all(|text| text.chars().count() == LONGEST));
    }
}
