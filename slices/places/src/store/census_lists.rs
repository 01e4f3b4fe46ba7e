//! SQL of what a census found, as it is read: files, findings, sums by area, and enterprises that nobody found.

use access::Scope;
use db::{Condition, DbError, Read, query};
use http_api::Sort;
use kernel::{AreaCode, AreaKind};
use uuid::Uuid;

use super::census::COLUMNS;
use super::completeness::code_of;
use crate::census::model::FindingId;

pub(crate) const SORTS: &[Sort] = &[
    Sort { name: "created_at", columns: "f.id", order: "f.id", descending: false },
    Sort { name: "-created_at", columns: "f.id", order: "f.id desc", descending: true },
    Sort { name: "name", columns: "f.name_key, f.id", order: "f.name_key, f.id", descending: false },
];

const LIST: &str = "select f.id, f.import_id, f.line, f.area_code, a.name as area_name, f.name, f.name_key, f.credit_code, f.address, \
    f.industry, f.size_class, f.headcount, f.premises, f.found_on, f.contact, f.outcome, f.conflict, f.candidates, f.state, \
    f.enterprise_id, f.aside_reason, f.decision_note, f.taken, f.decided_by, f.decided_at, f.revision, f.created_at, f.kind, f.premises_id \
    from census_finding f join area a on a.code = f.area_code where {scope} and {filter} order by {order} limit :limit";
const COUNT: &str = "select count(*) from census_finding f where {scope} and {filter}";
const IMPORTS: &str = "select i.id, i.file_name, i.row_count, i.landed, i.known, i.refused, i.set_by, i.set_at, \
    (select count(*) from census_finding o where o.import_id = i.id and o.state = 'open') as open \
    from census_import i where exists (select 1 from census_finding f where f.import_id = i.id and {scope}) \
    order by i.id desc limit :limit";
const BY_AREA: &str = "select {code} as code, count(*) as found, count(case when f.state = 'same' then 1 end) as matched, \
    count(case when f.state = 'new' then 1 end) as registered, count(case when f.state = 'aside' then 1 end) as aside, \
    count(case when f.state = 'open' then 1 end) as open \
    from census_finding f where {scope} and f.area_code >= :from and f.area_code < :until group by {code}";
const MISSED_BY_AREA: &str = "select {code} as code, count(*) as missed from enterprise e \
    where {scope} and {missed} and e.area_code >= :from and e.area_code < :until group by {code}";
const MISSED: &str = "exists (select 1 from census_area c where c.area_code in (e.area_code, substr(e.area_code, 1, 12), \
    substr(e.area_code, 1, 9), substr(e.area_code, 1, 6))) \
    and not exists (select 1 from census_finding f where f.enterprise_id = e.id) \
    and not exists (select 1 from census_finding f where f.claims_id = e.id and f.state = 'open')";
const PREMISES_MISSED_BY_AREA: &str = "select {code} as code, count(*) as missed from premises m \
    where {scope} and {missed} and m.area_code >= :from and m.area_code < :until group by {code}";
const PREMISES_MISSED: &str = "exists (select 1 from census_finding c where c.kind <> 'enterprise' \
    and c.area_code in (m.area_code, substr(m.area_code, 1, 12), substr(m.area_code, 1, 9), substr(m.area_code, 1, 6))) \
    and not exists (select 1 from census_finding f where f.premises_id = m.id) \
    and not exists (select 1 from census_finding f where f.claims_id = m.id and f.state = 'open')";

db::row! {
    /// A finding.
    pub(crate) struct FindingRow {
        pub(crate) id: Uuid,
        pub(crate) import_id: Uuid,
        pub(crate) line: i64,
        pub(crate) area_code: String,
        pub(crate) area_name: String,
        pub(crate) name: String,
        pub(crate) name_key: String,
        pub(crate) credit_code: String,
        pub(crate) address: String,
        pub(crate) industry: String,
        pub(crate) size_class: Option<String>,
        pub(crate) headcount: Option<i64>,
        pub(crate) premises: String,
        pub(crate) found_on: String,
        pub(crate) contact: Option<Vec<u8>>,
        pub(crate) outcome: String,
        pub(crate) conflict: Option<String>,
        pub(crate) candidates: String,
        pub(crate) state: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) aside_reason: Option<String>,
        pub(crate) decision_note: Option<Vec<u8>>,
        pub(crate) taken: Option<String>,
        pub(crate) decided_by: Option<String>,
        pub(crate) decided_at: Option<i64>,
        pub(crate) revision: i64,
        pub(crate) created_at: i64,
        pub(crate) kind: String,
        pub(crate) premises_id: Option<Uuid>,
    }
}

db::row! {
    /// A file that was taken in.
    pub(crate) struct ImportRow {
        pub(crate) id: Uuid,
        pub(crate) file_name: String,
        pub(crate) row_count: i64,
        pub(crate) landed: i64,
        pub(crate) known: i64,
        pub(crate) refused: i64,
        pub(crate) set_by: String,
        pub(crate) set_at: i64,
        pub(crate) open: i64,
    }
}

db::row! {
    /// What became of the findings of an area.
    pub(crate) struct AreaSums {
        pub(crate) code: String,
        pub(crate) found: i64,
        pub(crate) matched: i64,
        pub(crate) registered: i64,
        pub(crate) aside: i64,
        pub(crate) open: i64,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<FindingRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &COLUMNS)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &COLUMNS)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: FindingId) -> Result<Option<FindingRow>, DbError> {
    Ok(list(db, scope, Condition::eq("f.id", id.uuid()), "f.id", 1).await?.pop())
}

/// The latest files with rows inside the scope.
pub(crate) async fn imports(db: &mut impl Read, scope: &Scope, limit: i64) -> Result<Vec<ImportRow>, DbError> {
    db.all(scope.on(query(IMPORTS).bind("limit", limit), &COLUMNS)).await
}

/// The beginnings of the codes of a table that name an area of this kind.
macro_rules! code_in {
    ($table:literal, $kind:expr) => {
        match $kind {
            AreaKind::Province => concat!("substr(", $table, ".area_code, 1, 2)"),
            AreaKind::City => concat!("substr(", $table, ".area_code, 1, 4)"),
            AreaKind::District => concat!("substr(", $table, ".area_code, 1, 6)"),
            AreaKind::Street => concat!("substr(", $table, ".area_code, 1, 9)"),
            AreaKind::Community => concat!("substr(", $table, ".area_code, 1, 12)"),
            AreaKind::Grid => concat!($table, ".area_code"),
        }
    };
}

/// What became of the findings of the areas of one kind in an area.
pub(crate) async fn by_area(
    db: &mut impl Read,
    scope: &Scope,
    within: &AreaCode,
    kind: AreaKind,
) -> Result<Vec<AreaSums>, DbError> {
    let (from, until) = within.subtree();
    let question = query(BY_AREA).part("code", code_in!("f", kind)).bind("from", from).bind("until", until);
    db.all(scope.on(question, &COLUMNS)).await
}

/// Enterprises of areas that were gone through, at whose door nobody found them.
pub(crate) fn missed() -> Condition {
    Condition::literal(MISSED)
}

/// How many of them lie in the same areas.
pub(crate) async fn missed_by_area(
    db: &mut impl Read,
    scope: &Scope,
    within: &AreaCode,
    kind: AreaKind,
) -> Result<Vec<(String, i64)>, DbError> {
    let (from, until) = within.subtree();
    let question = query(MISSED_BY_AREA).part("code", code_of(kind)).condition("missed", missed());
    db.all(scope.on(question.bind("from", from).bind("until", until), &super::enterprises::COLUMNS)).await
}

/// Premises of areas in which somebody looked for premises, that nobody found.
pub(crate) fn premises_missed() -> Condition {
    Condition::literal(PREMISES_MISSED)
}

/// How many of them lie in the same areas.
pub(crate) async fn premises_missed_by_area(
    db: &mut impl Read,
    scope: &Scope,
    within: &AreaCode,
    kind: AreaKind,
) -> Result<Vec<(String, i64)>, DbError> {
    let (from, until) = within.subtree();
    let question = query(PREMISES_MISSED_BY_AREA).part("code", code_in!("m", kind));
    let question = question.condition("missed", premises_missed()).bind("from", from).bind("until", until);
    db.all(scope.on(question, &super::premises::COLUMNS)).await
}
