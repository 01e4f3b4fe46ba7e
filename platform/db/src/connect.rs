//! Opening the database and what is set on every connection.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, PgPool, SqlitePool};
use tokio::sync::Notify;

use crate::error::DbError;
use crate::exec::{Reader, Tx};
use crate::query::query;

/// A write-ahead log of 64 MiB is long.
const LONG_LOG_PAGES: i64 = 16_384;

/// A connection to PostgreSQL that rested for so long is asked whether it still stands before it is used.
const RESTED: Duration = Duration::from_secs(2);

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One embedded file.
    Sqlite,
    /// A PostgreSQL server, 15 or later.
    Postgres,
}

/// How SQLite keeps its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// Write-ahead log: readers do not wait for the writer. For the main store.
    Wal,
    /// Rollback journal: deleted pages leave no copy behind. For the key store.
    Rollback,
}

/// Where and how to connect.
#[derive(Debug, Clone)]
pub struct DbConfig {
    /// `sqlite:<path>` or `postgres://…`.
    pub url: String,
    /// For SQLite.
    pub journal: Journal,
    /// Connections to PostgreSQL, or readers of SQLite.
    pub connections: u32,
    /// How long a caller waits for a connection or a lock.
    pub wait: Duration,
    /// Memory for pages of SQLite, in MiB: the writer's; each reader has an eighth of it.
    pub cache_mib: u32,
    /// A size limit in pages for SQLite; only tests of a full disk set it.
    pub max_pages: Option<u32>,
}

impl DbConfig {
    /// A main store with the usual settings.
    pub fn new(url: impl Into<String>) -> Self {
        let (journal, wait) = (Journal::Wal, Duration::from_secs(5));
        Self { url: url.into(), journal, connections: 8, wait, cache_mib: 32, max_pages: None }
    }

    /// The URL of an SQLite file.
    pub fn sqlite(path: &Path) -> Self {
        Self::new(format!("sqlite:{}", path.display()))
    }
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(crate) pools: Pools,
    committed: Arc<Notify>,
}

#[derive(Clone)]
pub(crate) enum Pools {
    Pg(PgPool),
    Lite { read: SqlitePool, write: SqlitePool },
}

impl Db {
    /// Connects; creates the SQLite file if it is not there.
    pub async fn open(config: &DbConfig) -> Result<Self, DbError> {
        let pools = match config.url.strip_prefix("sqlite:") {
            Some(path) => open_sqlite(path, config).await?,
            None => open_postgres(config).await?,
        };
        Ok(Self { pools, committed: Arc::new(Notify::new()) })
    }

    /// Which engine answers.
    pub const fn engine(&self) -> Engine {
        match self.pools {
            Pools::Pg(_) => Engine::Postgres,
            Pools::Lite { .. } => Engine::Sqlite,
        }
    }

    /// The engine's name, for people.
    pub const fn engine_name(&self) -> &'static str {
        match self.pools {
            Pools::Pg(_) => "postgres",
            Pools::Lite { .. } => "sqlite",
        }
    }

    /// Starts a transaction that may write. On SQLite it takes the write lock at once, so it cannot fail half-way.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        Tx::begin(self).await
    }

    /// For reading outside a transaction.
    pub fn reader(&self) -> Reader {
        Reader(self.clone())
    }

    /// Waits until a transaction of this process commits.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }

    pub(crate) fn signal_commit(&self) {
        self.committed.notify_waiters();
    }

    /// Moves what SQLite's write-ahead log holds into the file, beside the writer. To be called every second or so; on
    /// PostgreSQL it does nothing.
    ///
    /// Under a load that never pauses the log is never quite empty and would grow for ever: when it is long, the writer
    /// waits for the little that is left, and the log starts again from its beginning.
    pub async fn checkpoint(&self) -> Result<(), DbError> {
        let Pools::Lite { read, write } = &self.pools else { return Ok(()) };
        let beside = "pragma wal_checkpoint(passive)";
        let (_, pages, _): (i64, i64, i64) = sqlx::query_as(beside).fetch_one(read).await?;
        if LONG_LOG_PAGES < pages {
            sqlx::query("pragma wal_checkpoint(restart)").execute(write).await?;
        }
        Ok(())
    }

    /// Moves SQLite's write-ahead log into the file and empties it, so that no erased page survives in it. On
    /// PostgreSQL it does nothing: there the key store is what makes old pages unreadable.
    pub async fn truncate_log(&self) -> Result<(), DbError> {
        if let Pools::Lite { write, .. } = &self.pools {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
        }
        Ok(())
    }

    /// Copies an SQLite database into a new, compact file; consistent while others write.
    pub async fn copy_sqlite_to(&self, path: &Path) -> Result<(), DbError> {
        if let Pools::Lite { read, .. } = &self.pools {
            // A copy counts as writing; the reader may for this once, so that the one writer goes on.
            let mut connection = read.acquire().await?;
            sqlx::query("pragma query_only = off").execute(&mut *connection).await?;
            let copied = sqlx::query("vacuum into $1").bind(path.display().to_string()).execute(&mut *connection).await;
            sqlx::query("pragma query_only = on").execute(&mut *connection).await?;
            copied?;
        }
        Ok(())
    }

    /// One small round trip, for readiness.
    pub async fn ping(&self) -> Result<(), DbError> {
        use crate::exec::Read;
        self.reader().count(query("select cast(1 as bigint)")).await.map(|_| ())
    }

    /// Closes all connections; for an orderly stop.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Pg(pool) => pool.close().await,
            Pools::Lite { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

async fn open_sqlite(path: &str, config: &DbConfig) -> Result<Pools, DbError> {
    let journal = match config.journal {
        Journal::Wal => SqliteJournalMode::Wal,
        Journal::Rollback => SqliteJournalMode::Delete,
    };
    let mut options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(journal)
        // FULL: a device is told "stored" only after the bytes are on the disk.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(config.wait)
        .statement_cache_capacity(512)
        // Rows reach us over a channel from the driver's thread: a wide one spares it the waits.
        .row_buffer_size(512)
        .pragma("secure_delete", "on")
        .pragma("temp_store", "memory")
        // [`Db::checkpoint`] does it beside the writer, not inside a commit that somebody waits for.
        .pragma("wal_autocheckpoint", "0");
    if let Some(pages) = config.max_pages {
        options = options.pragma("max_page_count", pages.to_string());
    }
    let write = SqlitePoolOptions::new()
        .test_before_acquire(false)
        .max_connections(1)
        .acquire_timeout(config.wait)
        // On a full disk SQLite rolls back by itself. The driver's own rollback then fails and it takes the transaction
        // for open ever after: such a connection is replaced.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options.clone().pragma("cache_size", cache(config.cache_mib * 1024)))
        .await?;
    let readers = if config.journal == Journal::Wal { config.connections } else { 1 };
    let read = SqlitePoolOptions::new()
        .test_before_acquire(false)
        .max_connections(readers)
        .acquire_timeout(config.wait)
        .connect_with(options.pragma("query_only", "on").pragma("cache_size", cache(config.cache_mib * 128)))
        .await?;
    Ok(Pools::Lite { read, write })
}

/// SQLite takes a negative number as KiB.
fn cache(kib: u32) -> String {
    format!("-{kib}")
}

async fn open_postgres(config: &DbConfig) -> Result<Pools, DbError> {
    let wait_ms = config.wait.as_millis().to_string();
    let options = PgConnectOptions::from_str(&config.url)?
        .application_name("fugong")
        .statement_cache_capacity(512)
        .options([("lock_timeout", wait_ms.as_str()), ("statement_timeout", "60000")]);
    let pool = PgPoolOptions::new()
        .max_connections(config.connections.max(2))
        .acquire_timeout(config.wait)
        // Asking before each statement whether the server is still there would double every round trip.
        .test_before_acquire(false)
        .before_acquire(|connection, usage| {
            Box::pin(async move {
                if RESTED <= usage.idle_for {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    Ok(Pools::Pg(pool))
}
