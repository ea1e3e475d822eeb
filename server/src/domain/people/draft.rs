//! Somebody new, as typed by whoever gives them a way in.

use crate::domain::typed::{BadText, Checks, Rejected, line};

/// The longest mail address (RFC 5321, 4.5.3.1.3 without its brackets).
const LONGEST_MAIL: usize = 254;

/// What may be wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The text itself.
    #[error(transparent)]
    Text(#[from] BadText),
    /// Not a mail address.
    #[error("not a mail address")]
    NotAMail,
}

/// Somebody as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub mail: String,
    pub name: String,
}

impl Draft {
    /// Mail address, in lower case, and name.
    ///
    /// # Errors
    /// What can't be taken, by field: `mail`, `name`.
    pub fn check(&self) -> Result<(String, String), Rejected<Reason>> {
        let mut checks = Checks::default();
        let mail = checks.keep("mail", mail(&self.mail));
        let name = checks.keep("name", line(&self.name, 120));
        mail.zip(name).ok_or_else(|| checks.rejected())
    }
}

/// Only what no address can be is refused: whether one works is known when mail arrives.
fn mail(typed: &str) -> Result<String, Reason> {
    let mail = line(typed, LONGEST_MAIL)?.to_lowercase();
    let fits = mail.split_once('@').is_some_and(|(user, host)| {
        let host_fits = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@');
        !user.is_empty() && host_fits && !mail.contains(char::is_whitespace)
    });
    if fits { Ok(mail) } else { Err(Reason::NotAMail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_is_lower_case_and_has_a_user_and_a_host() {
        assert_eq!(mail(" Alice@Example.NET "), Ok("alice@example.net".to_owned()));
        for wrong in [
            "alice",
            "@example.net",
            "alice@",
            "alice@net",
            "a b@example.net",
            "a@b@example.net",
            "a@.net",
        ] {
            assert_eq!(mail(wrong), Err(Reason::NotAMail), "{wrong}");
        }
    }
}
