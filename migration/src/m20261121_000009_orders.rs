//! What can be ordered at Contabo and what it costs, what was ordered, and how a tenant sells it.

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
        catalogue(manager).await?;
        orders(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "contabo_order",
            "contabo_price",
            "contabo_product",
            "client_quota",
            "hosting_settings",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

async fn catalogue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("hosting_settings", &[])
                .col(boolean("shows_prices"))
                .col(integer_null("instances"))
                .col(integer_null("storage_steps"))
                .col(integer_null("snapshots"))
                .col(timestamp_with_time_zone("changed_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            tenant_table("client_quota", &["client_id"])
                .col(uuid("client_id"))
                .col(integer_null("instances"))
                .col(integer_null("storage_steps"))
                .col(integer_null("snapshots"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut within_tenant("client_quota", "client_id", "client"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            tenant_table("contabo_product", &["id"])
                .col(uuid("id"))
                .col(string("kind"))
                .col(string("contabo_id"))
                .col(big_integer_null("contabo_number"))
                .col(string("name"))
                .col(string("family"))
                .col(integer_null("cores"))
                .col(big_integer_null("ram_mb"))
                .col(big_integer_null("disk_mb"))
                .col(string("disk_kind"))
                .col(integer_null("port_mbit"))
                .col(integer_null("snapshots"))
                .col(boolean("orderable"))
                .col(timestamp_with_time_zone("created_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique_in_tenant("contabo_product", &["contabo_id"]))
        .await?;
    // A number has one price; of most nobody knows one.
    manager
        .create_index(unique_in_tenant("contabo_product", &["contabo_number"]))
        .await?;
    manager
        .create_table(
            tenant_table("contabo_price", &["id"])
                .col(uuid("id"))
                .col(uuid("product_id"))
                .col(string("region"))
                .col(integer("months"))
                .col(string("cost_currency"))
                .col(big_integer_null("cost_month_minor"))
                .col(big_integer_null("cost_setup_minor"))
                .col(string("sales_currency"))
                .col(big_integer_null("sales_month_minor"))
                .col(big_integer_null("sales_setup_minor"))
                .col(date("valid_from"))
                .col(timestamp_with_time_zone("created_at"))
                .col(string("created_by_name"))
                .foreign_key(&mut within_tenant("contabo_price", "product_id", "contabo_product"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index_in_tenant("contabo_price", &["product_id", "valid_from"]))
        .await
}

async fn orders(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            tenant_table("contabo_order", &["id"])
                .col(uuid("id"))
                .col(uuid("contabo_account_id"))
                .col(uuid_null("client_id"))
                .col(string("display_name"))
                .col(json_binary("wanted"))
                .col(blob_null("user_data_sealed"))
                .col(blob_null("secret_sealed"))
                .col(json_binary("price"))
                .col(string("state"))
                .col(string("stage"))
                .col(uuid("request_id"))
                .col(uuid_null("ordered_by"))
                .col(string("ordered_by_name"))
                .col(timestamp_with_time_zone("ordered_at"))
                .col(string_null("confirmed_by_name"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(timestamp_with_time_zone_null("deadline_at"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .col(timestamp_with_time_zone_null("accepted_at"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(string_null("contabo_id"))
                .col(uuid_null("instance_id"))
                .col(string_null("contabo_says"))
                .col(text_null("error"))
                .foreign_key(&mut within_tenant(
                    "contabo_order",
                    "contabo_account_id",
                    "contabo_account",
                ))
                .foreign_key(&mut within_tenant("contabo_order", "client_id", "client"))
                .foreign_key(&mut within_tenant("contabo_order", "ordered_by", "account"))
                .foreign_key(&mut within_tenant("contabo_order", "instance_id", "instance"))
                .to_owned(),
        )
        .await?;
    // One at a time per account: whoever looks for an order whose answer was lost must not find another's.
    let mut placing = unique_in_tenant("contabo_order", &["contabo_account_id"]);
    placing.and_where(Expr::col("state").eq("placing"));
    manager.create_index(placing).await?;
    manager
        .create_index(index_in_tenant("contabo_order", &["ordered_at"]))
        .await?;
    manager
        .create_index(index_in_tenant("contabo_order", &["instance_id"]))
        .await
}
