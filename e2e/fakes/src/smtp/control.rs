//! Switches as words, for the binary's control lines and for journeys in other languages.
//!
//! | words | effect |
//! | --- | --- |
//! | `greylist on\|off` | refuses each recipient's first mail with 450 |
//! | `refuse ADDRESS` | refuses this recipient with 550 |
//! | `drop-after-data N` | takes `N` mails without saying so, and ends the connection |
//! | `slow SECONDS\|off` | answers each line late |
//! | `close on\|off` | closes connections as soon as they are opened |
//! | `clear` | takes back every switch |
//! | `count` | says how many mails were taken |
//! | `wait N` | waits until so many were taken |
//! | `mail N` | gives mail `N`, the first being 0, as JSON on one line |

use std::time::Duration;

use super::{Mail, MailServer};

/// Obeys one control line and gives what it asked for, mostly nothing. The error is a sentence for whoever wrote the
/// line.
pub async fn apply(server: &MailServer, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["greylist", word] => server.greylist(switch(word)?),
        ["refuse", address] => server.refuse(address),
        ["drop-after-data", times] => server.drop_after_data(number(times)?),
        ["slow", "off"] => server.slow(None),
        ["slow", seconds] => server.slow(Some(Duration::from_secs(number(seconds)?))),
        ["close", word] => server.close_at_once(switch(word)?),
        ["clear"] => server.clear(),
        ["count"] => return Ok(server.mails().len().to_string()),
        ["wait", mails] => server.wait_for(number(mails)?).await,
        ["mail", at] => {
            let mails = server.mails();
            let mail = mails.get(number::<usize>(at)?);
            return mail.map(json).ok_or_else(|| format!("no mail {at}; the first is 0"));
        }
        _ => return Err(format!("not understood: {line}")),
    }
    Ok(String::new())
}

fn json(mail: &Mail) -> String {
    serde_json::json!({
        "from": mail.from,
        "to": mail.to,
        "subject": mail.header("Subject"),
        "messageId": mail.header("Message-ID"),
        "text": mail.text("text/plain"),
        "html": mail.text("text/html"),
        "files": mail.parts().into_iter().filter_map(|part| part.file).collect::<Vec<_>>(),
    })
    .to_string()
}

fn switch(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("on or off, not {word}")),
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("not a number: {word}"))
}
