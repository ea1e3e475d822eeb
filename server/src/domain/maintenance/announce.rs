//! Who is to be told of which window, and when: its clients when it is planned, when it changes and when it is cancelled.
//!
//! It decides and keeps what was told; the words and the way to people are not here. What is over is told to nobody.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{ClientId, MaintenanceSeriesId, MaintenanceWindowId, Tenant, link, maintenance_window};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, DbErr, Order};
use serde::{Deserialize, Serialize};

use super::{
    Covers, LONGEST,
    kept::{Of, scopes},
};
use crate::domain::{
    board::Snapshot,
    sla::{intervals::Interval, terms},
};

/// How long before it begins a window is announced at the earliest; as long as the clients' pages show it. Those of a
/// series are made much further ahead.
pub const EARLIEST: TimeDelta = TimeDelta::days(14);

/// What a client has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It comes.
    Planned,
    /// It comes otherwise than they were told.
    Changed,
    /// It does not come, or does not concern them any more.
    Cancelled,
}

/// What clients were told last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Who was told that it comes.
    pub clients: BTreeSet<ClientId>,
}

/// What is to be told of one window, and what was told then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub window: maintenance_window::Model,
    pub covers: Covers,
    /// By client, each once.
    pub news: Vec<(ClientId, News)>,
}

impl Announcement {
    /// Whom it is to be told.
    pub fn clients(&self) -> impl Iterator<Item = ClientId> {
        self.news.iter().map(|(client, _)| *client)
    }

    /// What `client` has to know; nothing where it is none of theirs.
    #[must_use]
    pub fn of(&self, client: ClientId) -> Option<News> {
        let mut news = self.news.iter();
        news.find_map(|(told, news)| (*told == client).then_some(*news))
    }
}

/// What the clients have to be told at `now` of a window that concerns `covered`, and what they know then.
#[must_use]
pub fn news(
    window: &maintenance_window::Model,
    covered: &BTreeSet<ClientId>,
    told: Option<&Told>,
    now: DateTime<Utc>,
) -> (Vec<(ClientId, News)>, Told) {
    let stands = window.approved_at.is_some() && window.cancelled_at.is_none();
    let known = told.map(|told| &told.clients).cloned().unwrap_or_default();
    let is_late = window.starts_at > now + EARLIEST && known.is_empty();
    let coming = match stands && !is_late && window.ends_at > now {
        true => covered.clone(),
        false => BTreeSet::new(),
    };
    let is_as_told = told.is_some_and(|told| {
        (told.title.as_str(), told.starts_at, told.ends_at) == (window.title.as_str(), window.starts_at, window.ends_at)
    });
    // Nobody who waited for it through its whole time needs to hear that it is over.
    let is_past = told.is_none_or(|told| told.ends_at <= now) && window.ends_at <= now;
    let of = |client: &ClientId| match (coming.contains(client), known.contains(client)) {
        (true, true) if is_as_told => None,
        (true, true) => Some(News::Changed),
        (true, false) => Some(News::Planned),
        // It ended before its time: then it stands and is not coming.
        (false, true) if stands && window.starts_at <= now && covered.contains(client) => None,
        (false, _) => Some(News::Cancelled),
    };
    let concerned = coming.union(&known);
    let news = concerned.filter_map(|client| Some((*client, of(client)?)));
    let news = if is_past { Vec::new() } else { news.collect() };
    let told = Told {
        title: window.title.clone(),
        starts_at: window.starts_at,
        ends_at: window.ends_at,
        clients: coming,
    };
    (news, told)
}

/// The clients whose links `window` covers while they are in service.
#[must_use]
pub fn clients(board: &Snapshot, window: &maintenance_window::Model, covers: &Covers) -> BTreeSet<ClientId> {
    let span = Interval::between(window.starts_at, window.ends_at);
    let concerned = |link: &link::Model| {
        link.archived_at.is_none() && covers.is_of(link) && !span.intersect(terms::active(link)).is_empty()
    };
    let links = board.links.values().map(|now_of| &now_of.link);
    links
        .filter(|link| concerned(link))
        .map(|link| link.client_id)
        .collect()
}

/// A window, and the series that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Candidate {
    pub id: MaintenanceWindowId,
    pub series_id: Option<MaintenanceSeriesId>,
}

/// The windows of which somebody may have to be told something, by their beginning.
///
/// # Errors
/// When the database does not answer.
pub async fn candidates(rows: &Tenant<'_>, now: DateTime<Utc>) -> Result<Vec<Candidate>, DbErr> {
    use maintenance_window::Column;
    // One that was moved or cancelled is told of although it lies in the past now, or far ahead.
    let of_now = Condition::all()
        .add(Column::EndsAt.gt(now - LONGEST))
        .add(Column::StartsAt.lte(now + EARLIEST + LONGEST));
    let was_told = Column::AnnouncedAt.gt(now - EARLIEST - LONGEST);
    rows.find::<maintenance_window::Entity>()
        .filter(Condition::any().add(of_now).add(was_told))
        .order_by(Column::StartsAt, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .columns::<Candidate>([Column::Id, Column::SeriesId])
        .await
}

/// What clients were told of a window last.
fn told(window: &maintenance_window::Model) -> Option<Told> {
    let told = window.announced.clone()?;
    serde_json::from_value(told).ok()
}

/// Whether there is something to tell of a window; [`take`] says for certain.
///
/// # Errors
/// When the database does not answer.
pub async fn is_due(
    rows: &Tenant<'_>,
    board: &Snapshot,
    id: MaintenanceWindowId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let Some(window) = rows.get::<maintenance_window::Entity>(id).await? else {
        return Ok(false);
    };
    let covers = Covers::of(&scopes(rows, Of::Window(id)).await?);
    let (news, _) = news(&window, &clients(board, &window, &covers), told(&window).as_ref(), now);
    Ok(!news.is_empty())
}

/// Takes what is to be told of `window`, and keeps that it was: whoever sends it does so in the same transaction. None:
/// everybody knows.
///
/// # Errors
/// When the database refuses.
pub async fn take(
    rows: &Tenant<'_>,
    board: &Snapshot,
    id: MaintenanceWindowId,
    now: DateTime<Utc>,
) -> Result<Option<Announcement>, DbErr> {
    let Some(window) = rows.lock::<maintenance_window::Entity>(id).await? else {
        return Ok(None);
    };
    let covers = Covers::of(&scopes(rows, Of::Window(id)).await?);
    let (news, told) = news(&window, &clients(board, &window, &covers), told(&window).as_ref(), now);
    if news.is_empty() {
        return Ok(None);
    }
    let told = serde_json::to_value(&told).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = maintenance_window::ActiveModel {
        id: Set(id),
        announced_at: Set(Some(now)),
        announced: Set(Some(told)),
        ..Default::default()
    };
    let window = rows.update::<maintenance_window::Entity, _>(row).await?;
    Ok(Some(Announcement { window, covers, news }))
}

#[cfg(test)]
mod tests {
    use entity::TenantId;

    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_251_600 + hour * 3600, 0).unwrap()
    }

    fn window(starts: i64, ends: i64) -> maintenance_window::Model {
        maintenance_window::Model {
            tenant_id: TenantId::new(),
            id: MaintenanceWindowId::new(),
            series_id: None,
            occurs_at: None,
            title: "Fibre work".to_owned(),
            notes: String::new(),
            starts_at: at(starts),
            ends_at: at(ends),
            created_by: None,
            created_at: at(-100),
            approved_by: None,
            approved_at: Some(at(-100)),
            announced_at: None,
            announced: None,
            cancelled_at: None,
        }
    }

    #[test]
    fn clients_are_told_once_of_what_comes_what_changes_and_what_does_not_come() {
        use News::{Cancelled, Changed, Planned};
        let (acme, globex) = (ClientId::new(), ClientId::new());
        let both = BTreeSet::from([acme, globex]);
        let only_acme = BTreeSet::from([acme]);
        let mut one = window(24, 28);
        let (first, told) = news(&one, &only_acme, None, at(0));
        assert_eq!(first, [(acme, Planned)]);
        assert_eq!(news(&one, &only_acme, Some(&told), at(1)).0, []);
        // It is longer, and concerns one more.
        one.ends_at = at(29);
        let (second, told) = news(&one, &both, Some(&told), at(2));
        assert_eq!(BTreeSet::from_iter(second.iter().map(|(client, _)| *client)), both);
        assert!(second.contains(&(acme, Changed)) && second.contains(&(globex, Planned)));
        // It is only a proposal again: for clients it does not come.
        let withdrawn = maintenance_window::Model {
            approved_at: None,
            ..one.clone()
        };
        let (third, gone) = news(&withdrawn, &both, Some(&told), at(3));
        assert!(third.len() == 2 && third.iter().all(|(_, news)| *news == Cancelled));
        assert_eq!(news(&withdrawn, &both, Some(&gone), at(3)).0, []);
        assert_eq!(
            news(&one, &only_acme, Some(&gone), at(4)).0,
            [(acme, Planned)],
            "and comes again"
        );
        // It does not concern one any more.
        assert_eq!(news(&one, &only_acme, Some(&told), at(4)).0, [(globex, Cancelled)]);
        let cancelled = maintenance_window::Model {
            cancelled_at: Some(at(25)),
            ..one.clone()
        };
        assert_eq!(news(&cancelled, &both, Some(&told), at(25)).0.len(), 2, "while it runs");
        assert_eq!(
            news(&cancelled, &both, Some(&told), at(30)).0,
            [],
            "but not when it is over"
        );
        // It ended early, which its page says.
        one.ends_at = at(26);
        assert_eq!(news(&one, &both, Some(&told), at(26)).0, []);
    }

    #[test]
    fn what_is_proposed_far_ahead_or_over_is_told_to_nobody() {
        let acme = BTreeSet::from([ClientId::new()]);
        let proposed = maintenance_window::Model {
            approved_at: None,
            ..window(24, 28)
        };
        assert_eq!(news(&proposed, &acme, None, at(0)).0, []);
        let ahead = window(24 * 20, 24 * 20 + 4);
        let (none, told) = news(&ahead, &acme, None, at(0));
        assert_eq!((none.len(), told.clients.len()), (0, 0));
        assert_eq!(news(&ahead, &acme, None, at(24 * 7)).0.len(), 1);
        assert_eq!(
            news(&window(-8, -4), &acme, None, at(0)).0,
            [],
            "recorded after the fact"
        );
    }
}
