//! What staff said of outages: cause, comment, and what does not count.

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
        manager
            .create_table(
                tenant_table("outage_note", &["id"])
                    .col(uuid("id"))
                    .col(uuid("link_id"))
                    .col(timestamp_with_time_zone("starts_at"))
                    .col(timestamp_with_time_zone("ends_at"))
                    .col(text_null("cause"))
                    .col(text_null("comment"))
                    .col(text_null("internal_note"))
                    .col(string_null("exclusion"))
                    .col(text_null("exclusion_reason"))
                    .col(uuid_null("excluded_by"))
                    .col(timestamp_with_time_zone_null("excluded_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut within_tenant("outage_note", "link_id", "link"))
                    .foreign_key(&mut within_tenant("outage_note", "excluded_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("outage_note", &["link_id", "starts_at"]))
            .await?;
        // Which links were down at all, of all that there are, is asked of these. They hold what is rare alone.
        manager.create_index(index_in_tenant("link_edge", &["at"])).await?;
        let connection = manager.get_connection();
        for index in [
            "CREATE INDEX sample_not_up_index ON sample (tenant_id, slot) WHERE state <> 1",
            "CREATE INDEX day_summary_not_up_index ON day_summary (tenant_id, day) \
             WHERE down_slots > 0 OR disabled_slots > 0 OR unknown_slots > 0 OR flaps > 0",
        ] {
            connection.execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (index, table) in [
            ("day_summary_not_up_index", "day_summary"),
            ("sample_not_up_index", "sample"),
            ("link_edge_at_index", "link_edge"),
        ] {
            manager
                .drop_index(Index::drop().name(index).table(table).to_owned())
                .await?;
        }
        manager.drop_table(Table::drop().table("outage_note").to_owned()).await
    }
}
