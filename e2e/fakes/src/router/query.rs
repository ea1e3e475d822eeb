//! The query words of `print`: a small stack machine over the properties of a row.

use super::reply::Row;

/// Whether a row passes the query words (each with its leading `?`). As the documentation has
/// it, a row passes when no `false` is left on the stack.
pub(crate) fn matches(queries: &[Vec<u8>], row: &Row) -> bool {
    let mut stack = Vec::new();
    for word in queries {
        let word = word.strip_prefix(b"?").unwrap_or(word);
        match word.first() {
            Some(b'#') => operate(&word[1..], &mut stack),
            Some(b'-') => stack.push(value(row, &word[1..]).is_none()),
            Some(b'<') => stack.push(compare(row, &word[1..], |order| order.is_lt())),
            Some(b'>') => stack.push(compare(row, &word[1..], |order| order.is_gt())),
            Some(b'=') => stack.push(compare(row, &word[1..], |order| order.is_eq())),
            _ => stack.push(compare(row, word, |order| order.is_eq())),
        }
    }
    !stack.contains(&false)
}

fn value<'a>(row: &'a Row, name: &[u8]) -> Option<&'a [u8]> {
    row.value(std::str::from_utf8(name).ok()?)
}

/// `name=value`, or only `name`, which asks whether the row has the property at all.
fn compare(row: &Row, word: &[u8], test: fn(std::cmp::Ordering) -> bool) -> bool {
    let Some(split) = word.iter().position(|byte| *byte == b'=') else {
        return value(row, word).is_some();
    };
    let wanted = &word[split + 1..];
    let Some(found) = value(row, &word[..split]) else {
        return false;
    };
    let number = |bytes: &[u8]| std::str::from_utf8(bytes).ok()?.parse::<i128>().ok();
    test(match (number(found), number(wanted)) {
        (Some(found), Some(wanted)) => found.cmp(&wanted),
        _ => found.cmp(wanted),
    })
}

/// The operations after `?#`: `!`, `&`, `|`, `.` and stack indexes.
fn operate(operations: &[u8], stack: &mut Vec<bool>) {
    let mut at = 0;
    while at < operations.len() {
        match operations[at] {
            b'!' => {
                if let Some(top) = stack.last_mut() {
                    *top = !*top;
                }
            }
            both @ (b'&' | b'|') => {
                if let (Some(b), Some(a)) = (stack.pop(), stack.pop()) {
                    stack.push(if both == b'&' { a && b } else { a || b });
                }
            }
            b'.' => {
                if let Some(top) = stack.last().copied() {
                    stack.push(top);
                }
            }
            digit if digit.is_ascii_digit() => {
                let digits = operations[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let index = std::str::from_utf8(&operations[at..at + digits]).ok();
                let index = index.and_then(|text| text.parse::<usize>().ok());
                let found = index
                    .and_then(|index| stack.len().checked_sub(index + 1))
                    .and_then(|place| stack.get(place).copied());
                at += digits;
                if let Some(found) = found {
                    if at == operations.len() {
                        stack.clear();
                    }
                    stack.push(found);
                }
                // A dot that ends an index is only its end.
                if operations.get(at) != Some(&b'.') {
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(words: &[&str]) -> bool {
        let mut row = Row::default();
        row.push("name", "ether1");
        row.push("type", "ether");
        row.push("mtu", "1500");
        let words: Vec<_> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
        matches(&words, &row)
    }

    #[test]
    fn words_compare_and_ask_for_presence() {
        assert!(passes(&[]));
        assert!(passes(&["?name=ether1"]));
        assert!(passes(&["?=name=ether1"]));
        assert!(!passes(&["?name=ether2"]));
        assert!(passes(&["?name"]));
        assert!(!passes(&["?comment"]));
        assert!(passes(&["?-comment"]));
        assert!(!passes(&["?comment=x"]));
    }

    #[test]
    fn numbers_compare_as_numbers() {
        assert!(passes(&["?>mtu=900"]));
        assert!(!passes(&["?<mtu=900"]));
        assert!(passes(&["?<mtu=1501"]));
    }

    #[test]
    fn operations_work_on_the_stack() {
        assert!(!passes(&["?type=vlan", "?type=ether"]));
        assert!(passes(&["?type=vlan", "?type=ether", "?#|"]));
        assert!(!passes(&["?type=vlan", "?type=ether", "?#&"]));
        assert!(passes(&["?type=vlan", "?#!"]));
        // vlan and ether is false; not that is true; nothing else is left.
        assert!(passes(&["?type=vlan", "?type=ether", "?#&!"]));
        assert!(passes(&["?type=vlan", "?type=ether", "?#0"]));
        assert!(!passes(&["?type=vlan", "?type=ether", "?#1"]));
    }

    #[test]
    fn broken_operations_do_no_harm() {
        passes(&["?#&|!.", "?#99999999999999999999", "?#7.", "?", "?#"]);
    }
}
