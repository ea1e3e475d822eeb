//! What clients may do with their servers at all, and what is done to servers at fixed times.

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
        switches(manager).await?;
        schedules(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["schedule_run", "schedule", "client_feature", "feature"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn switches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("feature", &["name"])
                .col(string("name"))
                .col(boolean("allowed"))
                .col(timestamp_with_time_zone("changed_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            tenant_table("client_feature", &["client_id", "name"])
                .col(uuid("client_id"))
                .col(string("name"))
                .col(boolean("allowed"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut within_tenant("client_feature", "client_id", "client"))
                .to_owned(),
        )
        .await
}

async fn schedules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("schedule", &["id"])
                .col(uuid("id"))
                .col(uuid("instance_id"))
                .col(uuid_null("client_id"))
                .col(string("what"))
                .col(integer("keep"))
                .col(integer("minute"))
                .col(integer("weekdays"))
                .col(string("zone"))
                .col(timestamp_with_time_zone_null("next_at"))
                .col(uuid_null("created_by"))
                .col(string("created_by_name"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut within_tenant("schedule", "instance_id", "instance"))
                .foreign_key(&mut within_tenant("schedule", "client_id", "client"))
                .foreign_key(&mut within_tenant("schedule", "created_by", "account"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index_in_tenant("schedule", &["instance_id"]))
        .await?;
    manager
        .create_table(
            tenant_table("schedule_run", &["id"])
                .col(uuid("id"))
                .col(uuid("schedule_id"))
                .col(timestamp_with_time_zone("due_at"))
                .col(timestamp_with_time_zone("ran_at"))
                .col(string("outcome"))
                .col(text_null("detail"))
                .col(uuid_null("action_id"))
                .col(string_null("snapshot"))
                .foreign_key(&mut within_tenant("schedule_run", "schedule_id", "schedule"))
                .foreign_key(&mut within_tenant("schedule_run", "action_id", "action"))
                .to_owned(),
        )
        .await?;
    // Once for each time that it was due, whatever processes think.
    manager
        .create_index(unique_in_tenant("schedule_run", &["schedule_id", "due_at"]))
        .await?;
    manager
        .create_index(index_in_tenant("schedule_run", &["action_id"]))
        .await?;
    // Housekeeping looks across tenants.
    let mut old = Index::create();
    old.name("schedule_run_ran_at_across_tenants_index")
        .table("schedule_run")
        .col("ran_at");
    manager.create_index(old).await
}
