//! `GET` and `POST /admin/sla-profiles/{sla_profile}/archive`

use app::admin::confirm::Question;
use entity::SlaProfileId;

use crate::{
    domain::{board::Snapshot, sla_profiles},
    site::Site,
    web::{Error, admin::confirm::Asked, guard::Staff, route},
};

pub(in crate::web) struct Archive;

impl Asked for Archive {
    type Id = SlaProfileId;
    const AT: &'static str = "sla-profiles";
    const DONE: &'static str = "done-profile-archived";

    fn action(sla_profile: SlaProfileId) -> String {
        route::AdminSlaProfileArchive { sla_profile }.to_string()
    }

    fn page(sla_profile: SlaProfileId) -> String {
        route::AdminSlaProfile { sla_profile }.to_string()
    }

    async fn question(_: &Staff, board: &Snapshot, id: SlaProfileId) -> Result<Question, Error> {
        let profile = &board.profiles.get(&id).ok_or(Error::NotFound)?.profile;
        Ok(Question::ArchiveProfile {
            profile: profile.name.clone(),
        })
    }

    async fn answer(site: &Site, staff: &Staff, id: SlaProfileId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        Ok(sla_profiles::archive(&site.db, tenant, &staff.actor(), now, id).await?)
    }
}
