//! SQL of messages.

use db::{DbError, Read, Tx, query};
use kernel::Instant64;

use super::MessageId;

const INSERT: &str = "insert into message (id, template, body_sealed, state, created_at, expires_at) \
    values (:id, :template, :body, 'queued', :now, :expires_at)";
const FIND: &str = "select body_sealed, state, created_at, expires_at from message where id = :id";
const SETTLE: &str = "update message set state = :state, failure = :failure, sent_at = :sent_at where id = :id";
const PRUNE: &str = "delete from message where created_at < :before";

db::row! {
    pub(crate) struct MessageRow {
        pub(crate) body_sealed: Vec<u8>,
        pub(crate) state: String,
        pub(crate) created_at: i64,
        pub(crate) expires_at: i64,
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: MessageId,
    template: &'static str,
    body: Vec<u8>,
    now: Instant64,
    expires_at: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("template", template)
        .bind("body", body)
        .bind("now", now)
        .bind("expires_at", expires_at);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find(db: &mut impl Read, id: MessageId) -> Result<Option<MessageRow>, DbError> {
    db.find(query(FIND).bind("id", id.uuid())).await
}

/// What became of it; a failure's cause names no phone and no code.
pub(crate) async fn settle(
    tx: &mut Tx,
    id: MessageId,
    outcome: Result<(), &str>,
    now: Instant64,
) -> Result<(), DbError> {
    let failure = outcome.err().map(|it| it.chars().take(200).collect::<String>());
    let row = query(SETTLE)
        .bind("id", id.uuid())
        .bind("state", if failure.is_none() { "sent" } else { "failed" })
        .bind("sent_at", failure.is_none().then_some(now))
        .bind("failure", failure);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn prune(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", before)).await
}
