//! The tenant-scoped query API: the database can do nothing until someone says for whom.
//!
//! [`Tenant`] puts its filter on every read and its stamp on every write. It is deliberately not a
//! `ConnectionTrait`, so a query without the filter has nothing to run on. What SQL can still refuse, it does:
//! foreign keys between tenants' tables are composite.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, IdenStatic, IntoActiveModel, Iterable, Order, QueryFilter, QuerySelect, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, Value,
    sea_query::{Expr, IntoCondition, LockType, OnConflict, SimpleExpr},
};

use crate::{TenantId, pulse, tenant};

mod scoped;

pub use scoped::Scoped;

/// SQLite binds at most 32,766 values a statement, PostgreSQL 65,535.
const VALUES_OF_A_STATEMENT: usize = 30_000;

/// An entity every row of which belongs to exactly one tenant.
pub trait TenantOwned: EntityTrait {
    /// What tells the rows of one tenant apart.
    type Id: Into<Value> + Send;
    /// The column that holds the tenant.
    const TENANT: Self::Column;
    /// The column that, with the tenant, is the primary key; of a key with more columns, the first of them.
    const ID: Self::Column;
}

/// Says that a table belongs to tenants, and which column is its key beside the tenant.
macro_rules! owned {
    ($column:ident: $id:ty) => {
        impl $crate::TenantOwned for Entity {
            type Id = $id;
            const TENANT: Column = Column::TenantId;
            const ID: Column = Column::$column;
        }
    };
}
pub(crate) use owned;

/// The database. It can do nothing until someone says for whom.
#[derive(Clone, Debug)]
pub struct Db {
    reads: DatabaseConnection,
    writes: DatabaseConnection,
}

/// The database as one tenant sees it, in a transaction or not.
#[derive(Debug)]
pub struct Tenant<'c> {
    access: Access<'c>,
    id: TenantId,
}

#[derive(Debug)]
enum Access<'c> {
    /// Each statement on its own.
    Each(&'c Db),
    /// All of them or none.
    Together(DatabaseTransaction),
}

impl Db {
    /// Wraps two connection pools, which may be the same: one to read from, and one for all that writes.
    ///
    /// SQLite has one writer and no queue for it: whoever waits looks again every tenth of a second, and may find
    /// somebody else there each time until it gives up. A pool of a single connection lets in who came first.
    #[must_use]
    pub fn new(reads: DatabaseConnection, writes: DatabaseConnection) -> Self {
        Self { reads, writes }
    }

    /// The database as `id` sees it, each statement on its own.
    #[must_use]
    pub fn tenant(&self, id: TenantId) -> Tenant<'_> {
        Tenant {
            access: Access::Each(self),
            id,
        }
    }

    /// All tenants at once, to read from: for workers, the operator's pages and the tables that belong to no tenant.
    /// Clippy refuses each use that does not say why.
    #[must_use]
    pub fn across_tenants(&self) -> &DatabaseConnection {
        &self.reads
    }

    /// As [`Db::across_tenants`], for what writes.
    #[must_use]
    pub fn write_across_tenants(&self) -> &DatabaseConnection {
        &self.writes
    }

    /// A transaction for `id`, lost unless [`Tenant::commit`] is reached.
    ///
    /// On SQLite it takes the write lock at once (`IMMEDIATE`): a transaction that begins by reading and then
    /// writes would fail as busy when another writer came between.
    ///
    /// # Errors
    /// When a connection can't be had in time.
    pub async fn begin(&self, id: TenantId) -> Result<Tenant<'static>, DbErr> {
        let transaction = self
            .writes
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await?;
        Ok(Tenant {
            access: Access::Together(transaction),
            id,
        })
    }

    /// Inserts a tenant with its change sequence, in a transaction that goes on as the new tenant sees the database.
    /// Like [`Db::begin`]'s, it is lost unless committed.
    ///
    /// # Errors
    /// When the database refuses: a slug or host that is taken among them.
    pub async fn begin_with_new_tenant(&self, row: tenant::Model) -> Result<Tenant<'static>, DbErr> {
        let tenant = self.begin(row.id).await?;
        tenant::Entity::insert(row.into_active_model())
            .exec_without_returning(&tenant.writer())
            .await?;
        let (seq, config_seq, servers_seq) = (Set(0), Set(0), Set(0));
        let pulse = pulse::ActiveModel {
            tenant_id: Set(tenant.id),
            seq,
            config_seq,
            servers_seq,
        };
        pulse::Entity::insert(pulse)
            .exec_without_returning(&tenant.writer())
            .await?;
        Ok(tenant)
    }
}

impl<'c> Tenant<'c> {
    /// Whose rows these are.
    #[must_use]
    pub fn id(&self) -> TenantId {
        self.id
    }

    /// The tenant's own row.
    ///
    /// # Errors
    /// When the database does not answer, or the tenant is gone.
    pub async fn own(&self) -> Result<tenant::Model, DbErr> {
        tenant::Entity::find_by_id(self.id)
            .one(&self.reader())
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(format!("tenant {}", self.id)))
    }

    /// As [`Tenant::own`], with the row locked as by [`Scoped::locked`]: for what the tenant may do once at a time only,
    /// such as counting what there is of something before there is one more.
    ///
    /// # Errors
    /// As [`Tenant::own`].
    pub async fn lock_own(&self) -> Result<tenant::Model, DbErr> {
        tenant::Entity::find_by_id(self.id)
            .lock(LockType::NoKeyUpdate)
            .one(&self.reader())
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(format!("tenant {}", self.id)))
    }

    /// Changes the tenant's own row, whichever `row` says it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn update_own(&self, row: tenant::ActiveModel) -> Result<tenant::Model, DbErr> {
        tenant::Entity::update(tenant::ActiveModel {
            id: Unchanged(self.id),
            ..row
        })
        .exec(&self.writer())
        .await
    }

    /// All rows of `E` that are this tenant's.
    #[must_use]
    pub fn find<E: TenantOwned>(&self) -> Scoped<'_, 'c, E> {
        Scoped {
            tenant: self,
            select: E::find().filter(E::TENANT.eq(self.id)),
        }
    }

    /// The row with this id, if it is this tenant's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn get<E: TenantOwned>(&self, id: E::Id) -> Result<Option<E::Model>, DbErr> {
        self.find::<E>().filter(E::ID.eq(id)).one().await
    }

    /// As [`Tenant::get`], with the row locked as by [`Scoped::locked`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lock<E: TenantOwned>(&self, id: E::Id) -> Result<Option<E::Model>, DbErr> {
        self.find::<E>().filter(E::ID.eq(id)).locked().one().await
    }

    /// The rows with these ids, as far as they are this tenant's, in the order of their ids and however many there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn get_all<E>(&self, ids: impl IntoIterator<Item = E::Id>) -> Result<Vec<E::Model>, DbErr>
    where
        E: TenantOwned,
        E::Id: Ord + Clone,
    {
        self.by_ids::<E>(ids, |select| select).await
    }

    /// As [`Tenant::get_all`], with the rows locked as by [`Scoped::locked`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lock_all<E>(&self, ids: impl IntoIterator<Item = E::Id>) -> Result<Vec<E::Model>, DbErr>
    where
        E: TenantOwned,
        E::Id: Ord + Clone,
    {
        self.by_ids::<E>(ids, Scoped::locked).await
    }

    async fn by_ids<'t, E>(
        &'t self,
        ids: impl IntoIterator<Item = E::Id>,
        how: impl Fn(Scoped<'t, 'c, E>) -> Scoped<'t, 'c, E>,
    ) -> Result<Vec<E::Model>, DbErr>
    where
        E: TenantOwned,
        E::Id: Ord + Clone,
    {
        let mut ids: Vec<E::Id> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut rows = Vec::with_capacity(ids.len());
        for some in ids.chunks(VALUES_OF_A_STATEMENT / 2) {
            let found = self.find::<E>().filter(E::ID.is_in(some.iter().cloned()));
            rows.extend(how(found.order_by(E::ID, Order::Asc)).all().await?);
        }
        Ok(rows)
    }

    fn reader(&self) -> DatabaseExecutor<'_> {
        match &self.access {
            Access::Each(db) => (&db.reads).into(),
            Access::Together(transaction) => transaction.into(),
        }
    }

    fn writer(&self) -> DatabaseExecutor<'_> {
        match &self.access {
            Access::Each(db) => (&db.writes).into(),
            Access::Together(transaction) => transaction.into(),
        }
    }

    /// Inserts the row as this tenant's, whatever its `tenant_id` said before.
    ///
    /// # Errors
    /// When the database refuses: a unique or foreign key among them (`DbErr::sql_err` tells which).
    pub async fn insert<E, A>(&self, mut row: A) -> Result<E::Model, DbErr>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<A>,
    {
        row.set(E::TENANT, self.id.into());
        row.insert(&self.writer()).await
    }

    /// Inserts the rows as this tenant's, in as few statements as the databases' limits allow. No rows: nothing is
    /// asked of the database.
    ///
    /// # Errors
    /// As [`Tenant::insert`]; in a transaction, or of a few hundred rows, either all are in or none.
    pub async fn insert_all<E, A>(&self, rows: impl IntoIterator<Item = A> + Send) -> Result<(), DbErr>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        for rows in self.stamped::<E, A>(rows) {
            E::insert_many(rows).exec_without_returning(&self.writer()).await?;
        }
        Ok(())
    }

    /// Inserts the row as this tenant's unless a unique key refuses it; says whether it did. A transaction goes on either
    /// way, which it does not after a refusal of [`Tenant::insert`].
    ///
    /// # Errors
    /// When the database refuses for another reason.
    pub async fn insert_unless_there<E, A>(&self, mut row: A) -> Result<bool, DbErr>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        row.set(E::TENANT, self.id.into());
        let insert = E::insert_many([row]).on_conflict(OnConflict::new().do_nothing().to_owned());
        Ok(insert.exec_without_returning(&self.writer()).await? == 1)
    }

    /// Inserts the rows, or overwrites all other columns of those whose `key` (besides the tenant) is there already.
    ///
    /// # Errors
    /// As [`Tenant::insert_all`].
    pub async fn upsert_all<E, A>(
        &self,
        rows: impl IntoIterator<Item = A> + Send,
        key: &[E::Column],
    ) -> Result<(), DbErr>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        let keys = || std::iter::once(E::TENANT).chain(key.iter().copied());
        // Columns can be compared by their names alone.
        let rest = E::Column::iter().filter(|column| keys().all(|key| key.as_str() != column.as_str()));
        let mut conflict = OnConflict::columns(keys());
        conflict.update_columns(rest);
        for rows in self.stamped::<E, A>(rows) {
            E::insert_many(rows)
                .on_conflict(conflict.clone())
                .exec_without_returning(&self.writer())
                .await?;
        }
        Ok(())
    }

    /// The rows as this tenant's, as many at a time as one statement may bind.
    fn stamped<E, A>(&self, rows: impl IntoIterator<Item = A>) -> Vec<Vec<A>>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E>,
    {
        let at_once = (VALUES_OF_A_STATEMENT / E::Column::iter().count().max(1)).max(1);
        let mut rows = rows.into_iter().map(|mut row| {
            row.set(E::TENANT, self.id.into());
            row
        });
        std::iter::from_fn(|| {
            let next: Vec<A> = rows.by_ref().take(at_once).collect();
            (!next.is_empty()).then_some(next)
        })
        .collect()
    }

    /// Updates the row if it is this tenant's.
    ///
    /// # Errors
    /// `DbErr::RecordNotUpdated` when the row is not there or another tenant's.
    pub async fn update<E, A>(&self, mut row: A) -> Result<E::Model, DbErr>
    where
        E: TenantOwned,
        A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
        E::Model: IntoActiveModel<A>,
    {
        // The tenant is part of the key: with another tenant's row in hand the stamp makes the key match nothing.
        row.set(E::TENANT, self.id.into());
        E::update(row)
            .validate()?
            .filter(E::TENANT.eq(self.id))
            .exec(&self.writer())
            .await
    }

    /// Sets `columns` on all of this tenant's rows that match, and says how many there were.
    /// A compare-and-set: put what must still be true into `filter` and look at the count.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn update_where<E: TenantOwned>(
        &self,
        filter: impl IntoCondition,
        columns: impl IntoIterator<Item = (E::Column, SimpleExpr)>,
    ) -> Result<u64, DbErr> {
        let mut update = E::update_many().filter(E::TENANT.eq(self.id)).filter(filter);
        for (column, value) in columns {
            update = update.col_expr(column, value);
        }
        Ok(update.exec(&self.writer()).await?.rows_affected)
    }

    /// Deletes the row; false when it is not there or another tenant's.
    ///
    /// # Errors
    /// When other rows point at it.
    pub async fn delete<E: TenantOwned>(&self, id: E::Id) -> Result<bool, DbErr> {
        Ok(self.delete_where::<E>(E::ID.eq(id)).await? > 0)
    }

    /// Deletes all of this tenant's rows that match, and says how many there were.
    ///
    /// # Errors
    /// When other rows point at one of them.
    pub async fn delete_where<E: TenantOwned>(&self, filter: impl IntoCondition) -> Result<u64, DbErr> {
        let deleted = E::delete_many()
            .filter(E::TENANT.eq(self.id))
            .filter(filter)
            .exec(&self.writer())
            .await?;
        Ok(deleted.rows_affected)
    }

    /// The next number of this tenant's change sequence, to stamp on the rows that this transaction changes.
    ///
    /// The row that counts is locked until the commit, so numbers become visible in their order: whoever has read up
    /// to `n` has seen all of it. Take it last, to hold the lock shortly.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn next_seq(&self) -> Result<i64, DbErr> {
        self.count_up(&[pulse::Column::Seq]).await
    }

    /// As [`Tenant::next_seq`], and says that the set-up changed: clients, routers, links, SLA profiles, maintenance.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn config_changed(&self) -> Result<i64, DbErr> {
        self.count_up(&[pulse::Column::Seq, pulse::Column::ConfigSeq]).await
    }

    /// As [`Tenant::next_seq`], and says that an instance changed, or an action on one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn servers_changed(&self) -> Result<i64, DbErr> {
        self.count_up(&[pulse::Column::Seq, pulse::Column::ServersSeq]).await
    }

    async fn count_up(&self, columns: &[pulse::Column]) -> Result<i64, DbErr> {
        let next = || Expr::col(pulse::Column::Seq).add(1);
        let mut update = pulse::Entity::update_many().filter(pulse::Column::TenantId.eq(self.id));
        for column in columns {
            update = update.col_expr(*column, next());
        }
        let updated = update.exec_with_returning(&self.writer()).await?;
        updated
            .first()
            .map(|row| row.seq)
            .ok_or_else(|| DbErr::RecordNotFound(format!("the change sequence of tenant {}", self.id)))
    }

    /// Makes what was done in the transaction last. Outside one there is nothing to do.
    ///
    /// # Errors
    /// When the database could not keep it: then nothing of it is kept.
    pub async fn commit(self) -> Result<(), DbErr> {
        match self.access {
            Access::Each(_) => Ok(()),
            Access::Together(transaction) => transaction.commit().await,
        }
    }

    /// Whether this is SQLite, where a statement may bind fewer values.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.reader().get_database_backend() == sea_orm::DbBackend::Sqlite
    }
}
