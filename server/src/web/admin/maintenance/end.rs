//! `GET` and `POST /admin/maintenance/{window}/end`

use app::admin::confirm::Question;
use entity::MaintenanceWindowId;

use crate::{
    domain::{board::Snapshot, maintenance},
    site::Site,
    web::{Error, admin::confirm::Asked, guard::Staff, route},
};

/// Of a window that is under way.
pub(in crate::web) struct End;

impl Asked for End {
    type Id = MaintenanceWindowId;
    const AT: &'static str = "maintenance";
    const DONE: &'static str = "done-window-ended";

    fn action(window: MaintenanceWindowId) -> String {
        route::AdminWindowEnd { window }.to_string()
    }

    fn page(window: MaintenanceWindowId) -> String {
        route::AdminWindow { window }.to_string()
    }

    async fn question(_: &Staff, board: &Snapshot, id: MaintenanceWindowId) -> Result<Question, Error> {
        let window = super::find(board, id)?.window.title.clone();
        Ok(Question::EndWindow { window })
    }

    async fn answer(site: &Site, staff: &Staff, id: MaintenanceWindowId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(maintenance::end_now(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}
