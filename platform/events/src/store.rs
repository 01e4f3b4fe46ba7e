//! The tables of the outbox.

use access::{Columns, Located, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::At;

const INSERT: &str = "insert into outbox (id, kind, area_code, enterprise_id, site_id, gate_id, payload, created_at) \
                      values {rows}";
const LOCK_HEAD: &str = "update outbox_head set position = position where id = 1 returning position";
const ASSIGN: &str = "update outbox set position = :base + numbered.rank from \
    (select id, row_number() over (order by id) as rank from outbox where position is null order by id limit 1000) \
    as numbered where outbox.id = numbered.id";
const MOVE_HEAD: &str = "update outbox_head set position = :position where id = 1";
const HEAD: &str = "select position from outbox_head where id = 1";
const SINCE: &str = "select position, kind, payload from outbox o \
                     where position > :after and {filter} and ({scope} or (o.area_code is null \
                     and o.enterprise_id is null and o.site_id is null)) order by position limit :limit";
const PLACES: &str = "select position, kind, area_code, enterprise_id, site_id, gate_id from outbox \
                      where position > :after order by position limit 1000";
const UNPUBLISHED: &str = "select count(*) from outbox where position is null";
const PRUNE: &str = "delete from outbox where created_at < :before and position is not null";

/// Where an event's row says it belongs.
pub const EVENT_COLUMNS: Columns = Columns::new(Some("o.area_code"), Some("o.enterprise_id"), Some("o.site_id"));

db::row! {
    /// A published event.
    pub struct Event {
        /// Its place in the one order of all events.
        pub position: i64,
        /// What happened.
        pub kind: String,
        /// JSON with ids.
        pub payload: String,
    }
}

db::row! {
    /// Where a published event belongs, and of what kind it is.
    #[derive(Debug, Clone)]
    pub struct Place {
        /// Its place in the one order of all events.
        pub position: i64,
        /// What happened.
        pub kind: String,
        /// Area code.
        pub area_code: Option<String>,
        /// Enterprise.
        pub enterprise_id: Option<Uuid>,
        /// Site.
        pub site_id: Option<Uuid>,
        /// Gate.
        pub gate_id: Option<Uuid>,
    }
}

impl Place {
    /// Whether the scope reaches it, as [`since`] decides it: what belongs nowhere is news for everybody.
    pub fn is_in(&self, scope: &Scope) -> bool {
        let (area, enterprise, site) = (self.area_code.as_deref(), self.enterprise_id, self.site_id);
        let row = Located { area, enterprise, site, ..Located::default() };
        let nowhere = row.area.is_none() && row.enterprise.is_none() && row.site.is_none();
        nowhere || scope.covers(row)
    }
}

/// Where the next thousand events after a position belong.
pub(crate) async fn places(db: &mut impl Read, after: i64) -> Result<Vec<Place>, DbError> {
    db.all(query(PLACES).bind("after", after)).await
}

/// An event as a row: kind, place, payload.
pub(crate) type NewEvent<'a> = (&'static str, At<'a>, String);

pub(crate) fn insert(tx: &mut Tx, events: Vec<NewEvent<'_>>, now: Instant64) {
    let row = |(kind, at, payload): NewEvent<'_>| {
        vec![
            Value::from(kernel::id::uuid_at(now)),
            Value::from(kind),
            Value::from(at.area),
            Value::from(at.enterprise),
            Value::from(at.site),
            Value::from(at.gate),
            Value::from(payload),
            Value::from(now),
        ]
    };
    tx.insert_later(INSERT, events.into_iter().map(row).collect());
}

/// Gives positions to what has committed since the last call; how many, and the new head. The head's row is locked
/// first, so publishers of several nodes take turns.
pub(crate) async fn assign(tx: &mut Tx) -> Result<(u64, i64), DbError> {
    let base = tx.count(query(LOCK_HEAD)).await?;
    let assigned = tx.run(query(ASSIGN).bind("base", base)).await?;
    let head = base.saturating_add(i64::try_from(assigned).unwrap_or(0));
    if assigned != 0 {
        tx.run(query(MOVE_HEAD).bind("position", head)).await?;
    }
    Ok((assigned, head))
}

/// The position of the newest published event.
pub async fn head(db: &mut impl Read) -> Result<i64, DbError> {
    db.count(query(HEAD)).await
}

/// Published events after a position, inside the scope, oldest first. What belongs nowhere, such as new rules, is news
/// for everybody.
pub async fn since(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    after: i64,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    let question = query(SINCE).bind("after", after).bind("limit", limit).condition("filter", filter);
    db.all(scope.on(question, &EVENT_COLUMNS)).await
}

/// How many events wait for their position.
pub async fn unpublished(db: &mut impl Read) -> Result<i64, DbError> {
    db.count(query(UNPUBLISHED)).await
}

/// Removes old published events; a feed that was away longer starts from the lists.
pub async fn prune(tx: &mut Tx, before: Instant64) -> Result<u64, DbError> {
    tx.run(query(PRUNE).bind("before", before)).await
}

/// Whether an unpublished event exists; cheaper than locking the head to find out.
pub(crate) async fn any_unpublished(db: &mut impl Read) -> Result<bool, DbError> {
    let one: Option<Uuid> = db.find(query("select id from outbox where position is null limit 1")).await?;
    Ok(one.is_some())
}
