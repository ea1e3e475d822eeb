//! `GET /admin/maintenance/{window}`: cancelled ones too, which are not on the board.

use actix_web::{HttpResponse, web};
use app::admin::{
    Subject,
    maintenance::show::{Hrefs, PastChange, Phase, Window, WindowPage},
};
use entity::{AccountId, MaintenanceWindowId, Tenant, maintenance_scope, maintenance_window};
use leptos::prelude::*;
use sea_orm::ColumnTrait;

use crate::{
    domain::{
        board::Maintenance,
        identity::StaffPermission,
        maintenance::{
            self, after_the_fact,
            list::{When, when},
        },
        people,
    },
    site::Site,
    web::{Error, Page, admin::board, guard::Staff, route},
};

pub(in crate::web) async fn get(
    site: web::Data<Site>,
    staff: Staff,
    id: web::Path<MaintenanceWindowId>,
    page: Page,
) -> Result<HttpResponse, Error> {
    let board = board(&site, &staff).await?;
    let rows = staff.tenant.rows();
    let window = rows
        .get::<maintenance_window::Entity>(*id)
        .await?
        .ok_or(Error::NotFound)?;
    let scopes = rows
        .find::<maintenance_scope::Entity>()
        .filter(maintenance_scope::Column::WindowId.eq(*id))
        .all()
        .await?;
    let created_by = name(&rows, window.created_by).await?;
    let approved_by = name(&rows, window.approved_by).await?;
    let series = match window.series_id {
        Some(id) => maintenance::series::one(&rows, id).await?,
        None => None,
    };
    let changes = after_the_fact::of_window(&rows, *id).await?;
    let covers = super::covers(&board, &maintenance::Covers::of(&scopes));
    let maintenance = Maintenance { window, scopes };
    let phase = match (maintenance.window.cancelled_at, when(&maintenance, site.clock.now())) {
        (Some(_), _) => Phase::Cancelled,
        (None, When::Now) => Phase::Now,
        (None, When::Coming) => Phase::Coming,
        (None, When::Past) => Phase::Past,
    };
    let manages = |wanted: Phase| phase == wanted && staff.may(StaffPermission::ManageMaintenance);
    // What has begun is changed by those who may approve alone.
    let (approves, is_approved) = (super::approves(&staff), maintenance.is_approved());
    let changes_it = manages(Phase::Coming) || (approves && phase != Phase::Cancelled);
    let cancels_it = changes_it || (manages(phase) && phase != Phase::Cancelled && !is_approved);
    let decides = approves && phase != Phase::Cancelled;
    let hrefs = Hrefs {
        edit: changes_it.then(|| route::AdminWindowEdit { window: *id }.to_string()),
        approve: (decides && !is_approved).then(|| route::AdminWindowApprove { window: *id }.to_string()),
        withdraw: (decides && is_approved).then(|| route::AdminWindowWithdraw { window: *id }.to_string()),
        end: manages(Phase::Now).then(|| route::AdminWindowEnd { window: *id }.to_string()),
        cancel: cancels_it.then(|| route::AdminWindowCancel { window: *id }.to_string()),
    };
    let row = maintenance.window;
    let window = Window {
        title: row.title,
        notes: row.notes,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        covers,
        phase,
        created_at: row.created_at,
        created_by,
        approved_at: row.approved_at,
        approved_by,
        announced_at: row.announced_at,
        series: series.map(|one| Subject {
            name: one.series.title,
            href: route::AdminSeries { series: one.series.id }.to_string(),
        }),
        changes: changes.into_iter().map(past_change).collect(),
    };
    Ok(page
        .at("maintenance")
        .ok(move || view! { <WindowPage window=window hrefs=hrefs/> }))
}

/// None: Mainstay itself, or an account that is gone.
async fn name(rows: &Tenant<'_>, account: Option<AccountId>) -> Result<Option<String>, Error> {
    Ok(match account {
        Some(account) => people::one(rows, account).await?.map(|person| person.account.name),
        None => None,
    })
}

fn past_change(change: after_the_fact::Change) -> PastChange {
    let span = |counted: after_the_fact::Counted| (counted.starts_at, counted.ends_at);
    PastChange {
        at: change.at,
        by: change.by,
        reason: change.reason,
        old: change.old.map(span),
        new: change.new.map(span),
    }
}
