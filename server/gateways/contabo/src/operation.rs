//! What an operation of the API is, and how its path is filled with ids.

use crate::error::Error;
use reqwest::Url;

/// One operation: a method and a path of the API, and the method of this client that calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The client's method: `instances.list` is `client.instances().list(…)`.
    pub name: &'static str,
    pub method: Method,
    /// With names in braces for what differs from call to call.
    pub path: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    pub(crate) fn http(self) -> reqwest::Method {
        match self {
            Self::Get => reqwest::Method::GET,
            Self::Post => reqwest::Method::POST,
            Self::Put => reqwest::Method::PUT,
            Self::Patch => reqwest::Method::PATCH,
            Self::Delete => reqwest::Method::DELETE,
        }
    }
}

impl Operation {
    /// The address with the segments in the places of the names.
    pub(crate) fn address(&self, api: &Url, segments: &[String]) -> Result<Url, Error> {
        let mut filled = segments.iter();
        let mut parts = Vec::new();
        for part in self.path.split('/').skip(1) {
            if !part.starts_with('{') {
                parts.push(part);
                continue;
            }
            let segment = filled.next().ok_or_else(|| self.invalid("an id is missing"))?;
            // These would lead to another path.
            if matches!(segment.as_str(), "" | "." | "..") {
                return Err(self.invalid("an id is empty"));
            }
            parts.push(segment);
        }
        // A zone or domain may be called as a path of its own is: asking for it would ask for that.
        if crate::operations::ALL
            .iter()
            .any(|other| self.is_shadowed(other, &parts))
        {
            return Err(self.invalid("an id is a word of the API's own"));
        }
        let mut url = api.clone();
        url.path_segments_mut()
            .map_err(|()| self.invalid("the API's address can't have paths"))?
            .pop_if_empty()
            .extend(parts);
        Ok(url)
    }

    /// Whether another operation's path has a word of its own where this one has an id that is that word.
    fn is_shadowed(&self, other: &Self, parts: &[&str]) -> bool {
        let ours = self.path.split('/').skip(1);
        let theirs: Vec<_> = other.path.split('/').skip(1).collect();
        let is_name = |part: &str| part.starts_with('{');
        theirs.len() == parts.len()
            && theirs
                .iter()
                .zip(parts)
                .all(|(their, part)| is_name(their) || their == part)
            && ours.zip(theirs).any(|(our, their)| is_name(our) && !is_name(their))
    }

    fn invalid(&self, detail: &str) -> Error {
        Error::Invalid {
            detail: format!("{}: {detail}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations;

    fn path(operation: &Operation, segments: &[&str]) -> Result<String, Error> {
        let api = Url::parse("http://localhost:4010/base/").unwrap();
        let segments: Vec<_> = segments.iter().map(|s| (*s).to_owned()).collect();
        operation.address(&api, &segments).map(|url| url.path().to_owned())
    }

    #[test]
    fn ids_stay_within_their_segment() {
        assert_eq!(
            path(&operations::DNS_RECORDS_DELETE, &["a/b?c#d%", "7"]).unwrap(),
            "/base/v1/dns/zones/a%2Fb%3Fc%23d%25/records/7"
        );
        assert_eq!(
            path(&operations::PTR_RECORDS_GET, &["2001:db8::1"]).unwrap(),
            "/base/v1/dns/ptrs/2001:db8::1"
        );
    }

    #[test]
    fn an_id_that_would_change_the_path_is_not_sent() {
        for id in ["", ".", "..", "audits"] {
            assert!(path(&operations::DNS_ZONES_GET, &[id]).is_err(), "{id}");
        }
        assert!(path(&operations::DNS_RECORDS_DELETE, &["example.org", "bulk"]).is_err());
        assert!(path(&operations::DOMAINS_GET, &["handles"]).is_err());
        assert!(path(&operations::DOMAINS_GET, &[]).is_err());
    }
}
