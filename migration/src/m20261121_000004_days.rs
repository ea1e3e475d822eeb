//! Finished days of links: their samples as blocks, and what they come to; and who may read figures.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    WHOLE,
    tables::{tenant_table, unique_in_tenant, within_tenant},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Sums, least and greatest values of a day, in the order of `domain::links::totals`.
const TOTALS: [&str; 28] = [
    "up_slots",
    "down_slots",
    "disabled_slots",
    "unknown_slots",
    "rx_octets",
    "tx_octets",
    "rx_rated_octets",
    "rx_seconds",
    "rx_least_bps",
    "rx_greatest_bps",
    "tx_rated_octets",
    "tx_seconds",
    "tx_least_bps",
    "tx_greatest_bps",
    "latency_least_us",
    "latency_greatest_us",
    "latency_sum_us",
    "latency_replies",
    "jitter_sum_us",
    "jitter_differences",
    "sent",
    "received",
    "loss_least_ppm",
    "loss_greatest_ppm",
    "errors",
    "drops",
    "flaps",
    "down_seconds",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        WHOLE
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                tenant_table("sample_block", &["link_id", "day"])
                    .col(uuid("link_id"))
                    .col(integer("day"))
                    .col(integer("samples"))
                    .col(blob("digest"))
                    .col(timestamp_with_time_zone("sealed_at"))
                    .col(blob("bytes"))
                    .foreign_key(&mut within_tenant("sample_block", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Blocks are compressed already: PostgreSQL need not try again.
            manager
                .get_connection()
                .execute_unprepared("ALTER TABLE sample_block ALTER COLUMN bytes SET STORAGE EXTERNAL")
                .await?;
        }
        let mut summary = tenant_table("day_summary", &["link_id", "day"]);
        summary
            .col(uuid("link_id"))
            .col(integer("day"))
            .col(blob("hours"))
            .col(blob("course"));
        for total in TOTALS {
            summary.col(big_integer_null(total));
        }
        summary.foreign_key(&mut within_tenant("day_summary", "link_id", "link"));
        manager.create_table(summary).await?;
        manager
            .create_table(
                tenant_table("metrics_token", &["id"])
                    .col(uuid("id"))
                    .col(string("name"))
                    .col(blob("hash"))
                    .col(string("begins"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("last_used_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("metrics_token", &["name"]))
            .await?;
        manager.create_index(unique_in_tenant("metrics_token", &["hash"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["metrics_token", "day_summary", "sample_block"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
