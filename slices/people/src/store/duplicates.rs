//! SQL of possible duplicates and of what a merge moves.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{DuplicateId, DuplicateState, PersonId};

/// By phone first: few share one, many share a name. SQLite keeps the order of a cross join. The limit is for a file in
/// which everybody has the same: it would make as many pairs as its square.
const ALIKE: &str = "select distinct wanted.column3 as id, coalesce(h.merged_into, h.id) as other \
    from (values {rows}) as wanted cross join person_index f cross join person_index n cross join person h \
    where f.field = 'phone' and f.digest = wanted.column1 and n.field = 'name' and n.digest = wanted.column2 \
    and n.person_id = f.person_id and h.id = f.person_id and coalesce(h.merged_into, h.id) <> wanted.column3 \
    limit 1000";
const INSERT: &str = "insert into duplicate_pair (id, first_id, second_id, birth_date_known, state, found_at) \
    values {rows} on conflict (first_id, second_id) do nothing";
const LIST: &str = "select d.id, d.first_id, d.second_id, d.birth_date_known, d.state, d.kept_id, d.moved, \
    d.health_sealed, d.found_at, d.decided_at, d.decided_by from duplicate_pair d \
    join person a on a.id = d.first_id join person b on b.id = d.second_id \
    where {filter} and {standing} and {scope} and {other} and {after} order by d.id desc limit :limit";
const COUNT: &str = "select count(*) from duplicate_pair d \
    join person a on a.id = d.first_id join person b on b.id = d.second_id \
    where {filter} and {standing} and {scope} and {other}";
const NEWEST_MERGE: &str = "select d.id, d.first_id, d.second_id, d.birth_date_known, d.state, d.kept_id, d.moved, \
    d.health_sealed, d.found_at, d.decided_at, d.decided_by from duplicate_pair d \
    where d.state = 'merged' and d.kept_id = :kept order by d.decided_at desc, d.id desc limit 1";
const DECIDE: &str = "update duplicate_pair set state = :state, kept_id = :kept, moved = :moved, \
    health_sealed = :health, decided_at = :now, decided_by = :by where id = :id";
const EMPLOYMENTS: &str = "select id, site_id from employment where person_id = :person";
const MOVE_EMPLOYMENTS: &str = "update employment set person_id = :to where {which}";
const MOVE_SCOPE: &str = "update person_scope set person_id = :to where {which}";
/// A home stays with the file whose key sealed its address; who reaches her by it reaches the file that stands.
const FOLLOW_FILES: &str = "update person_scope set person_id = (select coalesce(q.merged_into, q.id) from home h \
    join person q on q.id = h.person_id where h.id = person_scope.home_id) \
    where home_id in (select h.id from home h where {files})";
const FILES: &str = "select id, created_at from person where merged_into = :person";
const MOVE_FILES: &str = "update person set merged_into = :to where {which}";
const SEEN: &str = "update person set last_screened_at = \
    (select max(q.last_screened_at) from person q where q.id = :to or q.merged_into = :to) where id = :to";
const STILL: &str = "select id, site_id from employment where {which}";
const STANDS: &str = "select count(*) from person where id = :id and merged_into is null";
const SITES: &str = "select distinct m.site_id, m.enterprise_id, m.area_code from employment m \
    where m.until_at is null and {which}";

/// Who reaches the file that stands: a merged one is reached through the one it became part of.
const FIRST: Columns = Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id"))
    .through("exists (select 1 from person_scope ps where ps.person_id = coalesce(a.merged_into, a.id) and ", ")");
const SECOND: Columns = Columns::new(Some("ps.area_code"), Some("ps.enterprise_id"), Some("ps.site_id"))
    .through("exists (select 1 from person_scope ps where ps.person_id = coalesce(b.merged_into, b.id) and ", ")");

db::row! {
    pub(crate) struct PairRow {
        pub(crate) id: Uuid,
        pub(crate) first_id: Uuid,
        pub(crate) second_id: Uuid,
        pub(crate) birth_date_known: bool,
        pub(crate) state: String,
        pub(crate) kept_id: Option<Uuid>,
        pub(crate) moved: Option<String>,
        pub(crate) health_sealed: Option<Vec<u8>>,
        pub(crate) found_at: i64,
        pub(crate) decided_at: Option<i64>,
        pub(crate) decided_by: Option<String>,
    }
}

impl PairRow {
    /// The other of the two files.
    pub(crate) fn other(&self, one: Uuid) -> Uuid {
        if self.first_id == one { self.second_id } else { self.first_id }
    }

    /// The file that a decision is written down at: the one that was kept, or the first.
    pub(crate) fn standing(&self) -> PersonId {
        PersonId::from_uuid(self.kept_id.unwrap_or(self.first_id))
    }
}

db::row! {
    pub(crate) struct SiteRow {
        pub(crate) site_id: Uuid,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) area_code: String,
    }
}

pub(crate) struct NewPair {
    pub(crate) id: DuplicateId,
    pub(crate) first: Uuid,
    pub(crate) second: Uuid,
    pub(crate) birth_date_known: bool,
}

pub(crate) struct Decision<'a> {
    pub(crate) state: DuplicateState,
    pub(crate) by: &'a str,
    pub(crate) now: Instant64,
}

/// Others with the phone and the name of these, as pairs; `wanted` is phone digest, name digest, person.
pub(crate) async fn alike(tx: &mut Tx, wanted: Vec<(Vec<u8>, Vec<u8>, Uuid)>) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let row =
        |(phone, name, id): (Vec<u8>, Vec<u8>, Uuid)| vec![Value::from(phone), Value::from(name), Value::from(id)];
    tx.insert_returning(ALIKE, wanted.into_iter().map(row).collect()).await
}

pub(crate) async fn insert(tx: &mut Tx, pairs: Vec<NewPair>, now: Instant64) -> Result<(), DbError> {
    let row = |it: NewPair| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(it.first),
            Value::from(it.second),
            Value::from(it.birth_date_known),
            Value::from(DuplicateState::Open.code()),
            Value::from(now),
        ]
    };
    tx.insert(INSERT, pairs.into_iter().map(row).collect()).await.map(drop)
}

/// An open pair of which one file went into a third waits: the third has a pair of its own, or the merge is undone.
fn standing() -> Condition {
    Condition::literal("(d.state = 'merged' or (a.merged_into is null and b.merged_into is null))")
}

/// Pairs of which the asker reaches both files, the newest first.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<PairRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("d.id", it));
    let question = query(LIST).condition("filter", filter).condition("standing", standing());
    let question = question.condition("other", scope.condition(&SECOND)).condition("after", after);
    db.all(scope.on(question.bind("limit", limit), &FIRST)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    let question = query(COUNT).condition("filter", filter).condition("standing", standing());
    db.count(scope.on(question.condition("other", scope.condition(&SECOND)), &FIRST)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: DuplicateId) -> Result<Option<PairRow>, DbError> {
    Ok(list(db, scope, Condition::eq("d.id", id.uuid()), None, 1).await?.pop())
}

/// Writes a decision; `merged` is the file that was kept, what moved, and the sealed health.
pub(crate) async fn decide(
    tx: &mut Tx,
    pair: Uuid,
    decision: &Decision<'_>,
    merged: Option<(Uuid, String, Vec<u8>)>,
) -> Result<(), DbError> {
    let (kept, moved, health) = match merged {
        Some((kept, moved, health)) => (Some(kept), Some(moved), Some(health)),
        None => (None, None, None),
    };
    // Taken back, it waits again, decided by nobody.
    let is_open = decision.state == DuplicateState::Open;
    let row = query(DECIDE)
        .bind("id", pair)
        .bind("state", decision.state.code())
        .bind("kept", kept)
        .bind("moved", moved)
        .bind("health", health)
        .bind("now", (!is_open).then_some(decision.now))
        .bind("by", (!is_open).then_some(decision.by));
    tx.run(row).await.map(drop)
}

/// Gives the employments of one file to another; which they were.
pub(crate) async fn move_employments(tx: &mut Tx, from: Uuid, to: Uuid) -> Result<Vec<Uuid>, DbError> {
    let rows: Vec<(Uuid, Uuid)> = tx.all(query(EMPLOYMENTS).bind("person", from)).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|it| it.0).collect();
    give(tx, &ids, to).await?;
    Ok(ids)
}

async fn give(tx: &mut Tx, employments: &[Uuid], to: Uuid) -> Result<(), DbError> {
    tx.run(query(MOVE_EMPLOYMENTS).bind("to", to).condition("which", one_of("id", employments))).await?;
    tx.run(query(MOVE_SCOPE).bind("to", to).condition("which", one_of("employment_id", employments))).await.map(drop)
}

/// Makes a file, and those that had gone into it, part of another; which had.
pub(crate) async fn move_files(tx: &mut Tx, from: Uuid, to: Uuid) -> Result<Vec<Uuid>, DbError> {
    let rows: Vec<(Uuid, i64)> = tx.all(query(FILES).bind("person", from)).await?;
    let files: Vec<Uuid> = rows.into_iter().map(|it| it.0).collect();
    let all: Vec<Uuid> = files.iter().copied().chain([from]).collect();
    tx.run(query(MOVE_FILES).bind("to", to).condition("which", one_of("id", &all))).await?;
    tx.run(query(FOLLOW_FILES).condition("files", one_of("h.person_id", &all))).await?;
    tx.run(query(SEEN).bind("to", to)).await?;
    Ok(files)
}

/// The reverse of both.
pub(crate) async fn move_back(
    tx: &mut Tx,
    gone: Uuid,
    kept: Uuid,
    employments: &[Uuid],
    files: &[Uuid],
) -> Result<(), DbError> {
    // What was erased or moved on since is not brought back.
    let still = Condition::all([one_of("id", employments), Condition::eq("person_id", kept)]);
    let rows: Vec<(Uuid, Uuid)> = tx.all(query(STILL).condition("which", still)).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|it| it.0).collect();
    give(tx, &ids, gone).await?;
    tx.run(query(MOVE_FILES).bind("to", None::<Uuid>).condition("which", Condition::eq("id", gone))).await?;
    tx.run(query(MOVE_FILES).bind("to", gone).condition("which", one_of("id", files))).await?;
    let parted: Vec<Uuid> = files.iter().copied().chain([gone]).collect();
    tx.run(query(FOLLOW_FILES).condition("files", one_of("h.person_id", &parted))).await.map(drop)
}

/// Sites of those of these employments that are current.
pub(crate) async fn sites_of(tx: &mut Tx, employments: &[Uuid]) -> Result<Vec<SiteRow>, DbError> {
    tx.all(query(SITES).condition("which", one_of("m.id", employments))).await
}

/// The last merge into this file: it alone can be taken back, for what was known before it builds on those before.
pub(crate) async fn newest_merge_into(tx: &mut Tx, kept: Uuid) -> Result<Option<PairRow>, DbError> {
    tx.find(query(NEWEST_MERGE).bind("kept", kept)).await
}

/// Whether a file stands by itself.
pub(crate) async fn stands(tx: &mut Tx, id: PersonId) -> Result<bool, DbError> {
    Ok(tx.count(query(STANDS).bind("id", id.uuid())).await? == 1)
}

fn one_of(column: &'static str, ids: &[Uuid]) -> Condition {
    Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))
}

const WORK: &str = "select m.person_id, m.site_id, m.employee_no from employment m \
    where m.until_at is null and {people} and {scope} order by m.person_id, m.id limit 1000";

db::row! {
    /// Where somebody works.
    pub(crate) struct WorkRow {
        pub(crate) person_id: Uuid,
        pub(crate) site_id: Uuid,
        pub(crate) employee_no: String,
    }
}

/// Where these persons work now, as far as the asker reaches.
pub(crate) async fn work_of(db: &mut impl Read, scope: &Scope, people: &[Uuid]) -> Result<Vec<WorkRow>, DbError> {
    let question = query(WORK).condition("people", one_of("m.person_id", people));
    db.all(scope.on(question, &super::employments::EMPLOYMENT)).await
}

const DECLARED: &str = "update person set declared_at = (select max(q.declared_at) from person q \
    where q.id = :keep or q.id = :gone) where id = :keep";

/// Whoever declared today on either file has declared.
pub(crate) async fn declared_together(tx: &mut Tx, keep: Uuid, gone: Uuid) -> Result<(), DbError> {
    tx.run(query(DECLARED).bind("keep", keep).bind("gone", gone)).await.map(|_| ())
}
