//! SQL of faces. What is sealed belongs to a consent, whose subject is its key.

use std::collections::HashMap;

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::FaceChannel;

const PUT: &str = "insert into face_template (subject_id, person_id, template_sealed, model, channel, enrolled_by, \
    enrolled_at) values (:subject, :person, :sealed, :model, :channel, :by, :now)";
const OF_PERSON: &str =
    "select subject_id, model, channel, enrolled_by, enrolled_at from face_template where subject_id = :subject";
const FORGET: &str = "delete from face_template where {people}";
const FORGET_SUBJECTS: &str = "delete from face_template where {subjects}";
const MARKS: &str = "select subject_id, enrolled_at from face_template where {subjects}";
const SEALED: &str = "select subject_id, template_sealed from face_template where {subjects}";

db::row! {
    /// That a face is there.
    #[derive(Debug, Clone)]
    pub(crate) struct FaceRow {
        pub(crate) subject_id: Uuid,
        pub(crate) model: String,
        pub(crate) channel: String,
        pub(crate) enrolled_by: Option<String>,
        pub(crate) enrolled_at: i64,
    }
}

/// A template to be kept.
pub(crate) struct NewTemplate<'a> {
    pub(crate) subject: Uuid,
    pub(crate) person: Uuid,
    pub(crate) sealed: Vec<u8>,
    pub(crate) model: &'a str,
    pub(crate) channel: FaceChannel,
    pub(crate) by: Option<&'a str>,
}

pub(crate) async fn put(tx: &mut Tx, new: NewTemplate<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(PUT)
        .bind("subject", new.subject)
        .bind("person", new.person)
        .bind("sealed", new.sealed)
        .bind("model", new.model)
        .bind("channel", new.channel.code())
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

pub(crate) async fn find(db: &mut impl Read, subject: Uuid) -> Result<Option<FaceRow>, DbError> {
    db.find(query(OF_PERSON).bind("subject", subject)).await
}

/// Of these files; how many there were.
pub(crate) async fn forget(tx: &mut Tx, people: &[Uuid]) -> Result<u64, DbError> {
    tx.run(query(FORGET).condition("people", of("person_id", people))).await
}

/// Of these consents.
pub(crate) async fn forget_subjects(tx: &mut Tx, subjects: &[Uuid]) -> Result<u64, DbError> {
    tx.run(query(FORGET_SUBJECTS).condition("subjects", of("subject_id", subjects))).await
}

/// What tells the templates of these consents apart: another one after each enrolment.
pub(crate) async fn marks(db: &mut impl Read, subjects: &[Uuid]) -> Result<HashMap<Uuid, i64>, DbError> {
    let rows: Vec<(Uuid, i64)> = in_pages(db, MARKS, subjects).await?;
    Ok(rows.into_iter().collect())
}

pub(crate) async fn sealed(db: &mut impl Read, subjects: &[Uuid]) -> Result<HashMap<Uuid, Vec<u8>>, DbError> {
    let rows: Vec<(Uuid, Vec<u8>)> = in_pages(db, SEALED, subjects).await?;
    Ok(rows.into_iter().collect())
}

async fn in_pages<T: db::FromRow + Send>(
    db: &mut impl Read,
    text: &'static str,
    subjects: &[Uuid],
) -> Result<Vec<T>, DbError> {
    let mut all = Vec::with_capacity(subjects.len());
    for page in subjects.chunks(PAGE) {
        all.extend(db.all::<T>(query(text).condition("subjects", of("subject_id", page))).await?);
    }
    Ok(all)
}

/// Values of one question.
const PAGE: usize = 1_000;

fn of(column: &'static str, ids: &[Uuid]) -> Condition {
    Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))
}
