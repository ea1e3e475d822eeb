//! Services that a billing system runs, and what staff have to see to.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    WHOLE,
    tables::{index_in_tenant, tenant_table, unique_in_tenant, within_tenant},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        services(manager).await?;
        tasks(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["task", "service"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn services(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("service", &["id"])
                .col(uuid("id"))
                .col(string("reference"))
                .col(uuid("client_id"))
                .col(json_binary("wish"))
                .col(string("state"))
                .col(text_null("suspended_because"))
                .col(uuid_null("contabo_order_id"))
                .col(uuid_null("instance_id"))
                .col(uuid_null("action_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut within_tenant("service", "client_id", "client"))
                .foreign_key(&mut within_tenant("service", "contabo_order_id", "contabo_order"))
                .foreign_key(&mut within_tenant("service", "instance_id", "instance"))
                .to_owned(),
        )
        .await?;
    // What makes a call that is made twice one call.
    manager
        .create_index(unique_in_tenant("service", &["reference"]))
        .await?;
    let mut running = unique_in_tenant("service", &["instance_id"]);
    running.and_where(Expr::col("state").ne("terminated"));
    manager.create_index(running).await?;
    manager
        .create_index(index_in_tenant("service", &["contabo_order_id"]))
        .await?;
    manager.create_index(index_in_tenant("service", &["action_id"])).await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("task", &["id"])
                .col(uuid("id"))
                .col(string("key"))
                .col(string("kind"))
                .col(string("what"))
                .col(string("subject_kind"))
                .col(uuid_null("subject_id"))
                .col(string("subject_name"))
                .col(text("reason"))
                .col(integer("times"))
                .col(timestamp_with_time_zone("raised_at"))
                .col(timestamp_with_time_zone("last_at"))
                .col(timestamp_with_time_zone_null("settled_at"))
                .col(string_null("settled_by_name"))
                .to_owned(),
        )
        .await?;
    // One open task a key: what fails again is the same task.
    let mut open = unique_in_tenant("task", &["key"]);
    open.and_where(Expr::col("settled_at").is_null());
    manager.create_index(open).await?;
    manager.create_index(index_in_tenant("task", &["last_at"])).await
}
