//! Mail: what was written to whom and what became of it, how a tenant sends it, who wants which; and the keys with
//! which tokens in links are signed.

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
                tenant_table("mail", &["id"])
                    .col(uuid("id"))
                    .col(string("kind"))
                    .col(uuid_null("account_id"))
                    .col(uuid_null("client_id"))
                    .col(string("to_address"))
                    .col(string("to_name"))
                    .col(string("subject"))
                    .col(string("message_id"))
                    .col(text("text_body"))
                    .col(text("html_body"))
                    .col(json_binary("attachments"))
                    .col(text_null("unsubscribe_url"))
                    .col(string("state"))
                    .col(integer("attempts"))
                    .col(text_null("last_error"))
                    .col(string_null("dedup_key"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("sent_at"))
                    .foreign_key(&mut within_tenant("mail", "account_id", "account"))
                    .foreign_key(&mut within_tenant("mail", "client_id", "client"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(unique_in_tenant("mail", &["dedup_key"])).await?;
        manager.create_index(index_in_tenant("mail", &["created_at"])).await?;
        manager
            .create_table(
                tenant_table("mail_settings", &[])
                    .col(string_null("host"))
                    .col(integer_null("port"))
                    .col(string("security"))
                    .col(string_null("username"))
                    .col(blob_null("password_sealed"))
                    .col(string_null("from_address"))
                    .col(string_null("from_name"))
                    .col(string_null("reply_to"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("mail_preference", &["account_id", "kind"])
                    .col(uuid("account_id"))
                    .col(string("kind"))
                    .col(boolean("wanted"))
                    .col(boolean("attach_pdf"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .foreign_key(&mut within_tenant("mail_preference", "account_id", "account"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                tenant_table("signing_key", &["id"])
                    .col(uuid("id"))
                    .col(blob("secret_sealed"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["signing_key", "mail_preference", "mail_settings", "mail"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
