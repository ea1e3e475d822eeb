//! Passwords for systems: made here, told Contabo as a secret, shown once to whoever asked.

use secrecy::{ExposeSecret, SecretString};

/// Letters and digits that nobody mixes up, and signs that Contabo takes. The number of each divides 256, so that a
/// byte's remainder favours none.
const LOWER: &[u8; 16] = b"abcdefghkmnpqrst";
const UPPER: &[u8; 16] = b"ABCDEFGHKMNPQRST";
const DIGITS: &[u8; 8] = b"23456789";
const SIGNS: &[u8; 4] = b"!#*?";

/// Which kind each place is of: three groups joined by signs, which can be read aloud, with 103 bits of chance.
const PATTERN: &[u8; 28] = b"uldulldlusludlluldlusluldllu";

/// A password that Contabo takes: both cases, digits, two signs.
///
/// # Errors
/// When the system gives no randomness.
pub fn generate() -> Result<SecretString, getrandom::Error> {
    let mut bytes = [0_u8; PATTERN.len()];
    getrandom::fill(&mut bytes)?;
    let signs = PATTERN.iter().zip(bytes).map(|(kind, byte)| {
        let from: &[u8] = match kind {
            b'l' => LOWER,
            b'u' => UPPER,
            b'd' => DIGITS,
            _ => SIGNS,
        };
        char::from(from[usize::from(byte) % from.len()])
    });
    Ok(SecretString::from(signs.collect::<String>()))
}

/// What an action made for whoever asked for it: the system's password, and those that went into cloud-init's text.
#[derive(Clone, Debug, Default)]
pub struct Passwords {
    /// None: whoever signs in has a key.
    pub of_system: Option<SecretString>,
    /// By what the form called them.
    pub others: Vec<(String, SecretString)>,
}

impl Passwords {
    /// Whether there is nothing to keep.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.of_system.is_none() && self.others.is_empty()
    }

    /// As one text, to be sealed: the system's on the first line, each other with its name on one of its own.
    #[must_use]
    pub fn to_text(&self) -> SecretString {
        let of_system = self.of_system.as_ref().map(ExposeSecret::expose_secret);
        let mut text = of_system.unwrap_or_default().to_owned();
        for (name, password) in &self.others {
            text.push('\n');
            text.push_str(&name.replace(['\n', '\t'], " "));
            text.push('\t');
            text.push_str(password.expose_secret());
        }
        SecretString::from(text)
    }

    /// From such a text.
    #[must_use]
    pub fn of_text(text: &SecretString) -> Self {
        let mut lines = text.expose_secret().split('\n');
        let of_system = lines.next().filter(|line| !line.is_empty()).map(SecretString::from);
        let others = lines.filter_map(|line| {
            let (name, password) = line.split_once('\t')?;
            Some((name.to_owned(), SecretString::from(password)))
        });
        Self {
            of_system,
            others: others.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_read_from_the_text_that_is_kept() {
        let secret = |text: &str| SecretString::from(text);
        let others = vec![
            ("Panel\tadmin".to_owned(), secret("a b")),
            ("n8n".to_owned(), secret("c")),
        ];
        let all = Passwords {
            of_system: Some(secret("root#1")),
            others,
        };
        let read = Passwords::of_text(&all.to_text());
        assert_eq!(read.of_system.unwrap().expose_secret(), "root#1");
        let others: Vec<_> = read
            .others
            .iter()
            .map(|(name, one)| (name.as_str(), one.expose_secret()))
            .collect();
        assert_eq!(others, [("Panel admin", "a b"), ("n8n", "c")]);
        assert!(Passwords::of_text(&secret("alone")).others.is_empty());
    }

    use super::*;

    #[test]
    fn it_is_what_contabo_takes_and_never_the_same() {
        let one = generate().unwrap();
        let text = one.expose_secret();
        let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
        assert_eq!(text.len(), PATTERN.len());
        assert!(count(char::is_ascii_lowercase) > 1 && count(char::is_ascii_uppercase) > 1);
        assert!(count(char::is_ascii_digit) >= 1 && count(|c| "!@#$^&*?_~".contains(*c)) == 2);
        assert_ne!(text, generate().unwrap().expose_secret());
    }
}
