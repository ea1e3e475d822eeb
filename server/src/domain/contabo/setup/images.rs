//! An own image as staff type it: where Contabo shall fetch it, and what it is.

use contabo::Url;

use super::{Reason, naming};
use crate::domain::typed::{Checks, Rejected, Typed, line};

/// The name of something, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    pub name: String,
    pub description: String,
}

/// An image to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImage {
    pub naming: Naming,
    pub url: String,
    /// `Linux` or `Windows`.
    pub os_type: String,
    pub version: String,
}

/// From the fields `url`, `name`, `description`, `os_type` and `version`.
///
/// # Errors
/// A rejection by field.
pub fn new_image(typed: &Typed) -> Result<NewImage, Rejected<Reason>> {
    let mut checks = Checks::default();
    let url = checks.keep("url", address(typed.get("url")));
    let os_type = ["Linux", "Windows"]
        .into_iter()
        .find(|word| *word == typed.get("os_type"));
    let os_type = checks.keep("os_type", os_type.ok_or(Reason::NotAChoice));
    let version = checks.keep("version", line(typed.get("version"), 50));
    let rest = match (url, os_type, version) {
        (Some(url), Some(os_type), Some(version)) => Ok((url, os_type.to_owned(), version)),
        _ => Err(checks.rejected()),
    };
    let (naming, (url, os_type, version)) = Rejected::both(naming(typed), rest)?;
    Ok(NewImage {
        naming,
        url,
        os_type,
        version,
    })
}

fn address(typed: &str) -> Result<String, Reason> {
    let typed = line(typed, 2_000)?;
    let url = Url::parse(&typed).map_err(|_| Reason::NotAnAddress)?;
    let is_open = url.username().is_empty() && url.password().is_none();
    if !matches!(url.scheme(), "https" | "http") || url.host_str().is_none() || !is_open {
        return Err(Reason::NotAnAddress);
    }
    let file = url.path().to_ascii_lowercase();
    match file.ends_with(".iso") || file.ends_with(".qcow2") {
        true => Ok(url.to_string()),
        false => Err(Reason::NotAnImageFile),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file_that_contabo_takes_and_holds_no_password() {
        for good in [
            "https://example.net/a.qcow2",
            "http://192.0.2.1:8080/x/B.ISO",
            "https://example.net/a.iso?key=1",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ftp://example.net/a.iso",
            "example.net/a.iso",
            "https://me:pw@example.net/a.iso",
        ] {
            assert!(!matches!(address(bad), Ok(_) | Err(Reason::NotAnImageFile)), "{bad}");
        }
        assert_eq!(address("https://example.net/a.img"), Err(Reason::NotAnImageFile));
        assert_eq!(address("https://example.net/?a.iso"), Err(Reason::NotAnImageFile));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong = new_image(&Typed::new([("os_type".to_owned(), "BeOS".to_owned())])).unwrap_err();
        let fields: Vec<_> = wrong.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "url", "os_type", "version"]);
    }
}
