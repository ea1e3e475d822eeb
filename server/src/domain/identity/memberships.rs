//! Places at several clients, and the way in of somebody who has them: what staff do about other people beyond one
//! role at one client.

use std::collections::BTreeSet;

use entity::{AccountId, ClientId, ClientMemberId, Tenant, TenantId, account, client, client_member, session};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::json;

use super::{
    Appointer, Created, Error, Identity, NewPerson, StaffPermission,
    accounts::{demand_authority, map_taken},
    roles::ClientRole,
};
use crate::domain::audit::{self, Subject};

impl Identity {
    /// Makes a user of one client or of several at once; an account that is there already keeps its name and password.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Weak`], [`Error::NotFound`] when one of the clients is not there or archived,
    /// and [`Error::MailTaken`] when the account is a user of one of them already: then nothing is changed.
    pub async fn create_client_user(
        &self,
        tenant: TenantId,
        by: &Appointer,
        clients: &[ClientId],
        person: NewPerson,
        role: ClientRole,
    ) -> Result<Created, Error> {
        by.demand(StaffPermission::ManageClientUsers)?;
        let person = self.prepare(person).await?;
        let rows = self.db.begin(tenant).await?;
        let (created, name) = self.find_or_create(&rows, &by.actor, person).await?;
        // In order, since each is locked.
        for client in clients.iter().collect::<BTreeSet<_>>() {
            self.add_place(&rows, by, *client, created.account, &name, role).await?;
        }
        rows.commit().await?;
        self.forget_visitors();
        Ok(created)
    }

    /// Gives an account a place at one more client.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::NotFound`], and [`Error::MailTaken`] when it has a place there already.
    pub async fn add_to_client(
        &self,
        tenant: TenantId,
        by: &Appointer,
        account: AccountId,
        client: ClientId,
        role: ClientRole,
    ) -> Result<(), Error> {
        by.demand(StaffPermission::ManageClientUsers)?;
        let rows = self.db.begin(tenant).await?;
        let person = rows.get::<account::Entity>(account).await?.ok_or(Error::NotFound)?;
        self.add_place(&rows, by, client, account, &person.name, role).await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }

    /// Ends all sessions of an account, in both areas.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`].
    pub async fn sign_out_everywhere(&self, tenant: TenantId, by: &Appointer, account: AccountId) -> Result<(), Error> {
        let rows = self.db.begin(tenant).await?;
        let person = rows.get::<account::Entity>(account).await?.ok_or(Error::NotFound)?;
        demand_authority(&rows, by, account).await?;
        rows.delete_where::<session::Entity>(session::Column::AccountId.eq(account))
            .await?;
        let subject = Subject {
            kind: "account",
            id: Some(account.0),
            name: &person.name,
        };
        audit::record(
            &rows,
            &by.actor,
            self.clock.now(),
            "account.end_sessions",
            subject,
            None,
            None,
        )
        .await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }

    async fn add_place(
        &self,
        rows: &Tenant<'_>,
        by: &Appointer,
        client: ClientId,
        account: AccountId,
        name: &str,
        role: ClientRole,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        // Locked, so that it is not archived before the commit.
        let client = rows.lock::<client::Entity>(client).await?;
        let client = client
            .filter(|client| client.archived_at.is_none())
            .ok_or(Error::NotFound)?;
        let member = client_member::ActiveModel {
            id: Set(ClientMemberId::new()),
            client_id: Set(client.id),
            account_id: Set(account),
            role: Set(role.name().to_owned()),
            created_at: Set(now),
            ..Default::default()
        };
        rows.insert::<client_member::Entity, _>(member)
            .await
            .map_err(map_taken)?;
        let subject = Subject {
            kind: "client user",
            id: Some(account.0),
            name,
        };
        let after = json!({ "client": client.name, "role": role.name() });
        audit::record(rows, &by.actor, now, "client_user.create", subject, None, Some(after)).await?;
        Ok(())
    }
}
