//! The gate's own database: what it carries of its site, and the passages that it keeps until the server has them. Everything of anybody is sealed
//! under the gate's own key.

use std::path::Path;

use db::{Condition, Db, DbConfig, DbError, Read, Tx, Value, query};
use gate_link::{Entry, Passage, bucket_of};
use kernel::Instant64;
use kernel::time::DAY;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::key::OwnKey;

const DROP_BUCKETS: &str = "delete from carried_entry where {buckets}";
const PUT_ENTRIES: &str = "insert into carried_entry (key, digest, bucket, sealed) values {rows}";
const ENTRIES: &str = "select key, sealed from carried_entry where key > :after order by key limit 1000";
const PUT_STATE: &str = "insert into carried_state (name, sealed) values (:name, :sealed) \
    on conflict (name) do update set sealed = excluded.sealed";
const STATE: &str = "select sealed from carried_state where name = :name";
const KEEP: &str = "insert into kept_passage (no, sealed, kept_at) values (:no, :sealed, :at)";
const KEPT: &str = "select no, sealed from kept_passage where no > :after order by no limit :limit";
const LAST_KEPT: &str = "select no from kept_passage order by no desc limit 1";
const COUNT_KEPT: &str = "select count(*) from kept_passage where no > :after";
const FORGET_KEPT: &str = "delete from kept_passage where no <= :no and kept_at < :before";
const WIPE: [&str; 3] = ["delete from carried_entry", "delete from carried_state", "delete from kept_passage"];

const FILE: &str = "gate.db";
const ENTRY: &str = "carried_entry.sealed";
const STATE_COLUMN: &str = "carried_state.sealed";
const PASSAGE: &str = "kept_passage.sealed";
const LAST_NO: &str = "last_no";
const SENT: &str = "sent";
/// How long a passage is kept that the server has.
const KEPT_FOR: i64 = 3 * DAY;

/// What can go wrong with the gate's own database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database: a full disk, among others.
    #[error("the gate's database: {0}")]
    Db(#[from] DbError),
    /// Something does not open with the gate's key, or is not what it should be.
    #[error("{0} does not open")]
    Unreadable(&'static str),
}

/// How far the server has what was kept.
#[derive(Serialize, Deserialize)]
struct Sent {
    no: i64,
    at: Option<Instant64>,
}

/// The gate's own database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    db: Db,
    key: OwnKey,
}

impl Store {
    /// Of this folder; made where there is none.
    ///
    /// # Errors
    /// The database's, the key file's.
    pub async fn open(folder: &Path) -> anyhow::Result<Self> {
        Self::open_within(folder, None).await
    }

    /// As [`open`](Self::open), on a disk that has room for so many pages; only tests of a full one say so.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_within(folder: &Path, max_pages: Option<u32>) -> anyhow::Result<Self> {
        let key = OwnKey::open(folder)?;
        let url = format!("sqlite:{}", folder.join(FILE).display());
        let db = Db::open(&DbConfig { connections: 2, cache_mib: 8, max_pages, ..DbConfig::new(url) }).await?;
        db::migrate(&db).await?;
        Ok(Self { db, key })
    }

    /// Puts whole buckets in the place of what was held of them, and what goes with them, in one step: cut off anywhere, either is there.
    ///
    /// # Errors
    /// The database's.
    pub async fn replace(&self, buckets: &[u16], entries: &[Entry], also: &[State]) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        for some in buckets.chunks(200) {
            let which = Condition::one_of("bucket", some.iter().map(|it| Value::from(i64::from(*it))));
            tx.run(query(DROP_BUCKETS).condition("buckets", which)).await?;
        }
        let row = |it: &Entry| {
            let sealed = self.key.seal(ENTRY, it.key, &serde_json::to_vec(it).unwrap_or_default());
            vec![it.key.into(), it.digest.into(), i64::from(bucket_of(it.key)).into(), sealed.into()]
        };
        tx.insert(PUT_ENTRIES, entries.iter().map(row).collect()).await?;
        for it in also {
            tx.run(query(PUT_STATE).bind("name", it.name).bind("sealed", self.seal_state(&it.json))).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Everybody it carries.
    ///
    /// # Errors
    /// The database's; [`StoreError::Unreadable`] under another key.
    pub async fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let (mut all, mut after) = (Vec::new(), Uuid::nil());
        loop {
            let rows: Vec<(Uuid, Vec<u8>)> = self.db.reader().all(query(ENTRIES).bind("after", after)).await?;
            let Some((last, _)) = rows.last() else { return Ok(all) };
            after = *last;
            for (key, sealed) in rows {
                let plain =
                    self.key.open_sealed(ENTRY, key, &sealed).map_err(|_| StoreError::Unreadable("an entry"))?;
                all.push(serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable("an entry"))?);
            }
        }
    }

    /// Something that is there once.
    ///
    /// # Errors
    /// The database's; [`StoreError::Unreadable`] under another key.
    pub async fn state<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, StoreError> {
        let found: Option<Vec<u8>> = self.db.reader().find(query(STATE).bind("name", name)).await?;
        let Some(sealed) = found else { return Ok(None) };
        let plain = self.key.open_sealed(STATE_COLUMN, Uuid::nil(), &sealed);
        let plain = plain.map_err(|_| StoreError::Unreadable(name))?;
        serde_json::from_slice(&plain).map(Some).map_err(|_| StoreError::Unreadable(name))
    }

    /// Keeps a passage until the server has it: on the disk before anybody is let in.
    ///
    /// # Errors
    /// The database's: a passage that could not be kept must not open the door.
    pub async fn keep(&self, passage: &Passage, at: Instant64) -> Result<(), StoreError> {
        let sealed = self.key.seal(PASSAGE, row_of(passage.no), &serde_json::to_vec(passage).unwrap_or_default());
        let mut tx = self.db.begin().await?;
        tx.run(query(KEEP).bind("no", passage.no).bind("sealed", sealed).bind("at", at)).await?;
        // The numbers go on where they were, even when everything that was kept has been sent.
        let last = self.seal_state(&serde_json::to_vec(&passage.no).unwrap_or_default());
        tx.run(query(PUT_STATE).bind("name", LAST_NO).bind("sealed", last)).await?;
        Ok(tx.commit().await?)
    }

    /// The first of what is kept after this number.
    ///
    /// # Errors
    /// The database's; [`StoreError::Unreadable`] under another key.
    pub async fn kept(&self, after: i64, limit: i64) -> Result<Vec<Passage>, StoreError> {
        let rows: Vec<(i64, Vec<u8>)> =
            self.db.reader().all(query(KEPT).bind("after", after).bind("limit", limit)).await?;
        let open = |(no, sealed): (i64, Vec<u8>)| {
            let plain = self.key.open_sealed(PASSAGE, row_of(no), &sealed).ok()?;
            serde_json::from_slice(&plain).ok()
        };
        rows.into_iter().map(|it| open(it).ok_or(StoreError::Unreadable("a passage"))).collect()
    }

    /// How many passages are kept after this number.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_kept(&self, after: i64) -> Result<i64, StoreError> {
        Ok(self.db.reader().count(query(COUNT_KEPT).bind("after", after)).await?)
    }

    /// The server has everything up to this number; what is older than [`KEPT_FOR`] goes. The rest stays for a while: a server that is restored
    /// from a backup has forgotten it again.
    ///
    /// # Errors
    /// The database's.
    pub async fn sent(&self, up_to: i64, now: Instant64) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        tx.run(query(FORGET_KEPT).bind("no", up_to).bind("before", now.plus(-KEPT_FOR))).await?;
        self.put_sent(&mut tx, Sent { no: up_to, at: Some(now) }).await?;
        Ok(tx.commit().await?)
    }

    /// The server has forgotten what came after this number.
    ///
    /// # Errors
    /// The database's.
    pub async fn rewind(&self, to: i64) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        self.put_sent(&mut tx, Sent { no: to, at: None }).await?;
        Ok(tx.commit().await?)
    }

    async fn put_sent(&self, tx: &mut Tx, sent: Sent) -> Result<(), DbError> {
        let sealed = self.seal_state(&serde_json::to_vec(&sent).unwrap_or_default());
        tx.run(query(PUT_STATE).bind("name", SENT).bind("sealed", sealed)).await.map(|_| ())
    }

    /// The number up to which the server has them.
    ///
    /// # Errors
    /// The database's.
    pub async fn sent_no(&self) -> Result<i64, StoreError> {
        Ok(self.state::<Sent>(SENT).await?.map_or(0, |it| it.no))
    }

    /// When the server last took some.
    ///
    /// # Errors
    /// The database's.
    pub async fn sent_at(&self) -> Result<Option<Instant64>, StoreError> {
        Ok(self.state::<Sent>(SENT).await?.and_then(|it| it.at))
    }

    /// The number of the last passage there was.
    ///
    /// # Errors
    /// The database's.
    pub async fn last_no(&self) -> Result<Option<i64>, StoreError> {
        let kept: Option<i64> = self.db.reader().find(query(LAST_KEPT)).await?;
        Ok(kept.max(self.state::<i64>(LAST_NO).await?))
    }

    /// Forgets everything, for good: first the key, then the rows.
    ///
    /// # Errors
    /// The key file's, the database's.
    pub async fn wipe(&self) -> anyhow::Result<()> {
        self.key.destroy()?;
        let mut tx = self.db.begin().await?;
        for text in WIPE {
            tx.run(query(text)).await?;
        }
        tx.commit().await?;
        Ok(self.db.truncate_log().await?)
    }

    /// Closes it.
    pub async fn close(&self) {
        self.db.close().await;
    }

    fn seal_state(&self, json: &[u8]) -> Vec<u8> {
        self.key.seal(STATE_COLUMN, Uuid::nil(), json)
    }
}

/// Something that is there once, to be put.
pub struct State {
    name: &'static str,
    json: Vec<u8>,
}

impl State {
    /// Of this name.
    pub fn of(name: &'static str, it: &impl Serialize) -> Self {
        Self { name, json: serde_json::to_vec(it).unwrap_or_default() }
    }
}

fn row_of(no: i64) -> Uuid {
    Uuid::from_u64_pair(0, no.unsigned_abs())
}
