//! The lists of who changed what, newest first. A client finds here whether a request without an answer was done.

use serde_json::Value;

use super::call::{Call, Outcome, Refusal};
use super::clock_text::{self, DAY};
use super::list::{Page, orders, plain, sort};

/// All of them are alike; the path says which it is.
pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let page = Page::asked(&call.query)?;
    let orders = orders(&call.query)?;
    let day = |name: &str| match call.query.get(name).map(clock_text::read) {
        Some(None) => Err(Refusal::complaints(vec![format!("{name} must be a date")])),
        Some(read) => Ok(read),
        None => Ok(None),
    };
    let (from, until) = (day("startDate")?.map(clock_text::time), day("endDate")?);
    // The last day counts whole.
    let until = until.map(|until| clock_text::time(until + DAY));
    let others = call.query.0.iter().filter(|(name, value)| {
        !value.is_empty() && !["page", "size", "orderBy", "startDate", "endDate"].contains(&name.as_str())
    });
    let others: Vec<&(String, String)> = others.collect();
    let admits = |entry: &&Value| {
        let time = entry["timestamp"].as_str().unwrap_or_default();
        from.as_deref().is_none_or(|from| time >= from)
            && until.as_deref().is_none_or(|until| time < until)
            && others.iter().all(|(name, wanted)| match &entry[name.as_str()] {
                Value::Null => true,
                known => plain(known) == *wanted,
            })
    };
    let entries = call.account.audits.get(call.path).map_or(&[][..], Vec::as_slice);
    let chosen: Vec<&Value> = entries.iter().rev().filter(admits).collect();
    let total = chosen.len();
    if orders.is_empty() {
        let rows = chosen.into_iter().skip(page.start()).take(page.size).cloned().collect();
        return Ok(call.page(page, total, rows));
    }
    let mut rows: Vec<Value> = chosen.into_iter().cloned().collect();
    sort(&mut rows, &orders);
    let rows = rows.into_iter().skip(page.start()).take(page.size).collect();
    Ok(call.page(page, total, rows))
}

/// The one of these lists that comes without its pages.
pub(crate) fn list_without_pages(call: &mut Call<'_>) -> Outcome {
    let mut answer = list(call)?;
    if let Some(body) = answer.body.as_mut().and_then(Value::as_object_mut) {
        body.remove("_pagination");
    }
    Ok(answer)
}
