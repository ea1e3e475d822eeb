//! Servers (the domain says instances) for their clients' users and for staff: the list, the page of one, what is
//! asked of it.
//!
//! Both areas have the same handlers. What differs between them, whom a visitor acts for, what they may and what they
//! are shown, is a [`Party`].

pub(super) mod ask;
pub(super) mod checks;
pub(in crate::web) mod choices;
pub(in crate::web) mod follow;
pub(super) mod list;
pub(super) mod offers;
pub(super) mod schedules;
pub(super) mod show;
pub(super) mod staff;
mod ties;
pub(super) mod topology;
pub(in crate::web) mod values;
pub(in crate::web) mod words;

use std::sync::Arc;

use actix_web::FromRequest;
use app::servers::{LIVE, staff::Provider};
use chrono::{DateTime, Utc};
use entity::{AccountId, ActionId, ClientId, InstanceId, ScheduleId, action};

use super::{
    Error,
    guard::{ClientPermission, ClientUser, SignedIn, Staff},
    live::{self, Subject},
    route,
    tenant::CurrentTenant,
};
use crate::{
    domain::{
        board::{InstanceNow, Snapshot},
        calendar,
        contabo::{
            actions::Kind,
            catalogue::{self, Side},
            instances, orders,
        },
    },
    site::Site,
};

/// The entry of the navigation.
const AT: &str = "servers";

/// A server that a client has was given to it at some time. Should that not be known, nothing of before is shown.
const NEVER: DateTime<Utc> = match DateTime::from_timestamp(253_402_214_400, 0) {
    Some(at) => at,
    None => DateTime::<Utc>::MAX_UTC,
};

/// Whoever looks at a server or asks something of it: a client's user, or one of the staff.
pub(in crate::web) trait Party: FromRequest<Error = Error> + 'static {
    fn tenant(&self) -> &CurrentTenant;

    fn signed_in(&self) -> &SignedIn;

    fn account(&self) -> AccountId;

    /// The server, if it is one that they see.
    fn find<'b>(&self, board: &'b Snapshot, id: InstanceId) -> Result<&'b Arc<InstanceNow>, Error>;

    /// That they may ask for this on it, whatever state it is in.
    fn demand(&self, now: &InstanceNow, kind: Kind) -> Result<(), Error>;

    /// For whom they ask; none: for the provider.
    fn client(&self, now: &InstanceNow) -> Option<ClientId>;

    /// Since when what became of it is theirs to see.
    fn since(&self, now: &InstanceNow) -> Option<DateTime<Utc>>;

    /// Whether it is theirs to see: what another client had asked for before is not.
    fn sees(&self, now: &InstanceNow, action: &action::Model) -> bool {
        self.since(now).is_none_or(|since| action.asked_at >= since)
    }

    /// Whose it is, where that is worth saying.
    fn client_name(&self, board: &Snapshot, now: &InstanceNow) -> Option<String>;

    /// Who asked for it, as far as they are told.
    fn who(&self, action: &action::Model) -> String;

    /// What only staff see of it.
    async fn provider(&self, board: &Snapshot, now: &InstanceNow, at: DateTime<Utc>)
    -> Result<Option<Provider>, Error>;

    /// What they pay for it each month, where they are told.
    async fn price(&self, now: &InstanceNow, at: DateTime<Utc>) -> Result<Option<String>, Error>;

    fn list() -> String;

    fn page(instance: InstanceId) -> String;

    fn withdraw(instance: InstanceId, action: ActionId) -> String;

    fn password(instance: InstanceId, action: ActionId) -> String;

    /// Where something is made to be done at fixed times.
    fn schedule_new(instance: InstanceId) -> String;

    /// The page of such a thing.
    fn schedule(instance: InstanceId, schedule: ScheduleId) -> String;

    /// The address of the stream that keeps its page up to date.
    fn live(board: &Snapshot) -> String;

    /// Whether what they ask for by this is switched off for their client.
    fn is_off(&self, board: &Snapshot, now: &InstanceNow, kind: Kind) -> bool {
        let client = self.client(now);
        client.is_some_and(|client| !board.features.allows_kind(client, kind))
    }

    /// Why they can't ask for anything: a lock holds up clients alone.
    fn locked<'n>(&self, now: &'n InstanceNow) -> Option<&'n str> {
        self.client(now).and(now.instance.locked_because.as_deref())
    }
}

impl Party for ClientUser {
    fn tenant(&self) -> &CurrentTenant {
        &self.tenant
    }

    fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn find<'b>(&self, board: &'b Snapshot, id: InstanceId) -> Result<&'b Arc<InstanceNow>, Error> {
        let clients = self.clients_for(ClientPermission::SeeServers);
        instances::one_of_clients(board, &clients, id).ok_or(Error::NotFound)
    }

    fn demand(&self, now: &InstanceNow, kind: Kind) -> Result<(), Error> {
        let client = now.instance.client_id.ok_or(Error::NotFound)?;
        super::guard::ClientUser::demand(self, client, kind.for_clients().ok_or(Error::Forbidden)?)
    }

    fn client(&self, now: &InstanceNow) -> Option<ClientId> {
        now.instance.client_id
    }

    fn since(&self, now: &InstanceNow) -> Option<DateTime<Utc>> {
        Some(now.instance.assigned_at.unwrap_or(NEVER))
    }

    fn client_name(&self, board: &Snapshot, now: &InstanceNow) -> Option<String> {
        let several = self.clients_for(ClientPermission::SeeServers).len() > 1;
        let client = now.instance.client_id.filter(|_| several)?;
        Some(board.clients.get(&client)?.name.clone())
    }

    fn who(&self, action: &action::Model) -> String {
        match action.client_id {
            Some(_) => action.asked_by_name.clone(),
            // Who of the provider's people it was is not for customers.
            None => self.tenant.tenant.name.clone(),
        }
    }

    async fn provider(&self, _: &Snapshot, _: &InstanceNow, _: DateTime<Utc>) -> Result<Option<Provider>, Error> {
        Ok(None)
    }

    async fn price(&self, now: &InstanceNow, at: DateTime<Utc>) -> Result<Option<String>, Error> {
        let rows = self.tenant.rows();
        if !catalogue::shows_prices(&rows).await? {
            return Ok(None);
        }
        let day = calendar::day_at(at, self.tenant.zone());
        let price = orders::of_server(&rows, now.instance.id, &now.details, day).await?;
        let sales = price.and_then(|price| price.total(Side::Sales).ok());
        Ok(sales.map(|amount| amount.month().to_string()))
    }

    fn list() -> String {
        route::PortalServers.to_string()
    }

    fn page(instance: InstanceId) -> String {
        route::PortalServer { instance }.to_string()
    }

    fn withdraw(instance: InstanceId, action: ActionId) -> String {
        route::PortalServerWithdraw { instance, action }.to_string()
    }

    fn password(instance: InstanceId, action: ActionId) -> String {
        route::PortalServerPassword { instance, action }.to_string()
    }

    fn schedule_new(instance: InstanceId) -> String {
        route::PortalScheduleNew { instance }.to_string()
    }

    fn schedule(instance: InstanceId, schedule: ScheduleId) -> String {
        route::PortalSchedule { instance, schedule }.to_string()
    }

    fn live(board: &Snapshot) -> String {
        live::portal(Subject::Servers, board, LIVE, &[])
    }
}

impl Party for Staff {
    fn tenant(&self) -> &CurrentTenant {
        &self.tenant
    }

    fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn find<'b>(&self, board: &'b Snapshot, id: InstanceId) -> Result<&'b Arc<InstanceNow>, Error> {
        board.instances.get(&id).ok_or(Error::NotFound)
    }

    fn demand(&self, _: &InstanceNow, kind: Kind) -> Result<(), Error> {
        match self.may(kind.for_staff()) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    fn client(&self, _: &InstanceNow) -> Option<ClientId> {
        None
    }

    fn since(&self, _: &InstanceNow) -> Option<DateTime<Utc>> {
        None
    }

    fn client_name(&self, _: &Snapshot, _: &InstanceNow) -> Option<String> {
        None
    }

    fn who(&self, action: &action::Model) -> String {
        action.asked_by_name.clone()
    }

    async fn provider(
        &self,
        board: &Snapshot,
        now: &InstanceNow,
        at: DateTime<Utc>,
    ) -> Result<Option<Provider>, Error> {
        staff::provider(self, board, now, at).await.map(Some)
    }

    /// Staff read it beside what it costs.
    async fn price(&self, _: &InstanceNow, _: DateTime<Utc>) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn list() -> String {
        route::AdminServers.to_string()
    }

    fn page(instance: InstanceId) -> String {
        route::AdminServer { instance }.to_string()
    }

    fn withdraw(instance: InstanceId, action: ActionId) -> String {
        route::AdminServerWithdraw { instance, action }.to_string()
    }

    fn password(instance: InstanceId, action: ActionId) -> String {
        route::AdminServerPassword { instance, action }.to_string()
    }

    fn schedule_new(instance: InstanceId) -> String {
        route::AdminScheduleNew { instance }.to_string()
    }

    fn schedule(instance: InstanceId, schedule: ScheduleId) -> String {
        route::AdminSchedule { instance, schedule }.to_string()
    }

    fn live(board: &Snapshot) -> String {
        live::admin(Subject::Servers, board, LIVE, &[])
    }
}

async fn board(site: &Site, party: &impl Party) -> Result<Arc<Snapshot>, Error> {
    let tenant = party.tenant().tenant.id;
    Ok(site.board.snapshot(tenant, site.clock.now()).await?)
}

/// After a change: the page that it leads to shall show it.
async fn refresh(site: &Site, party: &impl Party) -> Result<(), Error> {
    Ok(site.board.refresh(party.tenant().tenant.id).await?)
}
