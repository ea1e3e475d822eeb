//! What a router or a link is in one word, with the state whose colour and shape it takes.

use crate::{t, ui::State};

/// Routers and links share the words; each uses some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Up,
    Degraded,
    Down,
    Unknown,
    Maintenance,
    /// The provider has switched the interface off.
    Disabled,
    /// A link that does not count yet, or no longer.
    Inactive,
    /// A router whose last poll was whole.
    Reachable,
    /// A router that does not answer.
    Unreachable,
    /// A router whose answers can't be believed.
    Failing,
    /// A router that was not asked yet.
    New,
    /// A router whose polling is switched off.
    Paused,
}

impl Status {
    /// What a link may be, worst first.
    pub const OF_LINKS: [Self; 7] = [
        Self::Down,
        Self::Degraded,
        Self::Unknown,
        Self::Maintenance,
        Self::Disabled,
        Self::Up,
        Self::Inactive,
    ];

    /// What a router may be, worst first.
    pub const OF_ROUTERS: [Self; 5] = [
        Self::Unreachable,
        Self::Failing,
        Self::New,
        Self::Reachable,
        Self::Paused,
    ];

    /// The value in queries and in the log of changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Degraded => "degraded",
            Self::Down => "down",
            Self::Unknown => "unknown",
            Self::Maintenance => "maintenance",
            Self::Disabled => "disabled",
            Self::Inactive => "inactive",
            Self::Reachable => "reachable",
            Self::Unreachable => "unreachable",
            Self::Failing => "failing",
            Self::New => "new",
            Self::Paused => "paused",
        }
    }

    /// The status with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::OF_LINKS
            .into_iter()
            .chain(Self::OF_ROUTERS)
            .find(|status| status.name() == name)
    }

    /// The word, in the page's language.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inactive => t("status-inactive"),
            Self::Reachable => t("status-reachable"),
            Self::Unreachable => t("status-unreachable"),
            Self::Failing => t("status-failing"),
            Self::New => t("status-new"),
            Self::Paused => t("status-paused"),
            same => same.state().word(),
        }
    }

    /// Its colour and shape.
    pub fn state(self) -> State {
        match self {
            Self::Up | Self::Reachable => State::Up,
            Self::Degraded | Self::Failing => State::Degraded,
            Self::Down | Self::Unreachable => State::Down,
            Self::Unknown | Self::New => State::Unknown,
            Self::Maintenance => State::Maintenance,
            Self::Disabled | Self::Inactive | Self::Paused => State::Disabled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_found_by_its_name() {
        for status in Status::OF_LINKS.into_iter().chain(Status::OF_ROUTERS) {
            assert_eq!(Status::parse(status.name()), Some(status));
        }
        assert_eq!(Status::parse(""), None);
    }
}
