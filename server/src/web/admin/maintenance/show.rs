//! `GET /admin/maintenance/{window}`: cancelled ones too, which are not on the board.

use actix_web::{HttpResponse, web};
use app::admin::maintenance::show::{Hrefs, Phase, Window, WindowPage};
use entity::{MaintenanceWindowId, maintenance_scope, maintenance_window};
use leptos::prelude::*;
use sea_orm::ColumnTrait;

use crate::{
    domain::{
        board::Maintenance,
        identity::StaffPermission,
        maintenance::list::{When, when},
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
    let created_by = match window.created_by {
        Some(account) => people::one(&rows, account).await?.map(|person| person.account.name),
        None => None,
    };
    let covers = super::covers(&board, &scopes);
    let maintenance = Maintenance { window, scopes };
    let phase = match (maintenance.window.cancelled_at, when(&maintenance, site.clock.now())) {
        (Some(_), _) => Phase::Cancelled,
        (None, When::Now) => Phase::Now,
        (None, When::Coming) => Phase::Coming,
        (None, When::Past) => Phase::Past,
    };
    let manages = |wanted: Phase| phase == wanted && staff.may(StaffPermission::ManageMaintenance);
    let hrefs = Hrefs {
        edit: manages(Phase::Coming).then(|| route::AdminWindowEdit { window: *id }.to_string()),
        end: manages(Phase::Now).then(|| route::AdminWindowEnd { window: *id }.to_string()),
        cancel: manages(Phase::Coming).then(|| route::AdminWindowCancel { window: *id }.to_string()),
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
    };
    Ok(page
        .at("maintenance")
        .ok(move || view! { <WindowPage window=window hrefs=hrefs/> }))
}
