//! What can go wrong at the store, said the same way for both engines.

use std::error::Error as _;

/// A failed statement or connection.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique constraint refused the row. The text names the columns or the constraint, as the engine gives it.
    #[error("a unique constraint was violated: {0}")]
    Unique(String),
    /// A foreign key or check constraint refused the row.
    #[error("a constraint was violated: {0}")]
    Constraint(String),
    /// The disk or the page limit is full.
    #[error("the database is full")]
    Full(#[source] sqlx::Error),
    /// No connection, a lock held too long, or the server went away: trying again later may help.
    #[error("the database is not available")]
    Unavailable(#[source] sqlx::Error),
    /// A stored value does not have the form that the code expects.
    #[error("a stored value of {0} is not readable")]
    Unreadable(&'static str),
    /// A migration failed.
    #[error("migration")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Everything else: a programming error or a broken file.
    #[error("database")]
    Other(#[source] sqlx::Error),
}

impl DbError {
    /// Whether trying again later may help.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Full(_))
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => {
                let name = cause.constraint().map_or_else(|| cause.message().to_owned(), str::to_owned);
                Self::Unique(name)
            }
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() || cause.is_check_violation() => {
                Self::Constraint(cause.message().to_owned())
            }
            sqlx::Error::Database(cause) => match cause.code().as_deref() {
                // SQLITE_FULL (13); PostgreSQL disk_full 53100.
                Some("13" | "53100") => Self::Full(error),
                // SQLITE_BUSY and its kin, SQLITE_IOERR; PostgreSQL lock_not_available, deadlock, admin shutdown,
                // crash shutdown, cannot connect now, too many connections, statement timeout.
                Some(
                    "5" | "6" | "261" | "517" | "773" | "10" | "55P03" | "40P01" | "40001" | "57P01" | "57P02"
                    | "57P03" | "53300" | "57014",
                ) => Self::Unavailable(error),
                Some(_) | None => Self::Other(error),
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable(error)
            }
            sqlx::Error::Protocol(_) | sqlx::Error::Tls(_) => Self::Unavailable(error),
            it if it.source().is_some_and(|it| it.is::<std::io::Error>()) => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}
