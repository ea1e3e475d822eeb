//! `GET /admin/reports/{report}` with its files, and its share links.

use actix_web::{HttpResponse, web};
use app::{
    admin::reports::show::{Checked, ReportShow, Staff as Shown},
    portal::reports::Files,
    ui::FormState,
};
use entity::{ClientId, ShareLinkId, SlaReportId};
use leptos::prelude::*;

use super::{again, find};
use crate::{
    domain::{
        reports::{self, Stored, credits},
        shares::{Whose, revoke, revoke_mailed},
        typed::Typed,
    },
    print::Audience,
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        context::Visit,
        guard::{Staff, StaffPermission},
        reports::{Place, files, page_of, pdf, read_month, zone},
        route, see_other_telling, shares,
    },
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    visit: Visit,
    id: web::Path<SlaReportId>,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    let checked = match listing.filter("check").is_empty() {
        true => None,
        false => {
            let board = admin::board(&site, &staff).await?;
            let (rows, link, now) = (staff.tenant.rows(), stored.head.link_id, site.clock.now());
            Some(
                match reports::samples(&rows, &board, link, &stored.document, now).await? {
                    reports::Samples::Unchanged => Checked::Unchanged,
                    reports::Samples::Changed => Checked::Changed,
                    reports::Samples::NoLongerKept => Checked::NoLongerKept,
                },
            )
        }
    };
    answer((&site, &staff, &visit), stored, checked, Forms::default(), page).await
}

/// Its days.
pub(in crate::web) async fn csv(staff: Staff, id: web::Path<SlaReportId>) -> Result<HttpResponse, Error> {
    files::csv(&find(&staff, *id).await?)
}

/// All of it.
pub(in crate::web) async fn json(staff: Staff, id: web::Path<SlaReportId>) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    files::json(&staff.tenant.rows(), &stored).await
}

/// Makes a share link.
pub(in crate::web) async fn share(
    site: web::Data<Site>,
    staff: Staff,
    visit: Visit,
    id: web::Path<SlaReportId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    let (tenant, now, actor) = (staff.tenant.tenant.id, site.clock.now(), staff.actor());
    let made = shares::create(&site, tenant, (&actor, staff.account), now, *id, (&typed, page.lang()));
    match made.await? {
        Ok(()) => Ok(see_other_telling(route::AdminReport { report: *id }, "done-share-made")),
        Err(form) => {
            let forms = Forms {
                share: form,
                ..Forms::default()
            };
            answer((&site, &staff, &visit), stored, None, forms, page).await
        }
    }
}

/// Takes one back.
pub(in crate::web) async fn unshare(
    site: web::Data<Site>,
    staff: Staff,
    ids: web::Path<(SlaReportId, ShareLinkId)>,
) -> Result<HttpResponse, Error> {
    let (report, link) = *ids;
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let ids = (report, link);
    revoke(&site.db, tenant, &staff.actor(), now, ids, &Whose::Everybodys).await?;
    Ok(see_other_telling(route::AdminReport { report }, "done-share-revoked"))
}

/// Takes all of mails back.
pub(in crate::web) async fn unshare_mailed(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaReportId>,
) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
    let name = stored.document.link.name.as_str();
    revoke_mailed(&site.db, tenant, &staff.actor(), now, (*id, name)).await?;
    Ok(see_other_telling(
        route::AdminReport { report: *id },
        "done-shares-mailed-revoked",
    ))
}

/// The forms of the page.
pub(super) struct Forms {
    pub(super) again: FormState,
    pub(super) share: FormState,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            again: again::fresh(),
            share: shares::fresh(),
        }
    }
}

/// The page.
pub(super) async fn answer(
    (site, staff, visit): (&Site, &Staff, &Visit),
    stored: Stored,
    checked: Option<Checked>,
    forms: Forms,
    page: Page,
) -> Result<HttpResponse, Error> {
    let rows = staff.tenant.rows();
    let (id, head) = (stored.head.id, &stored.head);
    let report = page_of(&rows, &stored, Place::Admin).await?;
    let files = Files {
        link: Some(Place::Admin.link(head.link_id)),
        samples: staff
            .may(StaffPermission::SeeLinks)
            .then(|| Place::Admin.samples(&stored)),
        ..Place::Admin.files(id)
    };
    let counts = head.superseded_at.is_none();
    let open = counts && head.credit_minor > 0 && credits::of(&rows, id).await?.is_none();
    let is_valid = forms.again.is_valid() && forms.share.is_valid();
    let may_manage = staff.may(StaffPermission::ManageReports);
    let listed = match may_manage {
        true => {
            let whose = (id, &Whose::Everybodys);
            Some(shares::listed(site, &rows, visit, whose, Place::Admin, forms.share).await?)
        }
        false => None,
    };
    let again = match counts && may_manage {
        true => Some(again::card((site, staff), &stored, forms.again, page.lang()).await?),
        false => None,
    };
    let shown = Shown {
        checked,
        check_href: format!("{}?check=yes", route::AdminReport { report: id }).into(),
        again,
        decide_href: (open && staff.may(StaffPermission::ManageCredits))
            .then(|| route::AdminReportCredit { report: id }.to_string().into()),
        shares: listed,
    };
    let page = page.at("reports").in_zone(zone(&stored));
    let view = move || view! { <ReportShow report=report files=files staff=shown/> };
    Ok(match is_valid {
        true => page.ok(view),
        false => page.unprocessable(view),
    })
}

/// On paper.
pub(in crate::web) async fn pdf(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaReportId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = find(&staff, *id).await?;
    pdf::one(&site, &staff.tenant.rows(), stored, page.lang(), Audience::Ours).await
}

/// All reports of a client's links for a month, on paper.
pub(in crate::web) async fn pdf_of_month(
    site: web::Data<Site>,
    staff: Staff,
    asked: web::Path<(ClientId, String)>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (client, month) = asked.into_inner();
    let month = read_month(&month).ok_or(Error::NotFound)?;
    pdf::of_month(&site, &staff.tenant.rows(), client, &month, page.lang()).await
}
