//! SQL of corrections that workers ask for.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{CorrectionField, CorrectionId, CorrectionState};

/// Reached like the person, by whoever had registered her work when she asked (ids are in the order of time): what was
/// settled before is an earlier employer's.
const CORRECTION: Columns =
    Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id")).own("ps.person_id").through(
        "exists (select 1 from person_scope ps join employment e on e.id = ps.employment_id \
            where ps.person_id = p.id and e.created_at <= c.created_at and ",
        ")",
    );

const INSERT: &str = "insert into correction (id, person_id, field, state, wanted_sealed, created_at) \
    values (:id, :person, :field, 'open', :wanted, :now)";
const LIST: &str = "select c.id, c.person_id, c.field, c.state, c.wanted_sealed, c.answer_sealed, c.created_at, \
    c.decided_at, c.decided_by from correction c join person p \
    on p.id = coalesce((select q.merged_into from person q where q.id = c.person_id), c.person_id) \
    where {scope} and {filter} order by c.id desc limit :limit";
const COUNT: &str = "select count(*) from correction c join person p \
    on p.id = coalesce((select q.merged_into from person q where q.id = c.person_id), c.person_id) where {scope} and {filter}";
const FIND: &str = "select c.id, c.person_id, c.field, c.state, c.wanted_sealed, c.answer_sealed, c.created_at, \
    c.decided_at, c.decided_by from correction c join person p \
    on p.id = coalesce((select q.merged_into from person q where q.id = c.person_id), c.person_id) where c.id = :id and {scope}";
const DECIDE: &str = "update correction set state = :state, answer_sealed = :answer, decided_at = :now, \
    decided_by = :by where id = :id and state = 'open'";
const OPEN_OF: &str = "select count(*) from correction where person_id = :person and state = 'open'";

db::row! {
    pub(crate) struct CorrectionRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) field: String,
        pub(crate) state: String,
        pub(crate) wanted_sealed: Vec<u8>,
        pub(crate) answer_sealed: Option<Vec<u8>>,
        pub(crate) created_at: i64,
        pub(crate) decided_at: Option<i64>,
        pub(crate) decided_by: Option<String>,
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    id: CorrectionId,
    person: Uuid,
    field: CorrectionField,
    wanted: Vec<u8>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("person", person)
        .bind("field", field.code())
        .bind("wanted", wanted)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Newest first.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<CorrectionRow>, DbError> {
    let list = query(LIST).condition("filter", filter).bind("limit", limit);
    db.all(scope.on(list, &CORRECTION)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &CORRECTION)).await
}

pub(crate) async fn find(
    db: &mut impl Read,
    scope: &Scope,
    id: CorrectionId,
) -> Result<Option<CorrectionRow>, DbError> {
    db.find(scope.on(query(FIND).bind("id", id.uuid()), &CORRECTION)).await
}

/// False when it was decided or taken back meanwhile.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: CorrectionId,
    state: CorrectionState,
    answer: Option<Vec<u8>>,
    by: &str,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(DECIDE)
        .bind("id", id.uuid())
        .bind("state", state.code())
        .bind("answer", answer)
        .bind("by", by)
        .bind("now", now);
    Ok(tx.run(row).await? == 1)
}

pub(crate) async fn count_open(db: &mut impl Read, person: Uuid) -> Result<i64, DbError> {
    db.count(query(OPEN_OF).bind("person", person)).await
}
