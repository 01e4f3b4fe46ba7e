//! SQL of the timeline. A fact belongs to the site where it happened: two employers of one person do not read each
//! other's. Facts of no site are the person's own.

use access::{Columns, Scope};
use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use crate::model::{FactId, FactKind};

const INSERT: &str = "insert into fact (id, person_id, kind, occurred_at, recorded_at, source, site_id, detail_sealed) \
    values {rows} on conflict (id) do nothing";
const LIST: &str = "select id, person_id, kind, occurred_at, recorded_at, source, site_id, detail_sealed from fact f \
    where {people} and ({own} or {scope} or {visited}) and {filter} and {after} \
    order by f.occurred_at desc, f.id desc limit :limit";
const COUNTS: &str = "select f.kind, count(*) from fact f where {people} and ({own} or {scope} or {visited}) \
    group by f.kind";

/// Where she was without working there, such as on a visit: an authority finds that by where the site lies, an employer does not.
const VISITED: Columns = Columns::new(Some("x.area_code"), None, None)
    .through("exists (select 1 from site x where x.id = f.site_id and ", ")");

/// Facts of a site are reached through an employment there, ended ones too; those of a merged file through the
/// employments of the one it became part of.
const FACT: Columns = Columns::new(Some("m.area_code"), Some("m.enterprise_id"), Some("m.site_id")).through(
    "exists (select 1 from employment m where m.site_id = f.site_id and m.person_id = \
        coalesce((select q.merged_into from person q where q.id = f.person_id), f.person_id) and ",
    ")",
);

db::row! {
    pub(crate) struct FactRow {
        pub(crate) id: Uuid,
        pub(crate) person_id: Uuid,
        pub(crate) kind: String,
        pub(crate) occurred_at: i64,
        pub(crate) recorded_at: i64,
        pub(crate) source: String,
        pub(crate) site_id: Option<Uuid>,
        pub(crate) detail_sealed: Vec<u8>,
    }
}

pub(crate) struct NewRow {
    pub(crate) id: FactId,
    pub(crate) person: Uuid,
    pub(crate) kind: &'static str,
    pub(crate) occurred_at: Instant64,
    pub(crate) source: String,
    pub(crate) site: Option<Uuid>,
    pub(crate) detail: Vec<u8>,
}

pub(crate) async fn insert(tx: &mut Tx, rows: Vec<NewRow>, now: Instant64) -> Result<(), DbError> {
    let row = |it: NewRow| {
        vec![
            Value::from(it.id.uuid()),
            Value::from(it.person),
            Value::from(it.kind),
            Value::from(it.occurred_at),
            Value::from(now),
            Value::from(it.source),
            Value::from(it.site),
            Value::from(it.detail),
        ]
    };
    tx.insert(INSERT, rows.into_iter().map(row).collect()).await.map(|_| ())
}

/// Newest first; `after` is the (time, id) of the last one seen.
pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    people: &[Uuid],
    kind: Option<&str>,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<FactRow>, DbError> {
    let filter = kind.map_or_else(Condition::always, |it| Condition::eq("f.kind", it));
    let after = after.map_or_else(Condition::always, |(at, id)| {
        Condition::after("f.occurred_at, f.id", vec![Value::from(at), Value::from(id)], true)
    });
    let question = query(LIST)
        .condition("people", of(people))
        .bind("limit", limit)
        .condition("own", own(scope))
        .condition("visited", scope.condition(&VISITED));
    db.all(scope.on(question.condition("filter", filter).condition("after", after), &FACT)).await
}

pub(crate) async fn counts(db: &mut impl Read, scope: &Scope, people: &[Uuid]) -> Result<Vec<(String, i64)>, DbError> {
    let question = query(COUNTS)
        .condition("people", of(people))
        .condition("own", own(scope))
        .condition("visited", scope.condition(&VISITED));
    db.all(scope.on(question, &FACT)).await
}

fn of(people: &[Uuid]) -> Condition {
    match people {
        // An order that an index keeps: nearly everybody has one file.
        [one] => Condition::eq("f.person_id", *one),
        many => Condition::one_of("f.person_id", many.iter().map(|it| Value::from(*it))),
    }
}

/// Facts of no site: all of them with the right to medical data, else those that say nothing of health.
fn own(scope: &Scope) -> Condition {
    let of_no_site = Condition::literal("f.site_id is null");
    match (scope.own().is_some(), scope.sees_medical()) {
        // Her own, of whichever site: whose they are is asked for beside this. Until her phone is proved only those of no
        // site: what other employers' gates saw is nothing for who printed a slip.
        (true, true) => return Condition::always(),
        (false, true) => return of_no_site,
        (_, false) => {}
    }
    let plain = [
        FactKind::Registered,
        FactKind::Corrected,
        FactKind::Attested,
        FactKind::Declared,
        FactKind::Measured,
        FactKind::Merged,
        FactKind::Separated,
    ];
    Condition::all([of_no_site, Condition::one_of("f.kind", plain.into_iter().map(|it| Value::from(it.code())))])
}
