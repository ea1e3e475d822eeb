//! `GET` and `POST /admin/clients/{client}/archive` and `…/restore`

use app::admin::confirm::Question;
use entity::ClientId;

use crate::{
    domain::{board::Snapshot, clients, people},
    site::Site,
    web::{Error, admin::confirm::Asked, guard::Staff, route},
};

pub(in crate::web) struct Archive;

impl Asked for Archive {
    type Id = ClientId;
    const AT: &'static str = "clients";
    const DONE: &'static str = "done-client-archived";

    fn action(client: ClientId) -> String {
        route::AdminClientArchive { client }.to_string()
    }

    fn page(client: ClientId) -> String {
        route::AdminClient { client }.to_string()
    }

    async fn question(staff: &Staff, board: &Snapshot, id: ClientId) -> Result<Question, Error> {
        let client = board.clients.get(&id).ok_or(Error::NotFound)?;
        let links = board.links.values();
        let links = links
            .filter(|link| link.link.client_id == client.id && link.link.archived_at.is_none())
            .count();
        let users = people::users_by_client(&staff.tenant.rows(), &[client.id]).await?;
        Ok(Question::ArchiveClient {
            client: client.name.clone(),
            links,
            users: users.get(&client.id).copied().unwrap_or(0),
        })
    }

    async fn answer(site: &Site, staff: &Staff, id: ClientId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        clients::archive(&site.db, tenant, &staff.actor(), now, id).await?;
        // Its users have another set of clients from now on.
        site.identity.forget_visitors();
        Ok(())
    }
}

pub(in crate::web) struct Restore;

impl Asked for Restore {
    type Id = ClientId;
    const AT: &'static str = "clients";
    const DONE: &'static str = "done-client-restored";

    fn action(client: ClientId) -> String {
        route::AdminClientRestore { client }.to_string()
    }

    fn page(client: ClientId) -> String {
        route::AdminClient { client }.to_string()
    }

    async fn question(_: &Staff, board: &Snapshot, id: ClientId) -> Result<Question, Error> {
        let client = board.clients.get(&id).ok_or(Error::NotFound)?;
        Ok(Question::RestoreClient {
            client: client.name.clone(),
        })
    }

    async fn answer(site: &Site, staff: &Staff, id: ClientId) -> Result<(), Error> {
        let (tenant, now) = (staff.tenant.tenant.id, site.clock.now());
        clients::restore(&site.db, tenant, &staff.actor(), now, id).await?;
        // Its users have another set of clients from now on.
        site.identity.forget_visitors();
        Ok(())
    }
}
