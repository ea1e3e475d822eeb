//! What every `print` has in common: choosing rows, then properties.

use crate::router::query;
use crate::router::reply::{End, Reply, Row, Trap};
use crate::router::request::Request;
use crate::router::spec::Version;

const ARGUMENTS: [&str; 6] = [".proplist", ".id", "count-only", "stats", "detail", "without-paging"];

/// Answers `print` from all rows of a table.
pub(crate) fn print(rows: Vec<Row>, request: &Request, version: Version) -> Result<Reply, Trap> {
    request.accepts(&ARGUMENTS)?;
    let mut rows = rows;
    if request.has(".id") {
        let wanted = request.list(".id");
        let known = |id: &String| rows.iter().any(|row| is(row, id));
        if !wanted.iter().all(known) {
            return Err(Trap::missing("no such item"));
        }
        rows.retain(|row| wanted.iter().any(|id| is(row, id)));
    }
    rows.retain(|row| query::matches(&request.queries, row));
    if request.has("count-only") {
        let count = rows.len().to_string().into_bytes();
        return Ok(Reply::end(End::Return(count)));
    }
    let proplist = proplist(request);
    for row in &mut rows {
        row.keep(proplist.as_deref());
    }
    let end = match rows.is_empty() && version.says_empty() {
        true => End::Empty,
        false => End::Done,
    };
    Ok(Reply { rows, end })
}

/// The wanted properties; `None` for all.
pub(crate) fn proplist(request: &Request) -> Option<Vec<String>> {
    request
        .has(".proplist")
        .then(|| request.list(".proplist"))
        .filter(|list| !list.is_empty())
}

fn is(row: &Row, id: &str) -> bool {
    row.value(".id") == Some(id.as_bytes())
}
