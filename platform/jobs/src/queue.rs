//! Queued jobs.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use db::{Db, DbError, Read, Tx, query};
use futures_util::future::BoxFuture;
use kernel::Instant64;
use kernel::time::{MINUTE, SECOND, SharedClock};
use serde_json::Value as Json;
use tracing::{error, warn};
use uuid::Uuid;

const INSERT: &str = "insert into job (id, kind, payload, unique_key, run_at, created_at) \
                      values (:id, :kind, :payload, :unique_key, :now, :now) on conflict (unique_key) do nothing";
const DUE: &str = "select id, kind, payload, attempts from job \
                   where run_at <= :now and leased_until < :now order by run_at limit 4";
const LEASE: &str = "update job set leased_until = :until, attempts = attempts + 1 \
                     where id = :id and leased_until < :now";
const RENEW: &str = "update job set leased_until = :until where id = :id";
const DONE: &str = "delete from job where id = :id";
const FAILED: &str = "update job set last_error = :error, run_at = :run_at, leased_until = 0 where id = :id";
const LIST_FAILED: &str = "select id, kind, attempts, last_error, run_at from job \
                           where last_error is not null order by run_at desc limit 50";

/// How long a job stays its worker's without a word: after a crash another tries.
const LEASE_TIME: i64 = MINUTE;
/// How often a worker says that it is still at it.
const RENEWAL: Duration = Duration::from_secs(15);
const IDLE: Duration = Duration::from_millis(500);

/// Writes a job with the rest of the transaction. A second one with the same `unique_key` is not written.
pub async fn enqueue(
    tx: &mut Tx,
    kind: &'static str,
    payload: &Json,
    unique_key: Option<&str>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", kernel::id::uuid_at(now))
        .bind("kind", kind)
        .bind("payload", payload.to_string())
        .bind("unique_key", unique_key)
        .bind("now", now);
    tx.later(row);
    Ok(())
}

db::row! {
    /// A job that failed and waits for its next attempt.
    pub struct FailedJob {
        /// Its id.
        pub id: Uuid,
        /// What it does.
        pub kind: String,
        /// How often it was tried.
        pub attempts: i64,
        /// Why the last attempt failed.
        pub last_error: String,
        /// When it is tried next, microseconds UTC.
        pub run_at: i64,
    }
}

/// Jobs that failed, most recent first; at most 50.
pub async fn failed(db: &mut impl Read) -> Result<Vec<FailedJob>, DbError> {
    db.all(query(LIST_FAILED)).await
}

type Handler = Arc<dyn Fn(Json) -> BoxFuture<'static, anyhow::Result<()>> + Send + Sync>;

/// Which function does which kind of job.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    /// Adds one.
    pub fn on<F, Fut>(&mut self, kind: &'static str, handler: F)
    where
        F: Fn(Json) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.0.insert(kind, Arc::new(move |payload| Box::pin(handler(payload))));
    }

    /// Works the queue until the future is dropped.
    pub async fn run(self, db: Db, clock: SharedClock) {
        loop {
            match self.run_due(&db, &clock).await {
                Ok(0) => {
                    let _ = tokio::time::timeout(IDLE, db.committed()).await;
                }
                Ok(_) => {}
                Err(error) => {
                    warn!(error = kernel::cause(&error), "jobs wait: the queue cannot be read");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    /// Does what is due now; how many attempts were made.
    pub async fn run_due(&self, db: &Db, clock: &SharedClock) -> Result<usize, DbError> {
        let now = clock.now();
        let due: Vec<(Uuid, String, String, i64)> = db.reader().all(query(DUE).bind("now", now)).await?;
        let mut attempts = 0;
        for (id, kind, payload, tried) in due {
            if lease(db, id, clock.now()).await? {
                attempts += 1;
                self.attempt(db, clock, id, &kind, &payload, tried).await?;
            }
        }
        Ok(attempts)
    }

    async fn attempt(
        &self,
        db: &Db,
        clock: &SharedClock,
        id: Uuid,
        kind: &str,
        payload: &str,
        tried: i64,
    ) -> Result<(), DbError> {
        let outcome = match self.0.get(kind) {
            Some(handler) => {
                let work = handler(serde_json::from_str(payload).unwrap_or(Json::Null));
                tokio::select! {
                    outcome = work => outcome,
                    () = keep_leased(db, clock, id) => Err(anyhow::anyhow!("the lease was lost")),
                }
            }
            None => Err(anyhow::anyhow!("no handler for {kind}")),
        };
        let mut tx = db.begin().await?;
        match outcome {
            Ok(()) => tx.run(query(DONE).bind("id", id)).await?,
            Err(cause) => {
                error!(job.id = %id, job.kind = kind, attempts = tried + 1, error = %format!("{cause:#}"), "a job failed");
                let text: String = format!("{cause:#}").chars().take(500).collect();
                let run_at = clock.now().plus(back_off(tried));
                tx.run(query(FAILED).bind("id", id).bind("error", text).bind("run_at", run_at)).await?
            }
        };
        tx.commit().await
    }
}

/// 10 s, 20 s, 40 s … up to about three hours.
fn back_off(tried: i64) -> i64 {
    let doublings = u32::try_from(tried).unwrap_or(0).min(10);
    10 * SECOND * (1_i64 << doublings)
}

/// Says from time to time that the work goes on; ends only when that cannot be said before the lease runs out.
async fn keep_leased(db: &Db, clock: &SharedClock, id: Uuid) {
    let mut said = clock.now();
    while clock.now().since(said) < LEASE_TIME {
        tokio::time::sleep(RENEWAL).await;
        match renew(db, id, clock.now()).await {
            Ok(()) => said = clock.now(),
            Err(error) => warn!(job.id = %id, error = kernel::cause(&error), "a job's lease could not be renewed"),
        }
    }
}

async fn renew(db: &Db, id: Uuid, now: Instant64) -> Result<(), DbError> {
    let mut tx = db.begin().await?;
    tx.run(query(RENEW).bind("id", id).bind("until", now.plus(LEASE_TIME))).await?;
    tx.commit().await
}

async fn lease(db: &Db, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    let mut tx = db.begin().await?;
    let won = tx.run(query(LEASE).bind("id", id).bind("now", now).bind("until", now.plus(LEASE_TIME))).await?;
    tx.commit().await?;
    Ok(won == 1)
}
