//! Reports as PDF: one, or all of a client's of a month in one document.

use actix_web::HttpResponse;
use app::text::Lang;
use entity::{ClientId, Tenant};

use super::files::{attached, file_name};
use crate::{
    domain::reports::{
        self, Stored,
        list::{self, Query},
    },
    print::{Brand, Sheet, print},
    site::Site,
    web::{Error, measured::samples::plain},
};

/// Links of one document. Longer ones would keep a thread for many seconds.
const MOST_LINKS: u64 = 200;

/// One report.
pub(in crate::web) async fn one(
    site: &Site,
    rows: &Tenant<'_>,
    stored: Stored,
    lang: Lang,
) -> Result<HttpResponse, Error> {
    let name = file_name(&stored.document, "pdf");
    let bytes = printed(site, rows, vec![stored], lang).await?;
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
    let query = Query {
        clients: Some(vec![client]),
        month: Some(month.to_owned()),
        ..Query::default()
    };
    let mut stored = Vec::new();
    for head in list::page(rows, &query, 0, MOST_LINKS).await? {
        stored.extend(reports::find(rows, head.id).await?);
    }
    stored.sort_by_cached_key(|stored| stored.document.link.name.to_lowercase());
    let first = stored.first().ok_or(Error::NotFound)?;
    let name = format!("sla-reports-{}-{month}.pdf", plain(&first.document.client));
    let bytes = printed(site, rows, stored, lang).await?;
    Ok(attached(name, "application/pdf", bytes))
}

/// On a thread of its own: a document takes some milliseconds a link.
async fn printed(site: &Site, rows: &Tenant<'_>, stored: Vec<Stored>, lang: Lang) -> Result<Vec<u8>, Error> {
    let brand = Brand::of(rows).await?;
    let site = site.clone();
    let printing = tokio::task::spawn_blocking(move || {
        let sheets: Vec<Sheet<'_>> = stored.iter().map(Sheet::from).collect();
        print(&site.fonts, &brand, &sheets, lang)
    });
    let paper = printing.await.map_err(Error::internal)?.map_err(Error::internal)?;
    Ok(paper.bytes)
}
