//! The only room that knows the database engine.
//!
//! Slices write one portable SQL text with named placeholders and run it on SQLite or PostgreSQL alike:
//!
//! ```ignore
//! const RENAME: &str = "update gate set name = :name where id = :id and {scope}";
//! let hit = tx.run(scope.on(query(RENAME).bind("name", name).bind("id", id.uuid()), &GATE)).await?;
//! ```
//!
//! Not here: what a row means, who may see it (that is `access`), and any SQL of a slice.

mod condition;
mod connect;
mod error;
mod exec;
mod migrate;
mod query;
mod row;
mod test_db;
mod value;

pub use condition::Condition;
pub use connect::{Db, DbConfig, Engine, Journal};
pub use error::DbError;
pub use exec::{Read, Reader, Tx};
pub use migrate::{migrate, pending_migrations};
pub use query::{Query, query};
pub use row::{Field, FromRow, Row};
pub use test_db::TestDb;
pub use value::Value;

/// Picks the SQL text for the engine in use. For the few statements that cannot be portable; `tidy` counts them.
#[macro_export]
macro_rules! dialect {
    (pg: $pg:expr, sqlite: $sqlite:expr) => {
        $crate::Dialect { pg: $pg, sqlite: $sqlite }
    };
}

/// Two texts of one statement; see [`dialect!`].
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// For PostgreSQL.
    pub pg: &'static str,
    /// For SQLite.
    pub sqlite: &'static str,
}

impl Dialect {
    /// The text for `engine`.
    pub const fn on(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Postgres => self.pg,
            Engine::Sqlite => self.sqlite,
        }
    }
}
