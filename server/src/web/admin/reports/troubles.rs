//! `GET` and `POST /admin/reports/troubles`: what could not be made and why, and another try.

use actix_web::{HttpResponse, web};
use app::admin::reports::troubles::{Row, Troubles};
use entity::{LinkId, report_trouble};
use leptos::prelude::*;
use sea_orm::{ColumnTrait, ExprTrait, Order};

use super::troubles_count;
use crate::{
    domain::{
        calendar::Month,
        reports::{Made, make, note_trouble, run::chain},
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        reports::month_start,
        route, see_other_telling,
    },
    work::reports::TellClient,
};

const PER_PAGE: usize = 100;

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let total = usize::try_from(troubles_count(&rows).await?).unwrap_or(usize::MAX);
    let (list, range) = listing.cut_by(PER_PAGE, route::AdminReportTroubles, Vec::new(), None, total);
    let found = rows
        .find::<report_trouble::Entity>()
        .order_by(report_trouble::Column::Month, Order::Desc)
        .order_by(report_trouble::Column::LinkId, Order::Asc)
        .offset(range.start as u64)
        .limit(PER_PAGE as u64);
    let may = staff.may(StaffPermission::ManageReports);
    let shown = found.all().await?.into_iter().map(|row| Row {
        link: board
            .links
            .get(&row.link_id)
            .map_or_else(String::new, |now| now.link.name.clone()),
        href: route::AdminLink { link: row.link_id }.to_string(),
        begin: month_start(&row.month, board.zone),
        zone: board.zone,
        month: row.month,
        at: row.at,
        reason: row.reason,
        again: may.then(|| row.link_id.to_string()),
    });
    let shown = shown.collect();
    Ok(page
        .at("reports")
        .ok(move || view! { <Troubles list=list rows=shown/> }))
}

/// Tries again. Only what is listed can be tried: for everything else there is the report itself.
pub(in crate::web) async fn post(site: web::Data<Site>, staff: Staff, typed: Typed) -> Result<HttpResponse, Error> {
    let link: LinkId = typed.get("link").parse().map_err(|_| Error::Conflict)?;
    let month: Month = typed.get("month").parse().map_err(|_| Error::Conflict)?;
    let rows = staff.tenant.rows();
    let listed = report_trouble::Column::LinkId
        .eq(link)
        .and(report_trouble::Column::Month.eq(month.to_string()));
    let listed = rows.find::<report_trouble::Entity>().filter(listed).one().await?;
    listed.ok_or(Error::Conflict)?;
    let board = admin::board(&site, &staff).await?;
    let now = site.clock.now();
    let done = match make(&site.db, &board, link, month, &staff.actor(), now, None).await {
        Ok(made) => {
            if let (Made::New(late), Some(now_of)) = (made, board.links.get(&link)) {
                let tell = TellClient {
                    month: month.to_string(),
                    client: now_of.link.client_id,
                    late: Some(late),
                };
                tell.enqueue(&rows, now).await?;
                site.jobs.nudge();
            }
            "done-trouble-solved"
        }
        Err(error) => {
            tracing::warn!(%link, %month, error = ?error, "a report still can't be made");
            note_trouble(&site.db, board.tenant.id, link, month, now, chain(&error)).await?;
            "done-trouble-stays"
        }
    };
    Ok(see_other_telling(route::AdminReportTroubles, done))
}
