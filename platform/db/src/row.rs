//! Rows read back, the same from either engine.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{ColumnIndex, Decode, Postgres, Row as _, Sqlite, Type};

use crate::error::DbError;

/// One row of a result.
pub struct Row(pub(crate) Inner);

pub(crate) enum Inner {
    Pg(PgRow),
    Lite(SqliteRow),
}

/// A column type that both engines can decode.
pub trait Field: for<'r> Decode<'r, Postgres> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + Type<Sqlite> {}
impl<T> Field for T where T: for<'r> Decode<'r, Postgres> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + Type<Sqlite> {}

impl Row {
    /// The value of a column, by name or by position.
    pub fn get<T: Field>(&self, column: impl ColumnIndex<PgRow> + ColumnIndex<SqliteRow>) -> Result<T, DbError> {
        match &self.0 {
            Inner::Pg(row) => row.try_get(column).map_err(DbError::Other),
            Inner::Lite(row) => row.try_get(column).map_err(DbError::Other),
        }
    }
}

/// A value made from one row; usually declared with [`row!`](crate::row).
pub trait FromRow: Sized {
    /// Reads the row.
    fn from_row(row: &Row) -> Result<Self, DbError>;
}

impl FromRow for i64 {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get(0)
    }
}

impl FromRow for uuid::Uuid {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get(0)
    }
}

impl FromRow for String {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get(0)
    }
}

impl FromRow for Vec<u8> {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        row.get(0)
    }
}

impl<A: Field, B: Field> FromRow for (A, B) {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok((row.get(0)?, row.get(1)?))
    }
}

impl<A: Field, B: Field, C: Field> FromRow for (A, B, C) {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    }
}

impl<A: Field, B: Field, C: Field, D: Field> FromRow for (A, B, C, D) {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    }
}

/// Declares a row struct whose fields are read from the columns of the same names.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }

        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row) -> Result<Self, $crate::DbError> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}
