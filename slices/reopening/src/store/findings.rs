//! SQL of checklists, of photographs and of what visits found wanting.

use access::Scope;
use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::inspections::model::DefectId;

const CHECKLISTS: &str = "select version, definition, note, set_by, valid_from from checklist where {filter} \
    order by version desc limit :limit";
const NEW_CHECKLIST: &str = "insert into checklist (version, definition, note, set_by, valid_from) \
    values (:version, :definition, :note, :by, :now)";
const PHOTOS: &str = "select p.id, p.item, p.facts_sealed, p.byte_count, p.sha256, p.received_at from inspection_photo p \
    where p.inspection_id = :inspection order by p.received_at, p.id limit 500";
const PHOTO: &str = "select p.bytes_sealed from inspection_photo p where p.inspection_id = :inspection and p.id = :id";
const NEW_PHOTO: &str = "insert into inspection_photo (id, inspection_id, item, facts_sealed, byte_count, sha256, \
    bytes_sealed, received_at) values (:id, :inspection, :item, :facts, :bytes, :sha, :sealed, :now) \
    on conflict (id) do nothing";
const DEFECTS: &str = "select f.id, f.inspection_id, f.item, f.critical, f.note_sealed, f.due_on, f.found_at, f.fixed_at, \
    f.fixed_by from inspection_defect f where f.application_id = :application order by f.found_at, f.id limit 500";
const NEW_DEFECT: &str = "insert into inspection_defect (id, application_id, inspection_id, item, critical, note_sealed, \
    due_on, found_at) values (:id, :application, :inspection, :item, :critical, :note, :due_on, :now)";
const AGAIN: &str = "update inspection_defect set due_on = :due_on where application_id = :application \
    and item = :item and fixed_at is null";
const FIX: &str = "update inspection_defect set fixed_at = :now, fixed_by = :inspection \
    where application_id = :application and item = :item and fixed_at is null";

db::row! {
    pub(crate) struct ChecklistRow {
        pub(crate) version: i64,
        pub(crate) definition: String,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) valid_from: i64,
    }
}

db::row! {
    pub(crate) struct PhotoRow {
        pub(crate) id: Uuid,
        pub(crate) item: String,
        pub(crate) facts_sealed: Vec<u8>,
        pub(crate) byte_count: i64,
        pub(crate) sha256: Vec<u8>,
        pub(crate) received_at: i64,
    }
}

db::row! {
    pub(crate) struct DefectRow {
        pub(crate) id: Uuid,
        pub(crate) inspection_id: Uuid,
        pub(crate) item: String,
        pub(crate) critical: bool,
        pub(crate) note_sealed: Vec<u8>,
        pub(crate) due_on: String,
        pub(crate) found_at: i64,
        pub(crate) fixed_at: Option<i64>,
        pub(crate) fixed_by: Option<Uuid>,
    }
}

pub(crate) async fn current_checklist(db: &mut impl Read) -> Result<Option<ChecklistRow>, DbError> {
    db.find(query(CHECKLISTS).condition("filter", Condition::always()).bind("limit", 1_i64)).await
}

pub(crate) async fn checklist(db: &mut impl Read, version: i64) -> Result<Option<ChecklistRow>, DbError> {
    db.find(query(CHECKLISTS).condition("filter", Condition::eq("version", version)).bind("limit", 1_i64)).await
}

/// # Errors
/// [`DbError::Unique`] when somebody else made this version in the same moment.
pub(crate) async fn publish(
    tx: &mut Tx,
    version: i64,
    definition: String,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(NEW_CHECKLIST).bind("version", version).bind("definition", definition).bind("note", note);
    tx.run(row.bind("by", by).bind("now", now)).await.map(|_| ())
}

/// Photographs of a visit that was reached inside a scope, as they came.
pub(crate) async fn photos(db: &mut impl Read, _: &Scope, inspection: Uuid) -> Result<Vec<PhotoRow>, DbError> {
    db.all(query(PHOTOS).bind("inspection", inspection)).await
}

/// The picture, sealed.
pub(crate) async fn picture(
    db: &mut impl Read,
    _: &Scope,
    inspection: Uuid,
    id: Uuid,
) -> Result<Option<Vec<u8>>, DbError> {
    db.find(query(PHOTO).bind("inspection", inspection).bind("id", id)).await
}

/// A photograph to be stored.
pub(crate) struct NewPhoto<'a> {
    pub(crate) id: Uuid,
    pub(crate) inspection: Uuid,
    pub(crate) item: &'a str,
    pub(crate) facts: Vec<u8>,
    pub(crate) byte_count: i64,
    pub(crate) sha256: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

/// Stores a photograph; one that is there already is left as it is.
pub(crate) async fn add_photo(tx: &mut Tx, new: NewPhoto<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(NEW_PHOTO)
        .bind("id", new.id)
        .bind("inspection", new.inspection)
        .bind("item", new.item)
        .bind("facts", new.facts)
        .bind("bytes", new.byte_count)
        .bind("sha", new.sha256)
        .bind("sealed", new.bytes)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// What was found wanting at an application that was reached inside a scope, oldest first.
pub(crate) async fn defects(db: &mut impl Read, _: &Scope, application: Uuid) -> Result<Vec<DefectRow>, DbError> {
    db.all(query(DEFECTS).bind("application", application)).await
}

/// Something wanting.
pub(crate) struct NewDefect<'a> {
    pub(crate) id: DefectId,
    pub(crate) application: Uuid,
    pub(crate) inspection: Uuid,
    pub(crate) item: &'a str,
    pub(crate) critical: bool,
    pub(crate) note: Vec<u8>,
    pub(crate) due_on: &'a str,
}

/// Writes down a defect. One that is open already keeps its beginning and gets its new day.
pub(crate) async fn add_defect(tx: &mut Tx, new: NewDefect<'_>, now: Instant64) -> Result<(), DbError> {
    let again = query(AGAIN).bind("application", new.application).bind("item", new.item).bind("due_on", new.due_on);
    if tx.run(again).await? == 1 {
        return Ok(());
    }
    let row = query(NEW_DEFECT)
        .bind("id", new.id.uuid())
        .bind("application", new.application)
        .bind("inspection", new.inspection)
        .bind("item", new.item)
        .bind("critical", new.critical)
        .bind("note", new.note)
        .bind("due_on", new.due_on)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// It was put right.
pub(crate) async fn fix(
    tx: &mut Tx,
    application: Uuid,
    item: &str,
    inspection: Uuid,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(FIX).bind("application", application).bind("item", item).bind("inspection", inspection);
    tx.run(row.bind("now", now)).await.map(|_| ())
}
