//! Telling clients of a month's reports: each person who wants it once, however often a job is run.

use chrono::Duration;
use entity::{ClientId, SlaReportId, TenantId, mail::MailKind};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        board::Snapshot,
        mail::{
            Attachment, Letterhead, kind_name, outbox,
            preferences::{Recipient, recipients},
        },
        reports::{
            self, Stored,
            document::Called,
            letters::{self, Told},
            list::{self, Head, Query},
        },
        shares,
    },
    site::Site,
    web::route,
    work::queue::{Job, JobError, enqueue},
};

/// How long the links in a mail open their reports.
const LINKS_LAST: Duration = Duration::days(90);

/// Reports of a client that have a link in its mails: what missed a target first. The others are in the portal.
const LINKS: usize = 20;

/// Reports of one attached document.
const PRINTED: usize = 100;

/// Reports of one client that are looked at.
const MOST: u64 = 20_000;

/// Tells the clients of a month's reports, each by a job of its own: one that has many links holds up no other.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellClients {
    /// As `2026-04`.
    pub(super) month: String,
}

impl Job for TellClients {
    const KIND: &'static str = "reports.tell";
    const ATTEMPTS: i32 = 100;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        let clients = list::clients(&site.db.tenant(tenant), &self.month).await;
        let now = site.clock.now();
        let rows = site.db.begin(tenant).await.map_err(JobError::retry)?;
        for client in clients.map_err(JobError::retry)? {
            let tell = TellClient {
                month: self.month.clone(),
                client,
                late: None,
            };
            tell.enqueue(&rows, now).await.map_err(JobError::retry)?;
        }
        rows.commit().await.map_err(JobError::retry)?;
        site.jobs.nudge();
        Ok(())
    }
}

/// Tells one client of its reports of a month, or of one that came late.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellClient {
    /// As `2026-04`.
    pub month: String,
    pub client: ClientId,
    /// Only of this one, of which the others' mails said nothing.
    pub late: Option<SlaReportId>,
}

impl TellClient {
    /// Stores the job in the caller's transaction. Nudge `site.jobs` after the commit.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn enqueue(
        &self,
        rows: &entity::Tenant<'_>,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), sea_orm::DbErr> {
        let key = Some(format!("{}:{}", Self::KIND, self.about()));
        enqueue(rows, self, now, key).await.map(drop)
    }

    fn about(&self) -> String {
        let Self { month, client, late } = self;
        match late {
            Some(report) => format!("{month}:{client}:{report}"),
            None => format!("{month}:{client}"),
        }
    }
}

impl Job for TellClient {
    const KIND: &'static str = "reports.tell_client";
    const ATTEMPTS: i32 = 100;
    type Context = Site;

    async fn run(&self, site: &Site, tenant: TenantId) -> Result<(), JobError> {
        self.tell(site, tenant).await.map_err(JobError::Retry)?;
        site.mails.nudge();
        Ok(())
    }
}

impl TellClient {
    /// Writes the mails that are not written yet.
    async fn tell(&self, site: &Site, tenant: TenantId) -> anyhow::Result<()> {
        let rows = site.db.tenant(tenant);
        let board = site.board.snapshot(tenant, site.clock.now()).await?;
        let query = Query {
            clients: Some(vec![self.client]),
            month: Some(self.month.clone()),
            ..Query::default()
        };
        let mut heads = list::page(&rows, &query, 0, MOST).await?;
        heads.retain(|head| self.late.is_none_or(|late| head.id == late));
        heads.sort_by_cached_key(|head| (called(head) != Called::Breached, link_name(&board, head)));
        let missed = heads.partition_point(|head| called(head) == Called::Breached);
        let letterhead = Letterhead::of(site, tenant).await?;
        for (kind, of_kind) in [(MailKind::Breach, &heads[..missed]), (MailKind::Report, &heads[..])] {
            if of_kind.is_empty() {
                continue;
            }
            let told = first(&rows, of_kind).await?;
            for recipient in recipients(&rows, self.client, kind).await? {
                self.write(site, &letterhead, kind, (of_kind, &told), &recipient)
                    .await?;
            }
        }
        Ok(())
    }

    /// One mail, with links that are this reader's own, unless it is written already.
    async fn write(
        &self,
        site: &Site,
        letterhead: &Letterhead,
        kind: MailKind,
        (heads, first): (&[Head], &[Stored]),
        recipient: &Recipient,
    ) -> anyhow::Result<()> {
        let key = format!("{}:{}:{}", kind_name(kind), self.about(), recipient.to.account);
        let now = site.clock.now();
        let rows = site.db.begin(letterhead.tenant_id()).await?;
        if outbox::is_there(&rows, &key).await? {
            return Ok(());
        }
        let until = now + LINKS_LAST;
        let mut told = Vec::with_capacity(first.len());
        for (at, report) in first.iter().enumerate() {
            let mut url = None;
            if at < LINKS {
                let link = shares::create_for_mail(&rows, report.head.id, &recipient.to.name, now, until).await?;
                let share = shares::sign(letterhead.signer(), link);
                url = Some(letterhead.url(route::Share { share }));
            }
            told.push(Told {
                document: &report.document,
                url,
            });
        }
        let attachments = match recipient.attach_pdf {
            true => attached(heads),
            false => Vec::new(),
        };
        let letter = match kind {
            MailKind::Breach => letters::breach(letterhead, heads.len(), &told, until, attachments),
            _ => {
                let all: Vec<Called> = heads.iter().map(called).collect();
                letters::monthly(letterhead, &all, &told, until, attachments)
            }
        };
        let message = letterhead.write(&letter, &recipient.to);
        outbox::queue(&rows, &message, now, Some(key)).await?;
        rows.commit().await?;
        Ok(())
    }
}

fn called(head: &Head) -> Called {
    reports::called(head.verdict, head.sla_profile_version_id.is_some())
}

fn link_name(board: &Snapshot, head: &Head) -> String {
    let link = board.links.get(&head.link_id);
    link.map_or_else(String::new, |now| now.link.name.to_lowercase())
}

/// What is told of one by one. A report that can't be read is left to staff: it is told of, but not in full.
async fn first(rows: &entity::Tenant<'_>, heads: &[Head]) -> Result<Vec<Stored>, sea_orm::DbErr> {
    let ids: Vec<SlaReportId> = heads.iter().take(letters::ROWS).map(|head| head.id).collect();
    let mut first = Vec::with_capacity(ids.len());
    for found in reports::find_all(rows, &ids).await? {
        match found {
            Ok(stored) => first.push(stored),
            Err(error) => tracing::error!(error = ?error, "a report can't be read"),
        }
    }
    Ok(first)
}

/// One document, whatever is in it.
fn attached(heads: &[Head]) -> Vec<Attachment> {
    vec![match heads {
        [only] => Attachment::Report(only.id.0),
        several => Attachment::Reports {
            reports: several.iter().take(PRINTED).map(|head| head.id.0).collect(),
            left_out: several.len().saturating_sub(PRINTED) as u64,
        },
    }]
}
