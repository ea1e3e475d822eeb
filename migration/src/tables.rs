//! What all tables of tenants have in common: the tenant first in the primary key, and foreign keys that carry it, so
//! that SQL itself refuses a row that points into another tenant.

use sea_orm_migration::prelude::*;

/// A table of tenants, with the key `(tenant_id, …key)`. The columns of the key must be added by the caller, but for
/// `tenant_id`.
pub(crate) fn tenant_table(name: &'static str, key: &[&'static str]) -> TableCreateStatement {
    let mut primary = Index::create();
    primary.name(format!("{name}_key")).primary().col("tenant_id");
    for column in key {
        primary.col(*column);
    }
    Table::create()
        .table(name)
        .col(ColumnDef::new("tenant_id").uuid().not_null())
        .primary_key(&mut primary)
        .foreign_key(
            ForeignKey::create()
                .name(format!("{name}_tenant"))
                .from(name, "tenant_id")
                .to("tenant", "id"),
        )
        .to_owned()
}

/// A foreign key within the tenant: `(tenant_id, column)` to `(tenant_id, id)` of `target`.
pub(crate) fn within_tenant(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table, ("tenant_id", column))
        .to(target, ("tenant_id", "id"))
        .to_owned()
}

/// A unique index on `(tenant_id, …columns)`, named `table_columns_unique`, which errors are recognised by.
pub(crate) fn unique_in_tenant(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = in_tenant(table, columns, "unique");
    index.unique();
    index
}

/// As [`unique_in_tenant`], among the rows that are not archived.
pub(crate) fn unique_unless_archived(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = unique_in_tenant(table, columns);
    index.and_where(Expr::col("archived_at").is_null());
    index
}

/// An index on `(tenant_id, …columns)`.
pub(crate) fn index_in_tenant(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    in_tenant(table, columns, "index")
}

fn in_tenant(table: &'static str, columns: &[&'static str], suffix: &str) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_{}_{suffix}", columns.join("_")))
        .table(table)
        .col("tenant_id");
    for column in columns {
        index.col(*column);
    }
    index
}
