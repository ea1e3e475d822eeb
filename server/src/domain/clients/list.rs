//! The list of clients: searched, filtered and sorted over the board, without a query.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{ClientId, client};

use crate::domain::{
    board::Snapshot,
    links::status::{Status, standing},
};

/// Which clients are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Active,
    Archived,
    All,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    #[default]
    Name,
    Reference,
    Links,
}

/// What is asked of the list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Part of a name or reference, in any case.
    pub search: String,
    pub shown: Shown,
    pub by: By,
    pub descending: bool,
}

/// How many links stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkCounts {
    pub down: usize,
    pub degraded: usize,
    pub unknown: usize,
    pub maintenance: usize,
    pub up: usize,
    /// Switched off, or not activated.
    pub idle: usize,
}

impl LinkCounts {
    /// All of them.
    #[must_use]
    pub fn total(self) -> usize {
        self.down + self.degraded + self.unknown + self.maintenance + self.up + self.idle
    }

    fn add(&mut self, status: Status) {
        let count = match status {
            Status::Down => &mut self.down,
            Status::Degraded => &mut self.degraded,
            Status::Unknown => &mut self.unknown,
            Status::Maintenance => &mut self.maintenance,
            Status::Up => &mut self.up,
            Status::Disabled | Status::Inactive => &mut self.idle,
        };
        *count += 1;
    }
}

/// The clients that match, in order, with how their links stand.
#[must_use]
pub fn list<'b>(board: &'b Snapshot, query: &Query, now: DateTime<Utc>) -> Vec<(&'b client::Model, LinkCounts)> {
    let counts = link_counts(board, now);
    let search = query.search.trim().to_lowercase();
    let mut rows: Vec<_> = board
        .clients
        .values()
        .filter(|client| match query.shown {
            Shown::Active => client.archived_at.is_none(),
            Shown::Archived => client.archived_at.is_some(),
            Shown::All => true,
        })
        .filter(|client| matches(client, &search))
        .map(|client| (client, counts.get(&client.id).copied().unwrap_or_default()))
        .collect();
    rows.sort_by_cached_key(|(client, _)| (client.name.to_lowercase(), client.id));
    match query.by {
        By::Name => {}
        // Clients without a reference come last, whichever way.
        By::Reference => rows.sort_by_key(|(client, _)| (client.reference.is_none(), client.reference.clone())),
        By::Links => rows.sort_by_key(|(_, links)| links.total()),
    }
    if query.descending {
        rows.reverse();
    }
    rows
}

/// How the links of each client stand that are not archived.
#[must_use]
pub fn link_counts(board: &Snapshot, now: DateTime<Utc>) -> HashMap<ClientId, LinkCounts> {
    let mut counts: HashMap<_, LinkCounts> = HashMap::new();
    for link in board.links.values().filter(|link| link.link.archived_at.is_none()) {
        let status = standing(board, link, now).status;
        counts.entry(link.link.client_id).or_default().add(status);
    }
    counts
}

fn matches(client: &client::Model, search: &str) -> bool {
    let holds = |text: &str| text.to_lowercase().contains(search);
    search.is_empty() || holds(&client.name) || client.reference.as_deref().is_some_and(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{audit::Actor, board::Board, clients},
        testing::{scratch_db, scratch_tenant},
    };

    #[tokio::test]
    async fn clients_are_searched_filtered_and_sorted() {
        let (db, _scratch) = scratch_db().await;
        let tenant = scratch_tenant(&db, "north").await;
        let (actor, now) = (Actor::system("test"), DateTime::UNIX_EPOCH);
        let mut ids = Vec::new();
        for (name, reference) in [("beta", "K-2"), ("Alpha", ""), ("Gamma", "K-1"), ("gone", "K-9")] {
            let draft = clients::Draft {
                name: name.to_owned(),
                reference: reference.to_owned(),
                ..Default::default()
            };
            ids.push(
                clients::create(&db, tenant, &actor, now, draft.check().unwrap())
                    .await
                    .unwrap(),
            );
        }
        clients::archive(&db, tenant, &actor, now, ids[3]).await.unwrap();
        let board = Board::new(db).snapshot(tenant, now).await.unwrap();
        let names = |query: Query| {
            list(&board, &query, now)
                .iter()
                .map(|(client, _)| client.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(Query::default()), ["Alpha", "beta", "Gamma"]);
        assert_eq!(
            names(Query {
                by: By::Reference,
                ..Query::default()
            }),
            ["Gamma", "beta", "Alpha"]
        );
        assert_eq!(
            names(Query {
                shown: Shown::Archived,
                ..Query::default()
            }),
            ["gone"]
        );
        assert_eq!(
            names(Query {
                search: " k-".to_owned(),
                shown: Shown::All,
                ..Query::default()
            }),
            ["beta", "Gamma", "gone"]
        );
    }
}
