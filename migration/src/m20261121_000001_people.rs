//! Tenants, accounts with their memberships, operators, sessions, the key ring and the audit log.

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
                Table::create()
                    .table("tenant")
                    .col(uuid("id").primary_key())
                    .col(string("slug").unique_key())
                    .col(string("name"))
                    .col(string_null("host").unique_key())
                    .col(string("zone"))
                    .col(integer("poll_seconds"))
                    .col(string_null("accent"))
                    .col(string_null("second_colour"))
                    .col(string_null("logo"))
                    .col(text_null("private_ranges"))
                    .col(integer("sample_months"))
                    .col(string("currency"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("pulse", &[])
                    .col(big_integer("seq"))
                    .col(big_integer("config_seq"))
                    .col(big_integer("servers_seq"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("operator")
                    .col(uuid("id").primary_key())
                    .col(string("mail").unique_key())
                    .col(string("name"))
                    .col(string("password_hash"))
                    .col(boolean("must_change_password"))
                    .col(string_null("zone"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("last_sign_in_at"))
                    .col(timestamp_with_time_zone_null("disabled_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("operator_session")
                    .col(blob("hash").primary_key())
                    .col(uuid_null("operator_id"))
                    .col(text("data"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(string("address"))
                    .col(string("agent"))
                    .foreign_key(
                        ForeignKey::create()
                            .name("operator_session_operator_id")
                            .from("operator_session", "operator_id")
                            .to("operator", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("account", &["id"])
                    .col(uuid("id"))
                    .col(string("mail"))
                    .col(string("name"))
                    .col(string("password_hash"))
                    .col(boolean("must_change_password"))
                    .col(string_null("zone"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("last_sign_in_at"))
                    .col(timestamp_with_time_zone_null("disabled_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("account", &["mail"])).await?;
        manager
            .create_table(
                tenant_table("staff_member", &["id"])
                    .col(uuid("id"))
                    .col(uuid("account_id"))
                    .col(string("role"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut within_tenant("staff_member", "account_id", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("staff_member", &["account_id"]))
            .await?;
        manager
            .create_table(
                tenant_table("client", &["id"])
                    .col(uuid("id"))
                    .col(string("name"))
                    .col(string_null("reference"))
                    .col(text("notes"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("client", &["name"])).await?;
        manager
            .create_table(
                tenant_table("client_member", &["id"])
                    .col(uuid("id"))
                    .col(uuid("client_id"))
                    .col(uuid("account_id"))
                    .col(string("role"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut within_tenant("client_member", "client_id", "client"))
                    .foreign_key(&mut within_tenant("client_member", "account_id", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("client_member", &["client_id", "account_id"]))
            .await?;
        manager
            .create_index(index_in_tenant("client_member", &["account_id"]))
            .await?;
        manager
            .create_table(
                tenant_table("session", &["hash"])
                    .col(blob("hash"))
                    .col(string("area"))
                    .col(uuid_null("account_id"))
                    .col(text("data"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(string("address"))
                    .col(string("agent"))
                    .foreign_key(&mut within_tenant("session", "account_id", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index_in_tenant("session", &["account_id"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sign_in_limit")
                    .col(blob("key").primary_key())
                    .col(integer("failures"))
                    .col(timestamp_with_time_zone("window_started_at"))
                    .col(timestamp_with_time_zone_null("blocked_until"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sealing_key")
                    .col(uuid("id").primary_key())
                    .col(blob("wrapped"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("retired_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("audit_entry", &["id"])
                    .col(uuid("id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(string("actor_kind"))
                    .col(uuid_null("actor_id"))
                    .col(string("actor_name"))
                    .col(string_null("address"))
                    .col(string_null("request_id"))
                    .col(string("action"))
                    .col(string("subject_kind"))
                    .col(uuid_null("subject_id"))
                    .col(string("subject_name"))
                    .col(json_binary_null("before"))
                    .col(json_binary_null("after"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index_in_tenant("audit_entry", &["at"])).await?;
        manager
            .create_index(index_in_tenant("audit_entry", &["subject_id", "at"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "audit_entry",
            "sealing_key",
            "sign_in_limit",
            "session",
            "client_member",
            "client",
            "staff_member",
            "account",
            "operator_session",
            "operator",
            "pulse",
            "tenant",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
