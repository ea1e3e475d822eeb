//! `GET` and `POST /admin/maintenance/{window}/approve`, `…/withdraw` and `…/cancel`: what is asked about first, with a
//! reason where the past is changed.

use actix_web::{HttpResponse, web};
use app::{
    admin::maintenance::decide::{DecideWindow, Decision as What},
    ui::FormState,
};
use chrono::{DateTime, Utc};
use entity::MaintenanceWindowId;
use leptos::prelude::*;

use crate::{
    domain::{
        board::{Maintenance, Snapshot},
        maintenance::{self, Decision},
    },
    site::Site,
    web::{
        Error, Page,
        admin::{asked::Typed, board, complaint, refresh, rejected, shown},
        guard::Staff,
        route, see_other_telling,
    },
};

/// Which decision an address is for.
pub(in crate::web) trait Decides: 'static {
    const WHAT: What;
}

/// Lets a proposal count.
pub(in crate::web) struct Approve;

/// Makes it a proposal again.
pub(in crate::web) struct Withdraw;

/// Takes it off the plan.
pub(in crate::web) struct Cancel;

impl Decides for Approve {
    const WHAT: What = What::Approve;
}

impl Decides for Withdraw {
    const WHAT: What = What::Withdraw;
}

impl Decides for Cancel {
    const WHAT: What = What::Cancel;
}

/// Where it is asked.
fn action(what: What, window: MaintenanceWindowId) -> String {
    match what {
        What::Approve => route::AdminWindowApprove { window }.to_string(),
        What::Withdraw => route::AdminWindowWithdraw { window }.to_string(),
        What::Cancel => route::AdminWindowCancel { window }.to_string(),
    }
}

/// What the page says once it is done.
fn done(what: What) -> &'static str {
    match what {
        What::Approve => "done-window-approved",
        What::Withdraw => "done-window-withdrawn",
        What::Cancel => "done-window-cancelled",
    }
}

/// Whether it can be decided of this window.
fn is_open(what: What, window: &Maintenance, now: DateTime<Utc>, approves: bool) -> bool {
    match what {
        What::Approve => !window.is_approved(),
        What::Withdraw => window.is_approved(),
        What::Cancel => approves || !window.is_approved() || now < window.window.starts_at,
    }
}

/// Does it.
async fn decide(
    what: What,
    site: &Site,
    staff: &Staff,
    id: MaintenanceWindowId,
    by: Decision,
) -> Result<(), maintenance::Error> {
    let (db, tenant, actor, now) = (&site.db, staff.tenant.tenant.id, staff.actor(), site.clock.now());
    match what {
        What::Approve => maintenance::approve(db, tenant, &actor, now, id, by).await,
        What::Withdraw => maintenance::withdraw(db, tenant, &actor, now, id, by).await,
        What::Cancel => maintenance::cancel(db, tenant, &actor, now, id, by).await,
    }
}

/// Asks.
pub(in crate::web) async fn ask<D: Decides>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let (board, now) = (board(&site, &staff).await?, site.clock.now());
    let window = super::find(&board, *id)?;
    if !is_open(D::WHAT, window, now, super::approves(&staff)) {
        return Err(Error::Conflict);
    }
    let view = question(D::WHAT, window, now, FormState::new());
    Ok(page.at("maintenance").ok(view))
}

/// Does it, and goes on to the window's page.
pub(in crate::web) async fn answer<D: Decides>(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
    typed: Typed,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board: std::sync::Arc<Snapshot> = board(&site, &staff).await?;
    let window = super::find(&board, *id)?;
    let by = Decision {
        reason: typed.text("reason"),
        approves: super::approves(&staff),
    };
    match rejected(decide(D::WHAT, &site, &staff, *id, by).await)? {
        Ok(()) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminWindow { window: *id }, done(D::WHAT)))
        }
        Err(wrong) => {
            let form = shown(&typed, &["reason"], wrong, page.lang(), |lang, reason| {
                complaint::of_window(lang, reason, board.zone)
            });
            let view = question(D::WHAT, window, site.clock.now(), form);
            Ok(page.at("maintenance").unprocessable(view))
        }
    }
}

fn question(what: What, window: &Maintenance, now: DateTime<Utc>, form: FormState) -> impl FnOnce() -> AnyView + use<> {
    let id = window.window.id;
    let counts = window.is_approved() || what == What::Approve;
    let past = window.window.starts_at <= now && counts;
    let title = window.window.title.clone();
    let (action, back) = (action(what, id), route::AdminWindow { window: id }.to_string());
    move || {
        view! { <DecideWindow decision=what window=title past=past form=form action=action cancel_href=back/> }
            .into_any()
    }
}
