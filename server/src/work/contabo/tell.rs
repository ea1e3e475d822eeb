//! Writing to the people of a client what became of a server of theirs: a job, made in the transaction of what it tells
//! of. Whoever wants no such mail gets none.

use chrono::{DateTime, Utc};
use entity::{ClientId, InstanceId, Tenant, TenantId, instance, mail::MailKind};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    domain::{
        contabo::letters::{self, News},
        mail::{Letterhead, outbox, preferences::recipients},
    },
    site::Site,
    work::queue::{Job, JobError, enqueue},
};

/// Tells one client once.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellOfServer {
    /// Its own number: a job that is run twice writes to nobody twice.
    event: Uuid,
    instance: InstanceId,
    client: ClientId,
    news: News,
}

impl TellOfServer {
    /// Stores the job in the caller's transaction. It is found within a second, or at once after a nudge of `site.jobs`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn enqueue(
        rows: &Tenant<'_>,
        instance: InstanceId,
        client: ClientId,
        news: News,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let job = Self {
            event: Uuid::new_v4(),
            instance,
            client,
            news,
        };
        enqueue(rows, &job, now, None).await.map(drop)
    }

    async fn tell(&self, site: &Site, tenant: TenantId) -> anyhow::Result<()> {
        let outside = site.db.tenant(tenant);
        let Some(server) = outside.get::<instance::Entity>(self.instance).await? else {
            return Ok(());
        };
        let recipients = recipients(&outside, self.client, MailKind::Server).await?;
        if recipients.is_empty() {
            return Ok(());
        }
        let letterhead = Letterhead::of(site, tenant).await?;
        let letter = letters::letter(&letterhead, &self.news, &server);
        let (now, rows) = (site.clock.now(), site.db.begin(tenant).await?);
        for recipient in recipients {
            let message = letterhead.write(&letter, &recipient.to);
            let key = format!("server:{}:{}", self.event, recipient.to.account);
            outbox::queue(&rows, &message, now, Some(key)).await?;
        }
        rows.commit().await?;
        site.mails.nudge();
        Ok(())
    }
}

impl Job for TellOfServer {
    const KIND: &'static str = "contabo.tell_of_server";
    const ATTEMPTS: i32 = 100;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        self.tell(site, tenant).await.map_err(JobError::Retry)
    }
}
