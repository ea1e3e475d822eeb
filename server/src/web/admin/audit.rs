//! `GET /admin/audit`

use actix_web::HttpResponse;
use app::admin::audit::AuditLog;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use leptos::prelude::*;

use super::{asked::Listing, entry};
use crate::{
    domain::{
        audit_log::{self, PER_PAGE, Query},
        calendar::{self, YEARS, local},
    },
    web::{Error, Page, guard::Staff, route},
};

pub(in crate::web) async fn get(staff: Staff, listing: Listing, page: Page) -> Result<HttpResponse, Error> {
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
        from: day("from").map(starts),
        until: day("until").and_then(next).map(starts),
        page: listing.page().into(),
    };
    let (entries, total) = audit_log::page(&staff.tenant.rows(), &query).await?;
    let entries = entries.into_iter().map(entry).collect();
    let filters = ["q", "who", "kind", "from", "until"];
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let list = listing.state(route::AdminAudit, &filters, None, PER_PAGE as usize, total);
    Ok(page
        .at("audit")
        .ok(move || view! { <AuditLog list=list entries=entries/> }))
}
