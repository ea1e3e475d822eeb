//! Planned work that comes again: a first time on the wall clock, a length and a rule. Windows are made of it ahead, each
//! an ordinary one that can be changed or cancelled by itself; what was made is not made again.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use entity::{Db, MaintenanceSeriesId, MaintenanceWindowId, Tenant, TenantId, maintenance_series, maintenance_window};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, Order, sea_query::Expr};
use serde_json::{Value, json};

use super::{
    Covers, Error, GRACE, LONGEST, Reason, Ticked,
    kept::{Of, add_scopes, names, put_scopes, scopes},
    needed,
    recurrence::{Rule, WEEKDAYS},
};
use crate::domain::{
    audit::{self, Actor, Subject},
    board::Snapshot,
    calendar::local,
    typed::{BadText, Checks, Rejected, block, line},
};

/// How far ahead windows are made.
pub const AHEAD: TimeDelta = TimeDelta::days(90);

/// Within so long a rule must name a day.
const SOME_DAY: TimeDelta = TimeDelta::days(5 * 366);

/// Two windows of a series are further apart than this, even where the tenant's zone was changed in between.
const APART: TimeDelta = TimeDelta::hours(12);

/// A series as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub title: String,
    pub notes: String,
    /// When the first window begins, on the wall clock of the tenant's zone.
    pub starts: String,
    pub minutes: String,
    /// `daily`, `weekly`, `monthly` or `rule`.
    pub repeats: String,
    /// Every so many days, weeks or months.
    pub every: String,
    /// Days of the week as rules name them; looked at if it is weekly.
    pub days: Vec<String>,
    /// `never`, `on` or `after`.
    pub ends: String,
    /// The last day; looked at if it ends on one.
    pub until: String,
    /// How many times; looked at if it ends after them.
    pub times: String,
    /// A rule of RFC 5545; looked at instead of all that, if it repeats by a rule.
    pub rule: String,
    pub covers: String,
    pub clients: Vec<String>,
    pub routers: Vec<String>,
    pub links: Vec<String>,
    /// Whether who typed it may approve: then its windows count as soon as they are made.
    pub approves: bool,
}

/// A series as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    title: String,
    notes: String,
    first: NaiveDateTime,
    minutes: i32,
    rule: Rule,
    covers: Covers,
    approves: bool,
}

impl Draft {
    /// What was typed, if all of it can be taken at `now`.
    ///
    /// # Errors
    /// What can't, by field: `title`, `notes`, `starts`, `minutes`, `repeats`, `every`, `days`, `ends`, `until`, `times`,
    /// `rule`, `covers`, `clients`, `routers`, `links`.
    pub fn check(&self, board: &Snapshot, now: DateTime<Utc>) -> Result<Plan, Rejected<Reason>> {
        let mut checks = Checks::default();
        let title = checks.keep("title", line(&self.title, 160));
        let notes = checks.keep("notes", block(&self.notes, 4000));
        let first = checks.keep("starts", self.first(board.zone, now));
        let minutes = checks.keep("minutes", self.minutes());
        let rule = self.rule(&mut checks);
        if let (Some(first), Some(rule)) = (first, &rule)
            && rule.instants(first, board.zone, now - GRACE, now + SOME_DAY).is_empty()
        {
            let field = if self.repeats == "rule" { "rule" } else { "ends" };
            checks.reject(field, Reason::Never);
        }
        let covers = Ticked {
            covers: &self.covers,
            clients: &self.clients,
            routers: &self.routers,
            links: &self.links,
        };
        let covers = covers.check(board, &mut checks);
        let wrong = checks.rejected();
        match (title, notes, first, minutes, rule, covers) {
            (Some(title), Some(notes), Some(first), Some(minutes), Some(rule), Some(covers)) if wrong.0.is_empty() => {
                Ok(Plan {
                    title,
                    notes,
                    first,
                    minutes,
                    rule,
                    covers,
                    approves: self.approves,
                })
            }
            _ => Err(wrong),
        }
    }

    fn first(&self, zone: Tz, now: DateTime<Utc>) -> Result<NaiveDateTime, Reason> {
        match needed(&self.starts, zone)? < now - GRACE {
            true => Err(Reason::Past),
            false => Ok(local::read(&self.starts)?),
        }
    }

    fn minutes(&self) -> Result<i32, Reason> {
        let typed = self.minutes.trim();
        let minutes = typed
            .parse()
            .ok()
            .filter(|minutes| (1..=LONGEST.num_minutes()).contains(minutes));
        minutes
            .and_then(|minutes| i32::try_from(minutes).ok())
            .ok_or(match typed {
                "" => BadText::Missing.into(),
                _ => Reason::NotMinutes,
            })
    }

    fn rule(&self, checks: &mut Checks<Reason>) -> Option<Rule> {
        let mut text = match self.repeats.as_str() {
            "daily" => "FREQ=DAILY".to_owned(),
            "weekly" => "FREQ=WEEKLY".to_owned(),
            "monthly" => "FREQ=MONTHLY".to_owned(),
            "rule" if self.rule.trim().is_empty() => {
                return checks.keep("rule", Err(BadText::Missing));
            }
            "rule" => return checks.keep("rule", self.rule.parse::<Rule>()),
            _ => return checks.keep("repeats", Err(Reason::NotAChoice)),
        };
        let every = checks.keep("every", count(&self.every, 1_000));
        if let Some(every) = every {
            text.push_str(&format!(";INTERVAL={every}"));
        }
        if self.repeats == "weekly" && !self.days.is_empty() {
            let known = |day: &String| WEEKDAYS.iter().any(|(name, _)| name == day);
            if !self.days.iter().all(known) {
                return checks.keep("days", Err(Reason::NotAChoice));
            }
            text.push_str(&format!(";BYDAY={}", self.days.join(",")));
        }
        match self.ends.as_str() {
            "never" => {}
            "on" => {
                let day = checks.keep("until", local::day(&self.until).ok_or(Reason::NotATime))?;
                text.push_str(&format!(";UNTIL={:04}{:02}{:02}", day.year(), day.month(), day.day()));
            }
            "after" => {
                let times = checks.keep("times", count(&self.times, 1_000))?;
                text.push_str(&format!(";COUNT={times}"));
            }
            _ => return checks.keep("ends", Err(Reason::NotAChoice)),
        }
        every?;
        checks.keep("repeats", text.parse::<Rule>())
    }
}

fn count(typed: &str, most: u32) -> Result<u32, Reason> {
    let number = typed.trim().parse().ok();
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or(Reason::NotANumber)
}

/// Plans a series, with the windows of the next time: approved at once by who may approve, else proposed.
///
/// # Errors
/// [`Error::Rejected`] when what is covered is gone since it was checked.
pub async fn create(
    db: &Db,
    tenant: TenantId,
    zone: Tz,
    actor: &Actor,
    now: DateTime<Utc>,
    plan: Plan,
) -> Result<MaintenanceSeriesId, Error> {
    let rows = db.begin(tenant).await?;
    let row = maintenance_series::ActiveModel {
        id: Set(MaintenanceSeriesId::new()),
        title: Set(plan.title),
        notes: Set(plan.notes),
        first_starts: Set(plan.first),
        minutes: Set(plan.minutes),
        rule: Set(plan.rule.to_string()),
        created_by: Set(actor.id),
        created_at: Set(now),
        approved_by: Set(actor.id.filter(|_| plan.approves)),
        approved_at: Set(plan.approves.then_some(now)),
        ended_at: Set(None),
        ..Default::default()
    };
    let row = rows.insert::<maintenance_series::Entity, _>(row).await?;
    add_scopes(&rows, Of::Series(row.id), &plan.covers).await?;
    make(&rows, &row, zone, now).await?;
    let new = fields(&rows, &row).await?;
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.create",
        subject(&row),
        None,
        Some(new),
    )
    .await?;
    Ok(row.id)
}

/// Lets the windows of a proposed series count: those that are made, have not begun, and those to come.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has ended or is approved already.
pub async fn approve(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceSeriesId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    let before = open(&rows, id).await?;
    if before.approved_at.is_some() {
        return Err(Error::Conflict);
    }
    let row = maintenance_series::ActiveModel {
        id: Set(id),
        approved_by: Set(actor.id),
        approved_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_series::Entity, _>(row).await?;
    let proposed = coming(id, now).add(maintenance_window::Column::ApprovedAt.is_null());
    let approved = [
        (
            maintenance_window::Column::ApprovedBy,
            Expr::value(actor.id.map(|id| id.0)),
        ),
        (maintenance_window::Column::ApprovedAt, Expr::value(now)),
    ];
    let windows = rows
        .update_where::<maintenance_window::Entity>(proposed, approved)
        .await?;
    let (old, new) = (
        json!({ "approved": false }),
        json!({ "approved": true, "windows": windows }),
    );
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.approve",
        subject(&after),
        Some(old),
        Some(new),
    )
    .await?;
    Ok(())
}

/// Ends a series: nothing more is made of it, and its windows that have not begun are cancelled.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Conflict`] when it has ended.
pub async fn end(
    db: &Db,
    tenant: TenantId,
    actor: &Actor,
    now: DateTime<Utc>,
    id: MaintenanceSeriesId,
) -> Result<(), Error> {
    let rows = db.begin(tenant).await?;
    open(&rows, id).await?;
    let row = maintenance_series::ActiveModel {
        id: Set(id),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    let after = rows.update::<maintenance_series::Entity, _>(row).await?;
    let cancelled = [(maintenance_window::Column::CancelledAt, Expr::value(now))];
    let windows = rows
        .update_where::<maintenance_window::Entity>(coming(id, now), cancelled)
        .await?;
    let new = json!({ "ended_at": now, "cancelled": windows });
    audit::conclude(
        rows,
        actor,
        now,
        "maintenance_series.end",
        subject(&after),
        None,
        Some(new),
    )
    .await?;
    Ok(())
}

/// Makes the windows of the next time of all series of the tenant that lack some, and says how many there were.
///
/// # Errors
/// When the database does not answer; the rest is made the next time.
pub async fn make_ahead(db: &Db, tenant: TenantId, zone: Tz, now: DateTime<Utc>) -> Result<usize, DbErr> {
    let going_on = maintenance_series::Column::EndedAt.is_null();
    let series = db
        .tenant(tenant)
        .find::<maintenance_series::Entity>()
        .filter(going_on)
        .all()
        .await?;
    let mut made = 0;
    for one in series {
        let rows = db.begin(tenant).await?;
        // Nobody ends it or makes the same meanwhile.
        let Some(one) = rows.lock::<maintenance_series::Entity>(one.id).await? else {
            continue;
        };
        let windows = match one.ended_at {
            None => make(&rows, &one, zone, now).await?,
            Some(_) => 0,
        };
        if windows > 0 {
            let new = json!({ "windows": windows });
            let actor = Actor::system("maintenance");
            let action = "maintenance_series.make_windows";
            audit::conclude(rows, &actor, now, action, subject(&one), None, Some(new)).await?;
            made += windows;
        }
    }
    Ok(made)
}

/// What follows on the last window that was made, up to [`AHEAD`].
async fn make(
    rows: &Tenant<'_>,
    series: &maintenance_series::Model,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<usize, DbErr> {
    let Ok(rule) = series.rule.parse::<Rule>() else {
        tracing::error!(series = %series.id, rule = %series.rule, "the rule of a series can't be read");
        return Ok(0);
    };
    let last = rows
        .find::<maintenance_window::Entity>()
        .filter(maintenance_window::Column::SeriesId.eq(series.id))
        .order_by(maintenance_window::Column::OccursAt, Order::Desc)
        .limit(1)
        .one()
        .await?;
    let from = last.and_then(|window| window.occurs_at).map(|at| at + APART);
    let from = from.max(Some(now - GRACE)).unwrap_or(now);
    let covers = Covers::of(&scopes(rows, Of::Series(series.id)).await?);
    let instants = rule.instants(series.first_starts, zone, from, now + AHEAD);
    for at in &instants {
        let window = maintenance_window::ActiveModel {
            id: Set(MaintenanceWindowId::new()),
            series_id: Set(Some(series.id)),
            occurs_at: Set(Some(*at)),
            title: Set(series.title.clone()),
            notes: Set(series.notes.clone()),
            starts_at: Set(*at),
            ends_at: Set(*at + TimeDelta::minutes(i64::from(series.minutes))),
            created_by: Set(series.created_by),
            created_at: Set(now),
            approved_by: Set(series.approved_by),
            approved_at: Set(series.approved_at),
            cancelled_at: Set(None),
            ..Default::default()
        };
        let window = rows.insert::<maintenance_window::Entity, _>(window).await?;
        put_scopes(rows, Of::Window(window.id), &covers).await?;
    }
    Ok(instants.len())
}

/// A series with what it covers.
#[derive(Clone, Debug)]
pub struct Series {
    pub series: maintenance_series::Model,
    pub covers: Covers,
}

/// One series.
///
/// # Errors
/// When the database does not answer.
pub async fn one(rows: &Tenant<'_>, id: MaintenanceSeriesId) -> Result<Option<Series>, DbErr> {
    let Some(series) = rows.get::<maintenance_series::Entity>(id).await? else {
        return Ok(None);
    };
    let covers = Covers::of(&scopes(rows, Of::Series(id)).await?);
    Ok(Some(Series { series, covers }))
}

/// All series that go on, by their titles.
///
/// # Errors
/// When the database does not answer.
pub async fn going_on(rows: &Tenant<'_>) -> Result<Vec<maintenance_series::Model>, DbErr> {
    rows.find::<maintenance_series::Entity>()
        .filter(maintenance_series::Column::EndedAt.is_null())
        .order_by(maintenance_series::Column::Title, Order::Asc)
        .order_by(maintenance_series::Column::Id, Order::Asc)
        .all()
        .await
}

async fn open(rows: &Tenant<'_>, id: MaintenanceSeriesId) -> Result<maintenance_series::Model, Error> {
    let series = rows.lock::<maintenance_series::Entity>(id).await?;
    let series = series.ok_or(Error::NotFound)?;
    match series.ended_at {
        None => Ok(series),
        Some(_) => Err(Error::Conflict),
    }
}

/// Its windows that have not begun.
fn coming(id: MaintenanceSeriesId, now: DateTime<Utc>) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(maintenance_window::Column::SeriesId.eq(id))
        .add(maintenance_window::Column::StartsAt.gt(now))
        .add(maintenance_window::Column::CancelledAt.is_null())
}

fn subject(row: &maintenance_series::Model) -> Subject<'_> {
    Subject {
        kind: "maintenance series",
        id: Some(row.id.0),
        name: &row.title,
    }
}

async fn fields(rows: &Tenant<'_>, row: &maintenance_series::Model) -> Result<Value, DbErr> {
    Ok(json!({
        "title": row.title,
        "notes": row.notes,
        "first_starts": row.first_starts.format("%Y-%m-%d %H:%M").to_string(),
        "minutes": row.minutes,
        "rule": row.rule,
        "approved": row.approved_at.is_some(),
        "covers": names(rows, Of::Series(row.id)).await?,
    }))
}
