//! The reading of what an account has beside instances, a kind at a time: each is listed and kept whole by itself, so
//! that one that a role may not see keeps no other from being read.

use chrono::{DateTime, Utc};
use contabo::{Client, Error, Hidden, SecretId};
use entity::{
    ContaboAccountId, Tenant, TenantId,
    action::{self, Column},
    contabo_account,
};
use sea_orm::{ColumnTrait, DbErr};

use super::calls::SECRET_PREFIX;
use crate::{
    domain::contabo::{
        resources::{
            self, Contact, DnsZone, Domain, Firewall, Image, ImageRoom, Kind, Permittable, Presets, PrivateNetwork,
            ReverseName, Role, Secret, Storage, Tag, Thing, User, Vip, keep, keep_one,
        },
        setup::fingerprint,
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
                // Accounts without the add-on, and weak roles, may not be told.
                if let Ok(room) = client.images().stats().await {
                    self.keep(begun, thing, [ImageRoom::from(&room)]).await?;
                }
                self.keep(begun, thing, found.iter().map(Image::from)).await
            }
            Thing::Secret => {
                let found = client.secrets().list(&contabo::SecretFilter::default()).await?;
                // Passwords that are there for the time of one action are nobody's to choose.
                let theirs = found.iter().filter(|one| !one.name.starts_with(SECRET_PREFIX));
                let mut secrets: Vec<Secret> = theirs.map(Secret::from).collect();
                self.know_keys(&mut secrets).await?;
                self.keep(begun, thing, secrets).await
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
                // Firewalls are made without them as well.
                let filter = contabo::PresetRuleFilter::default();
                if let Ok(presets) = client.firewalls().preset_rules(&filter).await {
                    self.keep(begun, thing, [Presets::from(presets.as_slice())]).await?;
                }
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
                    zones.push(self.zone(&found).await?);
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
            Thing::Contact => {
                let found = client.handles().list(&contabo::HandleFilter::default()).await?;
                self.keep(begun, thing, found.iter().map(Contact::from)).await
            }
            Thing::Domain => {
                let found = client.domains().list(&contabo::DomainFilter::default()).await?;
                let waiting = self.waiting().await?;
                let mut domains = Vec::new();
                for one in &found {
                    domains.push(self.domain(one, waiting.as_deref()).await?);
                }
                self.keep(begun, thing, domains).await
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
            Thing::User => {
                let found = client.users().list(&contabo::UserFilter::default()).await?;
                self.keep(begun, thing, found.iter().map(User::from)).await
            }
            Thing::Role => {
                let found = client.roles().list(&contabo::RoleFilter::default()).await?;
                if let Ok(all) = client
                    .roles()
                    .permissions(&contabo::ApiPermissionFilter::default())
                    .await
                {
                    self.keep(begun, thing, [Permittable::from(all.as_slice())]).await?;
                }
                self.keep(begun, thing, found.iter().map(Role::from)).await
            }
        }
    }

    /// Reads the thing with this id and keeps it, of the kinds of which there may be many and that Contabo shows one by one;
    /// of another kind it reads all.
    pub(super) async fn read_one(self, thing: Thing, contabo_id: &str) -> Result<Names, ReadError> {
        let begun = self.site.clock.now();
        match thing {
            Thing::DnsZone => {
                let found = match there(self.client.dns_zones().get(contabo_id).await)? {
                    Some(found) => Some(self.zone(&found).await?),
                    None => None,
                };
                self.keep_one(begun, thing, contabo_id, found).await
            }
            Thing::ReverseName => {
                let found = there(self.client.ptr_records().get(contabo_id).await)?;
                let found = found.as_ref().map(ReverseName::from);
                self.keep_one(begun, thing, contabo_id, found).await
            }
            Thing::Contact => {
                let id = contabo::HandleId::from(contabo_id);
                let found = there(self.client.handles().get(&id).await)?;
                let found = found.as_ref().map(Contact::from);
                self.keep_one(begun, thing, contabo_id, found).await
            }
            Thing::Domain => {
                let found = match there(self.client.domains().get(contabo_id).await)? {
                    Some(found) => Some(self.domain(&found, self.waiting().await?.as_deref()).await?),
                    None => None,
                };
                self.keep_one(begun, thing, contabo_id, found).await
            }
            thing => self.read(thing).await,
        }
    }

    /// The transfers away that wait for an answer; none: Contabo does not tell now. Not every account has this list.
    async fn waiting(&self) -> Result<Option<Vec<contabo::PendingTransfer>>, Error> {
        match self.client.domains().pending_transfers().await {
            Err(Error::Refused { .. } | Error::Unclear { .. } | Error::Unreadable { .. }) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// A domain. Where Contabo does not tell which transfers wait, one that waited still does until the domain says that
    /// it has left, since whoever is not warned of one loses the domain.
    async fn domain(
        &self,
        found: &contabo::Domain,
        waiting: Option<&[contabo::PendingTransfer]>,
    ) -> Result<Domain, ReadError> {
        let mut domain = Domain::new(found, waiting.unwrap_or_default());
        if waiting.is_none() && !domain.leaves && !domain.is_over() && !domain.is_let_go() {
            let rows = self.site.db.tenant(self.tenant);
            let before = resources::one::<Domain>(&rows, self.account, &domain.name).await?;
            if let Some(before) = before.filter(|before| before.thing.leaves) {
                (domain.leaves, domain.leaves_since) = (true, before.thing.leaves_since);
            }
        }
        Ok(domain)
    }

    async fn zone(&self, found: &contabo::DnsZone) -> Result<DnsZone, Error> {
        let filter = contabo::DnsRecordFilter::default();
        let records = self.client.dns_records().list(&found.zone_name, &filter).await?;
        Ok(DnsZone::new(found, &records))
    }

    /// Finds the fingerprints of public keys: those that were read before are known as long as nobody changed them.
    /// What a password is, is never asked for.
    async fn know_keys(&self, secrets: &mut [Secret]) -> Result<(), DbErr> {
        let rows = self.site.db.tenant(self.tenant);
        let known = resources::list::<Secret>(&rows, self.account).await?;
        for secret in secrets.iter_mut().filter(|secret| secret.kind == "ssh") {
            let mut same = known.iter().map(|one| &one.thing);
            let same = same.find(|one| one.id == secret.id && one.updated_at == secret.updated_at);
            secret.fingerprint = same.and_then(|one| one.fingerprint.clone());
            if secret.fingerprint.is_none()
                && let Ok(found) = self.client.secrets().get(SecretId(secret.id)).await
            {
                let value = found.value.as_ref().map(Hidden::expose);
                secret.fingerprint = value.and_then(fingerprint);
            }
        }
        Ok(())
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
        let Some(rows) = self.rows().await? else {
            return Ok(Vec::new());
        };
        if !self.yields || !self.is_overtaken(&rows, begun, thing).await? {
            keep(&rows, self.account, &found, self.site.clock.now()).await?;
        }
        rows.commit().await?;
        Ok(names(&found))
    }

    async fn keep_one<K: Kind>(
        self,
        begun: DateTime<Utc>,
        thing: Thing,
        contabo_id: &str,
        found: Option<K>,
    ) -> Result<Names, ReadError> {
        let Some(rows) = self.rows().await? else {
            return Ok(Vec::new());
        };
        let seen = names(found.as_slice());
        if !self.yields || !self.is_overtaken(&rows, begun, thing).await? {
            keep_one(&rows, self.account, contabo_id, found, self.site.clock.now()).await?;
        }
        rows.commit().await?;
        Ok(seen)
    }

    /// A transaction with the account locked, so that of two readings the one that listed later is kept later; none:
    /// the account is not in use any more.
    async fn rows(&self) -> Result<Option<Tenant<'static>>, DbErr> {
        let rows = self.site.db.begin(self.tenant).await?;
        let account = rows.lock::<contabo_account::Entity>(self.account).await?;
        Ok(account.filter(|account| account.enabled).map(|_| rows))
    }

    /// Whether an action has ended since, which has read the kind after its change, and so seen more.
    async fn is_overtaken(&self, rows: &Tenant<'_>, begun: DateTime<Utc>, thing: Thing) -> Result<bool, DbErr> {
        let newer = rows
            .find::<action::Entity>()
            .filter(Column::ContaboAccountId.eq(self.account))
            .filter(Column::ThingKind.eq(thing.name()))
            .filter(Column::EndedAt.gt(begun));
        Ok(newer.count().await? > 0)
    }
}

fn names<K: Kind>(found: &[K]) -> Names {
    found.iter().map(|one| (one.contabo_id(), one.name())).collect()
}

/// What was found; none where Contabo says that it is not there.
fn there<T>(answer: Result<T, Error>) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}
