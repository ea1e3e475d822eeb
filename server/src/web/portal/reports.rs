//! `GET /portal/reports`, and a report with its files: of the clients at which the visitor may see them, and no others.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use app::{
    portal::reports::{Files, ReportPage, Reports},
    report::list::Choices,
    ui::FormState,
};
use entity::{ClientId, LinkId, ShareLinkId, SlaReportId};
use leptos::prelude::*;

use super::seen::Seen;
use crate::{
    domain::{
        reports::{
            self, Stored,
            list::{self, Query},
        },
        shares::{Whose, people_of, revoke, revoke_mailed},
        typed::Typed,
    },
    print::Audience,
    site::Site,
    web::{
        Error, Page,
        asked::Listing,
        context::Visit,
        guard::{ClientPermission, ClientUser},
        reports::{Place, choices_of, files, month_choices, page_of, pdf, read_month, read_verdict, row, zone},
        route, see_other_telling, shares,
    },
};

const PER_PAGE: usize = 25;

const FILTERS: [&str; 4] = ["month", "link", "client", "verdict"];

/// The list.
pub(in crate::web) async fn get(
    site: web::Data<Site>,
    user: ClientUser,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let seen = Seen::by(&user, &site).await?;
    let rows = user.tenant.rows();
    let mine = user.clients_for(ClientPermission::SeeReports);
    let [month, link, client, verdict] = FILTERS.map(|name| listing.filter(name));
    // A client that is not the visitor's filters nothing; whatever is chosen stays among the visitor's own.
    let chosen = client.parse::<ClientId>().ok().filter(|id| mine.contains(id));
    let (verdict, agreed) = read_verdict(&verdict);
    let query = Query {
        clients: Some(chosen.map_or_else(|| mine.clone(), |id| vec![id])),
        link: link.parse::<LinkId>().ok(),
        month: read_month(&month),
        verdict,
        agreed,
        ..Query::default()
    };
    let total = list::count(&rows, &query).await?;
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let (list, range) = listing.cut_by(PER_PAGE, route::PortalReports, listing.filters(&FILTERS), None, total);
    let heads = list::page(&rows, &query, range.start as u64, PER_PAGE as u64).await?;
    let named = mine
        .iter()
        .filter_map(|id| Some((*id, seen.board.clients.get(id)?.name.clone())));
    let names: HashMap<ClientId, String> = named.collect();
    let several = (names.len() > 1).then_some(&names);
    let shown = heads.iter().map(|head| row(head, &seen.board, several, Place::Portal));
    let shown = shown.collect();
    let links = seen.links().map(|now| (now.link.id, now.link.name.clone()));
    let links = choices_of(links, query.link);
    // The document is of a client as a whole.
    let whole = chosen.or(match mine.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let whole = whole.filter(|client| user.demand(*client, ClientPermission::Download).is_ok());
    let month_pdf = whole.zip(query.month).filter(|_| !heads.is_empty());
    let month_pdf = month_pdf.map(|(client, month)| route::PortalReportsPdf { client, month }.to_string());
    let choices = Choices {
        months: month_choices(list::months(&rows, Some(&mine)).await?, seen.board.zone, page.lang()),
        links,
        clients: seen.clients(),
    };
    Ok(page
        .at("reports")
        .ok(move || view! { <Reports list=list choices=choices rows=shown month_pdf=month_pdf/> }))
}

/// A report.
pub(in crate::web) async fn show(
    site: web::Data<Site>,
    user: ClientUser,
    visit: Visit,
    id: web::Path<SlaReportId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    answer(&site, &user, &visit, stored, shares::fresh(), page).await
}

async fn answer(
    site: &Site,
    user: &ClientUser,
    visit: &Visit,
    stored: Stored,
    form: FormState,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (id, rows) = (stored.head.id, user.tenant.rows());
    let report = page_of(&rows, &stored, Place::Portal).await?;
    let seen = Seen::by(user, site).await?;
    let link = seen.link(stored.head.link_id).ok();
    let downloads = link.filter(|now| user.demand(now.link.client_id, ClientPermission::Download).is_ok());
    let files = Files {
        link: link.map(|now| Place::Portal.link(now.link.id)),
        samples: downloads.map(|_| Place::Portal.samples(&stored)),
        ..Place::Portal.files(id)
    };
    let is_valid = form.is_valid();
    let may_share = user
        .demand(stored.head.client_id, ClientPermission::ShareReports)
        .is_ok();
    let listed = match may_share {
        true => {
            let whose = Whose::Of(people_of(&rows, stored.head.client_id).await?);
            Some(shares::listed(site, &rows, visit, (id, &whose), Place::Portal, form).await?)
        }
        false => None,
    };
    let page = page.at("reports").in_zone(zone(&stored));
    let view = move || view! { <ReportPage report=report files=files shares=listed/> };
    Ok(match is_valid {
        true => page.ok(view),
        false => page.unprocessable(view),
    })
}

/// Makes a share link.
pub(in crate::web) async fn share(
    site: web::Data<Site>,
    user: ClientUser,
    visit: Visit,
    id: web::Path<SlaReportId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    user.demand(stored.head.client_id, ClientPermission::ShareReports)?;
    let (tenant, now, actor) = (user.tenant.tenant.id, site.clock.now(), user.actor());
    let made = shares::create(&site, tenant, (&actor, user.account), now, *id, (&typed, page.lang()));
    match made.await? {
        Ok(()) => Ok(see_other_telling(
            route::PortalReport { report: *id },
            "done-share-made",
        )),
        Err(form) => answer(&site, &user, &visit, stored, form, page).await,
    }
}

/// Takes one back.
pub(in crate::web) async fn unshare(
    site: web::Data<Site>,
    user: ClientUser,
    ids: web::Path<(SlaReportId, ShareLinkId)>,
) -> Result<HttpResponse, Error> {
    let (report, link) = *ids;
    let stored = find(&user, report).await?;
    user.demand(stored.head.client_id, ClientPermission::ShareReports)?;
    let (tenant, now) = (user.tenant.tenant.id, site.clock.now());
    let whose = Whose::Of(people_of(&user.tenant.rows(), stored.head.client_id).await?);
    revoke(&site.db, tenant, &user.actor(), now, (report, link), &whose).await?;
    Ok(see_other_telling(route::PortalReport { report }, "done-share-revoked"))
}

/// Takes all of mails back.
pub(in crate::web) async fn unshare_mailed(
    site: web::Data<Site>,
    user: ClientUser,
    id: web::Path<SlaReportId>,
) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    user.demand(stored.head.client_id, ClientPermission::ShareReports)?;
    let (tenant, now) = (user.tenant.tenant.id, site.clock.now());
    let name = stored.document.link.name.as_str();
    revoke_mailed(&site.db, tenant, &user.actor(), now, (*id, name)).await?;
    Ok(see_other_telling(
        route::PortalReport { report: *id },
        "done-shares-mailed-revoked",
    ))
}

/// Its days.
pub(in crate::web) async fn csv(user: ClientUser, id: web::Path<SlaReportId>) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    user.demand(stored.head.client_id, ClientPermission::Download)?;
    files::csv(&stored)
}

/// All of it.
pub(in crate::web) async fn json(user: ClientUser, id: web::Path<SlaReportId>) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    user.demand(stored.head.client_id, ClientPermission::Download)?;
    files::json(&user.tenant.rows(), &stored).await
}

/// On paper.
pub(in crate::web) async fn pdf(
    site: web::Data<Site>,
    user: ClientUser,
    id: web::Path<SlaReportId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&user, *id).await?;
    user.demand(stored.head.client_id, ClientPermission::Download)?;
    pdf::one(&site, &user.tenant.rows(), stored, page.lang(), Audience::Ours).await
}

/// All reports of a client's links for a month, on paper.
pub(in crate::web) async fn pdf_of_month(
    site: web::Data<Site>,
    user: ClientUser,
    asked: web::Path<(ClientId, String)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (client, month) = asked.into_inner();
    let month = read_month(&month).ok_or(Error::NotFound)?;
    user.demand(client, ClientPermission::Download)?;
    pdf::of_month(&site, &user.tenant.rows(), client, &month, page.lang()).await
}

/// The report, if it is of one of the visitor's clients.
pub(in crate::web) async fn find(user: &ClientUser, id: SlaReportId) -> Result<Stored, Error> {
    let stored = reports::find(&user.tenant.rows(), id).await?.ok_or(Error::NotFound)?;
    user.demand(stored.head.client_id, ClientPermission::SeeReports)?;
    Ok(stored)
}
