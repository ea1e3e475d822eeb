//! What is rented at Contabo in figures: how many servers of which kind, how full storages and snapshots are, and
//! [`advice`] on what is unused. Of what was last read; nobody is asked.
//!
//! How busy a server is inside is not known: Contabo measures nothing of it.

pub mod advice;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use entity::{InstanceId, Tenant, snapshot};
use sea_orm::DbErr;

use super::{
    accounts,
    catalogue::Catalogue,
    quotas::{self, Quota, Used},
    resources::{self, Image},
    storages::{self, Kept},
};
use crate::domain::board::Snapshot;

/// Everything that the figures are made of, read once.
#[derive(Debug)]
pub struct Rented {
    pub storages: Vec<Kept>,
    pub snapshots: Vec<snapshot::Model>,
    /// Own images with their sizes.
    pub images: Vec<Image>,
    /// What the provider may have over all, and has.
    pub quota: Quota,
    pub used: Used,
    /// How many snapshots a server of a product may have, by Contabo's id of it.
    allowed: HashMap<String, i32>,
}

impl Rented {
    /// Reads it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(rows: &Tenant<'_>) -> Result<Self, DbErr> {
        let mut images = Vec::new();
        for account in accounts::list(rows).await? {
            let of_account = resources::list::<Image>(rows, account.id).await?.into_iter();
            images.extend(of_account.map(|one| one.thing).filter(|image| !image.is_standard));
        }
        let catalogue = Catalogue::load(rows).await?;
        let allowed = catalogue.products.iter();
        Ok(Self {
            storages: storages::list(rows).await?,
            snapshots: rows.find::<snapshot::Entity>().all().await?,
            images,
            quota: quotas::of(rows, None).await?,
            used: quotas::used(rows, None).await?,
            allowed: allowed
                .filter_map(|product| Some((product.contabo_id.clone(), product.snapshots?)))
                .collect(),
        })
    }
}

/// How many there are of a kind, and how many of those run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// As Contabo names it.
    pub word: String,
    pub all: usize,
    pub running: usize,
    pub nobodys: usize,
}

/// Servers by something that Contabo says of them, the most first.
fn counted<'b>(board: &'b Snapshot, word: impl Fn(&'b super::instances::Details, &'b str) -> &'b str) -> Vec<Count> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for now in board.instances.values() {
        let word = word(&now.details, &now.instance.status);
        let count = counts.entry(word).or_insert_with(|| Count {
            word: word.to_owned(),
            all: 0,
            running: 0,
            nobodys: 0,
        });
        count.all += 1;
        count.running += usize::from(now.status == super::instances::Status::Running);
        count.nobodys += usize::from(now.instance.client_id.is_none());
    }
    let mut counts: Vec<Count> = counts.into_values().collect();
    counts.sort_by(|a, b| b.all.cmp(&a.all).then_with(|| a.word.cmp(&b.word)));
    counts
}

/// Servers by region, by product, and by state.
#[must_use]
pub fn counts(board: &Snapshot) -> [Vec<Count>; 3] {
    [
        counted(board, |details, _| &details.region),
        counted(board, |details, _| match details.product_name.as_str() {
            "" => &details.product_id,
            name => name,
        }),
        counted(board, |_, status| status),
    ]
}

/// How much of something there is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Room {
    pub used: f64,
    /// None: nobody says.
    pub bought: Option<f64>,
    /// Up to where it grows by itself, what does not grow being there as it is.
    pub most: Option<f64>,
}

/// TB of object storage. What Contabo has not counted yet is not in it.
#[must_use]
pub fn storage(rented: &Rented) -> Room {
    let all = || rented.storages.iter().map(|one| &one.storage);
    let bought: f64 = all().filter_map(|one| one.size_tb).sum();
    let most = all().filter_map(|one| {
        let size = one.size_tb?;
        Some(
            one.grows_to_tb
                .filter(|_| one.grows)
                .map_or(size, |most| most.max(size)),
        )
    });
    Room {
        used: all().filter_map(|one| one.used_tb).sum(),
        bought: Some(bought),
        most: Some(most.sum()),
    }
}

/// Snapshots, and how many there may be of servers whose product says so in the list.
#[must_use]
pub fn snapshots(board: &Snapshot, rented: &Rented) -> Room {
    let mut allowed = 0.0;
    let mut known: HashMap<InstanceId, bool> = HashMap::new();
    for now in board.instances.values() {
        let most = rented.allowed.get(&now.details.product_id);
        known.insert(now.instance.id, most.is_some());
        allowed += most.map_or(0.0, |most| f64::from(*most));
    }
    // Of others it is not known how many there may be, so theirs are no share of it.
    let there = rented
        .snapshots
        .iter()
        .filter(|one| known.get(&one.instance_id) == Some(&true));
    Room {
        used: there.count() as f64,
        bought: Some(allowed),
        most: None,
    }
}

/// Own images: MB that have arrived. How much room there is for them is said where they are kept.
#[must_use]
pub fn images(rented: &Rented) -> Room {
    let sizes = rented.images.iter().filter_map(|image| image.size.or(image.arrived));
    Room {
        used: sizes.sum::<u64>() as f64,
        bought: None,
        most: None,
    }
}

/// Since when an instance is known to be there.
fn there_since(now: &crate::domain::board::InstanceNow) -> DateTime<Utc> {
    let first = now.instance.first_seen_at;
    now.details.created_at.map_or(first, |at| at.min(first))
}

const COLUMNS: [&str; 8] = ["kind", "name", "client", "region", "product", "state", "used", "of"];

/// One line a server (snapshots used, of how many) and one a storage (TB used, of how many); `text` makes a text harmless to
/// spreadsheets.
///
/// # Errors
/// Never, while it is written to memory.
pub fn write(board: &Snapshot, rented: &Rented, text: fn(&str) -> String) -> csv::Result<Vec<u8>> {
    let client = |id: Option<entity::ClientId>| {
        let row = id.and_then(|id| board.clients.get(&id));
        row.map(|row| text(&row.name)).unwrap_or_default()
    };
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(COLUMNS)?;
    let mut snapshots: HashMap<InstanceId, usize> = HashMap::new();
    for one in &rented.snapshots {
        *snapshots.entry(one.instance_id).or_default() += 1;
    }
    let mut servers: Vec<_> = board.instances.values().collect();
    servers.sort_by_cached_key(|now| (now.title().to_lowercase(), now.instance.id));
    for now in servers {
        let used = snapshots.get(&now.instance.id).copied().unwrap_or_default();
        let most = rented.allowed.get(&now.details.product_id);
        csv.write_record([
            "server".to_owned(),
            text(now.title()),
            client(now.instance.client_id),
            text(&now.details.region),
            text(&now.details.product_name),
            text(&now.instance.status),
            used.to_string(),
            most.map(i32::to_string).unwrap_or_default(),
        ])?;
    }
    for one in &rented.storages {
        csv.write_record([
            "object storage".to_owned(),
            text(&one.storage.name),
            client(one.client),
            text(&one.storage.region),
            String::new(),
            text(&one.storage.status),
            number(one.storage.used_tb),
            number(one.storage.size_tb),
        ])?;
    }
    csv.into_inner().map_err(|error| error.into_error().into())
}
