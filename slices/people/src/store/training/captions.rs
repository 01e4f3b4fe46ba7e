//! SQL of captions.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::training::model::CaptionLang;

const LIST: &str = "select t.course_id, t.lang, t.file_name, t.created_by, t.created_at from course_caption t \
    where {filter} order by t.course_id, t.lang desc";
const BODY: &str = "select body from course_caption where course_id = :course and lang = :lang";
const SET: &str = "insert into course_caption (course_id, lang, file_name, body, created_by, created_at) \
    values (:course, :lang, :name, :body, :by, :now) on conflict (course_id, lang) do update set \
    file_name = excluded.file_name, body = excluded.body, created_by = excluded.created_by, created_at = excluded.created_at";
const DROP: &str = "delete from course_caption where course_id = :course and lang = :lang";
const DROP_ALL: &str = "delete from course_caption where course_id = :course";
const COPY: &str = "insert into course_caption (course_id, lang, file_name, body, created_by, created_at) \
    select :to, t.lang, t.file_name, t.body, t.created_by, t.created_at from course_caption t where t.course_id = :from";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct CaptionRow {
        pub(crate) course_id: Uuid,
        pub(crate) lang: String,
        pub(crate) file_name: String,
        pub(crate) created_by: String,
        pub(crate) created_at: i64,
    }
}

/// Captions to be stored.
pub(crate) struct NewCaption<'a> {
    pub(crate) course: Uuid,
    pub(crate) lang: CaptionLang,
    pub(crate) file_name: &'a str,
    pub(crate) body: &'a str,
    pub(crate) by: &'a str,
}

/// Of courses that were found inside the scope, without their text; Chinese first.
pub(crate) async fn of_courses(db: &mut impl Read, courses: &[Uuid]) -> Result<Vec<CaptionRow>, DbError> {
    db.all(query(LIST).condition("filter", Condition::one_of("t.course_id", courses.iter().copied().map(Value::from))))
        .await
}

/// The text, of a course that was found inside the scope.
pub(crate) async fn body(db: &mut impl Read, course: Uuid, lang: CaptionLang) -> Result<Option<String>, DbError> {
    db.find(query(BODY).bind("course", course).bind("lang", lang.code())).await
}

/// Stores, in the place of those that were there.
pub(crate) async fn set(tx: &mut Tx, new: NewCaption<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(SET)
        .bind("course", new.course)
        .bind("lang", new.lang.code())
        .bind("name", new.file_name)
        .bind("body", new.body)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Removes those of one language; false when there were none.
pub(crate) async fn drop(tx: &mut Tx, course: Uuid, lang: CaptionLang) -> Result<bool, DbError> {
    Ok(tx.run(query(DROP).bind("course", course).bind("lang", lang.code())).await? == 1)
}

/// Removes all: another film says something else at other times.
pub(crate) async fn drop_all(tx: &mut Tx, course: Uuid) -> Result<(), DbError> {
    tx.run(query(DROP_ALL).bind("course", course)).await.map(|_| ())
}

/// A copy has the same film, and so its captions.
pub(crate) async fn copy(tx: &mut Tx, from: Uuid, to: Uuid) -> Result<(), DbError> {
    tx.run(query(COPY).bind("from", from).bind("to", to)).await.map(|_| ())
}
