//! SQL of certificates.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::PERSON;
use crate::training::model::{CertificateChannel, CertificateId};

const LIST: &str = "select c.id, c.person_id, c.course_id, k.title, c.channel, c.right_count, c.question_count, \
    c.issued_at, c.expires_at, c.recorded_by, c.revoked_at, c.revoked_by from training_certificate c \
    join course k on k.id = c.course_id join person p on p.id = coalesce((select q.merged_into from person q \
    where q.id = c.person_id), c.person_id) where {scope} and {filter} order by c.issued_at desc, c.id desc limit :limit";
/// By what stands on it: who holds it shows it.
const BY_ID: &str = "select c.id, c.person_id, c.course_id, k.title, c.channel, c.right_count, c.question_count, \
    c.issued_at, c.expires_at, c.recorded_by, c.revoked_at, c.revoked_by from training_certificate c \
    join course k on k.id = c.course_id where c.id = :id";
const INSERT: &str = "insert into training_certificate (id, person_id, course_id, channel, right_count, question_count, \
    issued_at, expires_at, recorded_by) values (:id, :person, :course, :channel, :right, :questions, :issued, :expires, :by)";
const REVOKE: &str = "update training_certificate set revoked_at = :now, revoked_by = :by \
    where id = :id and revoked_at is null";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct CertificateRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) course_id: Uuid,
        pub(crate) title: String,
        pub(crate) channel: String,
        pub(crate) right_count: Option<i64>,
        pub(crate) question_count: Option<i64>,
        pub(crate) issued_at: i64,
        pub(crate) expires_at: i64,
        pub(crate) recorded_by: Option<String>,
        pub(crate) revoked_at: Option<i64>,
        pub(crate) revoked_by: Option<String>,
    }
}

impl CertificateRow {
    /// Whether it holds.
    pub(crate) fn holds(&self, now: Instant64) -> bool {
        self.revoked_at.is_none() && now.micros() < self.expires_at
    }
}

/// A certificate to be issued.
pub(crate) struct NewCertificate<'a> {
    pub(crate) id: CertificateId,
    pub(crate) person: Uuid,
    pub(crate) course: Uuid,
    pub(crate) channel: CertificateChannel,
    /// How many answers were right, of how many.
    pub(crate) score: Option<(i64, i64)>,
    pub(crate) issued_at: Instant64,
    pub(crate) expires_at: Instant64,
    pub(crate) by: Option<&'a str>,
}

pub(crate) async fn insert(tx: &mut Tx, new: NewCertificate<'_>) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("person", new.person)
        .bind("course", new.course)
        .bind("channel", new.channel.code())
        .bind("right", new.score.map(|it| it.0))
        .bind("questions", new.score.map(|it| it.1))
        .bind("issued", new.issued_at)
        .bind("expires", new.expires_at)
        .bind("by", new.by);
    tx.run(row).await.map(|_| ())
}

/// Newest first, inside the scope.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<CertificateRow>, DbError> {
    db.all(scope.on(query(LIST).condition("filter", filter).bind("limit", limit), &PERSON)).await
}

/// Of these files of one person.
pub(crate) fn of_files(files: &[Uuid]) -> Condition {
    Condition::one_of("c.person_id", files.iter().map(|it| Value::from(*it)))
}

pub(crate) async fn by_id(db: &mut impl Read, id: CertificateId) -> Result<Option<CertificateRow>, DbError> {
    db.find(query(BY_ID).bind("id", id.uuid())).await
}

pub(crate) async fn revoke(tx: &mut Tx, id: CertificateId, by: &str, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(REVOKE).bind("id", id.uuid()).bind("by", by).bind("now", now)).await? == 1)
}
