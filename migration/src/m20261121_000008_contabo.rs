//! Contabo: the tenant's accounts there, what is mirrored of them, what was asked of them, and what changed.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    WHOLE,
    tables::{index_in_tenant, tenant_table, unique_in_tenant, unique_unless_archived, within_tenant},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        accounts(manager).await?;
        mirror(manager).await?;
        actions(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "action",
            "contabo_change",
            "contabo_resource",
            "snapshot",
            "instance",
            "contabo_sync",
            "contabo_account",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("contabo_account", &["id"])
                .col(uuid("id"))
                .col(string("name"))
                .col(string("api_client_id"))
                .col(blob("api_client_secret_sealed"))
                .col(string("username"))
                .col(blob("password_sealed"))
                .col(timestamp_with_time_zone_null("secret_asked_at"))
                .col(boolean("enabled"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .col(timestamp_with_time_zone_null("archived_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique_unless_archived("contabo_account", &["name"]))
        .await?;
    manager
        .create_table(
            tenant_table("contabo_sync", &["contabo_account_id"])
                .col(uuid("contabo_account_id"))
                .col(timestamp_with_time_zone("due_at"))
                .col(timestamp_with_time_zone_null("begun_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(timestamp_with_time_zone_null("succeeded_at"))
                .col(integer("failures"))
                .col(text_null("last_error"))
                .col(timestamp_with_time_zone_null("resources_read_at"))
                .foreign_key(&mut within_tenant(
                    "contabo_sync",
                    "contabo_account_id",
                    "contabo_account",
                ))
                .to_owned(),
        )
        .await
}

async fn mirror(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("instance", &["id"])
                .col(uuid("id"))
                .col(uuid("contabo_account_id"))
                .col(big_integer("contabo_id"))
                .col(string("name"))
                .col(string("display_name"))
                .col(string("status"))
                .col(text_null("error_message"))
                .col(json_binary("details"))
                .col(uuid_null("client_id"))
                .col(timestamp_with_time_zone_null("assigned_at"))
                .col(text_null("locked_because"))
                .col(date_null("cancels_on"))
                .col(timestamp_with_time_zone_null("status_since"))
                .col(timestamp_with_time_zone("first_seen_at"))
                .col(timestamp_with_time_zone_null("gone_at"))
                .col(timestamp_with_time_zone_null("snapshots_read_at"))
                .col(big_integer("seq"))
                .foreign_key(&mut within_tenant("instance", "contabo_account_id", "contabo_account"))
                .foreign_key(&mut within_tenant("instance", "client_id", "client"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique_in_tenant("instance", &["contabo_account_id", "contabo_id"]))
        .await?;
    manager.create_index(index_in_tenant("instance", &["seq"])).await?;
    manager
        .create_table(
            tenant_table("snapshot", &["id"])
                .col(uuid("id"))
                .col(uuid("instance_id"))
                .col(string("contabo_id"))
                .col(string("name"))
                .col(string("description"))
                .col(string("image_name"))
                .col(timestamp_with_time_zone_null("created_at"))
                .col(timestamp_with_time_zone_null("deletes_at"))
                .col(timestamp_with_time_zone("seen_at"))
                .foreign_key(&mut within_tenant("snapshot", "instance_id", "instance"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique_in_tenant("snapshot", &["instance_id", "contabo_id"]))
        .await?;
    manager
        .create_table(
            tenant_table("contabo_resource", &["id"])
                .col(uuid("id"))
                .col(uuid("contabo_account_id"))
                .col(string("kind"))
                .col(string("contabo_id"))
                .col(string("name"))
                .col(json_binary("details"))
                .col(uuid_null("client_id"))
                .col(timestamp_with_time_zone_null("assigned_at"))
                .col(timestamp_with_time_zone("first_seen_at"))
                .col(timestamp_with_time_zone_null("gone_at"))
                .foreign_key(&mut within_tenant(
                    "contabo_resource",
                    "contabo_account_id",
                    "contabo_account",
                ))
                .foreign_key(&mut within_tenant("contabo_resource", "client_id", "client"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique_in_tenant(
            "contabo_resource",
            &["contabo_account_id", "kind", "contabo_id"],
        ))
        .await?;
    manager
        .create_table(
            tenant_table("contabo_change", &["id"])
                .col(uuid("id"))
                .col(uuid("contabo_account_id"))
                .col(uuid_null("instance_id"))
                .col(string("kind"))
                .col(string("contabo_id"))
                .col(string("name"))
                .col(string("what"))
                .col(json_binary_null("before"))
                .col(json_binary_null("after"))
                .col(string_null("done_by"))
                .col(timestamp_with_time_zone("found_at"))
                .foreign_key(&mut within_tenant(
                    "contabo_change",
                    "contabo_account_id",
                    "contabo_account",
                ))
                .foreign_key(&mut within_tenant("contabo_change", "instance_id", "instance"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index_in_tenant("contabo_change", &["found_at"]))
        .await?;
    // Housekeeping looks across tenants.
    let mut old = Index::create();
    old.name("contabo_change_found_at_across_tenants_index")
        .table("contabo_change")
        .col("found_at");
    manager.create_index(old).await
}

async fn actions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("action", &["id"])
                .col(uuid("id"))
                .col(uuid("contabo_account_id"))
                .col(uuid_null("instance_id"))
                .col(string_null("thing_kind"))
                .col(string_null("thing_id"))
                .col(uuid_null("client_id"))
                .col(string("kind"))
                .col(json_binary("arguments"))
                .col(blob_null("secret_sealed"))
                .col(string("state"))
                .col(string("stage"))
                .col(uuid("request_id"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("deadline_at"))
                .col(uuid_null("asked_by"))
                .col(string("asked_by_name"))
                .col(timestamp_with_time_zone("asked_at"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .col(timestamp_with_time_zone_null("accepted_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(text_null("error"))
                .foreign_key(&mut within_tenant("action", "contabo_account_id", "contabo_account"))
                .foreign_key(&mut within_tenant("action", "instance_id", "instance"))
                .foreign_key(&mut within_tenant("action", "client_id", "client"))
                .foreign_key(&mut within_tenant("action", "asked_by", "account"))
                .to_owned(),
        )
        .await?;
    // One at a time per instance, and per account of what is about none: the database's own word, whatever processes think.
    let mut running = unique_in_tenant("action", &["instance_id"]);
    running.and_where(Expr::col("state").eq("running"));
    manager.create_index(running).await?;
    let mut running = unique_in_tenant("action", &["contabo_account_id"]);
    running.and_where(Expr::col("state").eq("running").and(Expr::col("instance_id").is_null()));
    manager.create_index(running).await?;
    manager
        .create_index(index_in_tenant("action", &["instance_id", "asked_at"]))
        .await?;
    manager
        .create_index(index_in_tenant("action", &["thing_kind", "asked_at"]))
        .await?;
    manager
        .create_index(index_in_tenant(
            "action",
            &["contabo_account_id", "thing_kind", "thing_id", "asked_at"],
        ))
        .await?;
    // Housekeeping looks across tenants.
    let mut old = Index::create();
    old.name("action_ended_at_across_tenants_index")
        .table("action")
        .col("ended_at");
    manager.create_index(old).await?;
    // What is open is looked for at every change.
    manager.create_index(index_in_tenant("action", &["state"])).await
}
