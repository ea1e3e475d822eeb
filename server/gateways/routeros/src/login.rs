//! Signing in: the login of RouterOS 6.43 and later, and the challenge of the versions before it.
//!
//! It runs before the connection's task starts, one sentence at a time and without tags: routers limit
//! what may be sent before the login.

use crate::codec::Sentence;
use crate::options::Login;
use crate::reader::Reader;
use crate::reply::{self, Word};
use crate::target::BoxStream;
use crate::{Command, Error};
use md5::{Digest, Md5};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncWriteExt, WriteHalf};

/// Who signs in. `Debug` does not show the password.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub user: String,
    pub password: SecretString,
}

impl Credentials {
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            password: SecretString::from(password.into()),
        }
    }
}

/// Signs in. The caller limits its time.
pub(crate) async fn login(
    reader: &mut Reader,
    writer: &mut WriteHalf<BoxStream>,
    credentials: &Credentials,
    allowed: Login,
) -> Result<(), Error> {
    let password = credentials.password.expose_secret();
    // Routers before 6.43 ignore the attributes and answer with a challenge.
    let command = Command::new("/login")
        .with("name", &credentials.user)
        .with("password", password);
    let Some(challenge) = ask(reader, writer, command).await? else {
        return Ok(());
    };
    if allowed == Login::RefuseChallenge {
        return Err(Error::ChallengeForbidden);
    }
    let response = answer(password.as_bytes(), &challenge)
        .ok_or_else(|| Error::malformed("the login's challenge is not hexadecimal"))?;
    let command = Command::new("/login")
        .with("name", &credentials.user)
        .with("response", response);
    match ask(reader, writer, command).await? {
        None => Ok(()),
        Some(_) => Err(Error::malformed("the login was answered by a second challenge")),
    }
}

/// Sends one sentence and answers with `=ret=` of its `!done`.
async fn ask(
    reader: &mut Reader,
    writer: &mut WriteHalf<BoxStream>,
    command: Command,
) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
    command.encode(None, &mut bytes);
    let sent = async {
        writer.write_all(&bytes).await?;
        writer.flush().await
    };
    sent.await.map_err(|error| closed(&error.to_string()))?;

    let mut refused = None;
    loop {
        let sentence: Sentence = match reader.next().await {
            Err(Error::Lost { detail }) => return Err(refused.unwrap_or_else(|| closed(&detail))),
            other => other?,
        };
        match reply::parse(sentence)?.0 {
            Word::Done { ret } => return refused.map_or(Ok(ret), Err),
            Word::Trap(Error::Trap { message, .. }) => {
                refused = Some(Error::LoginRefused { message });
            }
            Word::Trap(error) | Word::Fatal(error) => return Err(error),
            Word::Row(_) | Word::Other => {}
        }
    }
}

fn closed(detail: &str) -> Error {
    Error::lost(format!(
        "{detail} before the login was answered. The router has no free API session (max-sessions), \
         its service does not allow our address, or the port and the TLS setting do not belong \
         together (api is 8728, api-ssl is 8729)"
    ))
}

/// `00` and the hexadecimal MD5 of a zero byte, the password and the challenge's bytes.
fn answer(password: &[u8], challenge: &[u8]) -> Option<String> {
    let challenge = std::str::from_utf8(challenge).ok()?;
    if challenge.is_empty() || challenge.len() % 2 != 0 {
        return None;
    }
    // `from_str_radix` would take a sign.
    if !challenge.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let bytes = (0..challenge.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&challenge[at..at + 2], 16).ok())
        .collect::<Option<Vec<u8>>>()?;
    let digest = Md5::new()
        .chain_update([0])
        .chain_update(password)
        .chain_update(bytes)
        .finalize();
    let hex = digest.iter().map(|byte| format!("{byte:02x}"));
    Some(std::iter::once("00".to_owned()).chain(hex).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_answered_as_the_manual_does() {
        let answered = answer(b"", b"93b438ec9b80057c06dd9fe67d56aa9a");
        assert_eq!(answered.as_deref(), Some("00e134102a9d330dd7b1849fedfea3cb57"));
    }

    #[test]
    fn the_password_is_part_of_the_answer() {
        let answered = answer(b"passTest", b"abc123");
        assert_eq!(answered.as_deref(), Some("0021277bff9ac7caf06aa608e46616d47f"));
    }

    #[test]
    fn a_challenge_that_is_not_hexadecimal_is_refused() {
        for challenge in ["", "abc", "zz", "+1", "é1", "\u{e9}"] {
            assert_eq!(answer(b"", challenge.as_bytes()), None, "{challenge}");
        }
    }

    #[test]
    fn the_password_is_not_in_any_debug_text() {
        let credentials = Credentials::new("alice", "a secret");
        assert!(!format!("{credentials:?}").contains("a secret"));
        let command = Command::new("/login").with("password", "a secret");
        assert!(!format!("{command:?}").contains("a secret"));
    }
}
