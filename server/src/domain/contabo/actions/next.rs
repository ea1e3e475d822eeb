//! What to do next about an action: decided from its row and from what was seen at Contabo, by nothing else.
//!
//! The rule behind all of it: a call that may have been done is never sent again before it was looked for.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{action, action::ActionState};

use super::{
    add_ons,
    kinds::Asked,
    things::{ThingAsked, Verb},
};
use crate::domain::contabo::instances::Status;

/// How long a call may be on its way, the wait for its turn included: after that whoever sent it has let it go, and it
/// is not sent any more.
pub const ANSWER_TAKES: TimeDelta = TimeDelta::seconds(60);

/// How long after that Contabo's audit log may lag: what is not in it by then was not done.
pub const AUDITED_AFTER: TimeDelta = TimeDelta::minutes(2);

/// How long an instance that is broken may stay so after Contabo said yes, before that counts as a failure.
const BROKEN_FOR: TimeDelta = TimeDelta::minutes(3);

/// How often a call is sent, each time after it was found not to have been done.
pub const SENT_AT_MOST: i32 = 3;

/// How often it is looked whether Contabo is done.
pub const LOOK_EVERY: TimeDelta = TimeDelta::seconds(5);

/// Where in its life a running action is: the word in its row, which pages show.
pub mod stage {
    /// Behind others of the same instance.
    pub const WAITING: &str = "waiting";
    /// The call is to be sent, or on its way.
    pub const SENDING: &str = "sending";
    /// Contabo can't be reached, or wants to be left alone for a while.
    pub const HELD_UP: &str = "held_up";
    /// It is not known whether Contabo got the call.
    pub const UNCLEAR: &str = "unclear";
    /// Contabo said yes and is at it.
    pub const ACCEPTED: &str = "accepted";
    /// It was seen at it.
    pub const UNDER_WAY: &str = "under_way";
    pub const ENDED: &str = "ended";
}

/// What is to be done about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: it has ended.
    Nothing,
    /// It is its turn.
    Begin,
    /// Send the call.
    Send,
    /// Somebody may still get the answer.
    Wait(DateTime<Utc>),
    /// Find out whether the call was done.
    Settle,
    /// See how far Contabo is.
    Look,
    /// Its time is over.
    GiveUp,
}

/// What to do about `row` at `now`.
#[must_use]
pub fn step(row: &action::Model, now: DateTime<Utc>) -> Step {
    match row.state {
        ActionState::Done | ActionState::Failed | ActionState::Withdrawn => Step::Nothing,
        ActionState::Queued => Step::Begin,
        ActionState::Running => match (row.sent_at, row.accepted_at) {
            // What Contabo may have done is looked at once more, however late it is.
            (_, None) if now >= row.deadline_at && row.sent_at.is_none() => Step::GiveUp,
            (_, Some(_)) => Step::Look,
            (None, None) => Step::Send,
            (Some(sent), None) if row.stage != stage::UNCLEAR && now < sent + ANSWER_TAKES => {
                Step::Wait(sent + ANSWER_TAKES)
            }
            (Some(_), None) => Step::Settle,
        },
    }
}

/// What was seen at Contabo.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// None: Contabo no longer knows the instance.
    pub instance: Option<SeenInstance>,
    /// Id and name of each; read only where the kind is about snapshots.
    pub snapshots: Vec<(String, String)>,
    /// Whether the instance and the other thing that the kind is about are as they shall be; none where it is about none.
    pub is_tied: Option<bool>,
    /// The remedy, where the kind is one and it was found.
    pub remedy: Option<SeenRemedy>,
}

/// A remedy as Contabo shows it.
#[derive(Clone, Debug)]
pub struct SeenRemedy {
    /// Contabo's number of it.
    pub id: i64,
    /// Contabo's word for how far it is.
    pub word: String,
    /// What Contabo says of it.
    pub note: String,
}

/// As much of an instance as actions change.
#[derive(Clone, Debug)]
pub struct SeenInstance {
    pub status: Status,
    /// Contabo's word for it.
    pub word: String,
    pub display_name: String,
    pub image_id: Option<String>,
    pub cancels_on: Option<NaiveDate>,
    pub error: Option<String>,
    /// Contabo's numbers of what was bought with it.
    pub add_ons: Vec<i64>,
}

/// How far Contabo is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    /// Not yet, and it was seen at it.
    UnderWay,
    NotYet,
    Failed(String),
}

/// How far what was asked is, `since` after Contabo said yes. `was_under_way`: it was seen at it before.
#[must_use]
pub fn progress(asked: &Asked, seen: &Seen, since: TimeDelta, was_under_way: bool) -> Progress {
    let Some(instance) = &seen.instance else {
        return Progress::Failed("Contabo no longer knows this server".to_owned());
    };
    match effect(asked, seen, instance, since, was_under_way) {
        // What was broken before is broken until Contabo is at it.
        Progress::NotYet if instance.status == Status::Failed && (was_under_way || since >= BROKEN_FOR) => {
            let why = instance.error.clone().unwrap_or_else(|| "without a reason".to_owned());
            Progress::Failed(format!("Contabo reports an error: {why}"))
        }
        progress => progress,
    }
}

/// How far it is, as far as the instance shows it.
fn effect(asked: &Asked, seen: &Seen, instance: &SeenInstance, since: TimeDelta, was_under_way: bool) -> Progress {
    let done = |is: bool| if is { Progress::Done } else { Progress::NotYet };
    // The state right after the yes may still be that of before.
    let settled = since >= TimeDelta::seconds(20);
    let has = |snapshot: &str| seen.snapshots.iter().any(|(id, _)| id == snapshot);
    match asked {
        Asked::Start => done(instance.status == Status::Running),
        Asked::Stop | Asked::Shutdown => done(instance.status == Status::Stopped),
        Asked::Restart => done(settled && instance.status == Status::Running),
        Asked::Rescue { .. } => done(instance.status == Status::Rescue),
        Asked::ResetPassword => match instance.status {
            Status::ResettingPassword => Progress::UnderWay,
            _ => done(was_under_way || settled),
        },
        Asked::Reinstall { image_id, .. } => match instance.status {
            Status::Installing | Status::Provisioning | Status::ResettingPassword => Progress::UnderWay,
            Status::Running => {
                let there = instance.image_id.as_ref() == Some(image_id);
                done(there && (was_under_way || since >= TimeDelta::minutes(2)))
            }
            _ => Progress::NotYet,
        },
        Asked::Rename { display_name } => done(instance.display_name == *display_name),
        Asked::Cancel => done(instance.cancels_on.is_some()),
        Asked::TakeSnapshot { name, .. } => done(seen.snapshots.iter().any(|(_, there)| there == name)),
        Asked::RenameSnapshot { snapshot, name, .. } => {
            done(seen.snapshots.iter().any(|(id, there)| id == snapshot && there == name))
        }
        Asked::RollBack { snapshot, .. } => {
            let at_rest = matches!(instance.status, Status::Running | Status::Stopped);
            done(settled && at_rest && has(snapshot))
        }
        Asked::DeleteSnapshot { snapshot, .. } => done(!has(snapshot)),
        Asked::JoinNetwork { .. }
        | Asked::LeaveNetwork { .. }
        | Asked::JoinFirewall { .. }
        | Asked::LeaveFirewall { .. }
        | Asked::AssignVip { .. }
        | Asked::UnassignVip { .. }
        | Asked::SetReverseName { .. }
        | Asked::RemoveReverseName { .. } => done(seen.is_tied == Some(true)),
        Asked::Remedy { .. } => match &seen.remedy {
            Some(remedy) => remedied(remedy),
            None => Progress::NotYet,
        },
        // Contabo has made a ticket of it: the rest is for people.
        Asked::ChangeRegion { .. } => Progress::Done,
        // Contabo said yes: that it shows late, or under a number that was there, makes it no less bought.
        Asked::BuyAddOn { add_on, had } => {
            done(since >= TimeDelta::minutes(2) || add_ons::shows(add_on, had, &instance.add_ons))
        }
    }
}

/// How far a remedy is, by Contabo's words.
fn remedied(remedy: &SeenRemedy) -> Progress {
    let why = |what: &str| match remedy.note.as_str() {
        "" => Progress::Failed(what.to_owned()),
        note => Progress::Failed(format!("{what}: {note}")),
    };
    match remedy.word.as_str() {
        "successful" | "warn" => Progress::Done,
        "failed" => why("The remedy failed at Contabo"),
        "skipped" => why("Contabo skipped the remedy"),
        "cancelled" => Progress::Failed("It was cancelled".to_owned()),
        "queued" | "running" => Progress::UnderWay,
        _ => Progress::NotYet,
    }
}

/// Whether what was asked shows so that the call need not be looked for: of a restart, say, one can't tell.
#[must_use]
pub fn shows(asked: &Asked, seen: &Seen) -> bool {
    let progress = progress(asked, seen, TimeDelta::zero(), false);
    match asked {
        Asked::Restart | Asked::ResetPassword | Asked::Reinstall { .. } | Asked::RollBack { .. } => {
            progress == Progress::UnderWay
        }
        // One that has ended was begun.
        Asked::Remedy { .. } => seen.remedy.is_some(),
        // A ticket shows nowhere.
        Asked::ChangeRegion { .. } => false,
        _ => matches!(progress, Progress::Done | Progress::UnderWay),
    }
}

/// How long a list may lag behind what was done: so long Contabo may say that it does not know what it just made.
const LISTED_AFTER: TimeDelta = TimeDelta::seconds(45);

/// How far what was asked of a thing is, `since` after Contabo said yes. `seen`: id and name of each of its kind. `shows`:
/// whether it shows for certain, where that can be told.
#[must_use]
pub fn progress_of_thing(
    asked: &ThingAsked,
    seen: &[(String, String)],
    shows: Option<bool>,
    since: TimeDelta,
) -> Progress {
    match shows {
        Some(true) => return Progress::Done,
        // What is paid for is not taken for done because it should be by now.
        Some(false) => return Progress::NotYet,
        None => {}
    }
    let about = asked.about();
    let has_id = |id: &str| about.id.as_deref() == Some(id);
    let is_there = match about.verb {
        Verb::Create => seen.iter().any(|(_, name)| name == about.name),
        // Its name never changes.
        Verb::Change if matches!(asked, ThingAsked::ChangeContact { .. }) => false,
        Verb::Change => seen.iter().any(|(id, name)| has_id(id) && name == about.name),
        Verb::Delete => !seen.iter().any(|(id, _)| has_id(id)),
        // How Contabo writes it back is its own, so that it may be there and not show; or it does not show yet.
        Verb::SetNameServers | Verb::SetContacts | Verb::AcceptTransfer | Verb::RejectTransfer | Verb::MakeDefault => {
            false
        }
        // What is inside of it was read with it.
        _ => true,
    };
    match is_there || since >= LISTED_AFTER {
        true => Progress::Done,
        false => Progress::NotYet,
    }
}

/// What to do about a call whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was done, or is being done.
    Accepted,
    /// It may yet turn up.
    LookAgain,
    /// It was not done: send it again.
    SendAgain,
    /// It was not done, and it is too late or was tried too often.
    GiveUp,
}

/// Whether a call that left at `sent` was done: `was_done` says whether Contabo's audit log has it or its effect is
/// there already. What `is_sent_once` is not sent again by itself, whatever the log says.
#[must_use]
pub fn settle(
    row: &action::Model,
    sent: DateTime<Utc>,
    was_done: bool,
    is_sent_once: bool,
    now: DateTime<Utc>,
) -> Settled {
    if was_done {
        Settled::Accepted
    } else if now < sent + ANSWER_TAKES + AUDITED_AFTER {
        Settled::LookAgain
    } else if !is_sent_once && row.attempts < SENT_AT_MOST && now < row.deadline_at {
        Settled::SendAgain
    } else {
        Settled::GiveUp
    }
}
