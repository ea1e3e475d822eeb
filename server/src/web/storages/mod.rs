//! Object storages for their clients' users and for staff: the list, the page of one, its keys.
//!
//! Both areas have the same handlers. What differs between them is a [`Seer`].

pub(super) mod change;
pub(super) mod keys;
pub(super) mod list;
pub(super) mod show;
pub(super) mod staff;

use actix_web::FromRequest;
use app::{
    admin::things::Happening,
    storages::{Status, Use},
};
use entity::ContaboResourceId;

use super::{
    Error,
    admin::things,
    guard::{ClientPermission, ClientUser, SignedIn, Staff, StaffPermission},
    route,
    tenant::CurrentTenant,
};
use crate::domain::{
    board::Snapshot,
    contabo::{
        resources::{Storage, Thing},
        storages::{self, Kept},
    },
};

/// The entry of the navigation.
const AT: &str = "storages";

/// Why somebody who sees a storage may not have its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Shut {
    /// The role is too weak.
    NotYours,
    /// They would open more than what is the client's, or the provider keeps them.
    AskProvider,
}

/// Whoever looks at a storage: a client's user, or one of the staff.
pub(in crate::web) trait Seer: FromRequest<Error = Error> + 'static {
    const IS_STAFF: bool;

    fn tenant(&self) -> &CurrentTenant;

    fn signed_in(&self) -> &SignedIn;

    /// Whether it is one that they see.
    fn sees(&self, one: &Kept) -> bool;

    /// That they may have its keys; `all` are the storages there are.
    fn may_have(&self, all: &[Kept], one: &Kept, is_allowed: bool) -> Result<(), Shut>;

    /// Of staff: whether they may give it away, and whether they may set up its account.
    fn manages(&self) -> Option<(bool, bool)>;

    /// What was asked of it, as staff see that.
    async fn happening(&self, board: &Snapshot, one: &Kept) -> Result<Happening, Error>;

    fn list() -> String;

    fn page(storage: ContaboResourceId) -> String;

    fn keys(storage: ContaboResourceId) -> String;

    fn renew(storage: ContaboResourceId) -> String;

    /// All storages there are, and where in them the one with this id is, if they see it.
    async fn find(&self, id: ContaboResourceId) -> Result<(Vec<Kept>, Kept), Error> {
        let all = storages::list(&self.tenant().rows()).await?;
        let one = all.iter().find(|one| one.id == id && self.sees(one)).cloned();
        Ok((all, one.ok_or(Error::NotFound)?))
    }
}

impl Seer for ClientUser {
    const IS_STAFF: bool = false;

    fn tenant(&self) -> &CurrentTenant {
        &self.tenant
    }

    fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    fn sees(&self, one: &Kept) -> bool {
        let clients = self.clients_for(ClientPermission::SeeServers);
        one.client.is_some_and(|client| clients.contains(&client))
    }

    fn may_have(&self, all: &[Kept], one: &Kept, is_allowed: bool) -> Result<(), Shut> {
        let client = one.client.ok_or(Shut::AskProvider)?;
        self.demand(client, ClientPermission::StorageKeys)
            .map_err(|_| Shut::NotYours)?;
        storages::may_have(all, one.account, client, is_allowed).map_err(|_| Shut::AskProvider)
    }

    fn manages(&self) -> Option<(bool, bool)> {
        None
    }

    async fn happening(&self, _: &Snapshot, _: &Kept) -> Result<Happening, Error> {
        Ok(Happening::default())
    }

    fn list() -> String {
        route::PortalStorages.to_string()
    }

    fn page(storage: ContaboResourceId) -> String {
        route::PortalStorage { storage }.to_string()
    }

    fn keys(storage: ContaboResourceId) -> String {
        route::PortalStorageKeys { storage }.to_string()
    }

    fn renew(storage: ContaboResourceId) -> String {
        route::PortalStorageRenew { storage }.to_string()
    }
}

impl Seer for Staff {
    const IS_STAFF: bool = true;

    fn tenant(&self) -> &CurrentTenant {
        &self.tenant
    }

    fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    fn sees(&self, _: &Kept) -> bool {
        true
    }

    fn may_have(&self, _: &[Kept], _: &Kept, _: bool) -> Result<(), Shut> {
        if self.may(StaffPermission::ManageServers) {
            Ok(())
        } else {
            Err(Shut::NotYours)
        }
    }

    fn manages(&self) -> Option<(bool, bool)> {
        Some((
            self.may(StaffPermission::ManageServers),
            self.may(StaffPermission::ManageContabo),
        ))
    }

    async fn happening(&self, board: &Snapshot, one: &Kept) -> Result<Happening, Error> {
        things::happening(self, board, Thing::Storage, Some((one.account, &one.storage.id))).await
    }

    fn list() -> String {
        route::AdminStorages.to_string()
    }

    fn page(storage: ContaboResourceId) -> String {
        route::AdminStorage { storage }.to_string()
    }

    fn keys(storage: ContaboResourceId) -> String {
        route::AdminStorageKeys { storage }.to_string()
    }

    fn renew(storage: ContaboResourceId) -> String {
        route::AdminStorageRenew { storage }.to_string()
    }
}

/// Contabo's word for its state as ours.
fn status(word: &str) -> Status {
    match word {
        "READY" => Status::Ready,
        "PROVISIONING" | "ORDER_PROCESSING" => Status::BeingMade,
        "UPGRADING" => Status::Growing,
        "MANUAL_PROVISIONING" | "VERIFICATION_REQUIRED" | "PENDING_PAYMENT" => Status::Awaiting,
        "LIMIT_EXCEEDED" => Status::Full,
        "CANCELLED" => Status::Cancelled,
        "ERROR" | "DISABLED" | "PRODUCT_NOT_AVAILABLE" => Status::Failed,
        other => Status::Other(other.to_owned()),
    }
}

fn used(storage: &Storage) -> Use {
    // Terabytes as they are sold: thousands, not 1,024 each.
    let bytes = |tb: Option<f64>| {
        tb.filter(|tb| tb.is_finite() && *tb >= 0.0)
            .map(|tb| (tb * 1e12).round() as u64)
    };
    Use {
        size: bytes(storage.size_tb),
        used: bytes(storage.used_tb),
        objects: storage.objects,
    }
}
