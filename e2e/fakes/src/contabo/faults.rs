//! What can go wrong with Contabo, and with which requests.

use std::time::Duration;

/// What happens instead of, or besides, the right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The token is no longer valid: 401, nothing is done. The next sign-in helps.
    TokenExpired,
    /// 429, nothing is done. Contabo documents no `Retry-After`; `Some` sends one, in seconds.
    TooManyRequests { retry_after: Option<u64> },
    /// 500 in Contabo's shape, and nothing was done.
    ErrorBefore,
    /// 500 in Contabo's shape, although it was done.
    ErrorAfter,
    /// It is done, and the connection ends without an answer.
    DropAfter,
    /// The connection ends without an answer, and nothing was done.
    DropBefore,
    /// It is done, and the connection ends in the middle of the answer.
    CutInside,
    /// The right answer, so much later (real time).
    Slow(Duration),
    /// Nothing is done, and no answer ever comes.
    HangBefore,
    /// It is done, and no answer ever comes.
    HangAfter,
    /// The gateway in front answers for itself, with a body of its own: 503, nothing is done.
    Gateway,
    /// A page for people: 502, nothing is done.
    Html,
    /// This status without a body, nothing is done.
    Empty(u16),
    /// It is done, and the 2xx answer has no body.
    EmptyAfter,
    /// It is refused with this status and sentence.
    Refuse(u16, String),
    /// 404, as if what was asked for had just vanished.
    Vanished,
    /// Words that no document knows, as status, region, product and kind.
    UnknownValues,
    /// `null`, or nothing at all, where live answers were seen to have it.
    Nulls,
    /// Times as the document's examples have them: `2021-06-03 06:27:12+00:00`.
    OtherTimes,
    /// A list says something strange of its pages.
    Pages(StrangePages),
}

/// What a list may say wrongly of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StrangePages {
    /// There is always one page more.
    Endless,
    /// No pages at all, though there are entries.
    None,
    /// Pages that are not there: half as many again.
    TooMany,
    /// No `_pagination`.
    Absent,
    /// The first entry of the page comes twice, as when entries moved between two requests.
    Shifted,
}

/// Where and how often a [`Fault`] strikes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub fault: Fault,
    /// An operation of the API such as `createInstance`, `signIn` for the token, or `None` for any of the API.
    pub operation: Option<String>,
    /// A part of the path.
    pub path: Option<String>,
    /// A method such as `GET`.
    pub method: Option<String>,
    /// Lets so many matching requests pass first.
    pub after: u32,
    /// How often before the rule is spent; `None` until it is cleared.
    pub times: Option<u32>,
}

impl Rule {
    /// The fault at every request of the API until it is cleared.
    pub fn always(fault: Fault) -> Self {
        Self {
            fault,
            operation: None,
            path: None,
            method: None,
            after: 0,
            times: None,
        }
    }

    /// The fault at every request of one operation.
    pub fn at(operation: &str, fault: Fault) -> Self {
        Self {
            operation: Some(operation.to_owned()),
            ..Self::always(fault)
        }
    }

    /// Only where the path contains this.
    pub fn on_path(self, part: &str) -> Self {
        Self {
            path: Some(part.to_owned()),
            ..self
        }
    }

    /// Only for this method.
    pub fn on_method(self, method: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            ..self
        }
    }

    /// Lets so many matching requests pass first.
    pub fn after(self, requests: u32) -> Self {
        Self {
            after: requests,
            ..self
        }
    }

    /// Strikes so often.
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// Strikes once.
    pub fn once(self) -> Self {
        self.times(1)
    }

    fn matches(&self, operation: &str, method: &str, path: &str) -> bool {
        // Who breaks everything still wants to be able to sign in, or says so.
        let operation_fits = match &self.operation {
            Some(known) => known == operation,
            None => operation != SIGN_IN || self.path.is_some(),
        };
        operation_fits
            && self.path.as_ref().is_none_or(|part| path.contains(part))
            && self.method.as_ref().is_none_or(|known| known == method)
    }
}

/// How the token endpoint is called where operations are named.
pub(crate) const SIGN_IN: &str = "signIn";

/// A fault that strikes now.
#[derive(Clone, Debug)]
pub(crate) struct Struck {
    pub(crate) fault: Fault,
    /// The rule for one more time, if its times are counted.
    again: Option<Rule>,
}

impl Fault {
    /// Whether it is about something that was done, and so can't strike where it was refused.
    fn needs_success(&self) -> bool {
        matches!(
            self,
            Self::ErrorAfter | Self::DropAfter | Self::CutInside | Self::HangAfter | Self::EmptyAfter
        )
    }
}

impl Struck {
    /// Whether it misses its mark, since the request was refused anyway.
    pub(crate) fn misses(&self, done: bool) -> bool {
        !done && self.fault.needs_success()
    }
}

/// The rules that are switched on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Rule>);

impl Faults {
    pub(crate) fn add(&mut self, rule: Rule) {
        self.0.push(rule);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// How many rules are still to strike.
    pub(crate) fn left(&self) -> usize {
        self.0.len()
    }

    /// Takes a time back into account that was used up for nothing.
    pub(crate) fn give_back(&mut self, struck: Struck) {
        if let Some(rule) = struck.again {
            self.0.insert(0, rule);
        }
    }

    /// The fault for a request, with one of its times used up.
    pub(crate) fn strike(&mut self, operation: &str, method: &str, path: &str) -> Option<Struck> {
        for place in 0..self.0.len() {
            let rule = &mut self.0[place];
            if !rule.matches(operation, method, path) {
                continue;
            }
            if rule.after > 0 {
                rule.after -= 1;
                continue;
            }
            let struck = Struck {
                fault: rule.fault.clone(),
                again: rule.times.map(|_| rule.clone().once()),
            };
            if let Some(times) = rule.times.as_mut() {
                *times = times.saturating_sub(1);
                if *times == 0 {
                    self.0.remove(place);
                }
            }
            return Some(struck);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_lets_requests_pass_strikes_and_is_spent() {
        let mut faults = Faults::default();
        faults.add(Rule::at("start", Fault::ErrorAfter).after(1).times(2));
        let mut strike = |operation| faults.strike(operation, "POST", "/v1/x").is_some();
        assert!(!strike("stop"));
        assert_eq!(
            [strike("start"), strike("start"), strike("start"), strike("start")],
            [false, true, true, false]
        );
    }

    #[test]
    fn what_breaks_everything_leaves_the_sign_in_alone() {
        let mut faults = Faults::default();
        faults.add(Rule::always(Fault::Html));
        assert!(faults.strike(SIGN_IN, "POST", "/auth").is_none());
        faults.add(Rule::at(SIGN_IN, Fault::Gateway));
        let struck = faults.strike(SIGN_IN, "POST", "/auth").expect("it is switched on");
        assert_eq!(struck.fault, Fault::Gateway);
    }
}
