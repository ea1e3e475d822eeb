//! `GET /admin/reports/breaches`: breached months, and the credits that are proposed for them.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use app::admin::reports::breaches::{Breaches, Decided, Row};
use entity::{credit_decision, sla_report::ReportVerdict};
use leptos::prelude::*;

use super::{client_names, troubles_count};
use crate::{
    domain::{
        money::{Currency, Money},
        reports::{
            credits::{self, Decision},
            list::{self, Head, Query},
        },
    },
    site::Site,
    web::{
        Error, Page,
        admin::{self, asked::Listing},
        guard::{Staff, StaffPermission},
        reports::{earlier, month_choices, month_start, percent, read_month, verdict},
        route,
    },
};

const PER_PAGE: usize = 100;

const FILTERS: [&str; 2] = ["month", "credit"];

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    listing: Listing,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = admin::board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let query = Query {
        month: read_month(&listing.filter("month")),
        verdict: Some(ReportVerdict::Breached),
        undecided: listing.filter("credit") == "open",
        ..Query::default()
    };
    let total = usize::try_from(list::count(&rows, &query).await?).unwrap_or(usize::MAX);
    let filters = listing.filters(&FILTERS);
    let (list, range) = listing.cut_by(PER_PAGE, route::AdminReportBreaches, filters, None, total);
    let heads = list::page(&rows, &query, range.start as u64, PER_PAGE as u64).await?;
    let before = credits::on_revisions(&rows, &heads).await?;
    let decided = credits::of_all(&rows, heads.iter().map(|head| head.id)).await?;
    let decided: HashMap<_, _> = decided.into_iter().map(|made| (made.report_id, made)).collect();
    let (names, may_decide) = (client_names(&board), staff.may(StaffPermission::ManageCredits));
    let shown = heads.iter().map(|head| {
        let decided = self::decided(head, decided.get(&head.id));
        Row {
            href: route::AdminReport { report: head.id }.to_string(),
            begin: month_start(&head.month, board.zone),
            zone: board.zone,
            link: board
                .links
                .get(&head.link_id)
                .map_or_else(String::new, |now| now.link.name.clone()),
            client: names.get(&head.client_id).cloned().unwrap_or_default(),
            verdict: verdict(head),
            uptime: head.share().map(percent),
            proposed: (head.credit_minor > 0).then(|| money(head, head.credit_minor)),
            decide_href: (may_decide && decided == Decided::Open)
                .then(|| route::AdminReportCredit { report: head.id }.to_string()),
            earlier: before.iter().filter(|made| made.is_beside(head)).map(earlier).collect(),
            decided,
        }
    });
    let shown = shown.collect();
    let months = month_choices(list::months(&rows, None).await?, board.zone, page.lang());
    let troubles = troubles_count(&rows).await?;
    Ok(page
        .at("reports")
        .ok(move || view! { <Breaches list=list months=months rows=shown troubles=troubles/> }))
}

fn money(head: &Head, minor: i64) -> String {
    Money::new(minor, Currency::of_kept(&head.currency)).to_string()
}

fn decided(head: &Head, made: Option<&credit_decision::Model>) -> Decided {
    match made {
        None if head.credit_minor == 0 => Decided::Nothing,
        None => Decided::Open,
        Some(made) => match made.decision {
            Decision::Approved => Decided::Approved(money(head, made.amount_minor)),
            Decision::Declined => Decided::Declined,
        },
    }
}
