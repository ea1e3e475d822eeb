//! What unit tests of this crate share: a scratch database with its schema, on SQLite or, when `TEST_DATABASE_URL` is
//! set, on PostgreSQL. The tests of whole requests have their own in `tests/api/helpers.rs`.

use std::path::Path;

use chrono::DateTime;
use entity::{ClientId, Db, LinkId, RouterId, TenantId, client, link, router, tenant};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait,
};
use uuid::Uuid;

use crate::{
    clock::Clock,
    config::{Given, Settings},
    domain::{identity::Cost, links::retention},
    site::Site,
};

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
                .write_across_tenants()
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

/// The program on that database, with nothing running; several may be on the same.
pub(crate) async fn open_site(url: &str, data: &Path, clock: Clock) -> Site {
    open_site_with(url, data, clock, |_| {}).await
}

/// The same, after a change of its settings.
pub(crate) async fn open_site_with(url: &str, data: &Path, clock: Clock, change: impl FnOnce(&mut Settings)) -> Site {
    let given = Given {
        data: Some(data.to_owned()),
        database_url: Some(url.to_owned()),
        ..Given::default()
    };
    let mut settings = Settings {
        allow_loopback: true,
        password_cost: Cost {
            memory: 64,
            passes: 1,
            lanes: 1,
        },
        ..Settings::from_given(given).unwrap()
    };
    change(&mut settings);
    Site::open(settings, clock, true).await.unwrap()
}

/// A tenant with nothing in it.
pub(crate) async fn scratch_tenant(db: &Db, slug: &str) -> TenantId {
    let id = TenantId::new();
    let row = tenant::Model {
        id,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        host: None,
        zone: "Europe/Berlin".to_owned(),
        poll_seconds: 300,
        accent: None,
        second_colour: None,
        logo: None,
        private_ranges: None,
        sample_months: retention::DEFAULT_MONTHS,
        currency: "EUR".to_owned(),
        created_at: DateTime::UNIX_EPOCH,
    };
    let rows = db.begin_with_new_tenant(row).await.unwrap();
    rows.commit().await.unwrap();
    id
}

/// A link with its client and router, never polled.
pub(crate) async fn scratch_link(db: &Db, tenant: TenantId) -> LinkId {
    let (id, client, router) = (LinkId::new(), ClientId::new(), RouterId::new());
    let rows = db.begin(tenant).await.unwrap();
    let row = client::ActiveModel {
        tenant_id: NotSet,
        id: Set(client),
        name: Set(client.to_string()),
        reference: Set(None),
        notes: Set(String::new()),
        created_at: Set(DateTime::UNIX_EPOCH),
        archived_at: Set(None),
    };
    rows.insert_all::<client::Entity, _>([row]).await.unwrap();
    let row = router::ActiveModel {
        tenant_id: NotSet,
        id: Set(router),
        name: Set(router.to_string()),
        site: Set(String::new()),
        host: Set("192.0.2.1".to_owned()),
        port: Set(8729),
        tls: Set(router::TlsMode::Pin),
        pin_sha256: Set(None),
        ca_pem: Set(None),
        username: Set("mainstay".to_owned()),
        password_sealed: Set(Vec::new()),
        allow_challenge: Set(false),
        code_page: Set("windows-1252".to_owned()),
        listen: Set(true),
        enabled: Set(true),
        created_at: Set(DateTime::UNIX_EPOCH),
        archived_at: Set(None),
    };
    rows.insert_all::<router::Entity, _>([row]).await.unwrap();
    let row = link::ActiveModel {
        tenant_id: NotSet,
        id: Set(id),
        client_id: Set(client),
        router_id: Set(router),
        name: Set(id.to_string()),
        reference: Set(None),
        kind: Set("ILL".to_owned()),
        interface_name: Set("ether1".to_owned()),
        interface_id: Set(None),
        default_name: Set(None),
        faces: Set(link::Faces::Customer),
        committed_down_bps: Set(100_000_000),
        committed_up_bps: Set(100_000_000),
        sla_profile_id: Set(None),
        monthly_fee_minor: Set(None),
        ping_target: Set(None),
        activated_at: Set(Some(DateTime::UNIX_EPOCH)),
        deactivated_at: Set(None),
        created_at: Set(DateTime::UNIX_EPOCH),
        archived_at: Set(None),
    };
    rows.insert_all::<link::Entity, _>([row]).await.unwrap();
    rows.commit().await.unwrap();
    id
}
