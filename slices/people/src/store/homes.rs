//! SQL of homes and of the scope rows they write.

use std::collections::{BTreeSet, HashMap};

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::{AreaCode, AreaKind, Instant64};
use uuid::Uuid;

use crate::PERSON;
use crate::model::{HomeId, HomeKind};

/// Where a home lies. No enterprise and no site has homes: an employer lists none.
const HOME: Columns = Columns::new(Some("h.area_code"), None, None);
/// A page of a street is found by walking the newest: gathered first, all of its homes would be sorted to show fifty.
const LISTED: Columns = HOME.wide(WIDE);
const WIDE: &str = "(h.area_code || '')";

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-created_at", columns: "h.id", order: "h.id desc", descending: true }];

const INSERT: &str = "insert into home (id, person_id, response_id, area_code, kind, compound_digest, dwelling_digest, \
    address_sealed, recorded_by, from_at, created_at) values (:id, :person, :response, :area, :kind, :compound, \
    :dwelling, :address, :by, :now, :now)";
const INSERT_SCOPE: &str = "insert into person_scope (id, home_id, person_id, area_code, from_at) \
    values (:id, :id, :person, :area, :now)";
const LIST: &str = "select h.id, h.person_id, h.area_code, h.kind, h.dwelling_digest, h.address_sealed, h.recorded_by, \
    h.from_at, h.until_at from home h join person p on p.id = coalesce((select q.merged_into from person q where q.id = h.person_id), \
    h.person_id) where {people} and {scope} and {filter} order by h.id desc limit :limit";
const CURRENT: &str = "select h.id, h.person_id, coalesce(q.merged_into, q.id) as standing, h.area_code, h.kind, \
    h.dwelling_digest, h.address_sealed, h.from_at from home h join person q on q.id = h.person_id \
    where h.until_at is null and {scope} and {filter} order by h.id desc limit :limit";
const COUNT: &str = "select count(*) from home h where h.until_at is null and {scope} and {filter}";
/// A number of persons: two files of one are one, and so are her two rows after a merge. Asked once a page and not once a
/// row: thousands may share one room.
const HOUSEHOLDS: &str = "select n.dwelling_digest, count(distinct coalesce(o.merged_into, o.id)) from home n \
    join person o on o.id = n.person_id where {dwellings} and n.until_at is null group by n.dwelling_digest";
const MEMBERS: &str = "select p.id, h.kind, h.from_at from home h join person q on q.id = h.person_id \
    join person p on p.id = coalesce(q.merged_into, q.id) \
    where h.dwelling_digest = :dwelling and h.until_at is null and {scope} order by h.id limit :limit";
/// It stays as long as whichever of the two responses is purged later: what another response needs no more is not cut
/// short for this one.
const HANG_ON: &str = "update home set area_code = :area, kind = :kind, response_id = case when \
    (select coalesce(r.ends_at + r.retention_days * 86400000000, 9223372036854775807) from response r where r.id = :response) \
    >= (select coalesce(r.ends_at + r.retention_days * 86400000000, 9223372036854775807) from response r \
    where r.id = home.response_id) then :response else response_id end where id = :id";
/// The row is there already, but for one that a purge takes away in this moment.
const KEEP_SCOPE: &str = "insert into person_scope (id, home_id, person_id, area_code, from_at) \
    values (:id, :id, :person, :area, :from) on conflict (home_id) do update set area_code = excluded.area_code";
const END: &str = "update home set until_at = :now where id = :id and until_at is null";
const TAKE_BACK_SCOPE: &str = "delete from person_scope where home_id = :id";
const TAKE_BACK: &str = "delete from home where id = :id";
const FORGOTTEN: &str = "delete from person_scope where home_id is not null and until_at <= :before";
const END_SCOPE: &str = "update person_scope set until_at = :now where home_id = :id";

db::row! {
    pub(crate) struct HomeRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) area_code: String,
        pub(crate) kind: String,
        pub(crate) dwelling_digest: Vec<u8>,
        pub(crate) address_sealed: Vec<u8>,
        pub(crate) recorded_by: Option<String>,
        pub(crate) from_at: i64,
        pub(crate) until_at: Option<i64>,
    }
}

db::row! {
    pub(crate) struct ListedRow {
        pub(crate) id: Uuid,
        /// The file it was written in, whose key opens the address.
        pub(crate) person_id: Uuid,
        /// The file that stands for her.
        pub(crate) standing: Uuid,
        pub(crate) area_code: String,
        pub(crate) kind: String,
        pub(crate) dwelling_digest: Vec<u8>,
        pub(crate) address_sealed: Vec<u8>,
        pub(crate) from_at: i64,
    }
}

db::row! {
    /// Who lives in a dwelling, by her standing file.
    pub(crate) struct MemberRow {
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) from_at: i64,
    }
}

/// A home to be written.
pub(crate) struct NewRow<'a> {
    pub(crate) id: HomeId,
    pub(crate) person: Uuid,
    pub(crate) response: Uuid,
    pub(crate) area: &'a AreaCode,
    pub(crate) kind: HomeKind,
    pub(crate) compound: Vec<u8>,
    pub(crate) dwelling: Vec<u8>,
    pub(crate) address: Vec<u8>,
    pub(crate) by: Option<&'a str>,
}

/// What is said again of a home that is known.
pub(crate) struct Again<'a> {
    /// The file that stands for her.
    pub(crate) person: Uuid,
    pub(crate) response: Uuid,
    pub(crate) area: &'a AreaCode,
    pub(crate) kind: HomeKind,
}

/// Writes a home, with its scope row: from now on whoever reaches its area reaches her file.
pub(crate) async fn insert(tx: &mut Tx, new: NewRow<'_>, now: Instant64) -> Result<(), DbError> {
    let row = query(INSERT)
        .bind("id", new.id.uuid())
        .bind("person", new.person)
        .bind("response", new.response)
        .bind("area", new.area.as_str())
        .bind("kind", new.kind.code())
        .bind("compound", new.compound)
        .bind("dwelling", new.dwelling)
        .bind("address", new.address)
        .bind("by", new.by)
        .bind("now", now);
    tx.run(row).await?;
    let scope = query(INSERT_SCOPE).bind("id", new.id.uuid()).bind("person", new.person);
    tx.run(scope.bind("area", new.area.as_str()).bind("now", now)).await.map(|_| ())
}

/// Homes of these files, newest first.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    group: &[Uuid],
    filter: Condition,
    limit: i64,
) -> Result<Vec<HomeRow>, DbError> {
    let people = Condition::one_of("h.person_id", group.iter().map(|it| Value::from(*it)));
    let list = query(LIST).condition("people", people).condition("filter", filter);
    db.all(scope.on(list.bind("limit", limit), &PERSON)).await
}

/// Homes in an area and below it.
pub(crate) fn within(area: &AreaCode) -> Condition {
    let (from, until) = area.subtree();
    let column = if area.kind() <= AreaKind::Street { WIDE } else { "h.area_code" };
    Condition::range(column, from, until)
}

/// Those that nobody has left.
pub(crate) fn standing() -> Condition {
    Condition::literal("h.until_at is null")
}

/// Current homes that lie inside the scope, in this order.
pub(crate) async fn current(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    limit: i64,
) -> Result<Vec<ListedRow>, DbError> {
    db.all(scope.on(query(CURRENT).condition("filter", filter).bind("limit", limit), &LISTED)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &HOME)).await
}

/// How many live in each of these dwellings now; one where nobody does is absent.
pub(crate) async fn households(
    db: &mut impl Read,
    dwellings: BTreeSet<&[u8]>,
) -> Result<HashMap<Vec<u8>, i64>, DbError> {
    let dwellings: Vec<&[u8]> = dwellings.into_iter().collect();
    let mut out = HashMap::with_capacity(dwellings.len());
    for chunk in dwellings.chunks(500) {
        let which = Condition::one_of("n.dwelling_digest", chunk.iter().map(|it| Value::from(*it)));
        out.extend(db.all::<(Vec<u8>, i64)>(query(HOUSEHOLDS).condition("dwellings", which)).await?);
    }
    Ok(out)
}

/// Who lives in a dwelling, of those whom the asker reaches.
pub(crate) async fn members(
    db: &mut impl Read,
    scope: &Scope,
    dwelling: &[u8],
    limit: i64,
) -> Result<Vec<MemberRow>, DbError> {
    db.all(scope.on(query(MEMBERS).bind("dwelling", dwelling).bind("limit", limit), &PERSON)).await
}

/// What is said again takes the area and the kind that were said now, and hangs on the response that is purged later.
pub(crate) async fn hang_on(tx: &mut Tx, home: &HomeRow, again: Again<'_>) -> Result<(), DbError> {
    let hang_on = query(HANG_ON).bind("id", home.id).bind("response", again.response);
    tx.run(hang_on.bind("area", again.area.as_str()).bind("kind", again.kind.code())).await?;
    let scope = query(KEEP_SCOPE).bind("id", home.id).bind("person", again.person).bind("area", again.area.as_str());
    tx.run(scope.bind("from", home.from_at)).await.map(|_| ())
}

/// Takes a home back that was written down by mistake: nobody reaches her by it any more.
pub(crate) async fn take_back(tx: &mut Tx, id: Uuid) -> Result<(), DbError> {
    for text in [TAKE_BACK_SCOPE, TAKE_BACK] {
        tx.run(query(text).bind("id", id)).await?;
    }
    Ok(())
}

/// Homes that were left before that time lead to nobody any more.
pub(crate) async fn forget_left(tx: &mut Tx, before: Instant64) -> Result<(), DbError> {
    tx.run(query(FORGOTTEN).bind("before", before)).await.map(|_| ())
}

/// Ends a home now; false when it had ended. The authority of its area still finds her.
pub(crate) async fn end(tx: &mut Tx, id: Uuid, now: Instant64) -> Result<bool, DbError> {
    let ended = tx.run(query(END).bind("id", id).bind("now", now)).await? == 1;
    if ended {
        tx.run(query(END_SCOPE).bind("id", id).bind("now", now)).await?;
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use db::{Engine, TestDb};

    use super::*;

    /// At 300,000 homes SQLite once gathered a district's, counted the household of each and sorted them: a second for
    /// a page.
    #[tokio::test]
    async fn a_page_of_a_district_walks_the_newest_and_one_of_a_community_its_own() {
        let world = TestDb::new(Engine::Sqlite).await;
        let explained: &'static str = format!("explain query plan {CURRENT}").leak();
        for (area, first) in [
            ("999999", "SCAN h USING INDEX sqlite_autoindex_home_1"),
            ("999999001001", "SEARCH h USING INDEX home_area (area_code>? AND area_code<?)"),
        ] {
            let area = AreaCode::parse(area).unwrap();
            let plan = query(explained).condition("scope", within(&area)).condition("filter", Condition::always());
            let plan: Vec<(i64, i64, i64, String)> = world.db.reader().all(plan.bind("limit", 51)).await.unwrap();
            assert_eq!(plan.first().map(|it| it.3.as_str()), Some(first), "{plan:?}");
            assert!(plan.iter().all(|it| !it.3.contains("SUBQUERY")), "asked for each row: {plan:?}");
        }
    }

    /// Three thousand who share a room were once counted three thousand times.
    #[tokio::test]
    async fn who_lives_in_one_room_is_counted_once_by_its_index() {
        let world = TestDb::new(Engine::Sqlite).await;
        let explained: &'static str = format!("explain query plan {HOUSEHOLDS}").leak();
        let which =
            Condition::one_of("n.dwelling_digest", [Value::from([1_u8].as_slice()), Value::from([2_u8].as_slice())]);
        let plan = query(explained).condition("dwellings", which);
        let plan: Vec<(i64, i64, i64, String)> = world.db.reader().all(plan).await.unwrap();
        let index = "SEARCH n USING INDEX home_dwelling (dwelling_digest=?)";
        assert_eq!(plan.first().map(|it| it.3.as_str()), Some(index), "{plan:?}");
    }
}
