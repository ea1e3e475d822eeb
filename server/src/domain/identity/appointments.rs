//! Who may be what: memberships of staff and of clients, each change with its audit entry in one transaction.

use entity::{AccountId, ClientId, StaffMemberId, Tenant, TenantId, account, client, client_member, staff_member};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use serde_json::json;

use super::{Created, Error, Identity, NewPerson, StaffPermission, StaffRole, accounts::map_taken, roles::ClientRole};
use crate::domain::audit::{self, Actor, Subject};

/// A staff user who decides about other people, with the role that allows it. The command line comes as an owner.
#[derive(Clone, Debug)]
pub struct Appointer {
    pub actor: Actor,
    pub role: StaffRole,
}

impl Appointer {
    pub(super) fn demand(&self, permission: StaffPermission) -> Result<(), Error> {
        if self.role.allows(permission) {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }
}

impl Identity {
    /// Makes a staff user; an account that is there already keeps its name and password.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Weak`], and [`Error::MailTaken`] when the account is on the staff already.
    pub async fn create_staff_user(
        &self,
        tenant: TenantId,
        by: &Appointer,
        person: NewPerson,
        role: StaffRole,
    ) -> Result<Created, Error> {
        if !by.role.may_appoint(None, Some(role)) {
            return Err(Error::NotAllowed);
        }
        let person = self.prepare(person).await?;
        let now = self.clock.now();
        let rows = self.db.begin(tenant).await?;
        let (created, name) = self.find_or_create(&rows, &by.actor, person).await?;
        let member = staff_member::ActiveModel {
            id: Set(StaffMemberId::new()),
            account_id: Set(created.account),
            role: Set(role.name().to_owned()),
            created_at: Set(now),
            ..Default::default()
        };
        rows.insert::<staff_member::Entity, _>(member)
            .await
            .map_err(map_taken)?;
        let subject = Subject {
            kind: "staff user",
            id: Some(created.account.0),
            name: &name,
        };
        audit::record(
            &rows,
            &by.actor,
            now,
            "staff_user.create",
            subject,
            None,
            Some(json!({ "role": role.name() })),
        )
        .await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(created)
    }

    /// Gives a staff user another role, or takes them off the staff (none).
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`], [`Error::LastOwner`].
    pub async fn appoint_staff_user(
        &self,
        tenant: TenantId,
        by: &Appointer,
        account: AccountId,
        role: Option<StaffRole>,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let rows = self.db.begin(tenant).await?;
        let person = rows.get::<account::Entity>(account).await?.ok_or(Error::NotFound)?;
        let owners = lock_owners(&rows).await?;
        let member = staff_place(&rows, account).await?.ok_or(Error::NotFound)?;
        let before = member.role.parse::<StaffRole>().ok();
        if !by.role.may_appoint(before, role) {
            return Err(Error::NotAllowed);
        }
        if role != Some(StaffRole::Owner) && owners == [account] {
            return Err(Error::LastOwner);
        }
        let action = match role {
            Some(role) => {
                let row = staff_member::ActiveModel {
                    id: Set(member.id),
                    role: Set(role.name().to_owned()),
                    ..Default::default()
                };
                rows.update::<staff_member::Entity, _>(row).await?;
                "staff_user.change_role"
            }
            None => {
                rows.delete::<staff_member::Entity>(member.id).await?;
                "staff_user.remove"
            }
        };
        let subject = Subject {
            kind: "staff user",
            id: Some(account.0),
            name: &person.name,
        };
        let after = role.map(|role| json!({ "role": role.name() }));
        audit::record(
            &rows,
            &by.actor,
            now,
            action,
            subject,
            Some(json!({ "role": member.role })),
            after,
        )
        .await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }

    /// Gives a user another role at this client, or takes them away from it (none).
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`].
    pub async fn appoint_client_user(
        &self,
        tenant: TenantId,
        by: &Appointer,
        client: ClientId,
        account: AccountId,
        role: Option<ClientRole>,
    ) -> Result<(), Error> {
        by.demand(StaffPermission::ManageClientUsers)?;
        let now = self.clock.now();
        let rows = self.db.begin(tenant).await?;
        let person = rows.get::<account::Entity>(account).await?.ok_or(Error::NotFound)?;
        let client = rows.get::<client::Entity>(client).await?.ok_or(Error::NotFound)?;
        let member = rows
            .find::<client_member::Entity>()
            .filter(client_member::Column::ClientId.eq(client.id))
            .filter(client_member::Column::AccountId.eq(account))
            .one()
            .await?
            .ok_or(Error::NotFound)?;
        let action = match role {
            Some(role) => {
                let row = client_member::ActiveModel {
                    id: Set(member.id),
                    role: Set(role.name().to_owned()),
                    ..Default::default()
                };
                rows.update::<client_member::Entity, _>(row).await?;
                "client_user.change_role"
            }
            None => {
                rows.delete::<client_member::Entity>(member.id).await?;
                "client_user.remove"
            }
        };
        let subject = Subject {
            kind: "client user",
            id: Some(account.0),
            name: &person.name,
        };
        let before = json!({ "client": client.name, "role": member.role });
        let after = role.map(|role| json!({ "client": client.name, "role": role.name() }));
        audit::record(&rows, &by.actor, now, action, subject, Some(before), after).await?;
        rows.commit().await?;
        self.forget_visitors();
        Ok(())
    }
}

/// The account's place on the staff.
pub(super) async fn staff_place(rows: &Tenant<'_>, account: AccountId) -> Result<Option<staff_member::Model>, Error> {
    let place = rows
        .find::<staff_member::Entity>()
        .filter(staff_member::Column::AccountId.eq(account));
    Ok(place.one().await?)
}

/// The owners whose accounts work. Their rows stay locked until the commit: of two owners who remove each other at
/// the same time, the second waits, and then finds itself the last.
pub(super) async fn lock_owners(rows: &Tenant<'_>) -> Result<Vec<AccountId>, Error> {
    let is_owner = || staff_member::Column::Role.eq(StaffRole::Owner.name());
    let owners = rows
        .find::<staff_member::Entity>()
        .filter(is_owner())
        .order_by(staff_member::Column::Id, Order::Asc)
        .locked();
    owners.all().await?;
    let owners = rows
        .find::<staff_member::Entity>()
        .filter(is_owner())
        .all_with::<account::Entity>(staff_member::Column::AccountId, account::Column::Id)
        .await?;
    Ok(owners
        .into_iter()
        .filter_map(|(_, account)| account.filter(|account| account.disabled_at.is_none()))
        .map(|account| account.id)
        .collect())
}
