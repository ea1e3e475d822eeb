//! `GET` and `POST /admin/maintenance/{window}/approve`, `…/withdraw` and `…/cancel`: what is asked about first, with a
//! reason where the past is changed.

use actix_web::{HttpResponse, web};
use app::{
    admin::maintenance::decide::{DecideWindow, Decision as Shown},
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

/// A decision about a window.
pub(in crate::web) trait Decides: 'static {
    const SHOWN: Shown;
    /// What the page says once it is done.
    const DONE: &'static str;

    /// Where it is asked.
    fn action(window: MaintenanceWindowId) -> String;

    /// Whether it can be decided of this window.
    fn is_open(window: &Maintenance, now: DateTime<Utc>, approves: bool) -> bool;

    /// Does it.
    async fn decide(
        site: &Site,
        staff: &Staff,
        id: MaintenanceWindowId,
        by: Decision,
    ) -> Result<(), maintenance::Error>;
}

/// Lets a proposal count.
pub(in crate::web) struct Approve;

/// Makes it a proposal again.
pub(in crate::web) struct Withdraw;

/// Takes it off the plan.
pub(in crate::web) struct Cancel;

impl Decides for Approve {
    const SHOWN: Shown = Shown::Approve;
    const DONE: &'static str = "done-window-approved";

    fn action(window: MaintenanceWindowId) -> String {
        route::AdminWindowApprove { window }.to_string()
    }

    fn is_open(window: &Maintenance, _: DateTime<Utc>, _: bool) -> bool {
        !window.is_approved()
    }

    async fn decide(
        site: &Site,
        staff: &Staff,
        id: MaintenanceWindowId,
        by: Decision,
    ) -> Result<(), maintenance::Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        maintenance::approve(&site.db, tenant, &staff.actor(), now, id, by).await
    }
}

impl Decides for Withdraw {
    const SHOWN: Shown = Shown::Withdraw;
    const DONE: &'static str = "done-window-withdrawn";

    fn action(window: MaintenanceWindowId) -> String {
        route::AdminWindowWithdraw { window }.to_string()
    }

    fn is_open(window: &Maintenance, _: DateTime<Utc>, _: bool) -> bool {
        window.is_approved()
    }

    async fn decide(
        site: &Site,
        staff: &Staff,
        id: MaintenanceWindowId,
        by: Decision,
    ) -> Result<(), maintenance::Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        maintenance::withdraw(&site.db, tenant, &staff.actor(), now, id, by).await
    }
}

impl Decides for Cancel {
    const SHOWN: Shown = Shown::Cancel;
    const DONE: &'static str = "done-window-cancelled";

    fn action(window: MaintenanceWindowId) -> String {
        route::AdminWindowCancel { window }.to_string()
    }

    fn is_open(window: &Maintenance, now: DateTime<Utc>, approves: bool) -> bool {
        approves || !window.is_approved() || now < window.window.starts_at
    }

    async fn decide(
        site: &Site,
        staff: &Staff,
        id: MaintenanceWindowId,
        by: Decision,
    ) -> Result<(), maintenance::Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        maintenance::cancel(&site.db, tenant, &staff.actor(), now, id, by).await
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
    if !D::is_open(window, now, super::approves(&staff)) {
        return Err(Error::Conflict);
    }
    let view = question::<D>(window, now, FormState::new());
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
    match rejected(D::decide(&site, &staff, *id, by).await)? {
        Ok(()) => {
            refresh(&site, &staff).await?;
            Ok(see_other_telling(route::AdminWindow { window: *id }, D::DONE))
        }
        Err(wrong) => {
            let form = shown(&typed, &["reason"], wrong, page.lang(), |lang, reason| {
                complaint::of_window(lang, reason, board.zone)
            });
            let view = question::<D>(window, site.clock.now(), form);
            Ok(page.at("maintenance").unprocessable(view))
        }
    }
}

fn question<D: Decides>(
    window: &Maintenance,
    now: DateTime<Utc>,
    form: FormState,
) -> impl FnOnce() -> AnyView + use<D> {
    let id = window.window.id;
    let counts = window.is_approved() || D::SHOWN == Shown::Approve;
    let past = window.window.starts_at <= now && counts;
    let title = window.window.title.clone();
    let (action, back) = (D::action(id), route::AdminWindow { window: id }.to_string());
    move || {
        view! { <DecideWindow decision=D::SHOWN window=title past=past form=form action=action cancel_href=back/> }
            .into_any()
    }
}
