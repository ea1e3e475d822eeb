//! Opening a database, with the settings that each of the two kinds needs. What is asked of it is not here.

use std::{path::PathBuf, str::FromStr, time::Duration};

use entity::Db;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database, DbErr,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// How long a statement waits for SQLite's one writer before it fails as busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Rows that SQLite's thread may be ahead of whoever takes them: the two wake each other less often then.
const ROWS_AHEAD: usize = 400;

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
                .row_buffer_size(ROWS_AHEAD)
                .foreign_keys(true)
        });
    #[expect(clippy::disallowed_methods, reason = "this is the one place that opens databases")]
    let connection = Database::connect(options).await?;
    Ok(Db::new(connection))
}

/// The file of the database at `url`; none where it is a server.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    let options = url
        .starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(url))?;
    Some(options.ok()?.get_filename().to_owned())
}

/// Brings the schema up to date; what is up to date already is left alone.
///
/// # Errors
/// When a migration fails: then nothing of it is kept.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    let connection = db.across_tenants();
    // Where another process does the same, a step fails here because it was done there meanwhile. Each time there is
    // one step less to do; the table that counts them is one, too.
    for _ in 0..=Migrator::migrations().len() {
        match Migrator::up(connection, None).await {
            Ok(()) => return Ok(()),
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the schema could not be brought up to date, which is tried again"
            ),
        }
    }
    Migrator::up(connection, None).await
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager};

    use super::*;
    use crate::testing::scratch_url;

    /// Which migration fails at its very end.
    static FAILS: AtomicUsize = AtomicUsize::new(0);

    struct FailingMigrator;

    struct Failing(Box<dyn MigrationTrait>);

    impl MigratorTrait for FailingMigrator {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            let mut all = Migrator::migrations();
            let fails = all.remove(FAILS.load(Ordering::Relaxed));
            all.insert(FAILS.load(Ordering::Relaxed), Box::new(Failing(fails)));
            all
        }
    }

    impl MigrationName for Failing {
        fn name(&self) -> &str {
            self.0.name()
        }
    }

    #[async_trait::async_trait]
    impl MigrationTrait for Failing {
        fn use_transaction(&self) -> Option<bool> {
            self.0.use_transaction()
        }

        async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
            self.0.up(manager).await?;
            Err(DbErr::Migration("as the test wants it".to_owned()))
        }
    }

    #[test]
    fn the_file_is_the_one_that_is_opened() {
        let files = ["sqlite:///srv/my%20data/m.db?mode=rwc", "sqlite:m.db", "postgres://h/m"];
        let files = files.map(file);
        let paths = [Some("/srv/my data/m.db"), Some("m.db"), None];
        assert_eq!(files, paths.map(|path| path.map(PathBuf::from)));
    }

    #[tokio::test]
    async fn of_a_migration_that_fails_nothing_is_kept() {
        for fails in 0..Migrator::migrations().len() {
            FAILS.store(fails, Ordering::Relaxed);
            let (url, _scratch) = scratch_url().await;
            let db = open(&url, 2).await.unwrap();
            #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
            let connection = db.across_tenants();
            FailingMigrator::up(connection, None).await.unwrap_err();
            // With half of a schema there, this would find its tables taken.
            Migrator::up(connection, None).await.unwrap();
        }
    }

    #[tokio::test]
    async fn several_processes_may_bring_the_schema_up_to_date_at_once() {
        for _ in 0..4 {
            let (url, _scratch) = scratch_url().await;
            let (one, other) = (open(&url, 1).await.unwrap(), open(&url, 1).await.unwrap());
            let (first, second) = tokio::join!(migrate(&one), migrate(&other));
            first.unwrap();
            second.unwrap();
            assert!(is_ready(&one).await.unwrap());
        }
    }
}
