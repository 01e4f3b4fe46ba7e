//! SQL of head counts and hourly aggregates: written with the screenings, read by boards and dashboards.

use access::{Columns, Scope};
use db::{DbError, Read, Tx, Value, query};
use kernel::Instant64;
use kernel::time::{DAY, HOUR};
use uuid::Uuid;

use crate::model::{Outcome, Passage};

const HOURS: Columns = Columns::new(Some("h.area_code"), Some("h.enterprise_id"), Some("h.site_id"));

const ADD_HEADS: &str = "insert into head_count (site_id, day, entered, gone, nameless) values {rows} \
    on conflict (site_id, day) do update set entered = head_count.entered + excluded.entered, \
    gone = head_count.gone + excluded.gone, nameless = head_count.nameless + excluded.nameless";
const ADD_HOURS: &str = "insert into screening_hour (site_id, hour, outcome, area_code, enterprise_id, n) values {rows} \
    on conflict (site_id, hour, outcome) do update set n = screening_hour.n + excluded.n";
const HEADS: &str = "select entered, gone, nameless from head_count where site_id = :site and day = :day";
const INSIDE: &str = "select count(*) from site_presence c join site s on s.id = c.site_id \
    where c.passage = 'in' and c.occurred_at >= :from and {scope}";
const NAMELESS: &str = "select coalesce(cast(sum(c.nameless) as bigint), 0) from head_count c \
    join site s on s.id = c.site_id where c.day = :day and c.nameless > 0 and {scope}";
const INSIDE_SITE: &str = "select count(*) from site_presence \
    where site_id = :site and passage = 'in' and occurred_at >= :from";
const PASS: &str = "insert into site_presence (site_id, person_id, passage, occurred_at) values {rows} \
    on conflict (site_id, person_id) do update set passage = excluded.passage, occurred_at = excluded.occurred_at \
    where site_presence.occurred_at <= excluded.occurred_at";
const FORGET: &str = "delete from site_presence where person_id = :person";
const BY_HOUR: &str = "select h.hour, h.outcome, cast(sum(h.n) as bigint) from screening_hour h \
    where h.hour >= :from and {scope} group by h.hour, h.outcome order by h.hour";
const BUSIEST: &str = "select h.site_id, cast(sum(h.n) as bigint) as screened, \
    cast(sum(case when h.outcome = 'admit' then 0 else h.n end) as bigint) as stopped from screening_hour h \
    where h.hour >= :from and {scope} group by h.site_id order by screened desc limit 5";

const SEEN: &str = "select count(distinct k.person_id) as people, count(*) as passages from screening k \
    where {scope} and {sites} and k.id >= :first and k.id < :last and k.occurred_at >= :from and k.occurred_at < :until \
    and k.passage = 'in'";

/// People in and out of a site on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Heads {
    pub(crate) entered: i64,
    pub(crate) gone: i64,
    /// Came in unnamed, less those who left unnamed.
    pub(crate) nameless: i64,
}

/// The number of a day in China.
pub(crate) fn day_of(at: Instant64) -> i64 {
    at.local().day_start.micros().div_euclid(DAY)
}

/// Adds to head counts; sorted, so that two writers meet in the same order.
pub(crate) async fn add_heads(
    tx: &mut Tx,
    heads: std::collections::BTreeMap<(Uuid, i64), Heads>,
) -> Result<(), DbError> {
    let row = |((site, day), it): ((Uuid, i64), Heads)| {
        vec![
            Value::from(site),
            Value::from(day),
            Value::from(it.entered),
            Value::from(it.gone),
            Value::from(it.nameless),
        ]
    };
    tx.insert(ADD_HEADS, heads.into_iter().map(row).collect()).await.map(|_| ())
}

/// One bucket of the hourly aggregate.
pub(crate) type HourKey = (Uuid, i64, Outcome);

/// Adds to hourly aggregates.
pub(crate) async fn add_hours(
    tx: &mut Tx,
    hours: std::collections::BTreeMap<HourKey, (i64, String, Option<Uuid>)>,
) -> Result<(), DbError> {
    let row = |((site, hour, outcome), (n, area, enterprise)): (HourKey, (i64, String, Option<Uuid>))| {
        vec![
            Value::from(site),
            Value::from(hour),
            Value::from(outcome.code()),
            Value::from(area),
            Value::from(enterprise),
            Value::from(n),
        ]
    };
    tx.insert(ADD_HOURS, hours.into_iter().map(row).collect()).await.map(|_| ())
}

/// A site's head count today. Who may see the site was checked by the caller.
pub(crate) async fn heads(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<Heads, DbError> {
    let found: Option<(i64, i64, i64)> = db.find(query(HEADS).bind("site", site).bind("day", day_of(now))).await?;
    Ok(found.map_or(Heads::default(), |(entered, gone, nameless)| Heads { entered, gone, nameless }))
}

/// How long somebody who came in and was not seen leaving counts as inside: the longest shift, and a night between.
const INSIDE_FOR: i64 = 20 * HOUR;

/// People inside all sites of the scope, those whom nobody could name included.
pub(crate) async fn inside(db: &mut impl Read, scope: &Scope, now: Instant64) -> Result<i64, DbError> {
    let named = db.count(scope.on(query(INSIDE).bind("from", now.plus(-INSIDE_FOR)), &places::SITE)).await?;
    let nameless = db.count(scope.on(query(NAMELESS).bind("day", day_of(now)), &places::SITE)).await?;
    Ok(named + nameless)
}

/// People whose latest passage at this site was inwards: somebody who comes in twice is inside once. Midnight empties
/// no night shift.
pub(crate) async fn inside_site(db: &mut impl Read, site: Uuid, now: Instant64) -> Result<i64, DbError> {
    db.count(query(INSIDE_SITE).bind("site", site).bind("from", now.plus(-INSIDE_FOR))).await
}

/// The latest passage of each person at each site; what is told late does not undo what came after it.
pub(crate) async fn pass(
    tx: &mut Tx,
    passages: std::collections::BTreeMap<(Uuid, Uuid), (Instant64, Passage)>,
) -> Result<(), DbError> {
    let row = |((site, person), (at, passage)): ((Uuid, Uuid), (Instant64, Passage))| {
        vec![Value::from(site), Value::from(person), Value::from(passage.code()), Value::from(at)]
    };
    tx.insert(PASS, passages.into_iter().map(row).collect()).await.map(|_| ())
}

/// An erased person is nowhere.
pub(crate) async fn forget(tx: &mut Tx, person: Uuid) -> Result<u64, DbError> {
    tx.run(query(FORGET).bind("person", person)).await
}

/// Screenings of today by hour and outcome.
pub(crate) async fn by_hour(
    db: &mut impl Read,
    scope: &Scope,
    now: Instant64,
) -> Result<Vec<(i64, String, i64)>, DbError> {
    db.all(scope.on(query(BY_HOUR).bind("from", first_hour(now)), &HOURS)).await
}

/// The five sites with the most screenings today: site, screened, stopped.
pub(crate) async fn busiest(
    db: &mut impl Read,
    scope: &Scope,
    now: Instant64,
) -> Result<Vec<(Uuid, i64, i64)>, DbError> {
    db.all(scope.on(query(BUSIEST).bind("from", first_hour(now)), &HOURS)).await
}

fn first_hour(now: Instant64) -> i64 {
    now.local().day_start.micros().div_euclid(HOUR)
}

/// Whom the gates of these sites saw coming in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenComingIn {
    /// Different people with a file.
    pub people: i64,
    /// Passages inwards, those of people without a file among them.
    pub passages: i64,
}

/// Who came in at these sites on the local day that starts at `day_start`. What gates send later than a day after it ended is
/// not looked for: an id begins with the moment it was received, and that is what the index is by.
pub async fn seen_coming_in(
    db: &mut impl Read,
    scope: &Scope,
    sites: &[Uuid],
    day_start: Instant64,
) -> Result<SeenComingIn, DbError> {
    let which = db::Condition::one_of("k.site_id", sites.iter().map(|it| Value::from(*it)));
    let until = day_start.plus(DAY);
    let question = query(SEEN)
        .condition("sites", which)
        .bind("first", kernel::id::earliest_at(day_start))
        .bind("last", kernel::id::earliest_at(until.plus(DAY)))
        .bind("from", day_start)
        .bind("until", until);
    let (people, passages) =
        db.find(scope.on(question, &crate::SCREENING)).await?.ok_or(DbError::Unreadable("screening"))?;
    Ok(SeenComingIn { people, passages })
}
