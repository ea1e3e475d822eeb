//! Queries of one tenant: its filter is there before anybody can ask.

use sea_orm::{
    DbErr, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
    sea_query::{IntoCondition, LockType},
};

use super::{Tenant, TenantOwned};

/// A query that already carries its tenant's filter.
#[derive(Debug)]
pub struct Scoped<'t, 'c, E: EntityTrait> {
    pub(super) tenant: &'t Tenant<'c>,
    pub(super) select: Select<E>,
}

impl<E: EntityTrait> Scoped<'_, '_, E> {
    /// Only rows that also match.
    #[must_use]
    pub fn filter(mut self, filter: impl IntoCondition) -> Self {
        self.select = self.select.filter(filter);
        self
    }

    /// Ordered by `column`, after what was asked before.
    #[must_use]
    pub fn order_by(mut self, column: impl IntoSimpleExpr, order: Order) -> Self {
        self.select = self.select.order_by(column, order);
        self
    }

    /// Nobody else changes or locks the rows until the commit: what was read of them stays true until then.
    ///
    /// Against deadlocks lock parents before their children, and several rows of a table in the order of their ids.
    /// On SQLite, where a transaction is the only one that writes, there is nothing to do.
    #[must_use]
    pub fn locked(mut self) -> Self {
        // Weaker than `FOR UPDATE`: rows that only point at these can still be inserted.
        self.select = self.select.lock(LockType::NoKeyUpdate);
        self
    }

    /// Each row once: of use with [`Scoped::columns`] alone.
    #[must_use]
    pub fn distinct(mut self) -> Self {
        self.select = self.select.distinct();
        self
    }

    /// At most `rows`.
    #[must_use]
    pub fn limit(mut self, rows: u64) -> Self {
        self.select = self.select.limit(rows);
        self
    }

    /// Without the first `rows`.
    #[must_use]
    pub fn offset(mut self, rows: u64) -> Self {
        self.select = self.select.offset(rows);
        self
    }

    /// The first row.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn one(self) -> Result<Option<E::Model>, DbErr> {
        self.select.one(&self.tenant.reader()).await
    }

    /// All rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all(self) -> Result<Vec<E::Model>, DbErr> {
        self.select.all(&self.tenant.reader()).await
    }

    /// All rows, but only the columns that `M` names (`#[derive(FromQueryResult)]`), for hot paths.
    ///
    /// # Errors
    /// When the database does not answer or a column does not fit.
    pub async fn columns<M: FromQueryResult>(
        self,
        columns: impl IntoIterator<Item = E::Column>,
    ) -> Result<Vec<M>, DbErr> {
        self.select
            .select_only()
            .columns(columns)
            .into_model::<M>()
            .all(&self.tenant.reader())
            .await
    }
}

impl<E> Scoped<'_, '_, E>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    /// All rows, each with the row of `R`, of the same tenant, whose `to` equals its `from`, if there is one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_with<R>(self, from: E::Column, to: R::Column) -> Result<Vec<(E::Model, Option<R::Model>)>, DbErr>
    where
        E: TenantOwned,
        R: TenantOwned,
        R::Model: Send + Sync,
    {
        let same_tenant: RelationDef = E::belongs_to(R::default())
            .from((E::TENANT, from))
            .to((R::TENANT, to))
            .into();
        self.select
            .join(JoinType::LeftJoin, same_tenant)
            .select_also(R::default())
            .all(&self.tenant.reader())
            .await
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count(self) -> Result<u64, DbErr> {
        self.select.count(&self.tenant.reader()).await
    }
}
