//! Passwords that staff hand to somebody, to be changed at the first sign-in.

/// Letters and digits that are not taken for each other when read aloud or from paper. There are 32, so that five
/// random bits choose one without favour.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";

const GROUPS: usize = 4;
const GROUP: usize = 5;

/// A password of 100 random bits in groups that can be read over the telephone: `k7mwp-3xqzt-9bhrd-vn4cy`.
///
/// # Errors
/// When the system gives no randomness.
pub fn first_password() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; GROUPS * GROUP];
    getrandom::fill(&mut bytes)?;
    Ok(spelt(bytes))
}

fn spelt(bytes: [u8; GROUPS * GROUP]) -> String {
    let mut password = String::with_capacity(bytes.len() + GROUPS - 1);
    for (at, byte) in bytes.into_iter().enumerate() {
        if at > 0 && at % GROUP == 0 {
            password.push('-');
        }
        password.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    password
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_byte_becomes_one_of_32_different_signs() {
        assert_eq!(ALPHABET.iter().collect::<HashSet<_>>().len(), 32);
        assert!(!ALPHABET.iter().any(|sign| b"1loi".contains(sign)));
        let password = spelt([31; 20]);
        assert_eq!(password, "00000-00000-00000-00000");
    }

    #[test]
    fn no_two_are_the_same() {
        assert_ne!(first_password().unwrap(), first_password().unwrap());
    }
}
