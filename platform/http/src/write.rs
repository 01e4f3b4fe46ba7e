//! Writes that may be sent twice and happen once.
//!
//! The sender's key is claimed in the same transaction as the change, and the answer is stored there too, sealed. So a
//! repeated request either waits for the first and gets its answer, or finds it stored; a crash in between leaves
//! neither key nor change.

use aws_lc_rs::constant_time;
use axum::http::StatusCode;
use db::{DbError, Read, Tx, query};
use kernel::Instant64;
use kernel::time::DAY;
use serde::Serialize;
use uuid::Uuid;
use vault::{Place, Purpose};

use crate::error::{ApiError, ErrorCode};
use crate::json::Json;
use crate::platform::Platform;

const CLAIM: &str = "insert into idempotent_answer (account_id, key, fingerprint, status, body_sealed, created_at) \
                     values (:account, :key, :fingerprint, 0, :body, :now) on conflict (account_id, key) do nothing";
const CLAIM_WITH: &str = "insert into idempotent_answer (account_id, key, fingerprint, status, body_sealed, created_at) \
                              values (:account, :key, :fingerprint, :status, :body, :now)";
const FIND: &str = "select fingerprint, status, body_sealed, created_at from idempotent_answer \
                    where account_id = :account and key = :key";
const ANSWER: &str = "update idempotent_answer set status = :status, body_sealed = :body \
                      where account_id = :account and key = :key";
const FORGET: &str = "delete from idempotent_answer where account_id = :account";
const PRUNE: &str = "delete from idempotent_answer where created_at < :before";

/// The status of a key whose answer is not known yet.
const UNANSWERED: u16 = 0;

/// How long an answer is kept for the sender.
const KEPT: i64 = DAY;

/// Who sends a request, under which key of her own.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// The account, or the worker's file.
    pub by: Uuid,
    /// Her key; none is refused.
    pub key: Option<&'a str>,
    /// Digest of the request.
    pub fingerprint: &'a [u8],
}

/// A principal whose writes happen once.
pub trait Sender {
    /// What its request carries.
    fn sent(&self) -> Sent<'_>;
}

/// A write under way: a transaction, the moment, and the sender's key.
pub struct Write {
    /// The transaction; everything that belongs to the write goes through it.
    pub tx: Tx,
    /// The moment of the write.
    pub now: Instant64,
    platform: Platform,
    account: Uuid,
    key: String,
}

impl Write {
    /// Opens the transaction and claims the key.
    ///
    /// # Errors
    /// `idempotency_key_required` without a key, `idempotency_key_reused` when it was used for another request; when
    /// it was used for this one, the stored answer in place of an error.
    pub async fn begin(platform: &Platform, sender: &impl Sender) -> Result<Self, ApiError> {
        let Sent { by: account, key, fingerprint } = sender.sent();
        let key = key.ok_or_else(key_required)?.to_owned();
        let now = platform.now();
        let mut tx = platform.db.begin().await?;
        let claim = query(CLAIM)
            .bind("account", account)
            .bind("key", key.as_str())
            .bind("fingerprint", fingerprint)
            .bind("body", Vec::new())
            .bind("now", now);
        if tx.run(claim).await? == 0 {
            let before = stored_answer(platform, &mut tx, account, &key, fingerprint).await?;
            return Err(before.unwrap_or_else(ApiError::state));
        }
        Ok(Self { tx, now, platform: platform.clone(), account, key })
    }

    /// As [`Write::begin`], for a write that is answered in a way known beforehand and is refused as a whole or not at all:
    /// the key and the answer go with its first statement. [`Write::commit_answered`] ends it.
    pub async fn begin_answered<T: Serialize>(
        platform: &Platform,
        sender: &impl Sender,
        now: Instant64,
        (status, view): (StatusCode, &T),
    ) -> Result<Self, ApiError> {
        let answer = sealed_answer(platform, sender.sent().by, view, now).await?;
        Self::begin_claiming(platform, sender, now, (status.as_u16(), answer)).await
    }

    /// As [`Write::begin`], for a write whose first statement can be refused for nothing but the key, which goes with it:
    /// [`DbError::Unique`] from there means that the request was sent before, and [`Write::done_or`] knows what it was told.
    pub async fn begin_with_first(platform: &Platform, sender: &impl Sender) -> Result<Self, ApiError> {
        Self::begin_claiming(platform, sender, platform.now(), (UNANSWERED, Vec::new())).await
    }

    /// Where the write happens.
    pub const fn platform(&self) -> &Platform {
        &self.platform
    }

    /// Opens the transaction; the key is claimed by its first statement.
    async fn begin_claiming(
        platform: &Platform,
        sender: &impl Sender,
        now: Instant64,
        (status, answer): (u16, Vec<u8>),
    ) -> Result<Self, ApiError> {
        let Sent { by: account, key, fingerprint } = sender.sent();
        let key = key.ok_or_else(key_required)?.to_owned();
        let claim = query(CLAIM_WITH)
            .bind("account", account)
            .bind("key", key.as_str())
            .bind("fingerprint", fingerprint)
            .bind("status", status)
            .bind("body", answer)
            .bind("now", now);
        let mut tx = platform.db.begin().await?;
        tx.later(claim);
        Ok(Self { tx, now, platform: platform.clone(), account, key })
    }

    /// Commits what [`Write::begin_answered`] began.
    ///
    /// # Errors
    /// [`DbError::Unique`], from here or from a statement before, when the request was sent before.
    pub async fn commit_answered(self) -> Result<(), DbError> {
        self.tx.commit().await
    }

    /// For what is checked, and counted, before a write begins: whether this request was sent before and is done.
    ///
    /// # Errors
    /// As [`Write::begin`].
    pub async fn unless_done(platform: &Platform, sender: &impl Sender) -> Result<(), ApiError> {
        let Sent { by: account, key, fingerprint } = sender.sent();
        let key = key.ok_or_else(key_required)?;
        match stored_answer(platform, &mut platform.db.reader(), account, key, fingerprint).await? {
            Some(before) => Err(before),
            None => Ok(()),
        }
    }

    /// What a request is told that was refused before its write began: what it was told when it was done before, and
    /// `error` otherwise.
    pub async fn done_or(platform: &Platform, sender: &impl Sender, error: ApiError) -> ApiError {
        Self::unless_done(platform, sender).await.err().unwrap_or(error)
    }

    /// Commits without keeping the answer, which holds what must not outlive the person: a repeated request is told
    /// that it was done (409 `state`).
    pub async fn finish_unkept<T: Serialize>(
        self,
        status: StatusCode,
        view: T,
    ) -> Result<(StatusCode, Json<T>), ApiError> {
        self.tx.commit().await?;
        Ok((status, Json(view)))
    }

    /// Stores the answer and commits.
    pub async fn finish<T: Serialize>(self, status: StatusCode, view: T) -> Result<(StatusCode, Json<T>), ApiError> {
        self.keep(status, &view).await?;
        Ok((status, Json(view)))
    }

    /// Commits and keeps less than what is answered: a repeated request is answered `kept`, without what must not lie
    /// beside the change.
    pub async fn finish_keeping<T: Serialize>(
        self,
        status: StatusCode,
        view: T,
        kept: &T,
    ) -> Result<(StatusCode, Json<T>), ApiError> {
        self.keep(status, kept).await?;
        Ok((status, Json(view)))
    }

    async fn keep(mut self, status: StatusCode, kept: &impl Serialize) -> Result<(), ApiError> {
        let body = sealed_answer(&self.platform, self.account, kept, self.now).await?;
        let row = query(ANSWER)
            .bind("account", self.account)
            .bind("key", self.key.as_str())
            .bind("status", status.as_u16())
            .bind("body", body);
        self.tx.later(row);
        Ok(self.tx.commit().await?)
    }
}

async fn sealed_answer(
    platform: &Platform,
    account: Uuid,
    answer: &impl Serialize,
    now: Instant64,
) -> Result<Vec<u8>, ApiError> {
    let body = serde_json::to_vec(answer).map_err(|error| ApiError::internal(&error))?;
    let subject = day_subject(now);
    let keys = platform.vault.ensure(&[subject], Purpose::System, Some(2 * KEPT), now).await?;
    let key = keys.get(&subject).ok_or_else(ApiError::not_found)?;
    Ok(key.seal(place(account), &body))
}

fn key_required() -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, ErrorCode::IdempotencyKeyRequired)
}

/// Removes the answers that a person's own phone was given: she is being erased.
pub async fn forget_answers(tx: &mut Tx, sender: Uuid) -> Result<u64, DbError> {
    tx.run(query(FORGET).bind("account", sender)).await
}

/// Removes answers that nobody will ask for any more.
pub(crate) async fn prune_answers(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", now.plus(-KEPT))).await
}

/// What a request of this key was answered; none before the first.
async fn stored_answer(
    platform: &Platform,
    db: &mut impl Read,
    account: Uuid,
    key: &str,
    fingerprint: &[u8],
) -> Result<Option<ApiError>, ApiError> {
    let found: Option<(Vec<u8>, i64, Vec<u8>, i64)> =
        db.find(query(FIND).bind("account", account).bind("key", key)).await?;
    let Some((first_use, status, sealed, created_at)) = found else { return Ok(None) };
    if constant_time::verify_slices_are_equal(&first_use, fingerprint).is_err() {
        return Ok(Some(ApiError::new(StatusCode::CONFLICT, ErrorCode::IdempotencyKeyReused)));
    }
    if sealed.is_empty() {
        return Ok(Some(ApiError::state()));
    }
    let subject = day_subject(Instant64::from_micros(created_at));
    let body = platform.vault.key(subject, Purpose::System).await?.open(place(account), &sealed)?;
    let status = u16::try_from(status).ok().and_then(|it| StatusCode::from_u16(it).ok());
    Ok(Some(ApiError::replayed(status.unwrap_or(StatusCode::OK), body)))
}

const fn place(account: Uuid) -> Place {
    Place { column: "idempotent_answer.body", row: account }
}

/// Answers of one day are sealed under one key, which is destroyed with the day.
fn day_subject(now: Instant64) -> Uuid {
    let day = now.micros().div_euclid(DAY);
    Uuid::from_u128(0x616e_7377_6572_0000_0000_0000_0000_0000 | u128::from(day.unsigned_abs()))
}
