//! What to do next about an order: decided from its row and from what was seen at Contabo, by nothing else.
//!
//! The rule behind all of it: an order is sent once. Whether one whose answer was lost was taken is found out by
//! looking; one that was not is failed, and staff may order again.

use chrono::{DateTime, TimeDelta, Utc};
use entity::contabo_order::{self, OrderState};

pub use crate::domain::contabo::actions::next::{ANSWER_TAKES, AUDITED_AFTER};
use crate::domain::contabo::instances::Status;

/// How long an order may wait for Contabo to be reachable before it is given up unsent.
pub const SENT_WITHIN: TimeDelta = TimeDelta::hours(1);

/// How long what was ordered may be invisible after Contabo took the order.
const SHOWN_WITHIN: TimeDelta = TimeDelta::minutes(15);

/// How long something new may be in an error before that counts.
const BROKEN_FOR: TimeDelta = TimeDelta::minutes(10);

/// How long it is looked at what becomes of an order: a payment or a proof of identity takes its days.
pub const FOLLOWED_FOR: TimeDelta = TimeDelta::days(14);

/// Where in its state an order is: the word in its row, which pages show.
pub mod stage {
    /// Not confirmed, or behind others of the same account.
    pub const WAITING: &str = "waiting";
    /// The call is to be sent, or on its way.
    pub const SENDING: &str = "sending";
    /// Contabo can't be reached, or wants to be left alone for a while.
    pub const HELD_UP: &str = "held_up";
    /// It is not known whether Contabo got the order.
    pub const UNCLEAR: &str = "unclear";
    /// Contabo took it, and does not show yet what was ordered.
    pub const ACCEPTED: &str = "accepted";
    /// It is being made.
    pub const UNDER_WAY: &str = "under_way";
    /// Contabo waits for money, or for a proof of who its customer is.
    pub const AWAITING: &str = "awaiting";
    pub const ENDED: &str = "ended";
}

/// What is to be done about an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: it has ended, or nobody has confirmed it.
    Nothing,
    /// See whether it is its turn.
    Begin,
    /// Send the call.
    Send,
    /// Somebody may still get the answer.
    Wait(DateTime<Utc>),
    /// Find out whether it was taken.
    Settle,
    /// See how far Contabo is.
    Look,
    /// It was not sent in time.
    GiveUp,
}

/// What to do about `row` at `now`.
#[must_use]
pub fn step(row: &contabo_order::Model, now: DateTime<Utc>) -> Step {
    match row.state {
        OrderState::Draft | OrderState::Done | OrderState::Failed | OrderState::Withdrawn => Step::Nothing,
        OrderState::Queued => Step::Begin,
        OrderState::Following => Step::Look,
        OrderState::Placing => match row.sent_at {
            None if row.deadline_at.is_some_and(|deadline| now >= deadline) => Step::GiveUp,
            None => Step::Send,
            Some(sent) if row.stage != stage::UNCLEAR && now < sent + ANSWER_TAKES => Step::Wait(sent + ANSWER_TAKES),
            Some(_) => Step::Settle,
        },
    }
}

/// What to do about an order whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Taken,
    /// It may yet turn up.
    LookAgain,
    /// Nothing was ordered.
    NotTaken,
}

/// Whether an order that left at `sent` was taken: `found` says whether Contabo's log or its list has it.
#[must_use]
pub fn settle(sent: DateTime<Utc>, found: bool, now: DateTime<Utc>) -> Settled {
    match found {
        true => Settled::Taken,
        false if now < sent + ANSWER_TAKES + AUDITED_AFTER => Settled::LookAgain,
        false => Settled::NotTaken,
    }
}

/// How something that was ordered is, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Ready,
    UnderWay,
    /// Contabo waits for somebody.
    Awaiting,
    /// It may pass, or not.
    Broken,
    /// It can't be had.
    Refused,
}

/// Of an instance, from Contabo's word.
#[must_use]
pub fn of_instance(word: &str) -> Condition {
    match Status::of(word) {
        Status::Running | Status::Stopped | Status::Rescue => Condition::Ready,
        Status::AwaitingContabo => Condition::Awaiting,
        Status::Failed => Condition::Broken,
        Status::Unavailable if word == "product_not_available" => Condition::Refused,
        _ => Condition::UnderWay,
    }
}

/// Of an object storage, from Contabo's word.
#[must_use]
pub fn of_storage(word: &str) -> Condition {
    match word {
        "READY" => Condition::Ready,
        "VERIFICATION_REQUIRED" | "PENDING_PAYMENT" => Condition::Awaiting,
        "ERROR" => Condition::Broken,
        "PRODUCT_NOT_AVAILABLE" | "LIMIT_EXCEEDED" | "CANCELLED" | "DISABLED" => Condition::Refused,
        _ => Condition::UnderWay,
    }
}

/// What was seen of what was ordered.
#[derive(Clone, Debug)]
pub struct Seen {
    pub condition: Condition,
    /// Contabo's word for it.
    pub word: String,
    /// What Contabo says is wrong with it.
    pub error: Option<String>,
}

/// How far Contabo is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// Not done yet; the stage that the row shows.
    Stage(&'static str),
    Failed(String),
}

/// How far it is, `since` after Contabo took the order. `was_seen`: Contabo has shown it before.
#[must_use]
pub fn progress(seen: Option<&Seen>, since: TimeDelta, was_seen: bool) -> Progress {
    let Some(seen) = seen else {
        return match (was_seen, since < SHOWN_WITHIN) {
            // What is new may come and go at first.
            (_, true) => Progress::Stage(stage::ACCEPTED),
            (true, false) => Progress::Failed("Contabo no longer knows what was ordered".to_owned()),
            (false, false) => Progress::Failed("Contabo took the order, and does not show what was ordered".to_owned()),
        };
    };
    let word = &seen.word;
    let why = seen
        .error
        .as_deref()
        .filter(|why| !why.is_empty())
        .unwrap_or("without a reason");
    match seen.condition {
        Condition::Ready => Progress::Done,
        Condition::Refused => Progress::Failed(format!("Contabo took the order, and says `{word}` of it")),
        Condition::Broken if since >= BROKEN_FOR => Progress::Failed(format!("Contabo reports an error: {why}")),
        _ if since >= FOLLOWED_FOR => {
            let days = FOLLOWED_FOR.num_days();
            Progress::Failed(format!("It was not ready after {days} days: Contabo says `{word}`"))
        }
        Condition::Awaiting => Progress::Stage(stage::AWAITING),
        Condition::UnderWay | Condition::Broken => Progress::Stage(stage::UNDER_WAY),
    }
}

/// When to look again: what takes long is looked at less often.
#[must_use]
pub fn look_after(since: TimeDelta) -> TimeDelta {
    (since / 10).clamp(TimeDelta::seconds(5), TimeDelta::minutes(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(condition: Condition) -> Option<Seen> {
        Some(Seen {
            condition,
            word: "word".to_owned(),
            error: None,
        })
    }

    #[test]
    fn an_order_that_is_not_found_is_looked_for_until_the_log_must_have_it() {
        let sent = DateTime::UNIX_EPOCH;
        let after = |seconds| sent + TimeDelta::seconds(seconds);
        assert_eq!(settle(sent, true, after(1)), Settled::Taken);
        assert_eq!(settle(sent, false, after(179)), Settled::LookAgain);
        assert_eq!(settle(sent, false, after(180)), Settled::NotTaken);
    }

    #[test]
    fn what_was_ordered_may_be_invisible_for_a_while_and_not_for_ever() {
        let minutes = TimeDelta::minutes;
        assert_eq!(progress(None, minutes(1), false), Progress::Stage(stage::ACCEPTED));
        assert!(matches!(progress(None, minutes(15), false), Progress::Failed(_)));
        assert_eq!(progress(None, minutes(1), true), Progress::Stage(stage::ACCEPTED));
        assert!(matches!(progress(None, minutes(60), true), Progress::Failed(_)));
    }

    #[test]
    fn what_waits_for_a_payment_is_neither_done_nor_failed() {
        let awaiting = seen(Condition::Awaiting);
        let days = |days| progress(awaiting.as_ref(), TimeDelta::days(days), true);
        assert_eq!(days(0), Progress::Stage(stage::AWAITING));
        assert_eq!(days(13), Progress::Stage(stage::AWAITING));
        assert!(matches!(days(14), Progress::Failed(_)));
        let broken = seen(Condition::Broken);
        let broken = |minutes| progress(broken.as_ref(), TimeDelta::minutes(minutes), true);
        assert_eq!(broken(9), Progress::Stage(stage::UNDER_WAY));
        assert!(matches!(broken(10), Progress::Failed(_)));
    }

    #[test]
    fn contabos_words_say_what_is_ready_and_new_ones_are_waited_for() {
        assert_eq!(of_instance("running"), Condition::Ready);
        assert_eq!(of_instance("pending_payment"), Condition::Awaiting);
        assert_eq!(of_instance("product_not_available"), Condition::Refused);
        assert_eq!(of_instance("hibernating"), Condition::UnderWay);
        assert_eq!(of_storage("READY"), Condition::Ready);
        assert_eq!(of_storage("ORDER_PROCESSING"), Condition::UnderWay);
        assert_eq!(of_storage("LIMIT_EXCEEDED"), Condition::Refused);
    }
}
