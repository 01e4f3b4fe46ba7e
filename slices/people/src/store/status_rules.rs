//! SQL of status rules, and of computing statuses by the thousand.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

const CURRENT: &str = "select version, rules, note, set_by, valid_from from status_rules order by version desc limit 1";
const LIST: &str = "select version, rules, note, set_by, valid_from from status_rules where {after} \
    order by version desc limit :limit";
const INSERT: &str = "insert into status_rules (version, rules, note, set_by, valid_from) \
    values (:version, :rules, :note, :by, :now)";
const OUTDATED: &str = "select id, health_sealed, status, status_reasons_sealed, status_valid_until, status_computed_at, \
    status_rule_version from person where status_rule_version < :version and merged_into is null and {after} \
    order by status_rule_version, id limit :limit";
const COUNT_OUTDATED: &str = "select count(*) from person where status_rule_version < :version and merged_into is null";
const PAGE: &str = "select id, health_sealed, status, status_reasons_sealed, status_valid_until, status_computed_at, \
    status_rule_version from person p where {scope} and merged_into is null and p.id > :after order by p.id limit :limit";
const WRITE: &str = "update person set status = it.column3, status_reasons_sealed = it.column4, \
    status_valid_until = nullif(it.column5, 0), status_rule_version = it.column6, status_computed_at = it.column7 \
    from (values {rows}) as it where person.id = it.column1 and person.status_computed_at = it.column2 \
    and person.status_rule_version < it.column6 returning person.id";
const STILL_RIGHT: &str = "update person set status_rule_version = it.column3 from (values {rows}) as it \
    where person.id = it.column1 and person.status_computed_at = it.column2 \
    and person.status_rule_version < it.column3";
const BOUNDS: &str = "select min(area_code), max(area_code) from person_scope where employment_id is not null";
const SITES: &str = "select distinct m.site_id, m.enterprise_id, m.area_code from employment m \
    where {people} and m.until_at is null";

db::row! {
    pub(crate) struct RulesRow {
        pub(crate) version: i64,
        pub(crate) rules: String,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) valid_from: i64,
    }
}

db::row! {
    pub(crate) struct HealthRow {
        pub(crate) id: Uuid,
        pub(crate) health_sealed: Vec<u8>,
        pub(crate) status: String,
        pub(crate) status_reasons_sealed: Vec<u8>,
        pub(crate) status_valid_until: Option<i64>,
        pub(crate) status_computed_at: i64,
        pub(crate) status_rule_version: i64,
    }
}

pub(crate) async fn current(db: &mut impl Read) -> Result<Option<RulesRow>, DbError> {
    db.find(query(CURRENT)).await
}

/// Newest first; `after` is the version of the last one seen.
pub(crate) async fn list(db: &mut impl Read, after: Option<i64>, limit: i64) -> Result<Vec<RulesRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("version", it));
    db.all(query(LIST).condition("after", after).bind("limit", limit)).await
}

/// # Errors
/// [`DbError::Unique`] when somebody else made this version in the same moment.
pub(crate) async fn insert(
    tx: &mut Tx,
    version: i64,
    rules: String,
    note: &str,
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    let row =
        query(INSERT).bind("version", version).bind("rules", rules).bind("note", note).bind("by", by).bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// Persons whose status was computed by an older version; `after` is the (version, id) of the last one seen.
pub(crate) async fn outdated(
    db: &mut impl Read,
    version: i64,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<HealthRow>, DbError> {
    let after = after.map_or_else(Condition::always, |(version, id)| {
        Condition::after("status_rule_version, id", vec![Value::from(version), Value::from(id)], false)
    });
    db.all(query(OUTDATED).condition("after", after).bind("version", version).bind("limit", limit)).await
}

/// How many they are.
pub(crate) async fn count_outdated(db: &mut impl Read, version: i64) -> Result<i64, DbError> {
    db.count(query(COUNT_OUTDATED).bind("version", version)).await
}

/// Persons inside the scope, by id.
pub(crate) async fn page(
    db: &mut impl Read,
    scope: &access::Scope,
    after: Uuid,
    limit: i64,
) -> Result<Vec<HealthRow>, DbError> {
    db.all(scope.on(query(PAGE).bind("after", after).bind("limit", limit), &crate::PERSON)).await
}

/// A status computed anew.
pub(crate) struct NewStatus {
    pub(crate) id: Uuid,
    /// When it was computed before: whoever was computed since is left alone.
    pub(crate) seen_at: i64,
    pub(crate) status: &'static str,
    pub(crate) reasons: Vec<u8>,
    pub(crate) valid_until: Option<Instant64>,
}

/// Writes statuses that changed; of whom: not of who was computed or erased by somebody else meanwhile.
pub(crate) async fn write(
    tx: &mut Tx,
    rows: Vec<NewStatus>,
    version: i64,
    now: Instant64,
) -> Result<Vec<Uuid>, DbError> {
    let row = |it: NewStatus| {
        vec![
            Value::from(it.id),
            it.seen_at.into(),
            it.status.into(),
            it.reasons.into(),
            it.valid_until.map_or(0, Instant64::micros).into(),
            version.into(),
            now.into(),
        ]
    };
    tx.insert_returning(WRITE, rows.into_iter().map(row).collect()).await
}

/// The newer version says the same of these.
pub(crate) async fn still_right(tx: &mut Tx, rows: Vec<(Uuid, i64)>, version: i64) -> Result<u64, DbError> {
    let row = |(id, seen_at): (Uuid, i64)| vec![Value::from(id), seen_at.into(), version.into()];
    tx.insert(STILL_RIGHT, rows.into_iter().map(row).collect()).await
}

/// Where these persons work now: site, enterprise, area.
pub(crate) async fn sites(db: &mut impl Read, people: &[Uuid]) -> Result<Vec<(Uuid, Option<Uuid>, String)>, DbError> {
    let which = Condition::one_of("m.person_id", people.iter().map(|it| Value::from(*it)));
    db.all(query(SITES).condition("people", which)).await
}

/// The first and the last area in which anybody works or worked. Where somebody lives takes nobody's right away: whoever
/// has a home has an employment.
pub(crate) async fn area_bounds(db: &mut impl Read) -> Result<Option<(String, String)>, DbError> {
    let (first, last): (Option<String>, Option<String>) = db.find(query(BOUNDS)).await?.unwrap_or_default();
    Ok(first.zip(last))
}
