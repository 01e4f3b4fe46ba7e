//! Running statements: [`Reader`] for reading outside a transaction, [`Tx`] for everything that writes.

use std::future::Future;

use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Executor, Postgres, Sqlite};

use crate::connect::{Db, Engine, Pools};
use crate::error::DbError;
use crate::query::Query;
use crate::row::{FromRow, Inner, Row};
use crate::value::Value;

/// The largest number of rows put into one statement; a power of two, see [`Tx::insert`].
const ROWS_PER_STATEMENT: usize = 256;

/// So many statements that wait go to SQLite at once.
const STATEMENTS_AT_ONCE: usize = 64;

/// Reads, without the power to write.
#[derive(Clone)]
pub struct Reader(pub(crate) Db);

/// A transaction. Dropped without [`Tx::commit`] it is rolled back.
pub struct Tx {
    inner: TxInner,
    db: Db,
    /// See [`Tx::later`].
    waiting: Vec<Query>,
}

enum TxInner {
    Pg(sqlx::Transaction<'static, Postgres>),
    Lite(sqlx::Transaction<'static, Sqlite>),
}

/// Anything that can answer a question: a [`Reader`] or an open [`Tx`].
pub trait Read: Send {
    /// All rows of a bounded query.
    fn all<T: FromRow + Send>(&mut self, query: Query) -> impl Future<Output = Result<Vec<T>, DbError>> + Send;

    /// The engine, for [`Dialect::on`](crate::Dialect::on).
    fn engine(&self) -> Engine;

    /// The first row, if any.
    fn find<T: FromRow + Send>(&mut self, query: Query) -> impl Future<Output = Result<Option<T>, DbError>> + Send {
        async { Ok(self.all(query).await?.into_iter().next()) }
    }

    /// Asks `text` with `{rows}` replaced by the rows of a `values` list, in as many questions as [`Tx::insert`] makes
    /// statements.
    fn all_of<T: FromRow + Send>(
        &mut self,
        query: Query,
        rows: Vec<Vec<Value>>,
    ) -> impl Future<Output = Result<Vec<T>, DbError>> + Send {
        async move {
            let mut out = Vec::with_capacity(rows.len());
            for chunk in in_powers_of_two(rows) {
                out.extend(self.all::<T>(query.clone().rows("rows", chunk)).await?);
            }
            Ok(out)
        }
    }

    /// A single number, 0 when there is no row.
    fn count(&mut self, query: Query) -> impl Future<Output = Result<i64, DbError>> + Send {
        async { Ok(self.find::<i64>(query).await?.unwrap_or(0)) }
    }
}

impl Read for Reader {
    async fn all<T: FromRow + Send>(&mut self, query: Query) -> Result<Vec<T>, DbError> {
        let (sql, values) = query.render(self.0.engine());
        match &self.0.pools {
            Pools::Pg(pool) => fetch_pg(pool, sql, values).await,
            Pools::Lite { read, .. } => fetch_lite(read, sql, values).await,
        }
    }

    fn engine(&self) -> Engine {
        self.0.engine()
    }
}

impl Read for Tx {
    async fn all<T: FromRow + Send>(&mut self, query: Query) -> Result<Vec<T>, DbError> {
        let waiting = self.take_waiting().await?;
        match &mut self.inner {
            TxInner::Pg(tx) => {
                run_each(tx, waiting).await?;
                let (sql, values) = query.render(Engine::Postgres);
                fetch_pg(&mut **tx, sql, values).await
            }
            TxInner::Lite(tx) => {
                let (sql, values) = together(waiting, Some(query));
                fetch_lite(&mut **tx, sql, values).await
            }
        }
    }

    fn engine(&self) -> Engine {
        self.db.engine()
    }
}

impl Tx {
    pub(crate) async fn begin(db: &Db) -> Result<Self, DbError> {
        let inner = match &db.pools {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that begins")]
            Pools::Pg(pool) => TxInner::Pg(pool.begin().await?),
            Pools::Lite { write, .. } => TxInner::Lite(write.begin_with("begin immediate").await?),
        };
        Ok(Self { inner, db: db.clone(), waiting: Vec::new() })
    }

    /// Runs a statement; the number of rows it touched.
    pub async fn run(&mut self, query: Query) -> Result<u64, DbError> {
        let waiting = self.take_waiting().await?;
        match &mut self.inner {
            TxInner::Pg(tx) => {
                run_each(tx, waiting).await?;
                let (sql, values) = query.render(Engine::Postgres);
                Ok(bind_pg(sql, values).execute(&mut **tx).await?.rows_affected())
            }
            TxInner::Lite(tx) => run_lite(tx, together(waiting, Some(query))).await,
        }
    }

    /// Leaves a statement that writes, gives nothing back and cannot be refused, such as a line of a log: it runs before
    /// whatever the transaction does next, and with the commit at the latest.
    ///
    /// SQLite answers from a thread of its own, and the way there and back costs more than such a statement: all that wait
    /// go there with the next one.
    pub fn later(&mut self, query: Query) {
        self.waiting.push(query);
    }

    /// [`Tx::later`] for rows, in statements as [`Tx::insert`] makes them.
    pub fn insert_later(&mut self, text: &'static str, rows: Vec<Vec<Value>>) {
        for chunk in in_powers_of_two(rows) {
            self.later(crate::query(text).rows("rows", chunk));
        }
    }

    /// What waits and goes with the next statement; of many, all but the last few have run.
    async fn take_waiting(&mut self) -> Result<Vec<Query>, DbError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        while let TxInner::Lite(tx) = &mut self.inner
            && STATEMENTS_AT_ONCE < waiting.len()
        {
            let rest = waiting.split_off(STATEMENTS_AT_ONCE);
            run_lite(tx, together(std::mem::replace(&mut waiting, rest), None)).await?;
        }
        Ok(waiting)
    }

    async fn catch_up(&mut self) -> Result<(), DbError> {
        let waiting = self.take_waiting().await?;
        if waiting.is_empty() {
            return Ok(());
        }
        match &mut self.inner {
            TxInner::Pg(tx) => run_each(tx, waiting).await,
            TxInner::Lite(tx) => run_lite(tx, together(waiting, None)).await.map(|_| ()),
        }
    }

    /// Runs `text` with `{rows}` replaced by the rows, in statements of 256, 128, … 1 rows, so that the engine sees
    /// only nine different texts and can keep each prepared. The number of rows touched.
    pub async fn insert(&mut self, text: &'static str, rows: Vec<Vec<Value>>) -> Result<u64, DbError> {
        self.run_of(crate::query(text), rows).await
    }

    /// As [`Tx::insert`], for a statement with further values or conditions.
    pub async fn run_of(&mut self, query: Query, rows: Vec<Vec<Value>>) -> Result<u64, DbError> {
        let mut affected = 0;
        for chunk in in_powers_of_two(rows) {
            affected += self.run(query.clone().rows("rows", chunk)).await?;
        }
        Ok(affected)
    }

    /// As [`Tx::insert`], for statements with `returning`.
    pub async fn insert_returning<T: FromRow + Send>(
        &mut self,
        text: &'static str,
        rows: Vec<Vec<Value>>,
    ) -> Result<Vec<T>, DbError> {
        let mut out = Vec::with_capacity(rows.len());
        for chunk in in_powers_of_two(rows) {
            out.extend(self.all::<T>(crate::query(text).rows("rows", chunk)).await?);
        }
        Ok(out)
    }

    /// Makes it durable, and wakes whoever waits in [`Db::committed`].
    pub async fn commit(mut self) -> Result<(), DbError> {
        self.catch_up().await?;
        match self.inner {
            TxInner::Pg(tx) => tx.commit().await?,
            TxInner::Lite(tx) => tx.commit().await?,
        }
        self.db.signal_commit();
        Ok(())
    }

    /// Undoes it now, rather than when dropped.
    pub async fn rollback(self) -> Result<(), DbError> {
        match self.inner {
            TxInner::Pg(tx) => tx.rollback().await?,
            TxInner::Lite(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

fn in_powers_of_two(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Vec<Value>>> {
    let mut chunks = Vec::new();
    let mut size = ROWS_PER_STATEMENT;
    while !rows.is_empty() {
        while size > rows.len() {
            size /= 2;
        }
        let rest = rows.split_off(size);
        chunks.push(std::mem::replace(&mut rows, rest));
    }
    chunks
}

async fn run_each(tx: &mut sqlx::Transaction<'static, Postgres>, queries: Vec<Query>) -> Result<(), DbError> {
    for query in queries {
        let (sql, values) = query.render(Engine::Postgres);
        bind_pg(sql, values).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Several statements as one text for SQLite, which takes the values of each in turn.
fn together(before: Vec<Query>, last: Option<Query>) -> (String, Vec<Value>) {
    let mut rendered = before.into_iter().chain(last).map(|it| it.render(Engine::Sqlite));
    let (mut sql, mut values) = rendered.next().unwrap_or_default();
    for (next, more) in rendered {
        sql.push_str("; ");
        sql.push_str(&next);
        values.extend(more);
    }
    (sql, values)
}

/// The number of rows that the last of the statements touched.
async fn run_lite(
    tx: &mut sqlx::Transaction<'static, Sqlite>,
    (sql, values): (String, Vec<Value>),
) -> Result<u64, DbError> {
    let mut outcomes = (&mut **tx).fetch_many(bind_lite(sql, values));
    let mut touched = 0;
    while let Some(outcome) = outcomes.try_next().await? {
        if let sqlx::Either::Left(done) = outcome {
            touched = done.rows_affected();
        }
    }
    Ok(touched)
}

async fn fetch_pg<'e, T: FromRow>(
    executor: impl Executor<'e, Database = Postgres>,
    sql: String,
    values: Vec<Value>,
) -> Result<Vec<T>, DbError> {
    let mut rows = bind_pg(sql, values).fetch(executor);
    let mut out = Vec::new();
    while let Some(row) = rows.try_next().await? {
        out.push(T::from_row(&Row(Inner::Pg(row)))?);
    }
    Ok(out)
}

async fn fetch_lite<'e, T: FromRow>(
    executor: impl Executor<'e, Database = Sqlite>,
    sql: String,
    values: Vec<Value>,
) -> Result<Vec<T>, DbError> {
    let mut rows = bind_lite(sql, values).fetch(executor);
    let mut out = Vec::new();
    while let Some(row) = rows.try_next().await? {
        out.push(T::from_row(&Row(Inner::Lite(row)))?);
    }
    Ok(out)
}

macro_rules! bind_all {
    ($name:ident, $engine:ty, $arguments:ty) => {
        fn $name(sql: String, values: Vec<Value>) -> sqlx::query::Query<'static, $engine, $arguments> {
            let mut statement = sqlx::query::<$engine>(AssertSqlSafe(sql));
            for value in values {
                statement = match value {
                    Value::Int(it) => statement.bind(it),
                    Value::Real(it) => statement.bind(it),
                    Value::Bool(it) => statement.bind(it),
                    Value::Text(it) => statement.bind(it),
                    Value::Blob(it) => statement.bind(it),
                    Value::Id(it) => statement.bind(it),
                };
            }
            statement
        }
    };
}

bind_all!(bind_pg, Postgres, sqlx::postgres::PgArguments);
bind_all!(bind_lite, Sqlite, sqlx::sqlite::SqliteArguments);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_split_into_a_few_fixed_sizes_and_none_is_lost() {
        let rows: Vec<Vec<Value>> = (0..700_i64).map(|it| vec![Value::from(it)]).collect();
        let sizes: Vec<usize> = in_powers_of_two(rows.clone()).iter().map(Vec::len).collect();
        assert_eq!(sizes, [256, 256, 128, 32, 16, 8, 4]);
        assert_eq!(in_powers_of_two(rows.clone()).concat(), rows);
    }
}
