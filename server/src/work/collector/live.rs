//! Current figures for pages that are open now, and for no others. They are never samples.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{Db, LinkId, RouterId, link_state, sample::LinkCondition, watch, watch::Watched};
use routeros::Error;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{check, memory::LinkMemory, router::Poller, trouble::Trouble};

/// How often a router is asked for current figures while somebody looks.
pub(super) const LOOK_EVERY: TimeDelta = TimeDelta::seconds(10);

/// What of one router is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Live {
    /// In order.
    pub(super) links: Vec<LinkId>,
    pub(super) router: bool,
}

impl Live {
    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty() && !self.router
    }

    /// Whether somebody looks at something that nobody looked at before: they should not wait.
    pub(super) fn has_more_than(&self, old: &Self) -> bool {
        (self.router && !old.router) || self.links.iter().any(|link| !old.links.contains(link))
    }
}

/// Everything that is looked at now, of all tenants.
pub(super) async fn watched(db: &Db, now: DateTime<Utc>) -> Result<(Vec<LinkId>, Vec<RouterId>), DbErr> {
    #[expect(clippy::disallowed_methods, reason = "one query a second serves all tenants")]
    let connection = db.across_tenants();
    let rows = watch::Entity::find()
        .filter(watch::Column::ExpiresAt.gt(now))
        .all(connection)
        .await?;
    let of = |kind: Watched| {
        rows.iter()
            .filter(move |row| row.kind == kind)
            .map(|row| row.subject_id)
    };
    Ok((
        of(Watched::Link).map(LinkId).collect::<Vec<_>>(),
        of(Watched::Router).map(|id: Uuid| RouterId(id)).collect(),
    ))
}

/// Why a live look gave nothing. The next poll will say so on the router's page.
#[derive(Debug, thiserror::Error)]
pub(super) enum LookError {
    #[error(transparent)]
    Router(#[from] Trouble),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Error> for LookError {
    fn from(error: Error) -> Self {
        Self::Router(error.into())
    }
}

impl Poller {
    /// Asks for what somebody looks at, and stores it: within `limit`, or not at all.
    pub(super) async fn look(&mut self, live: &Live, limit: Duration) -> Result<(), LookError> {
        let looked = tokio::time::timeout(limit, Box::pin(self.ask_and_store(live))).await;
        looked.unwrap_or_else(|_| Err(Trouble::Slow(limit).into()))
    }

    /// Where it is dropped before its end, the next poll connects anew.
    async fn ask_and_store(&mut self, live: &Live) -> Result<(), LookError> {
        if self.memory.router.failures_in_a_row > 0 {
            // Its polls look for it already, each after a longer pause.
            return Ok(());
        }
        let client = match self.client.take().filter(|client| client.ended().is_none()) {
            Some(client) => client,
            None => {
                self.listener = None;
                self.setup.access.connect(&self.common.site, self.setup.key()).await?
            }
        };
        let looked = async {
            let rates = self.rates(&client, live).await?;
            let report = match live.router {
                true => Some(Box::pin(check::look(&client, &self.common.site.clock)).await?),
                false => None,
            };
            Ok::<_, Error>((rates, report))
        };
        let (rates, report) = match looked.await {
            Err(error) if Trouble::ends_connection(&error) => return Err(error.into()),
            outcome => {
                self.client = Some(client);
                outcome?
            }
        };
        let now = self.common.site.clock.now();
        let rows = self.common.site.db.begin(self.setup.tenant).await?;
        if let Some(report) = &report {
            check::keep_report(&rows, self.setup.router, report, now).await?;
        }
        if !rates.is_empty() {
            let seq = rows.next_seq().await?;
            for (link, rx, tx) in &rates {
                let columns = [
                    (link_state::Column::RxBps, Expr::value(*rx)),
                    (link_state::Column::TxBps, Expr::value(*tx)),
                    (link_state::Column::RatesAt, Expr::value(now)),
                    (link_state::Column::Seq, Expr::value(seq)),
                ];
                rows.update_where::<link_state::Entity>(link_state::Column::LinkId.eq(*link), columns)
                    .await?;
            }
        }
        rows.commit().await?;
        self.common.dirty.mark(self.setup.tenant);
        for (id, rx, tx) in rates {
            if let Some(link) = self.memory.links.iter_mut().find(|link| link.setup.id == id) {
                (link.row.rx_bps, link.row.tx_bps) = (Some(rx), Some(tx));
                link.row.rates_at = Some(now);
                link.live_at = Some(now);
            }
        }
        Ok(())
    }

    /// What the watched links carry now, received and sent in bit/s. Those of which the router has no interface were
    /// left out by the poll.
    async fn rates(&self, client: &routeros::Client, live: &Live) -> Result<Vec<(LinkId, i64, i64)>, Error> {
        let watched: Vec<(LinkId, &[u8])> = self
            .memory
            .links
            .iter()
            .filter(|link| live.links.contains(&link.setup.id) && link.row.state != LinkCondition::Unknown)
            .filter_map(|link| Some((link.setup.id, name(link)?)))
            .collect();
        let names: Vec<&[u8]> = watched.iter().map(|(_, name)| *name).collect();
        let rates = client.monitor_traffic(&names).await?;
        let rate = |rate: u64| i64::try_from(rate).unwrap_or(i64::MAX);
        let of_link = |(id, name): &(LinkId, &[u8])| {
            let found = rates.iter().find(|rates| rates.name.as_bytes() == *name)?;
            Some((*id, rate(found.rx_bits), rate(found.tx_bits)))
        };
        Ok(watched.iter().filter_map(of_link).collect())
    }
}

/// The interface's name as the last poll saw it; after a restart, what staff chose, until the next poll.
fn name(link: &LinkMemory) -> Option<&[u8]> {
    let known = link
        .name
        .as_deref()
        .or_else(|| link.baseline.is_some().then_some(link.setup.interface.name.as_bytes()))?;
    // A name with a comma would be taken for two.
    (!known.contains(&b',')).then_some(known)
}
