//! A mail that was taken, read as a mail program reads it (RFC 5322, 2045, 2047): what tests ask of one, and no more.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A mail as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Of the envelope.
    pub from: String,
    /// Of the envelope.
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

/// A part of a mail that has no parts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As `text/plain`.
    pub content_type: String,
    /// The name under which it is offered, if it is a file.
    pub file: Option<String>,
    pub body: Vec<u8>,
}

impl Mail {
    /// A header, unfolded and decoded.
    pub fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.raw);
        header(&split(&text).0, name).map(|value| decode_words(&value))
    }

    /// How often a header is there.
    pub fn count(&self, name: &str) -> usize {
        let text = String::from_utf8_lossy(&self.raw);
        headers(&split(&text).0)
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .count()
    }

    /// All parts that have none themselves, in order.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        collect(&String::from_utf8_lossy(&self.raw), &mut parts);
        parts
    }

    /// The text of the first part of this type, with plain line ends.
    pub fn text(&self, content_type: &str) -> Option<String> {
        let part = self
            .parts()
            .into_iter()
            .find(|part| part.content_type == content_type)?;
        Some(String::from_utf8_lossy(&part.body).replace("\r\n", "\n"))
    }
}

fn split(text: &str) -> (String, &str) {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    // A line that begins with white space goes on where the one before ended.
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    (unfolded, body)
}

fn headers(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.split("\r\n").filter_map(|line| line.split_once(':'))
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut all = headers(head);
    let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim().to_owned())
}

/// A parameter such as `boundary` of a header's value.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (known, value) = part.trim().split_once('=')?;
        known
            .eq_ignore_ascii_case(name)
            .then(|| value.trim_matches('"').to_owned())
    })
}

fn collect(text: &str, parts: &mut Vec<Part>) {
    let (head, body) = split(text);
    let kind = header(&head, "Content-Type").unwrap_or_default();
    if let Some(boundary) = parameter(&kind, "boundary") {
        let mark = format!("--{boundary}");
        for part in body.split(&mark).skip(1).take_while(|part| !part.starts_with("--")) {
            let part = part.strip_prefix("\r\n").unwrap_or(part);
            collect(part.strip_suffix("\r\n").unwrap_or(part), parts);
        }
        return;
    }
    let disposition = header(&head, "Content-Disposition").unwrap_or_default();
    let encoding = header(&head, "Content-Transfer-Encoding").unwrap_or_default();
    let body = match encoding.to_ascii_lowercase().as_str() {
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            STANDARD.decode(packed).unwrap_or_default()
        }
        "quoted-printable" => unquote(body, false),
        _ => body.as_bytes().to_vec(),
    };
    parts.push(Part {
        content_type: kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase(),
        // A long one may come in numbered pieces, of which one is enough here (RFC 2231).
        file: parameter(&disposition, "filename").or_else(|| parameter(&disposition, "filename*0")),
        body,
    });
}

/// Quoted-printable; in headers `_` stands for a space.
fn unquote(text: &str, in_header: bool) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let octets = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(octets.len()), 0);
    while at < octets.len() {
        let hex = text
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (octets[at], hex) {
            (b'=', Some(octet)) => {
                plain.push(octet);
                at += 2;
            }
            (b'_', _) if in_header => plain.push(b' '),
            (octet, _) => plain.push(octet),
        }
        at += 1;
    }
    plain
}

/// Decodes `=?utf-8?b?…?=` words. White space between two of them is no part of the text.
fn decode_words(value: &str) -> String {
    let mut decoded = String::new();
    let (mut rest, mut after_word) = (value, false);
    while let Some((before, word)) = rest.split_once("=?") {
        let mut fields = word.splitn(4, '?');
        let (Some(_), Some(how), Some(text), Some(tail)) = (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            break;
        };
        if !(after_word && before.trim().is_empty()) {
            decoded.push_str(before);
        }
        let octets = match how {
            "b" | "B" => STANDARD.decode(text).unwrap_or_default(),
            _ => unquote(text, true),
        };
        decoded.push_str(&String::from_utf8_lossy(&octets));
        rest = tail.strip_prefix('=').unwrap_or(tail);
        after_word = true;
    }
    decoded + rest
}
