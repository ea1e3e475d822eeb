//! The people of a tenant as staff see them: lists of client users and staff users, and passwords to hand out.
//!
//! It only reads. Whoever changes people goes through `identity`, which knows who may.

mod draft;
mod first_password;
pub mod list;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{AccountId, ClientId, Tenant, account, client_member, staff_member};
use sea_orm::{ColumnTrait, DbErr, FromQueryResult};

pub use draft::{Draft, Reason};
pub use first_password::first_password;

/// An account without its password.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Account {
    pub id: AccountId,
    pub mail: String,
    pub name: String,
    pub must_change_password: bool,
    pub created_at: DateTime<Utc>,
    pub last_sign_in_at: Option<DateTime<Utc>>,
    pub disabled_at: Option<DateTime<Utc>>,
}

impl Account {
    const COLUMNS: [account::Column; 7] = [
        account::Column::Id,
        account::Column::Mail,
        account::Column::Name,
        account::Column::MustChangePassword,
        account::Column::CreatedAt,
        account::Column::LastSignInAt,
        account::Column::DisabledAt,
    ];
}

/// A person with all their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub account: Account,
    /// The role on the staff, by its name.
    pub staff_role: Option<String>,
    /// The role at each client, by its name; in no order.
    pub clients: Vec<(ClientId, String)>,
}

/// All people of the tenant.
///
/// # Errors
/// When the database does not answer.
pub async fn all(rows: &Tenant<'_>) -> Result<Vec<Person>, DbErr> {
    let accounts = rows
        .find::<account::Entity>()
        .columns::<Account>(Account::COLUMNS)
        .await?;
    let staff = rows.find::<staff_member::Entity>().all().await?;
    let members = rows.find::<client_member::Entity>().all().await?;
    Ok(with_places(accounts, staff, members))
}

/// One person.
///
/// # Errors
/// When the database does not answer.
pub async fn one(rows: &Tenant<'_>, id: AccountId) -> Result<Option<Person>, DbErr> {
    let accounts = rows.find::<account::Entity>().filter(account::Column::Id.eq(id));
    let accounts = accounts.columns::<Account>(Account::COLUMNS).await?;
    let staff = rows
        .find::<staff_member::Entity>()
        .filter(staff_member::Column::AccountId.eq(id));
    let members = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::AccountId.eq(id));
    Ok(with_places(accounts, staff.all().await?, members.all().await?).pop())
}

/// The people of one client, with no other places than theirs there.
///
/// # Errors
/// When the database does not answer.
pub async fn of_client(rows: &Tenant<'_>, id: ClientId) -> Result<Vec<Person>, DbErr> {
    let members = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::ClientId.eq(id));
    let members = members.all().await?;
    let accounts = account::Column::Id.is_in(members.iter().map(|member| member.account_id));
    let accounts = rows
        .find::<account::Entity>()
        .filter(accounts)
        .columns::<Account>(Account::COLUMNS)
        .await?;
    Ok(with_places(accounts, Vec::new(), members))
}

/// How many users each client has.
///
/// # Errors
/// When the database does not answer.
pub async fn users_by_client(rows: &Tenant<'_>, clients: &[ClientId]) -> Result<HashMap<ClientId, usize>, DbErr> {
    let members = rows
        .find::<client_member::Entity>()
        .filter(client_member::Column::ClientId.is_in(clients.iter().copied()));
    let mut counts = HashMap::new();
    for member in members.all().await? {
        *counts.entry(member.client_id).or_default() += 1;
    }
    Ok(counts)
}

fn with_places(
    accounts: Vec<Account>,
    staff: Vec<staff_member::Model>,
    members: Vec<client_member::Model>,
) -> Vec<Person> {
    let mut roles: HashMap<_, _> = staff
        .into_iter()
        .map(|member| (member.account_id, member.role))
        .collect();
    let mut clients: HashMap<_, Vec<_>> = HashMap::new();
    for member in members {
        clients
            .entry(member.account_id)
            .or_default()
            .push((member.client_id, member.role));
    }
    accounts
        .into_iter()
        .map(|account| Person {
            staff_role: roles.remove(&account.id),
            clients: clients.remove(&account.id).unwrap_or_default(),
            account,
        })
        .collect()
}
