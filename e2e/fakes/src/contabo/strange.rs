//! Answers that are right in substance and strange in form: words that no document knows, nulls where live answers had
//! them, pages that don't add up.

use serde_json::{Value, json};

use super::faults::{Fault, StrangePages};

/// What live answers were seen to leave out or to null, of an instance.
const NULL: [&str; 4] = ["cancelDate", "imageId", "sshKeys", "applicationId"];
const ABSENT: [&str; 2] = ["errorMessage", "defaultUser"];

/// Words from a future that has not been documented yet.
const UNKNOWN: [(&str, &str); 7] = [
    ("status", "hibernating"),
    ("region", "MARS"),
    ("productId", "V999"),
    ("productType", "quantum"),
    ("tenantId", "MARS"),
    ("osType", "Plan9"),
    ("defaultUser", "glenda"),
];

/// Makes an answer strange, if that is the fault.
pub(crate) fn apply(fault: &Fault, body: &mut Value) {
    match fault {
        Fault::UnknownValues => each_entry(body, |entry| {
            for (name, word) in UNKNOWN {
                if let Some(value) = entry.get_mut(name).filter(|value| value.is_string()) {
                    *value = json!(word);
                }
            }
        }),
        Fault::Nulls => each_entry(body, |entry| {
            for name in NULL {
                if let Some(value) = entry.get_mut(name) {
                    *value = Value::Null;
                }
            }
            if let Some(fields) = entry.as_object_mut() {
                fields.retain(|name, _| !ABSENT.contains(&name.as_str()));
            }
        }),
        Fault::OtherTimes => each_entry(body, other_times),
        Fault::Pages(strange) => pages(*strange, body),
        _ => {}
    }
}

fn each_entry(body: &mut Value, change: impl Fn(&mut Value)) {
    for entry in body["data"].as_array_mut().into_iter().flatten() {
        change(entry);
    }
}

/// Writes `2026-05-15T10:07:51.000Z` as `2026-05-15 10:07:51+00:00`, however deep it lies.
fn other_times(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(other_times),
        Value::Array(values) => values.iter_mut().for_each(other_times),
        Value::String(text) => {
            let pieces = text.strip_suffix('Z').and_then(|text| text.split_once('T'));
            let time = pieces.and_then(|(date, time)| Some((date, time.split_once('.')?.0)));
            if let Some((date, time)) = time.filter(|(date, time)| date.len() == 10 && time.len() == 8) {
                *text = format!("{date} {time}+00:00");
            }
        }
        _ => {}
    }
}

fn pages(strange: StrangePages, body: &mut Value) {
    if strange == StrangePages::Absent {
        if let Some(fields) = body.as_object_mut() {
            fields.remove("_pagination");
        }
        return;
    }
    if strange == StrangePages::Shifted {
        if let Some(entries) = body["data"].as_array_mut()
            && let Some(first) = entries.first().cloned()
        {
            entries.push(first);
        }
        return;
    }
    let Some(pagination) = body.get_mut("_pagination") else {
        return;
    };
    let number = |name: &str| pagination[name].as_u64().unwrap_or(1);
    let total = match strange {
        StrangePages::Endless => number("page") + 1,
        StrangePages::TooMany => number("totalPages") + number("totalPages").div_ceil(2),
        _ => 0,
    };
    pagination["totalPages"] = json!(total);
}
