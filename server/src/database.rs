//! Opening a database, with the settings that each of the two kinds needs. What is asked of it is not here.

use std::time::Duration;

use entity::Db;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database, DbErr,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

/// How long a statement waits for SQLite's one writer before it fails as busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// Opens the database at `url` (`sqlite://FILE?mode=rwc` or `postgres://…`) with at most `connections`.
///
/// SQLite runs in WAL with `synchronous=FULL`: what was answered survives a power cut. A pool in between is fine for
/// PostgreSQL, since nothing here keeps state in a session.
///
/// # Errors
/// When the database can't be reached or its file not be opened.
pub async fn open(url: &str, connections: u32) -> Result<Db, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY_TIMEOUT)
                .foreign_keys(true)
        });
    #[expect(clippy::disallowed_methods, reason = "this is the one place that opens databases")]
    let connection = Database::connect(options).await?;
    Ok(Db::new(connection))
}

/// Brings the schema up to date; what is up to date already is left alone.
///
/// # Errors
/// When a migration fails; on PostgreSQL nothing of it is kept then.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    Migrator::up(db.across_tenants(), None).await
}

/// Whether the database answers and its schema is the one this binary expects.
///
/// # Errors
/// When it doesn't answer.
pub async fn is_ready(db: &Db) -> Result<bool, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    let pending = Migrator::get_pending_migrations_read_only(db.across_tenants()).await?;
    Ok(pending.is_empty())
}
