//! Telling clients of a month's reports: each person who wants it once, however often the job is run.

use std::collections::BTreeMap;

use chrono::Duration;
use entity::{ClientId, TenantId, mail::MailKind};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        mail::{
            Attachment, Letterhead, kind_name, outbox,
            preferences::{Recipient, recipients},
        },
        reports::{
            self, Stored,
            letters::{self, Told, is_breached},
            list::{self, Query},
        },
        shares,
    },
    site::Site,
    web::route,
    work::queue::{Job, JobError},
};

/// How long the links in a mail open their reports.
const LINKS_LAST: Duration = Duration::days(90);

/// Reports of a client that have a link in its mails: what missed a target first. The others are in the portal.
const LINKS: usize = 20;

/// Heads that are read at a time.
const AT_ONCE: u64 = 500;

/// Writes to the clients of a month's reports.
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
        let told = tell(site, tenant, &self.month).await.map_err(JobError::Retry)?;
        tracing::info!(%tenant, month = self.month, mails = told, "clients are told of the month's reports");
        site.mails.nudge();
        Ok(())
    }
}

/// Writes all mails that are not written yet, and says how many they were.
async fn tell(site: &Site, tenant: TenantId, month: &str) -> anyhow::Result<usize> {
    let rows = site.db.tenant(tenant);
    let query = Query {
        month: Some(month.to_owned()),
        ..Query::default()
    };
    let mut of_clients: BTreeMap<ClientId, Vec<entity::SlaReportId>> = BTreeMap::new();
    let mut first = 0;
    loop {
        let heads = list::page(&rows, &query, first, AT_ONCE).await?;
        first += AT_ONCE;
        let is_last = heads.len() < AT_ONCE as usize;
        for head in heads {
            of_clients.entry(head.client_id).or_default().push(head.id);
        }
        if is_last {
            break;
        }
    }
    let letterhead = Letterhead::of(site, tenant).await?;
    let mut told = 0;
    for (client, ids) in of_clients {
        let mut of_client = Vec::with_capacity(ids.len());
        for id in ids {
            of_client.extend(reports::find(&rows, id).await?);
        }
        of_client
            .sort_by_cached_key(|report| (!is_breached(&report.document), report.document.link.name.to_lowercase()));
        told += tell_client(site, &letterhead, client, month, &of_client).await?;
    }
    Ok(told)
}

async fn tell_client(
    site: &Site,
    letterhead: &Letterhead,
    client: ClientId,
    month: &str,
    of_client: &[Stored],
) -> anyhow::Result<usize> {
    let rows = site.db.tenant(letterhead.tenant_id());
    let missed = of_client.partition_point(|report| is_breached(&report.document));
    let mut told = 0;
    for (kind, of_kind) in [(MailKind::Breach, &of_client[..missed]), (MailKind::Report, of_client)] {
        if of_kind.is_empty() {
            continue;
        }
        for recipient in recipients(&rows, client, kind).await? {
            told += usize::from(write(site, letterhead, kind, month, of_kind, &recipient).await?);
        }
    }
    Ok(told)
}

/// One mail, with links that are this reader's own. False: it is written already.
async fn write(
    site: &Site,
    letterhead: &Letterhead,
    kind: MailKind,
    month: &str,
    of_kind: &[Stored],
    recipient: &Recipient,
) -> anyhow::Result<bool> {
    let Some(client) = recipient.to.client else {
        return Ok(false);
    };
    let key = format!("{}:{month}:{client}:{}", kind_name(kind), recipient.to.account);
    let now = site.clock.now();
    let rows = site.db.begin(letterhead.tenant_id()).await?;
    if outbox::is_there(&rows, &key).await? {
        return Ok(false);
    }
    let until = now + LINKS_LAST;
    let mut told = Vec::with_capacity(of_kind.len());
    for (at, report) in of_kind.iter().enumerate() {
        let url = match at < LINKS {
            true => {
                let link = shares::create_for_mail(&rows, report.head.id, &recipient.to.name, now, until).await?;
                let token = shares::sign(letterhead.signer(), link);
                Some(letterhead.url(route::Share { share: token }))
            }
            false => None,
        };
        told.push(Told {
            document: &report.document,
            url,
        });
    }
    let attachments = attached(recipient, month, of_kind, kind);
    let letter = match kind {
        MailKind::Breach => letters::breach(letterhead, &told, until, attachments),
        _ => letters::monthly(letterhead, &told, until, attachments),
    };
    let message = letterhead.write(&letter, &recipient.to);
    outbox::queue(&rows, &message, now, Some(key)).await?;
    rows.commit().await?;
    Ok(true)
}

/// One document, whatever is in it.
fn attached(recipient: &Recipient, month: &str, of_kind: &[Stored], kind: MailKind) -> Vec<Attachment> {
    let attachment = match (recipient.attach_pdf, of_kind, recipient.to.client) {
        (false, ..) | (_, _, None) => return Vec::new(),
        (true, [only], _) => Attachment::Report(only.head.id.0),
        (true, _, Some(client)) => Attachment::Month {
            client: client.0,
            month: month.to_owned(),
            breached: kind == MailKind::Breach,
        },
    };
    vec![attachment]
}
