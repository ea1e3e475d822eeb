//! What a visitor of the portal may see: the links of the clients where their role allows it.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, Utc};
use entity::{ClientId, LinkId};

use crate::{
    domain::{
        board::{LinkNow, Snapshot},
        links::status::{self, Standing},
    },
    site::Site,
    web::{
        Error,
        guard::{ClientPermission, ClientUser},
    },
};

/// The board, cut to one visitor.
pub(super) struct Seen {
    pub(super) board: Arc<Snapshot>,
    pub(super) now: DateTime<Utc>,
    clients: HashSet<ClientId>,
}

impl Seen {
    pub(super) async fn by(user: &ClientUser, site: &Site) -> Result<Self, Error> {
        let now = site.clock.now();
        Ok(Self {
            board: site.board.snapshot(user.tenant.tenant.id, now).await?,
            now,
            clients: user.clients_for(ClientPermission::SeeLinks).into_iter().collect(),
        })
    }

    /// The links, in no order.
    pub(super) fn links(&self) -> impl Iterator<Item = &LinkNow> {
        self.board
            .links
            .values()
            .map(Arc::as_ref)
            .filter(|now| now.link.archived_at.is_none() && self.clients.contains(&now.link.client_id))
    }

    /// One of them.
    pub(super) fn link(&self, id: LinkId) -> Result<&LinkNow, Error> {
        let found = self.board.links.get(&id).map(Arc::as_ref);
        found
            .filter(|now| now.link.archived_at.is_none() && self.clients.contains(&now.link.client_id))
            .ok_or(Error::NotFound)
    }

    pub(super) fn standing(&self, link: &LinkNow) -> Standing {
        status::standing(&self.board, link, self.now)
    }

    /// Whose link it is, for those who see more than one client's.
    pub(super) fn client_name(&self, link: &LinkNow) -> Option<String> {
        if self.clients.len() < 2 {
            return None;
        }
        let client = self.board.clients.get(&link.link.client_id)?;
        Some(client.name.clone())
    }

    /// Ids and names of the clients by name, if there are several.
    pub(super) fn clients(&self) -> Vec<(String, String)> {
        if self.clients.len() < 2 {
            return Vec::new();
        }
        let named = self.clients.iter().filter_map(|id| self.board.clients.get(id));
        let mut named: Vec<_> = named
            .map(|client| (client.id.to_string(), client.name.clone()))
            .collect();
        named.sort_by(|a, b| a.1.cmp(&b.1));
        named
    }
}
