//! The store of wrapped keys. An SQLite file keeps a rollback journal and `secure_delete`, because a write-ahead log
//! would keep deleted keys until its next checkpoint.

use std::path::Path;

use db::{Condition, Db, DbConfig, DbError, Journal, Read, Value, query};
use kernel::Instant64;
use uuid::Uuid;

db::row! {
    /// A key as stored.
    #[derive(Clone)]
    pub(crate) struct Wrapped {
        pub(crate) subject: Uuid,
        pub(crate) purpose: String,
        pub(crate) epoch: i64,
        pub(crate) wrapped: Vec<u8>,
        pub(crate) created_at: i64,
        pub(crate) expires_at: Option<i64>,
    }
}

const CREATE: db::Dialect = db::dialect! {
    pg: "create table if not exists wrapped_key (subject uuid not null, purpose text not null, epoch bigint not null, \
         wrapped bytea not null, created_at bigint not null, expires_at bigint, primary key (subject, purpose))",
    sqlite: "create table if not exists wrapped_key (subject blob not null, purpose text not null, \
             epoch bigint not null, wrapped blob not null, created_at bigint not null, expires_at bigint, \
             primary key (subject, purpose))"
};
// One row: the epoch of the wrapping key in force, and how often keys were destroyed.
const CREATE_STATE: db::Dialect = db::dialect! {
    pg: "create table if not exists wrapping_state (id bigint primary key, epoch bigint not null, \
         destroyed bigint not null)",
    sqlite: "create table if not exists wrapping_state (id bigint primary key, epoch bigint not null, \
             destroyed bigint not null)"
};
const INSERT_STATE: &str = "insert into wrapping_state (id, epoch, destroyed) values (1, 0, 0) \
                            on conflict (id) do nothing";
const STATE: &str = "select epoch, destroyed from wrapping_state where id = 1";
const ADVANCE: &str = "update wrapping_state set epoch = :epoch where id = 1 and epoch < :epoch";
// Takes the row: who makes keys and who begins an epoch wait for each other.
const HOLD_EPOCH: &str = "update wrapping_state set epoch = epoch where id = 1 and epoch <= :epoch";
const NOTE_DESTROYED: &str = "update wrapping_state set destroyed = destroyed + 1 where id = 1";
const FIND: &str = "select subject, purpose, epoch, wrapped, created_at, expires_at from wrapped_key \
                    where purpose = :purpose and {subjects}";
const PAGE: &str = "select subject, purpose, epoch, wrapped, created_at, expires_at from wrapped_key \
                    where {after} order by subject, purpose limit 1000";
const INSERT: &str = "insert into wrapped_key (subject, purpose, epoch, wrapped, created_at, expires_at) \
                      values {rows} on conflict (subject, purpose) do nothing";
// Only what is still there, and still as it was read: a key destroyed meanwhile must not come back.
const REPLACE: &str = "update wrapped_key set wrapped = fresh.column3, epoch = fresh.column4 from (values {rows}) \
                       as fresh where wrapped_key.subject = fresh.column1 and wrapped_key.purpose = fresh.column2 \
                       and wrapped_key.epoch < fresh.column4";
const NEWEST_EPOCH: &str = "select epoch from wrapped_key order by epoch desc limit 1";
const DELETE: &str = "delete from wrapped_key where {subjects}";
const DELETE_EXPIRED: &str = "delete from wrapped_key where expires_at < :now";

/// What all processes on one key store agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// Keys are wrapped with this epoch or a newer one.
    pub(crate) epoch: i64,
    /// Grows whenever somebody destroys keys.
    pub(crate) destroyed: i64,
}

/// How many subjects one question names.
const CHUNK: usize = 500;

#[derive(Clone)]
pub(crate) struct KeyStore(Db);

impl KeyStore {
    pub(crate) async fn open(url: &str) -> Result<Self, DbError> {
        let mut config = DbConfig::new(url);
        config.journal = Journal::Rollback;
        config.cache_mib = 4;
        let db = Db::open(&config).await?;
        let mut tx = db.begin().await?;
        tx.run(query(CREATE.on(db.engine()))).await?;
        tx.run(query(CREATE_STATE.on(db.engine()))).await?;
        tx.run(query(INSERT_STATE)).await?;
        tx.commit().await?;
        Ok(Self(db))
    }

    pub(crate) async fn find(&self, subjects: &[Uuid], purpose: &'static str) -> Result<Vec<Wrapped>, DbError> {
        let mut out = Vec::with_capacity(subjects.len());
        for chunk in subjects.chunks(CHUNK) {
            let question = query(FIND).bind("purpose", purpose).condition("subjects", subject_in(chunk));
            out.extend(self.0.reader().all::<Wrapped>(question).await?);
        }
        Ok(out)
    }

    pub(crate) async fn page(&self, after: Option<(Uuid, String)>) -> Result<Vec<Wrapped>, DbError> {
        let after = match after {
            Some((subject, purpose)) => {
                Condition::after("subject, purpose", vec![Value::from(subject), Value::from(purpose)], false)
            }
            None => Condition::always(),
        };
        self.0.reader().all(query(PAGE).condition("after", after)).await
    }

    /// The newest epoch that wraps a key; none when there is no key.
    pub(crate) async fn newest_epoch(&self) -> Result<Option<i64>, DbError> {
        self.0.reader().find(query(NEWEST_EPOCH)).await
    }

    pub(crate) async fn state(&self) -> Result<State, DbError> {
        let (epoch, destroyed) = self.0.reader().find(query(STATE)).await?.unwrap_or((0, 0));
        Ok(State { epoch, destroyed })
    }

    /// From now on nobody makes keys of an older epoch.
    pub(crate) async fn advance(&self, epoch: i64) -> Result<(), DbError> {
        let mut tx = self.0.begin().await?;
        tx.run(query(ADVANCE).bind("epoch", epoch)).await?;
        tx.commit().await
    }

    /// Stores keys of subjects that have none; how many. Nothing is stored when this epoch is over. A subject may stand twice.
    pub(crate) async fn insert_absent(&self, keys: &[&Wrapped], epoch: i64) -> Result<Option<u64>, DbError> {
        let mut tx = self.0.begin().await?;
        if tx.run(query(HOLD_EPOCH).bind("epoch", epoch)).await? == 0 {
            return Ok(None);
        }
        let row = |it: &&Wrapped| {
            vec![
                Value::from(it.subject),
                Value::from(it.purpose.as_str()),
                Value::from(it.epoch),
                Value::from(it.wrapped.as_slice()),
                Value::from(it.created_at),
                Value::from(it.expires_at),
            ]
        };
        let stored = tx.insert(INSERT, keys.iter().map(row).collect()).await?;
        tx.commit().await?;
        Ok(Some(stored))
    }

    /// Stores keys wrapped anew.
    pub(crate) async fn replace(&self, keys: &[Wrapped]) -> Result<(), DbError> {
        let row = |it: &Wrapped| {
            vec![
                Value::from(it.subject),
                Value::from(it.purpose.as_str()),
                Value::from(it.wrapped.as_slice()),
                Value::from(it.epoch),
            ]
        };
        let mut tx = self.0.begin().await?;
        tx.insert(REPLACE, keys.iter().map(row).collect()).await?;
        tx.commit().await
    }

    /// Deletes the keys of these subjects, for one purpose or for all.
    pub(crate) async fn delete(&self, subjects: &[Uuid], purpose: Option<&'static str>) -> Result<u64, DbError> {
        let mut tx = self.0.begin().await?;
        let mut deleted = 0;
        let of = purpose.map_or_else(Condition::always, |it| Condition::eq("purpose", it));
        for chunk in subjects.chunks(CHUNK) {
            let which = Condition::all([subject_in(chunk), of.clone()]);
            deleted += tx.run(query(DELETE).condition("subjects", which)).await?;
        }
        if deleted != 0 {
            tx.run(query(NOTE_DESTROYED)).await?;
        }
        tx.commit().await?;
        Ok(deleted)
    }

    pub(crate) async fn delete_expired(&self, now: Instant64) -> Result<u64, DbError> {
        let mut tx = self.0.begin().await?;
        let deleted = tx.run(query(DELETE_EXPIRED).bind("now", now)).await?;
        if deleted != 0 {
            tx.run(query(NOTE_DESTROYED)).await?;
        }
        tx.commit().await?;
        Ok(deleted)
    }

    pub(crate) async fn copy_to(&self, path: &Path) -> Result<(), DbError> {
        self.0.copy_sqlite_to(path).await
    }
}

fn subject_in(subjects: &[Uuid]) -> Condition {
    Condition::one_of("subject", subjects.iter().map(|it| Value::from(*it)))
}
