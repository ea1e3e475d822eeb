//! `GET /admin/reports`: the reports of all clients.

use actix_web::{HttpResponse, web};
use app::{admin::reports::list::ReportList, report::list::Choices};
use leptos::prelude::*;

use super::{client_names, troubles_count};
use crate::{
    domain::reports::list::{self, Query},
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::Staff,
        reports::{Place, choices_of, month_choices, read_month, read_verdict, row},
        route,
    },
};

const PER_PAGE: usize = 100;

const FILTERS: [&str; 4] = ["month", "link", "client", "verdict"];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let [month, link, client, verdict] = FILTERS.map(|name| listing.filter(name));
    let client = client.parse().ok().filter(|id| board.clients.contains_key(id));
    let (verdict, agreed) = read_verdict(&verdict);
    let query = Query {
        clients: client.map(|id| vec![id]),
        link: link.parse().ok().filter(|id| board.links.contains_key(id)),
        month: read_month(&month),
        verdict,
        agreed,
        ..Query::default()
    };
    let total = usize::try_from(list::count(&rows, &query).await?).unwrap_or(usize::MAX);
    let (list, range) = listing.cut_by(PER_PAGE, route::AdminReports, listing.filters(&FILTERS), None, total);
    let heads = list::page(&rows, &query, range.start as u64, PER_PAGE as u64).await?;
    let names = client_names(&board);
    let shown = heads.iter().map(|head| row(head, &board, Some(&names), Place::Admin));
    let shown = shown.collect();
    let month_pdf = client.zip(query.month).filter(|_| !heads.is_empty());
    let month_pdf = month_pdf.map(|(client, month)| route::AdminReportsPdf { client, month }.to_string());
    // A link is come to from its own page: all of them would be most of this one.
    let links = query.link.and_then(|id| board.links.get(&id));
    let links = links.map(|now| (now.link.id.to_string(), now.link.name.clone()));
    let choices = Choices {
        months: month_choices(list::months(&rows, None).await?, board.zone, page.lang()),
        links: links.into_iter().collect(),
        clients: choices_of(names, client),
    };
    let troubles = troubles_count(&rows).await?;
    Ok(page
        .at("reports")
        .ok(move || view! { <ReportList list=list choices=choices rows=shown month_pdf=month_pdf troubles=troubles/> }))
}
