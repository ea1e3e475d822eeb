//! What differs between two versions of a text, line by line.

/// More lines than these on both sides are compared as they stand, without looking for what moved.
const MOST_CELLS: usize = 4_000_000;

/// A line of the one, the other, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Same(String),
    Gone(String),
    New(String),
}

/// From `old` to `new`.
#[must_use]
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let common = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let (head, old) = old.split_at(common);
    let new = new.get(common..).unwrap_or_default();
    let common = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (old, tail) = old.split_at(old.len() - common);
    let new = new.get(..new.len() - common).unwrap_or_default();
    let same = |line: &&str| Line::Same((*line).to_owned());
    let mut all: Vec<Line> = head.iter().map(same).collect();
    all.extend(middle(old, new));
    all.extend(tail.iter().map(same));
    all
}

/// By the longest lines that both have in the same order.
fn middle(old: &[&str], new: &[&str]) -> Vec<Line> {
    let width = new.len() + 1;
    let gone = |line: &&str| Line::Gone((*line).to_owned());
    let added = |line: &&str| Line::New((*line).to_owned());
    if old.len().saturating_mul(new.len()) > MOST_CELLS {
        return old.iter().map(gone).chain(new.iter().map(added)).collect();
    }
    // How many lines both have from each place on.
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    let cell = |row: usize, column: usize| row * width + column;
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let at = |row, column| longest.get(cell(row, column)).copied().unwrap_or_default();
            let value = match one == other {
                true => at(row + 1, column + 1) + 1,
                false => at(row + 1, column).max(at(row, column + 1)),
            };
            if let Some(here) = longest.get_mut(cell(row, column)) {
                *here = value;
            }
        }
    }
    let at = |row, column| longest.get(cell(row, column)).copied().unwrap_or_default();
    let (mut row, mut column, mut all) = (0, 0, Vec::new());
    loop {
        match (old.get(row), new.get(column)) {
            (Some(one), Some(other)) if one == other => {
                all.push(Line::Same((*one).to_owned()));
                (row, column) = (row + 1, column + 1);
            }
            (Some(one), other) if other.is_none() || at(row + 1, column) >= at(row, column + 1) => {
                all.push(gone(one));
                row += 1;
            }
            (_, Some(other)) => {
                all.push(added(other));
                column += 1;
            }
            (Some(_), None) | (None, None) => return all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(old: &str, new: &str) -> String {
        let line = |line: &Line| match line {
            Line::Same(text) => format!(" {text}"),
            Line::Gone(text) => format!("-{text}"),
            Line::New(text) => format!("+{text}"),
        };
        lines(old, new).iter().map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_are_the_same_gone_or_new() {
        assert_eq!(short("a\nb\nc\n", "a\nx\nc\n"), " a|-b|+x| c");
        assert_eq!(short("", "a\n"), "+a");
        assert_eq!(short("a\nb\n", ""), "-a|-b");
        assert_eq!(short("a\nb\nc\nd\n", "b\nc\ne\nd\n"), "-a| b| c|+e| d");
        assert_eq!(short("a\n", "a\n"), " a");
    }
}
