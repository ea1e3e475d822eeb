//! Passwords for systems: made here, told Contabo as a secret, shown once to whoever asked.

use secrecy::SecretString;

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

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

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
