//! Public keys and passwords as staff type them, and the fingerprint by which a key is known.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use super::Reason;
use crate::domain::typed::{BadText, Rejected, Typed};

/// The kinds of keys that sshd of today takes.
const KINDS: [&str; 7] = [
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// Characters of a key: those of the longest RSA key that is of use are fewer.
const MOST: usize = 16_000;

/// A public key from the field `key`, in one line as it is typed.
///
/// # Errors
/// What is wrong with it.
pub fn public_key(typed: &Typed) -> Result<String, Rejected<Reason>> {
    read(typed.get("key")).map_err(|reason| Rejected::one("key", reason))
}

fn read(typed: &str) -> Result<String, Reason> {
    if typed.is_empty() {
        return Err(BadText::Missing.into());
    }
    if typed.contains("PRIVATE KEY") {
        return Err(Reason::PrivateKey);
    }
    if typed.len() > MOST || typed.chars().any(char::is_control) {
        return Err(Reason::NotAKey);
    }
    match blob(typed) {
        Some(_) => Ok(typed.to_owned()),
        None => Err(Reason::NotAKey),
    }
}

/// What is in the key: it names its own kind first.
fn blob(key: &str) -> Option<Vec<u8>> {
    let mut words = key.split_ascii_whitespace();
    let kind = words.next().filter(|kind| KINDS.contains(kind))?;
    let blob = STANDARD.decode(words.next()?).ok()?;
    let length = u32::from_be_bytes(blob.first_chunk::<4>().copied()?);
    let (named, rest) = blob.get(4..)?.split_at_checked(usize::try_from(length).ok()?)?;
    (named == kind.as_bytes() && rest.len() >= 32).then_some(blob)
}

/// The fingerprint of a public key, as `ssh-keygen -l` shows it; none of what is no key.
#[must_use]
pub fn fingerprint(key: &str) -> Option<String> {
    let digest = Sha256::digest(blob(key.trim())?);
    Some(format!("SHA256:{}", STANDARD_NO_PAD.encode(digest)))
}

/// A password from the field `secret`, that Contabo takes.
///
/// # Errors
/// What is wrong with it.
pub fn password(typed: &Typed) -> Result<SecretString, Rejected<Reason>> {
    let password = typed.exactly("secret");
    let checked = match password {
        "" => Err(BadText::Missing.into()),
        _ if password.chars().any(char::is_control) => Err(BadText::Unprintable.into()),
        _ => contabo::secrets::check_password(password).map_err(Reason::Weak),
    };
    checked
        .map(|()| SecretString::from(password))
        .map_err(|reason| Rejected::one("secret", reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test; its private half was thrown away.
    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f alice@north.test";

    #[test]
    fn a_key_is_known_by_the_digest_of_what_is_in_it() {
        assert_eq!(read(KEY).as_deref(), Ok(KEY));
        let print = fingerprint(KEY).unwrap();
        assert!(
            print.starts_with("SHA256:") && print.len() == 50 && !print.ends_with('='),
            "{print}"
        );
        // Whoever it belongs to is no part of it.
        let (bare, _) = KEY.rsplit_once(' ').unwrap();
        assert_eq!(fingerprint(bare), Some(print));
    }

    #[test]
    fn what_is_no_public_key_is_refused_and_a_private_one_by_name() {
        let begun = &KEY[..40];
        for bad in [
            "ssh-ed25519",
            "ssh-dss AAAAB3NzaC1kc3M=",
            "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAB",
            begun,
            "a b",
        ] {
            assert_eq!(read(bad), Err(Reason::NotAKey), "{bad}");
        }
        assert_eq!(read(&format!("{KEY}\n{KEY}")), Err(Reason::NotAKey));
        let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn";
        assert_eq!(read(private), Err(Reason::PrivateKey));
        assert_eq!(read(""), Err(Reason::Text(BadText::Missing)));
    }

    #[test]
    fn a_password_is_one_that_contabo_takes_spaces_and_all() {
        let read = |password: &str| password_of(password).map(|_| ());
        assert_eq!(read(" Abc12!? "), Ok(()));
        assert!(matches!(read("abc").unwrap_err(), Reason::Weak(_)));
        assert_eq!(read(""), Err(Reason::Text(BadText::Missing)));
    }

    fn password_of(typed: &str) -> Result<SecretString, Reason> {
        let typed = Typed::new([("secret".to_owned(), typed.to_owned())]);
        password(&typed).map_err(|wrong| wrong.0[0].1)
    }
}
