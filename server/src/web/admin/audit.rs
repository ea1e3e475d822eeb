//! `GET /admin/audit`

use actix_web::{HttpResponse, web};
use app::admin::audit::AuditLog;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;

use super::{asked::Listing, board, entry};
use crate::{
    domain::{
        audit_log::{self, Query},
        calendar::{self, YEARS, local},
    },
    site::Site,
    web::{Error, Page, guard::Staff, route},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    // Days are those of the visitor's clock, on which the entries' times are shown.
    let zone = page.zone();
    let starts = |day: NaiveDate| -> DateTime<Utc> { calendar::start_of_day(day, zone) };
    let day = |name: &str| local::day(&listing.filter(name));
    // After the last day of all there is nothing to leave out.
    let next = |day: NaiveDate| day.succ_opt().filter(|next| YEARS.contains(&next.year()));
    let query = Query {
        who: listing.filter("who"),
        what: listing.filter("q"),
        kind: listing.filter("kind"),
        subject: listing.filter("subject").parse().ok(),
        from: day("from").map(starts),
        until: day("until").and_then(next).map(starts),
    };
    let rows = staff.tenant.rows();
    let total = audit_log::count(&rows, &query).await?;
    let filters = listing.filters(&["q", "who", "kind", "subject", "from", "until"]);
    let (list, range) = listing.cut(route::AdminAudit, filters, None, total);
    let entries = audit_log::page(&rows, &query, range).await?;
    let about = query
        .subject
        .and(entries.first())
        .map(|entry| entry.subject_name.clone());
    let entries = entries.into_iter().map(|row| entry(row, &board)).collect();
    Ok(page
        .at("audit")
        .ok(move || view! { <AuditLog list=list entries=entries about=about/> }))
}
