//! A report as files: its days as CSV for spreadsheets, and all of it as JSON, to the byte what its digest is over.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
};
use entity::{SlaReportId, Tenant, sla_report};

use super::percent;
use crate::{
    domain::{
        reports::{self, Document, Stored},
        sla::fraction::Fraction,
    },
    print,
    web::{Error, measured::samples::text},
};

const COLUMNS: [&str; 13] = [
    "link",
    "reference",
    "client",
    "month",
    "revision",
    "date",
    "zone",
    "accountable_seconds",
    "up_seconds",
    "down_seconds",
    "unknown_seconds",
    "excluded_seconds",
    "uptime_percent",
];

/// The days, a line each. They add up to the month.
pub(in crate::web) fn csv(stored: &Stored) -> Result<HttpResponse, Error> {
    let bytes = write(&stored.document).map_err(Error::internal)?;
    let name = print::file_name(&stored.document, "csv");
    Ok(attached(name, "text/csv; charset=utf-8", bytes))
}

/// The document as it was stored.
pub(in crate::web) async fn json(rows: &Tenant<'_>, stored: &Stored) -> Result<HttpResponse, Error> {
    let id: SlaReportId = stored.head.id;
    let row = rows.get::<sla_report::Entity>(id).await?.ok_or(Error::NotFound)?;
    let bytes = reports::json(&row.document, &row.digest).map_err(Error::internal)?;
    Ok(attached(
        print::file_name(&stored.document, "json"),
        "application/json",
        bytes,
    ))
}

/// An answer that is kept as a file of this name.
pub(in crate::web) fn attached(name: String, media_type: &'static str, bytes: Vec<u8>) -> HttpResponse {
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(name)],
    };
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes)
}

fn write(document: &Document) -> csv::Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    let [link, client] = [&document.link.name, &document.client].map(|name| text(name));
    let reference = text(document.link.reference.as_deref().unwrap_or_default());
    for day in &document.days {
        let count = |seconds: i64| u64::try_from(seconds).unwrap_or(0);
        let share = Fraction::new(count(day.up_seconds), count(day.up_seconds + day.down_seconds));
        csv.write_record([
            link.clone(),
            reference.clone(),
            client.clone(),
            document.month.clone(),
            document.revision.to_string(),
            day.date.to_string(),
            document.zone.clone(),
            day.accountable_seconds.to_string(),
            day.up_seconds.to_string(),
            day.down_seconds.to_string(),
            day.unknown_seconds.to_string(),
            day.excluded_seconds.to_string(),
            share.map(percent).unwrap_or_default(),
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}
