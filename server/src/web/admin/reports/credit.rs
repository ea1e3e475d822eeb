//! `GET` and `POST /admin/reports/{report}/credit`: decides what is given.

use actix_web::{HttpResponse, web};
use app::{
    admin::reports::credit::{CreditDecision, Proposed},
    text::{Lang, in_language},
    ui::{FormState, time},
};
use entity::{SlaReportId, Tenant};
use leptos::prelude::*;
use sea_orm::DbErr;

use super::find;
use crate::{
    domain::{
        money::{Currency, Money},
        reports::{
            Stored,
            credits::{self, Draft},
        },
        typed::Typed,
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, complaint},
        guard::Staff,
        reports::{earlier, month_start, zone},
        route, see_other_telling,
    },
};

pub(in crate::web) async fn get(staff: Staff, id: web::Path<SlaReportId>, page: Page) -> Result<HttpResponse, Error> {
    let stored = open(&staff, *id).await?;
    let proposed = proposed(&staff.tenant.rows(), &stored, page.lang()).await?;
    let form = FormState::new().with("amount", money(&stored, stored.head.credit_minor).typed());
    Ok(page
        .at("reports")
        .ok(move || view! { <CreditDecision proposed=proposed form=form/> }))
}

pub(in crate::web) async fn post(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<SlaReportId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let stored = open(&staff, *id).await?;
    let draft = Draft {
        decision: typed.text("decision"),
        amount: typed.text("amount"),
        note: typed.text("note"),
    };
    let wrong = match draft.check(&stored.document) {
        Ok(decided) => {
            let (tenant, now, actor) = (staff.tenant.tenant.id, site.clock.now(), staff.actor());
            let subject = (*id, stored.document.link.name.as_str());
            credits::decide(&site.db, tenant, (&actor, staff.account), now, subject, decided).await?;
            return Ok(see_other_telling(
                route::AdminReport { report: *id },
                "done-credit-decided",
            ));
        }
        Err(wrong) => wrong,
    };
    let proposed = proposed(&staff.tenant.rows(), &stored, page.lang()).await?;
    let form = admin::shown(&typed, &["amount", "note"], wrong, page.lang(), complaint::of_credit);
    Ok(page
        .at("reports")
        .unprocessable(move || view! { <CreditDecision proposed=proposed form=form/> }))
}

/// The report, while its credit can be decided on.
async fn open(staff: &Staff, id: SlaReportId) -> Result<Stored, Error> {
    let stored = find(staff, id).await?;
    let decided = credits::of(&staff.tenant.rows(), id).await?;
    if decided.is_some() || stored.head.superseded_at.is_some() || stored.head.credit_minor == 0 {
        return Err(Error::Conflict);
    }
    Ok(stored)
}

fn money(stored: &Stored, minor: i64) -> Money {
    Money::new(minor, Currency::of_kept(&stored.head.currency))
}

async fn proposed(rows: &Tenant<'_>, stored: &Stored, lang: Lang) -> Result<Proposed, DbErr> {
    let (head, document) = (&stored.head, &stored.document);
    let mut before = credits::on_revisions(rows, std::slice::from_ref(head)).await?;
    before.retain(|made| made.is_beside(head));
    let credit = document.figures.credit.unwrap_or_default();
    let zone = zone(stored);
    let begin = month_start(&head.month, zone).with_timezone(&zone);
    Ok(Proposed {
        href: route::AdminReport { report: head.id }.to_string(),
        link: document.link.name.clone(),
        client: document.client.clone(),
        month: in_language(lang, || time::format(begin, lang.t("format-month"))),
        fee: money(stored, credit.prorated_fee).to_string(),
        amount: money(stored, credit.amount).to_string(),
        share: credit.share.to_string(),
        currency: head.currency.clone(),
        earlier: before.iter().map(earlier).collect(),
    })
}
