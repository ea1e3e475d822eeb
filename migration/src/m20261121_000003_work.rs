//! Jobs, leases and watches: what the workers of several processes share.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    WHOLE,
    tables::{tenant_table, unique_in_tenant},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                tenant_table("job", &["id"])
                    .col(uuid("id"))
                    .col(string("kind"))
                    .col(json_binary("payload"))
                    .col(string("state"))
                    .col(timestamp_with_time_zone("run_at"))
                    .col(integer("attempts"))
                    .col(integer("max_attempts"))
                    .col(uuid_null("lease_token"))
                    .col(timestamp_with_time_zone_null("lease_until"))
                    .col(string_null("dedup_key"))
                    .col(text_null("last_error"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("job", &["dedup_key"])).await?;
        // Claims look across tenants.
        manager
            .create_index(
                Index::create()
                    .name("job_state_run_at_index")
                    .table("job")
                    .col("state")
                    .col("run_at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("lease")
                    .col(string("name").primary_key())
                    .col(uuid("holder"))
                    .col(timestamp_with_time_zone("until"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("watch", &["subject_id"])
                    .col(uuid("subject_id"))
                    .col(string("kind"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["watch", "lease", "job"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
