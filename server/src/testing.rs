//! What unit tests of this crate share: a scratch database with its schema, on SQLite or, when `TEST_DATABASE_URL` is
//! set, on PostgreSQL. The tests of whole requests have their own in `tests/api/helpers.rs`.

use chrono::DateTime;
use entity::{Db, TenantId, pulse, tenant};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

/// Keeps a scratch database's file as long as its test runs.
pub(crate) struct Scratch(#[expect(dead_code, reason = "dropping it removes the file")] Option<tempfile::TempDir>);

/// An empty database with its schema, of its own for each test.
pub(crate) async fn scratch_db() -> (Db, Scratch) {
    let (url, scratch) = scratch_url().await;
    let db = crate::database::open(&url, 4).await.unwrap();
    crate::database::migrate(&db).await.unwrap();
    (db, scratch)
}

/// Where an empty database without a schema is.
pub(crate) async fn scratch_url() -> (String, Scratch) {
    match std::env::var("TEST_DATABASE_URL") {
        Ok(server) => {
            let name = format!("test_{}", Uuid::new_v4().simple());
            let admin = crate::database::open(&server, 1).await.unwrap();
            #[expect(clippy::disallowed_methods, reason = "a database belongs to no tenant")]
            admin
                .across_tenants()
                .execute_unprepared(&format!("CREATE DATABASE {name}"))
                .await
                .unwrap();
            let (base, _) = server.rsplit_once('/').unwrap();
            (format!("{base}/{name}"), Scratch(None))
        }
        Err(_) => {
            let folder = tempfile::tempdir().unwrap();
            (
                format!("sqlite://{}?mode=rwc", folder.path().join("test.db").display()),
                Scratch(Some(folder)),
            )
        }
    }
}

/// A tenant with nothing in it.
pub(crate) async fn scratch_tenant(db: &Db, slug: &str) -> TenantId {
    let id = TenantId::new();
    #[expect(clippy::disallowed_methods, reason = "tenants belong to no tenant")]
    let connection = db.across_tenants();
    tenant::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_owned()),
        name: Set(slug.to_owned()),
        host: Set(None),
        zone: Set("Europe/Berlin".to_owned()),
        poll_seconds: Set(300),
        accent: Set(None),
        private_ranges: Set(None),
        created_at: Set(DateTime::UNIX_EPOCH),
    }
    .insert(connection)
    .await
    .unwrap();
    pulse::ActiveModel {
        tenant_id: Set(id),
        seq: Set(0),
        config_seq: Set(0),
    }
    .insert(connection)
    .await
    .unwrap();
    id
}
