//! `GET` and `POST /admin/templates/{template}/archive`

use app::admin::confirm::Question;
use entity::TemplateId;

use super::{AT as HERE, find};
use crate::{
    domain::{board::Snapshot, templates},
    site::Site,
    web::{Error, admin::confirm::Asked, guard::Staff, route},
};

pub(in crate::web) struct Archive;

impl Asked for Archive {
    type Id = TemplateId;
    const AT: &'static str = HERE;
    const DONE: &'static str = "done-template-archived";

    fn action(template: TemplateId) -> String {
        route::AdminTemplateArchive { template }.to_string()
    }

    fn page(template: TemplateId) -> String {
        route::AdminTemplate { template }.to_string()
    }

    async fn question(staff: &Staff, _: &Snapshot, id: TemplateId) -> Result<Question, Error> {
        let template = find(staff, id).await?.row.name;
        Ok(Question::ArchiveTemplate { template })
    }

    async fn answer(site: &Site, staff: &Staff, id: TemplateId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(templates::archive(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}
