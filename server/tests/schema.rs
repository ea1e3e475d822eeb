//! The migrated schema and the entities say the same, and every table of tenants is built so that no row can point
//! into another tenant. Runs on SQLite, or on PostgreSQL with `TEST_DATABASE_URL`.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable, Statement};
use server::database;

/// Tables that belong to no tenant (design: tenants, operators and their sessions, the key ring, sign-in limits,
/// leases). A new one needs a reason in `docs/decisions`.
const OF_NOBODY: [&str; 6] = [
    "tenant",
    "operator",
    "operator_session",
    "sealing_key",
    "sign_in_limit",
    "lease",
];

/// What the entities say of each table: its columns, and whether the tenant-scoped API serves it.
fn entities() -> BTreeMap<String, (BTreeSet<String>, bool)> {
    fn columns<E: EntityTrait>(entity: E) -> (String, BTreeSet<String>) {
        let names = E::Column::iter().map(|column| column.as_str().to_owned());
        (entity.table_name().to_owned(), names.collect())
    }
    /// Compiles for entities of tenants alone.
    fn owned<E: entity::TenantOwned>(entity: E) -> (String, (BTreeSet<String>, bool)) {
        let (name, names) = columns(entity);
        (name, (names, true))
    }
    fn free<E: EntityTrait>(entity: E) -> (String, (BTreeSet<String>, bool)) {
        let (name, names) = columns(entity);
        (name, (names, false))
    }
    [
        free(entity::tenant::Entity),
        free(entity::operator::Entity),
        free(entity::operator_session::Entity),
        free(entity::sealing_key::Entity),
        free(entity::sign_in_limit::Entity),
        free(entity::lease::Entity),
        owned(entity::account::Entity),
        owned(entity::action::Entity),
        owned(entity::audit_entry::Entity),
        owned(entity::client::Entity),
        owned(entity::client_member::Entity),
        owned(entity::storage_keys::Entity),
        owned(entity::cloud_template::Entity),
        owned(entity::cloud_template_version::Entity),
        owned(entity::client_feature::Entity),
        owned(entity::client_quota::Entity),
        owned(entity::feature::Entity),
        owned(entity::schedule::Entity),
        owned(entity::schedule_run::Entity),
        owned(entity::contabo_account::Entity),
        owned(entity::contabo_change::Entity),
        owned(entity::contabo_order::Entity),
        owned(entity::contabo_price::Entity),
        owned(entity::contabo_product::Entity),
        owned(entity::contabo_resource::Entity),
        owned(entity::contabo_sync::Entity),
        owned(entity::credit_decision::Entity),
        owned(entity::day_summary::Entity),
        owned(entity::hosting_settings::Entity),
        owned(entity::instance::Entity),
        owned(entity::job::Entity),
        owned(entity::link::Entity),
        owned(entity::link_edge::Entity),
        owned(entity::link_state::Entity),
        owned(entity::mail::Entity),
        owned(entity::mail_preference::Entity),
        owned(entity::mail_settings::Entity),
        owned(entity::maintenance_change::Entity),
        owned(entity::maintenance_scope::Entity),
        owned(entity::maintenance_series::Entity),
        owned(entity::maintenance_window::Entity),
        owned(entity::metrics_token::Entity),
        owned(entity::outage_note::Entity),
        owned(entity::pulse::Entity),
        owned(entity::report_run::Entity),
        owned(entity::report_trouble::Entity),
        owned(entity::router::Entity),
        owned(entity::router_check::Entity),
        owned(entity::router_lease::Entity),
        owned(entity::router_state::Entity),
        owned(entity::sample::Entity),
        owned(entity::sample_block::Entity),
        owned(entity::service::Entity),
        owned(entity::session::Entity),
        owned(entity::share_link::Entity),
        owned(entity::share_use::Entity),
        owned(entity::signing_key::Entity),
        owned(entity::sla_profile::Entity),
        owned(entity::sla_profile_version::Entity),
        owned(entity::sla_report::Entity),
        owned(entity::snapshot::Entity),
        owned(entity::staff_member::Entity),
        owned(entity::state_change::Entity),
        owned(entity::task::Entity),
        owned(entity::tenant_logo::Entity),
        owned(entity::watch::Entity),
    ]
    .into()
}

/// A table as the database has it.
#[derive(Debug, Default)]
struct Table {
    columns: BTreeSet<String>,
    /// In the order of the key.
    key: Vec<String>,
    /// For each foreign key its target and its column pairs.
    foreign: Vec<(String, Vec<(String, String)>)>,
}

async fn rows(connection: &DatabaseConnection, sql: &str) -> Vec<Vec<String>> {
    let statement = Statement::from_string(connection.get_database_backend(), sql.to_owned());
    let rows = connection.query_all_raw(statement).await.unwrap();
    let cells = |row: &sea_orm::QueryResult| {
        (0..row.column_names().len())
            .map(|at| row.try_get_by_index(at).unwrap())
            .collect()
    };
    rows.iter().map(cells).collect()
}

async fn tables(connection: &DatabaseConnection) -> BTreeMap<String, Table> {
    let (names, columns, foreign) = match connection.get_database_backend() {
        DbBackend::Sqlite => (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            "SELECT m.name, c.name, CAST(c.pk AS TEXT) FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' ORDER BY m.name, c.pk",
            "SELECT m.name, CAST(f.id AS TEXT), f.\"table\", f.\"from\", f.\"to\" \
             FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq",
        ),
        _ => (
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
            "SELECT c.table_name::text, c.column_name::text, COALESCE(array_position(i.indkey::int[], a.attnum::int) + 1, 0)::text \
             FROM information_schema.columns c \
             JOIN pg_attribute a ON a.attrelid = c.table_name::regclass AND a.attname = c.column_name \
             LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary \
             WHERE c.table_schema = 'public' ORDER BY 1, 3",
            "SELECT k.conrelid::regclass::text, k.conname::text, k.confrelid::regclass::text, a.attname::text, b.attname::text \
             FROM pg_constraint k \
             CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(here, there) \
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.here \
             JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.there \
             WHERE k.contype = 'f' ORDER BY 1, 2",
        ),
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for row in rows(connection, names).await {
        tables.insert(row[0].clone(), Table::default());
    }
    tables.remove("seaql_migrations");
    for row in rows(connection, columns).await {
        let Some(table) = tables.get_mut(&row[0]) else { continue };
        table.columns.insert(row[1].clone());
        if row[2] != "0" {
            table.key.push(row[1].clone());
        }
    }
    let mut last = (String::new(), String::new());
    for row in rows(connection, foreign).await {
        let Some(table) = tables.get_mut(&row[0]) else { continue };
        let this = (row[0].clone(), row[1].clone());
        if this != last {
            table.foreign.push((row[2].clone(), Vec::new()));
            last = this;
        }
        table
            .foreign
            .last_mut()
            .unwrap()
            .1
            .push((row[3].clone(), row[4].clone()));
    }
    tables
}

#[tokio::test]
async fn the_schema_is_what_the_entities_say_and_keeps_tenants_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut url = format!("sqlite://{}?mode=rwc", folder.path().join("schema.db").display());
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let name = format!("schema_{}", std::process::id());
        let admin = database::open(&server, 1).await.unwrap();
        #[expect(clippy::disallowed_methods, reason = "a database belongs to no tenant")]
        let connection = admin.write_across_tenants();
        connection
            .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
            .await
            .unwrap();
        connection
            .execute_unprepared(&format!("CREATE DATABASE {name}"))
            .await
            .unwrap();
        url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    }
    let db = database::open(&url, 1).await.unwrap();
    database::migrate(&db).await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    let found = tables(db.across_tenants()).await;
    let entities = entities();

    let here: BTreeSet<_> = found.keys().collect();
    let said: BTreeSet<_> = entities.keys().collect();
    assert_eq!(
        here, said,
        "tables of the database and of the entities (add new ones to the list above)"
    );

    for (name, table) in &found {
        let (columns, owned) = &entities[name];
        assert_eq!(&table.columns, columns, "columns of {name}");
        let of_nobody = OF_NOBODY.contains(&name.as_str());
        assert_eq!(
            *owned, !of_nobody,
            "{name} is a tenant's, unless it is listed as nobody's"
        );
        if of_nobody {
            assert!(!table.columns.contains("tenant_id"), "{name}");
            continue;
        }
        assert_eq!(
            table.key.first().map(String::as_str),
            Some("tenant_id"),
            "the key of {name} begins with the tenant"
        );
        assert!(
            table.foreign.iter().any(|(target, _)| target == "tenant"),
            "{name} belongs to a tenant that exists"
        );
        for (target, pairs) in table.foreign.iter().filter(|(target, _)| target != "tenant") {
            assert!(
                pairs.contains(&("tenant_id".to_owned(), "tenant_id".to_owned())) && pairs.len() == 2,
                "the foreign key of {name} to {target} must carry the tenant: {pairs:?}"
            );
        }
    }
}
