//! Lists of instances: who matches, in which order. Pure functions over the board.

use std::{cmp::Reverse, sync::Arc};

use entity::{ClientId, ContaboAccountId, InstanceId};

use super::Status;
use crate::domain::{
    board::{InstanceNow, Snapshot},
    contabo::actions::Kind,
};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    Status,
    Client,
    Region,
    Product,
    /// Soonest cancelled first; those that go on last.
    Cancels,
}

/// Whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Client(ClientId),
    /// Those that no client has.
    Nobody,
}

/// What is looked for. What is empty matches everything.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'q> {
    /// Part of a name, an address, the product or the image, in any case.
    pub search: &'q str,
    /// Contabo's word.
    pub status: &'q str,
    pub region: &'q str,
    pub account: Option<ContaboAccountId>,
    pub owner: Option<Owner>,
    pub sort: Sort,
    pub descending: bool,
}

/// One instance of the list.
#[derive(Clone, Debug)]
pub struct Listed<'b> {
    pub now: &'b Arc<InstanceNow>,
    /// The client's name; empty: nobody's.
    pub client: &'b str,
}

impl InstanceNow {
    /// What people call it: the name that it was given, or else Contabo's.
    #[must_use]
    pub fn title(&self) -> &str {
        match self.instance.display_name.trim() {
            "" => &self.instance.name,
            given => given,
        }
    }

    /// Whether it makes sense to ask for this now.
    #[must_use]
    pub fn offers(&self, kind: Kind) -> bool {
        let is_asked = self.open.iter().any(|row| row.kind == kind.name());
        let is_cancelled = kind == Kind::Cancel && self.instance.cancels_on.is_some();
        kind.is_of_use(&self.status) && !is_cancelled && (!is_asked || kind.can_be_asked_again())
    }
}

/// The instances that match, in order.
#[must_use]
pub fn list<'b>(board: &'b Snapshot, wanted: &Wanted<'_>) -> Vec<Listed<'b>> {
    sorted(board, wanted, |_| true)
}

fn sorted<'b>(board: &'b Snapshot, wanted: &Wanted<'_>, among: impl Fn(&InstanceNow) -> bool) -> Vec<Listed<'b>> {
    let search = wanted.search.to_lowercase();
    let mut listed: Vec<Listed<'b>> = board
        .instances
        .values()
        .filter(|now| among(now))
        .filter(|now| wanted.account.is_none_or(|id| now.instance.contabo_account_id == id))
        .filter(|now| wanted.status.is_empty() || now.instance.status == wanted.status)
        .filter(|now| wanted.region.is_empty() || now.details.region == wanted.region)
        .filter(|now| match wanted.owner {
            None => true,
            Some(Owner::Nobody) => now.instance.client_id.is_none(),
            Some(Owner::Client(client)) => now.instance.client_id == Some(client),
        })
        .filter(|now| search.is_empty() || matches(now, &search))
        .map(|now| Listed {
            now,
            client: client_of(board, now),
        })
        .collect();
    // By name first: what is equal in the wanted order stays in the order of names.
    listed.sort_by_cached_key(|one| (one.now.title().to_lowercase(), one.now.instance.contabo_id));
    match wanted.sort {
        Sort::Name => {}
        Sort::Status => listed.sort_by(|a, b| a.now.instance.status.cmp(&b.now.instance.status)),
        Sort::Client => listed.sort_by_cached_key(|one| one.client.to_lowercase()),
        Sort::Region => listed.sort_by(|a, b| a.now.details.region.cmp(&b.now.details.region)),
        Sort::Product => listed.sort_by(|a, b| a.now.details.product_name.cmp(&b.now.details.product_name)),
        Sort::Cancels => listed.sort_by_key(|one| Reverse(one.now.instance.cancels_on.map(Reverse))),
    }
    if wanted.descending {
        listed.reverse();
    }
    listed
}

/// Those of some clients, by name: what the portal lists.
#[must_use]
pub fn of_clients<'b>(board: &'b Snapshot, clients: &[ClientId]) -> Vec<Listed<'b>> {
    // Those of others are left out before anything is sorted: a provider has many more.
    sorted(board, &Wanted::default(), |now| is_of(now, clients))
}

fn is_of(now: &InstanceNow, clients: &[ClientId]) -> bool {
    now.instance.client_id.is_some_and(|client| clients.contains(&client))
}

/// Whether one of these clients has any.
#[must_use]
pub fn any_of_clients(board: &Snapshot, clients: &[ClientId]) -> bool {
    board.instances.values().any(|now| is_of(now, clients))
}

/// The instance, if one of these clients has it.
#[must_use]
pub fn one_of_clients<'b>(board: &'b Snapshot, clients: &[ClientId], id: InstanceId) -> Option<&'b Arc<InstanceNow>> {
    let now = board.instances.get(&id)?;
    is_of(now, clients).then_some(now)
}

/// What filters can be set to: Contabo's words for states, and regions, of the instances that there are.
#[must_use]
pub fn choices(board: &Snapshot) -> (Vec<String>, Vec<String>) {
    let sorted = |of: fn(&InstanceNow) -> &str| {
        let mut all: Vec<String> = board.instances.values().map(|now| of(now).to_owned()).collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|word| !word.is_empty());
        all
    };
    (sorted(|now| &now.instance.status), sorted(|now| &now.details.region))
}

/// Whether an instance is in a state that passes by itself, or something is under way on it.
#[must_use]
pub fn is_busy(now: &InstanceNow) -> bool {
    !now.open.is_empty() || Status::is_passing(&now.status)
}

fn client_of<'b>(board: &'b Snapshot, now: &InstanceNow) -> &'b str {
    let client = now.instance.client_id.and_then(|id| board.clients.get(&id));
    client.map_or("", |client| client.name.as_str())
}

fn matches(now: &InstanceNow, search: &str) -> bool {
    let (instance, details) = (&now.instance, &now.details);
    [
        &instance.name,
        &instance.display_name,
        &details.product_name,
        &details.os_type,
    ]
    .into_iter()
    .any(|text| text.to_lowercase().contains(search))
        || instance.contabo_id.to_string().contains(search)
        || details
            .addresses()
            .any(|address| address.ip.to_string().contains(search))
}
