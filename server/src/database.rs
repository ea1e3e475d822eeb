//! Opening a database, with the settings that each of the two kinds needs. What is asked of it is not here.

use std::{path::PathBuf, str::FromStr, time::Duration};

use entity::Db;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr,
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// How long a statement waits for another process that writes to SQLite's file before it fails as busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Rows that SQLite's thread may be ahead of whoever takes them: the two wake each other less often then.
const ROWS_AHEAD: usize = 400;

/// How long a request waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// How long one waits until one may write, where only one may: as long as the line of those before, whose transactions
/// are short.
const TURN_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens the database at `url` (`sqlite://FILE?mode=rwc` or `postgres://…`) with at most `connections`, and for SQLite
/// one more, through which all is written.
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
        .sqlx_logging(false);
    if !is_sqlite(url) {
        let connection = connect(options).await?;
        return Ok(Db::new(connection.clone(), connection));
    }
    let mut writer = options.clone();
    writer
        .max_connections(1)
        .acquire_timeout(TURN_TIMEOUT)
        .map_sqlx_sqlite_opts(with_our_settings);
    // First, since it makes the file.
    let writes = connect(writer).await?;
    // What writes here by mistake is refused, not let in out of turn.
    options.map_sqlx_sqlite_opts(|sqlite| with_our_settings(sqlite).pragma("query_only", "ON"));
    Ok(Db::new(connect(options).await?, writes))
}

fn with_our_settings(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .row_buffer_size(ROWS_AHEAD)
        .foreign_keys(true)
}

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that opens databases")]
    Database::connect(options).await
}

fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

/// The file of the database at `url`; none where it is a server.
pub(crate) fn file(url: &str) -> Option<PathBuf> {
    let options = is_sqlite(url).then(|| SqliteConnectOptions::from_str(url))?;
    Some(options.ok()?.get_filename().to_owned())
}

/// Brings the schema up to date; what is up to date already is left alone.
///
/// # Errors
/// When a migration fails: then nothing of it is kept.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    #[expect(clippy::disallowed_methods, reason = "the schema is all tenants'")]
    let connection = db.write_across_tenants();
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

    use entity::TenantId;
    use sea_orm::ConnectionTrait;
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
            let connection = db.write_across_tenants();
            FailingMigrator::up(connection, None).await.unwrap_err();
            // With half of a schema there, this would find its tables taken.
            Migrator::up(connection, None).await.unwrap();
        }
    }

    #[tokio::test]
    async fn who_reads_from_sqlite_waits_for_no_writer_and_can_not_write() {
        let (url, _scratch) = scratch_url().await;
        if !is_sqlite(&url) {
            return;
        }
        let db = open(&url, 1).await.unwrap();
        migrate(&db).await.unwrap();
        let _writing = db.begin(TenantId::new()).await.unwrap();
        assert!(is_ready(&db).await.unwrap());
        #[expect(clippy::disallowed_methods, reason = "what this test is about")]
        let reads = db.across_tenants();
        let refused = reads.execute_unprepared("DELETE FROM tenant").await.unwrap_err();
        assert!(refused.to_string().contains("readonly"), "{refused}");
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
