//! Contabo's checks of an instance and the remedies that they offer, read and started when somebody asks. Contabo keeps
//! them, so nothing of them is kept here. A remedy that is started is an action: see [`super::act`].

use chrono::{DateTime, TimeDelta, Utc};
use contabo::{
    Check, CheckFilter, CheckId, CheckSet, CheckSetFilter, CheckSetId, CheckSetTemplate, CheckSetTemplateId,
    CheckStatus, Client, Each, Error, InstanceId, NewCheck, NewCheckSet, OfferedRemedy, Remedy, RemedyFilter, RemedyId,
    RequestId, TemplateFilter,
};
use tokio::time::timeout;

use super::PAGES_WAIT;

/// How far back is looked.
const SINCE: TimeDelta = TimeDelta::days(30);

/// How many of each kind are shown.
const MOST: usize = 10;

/// What Contabo calls an instance here.
pub(super) const KIND: &str = "vserver";

/// Everything of one instance, the newest first.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// What can be started.
    pub(crate) templates: Vec<CheckSetTemplate>,
    pub(crate) sets: Vec<CheckSet>,
    /// Checks that belong to no set.
    pub(crate) alone: Vec<Check>,
    pub(crate) remedies: Vec<Remedy>,
}

impl Found {
    /// Whether something of it is about to change.
    pub(crate) fn goes_on(&self) -> bool {
        let sets = self.sets.iter().map(|set| &set.status);
        let alone = self.alone.iter().map(|check| &check.status);
        let remedies = self.remedies.iter().map(|remedy| &remedy.status);
        sets.chain(alone).chain(remedies).flatten().any(is_open)
    }
}

/// Why there is nothing to show, or why it was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotDone {
    /// Contabo knows none with this number, or it is another instance's.
    #[error("it is none of this server's")]
    NotThere,
    /// A set of checks goes on already.
    #[error("checks go on already")]
    GoesOn,
    /// It has ended, so it can't be cancelled.
    #[error("it has ended")]
    Ended,
    #[error(transparent)]
    Refused(Error),
    /// Of a change: it may have been done.
    #[error("Contabo did not answer in time")]
    Late,
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        match error.is_not_found() {
            true => Self::NotThere,
            false => Self::Refused(error),
        }
    }
}

/// Whether it has not ended.
pub(crate) fn is_open(status: &CheckStatus) -> bool {
    matches!(status, CheckStatus::Queued | CheckStatus::Running)
}

/// A filter that Contabo overlooked must not show what is another's.
fn is_of(instance: i64, object: Option<&String>) -> bool {
    object.is_some_and(|object| *object == instance.to_string())
}

/// What a page waits for, as long as it waits.
pub(super) async fn in_time<T>(asking: impl Future<Output = Result<T, NotDone>>) -> Result<T, NotDone> {
    timeout(PAGES_WAIT, asking).await.map_err(|_| NotDone::Late)?
}

/// All that there is of the last 30 days.
///
/// # Errors
/// When Contabo refuses, can't be reached, or takes longer than 20 seconds.
pub(crate) async fn read(client: &Client, instance: i64, now: DateTime<Utc>) -> Result<Found, NotDone> {
    let id = InstanceId(instance);
    let read = async {
        let (check_sets, checks, repairs) = (client.check_sets(), client.checks(), client.remedies());
        let templates = TemplateFilter {
            object_type: Some(KIND.to_owned()),
            ..TemplateFilter::default()
        };
        let of_sets = of_sets(id, now);
        let of_checks = CheckFilter {
            object_type: Some(KIND.to_owned()),
            object_id: Some(id),
            created_from: Some(now - SINCE),
            ..CheckFilter::default()
        };
        let of_remedies = RemedyFilter {
            object_type: Some(KIND.to_owned()),
            object_id: Some(id),
            created_from: Some(now - SINCE),
            ..RemedyFilter::default()
        };
        let (templates, mut sets, mut checks, mut remedies) = tokio::try_join!(
            check_sets.templates(&templates),
            check_sets.list(&of_sets),
            checks.list(&of_checks),
            repairs.list(&of_remedies),
        )?;
        sets.retain(|set| is_of(instance, set.object_id.as_ref()));
        sets.sort_by_key(|set| std::cmp::Reverse((set.created_date, set.check_collection_id)));
        checks.retain(|check| is_of(instance, check.object_id.as_ref()) && !is_in(&sets, check));
        checks.sort_by_key(|check| std::cmp::Reverse((check.created_date, check.check_id)));
        remedies.retain(|remedy| is_of(instance, remedy.object_id.as_ref()));
        remedies.sort_by_key(|remedy| std::cmp::Reverse((remedy.created_date, remedy.remedy_id)));
        sets.truncate(MOST);
        checks.truncate(MOST);
        remedies.truncate(MOST);
        Ok(Found {
            templates,
            sets,
            alone: checks,
            remedies,
        })
    };
    in_time(Box::pin(read)).await
}

fn of_sets(instance: InstanceId, now: DateTime<Utc>) -> CheckSetFilter {
    CheckSetFilter {
        object_type: Some(KIND.to_owned()),
        object_id: Some(instance),
        created_from: Some(now - SINCE),
        ..CheckSetFilter::default()
    }
}

/// Whether a check is shown with its set.
fn is_in(sets: &[CheckSet], check: &Check) -> bool {
    let set = check.check_collection_id;
    sets.iter().any(|known| {
        Some(known.check_collection_id) == set || known.checks.iter().any(|one| one.check_id == check.check_id)
    })
}

/// A set of checks that can be started.
///
/// # Errors
/// [`NotDone::NotThere`] when Contabo has none with this number.
pub(crate) async fn template(client: &Client, id: i64) -> Result<CheckSetTemplate, NotDone> {
    in_time(async { Ok(client.check_sets().template(CheckSetTemplateId(id)).await?) }).await
}

/// Starts a set of checks, unless one goes on already.
///
/// # Errors
/// Any [`NotDone`].
pub(crate) async fn start(
    client: &Client,
    instance: i64,
    template: CheckSetTemplateId,
    now: DateTime<Utc>,
    request: RequestId,
) -> Result<(), NotDone> {
    let instance = InstanceId(instance);
    let start = async {
        let sets = client.check_sets();
        let there = sets.list(&of_sets(instance, now)).await?;
        let mut open = there.iter().filter(|set| is_of(instance.0, set.object_id.as_ref()));
        if open.any(|set| set.status.as_ref().is_some_and(is_open)) {
            return Err(NotDone::GoesOn);
        }
        sets.start(NewCheckSet { instance, template }, request).await?;
        Ok(())
    };
    in_time(Box::pin(start)).await
}

/// Cancels a set that has not ended.
///
/// # Errors
/// Any [`NotDone`].
pub(crate) async fn cancel_set(client: &Client, instance: i64, id: i64, request: RequestId) -> Result<(), NotDone> {
    let cancel = async {
        let (sets, id) = (client.check_sets(), CheckSetId(id));
        let set = sets.get(id, &Each::default()).await?;
        if !is_of(instance, set.object_id.as_ref()) {
            return Err(NotDone::NotThere);
        }
        if !set.status.as_ref().is_none_or(is_open) {
            return Err(NotDone::Ended);
        }
        sets.cancel(id, request).await?;
        Ok(())
    };
    in_time(Box::pin(cancel)).await
}

/// A check of the instance.
///
/// # Errors
/// [`NotDone::NotThere`], also for another instance's.
pub(crate) async fn check(client: &Client, instance: i64, id: i64) -> Result<Check, NotDone> {
    let check = async { Ok(client.checks().get(CheckId(id)).await?) };
    let check = in_time(check).await?;
    match is_of(instance, check.object_id.as_ref()) {
        true => Ok(check),
        false => Err(NotDone::NotThere),
    }
}

/// Does a check once more, by itself.
///
/// # Errors
/// Any [`NotDone`].
pub(crate) async fn again(client: &Client, instance: i64, check: &Check, request: RequestId) -> Result<(), NotDone> {
    let new = NewCheck {
        instance: InstanceId(instance),
        template: check.check_template_id.ok_or(NotDone::NotThere)?,
        set: None,
    };
    in_time(async { Ok(client.checks().start(new, request).await.map(drop)?) }).await
}

/// Cancels a check that has not ended.
///
/// # Errors
/// Any [`NotDone`].
pub(crate) async fn cancel(client: &Client, check: &Check, request: RequestId) -> Result<(), NotDone> {
    if !check.status.as_ref().is_none_or(is_open) {
        return Err(NotDone::Ended);
    }
    in_time(async { Ok(client.checks().cancel(check.check_id, request).await.map(drop)?) }).await
}

/// The remedies that a check offers for what it found: those of one that found nothing are of no use.
pub(crate) fn offered(check: &Check) -> &[OfferedRemedy] {
    match check.status {
        Some(CheckStatus::Failed | CheckStatus::Warn) => &check.remedy_templates,
        _ => &[],
    }
}

/// Cancels a remedy that has not ended.
///
/// # Errors
/// Any [`NotDone`].
pub(crate) async fn cancel_remedy(client: &Client, instance: i64, id: i64, request: RequestId) -> Result<(), NotDone> {
    let cancel = async {
        let (remedies, id) = (client.remedies(), RemedyId(id));
        let remedy = remedies.get(id).await?;
        if !is_of(instance, remedy.object_id.as_ref()) {
            return Err(NotDone::NotThere);
        }
        if !remedy.status.as_ref().is_none_or(is_open) {
            return Err(NotDone::Ended);
        }
        remedies.cancel(id, request).await?;
        Ok(())
    };
    in_time(Box::pin(cancel)).await
}
