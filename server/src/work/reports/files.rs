//! Reports as the PDF that a mail attaches, printed when it is sent.

use std::sync::Arc;

use app::text::Lang;
use entity::{ClientId, SlaReportId, TenantId};
use futures_util::FutureExt as _;

use crate::{
    domain::{
        mail::Attachment,
        reports::{self, Stored, letters::is_breached},
    },
    print::{self, Audience},
    site::Site,
    work::{
        mail::{File, Files},
        queue::JobError,
    },
};

/// What makes the files of mails.
#[must_use]
pub fn files() -> Files {
    Arc::new(|site, tenant, attachment| async move { file(&site, tenant, attachment).await }.boxed())
}

async fn file(site: &Site, tenant: TenantId, attachment: Attachment) -> Result<File, JobError> {
    let rows = site.db.tenant(tenant);
    let (stored, name): (Vec<Stored>, _) = match attachment {
        Attachment::Report(id) => {
            let stored = reports::find(&rows, SlaReportId(id)).await.map_err(JobError::retry)?;
            let stored = stored.ok_or_else(|| JobError::fail(anyhow::anyhow!("report {id} is gone")))?;
            let name = print::file_name(&stored.document, "pdf");
            (vec![stored], name)
        }
        Attachment::Month {
            client,
            month,
            breached,
        } => {
            let stored = reports::of_month(&rows, ClientId(client), &month).await;
            let mut stored = stored.map_err(JobError::retry)?;
            stored.retain(|report| !breached || is_breached(&report.document));
            let first = stored.first();
            let first = first.ok_or_else(|| JobError::fail(anyhow::anyhow!("the reports of {month} are gone")))?;
            let name = print::file_name_of_month(&first.document);
            (stored, name)
        }
    };
    let bytes = print::print_for(site, &rows, stored, Lang::ENGLISH, Audience::Ours);
    Ok(File {
        name,
        content_type: "application/pdf",
        bytes: bytes.await.map_err(JobError::Retry)?,
    })
}
