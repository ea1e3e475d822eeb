//! What was agreed on a link: what its month is judged by, besides what was measured and what does not count.
//!
//! The first report of a month takes the link as it is, by the wording of its profile that was in force when the month
//! ended. Another revision keeps what the one before it says, unless somebody wants what is agreed today.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{LinkId, SlaReportId, Tenant, link, sla_profile_version};
use sea_orm::{ColumnTrait, DbErr, Order};
use serde::{Deserialize, Serialize};

use super::store::{self, StoreError, Stored};
use crate::domain::{
    board::Snapshot,
    calendar::{Month, instant},
    sla::{calculation, intervals::Interval, terms, uptime::Terms},
};

/// Which agreement another revision is judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// That of the revision before it.
    #[default]
    Then,
    /// What is agreed when it is made.
    Today,
}

/// Where what a report was judged by is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementOf {
    /// A first report: the link as it was when the report was made, by the wording that was in force when the month
    /// ended.
    #[default]
    MonthsEnd,
    /// Another revision, which keeps what the one before it says.
    RevisionBefore,
    /// Another revision, by what was agreed on the day it was made.
    Today,
}

/// What was agreed on a link.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// The link, with whose it is, on which router, the committed rates, which side the customer is on, and the fee as
    /// they were agreed.
    pub link: link::Model,
    /// The SLA profile's name and the wording; none: nothing is promised.
    pub wording: Option<(String, sla_profile_version::Model)>,
    /// Of the month and of service hours.
    pub zone: Tz,
    /// ISO 4217, of the fee.
    pub currency: String,
    pub of: AgreementOf,
}

impl Agreed {
    /// As it is on the board.
    #[must_use]
    pub fn today(board: &Snapshot, link: &link::Model) -> Self {
        let wording = board.profile_of(link);
        Self {
            link: link.clone(),
            wording: wording.map(|profile| (profile.profile.name.clone(), profile.current.clone())),
            zone: board.zone,
            currency: board.tenant.currency.clone(),
            of: AgreementOf::Today,
        }
    }

    /// As a first report of `month` has it.
    async fn at_the_end_of(
        rows: &Tenant<'_>,
        board: &Snapshot,
        link: &link::Model,
        month: Month,
    ) -> Result<Self, DbErr> {
        let mut agreed = Self::today(board, link);
        agreed.of = AgreementOf::MonthsEnd;
        if let Some((_, wording)) = &mut agreed.wording {
            let at = instant(month.period(board.zone).end());
            let versions = rows
                .find::<sla_profile_version::Entity>()
                .filter(sla_profile_version::Column::SlaProfileId.eq(wording.sla_profile_id))
                .order_by(sla_profile_version::Column::Version, Order::Asc)
                .all()
                .await?;
            *wording = in_force(versions, at).unwrap_or_else(|| wording.clone());
        }
        Ok(agreed)
    }

    /// As a report says. What is no agreement (names, and when the link was in service) is as it is on the board.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn then(
        rows: &Tenant<'_>,
        board: &Snapshot,
        link: &link::Model,
        Stored { head, document }: &Stored,
    ) -> Result<Self, DbErr> {
        let wording = match head.sla_profile_version_id {
            Some(id) => rows.get::<sla_profile_version::Entity>(id).await?,
            None => None,
        };
        let facts = &document.link;
        let link = link::Model {
            client_id: head.client_id,
            router_id: head.router_id,
            faces: facts.faces.into(),
            committed_down_bps: facts.committed_down_bps,
            committed_up_bps: facts.committed_up_bps,
            monthly_fee_minor: document.monthly_fee_minor,
            sla_profile_id: wording.as_ref().map(|wording| wording.sla_profile_id),
            ..link.clone()
        };
        Ok(Self {
            link,
            wording: document
                .promised
                .as_ref()
                .map(|promised| promised.profile.clone())
                .zip(wording),
            zone: document.zone.parse().unwrap_or(board.zone),
            currency: document.currency.clone(),
            of: AgreementOf::RevisionBefore,
        })
    }

    /// When and how the time of `period` counts by it.
    #[must_use]
    pub fn terms(&self, board: &Snapshot, period: Interval) -> Terms {
        terms::by_wording(board, &self.link, self.promised(), self.zone, period)
    }

    /// The rest of it, for a calculation.
    #[must_use]
    pub fn agreement(&self) -> calculation::Agreement {
        terms::agreement(&self.link, self.promised())
    }

    fn promised(&self) -> Option<&sla_profile_version::Model> {
        self.wording.as_ref().map(|(_, wording)| wording)
    }
}

/// What a report of `link` for `month` that is made now is judged by: by `which` where there is one before it.
///
/// # Errors
/// When the database does not answer, or the revision before can't be read.
pub async fn agreed(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: &link::Model,
    month: Month,
    which: Which,
) -> Result<Agreed, StoreError> {
    let before = last(rows, link.id, month).await?;
    after(rows, board, link, month, before.map(|before| (before, which))).await
}

/// The last revision.
pub(super) async fn last(rows: &Tenant<'_>, link: LinkId, month: Month) -> Result<Option<SlaReportId>, DbErr> {
    let revisions = store::revisions(rows, link, &month.to_string()).await?;
    Ok(revisions.first().map(|head| head.id))
}

/// What the report that comes after `before` is judged by; none: what a first one is.
pub(super) async fn after(
    rows: &Tenant<'_>,
    board: &Snapshot,
    link: &link::Model,
    month: Month,
    before: Option<(SlaReportId, Which)>,
) -> Result<Agreed, StoreError> {
    Ok(match before {
        None => Agreed::at_the_end_of(rows, board, link, month).await?,
        Some((_, Which::Today)) => Agreed::today(board, link),
        Some((before, Which::Then)) => {
            let stored = store::find(rows, before).await?;
            let stored = stored.ok_or_else(|| DbErr::RecordNotFound(format!("report {before}")))?;
            Agreed::then(rows, board, link, &stored).await?
        }
    })
}

/// `board` with the wording of each SLA profile that was in force just before `at`: what first reports are judged by.
///
/// # Errors
/// When the database does not answer.
pub async fn as_promised(rows: &Tenant<'_>, board: &Snapshot, at: DateTime<Utc>) -> Result<Snapshot, DbErr> {
    let mut wordings: HashMap<_, Vec<_>> = HashMap::new();
    let versions = rows
        .find::<sla_profile_version::Entity>()
        .order_by(sla_profile_version::Column::Version, Order::Asc)
        .all()
        .await?;
    for version in versions {
        wordings.entry(version.sla_profile_id).or_default().push(version);
    }
    let mut profiles = HashMap::clone(&board.profiles);
    for (id, profile) in &mut profiles {
        if let Some(wording) = wordings.remove(id).and_then(|versions| in_force(versions, at)) {
            profile.current = wording;
        }
    }
    let mut then = board.clone();
    then.profiles = Arc::new(profiles);
    Ok(then)
}

/// Of the versions of a profile, by number, the one that was in force just before `at`. A profile that is younger has
/// its first: it was meant for what was there already.
fn in_force(versions: Vec<sla_profile_version::Model>, at: DateTime<Utc>) -> Option<sla_profile_version::Model> {
    let mut versions = versions.into_iter();
    versions.rfind(|version| version.version == 1 || version.created_at < at)
}
