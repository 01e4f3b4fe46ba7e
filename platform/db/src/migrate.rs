//! Forward-only migrations: two folders with the same numbers and names, one per engine, compiled in.

use sqlx::migrate::Migrator;

use crate::connect::{Db, Pools};
use crate::error::DbError;
use crate::exec::Read;
use crate::query::query;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/pg");

fn migrator(db: &Db) -> &'static Migrator {
    match db.pools {
        Pools::Pg(_) => &POSTGRES,
        Pools::Lite { .. } => &SQLITE,
    }
}

/// Brings the schema up to this binary's. Safe to call from several nodes at once.
pub async fn migrate(db: &Db) -> Result<(), DbError> {
    match &db.pools {
        Pools::Pg(pool) => POSTGRES.run(pool).await,
        Pools::Lite { write, .. } => SQLITE.run(write).await,
    }
    .map_err(DbError::Migration)
}

/// How many migrations this binary has that the database has not; a new database counts as none applied.
pub async fn pending_migrations(db: &Db) -> Result<Pending, DbError> {
    let known = migrator(db).iter().count();
    let applied = match db.reader().count(query("select count(*) from _sqlx_migrations")).await {
        Ok(applied) => usize::try_from(applied).unwrap_or(0),
        // No such table: nothing was ever applied.
        Err(DbError::Other(_)) => 0,
        Err(error) => return Err(error),
    };
    Ok(Pending { applied, pending: known.saturating_sub(applied) })
}

/// See [`pending_migrations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// Already in the database.
    pub applied: usize,
    /// Still to come.
    pub pending: usize,
}
