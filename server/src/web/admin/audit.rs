//! `GET /admin/audit`

use actix_web::HttpResponse;
use app::admin::audit::AuditLog;
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

use super::{asked::Listing, entry};
use crate::{
    domain::{
        audit_log::{self, Query},
        calendar,
    },
    web::{Error, Page, guard::Staff, route},
};

pub(in crate::web) async fn get(staff: Staff, listing: Listing, page: Page) -> Result<HttpResponse, Error> {
    // Days are those of the visitor's clock, on which the entries' times are shown.
    let zone = page.zone();
    let starts = |day: NaiveDate| -> DateTime<Utc> { calendar::start_of_day(day, zone) };
    let day = |name: &str| listing.filter(name).parse::<NaiveDate>().ok();
    let query = Query {
        who: listing.filter("who"),
        what: listing.filter("q"),
        kind: listing.filter("kind"),
        from: day("from").map(starts),
        until: day("until").and_then(|last| last.succ_opt()).map(starts),
    };
    let rows = staff.tenant.rows();
    let total = audit_log::count(&rows, &query).await?;
    let filters = listing.filters(&["q", "who", "kind", "from", "until"]);
    let (list, range) = listing.cut(route::AdminAudit, filters, None, total);
    let entries = audit_log::page(&rows, &query, range).await?;
    let entries = entries.into_iter().map(entry).collect();
    Ok(page
        .at("audit")
        .ok(move || view! { <AuditLog list=list entries=entries/> }))
}
