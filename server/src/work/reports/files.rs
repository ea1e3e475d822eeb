//! Reports as the PDF that a mail attaches, printed when it is sent. Reports never change, so each try sends the same.

use std::sync::Arc;

use app::text::Lang;
use entity::{SlaReportId, TenantId};
use futures_util::FutureExt as _;

use crate::{
    domain::{mail::Attachment, reports},
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
    let ids = match attachment {
        Attachment::Report(id) => vec![id],
        Attachment::Reports(ids) => ids,
    };
    let mut stored = Vec::with_capacity(ids.len());
    for id in ids {
        stored.extend(reports::find(&rows, SlaReportId(id)).await.map_err(JobError::retry)?);
    }
    let name = match stored.as_slice() {
        [] => return Err(JobError::fail(anyhow::anyhow!("the reports to attach are gone"))),
        [only] => print::file_name(&only.document, "pdf"),
        [first, ..] => print::file_name_of_month(&first.document),
    };
    let bytes = print::print_for(site, &rows, stored, Lang::ENGLISH, Audience::Ours);
    Ok(File {
        name,
        content_type: "application/pdf",
        bytes: bytes.await.map_err(JobError::Retry)?,
    })
}
