//! What a client asked for: a sentence taken apart.

use super::reply::Trap;

/// One sentence of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// Begins with `/`.
    pub(crate) command: String,
    /// Given back with every reply.
    pub(crate) tag: Option<Vec<u8>>,
    /// Query words with their leading `?`, in order.
    pub(crate) queries: Vec<Vec<u8>>,
    attributes: Vec<(String, Vec<u8>)>,
}

impl Request {
    pub(crate) fn parse(words: Vec<Vec<u8>>) -> Self {
        let mut words = words.into_iter();
        let command = words.next().unwrap_or_default();
        let mut request = Self {
            // Old clients write spaces where the documentation has slashes.
            command: String::from_utf8_lossy(&command).replace(' ', "/"),
            ..Self::default()
        };
        for word in words {
            if let Some(tag) = word.strip_prefix(b".tag=") {
                request.tag = Some(tag.to_vec());
            } else if word.starts_with(b"?") {
                request.queries.push(word);
            } else if let Some(rest) = word.strip_prefix(b"=") {
                let split = rest.iter().skip(1).position(|byte| *byte == b'=');
                let (name, value) = match split {
                    Some(at) => (&rest[..=at], &rest[at + 2..]),
                    None => (rest, &[][..]),
                };
                let name = String::from_utf8_lossy(name).into_owned();
                request.attributes.push((name, value.to_vec()));
            }
        }
        request
    }

    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_slice())
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        Some(String::from_utf8_lossy(self.bytes(name)?).into_owned())
    }

    /// Whether a flag such as `=once=` is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.bytes(name).is_some()
    }

    /// A comma-separated value, empty when absent.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        let parts = text.split(',').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// Refuses arguments that the command does not have, as a router does.
    pub(crate) fn accepts(&self, known: &[&str]) -> Result<(), Trap> {
        let stranger = |(name, _): &&(String, Vec<u8>)| !known.contains(&name.as_str());
        match self.attributes.iter().find(stranger) {
            Some(_) => Err(Trap::missing("unknown parameter")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_taken_apart() {
        let words = [
            "/interface print",
            "=.proplist=name,type",
            "=comment=a=b",
            ".tag=7",
            "?type=ether",
            "=once=",
            "=stats",
        ];
        let request = Request::parse(words.iter().map(|word| word.as_bytes().to_vec()).collect());
        assert_eq!(request.command, "/interface/print");
        assert_eq!(request.list(".proplist"), ["name", "type"]);
        assert_eq!(request.text("comment").as_deref(), Some("a=b"));
        assert_eq!(request.tag.as_deref(), Some(&b"7"[..]));
        assert_eq!(request.queries, [b"?type=ether".to_vec()]);
        assert!(request.has("once") && request.has("stats"));
        assert!(request.accepts(&["once"]).is_err());
    }
}
