//! What is at Contabo beside instances and their snapshots: images, keys, networks, addresses, storages, firewalls,
//! names, domains, tags.
//!
//! All are kept in one table, each kind with details of its own as JSON: nothing but pages and forms reads them, and
//! what they say is Contabo's to change.

mod domains;
mod kinds;
mod names;
mod people;
mod tags;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    ClientId, ContaboAccountId, ContaboChangeId, ContaboResourceId, Scoped, Tenant, contabo_change,
    contabo_change::ChangeOf,
    contabo_resource::{self, Column},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, Order};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::accounts;

pub use self::{
    domains::{Birth, Contact, Contacts, Domain, Reach, Who},
    kinds::{Behind, Firewall, Image, ImageRoom, Member, Preset, Presets, PrivateNetwork, Rule, Secret, Storage, Vip},
    names::{DnsRecord, DnsZone, ReverseName},
    people::{Permission, Permittable, Rights, Role, User},
    tags::{Tag, Tagged},
};

/// The kinds as values: what a reading goes through, and what an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    Image,
    Secret,
    PrivateNetwork,
    Vip,
    Firewall,
    Storage,
    DnsZone,
    ReverseName,
    /// Before domains: what a domain says of them is their ids.
    Contact,
    Domain,
    Tag,
    /// Of the account at Contabo, like roles: none of ours.
    User,
    Role,
}

impl Thing {
    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 13] = [
        Self::Image,
        Self::Secret,
        Self::PrivateNetwork,
        Self::Vip,
        Self::Firewall,
        Self::Storage,
        Self::DnsZone,
        Self::ReverseName,
        Self::Contact,
        Self::Domain,
        Self::Tag,
        Self::User,
        Self::Role,
    ];

    /// The kind's name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Image => Image::NAME,
            Self::Secret => Secret::NAME,
            Self::PrivateNetwork => PrivateNetwork::NAME,
            Self::Vip => Vip::NAME,
            Self::Firewall => Firewall::NAME,
            Self::Storage => Storage::NAME,
            Self::DnsZone => DnsZone::NAME,
            Self::ReverseName => ReverseName::NAME,
            Self::Contact => Contact::NAME,
            Self::Domain => Domain::NAME,
            Self::Tag => Tag::NAME,
            Self::User => User::NAME,
            Self::Role => Role::NAME,
        }
    }

    /// In plain words, as the audit log has it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Secret => "key or password",
            Self::PrivateNetwork => "private network",
            Self::Vip => "address",
            Self::Firewall => "firewall",
            Self::Storage => "object storage",
            Self::DnsZone => "DNS zone",
            Self::ReverseName => "reverse name",
            Self::Contact => "contact of domains",
            Self::Domain => "domain",
            Self::Tag => "tag",
            Self::User => "user at Contabo",
            Self::Role => "role at Contabo",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|thing| thing.name() == name)
    }
}

/// A kind of thing that is mirrored.
pub trait Kind: Serialize + DeserializeOwned {
    /// The name in the table. Never change it.
    const NAME: &'static str;
    /// Fields whose change is no news: they come and go by themselves.
    const RESTLESS: &'static [&'static str] = &[];

    /// Contabo's id of it.
    fn contabo_id(&self) -> String;
    /// What people call it.
    fn name(&self) -> String;

    /// Whether nothing goes on at Contabo by which it will soon differ.
    fn is_settled(&self) -> bool {
        true
    }
}

/// A thing with the client that has it.
#[derive(Clone, Debug)]
pub struct Mirrored<K> {
    pub id: ContaboResourceId,
    pub account: ContaboAccountId,
    pub client: Option<ClientId>,
    pub thing: K,
}

/// The things of a kind that are in an account, by name. What another version of the program wrote in a way that this
/// one can't read is left out until the next reading.
///
/// # Errors
/// When the database does not answer.
pub async fn list<K: Kind>(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<Vec<Mirrored<K>>, DbErr> {
    let found = of_kind::<K>(rows, account)
        .filter(Column::GoneAt.is_null())
        .order_by(Column::Name, Order::Asc)
        .order_by(Column::ContaboId, Order::Asc)
        .all()
        .await?;
    Ok(found.into_iter().filter_map(mirrored).collect())
}

/// The thing with this id at Contabo, even if it is gone.
///
/// # Errors
/// When the database does not answer.
pub async fn one<K: Kind>(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    contabo_id: &str,
) -> Result<Option<Mirrored<K>>, DbErr> {
    let this = of_kind::<K>(rows, account).filter(Column::ContaboId.eq(contabo_id));
    Ok(this.one().await?.and_then(mirrored))
}

/// What a thing is called, or was when it was last there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    pub is_gone: bool,
}

/// The names of the things of a kind with these ids at Contabo, by account and id, as far as they were ever seen.
///
/// # Errors
/// When the database does not answer.
pub async fn called<K: Kind>(
    rows: &Tenant<'_>,
    contabo_ids: HashSet<&str>,
) -> Result<HashMap<(ContaboAccountId, String), Called>, DbErr> {
    if contabo_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = rows
        .find::<contabo_resource::Entity>()
        .filter(Column::Kind.eq(K::NAME))
        .filter(Column::ContaboId.is_in(contabo_ids))
        .all()
        .await?;
    let named = |row: contabo_resource::Model| {
        let called = Called {
            name: row.name,
            is_gone: row.gone_at.is_some(),
        };
        ((row.contabo_account_id, row.contabo_id), called)
    };
    Ok(found.into_iter().map(named).collect())
}

/// The things of a kind in all accounts of the tenant that are in use, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all<K: Kind>(rows: &Tenant<'_>) -> Result<Vec<Mirrored<K>>, DbErr> {
    let accounts = accounts::list(rows).await?;
    let found = rows
        .find::<contabo_resource::Entity>()
        .filter(Column::Kind.eq(K::NAME))
        .filter(Column::ContaboAccountId.is_in(accounts.iter().map(|row| row.id)))
        .filter(Column::GoneAt.is_null())
        .order_by(Column::Name, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all()
        .await?;
    Ok(found.into_iter().filter_map(mirrored).collect())
}

/// The thing with this id of ours, if it is of the kind and still there.
///
/// # Errors
/// When the database does not answer.
pub async fn get<K: Kind>(rows: &Tenant<'_>, id: ContaboResourceId) -> Result<Option<Mirrored<K>>, DbErr> {
    let row = rows.get::<contabo_resource::Entity>(id).await?;
    let there = row.filter(|row| row.kind == K::NAME && row.gone_at.is_none());
    Ok(there.and_then(mirrored))
}

/// Our row of a thing that is there, whatever its kind says of it.
///
/// # Errors
/// When the database does not answer.
pub async fn row_of(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    thing: Thing,
    contabo_id: &str,
) -> Result<Option<contabo_resource::Model>, DbErr> {
    rows.find::<contabo_resource::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::Kind.eq(thing.name()))
        .filter(Column::ContaboId.eq(contabo_id))
        .filter(Column::GoneAt.is_null())
        .one()
        .await
}

/// As [`one`], if it is there.
///
/// # Errors
/// When the database does not answer.
pub async fn one_there<K: Kind>(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    contabo_id: &str,
) -> Result<Option<Mirrored<K>>, DbErr> {
    let this = of_kind::<K>(rows, account)
        .filter(Column::ContaboId.eq(contabo_id))
        .filter(Column::GoneAt.is_null());
    Ok(this.one().await?.and_then(mirrored))
}

fn of_kind<'t, 'c, K: Kind>(
    rows: &'t Tenant<'c>,
    account: ContaboAccountId,
) -> Scoped<'t, 'c, contabo_resource::Entity> {
    rows.find::<contabo_resource::Entity>()
        .filter(Column::ContaboAccountId.eq(account))
        .filter(Column::Kind.eq(K::NAME))
}

fn mirrored<K: Kind>(row: contabo_resource::Model) -> Option<Mirrored<K>> {
    Some(Mirrored {
        id: row.id,
        account: row.contabo_account_id,
        client: row.client_id,
        thing: serde_json::from_value(row.details).ok()?,
    })
}

/// Keeps the things of a kind as they were found, which must be all there are.
///
/// # Errors
/// When the database does not answer.
pub async fn keep<K: Kind>(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    found: &[K],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let kept = of_kind::<K>(rows, account).all().await?;
    // What was there when the account was set up is no news.
    let is_news = !kept.is_empty();
    keep_among(rows, account, &kept, found, is_news, now).await
}

/// Keeps one thing as it was found; none: it is not there.
///
/// # Errors
/// When the database does not answer.
pub async fn keep_one<K: Kind>(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    contabo_id: &str,
    found: Option<K>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let this = of_kind::<K>(rows, account).filter(Column::ContaboId.eq(contabo_id));
    let kept = this.all().await?;
    keep_among(rows, account, &kept, found.as_slice(), true, now).await
}

/// Which kinds have something in the account that will soon differ, so that they are worth reading sooner.
///
/// # Errors
/// When the database does not answer.
pub async fn unsettled(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<Vec<Thing>, DbErr> {
    async fn any<K: Kind>(rows: &Tenant<'_>, account: ContaboAccountId) -> Result<bool, DbErr> {
        let there = list::<K>(rows, account).await?;
        Ok(there.iter().any(|one| !one.thing.is_settled()))
    }
    let kinds = [
        (Thing::Image, any::<Image>(rows, account).await?),
        (Thing::PrivateNetwork, any::<PrivateNetwork>(rows, account).await?),
        (Thing::Firewall, any::<Firewall>(rows, account).await?),
        (Thing::Storage, any::<Storage>(rows, account).await?),
        (Thing::Domain, any::<Domain>(rows, account).await?),
    ];
    Ok(kinds
        .into_iter()
        .filter_map(|(thing, is_unsettled)| is_unsettled.then_some(thing))
        .collect())
}

/// As [`keep`], where `kept` are the rows that `found` says all of.
async fn keep_among<K: Kind>(
    rows: &Tenant<'_>,
    account: ContaboAccountId,
    kept: &[contabo_resource::Model],
    found: &[K],
    is_news: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let kept: HashMap<&str, &contabo_resource::Model> = kept.iter().map(|row| (row.contabo_id.as_str(), row)).collect();
    let (mut differing, mut changes) = (Vec::new(), Vec::new());
    let mut there = HashSet::new();
    for one in found {
        let (id, name) = (one.contabo_id(), one.name());
        let details = serde_json::to_value(one).map_err(|error| DbErr::Json(error.to_string()))?;
        there.insert(id.clone());
        let old = kept.get(id.as_str()).copied();
        if old.is_some_and(|old| old.gone_at.is_none() && old.name == name && old.details == details) {
            continue;
        }
        match old.filter(|old| old.gone_at.is_none()) {
            Some(old) => {
                let (before, after) = difference::<K>(&old.details, &details);
                if !after.is_empty() {
                    let fields = Some((before, after));
                    changes.push(change::<K>(account, &id, &name, ChangeOf::Changed, fields, now));
                }
            }
            None if is_news => changes.push(change::<K>(account, &id, &name, ChangeOf::Appeared, None, now)),
            None => {}
        }
        differing.push(contabo_resource::ActiveModel {
            tenant_id: Set(rows.id()),
            id: Set(old.map_or_else(ContaboResourceId::new, |old| old.id)),
            contabo_account_id: Set(account),
            kind: Set(K::NAME.to_owned()),
            contabo_id: Set(id),
            name: Set(name),
            details: Set(details),
            client_id: Set(old.and_then(|old| old.client_id)),
            assigned_at: Set(old.and_then(|old| old.assigned_at)),
            first_seen_at: Set(old.map_or(now, |old| old.first_seen_at)),
            gone_at: Set(None),
        });
    }
    let gone = kept
        .values()
        .filter(|row| row.gone_at.is_none() && !there.contains(&row.contabo_id));
    for row in gone {
        changes.push(change::<K>(
            account,
            &row.contabo_id,
            &row.name,
            ChangeOf::Vanished,
            None,
            now,
        ));
        let mut row: contabo_resource::ActiveModel = (*row).clone().into();
        row.gone_at = Set(Some(now));
        differing.push(row.reset_all());
    }
    if differing.is_empty() {
        return Ok(());
    }
    let key = [Column::ContaboAccountId, Column::Kind, Column::ContaboId];
    rows.upsert_all::<contabo_resource::Entity, _>(differing, &key).await?;
    rows.insert_all::<contabo_change::Entity, _>(changes).await?;
    rows.servers_changed().await.map(drop)
}

type Fields = Map<String, Value>;

/// The fields that differ, but for the restless ones.
fn difference<K: Kind>(old: &Value, new: &Value) -> (Fields, Fields) {
    let fields = |value: &Value| match value {
        Value::Object(fields) => fields.clone(),
        _ => Fields::new(),
    };
    let (mut before, mut after) = (fields(old), fields(new));
    before.retain(|field, value| after.get(field) != Some(value) && !K::RESTLESS.contains(&field.as_str()));
    after.retain(|field, value| old.get(field) != Some(value) && !K::RESTLESS.contains(&field.as_str()));
    (before, after)
}

fn change<K: Kind>(
    account: ContaboAccountId,
    contabo_id: &str,
    name: &str,
    what: ChangeOf,
    fields: Option<(Fields, Fields)>,
    now: DateTime<Utc>,
) -> contabo_change::ActiveModel {
    let (before, after) = fields.unzip();
    contabo_change::ActiveModel {
        id: Set(ContaboChangeId::new()),
        contabo_account_id: Set(account),
        instance_id: Set(None),
        kind: Set(K::NAME.to_owned()),
        contabo_id: Set(contabo_id.to_owned()),
        name: Set(name.to_owned()),
        what: Set(what),
        before: Set(before.map(Value::Object)),
        after: Set(after.map(Value::Object)),
        done_by: Set(None),
        found_at: Set(now),
        ..Default::default()
    }
}
