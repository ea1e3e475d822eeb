//! SLA reports: their revisions, the runs that make them, credits, share links; and the tenant's logo.

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
                tenant_table("sla_report", &["id"])
                    .col(uuid("id"))
                    .col(uuid("link_id"))
                    .col(uuid("client_id"))
                    .col(uuid("router_id"))
                    .col(uuid_null("sla_profile_version_id"))
                    .col(string("month"))
                    .col(integer("revision"))
                    .col(timestamp_with_time_zone("made_at"))
                    .col(uuid_null("made_by"))
                    .col(timestamp_with_time_zone_null("superseded_at"))
                    .col(string("verdict"))
                    .col(big_integer("accountable_seconds"))
                    .col(big_integer("up_seconds"))
                    .col(big_integer("down_seconds"))
                    .col(big_integer("excluded_seconds"))
                    .col(integer("outages"))
                    .col(big_integer("credit_minor"))
                    .col(string("currency"))
                    .col(blob("digest"))
                    .col(blob("document"))
                    .foreign_key(&mut within_tenant("sla_report", "link_id", "link"))
                    .foreign_key(&mut within_tenant("sla_report", "client_id", "client"))
                    .foreign_key(&mut within_tenant("sla_report", "router_id", "router"))
                    .foreign_key(&mut within_tenant(
                        "sla_report",
                        "sla_profile_version_id",
                        "sla_profile_version",
                    ))
                    .foreign_key(&mut within_tenant("sla_report", "made_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("sla_report", &["link_id", "month", "revision"]))
            .await?;
        // One revision of a link and month is the one that counts, whoever makes another at the same moment.
        let mut current = unique_in_tenant("sla_report", &["link_id", "month"]);
        current.and_where(Expr::col("superseded_at").is_null());
        manager.create_index(current).await?;
        manager
            .create_index(index_in_tenant("sla_report", &["client_id", "month"]))
            .await?;
        manager.create_index(index_in_tenant("sla_report", &["month"])).await?;
        manager
            .create_table(
                tenant_table("report_run", &["month"])
                    .col(string("month"))
                    .col(timestamp_with_time_zone("started_at"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .col(integer("links"))
                    .col(integer("made"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("report_trouble", &["link_id", "month"])
                    .col(uuid("link_id"))
                    .col(string("month"))
                    .col(timestamp_with_time_zone("at"))
                    .col(text("reason"))
                    .foreign_key(&mut within_tenant("report_trouble", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("credit_decision", &["id"])
                    .col(uuid("id"))
                    .col(uuid("report_id"))
                    .col(string("decision"))
                    .col(big_integer("amount_minor"))
                    .col(text("note"))
                    .col(uuid_null("decided_by"))
                    .col(timestamp_with_time_zone("decided_at"))
                    .foreign_key(&mut within_tenant("credit_decision", "report_id", "sla_report"))
                    .foreign_key(&mut within_tenant("credit_decision", "decided_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("credit_decision", &["report_id"]))
            .await?;
        manager
            .create_table(
                tenant_table("share_link", &["id"])
                    .col(uuid("id"))
                    .col(uuid("report_id"))
                    .col(string("made_for"))
                    .col(uuid_null("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone_null("revoked_at"))
                    .col(string_null("password_hash"))
                    .col(big_integer("uses"))
                    .col(timestamp_with_time_zone_null("last_used_at"))
                    .foreign_key(&mut within_tenant("share_link", "report_id", "sla_report"))
                    .foreign_key(&mut within_tenant("share_link", "created_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index_in_tenant("share_link", &["report_id"]))
            .await?;
        manager
            .create_table(
                tenant_table("share_use", &["id"])
                    .col(uuid("id"))
                    .col(uuid("share_link_id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(string_null("address"))
                    .col(string("what"))
                    .foreign_key(&mut within_tenant("share_use", "share_link_id", "share_link"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index_in_tenant("share_use", &["share_link_id", "at"]))
            .await?;
        manager
            .create_table(
                tenant_table("tenant_logo", &[])
                    .col(string("media_type"))
                    .col(integer("width"))
                    .col(integer("height"))
                    .col(blob("bytes"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "tenant_logo",
            "share_use",
            "share_link",
            "credit_decision",
            "report_trouble",
            "report_run",
            "sla_report",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
