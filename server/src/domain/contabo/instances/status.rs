//! The state of an instance, as Contabo names it.

/// What Contabo says that an instance does. Words that nobody knew when this was written are kept as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Running,
    Stopped,
    /// It was ordered and is being made.
    Provisioning,
    /// An operating system is put onto it.
    Installing,
    /// It runs the rescue system.
    Rescue,
    ResettingPassword,
    /// Contabo waits for the money, or for a proof of who the customer is.
    AwaitingContabo,
    /// It can't be had any more, or is not installed.
    Unavailable,
    Failed,
    /// Another word of theirs.
    Other(String),
}

impl Status {
    /// From Contabo's word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "running" => Self::Running,
            "stopped" => Self::Stopped,
            "provisioning" | "manual_provisioning" => Self::Provisioning,
            "installing" => Self::Installing,
            "rescue" => Self::Rescue,
            "reset_password" => Self::ResettingPassword,
            "pending_payment" | "verification_required" => Self::AwaitingContabo,
            "product_not_available" | "uninstalled" => Self::Unavailable,
            "error" => Self::Failed,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether it is on its way to another one by itself, so that it is looked at again soon.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Provisioning | Self::Installing | Self::ResettingPassword)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_knew_are_kept() {
        assert_eq!(Status::of("running"), Status::Running);
        assert_eq!(Status::of("hibernating"), Status::Other("hibernating".to_owned()));
        assert!(Status::of("installing").is_passing() && !Status::of("hibernating").is_passing());
    }
}
