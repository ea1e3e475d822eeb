//! What can go wrong with a router's answers, and where.

use std::time::Duration;

/// What happens instead of the next sentence of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The router says nothing any more but keeps the connection.
    Hang,
    /// The connection is closed between two sentences.
    Eof,
    /// The connection is closed in the middle of a sentence.
    Cut,
    /// `!fatal` with this reason, then the connection is closed.
    Fatal(String),
    /// `!trap` and `!done`, although rows may have been sent.
    Trap {
        /// 0 to 7, or none.
        category: Option<u8>,
        /// What `=message=` says.
        message: String,
    },
    /// A word is announced with 256 MiB and never comes.
    HugePrefix,
    /// Bytes that are no sentence at all, as from a web server on the wrong port.
    Garbage,
}

/// Where a [`Fault`] strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// A command such as `/interface/print`, `/login` or `/ping`; `None` for any.
    pub command: Option<String>,
    /// Strikes instead of the row after so many; with `None`, or when the answer is shorter, it
    /// strikes instead of the end.
    pub after_rows: Option<usize>,
    /// How often before the rule is spent; `None` until it is cleared.
    pub times: Option<u32>,
    /// What happens.
    pub fault: Fault,
}

impl Rule {
    /// The fault at the beginning of every answer to `command`, until cleared.
    pub fn at(command: &str, fault: Fault) -> Self {
        Self {
            command: Some(command.to_owned()),
            after_rows: Some(0),
            times: None,
            fault,
        }
    }

    /// Lets so many rows pass first.
    pub fn after_rows(self, rows: usize) -> Self {
        Self {
            after_rows: Some(rows),
            ..self
        }
    }

    /// Strikes once only.
    pub fn once(self) -> Self {
        Self { times: Some(1), ..self }
    }
}

/// Every switch of a router that stays where it was set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Switches {
    pub(crate) refuse_login: bool,
    pub(crate) refuse_listen: bool,
    /// Tells listeners of an interface without end, though it does not change.
    pub(crate) flood_listeners: bool,
    pub(crate) max_sessions: Option<usize>,
    /// Accepts connections and never answers.
    pub(crate) hang: bool,
    /// Writes one octet at a time, with this pause.
    pub(crate) drip: Option<Duration>,
    pub(crate) counters_32_bit: bool,
    /// What the octet counters say instead of a number.
    pub(crate) counters_lie: Option<String>,
    pub(crate) skew_ms: i64,
    pub(crate) rules: Vec<Rule>,
}

impl Switches {
    /// The first rule for a command, with one of its times used up.
    pub(crate) fn rule_for(&mut self, command: &str) -> Option<Rule> {
        let matches = |rule: &Rule| rule.command.as_ref().is_none_or(|known| known == command);
        let place = self.rules.iter().position(matches)?;
        let rule = self.rules[place].clone();
        if let Some(times) = self.rules[place].times.as_mut() {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.rules.remove(place);
            }
        }
        Some(rule)
    }
}
