//! What can go wrong with a mail server, as switches.

use std::collections::HashSet;
use std::time::Duration;

#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    pub(crate) greylist: bool,
    /// Recipients whose first mail was refused already.
    pub(crate) seen: HashSet<String>,
    /// In lower case.
    pub(crate) refused: HashSet<String>,
    pub(crate) drop_after_data: u32,
    pub(crate) slow: Option<Duration>,
    pub(crate) close_at_once: bool,
}

impl Faults {
    /// What to answer to a recipient instead of taking it.
    pub(crate) fn refusal(&mut self, recipient: &str) -> Option<&'static str> {
        let recipient = recipient.to_lowercase();
        if self.refused.contains(&recipient) {
            return Some("550 5.1.1 there is no such mailbox");
        }
        (self.greylist && self.seen.insert(recipient)).then_some("450 4.7.1 greylisted, try again later")
    }

    /// Whether this mail's answer is lost, with one of the times used up.
    pub(crate) fn loses_answer(&mut self) -> bool {
        let loses = self.drop_after_data > 0;
        self.drop_after_data = self.drop_after_data.saturating_sub(1);
        loses
    }
}
