//! Reports as the PDF that a mail attaches, printed when it is sent. Reports never change, so each try sends the same.

use std::sync::Arc;

use app::text::Lang;
use entity::{SlaReportId, TenantId};
use futures_util::FutureExt as _;

use crate::{
    domain::{
        mail::Attachment,
        reports::{self, Stored},
    },
    print::{self, Audience, Options},
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
    let (ids, left_out) = match attachment {
        Attachment::Report(id) => (vec![id], 0),
        Attachment::Reports { reports, left_out } => (reports, left_out),
    };
    let ids: Vec<SlaReportId> = ids.into_iter().map(SlaReportId).collect();
    let found = reports::find_all(&rows, &ids).await.map_err(JobError::retry)?;
    let stored: Vec<Stored> = found.into_iter().collect::<Result<_, _>>().map_err(JobError::fail)?;
    let name = match stored.as_slice() {
        [] => return Err(JobError::fail(anyhow::anyhow!("the reports to attach are gone"))),
        [only] => print::file_name(&only.document, "pdf"),
        [first, ..] => print::file_name_of_month(&first.document),
    };
    let options = Options {
        lang: Lang::ENGLISH,
        audience: Audience::Ours,
        left_out,
    };
    let bytes = print::print_for(site, &rows, stored, options);
    Ok(File {
        name,
        content_type: "application/pdf",
        bytes: bytes.await.map_err(JobError::Retry)?,
    })
}
