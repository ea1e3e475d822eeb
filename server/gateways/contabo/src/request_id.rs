//! The number that each call carries.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Identifies one call at Contabo, in its audit lists and to its support. It does not make a call safe
/// to repeat: the same number sent twice does the thing twice.
///
/// A caller that changes something makes it beforehand and keeps it, so that after an unclear answer it
/// can look in the audits for what was done.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(Uuid);

impl RequestId {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }

    #[must_use]
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

/// This UUID is of a version that Contabo refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a request id must be a random UUID (version 4)")]
pub struct NotARequestId;

impl TryFrom<Uuid> for RequestId {
    type Error = NotARequestId;

    fn try_from(uuid: Uuid) -> Result<Self, NotARequestId> {
        if uuid.get_version_num() == 4 && uuid.get_variant() == uuid::Variant::RFC4122 {
            Ok(Self(uuid))
        } else {
            Err(NotARequestId)
        }
    }
}

impl FromStr for RequestId {
    type Err = NotARequestId;

    fn from_str(text: &str) -> Result<Self, NotARequestId> {
        Uuid::from_str(text).map_err(|_| NotARequestId)?.try_into()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_random_uuid_is_a_request_id() {
        let id = RequestId::random();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(RequestId::try_from(Uuid::now_v7()), Err(NotARequestId));
        assert_eq!(RequestId::try_from(Uuid::nil()), Err(NotARequestId));
        assert_eq!("one".parse::<RequestId>(), Err(NotARequestId));
    }
}
