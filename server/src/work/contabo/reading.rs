//! The reading of what an account has beside instances, a kind at a time: each is listed and kept whole by itself, so
//! that one that a role may not see keeps no other from being read.

use chrono::{DateTime, Utc};
use contabo::{Client, Error};
use entity::{
    ContaboAccountId, TenantId,
    action::{self, Column},
    contabo_account,
};
use sea_orm::{ColumnTrait, DbErr};

use super::calls::SECRET_PREFIX;
use crate::{
    domain::contabo::resources::{
        DnsZone, Firewall, Image, Kind, PrivateNetwork, ReverseName, Secret, Storage, Tag, Thing, Vip, keep,
    },
    site::Site,
};

/// Why a kind was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadError {
    /// Contabo did not say it.
    #[error(transparent)]
    Contabo(#[from] Error),
    /// The database did not take it.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whose things are read, and how.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) site: &'a Site,
    pub(super) tenant: TenantId,
    pub(super) account: ContaboAccountId,
    pub(super) client: &'a Client,
    /// Whether what an action has read meanwhile counts more. Of what the action itself reads it does not.
    pub(super) yields: bool,
}

/// Id at Contabo and name of each thing of a kind.
pub(super) type Names = Vec<(String, String)>;

impl Reading<'_> {
    /// Reads all things of a kind and keeps them.
    pub(super) async fn read(self, thing: Thing) -> Result<Names, ReadError> {
        let begun = self.site.clock.now();
        let client = self.client;
        match thing {
            Thing::Image => {
                let found = client.images().list(&contabo::ImageFilter::default()).await?;
                self.keep(begun, thing, found.iter().map(Image::from)).await
            }
            Thing::Secret => {
                let found = client.secrets().list(&contabo::SecretFilter::default()).await?;
                // Passwords that are there for the time of one action are nobody's to choose.
                let theirs = found.iter().filter(|one| !one.name.starts_with(SECRET_PREFIX));
                self.keep(begun, thing, theirs.map(Secret::from)).await
            }
            Thing::PrivateNetwork => {
                let found = client.private_networks().list(&Default::default()).await?;
                self.keep(begun, thing, found.iter().map(PrivateNetwork::from)).await
            }
            Thing::Vip => {
                let found = client.vips().list(&contabo::VipFilter::default()).await?;
                self.keep(begun, thing, found.iter().map(Vip::from)).await
            }
            Thing::Firewall => {
                let found = client.firewalls().list(&contabo::FirewallFilter::default()).await?;
                self.keep(begun, thing, found.iter().map(Firewall::from)).await
            }
            Thing::Storage => {
                let mut storages = Vec::new();
                for found in client.object_storages().list(&Default::default()).await? {
                    // Of one that is being made nothing is counted yet.
                    let used = client.object_storages().stats(&found.object_storage_id).await.ok();
                    storages.push(Storage::new(&found, used.as_ref()));
                }
                self.keep(begun, thing, storages).await
            }
            Thing::DnsZone => {
                let mut zones = Vec::new();
                for found in client.dns_zones().list(&contabo::DnsZoneFilter::default()).await? {
                    let filter = contabo::DnsRecordFilter::default();
                    let records = client.dns_records().list(&found.zone_name, &filter).await?;
                    zones.push(DnsZone::new(&found, &records));
                }
                self.keep(begun, thing, zones).await
            }
            Thing::ReverseName => {
                // Contabo lists them only of a customer, whose number is a part of the client id.
                let filter = contabo::PtrRecordFilter {
                    customer_id: self.customer().await?,
                    ..contabo::PtrRecordFilter::default()
                };
                let found = client.ptr_records().list(&filter).await?;
                self.keep(begun, thing, found.iter().map(ReverseName::from)).await
            }
            Thing::Tag => {
                let mut tags = Vec::new();
                for found in client.tags().list(&contabo::TagFilter::default()).await? {
                    let filter = contabo::TagAssignmentFilter::default();
                    let on = client.tag_assignments().list(found.tag_id, &filter).await?;
                    tags.push(Tag::new(&found, &on));
                }
                self.keep(begun, thing, tags).await
            }
        }
    }

    /// The customer's number: `INT-54321` is that of 54321.
    async fn customer(&self) -> Result<Option<String>, DbErr> {
        let rows = self.site.db.tenant(self.tenant);
        let account = rows.get::<contabo_account::Entity>(self.account).await?;
        let number = account.and_then(|row| row.api_client_id.rsplit('-').next().map(str::to_owned));
        Ok(number)
    }

    async fn keep<K: Kind>(
        self,
        begun: DateTime<Utc>,
        thing: Thing,
        found: impl IntoIterator<Item = K>,
    ) -> Result<Names, ReadError> {
        let found: Vec<K> = found.into_iter().collect();
        let rows = self.site.db.begin(self.tenant).await?;
        // Locked, so that of two readings the one that listed later is kept later.
        let there = rows.lock::<contabo_account::Entity>(self.account).await?;
        if there.is_none_or(|account| !account.enabled) {
            return Ok(Vec::new());
        }
        // What ended since has read the kind after its change, and so seen more.
        let newer = rows
            .find::<action::Entity>()
            .filter(Column::ContaboAccountId.eq(self.account))
            .filter(Column::ThingKind.eq(thing.name()))
            .filter(Column::EndedAt.gt(begun));
        if !self.yields || newer.count().await? == 0 {
            keep(&rows, self.account, &found, self.site.clock.now()).await?;
        }
        rows.commit().await?;
        Ok(found.iter().map(|one| (one.contabo_id(), one.name())).collect())
    }
}
