//! Which passwords Contabo takes, so that one that it would refuse is refused before it is sent.

/// What a password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    #[error("the password needs at least 8 characters")]
    TooShort,
    #[error("the password needs an upper case letter from A to Z")]
    NoUpperCase,
    #[error("the password needs a lower case letter from a to z")]
    NoLowerCase,
    #[error("the password needs a digit and two of !@#$^&*?_~, or three digits and one of these")]
    TooFewDigitsAndSigns,
}

/// The signs that count.
const SIGNS: &str = "!@#$^&*?_~";

/// Whether Contabo takes the password for an instance: at least 8 characters, an upper and a lower case
/// letter, and either one digit with two signs or three digits with one.
///
/// Other characters are allowed and count for nothing but the length.
///
/// # Errors
///
/// The first thing that it lacks.
pub fn check_password(password: &str) -> Result<(), WeakPassword> {
    let count = |test: fn(char) -> bool| password.chars().filter(|letter| test(*letter)).count();
    if count(|_| true) < 8 {
        return Err(WeakPassword::TooShort);
    }
    if count(|letter| letter.is_ascii_uppercase()) == 0 {
        return Err(WeakPassword::NoUpperCase);
    }
    if count(|letter| letter.is_ascii_lowercase()) == 0 {
        return Err(WeakPassword::NoLowerCase);
    }
    let digits = count(|letter| letter.is_ascii_digit());
    let signs = count(|letter| SIGNS.contains(letter));
    if (digits >= 1 && signs >= 2) || (digits >= 3 && signs >= 1) {
        Ok(())
    } else {
        Err(WeakPassword::TooFewDigitsAndSigns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rule_is_kept() {
        for good in ["Abcdef1!?", "Abcd123!", "aB1!!aaa", "Zz999~zz", "Äb!Cde?9ü", "1!?Aaaaa"] {
            assert_eq!(check_password(good), Ok(()), "{good}");
        }
        for (bad, reason) in [
            ("", WeakPassword::TooShort),
            ("Ab1!?xy", WeakPassword::TooShort),
            ("abcdef1!?", WeakPassword::NoUpperCase),
            ("Äbcdef1!?", WeakPassword::NoUpperCase),
            ("ABCDEF1!?", WeakPassword::NoLowerCase),
            ("Abcdefg1!", WeakPassword::TooFewDigitsAndSigns),
            ("Abcdef12!", WeakPassword::TooFewDigitsAndSigns),
            ("Abcdef!?!", WeakPassword::TooFewDigitsAndSigns),
            ("Abcdef1234", WeakPassword::TooFewDigitsAndSigns),
            ("Abcdef1+-", WeakPassword::TooFewDigitsAndSigns),
            ("Abcdef1٣٣!", WeakPassword::TooFewDigitsAndSigns),
        ] {
            assert_eq!(check_password(bad), Err(reason), "{bad}");
        }
        // Eight characters, not eight bytes.
        assert_eq!(check_password("Aä1!?öü"), Err(WeakPassword::TooShort));
    }

    proptest! {
        #[test]
        fn more_never_makes_it_weaker(password in ".*", more in ".*") {
            if check_password(&password).is_ok() {
                let longer = password + &more;
                prop_assert!(check_password(&longer).is_ok());
            }
        }
    }
}
