//! Reports as PDF: one, or all of a client's of a month in one document.

use actix_web::HttpResponse;
use app::text::Lang;
use entity::{ClientId, Tenant};

use super::files::attached;
use crate::{
    domain::reports::{self, Stored},
    print::{self, Audience, Options},
    site::Site,
    web::Error,
};

/// One report.
pub(in crate::web) async fn one(
    site: &Site,
    rows: &Tenant<'_>,
    stored: Stored,
    lang: Lang,
    audience: Audience,
) -> Result<HttpResponse, Error> {
    let name = print::file_name(&stored.document, "pdf");
    let options = Options {
        lang,
        audience,
        left_out: 0,
    };
    let bytes = print::print_for(site, rows, vec![stored], options).await;
    let bytes = bytes.map_err(Error::internal)?;
    Ok(attached(name, "application/pdf", bytes))
}

/// The reports of `client` for `month` that count, in the order of their links' names.
pub(in crate::web) async fn of_month(
    site: &Site,
    rows: &Tenant<'_>,
    client: ClientId,
    month: &str,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let (stored, left_out) = reports::of_month(rows, client, month).await?;
    let first = stored.first().ok_or(Error::NotFound)?;
    let name = print::file_name_of_month(&first.document);
    let options = Options {
        lang,
        audience: Audience::Ours,
        left_out,
    };
    let bytes = print::print_for(site, rows, stored, options).await;
    let bytes = bytes.map_err(Error::internal)?;
    Ok(attached(name, "application/pdf", bytes))
}
