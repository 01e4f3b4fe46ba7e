//! SQL of what a census found: rows that land, what they are, and what becomes of them.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::census::model::{AsideReason, CensusImportId, CensusKind, FindingId, Found, Judgement};

/// A finding is reached by its area; and by the enterprise or premises that it is, or seems to be, for whoever answers for those.
pub(crate) const COLUMNS: Columns =
    Columns::new(Some("f.area_code"), Some("coalesce(f.enterprise_id, f.claims_id)"), None)
        .inside("coalesce(f.premises_id, f.claims_id)");

const KNOWN_DIGESTS: &str = "select row_digest from census_finding where {filter}";
const COVER: &str = "insert into census_area (area_code) values {rows} on conflict do nothing";
const INSERT_IMPORT: &str = "insert into census_import (id, file_name, row_count, landed, known, refused, set_by, set_at) \
    values (:id, :file_name, :row_count, :landed, :known, :refused, :by, :now)";
const INSERT: &str = "insert into census_finding (id, import_id, line, row_digest, area_code, name, name_key, credit_code, address, \
    industry, size_class, headcount, premises, found_on, contact, outcome, conflict, candidates, claims_id, state, revision, created_at, \
    kind) \
    values {rows} on conflict (row_digest) do nothing";
const ALL_COMPARED: &str = "select f.id, f.import_id, f.kind, f.area_code, f.credit_code, f.name, f.address, f.state, f.outcome, f.conflict, f.candidates \
    from census_finding f where f.state <> 'aside' and {after} order by f.id limit :limit";
const SET_JUDGEMENT: &str = "update census_finding set outcome = :outcome, conflict = :conflict, candidates = :candidates, \
    claims_id = :claims where id = :id and state = 'open'";
const DECIDE: &str = "update census_finding as f set state = :state, enterprise_id = :enterprise, premises_id = :premises, aside_reason = :reason, \
    decision_note = :note, taken = :taken, decided_by = :by, decided_at = :now, revision = revision + 1 \
    where f.id = :id and f.revision = :revision and f.state = 'open' and {scope}";
const REOPEN: &str = "update census_finding as f set state = 'open', enterprise_id = null, premises_id = null, aside_reason = null, decision_note = null, \
    taken = null, decided_by = null, decided_at = null, revision = revision + 1 \
    where f.id = :id and f.revision = :revision and f.state <> 'open' and {scope}";
const SURE: &str = "select count(*) from census_finding f where f.state = 'open' and f.outcome = 'matched' and {scope} and {filter} \
    and (f.claims_id in (select e.id from enterprise e where {reach}) or f.claims_id in (select m.id from premises m where {inside}))";
const ACCEPT: &str = "update census_finding as f set state = 'same', \
    enterprise_id = case when f.kind = 'enterprise' then f.claims_id end, \
    premises_id = case when f.kind <> 'enterprise' then f.claims_id end, decided_by = :by, decided_at = :now, \
    revision = revision + 1 where f.state = 'open' and f.outcome = 'matched' and {scope} and {filter} \
    and (f.claims_id in (select e.id from enterprise e where {reach}) or f.claims_id in (select m.id from premises m where {inside}))";

/// Open and decided findings read at once when all are compared again.
const PIECE: i64 = 10_000;

db::row! {
    /// What of a finding is compared, and what that gave.
    pub(crate) struct ComparedRow {
        pub(crate) id: Uuid,
        pub(crate) import_id: Uuid,
        pub(crate) kind: String,
        pub(crate) area_code: String,
        pub(crate) credit_code: String,
        pub(crate) name: String,
        pub(crate) address: String,
        pub(crate) state: String,
        outcome: String,
        conflict: Option<String>,
        candidates: String,
    }
}

impl ComparedRow {
    /// Whether it was judged otherwise before.
    pub(crate) fn says_otherwise(&self, judgement: &Judgement) -> bool {
        let conflict = judgement.conflict.map(|it| it.code());
        (self.outcome.as_str(), self.conflict.as_deref()) != (judgement.outcome.code(), conflict)
            || self.candidates != candidates(judgement)
    }
}

/// A file that was taken in.
#[derive(Debug)]
pub(crate) struct NewImport<'a> {
    pub(crate) id: CensusImportId,
    pub(crate) file_name: &'a str,
    pub(crate) row_count: usize,
    pub(crate) landed: usize,
    pub(crate) known: usize,
    pub(crate) refused: usize,
    pub(crate) by: &'a str,
}

/// A finding to be kept.
pub(crate) struct NewFinding {
    pub(crate) id: FindingId,
    pub(crate) found: Found,
    pub(crate) judgement: Judgement,
    pub(crate) digest: Vec<u8>,
    pub(crate) contact: Option<Vec<u8>>,
}

/// What becomes of a finding.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) premises: Option<Uuid>,
    pub(crate) reason: Option<AsideReason>,
    pub(crate) note: Option<Vec<u8>>,
    /// What stood in the register before, and what was written.
    pub(crate) taken: Option<String>,
}

/// Which of these rows some file has brought already. A digest says nothing, and whoever asks has the row.
pub(crate) async fn known_digests(db: &mut impl Read, digests: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, DbError> {
    let which = Condition::one_of("row_digest", digests.iter().map(|it| Value::from(it.clone())));
    db.all(query(KNOWN_DIGESTS).condition("filter", which)).await
}

/// Somebody went from door to door in these areas.
pub(crate) async fn cover(tx: &mut Tx, areas: impl IntoIterator<Item = &str>) -> Result<(), DbError> {
    tx.insert(COVER, areas.into_iter().map(|it| vec![Value::from(it)]).collect()).await.map(|_| ())
}

pub(crate) async fn insert_import(tx: &mut Tx, new: &NewImport<'_>, now: Instant64) -> Result<(), DbError> {
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let row = query(INSERT_IMPORT)
        .bind("id", new.id.uuid())
        .bind("file_name", new.file_name)
        .bind("row_count", count(new.row_count))
        .bind("landed", count(new.landed))
        .bind("known", count(new.known))
        .bind("refused", count(new.refused))
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

fn candidates(judgement: &Judgement) -> String {
    serde_json::to_string(&judgement.candidates).unwrap_or_else(|_| "[]".to_owned())
}

pub(crate) async fn insert(
    tx: &mut Tx,
    import: CensusImportId,
    rows: Vec<NewFinding>,
    now: Instant64,
) -> Result<(), DbError> {
    let row = |it: NewFinding| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(import.uuid()),
            Value::from(it.found.line),
            Value::from(it.digest),
            Value::from(it.found.area_code),
            Value::from(it.found.name.as_str()),
            Value::from(it.found.name.key()),
            Value::from(it.found.credit_code),
            Value::from(it.found.address),
            Value::from(it.found.industry),
            Value::from(it.found.size_class.map(|it| it.code())),
            Value::from(it.found.headcount),
            Value::from(it.found.premises),
            Value::from(it.found.found_on),
            Value::from(it.contact),
            Value::from(it.judgement.outcome.code()),
            Value::from(it.judgement.conflict.map(|it| it.code())),
            Value::from(candidates(&it.judgement)),
            Value::from(it.judgement.claims),
            Value::from("open"),
            Value::from(1_i64),
            Value::from(now),
            Value::from(it.found.kind.unwrap_or(CensusKind::Enterprise).code()),
        ]
    };
    tx.insert(INSERT, rows.into_iter().map(row).collect()).await.map(|_| ())
}

/// Everything that was found and not set aside, for comparing it anew.
pub(crate) async fn all_compared(db: &mut impl Read) -> Result<Vec<ComparedRow>, DbError> {
    let mut rows: Vec<ComparedRow> = Vec::new();
    loop {
        let after =
            rows.last().map_or_else(Condition::always, |it| Condition::after("f.id", vec![it.id.into()], false));
        let page = db.all(query(ALL_COMPARED).condition("after", after).bind("limit", PIECE)).await?;
        let is_last = i64::try_from(page.len()).unwrap_or(i64::MAX) < PIECE;
        rows.extend(page);
        if is_last {
            return Ok(rows);
        }
    }
}

pub(crate) async fn set_judgement(tx: &mut Tx, id: Uuid, to: &Judgement) -> Result<(), DbError> {
    let row = query(SET_JUDGEMENT)
        .bind("id", id)
        .bind("outcome", to.outcome.code())
        .bind("conflict", to.conflict.map(|it| it.code()))
        .bind("candidates", candidates(to))
        .bind("claims", to.claims);
    tx.run(row).await.map(|_| ())
}

/// Decides a finding that is open and has not been changed since; whether it was.
pub(crate) async fn decide(
    tx: &mut Tx,
    scope: &Scope,
    (id, revision): (FindingId, i64),
    state: &'static str,
    to: Decided,
    now: Instant64,
) -> Result<bool, DbError> {
    let row = query(DECIDE)
        .bind("id", id.uuid())
        .bind("revision", revision)
        .bind("state", state)
        .bind("enterprise", to.enterprise)
        .bind("premises", to.premises)
        .bind("reason", to.reason.map(|it| it.code()))
        .bind("note", to.note)
        .bind("taken", to.taken)
        .bind("by", scope.actor().name.as_str())
        .bind("now", now);
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// Takes a decision back; whether it stood as it was seen.
pub(crate) async fn reopen(tx: &mut Tx, scope: &Scope, (id, revision): (FindingId, i64)) -> Result<bool, DbError> {
    let row = query(REOPEN).bind("id", id.uuid()).bind("revision", revision);
    Ok(tx.run(scope.on(row, &COLUMNS)).await? == 1)
}

/// How many sure matches wait, whose enterprises or premises lie in reach.
pub(crate) async fn sure(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    let reach = scope.condition(&super::enterprises::COLUMNS);
    let inside = scope.condition(&super::premises::COLUMNS);
    let question = query(SURE).condition("filter", filter).condition("reach", reach).condition("inside", inside);
    db.count(scope.on(question, &COLUMNS)).await
}

/// Accepts them; how many they were.
pub(crate) async fn accept(tx: &mut Tx, scope: &Scope, filter: Condition, now: Instant64) -> Result<u64, DbError> {
    let reach = scope.condition(&super::enterprises::COLUMNS);
    let inside = scope.condition(&super::premises::COLUMNS);
    let row = query(ACCEPT)
        .condition("filter", filter)
        .condition("reach", reach)
        .condition("inside", inside)
        .bind("by", scope.actor().name.as_str())
        .bind("now", now);
    tx.run(scope.on(row, &COLUMNS)).await
}
