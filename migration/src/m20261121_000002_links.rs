//! Routers, links, SLA profiles, samples and maintenance windows.

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
        manager
            .create_table(
                tenant_table("sla_profile", &["id"])
                    .col(uuid("id"))
                    .col(string("name"))
                    .col(integer("current_version"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("sla_profile", &["name"])).await?;
        manager
            .create_table(
                tenant_table("sla_profile_version", &["id"])
                    .col(uuid("id"))
                    .col(uuid("sla_profile_id"))
                    .col(integer("version"))
                    .col(big_integer("uptime_micropercent"))
                    .col(big_integer_null("latency_us"))
                    .col(big_integer_null("jitter_us"))
                    .col(big_integer_null("loss_micropercent"))
                    .col(json_binary_null("service_hours"))
                    .col(string("unreachable_is"))
                    .col(string("disabled_is"))
                    .col(string("measured_by"))
                    .col(string("percentile_of"))
                    .col(json_binary_null("credit_tiers"))
                    .col(big_integer_null("credit_most_micropercent"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("created_by"))
                    .foreign_key(&mut within_tenant(
                        "sla_profile_version",
                        "sla_profile_id",
                        "sla_profile",
                    ))
                    .foreign_key(&mut within_tenant("sla_profile_version", "created_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(unique_in_tenant("sla_profile_version", &["sla_profile_id", "version"]))
            .await?;
        manager
            .create_table(
                tenant_table("router", &["id"])
                    .col(uuid("id"))
                    .col(string("name"))
                    .col(string("site"))
                    .col(string("host"))
                    .col(integer("port"))
                    .col(string("tls"))
                    .col(blob_null("pin_sha256"))
                    .col(text_null("ca_pem"))
                    .col(string("username"))
                    .col(blob("password_sealed"))
                    .col(boolean("allow_challenge"))
                    .col(string("code_page"))
                    .col(boolean("listen"))
                    .col(boolean("enabled"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("router", &["name"])).await?;
        manager
            .create_table(
                tenant_table("router_state", &["router_id"])
                    .col(uuid("router_id"))
                    .col(string("reach"))
                    .col(string_null("reason_code"))
                    .col(text_null("reason"))
                    .col(string("listening"))
                    .col(timestamp_with_time_zone("since"))
                    .col(string_null("identity"))
                    .col(string_null("version"))
                    .col(string_null("board"))
                    .col(string_null("architecture"))
                    .col(big_integer_null("uptime_seconds"))
                    .col(integer_null("cpu_percent"))
                    .col(big_integer_null("memory_free"))
                    .col(big_integer_null("memory_total"))
                    .col(big_integer_null("clock_skew_ms"))
                    .col(blob_null("certificate_sha256"))
                    .col(text_null("certificate_text"))
                    .col(timestamp_with_time_zone_null("last_poll_at"))
                    .col(timestamp_with_time_zone_null("last_success_at"))
                    .col(integer_null("poll_ms"))
                    .col(big_integer("polls"))
                    .col(big_integer("failures"))
                    .col(integer("failures_in_a_row"))
                    .col(timestamp_with_time_zone_null("silent_since"))
                    .col(big_integer("overruns"))
                    .col(big_integer("seq"))
                    .foreign_key(&mut within_tenant("router_state", "router_id", "router"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index_in_tenant("router_state", &["seq"])).await?;
        manager
            .create_table(
                tenant_table("router_check", &["router_id"])
                    .col(uuid("router_id"))
                    .col(timestamp_with_time_zone("requested_at"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .col(string_null("reason_code"))
                    .col(text_null("reason"))
                    .col(json_binary_null("report"))
                    .col(big_integer("seq"))
                    .foreign_key(&mut within_tenant("router_check", "router_id", "router"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index_in_tenant("router_check", &["seq"])).await?;
        manager
            .create_table(
                tenant_table("router_lease", &["router_id"])
                    .col(uuid("router_id"))
                    .col(uuid("holder"))
                    .col(timestamp_with_time_zone("until"))
                    .foreign_key(&mut within_tenant("router_lease", "router_id", "router"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("link", &["id"])
                    .col(uuid("id"))
                    .col(uuid("client_id"))
                    .col(uuid("router_id"))
                    .col(string("name"))
                    .col(string_null("reference"))
                    .col(string("kind"))
                    .col(string("interface_name"))
                    .col(string_null("interface_id"))
                    .col(string_null("default_name"))
                    .col(string("faces"))
                    .col(big_integer("committed_down_bps"))
                    .col(big_integer("committed_up_bps"))
                    .col(uuid_null("sla_profile_id"))
                    .col(big_integer_null("monthly_fee_minor"))
                    .col(string_null("ping_target"))
                    .col(timestamp_with_time_zone_null("activated_at"))
                    .col(timestamp_with_time_zone_null("deactivated_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("archived_at"))
                    .foreign_key(&mut within_tenant("link", "client_id", "client"))
                    .foreign_key(&mut within_tenant("link", "router_id", "router"))
                    .foreign_key(&mut within_tenant("link", "sla_profile_id", "sla_profile"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("link", &["name"])).await?;
        manager.create_index(index_in_tenant("link", &["client_id"])).await?;
        // Two links on one interface would both be proved by the other's traffic.
        manager
            .create_index(unique_unless_archived("link", &["router_id", "interface_name"]))
            .await?;
        manager.create_index(index_in_tenant("link", &["router_id"])).await?;
        manager
            .create_table(
                tenant_table("link_state", &["link_id"])
                    .col(uuid("link_id"))
                    .col(small_integer("state"))
                    .col(timestamp_with_time_zone("since"))
                    .col(small_integer_null("known"))
                    .col(timestamp_with_time_zone_null("edge_at"))
                    .col(text_null("problem"))
                    .col(big_integer_null("slot"))
                    .col(timestamp_with_time_zone_null("sampled_at"))
                    .col(big_integer_null("rx_bps"))
                    .col(big_integer_null("tx_bps"))
                    .col(timestamp_with_time_zone_null("rates_at"))
                    .col(integer_null("latency_us"))
                    .col(integer_null("sent"))
                    .col(integer_null("received"))
                    .col(json_binary_null("reading"))
                    .col(big_integer("seq"))
                    .foreign_key(&mut within_tenant("link_state", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index_in_tenant("link_state", &["seq"])).await?;
        manager
            .create_table(
                tenant_table("link_edge", &["link_id", "at", "became"])
                    .col(uuid("link_id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(small_integer("became"))
                    .col(string("source"))
                    .foreign_key(&mut within_tenant("link_edge", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        // A row a link and slot; None is unknown, never zero.
        manager
            .create_table(
                tenant_table("sample", &["link_id", "slot"])
                    .col(uuid("link_id"))
                    .col(big_integer("slot"))
                    .col(small_integer("state"))
                    .col(big_integer_null("rx_octets"))
                    .col(big_integer_null("tx_octets"))
                    .col(big_integer_null("rx_packets"))
                    .col(big_integer_null("tx_packets"))
                    .col(big_integer_null("errors"))
                    .col(big_integer_null("drops"))
                    .col(integer_null("rate_seconds"))
                    .col(integer_null("latency_min_us"))
                    .col(integer_null("latency_avg_us"))
                    .col(integer_null("latency_max_us"))
                    .col(integer_null("jitter_us"))
                    .col(integer_null("jitter_count"))
                    .col(integer_null("sent"))
                    .col(integer_null("received"))
                    .col(integer_null("flaps"))
                    .col(integer_null("down_seconds"))
                    .foreign_key(&mut within_tenant("sample", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("state_change", &["id"])
                    .col(uuid("id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(uuid_null("router_id"))
                    .col(uuid_null("link_id"))
                    .col(string("from_state"))
                    .col(string("to_state"))
                    .col(text_null("reason"))
                    .foreign_key(&mut within_tenant("state_change", "router_id", "router"))
                    .foreign_key(&mut within_tenant("state_change", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index_in_tenant("state_change", &["at"])).await?;
        manager
            .create_index(index_in_tenant("state_change", &["link_id", "at"]))
            .await?;
        manager
            .create_index(index_in_tenant("state_change", &["router_id", "at"]))
            .await?;
        manager
            .create_table(
                tenant_table("maintenance_series", &["id"])
                    .col(uuid("id"))
                    .col(string("title"))
                    .col(text("notes"))
                    .col(date_time("first_starts"))
                    .col(integer("minutes"))
                    .col(text("rule"))
                    .col(uuid_null("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("approved_by"))
                    .col(timestamp_with_time_zone_null("approved_at"))
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .foreign_key(&mut within_tenant("maintenance_series", "created_by", "account"))
                    .foreign_key(&mut within_tenant("maintenance_series", "approved_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("maintenance_window", &["id"])
                    .col(uuid("id"))
                    .col(uuid_null("series_id"))
                    .col(timestamp_with_time_zone_null("occurs_at"))
                    .col(string("title"))
                    .col(text("notes"))
                    .col(timestamp_with_time_zone("starts_at"))
                    .col(timestamp_with_time_zone("ends_at"))
                    .col(uuid_null("created_by"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(uuid_null("approved_by"))
                    .col(timestamp_with_time_zone_null("approved_at"))
                    .col(timestamp_with_time_zone_null("announced_at"))
                    .col(json_binary_null("announced"))
                    .col(timestamp_with_time_zone_null("cancelled_at"))
                    .foreign_key(&mut within_tenant(
                        "maintenance_window",
                        "series_id",
                        "maintenance_series",
                    ))
                    .foreign_key(&mut within_tenant("maintenance_window", "created_by", "account"))
                    .foreign_key(&mut within_tenant("maintenance_window", "approved_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index_in_tenant("maintenance_window", &["ends_at"]))
            .await?;
        // However many processes make the windows of a series ahead, each is there once, also after it was moved.
        manager
            .create_index(unique_in_tenant("maintenance_window", &["series_id", "occurs_at"]))
            .await?;
        manager
            .create_table(
                tenant_table("maintenance_scope", &["id"])
                    .col(uuid("id"))
                    .col(uuid_null("window_id"))
                    .col(uuid_null("series_id"))
                    .col(uuid_null("client_id"))
                    .col(uuid_null("router_id"))
                    .col(uuid_null("link_id"))
                    .foreign_key(&mut within_tenant(
                        "maintenance_scope",
                        "window_id",
                        "maintenance_window",
                    ))
                    .foreign_key(&mut within_tenant(
                        "maintenance_scope",
                        "series_id",
                        "maintenance_series",
                    ))
                    .foreign_key(&mut within_tenant("maintenance_scope", "client_id", "client"))
                    .foreign_key(&mut within_tenant("maintenance_scope", "router_id", "router"))
                    .foreign_key(&mut within_tenant("maintenance_scope", "link_id", "link"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("maintenance_change", &["id"])
                    .col(uuid("id"))
                    .col(uuid("window_id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(uuid_null("changed_by"))
                    .col(string("changed_by_name"))
                    .col(string("kind"))
                    .col(text("reason"))
                    .col(timestamp_with_time_zone_null("old_starts_at"))
                    .col(timestamp_with_time_zone_null("old_ends_at"))
                    .col(json_binary_null("old_covers"))
                    .col(timestamp_with_time_zone_null("new_starts_at"))
                    .col(timestamp_with_time_zone_null("new_ends_at"))
                    .col(json_binary_null("new_covers"))
                    .foreign_key(&mut within_tenant(
                        "maintenance_change",
                        "window_id",
                        "maintenance_window",
                    ))
                    .foreign_key(&mut within_tenant("maintenance_change", "changed_by", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index_in_tenant("maintenance_change", &["window_id"]))
            .await?;
        manager
            .create_index(index_in_tenant("maintenance_scope", &["window_id"]))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "maintenance_change",
            "maintenance_scope",
            "maintenance_window",
            "maintenance_series",
            "state_change",
            "sample",
            "link_edge",
            "link_state",
            "link",
            "router_lease",
            "router_check",
            "router_state",
            "router",
            "sla_profile_version",
            "sla_profile",
        ] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
