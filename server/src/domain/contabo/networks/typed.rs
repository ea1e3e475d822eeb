//! A private network as staff type it.

use crate::domain::typed::{BadText, Checks, Rejected, Typed, line, optional_line};

/// What may be wrong with what was typed about networks, firewalls and names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Text(BadText),
    /// Letters, digits, colons, dashes and underscores alone.
    NotANetworkName,
    /// None of what there is to choose from.
    NotAChoice,
    /// Another of the account is called so.
    Taken,
    /// A rule's port: a number of 1 to 65535, or two of them with a dash between.
    NotAPort,
    /// More than a rule can have.
    TooManyPorts,
    /// ICMP has none.
    NoPortsHere,
    /// No network and no word for all of them.
    NotASource,
    /// A rule that lets nobody in.
    NoSource,
    /// A name of the domain system: labels of letters, digits and hyphens with dots between.
    NotADomain,
    /// Not what such a record says.
    NotItsData,
    /// Below what Contabo takes, or above what a record can have.
    NotATtl,
    /// Not a whole number of 0 to 65535.
    NotANumber,
}

impl From<BadText> for Reason {
    fn from(bad: BadText) -> Self {
        Self::Text(bad)
    }
}

/// A network to be made, or named anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    pub name: String,
    pub description: String,
}

/// From the fields `name` and `description`.
///
/// # Errors
/// A rejection by field.
pub fn network(typed: &Typed) -> Result<Network, Rejected<Reason>> {
    let mut checks = Checks::default();
    let fits = |c: char| c.is_ascii_alphanumeric() || ":-_".contains(c);
    let name = line(typed.get("name"), 255).map_err(Reason::Text);
    let name = name.and_then(|name| match name.chars().all(fits) {
        true => Ok(name),
        false => Err(Reason::NotANetworkName),
    });
    let name = checks.keep("name", name);
    let description = checks.keep("description", optional_line(typed.get("description"), 255));
    match (name, description) {
        (Some(name), Some(description)) => Ok(Network {
            name,
            description: description.unwrap_or_default(),
        }),
        _ => Err(checks.rejected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_networks_name_is_what_contabo_takes() {
        let read = |name: &str| network(&Typed::new([("name".to_owned(), name.to_owned())]));
        assert_eq!(read(" back-end_2:a ").unwrap().name, "back-end_2:a");
        assert_eq!(
            read("back end").unwrap_err(),
            Rejected::one("name", Reason::NotANetworkName)
        );
        assert_eq!(
            read("").unwrap_err(),
            Rejected::one("name", Reason::Text(BadText::Missing))
        );
    }
}
