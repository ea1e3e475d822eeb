//! A tag as staff type it.

use super::{Naming, Reason, naming};
use crate::domain::typed::{Rejected, Typed};

/// A tag to be made, or to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub naming: Naming,
    /// As `#0A78C3`.
    pub color: String,
}

/// From the fields `name`, `description` and `color`.
///
/// # Errors
/// A rejection by field.
pub fn tag(typed: &Typed) -> Result<Tag, Rejected<Reason>> {
    let color = color(typed.get("color")).map_err(|reason| Rejected::one("color", reason));
    let (naming, color) = Rejected::both(naming(typed), color)?;
    Ok(Tag { naming, color })
}

fn color(typed: &str) -> Result<String, Reason> {
    let digits = typed.strip_prefix('#').ok_or(Reason::NotAColor)?;
    let fits = matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit());
    match fits {
        true => Ok(typed.to_ascii_uppercase()),
        false => Err(Reason::NotAColor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_three_or_six_digits_and_nothing_else() {
        assert_eq!(color("#0a78c3").as_deref(), Ok("#0A78C3"));
        assert_eq!(color("#abc").as_deref(), Ok("#ABC"));
        for bad in ["", "blue", "#12345", "#12345g", "#1234567", "0A78C3", "#é"] {
            assert_eq!(color(bad), Err(Reason::NotAColor), "{bad}");
        }
    }
}
