//! SQL of rulebooks, and of which department a reviewer belongs to.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

const LIST: &str = "select version, definition, note, set_by, set_at, valid_from, withdrawn_at, withdrawn_by, followed_at \
    from rulebook where {filter} order by version desc limit :limit";
const IN_FORCE: &str = "select version, definition, note, set_by, set_at, valid_from, withdrawn_at, withdrawn_by, \
    followed_at from rulebook where valid_from <= :now and withdrawn_at is null and version < :below \
    order by version desc limit 1";
const TO_FOLLOW: &str = "select version, definition, note, set_by, set_at, valid_from, withdrawn_at, withdrawn_by, \
    followed_at from rulebook where valid_from <= :now and withdrawn_at is null and version > :after \
    and (followed_at is null or followed_at < valid_from + :late or followed_at < set_at + :late) order by version limit 1";
const INSERT: &str = "insert into rulebook (version, definition, note, set_by, set_at, valid_from) \
    values (:version, :definition, :note, :by, :now, :valid_from)";
const WITHDRAW: &str = "update rulebook set withdrawn_at = :now, withdrawn_by = :by where version = :version \
    and withdrawn_at is null and :now < valid_from";
const FOLLOWED: &str = "update rulebook set followed_at = :now where version = :version";
const UNDER_WAY: &str = "select q.id, q.number, q.enterprise_id, q.area_code, q.state, q.industry, q.size_class, q.risk \
    from application q where {filter} and {scope} order by q.id limit :limit";
const MEMBERS: &str = "select m.account_id, m.department from reviewer_department m where {which} \
    order by m.account_id, m.department";
const LEAVE: &str = "delete from reviewer_department where account_id = :account";
const JOIN: &str = "insert into reviewer_department (account_id, department, set_by, set_at) values {rows}";

const COLUMNS: Columns = Columns::new(Some("q.area_code"), Some("q.enterprise_id"), None);

db::row! {
    pub(crate) struct RulebookRow {
        pub(crate) version: i64,
        pub(crate) definition: String,
        pub(crate) note: String,
        pub(crate) set_by: String,
        pub(crate) set_at: i64,
        pub(crate) valid_from: i64,
        pub(crate) withdrawn_at: Option<i64>,
        pub(crate) withdrawn_by: Option<String>,
        pub(crate) followed_at: Option<i64>,
    }
}

db::row! {
    /// As much of an application as a switch asks about.
    pub(crate) struct UnderWayRow {
        pub(crate) id: Uuid,
        pub(crate) number: String,
        pub(crate) enterprise_id: Uuid,
        pub(crate) area_code: String,
        pub(crate) state: String,
        pub(crate) industry: String,
        pub(crate) size_class: String,
        pub(crate) risk: String,
    }
}

/// What holds now: the newest that has begun and was not withdrawn.
pub(crate) async fn in_force(db: &mut impl Read, now: Instant64) -> Result<Option<RulebookRow>, DbError> {
    db.find(query(IN_FORCE).bind("now", now).bind("below", i64::MAX)).await
}

/// What would hold at a moment without this version and whatever came after it.
pub(crate) async fn before(db: &mut impl Read, version: i64, at: Instant64) -> Result<Option<RulebookRow>, DbError> {
    db.find(query(IN_FORCE).bind("now", at).bind("below", version)).await
}

/// The next version after one that has begun and that not everything under way has followed yet; for so long as `late`
/// after its beginning there may be more.
pub(crate) async fn to_follow(
    db: &mut impl Read,
    after: i64,
    late: i64,
    now: Instant64,
) -> Result<Option<RulebookRow>, DbError> {
    db.find(query(TO_FOLLOW).bind("now", now).bind("after", after).bind("late", late)).await
}

pub(crate) async fn find(db: &mut impl Read, version: i64) -> Result<Option<RulebookRow>, DbError> {
    db.find(query(LIST).condition("filter", Condition::eq("version", version)).bind("limit", 1_i64)).await
}

/// Newest first; `after` is the version of the last one seen.
pub(crate) async fn list(db: &mut impl Read, after: Option<i64>, limit: i64) -> Result<Vec<RulebookRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("version", it));
    db.all(query(LIST).condition("filter", after).bind("limit", limit)).await
}

/// A version to be published.
pub(crate) struct NewRulebook<'a> {
    pub(crate) version: i64,
    pub(crate) definition: String,
    pub(crate) note: &'a str,
    pub(crate) by: &'a str,
    pub(crate) valid_from: Instant64,
}

/// # Errors
/// [`DbError::Unique`] when somebody else made this version in the same moment.
pub(crate) async fn insert(tx: &mut Tx, new: NewRulebook<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("version", new.version)
        .bind("definition", new.definition)
        .bind("note", new.note)
        .bind("by", new.by)
        .bind("now", now)
        .bind("valid_from", new.valid_from);
    tx.run(row).await.map(|_| ())
}

/// Takes a version back that has not begun; whether there was one.
pub(crate) async fn withdraw(tx: &mut Tx, version: i64, by: &str, now: Instant64) -> Result<bool, DbError> {
    Ok(tx.run(query(WITHDRAW).bind("version", version).bind("by", by).bind("now", now)).await? == 1)
}

/// Everything under way has followed it.
pub(crate) async fn followed(tx: &mut Tx, version: i64, now: Instant64) -> Result<(), DbError> {
    tx.run(query(FOLLOWED).bind("version", version).bind("now", now)).await.map(|_| ())
}

/// Applications in these states, in the order of their ids.
pub(crate) async fn under_way(
    db: &mut impl Read,
    scope: &Scope,
    states: impl IntoIterator<Item = &'static str>,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<UnderWayRow>, DbError> {
    let after = after.map(|it| Condition::after("q.id", vec![it.into()], false));
    let states = Condition::one_of("q.state", states.into_iter().map(Value::from));
    let filter = Condition::all(after.into_iter().chain([states]));
    db.all(scope.on(query(UNDER_WAY).condition("filter", filter).bind("limit", limit), &COLUMNS)).await
}

/// The departments of these reviewers: account, department.
pub(crate) async fn departments_of(db: &mut impl Read, accounts: &[Uuid]) -> Result<Vec<(Uuid, String)>, DbError> {
    let which = Condition::one_of("m.account_id", accounts.iter().map(|it| Value::from(*it)));
    db.all(query(MEMBERS).condition("which", which)).await
}

/// Says where a reviewer belongs, and nowhere else.
pub(crate) async fn belong(
    tx: &mut Tx,
    account: Uuid,
    departments: &[String],
    by: &str,
    now: Instant64,
) -> Result<(), DbError> {
    tx.run(query(LEAVE).bind("account", account)).await?;
    let row = |it: &String| vec![account.into(), it.clone().into(), by.into(), now.into()];
    if !departments.is_empty() {
        tx.insert(JOIN, departments.iter().map(row).collect()).await?;
    }
    Ok(())
}
