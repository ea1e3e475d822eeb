//! Templates for cloud-init, and their wordings; which accounts' keys of object storages clients may have.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    WHOLE,
    tables::{tenant_table, unique_in_tenant, unique_unless_archived, within_tenant},
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
                tenant_table("cloud_template", &["id"])
                    .col(uuid("id"))
                    .col(string("name"))
                    .col(text("description"))
                    .col(integer("current_version"))
                    .col(boolean("clients_may_use"))
                    .col(string_null("shipped"))
                    .col(integer_null("shipped_version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_unless_archived("cloud_template", &["name"]))
            .await?;
        manager
            .create_table(
                tenant_table("cloud_template_version", &["id"])
                    .col(uuid("id"))
                    .col(uuid("cloud_template_id"))
                    .col(integer("version"))
                    .col(text("text"))
                    .col(json_binary("variables"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("created_by"))
                    .foreign_key(&mut within_tenant(
                        "cloud_template_version",
                        "cloud_template_id",
                        "cloud_template",
                    ))
                    .foreign_key(&mut within_tenant("cloud_template_version", "created_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant(
                "cloud_template_version",
                &["cloud_template_id", "version"],
            ))
            .await?;
        manager
            .create_table(
                tenant_table("storage_keys", &["contabo_account_id"])
                    .col(uuid("contabo_account_id"))
                    .col(timestamp_with_time_zone("allowed_at"))
                    .foreign_key(&mut within_tenant(
                        "storage_keys",
                        "contabo_account_id",
                        "contabo_account",
                    ))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["storage_keys", "cloud_template_version", "cloud_template"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
