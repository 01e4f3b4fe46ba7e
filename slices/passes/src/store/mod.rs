//! SQL of passes and their lists.

pub(crate) mod trust;

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use pass::KeyId;
use pass::bound::HolderKey;
use people::PERSON;
use uuid::Uuid;

use crate::model::{PassId, PassKind, PassState};

/// Passes that one list has place for: 16 KiB before it is compressed.
pub(crate) const LIST_SIZE: i64 = 65_536;

const INSERT: &str = "insert into pass (id, person_id, kind, state, sites, list_number, list_index, issued_at, expires_at, \
    issued_by, holder_key, changed_at) values (:id, :person, :kind, 'active', :sites, :number, :index, :now, :expires_at, \
    :by, :key, :now)";
const LIST: &str = "select c.id, c.person_id, c.kind, c.state, c.sites, c.list_number, c.list_index, c.issued_at, \
    c.expires_at, c.issued_by, c.held_by, c.revoked_by, c.holder_key from pass c join person p on p.id = coalesce((select q.merged_into \
    from person q where q.id = c.person_id), c.person_id) where {scope} and {filter} \
    order by c.issued_at desc, c.id desc limit :limit";
/// By the bearer's own secret: who shows it stands at the gate.
const BY_ID: &str = "select c.id, c.person_id, c.kind, c.state, c.sites, c.list_number, c.list_index, c.issued_at, \
    c.expires_at, c.issued_by, c.held_by, c.revoked_by, c.holder_key from pass c where c.id = :id";
const LIVE: &str = "select c.id, c.person_id, c.kind, c.state, c.sites, c.list_number, c.list_index, c.issued_at, \
    c.expires_at, c.issued_by, c.held_by, c.revoked_by, c.holder_key from pass c where {people} and c.state <> 'revoked' \
    and c.expires_at > :now";
const SET_STATE: &str = "update pass set state = :state, revoked_by = coalesce(:by, revoked_by), changed_at = :now where {which} \
    and state <> 'revoked'";
const HOLD: &str = "update pass set held_by = :by, changed_at = :now where {people} and state <> 'revoked'";
const HOLD_PERSON: &str = "insert into pass_hold (person_id, held_by, held_at) values (:person, :by, :now) \
    on conflict (person_id) do nothing";
const RELEASE_PERSON: &str = "delete from pass_hold where {people}";
const HELD: &str = "select count(*) from pass_hold where {people}";
const REVOKE_ALL: &str = "update pass set state = 'revoked', revoked_by = :by, changed_at = :now \
    where state <> 'revoked' and expires_at > :now";
const TOUCH_ALL: &str = "update pass_list set version = version + 1, changed_at = :now";
const TOUCH_LISTS: &str = "update pass_list set version = version + 1, changed_at = :now where {which}";
const NEXT_PLACE: &str = "update pass_list set used = used + 1, version = version + 1, changed_at = :now where number = \
    (select max(number) from pass_list) and used < :size returning number, used";
/// Nothing, when somebody else opened it in this moment.
const NEW_LIST: &str = "insert into pass_list (number, used, changed_at) values \
    ((select coalesce(max(number), 0) + 1 from pass_list), 1, :now) on conflict (number) do nothing returning number, used";
const UNSIGNED: &str = "select number from pass_list where signed_version < version or signed_at <= :old or signed_by is null \
    or signed_by <> :kid order by number";
/// Taken first: a change in this moment waits, and raises the version after what was read here.
const TAKE_LIST: &str = "update pass_list set changed_at = changed_at where number = :number returning version";
const NOT_ACTIVE: &str = "select list_index, state from pass where list_number = :number and state <> 'active'";
const SIGN: &str = "update pass_list set signed = :signed, signed_at = :now, signed_version = :version, signed_by = :kid \
    where number = :number";
const SIGNED: &str = "select signed from pass_list where number = :number and signed is not null";
const NUMBERS: &str = "select number from pass_list order by number";
const ALL_SIGNED: &str = "select number, signed from pass_list where signed is not null order by number";
const LIVE_SINCE: &str = "select c.id, q.standing as person_id, c.expires_at, c.changed_at from pass c \
    join (select p.id, coalesce(p.merged_into, p.id) as standing from person p where {own} or {merged}) q \
    on q.id = c.person_id where c.state <> 'revoked' and c.expires_at > :now and c.changed_at >= :since order by c.changed_at, c.id";
const ANY_SINCE: &str = "select changed_at from pass where changed_at >= :since limit 1";
const HOLDING: &str = "select distinct q.standing from pass c \
    join (select p.id, coalesce(p.merged_into, p.id) as standing from person p where {own} or {merged}) q \
    on q.id = c.person_id where c.state = 'active' and c.expires_at > :now";
const OVER: &str = "delete from pass where id in (select id from pass where expires_at <= :before limit 5000)";
/// Not the newest: numbers are not given out again.
const RETIRE: &str = "delete from pass_list where number < (select max(number) from pass_list) \
    and not exists (select 1 from pass where pass.list_number = pass_list.number)";
const ERASE: &str = "update pass set person_id = null, state = 'revoked', sites = '', issued_by = null, held_by = null, \
    revoked_by = null, changed_at = :now where person_id = :person";
const LISTS_OF: &str = "select distinct list_number from pass where person_id = :person";

db::row! {
    #[derive(Debug, Clone)]
    pub(crate) struct PassRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Option<Uuid>,
        pub(crate) kind: String,
        pub(crate) state: String,
        pub(crate) sites: String,
        pub(crate) list_number: i64,
        pub(crate) list_index: i64,
        pub(crate) issued_at: i64,
        pub(crate) expires_at: i64,
        pub(crate) issued_by: Option<String>,
        pub(crate) held_by: Option<String>,
        pub(crate) revoked_by: Option<String>,
        pub(crate) holder_key: Option<Vec<u8>>,
    }
}

db::row! {
    pub(crate) struct CarriedRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) expires_at: i64,
        pub(crate) changed_at: i64,
    }
}

impl PassRow {
    /// What cannot be read holds nowhere.
    pub(crate) fn state(&self) -> PassState {
        PassState::parse(&self.state).unwrap_or(PassState::Revoked)
    }
}

/// A pass to be issued.
pub(crate) struct NewPass<'a> {
    pub(crate) id: PassId,
    pub(crate) person: Uuid,
    pub(crate) kind: PassKind,
    pub(crate) sites: String,
    pub(crate) expires_at: Instant64,
    pub(crate) by: Option<&'a str>,
    /// The phone it is bound to.
    pub(crate) holder_key: Option<HolderKey>,
}

/// Issues a pass: the next place in the newest list.
pub(crate) async fn insert(tx: &mut Tx, new: NewPass<'_>, now: Instant64) -> Result<(), DbError> {
    let (number, used) = place(tx, now).await?;
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("person", new.person)
        .bind("kind", new.kind.code())
        .bind("sites", new.sites)
        .bind("number", number)
        .bind("index", used - 1)
        .bind("expires_at", new.expires_at)
        .bind("by", new.by)
        .bind("key", new.holder_key.map(|it| it.to_vec()))
        .bind("now", now);
    tx.run(row).await.map(|_| ())
}

/// The next place: in the newest list, or in one that is opened. Of two who open one at once on PostgreSQL the second waits
/// for the first, and then finds its list.
async fn place(tx: &mut Tx, now: Instant64) -> Result<(i64, i64), DbError> {
    for _ in 0..3 {
        if let Some(place) = tx.find(query(NEXT_PLACE).bind("now", now).bind("size", LIST_SIZE)).await? {
            return Ok(place);
        }
        if let Some(place) = tx.find(query(NEW_LIST).bind("now", now)).await? {
            return Ok(place);
        }
    }
    Err(DbError::Unreadable("pass_list.number"))
}

/// Newest first.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<PassRow>, DbError> {
    db.all(scope.on(query(LIST).condition("filter", filter).bind("limit", limit), &PERSON)).await
}

pub(crate) async fn by_id(db: &mut impl Read, id: Uuid) -> Result<Option<PassRow>, DbError> {
    db.find(query(BY_ID).bind("id", id)).await
}

/// Passes of these files that are neither revoked nor over.
pub(crate) async fn live(db: &mut impl Read, files: &[Uuid], now: Instant64) -> Result<Vec<PassRow>, DbError> {
    let people = Condition::one_of("c.person_id", files.iter().map(|it| Value::from(*it)));
    db.all(query(LIVE).condition("people", people).bind("now", now)).await
}

/// Sets the state of these passes; what was revoked meanwhile stays so. [`touch`] has their lists signed anew.
pub(crate) async fn set_state(
    tx: &mut Tx,
    passes: &[&PassRow],
    state: PassState,
    by: Option<&str>,
    now: Instant64,
) -> Result<(), DbError> {
    if passes.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = passes.iter().map(|it| it.id).collect();
    let set = query(SET_STATE).bind("state", state.code()).bind("by", by).bind("now", now);
    tx.run(set.condition("which", one_of("id", &ids))).await.map(|_| ())
}

/// Holds back whatever these files have or get, or lets it go.
pub(crate) async fn hold(tx: &mut Tx, files: &[Uuid], by: Option<&str>, now: Instant64) -> Result<(), DbError> {
    match (by, files.first()) {
        (Some(by), Some(person)) => {
            tx.run(query(HOLD_PERSON).bind("person", *person).bind("by", by).bind("now", now)).await?;
        }
        _ => {
            tx.run(query(RELEASE_PERSON).condition("people", one_of("person_id", files))).await?;
        }
    }
    let hold = query(HOLD).condition("people", one_of("person_id", files));
    tx.run(hold.bind("by", by).bind("now", now)).await.map(|_| ())
}

/// Whether somebody holds back what these files have or get.
pub(crate) async fn is_held(db: &mut impl Read, files: &[Uuid]) -> Result<bool, DbError> {
    Ok(db.count(query(HELD).condition("people", one_of("person_id", files))).await? > 0)
}

/// Takes back every pass that is not over, and has every list signed anew; how many.
pub(crate) async fn revoke_all(tx: &mut Tx, by: &str, now: Instant64) -> Result<u64, DbError> {
    let n_revoked = tx.run(query(REVOKE_ALL).bind("by", by).bind("now", now)).await?;
    tx.run(query(TOUCH_ALL).bind("now", now)).await?;
    Ok(n_revoked)
}

/// Has these lists signed anew. Once in a transaction and in their order, or two that change many lock up.
pub(crate) async fn touch(tx: &mut Tx, mut lists: Vec<i64>, now: Instant64) -> Result<(), DbError> {
    lists.sort_unstable();
    lists.dedup();
    let which = Condition::one_of("number", lists.into_iter().map(Value::from));
    tx.run(query(TOUCH_LISTS).bind("now", now).condition("which", which)).await.map(|_| ())
}

/// Takes a list for this transaction; its version.
pub(crate) async fn take(tx: &mut Tx, number: i64) -> Result<Option<i64>, DbError> {
    tx.find(query(TAKE_LIST).bind("number", number)).await
}

/// Lists that changed since they were signed, whose signature is from before `old`, or by another key than this one.
pub(crate) async fn unsigned(db: &mut impl Read, old: Instant64, kid: KeyId) -> Result<Vec<i64>, DbError> {
    db.all(query(UNSIGNED).bind("old", old).bind("kid", kid.to_vec())).await
}

/// Places of a list whose pass does not hold.
pub(crate) async fn not_active(db: &mut impl Read, number: i64) -> Result<Vec<(i64, String)>, DbError> {
    db.all(query(NOT_ACTIVE).bind("number", number)).await
}

pub(crate) async fn sign(
    tx: &mut Tx,
    (number, version): (i64, i64),
    (signed, kid): (Vec<u8>, KeyId),
    now: Instant64,
) -> Result<(), DbError> {
    let row = query(SIGN).bind("number", number).bind("version", version).bind("signed", signed);
    tx.run(row.bind("kid", kid.to_vec()).bind("now", now)).await.map(|_| ())
}

/// A list as it was signed last.
pub(crate) async fn signed(db: &mut impl Read, number: i64) -> Result<Option<Vec<u8>>, DbError> {
    db.find(query(SIGNED).bind("number", number)).await
}

pub(crate) async fn all_signed(db: &mut impl Read) -> Result<Vec<(i64, Vec<u8>)>, DbError> {
    db.all(query(ALL_SIGNED)).await
}

/// Passes of these files that live and changed since then, a thousand files to a question.
pub(crate) async fn live_since(
    db: &mut impl Read,
    files: &[Uuid],
    since: i64,
    now: Instant64,
) -> Result<Vec<CarriedRow>, DbError> {
    let mut all = Vec::new();
    // Gates ask every second, and mostly nothing has happened.
    if db.find::<i64>(query(ANY_SINCE).bind("since", since)).await?.is_none() {
        return Ok(all);
    }
    for chunk in files.chunks(1_000) {
        let question = of_standing(query(LIVE_SINCE), chunk).bind("since", since).bind("now", now);
        all.extend(db.all::<CarriedRow>(question).await?);
    }
    Ok(all)
}

/// Whose of these a pass holds.
pub(crate) async fn holding(db: &mut impl Read, people: &[Uuid], now: Instant64) -> Result<Vec<Uuid>, DbError> {
    db.all(of_standing(query(HOLDING), people).bind("now", now)).await
}

/// Files of these persons, those that were merged into theirs included.
fn of_standing(query: db::Query, people: &[Uuid]) -> db::Query {
    query.condition("own", one_of("p.id", people)).condition("merged", one_of("p.merged_into", people))
}

fn one_of(column: &'static str, ids: &[Uuid]) -> Condition {
    Condition::one_of(column, ids.iter().map(|it| Value::from(*it)))
}

/// Passes that ended before then go, and lists without any; how many passes.
pub(crate) async fn sweep(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    let gone = tx.run(query(OVER).bind("before", before)).await?;
    tx.run(query(RETIRE)).await?;
    Ok(gone)
}

pub(crate) async fn numbers(db: &mut impl Read) -> Result<Vec<i64>, DbError> {
    db.all(query(NUMBERS)).await
}

/// Takes an erased person's passes back and forgets whose they were. Their places stay: a copy that somebody kept is good
/// nowhere.
pub(crate) async fn erase(tx: &mut Tx, person: Uuid, now: Instant64) -> Result<u64, DbError> {
    let lists: Vec<i64> = tx.all(query(LISTS_OF).bind("person", person)).await?;
    tx.run(query(RELEASE_PERSON).condition("people", one_of("person_id", &[person]))).await?;
    let erased = tx.run(query(ERASE).bind("person", person).bind("now", now)).await?;
    if !lists.is_empty() {
        touch(tx, lists, now).await?;
    }
    Ok(erased)
}
